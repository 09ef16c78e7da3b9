//! A decision as a letter: what was asked, what is granted, why, and what the client can do.
//! Wmo 2015, art. 2.3.5; Awb, art. 3:45 to 3:48.

use domain::{
    DossierEvent, Entry, Leveringsvorm, Voorziening,
    besluit::{Beschikking, Uitkomst},
    bezwaar,
    product::Cbsgroep,
    termijn,
};
use jiff::civil::Date;
use reports::brief::Brief;

use super::{bron::Bron, geen::GeenBrief, motivering, woorden};
use crate::datum;

/// The letter of a decision, from 1.
pub(super) fn brief(bron: &Bron<'_>, nummer: u16) -> Result<Brief, GeenBrief> {
    let at = usize::from(nummer).checked_sub(1).ok_or(GeenBrief::Niets)?;
    let besluit = bron.zaak.beschikkingen.get(at).ok_or(GeenBrief::Niets)?;
    let entry = decided(bron, at).ok_or(GeenBrief::Niets)?;
    let op = besluit.rechtsgang.verzonden.unwrap_or(bron.vandaag);
    let mut brief = bron.begin(op, subject(besluit.uitkomst), &besluit.door)?;
    brief.kenmerken.push(("Besluit genomen op".to_owned(), datum::lang(besluit.op)));
    let granted = granted(entry);
    outcome(&mut brief, bron, besluit, &granted);
    asked(&mut brief, bron, besluit);
    motivering::waarom(&mut brief, bron, besluit, entry)?;
    if besluit.uitkomst.kent_toe() {
        contribution(&mut brief, &granted);
        duties(&mut brief);
    }
    woorden::bezwaar(&mut brief, bron, last_day(besluit, op))?;
    woorden::ondersteuning(&mut brief, bron)?;
    woorden::vragen(&mut brief, bron)?;
    Ok(brief)
}

/// The entry of a decision of this case, counted from 0.
fn decided<'a>(bron: &Bron<'a>, at: usize) -> Option<&'a Entry> {
    let id = bron.zaak.id;
    let mut all = bron.entries.iter().filter(|it| {
        let event = super::bron::dossier_event(it);
        matches!(event, Some(DossierEvent::BeschikkingAfgegeven { zaak, .. }) if *zaak == id)
    });
    all.nth(at)
}

/// What was granted at the time, whatever became of it since.
fn granted(entry: &Entry) -> Vec<&Voorziening> {
    match super::bron::dossier_event(entry) {
        Some(DossierEvent::BeschikkingAfgegeven { voorzieningen, .. }) => {
            voorzieningen.iter().map(|(_, it)| it).collect()
        }
        _ => Vec::new(),
    }
}

/// The last day to object, from the day on the letter. Awb, art. 6:7 and 6:8.
fn last_day(besluit: &Beschikking, op: Date) -> Date {
    let known = besluit.rechtsgang.bezwaar_tot_en_met();
    known.unwrap_or_else(|| termijn::uiterste_dag(op, bezwaar::TERMIJN_WEKEN, 0))
}

const fn subject(uitkomst: Uitkomst) -> &'static str {
    match uitkomst {
        Uitkomst::Toegekend => "Besluit: u krijgt ondersteuning",
        Uitkomst::GedeeltelijkToegekend => "Besluit: u krijgt een deel van wat u vroeg",
        Uitkomst::Afgewezen(_) => "Besluit: wij wijzen uw aanvraag af",
        Uitkomst::BuitenBehandeling => "Besluit: wij behandelen uw aanvraag niet verder",
        Uitkomst::Ingetrokken => "U heeft uw aanvraag ingetrokken",
    }
}

fn outcome(brief: &mut Brief, bron: &Bron<'_>, besluit: &Beschikking, granted: &[&Voorziening]) {
    let day = datum::lang(besluit.op);
    match besluit.uitkomst {
        Uitkomst::Toegekend => brief.alinea(format!(
            "Op {day} hebben wij besloten dat u ondersteuning krijgt (Wmo 2015, artikel 2.3.5, derde \
             lid). Hieronder staat welke."
        )),
        Uitkomst::GedeeltelijkToegekend => brief.alinea(format!(
            "Op {day} hebben wij besloten dat u een deel krijgt van de ondersteuning die u vroeg \
             (Wmo 2015, artikel 2.3.5, derde lid). Hieronder staat wat u krijgt. Daarna leest u \
             waarom u niet alles krijgt."
        )),
        Uitkomst::Afgewezen(_) => brief.alinea(format!(
            "Op {day} hebben wij besloten dat u de ondersteuning die u vroeg niet krijgt. Wij wijzen \
             uw aanvraag af (Wmo 2015, artikel 2.3.5)."
        )),
        Uitkomst::BuitenBehandeling => brief.alinea(format!(
            "Op {day} hebben wij besloten dat wij uw aanvraag niet verder behandelen (Awb, artikel \
             4:5). U krijgt nu geen ondersteuning. U mag altijd een nieuwe melding doen."
        )),
        Uitkomst::Ingetrokken => brief.alinea(format!(
            "U heeft ons laten weten dat u uw aanvraag intrekt. Op {day} hebben wij dat vastgelegd. \
             Wij stoppen met de behandeling en nemen geen besluit meer over wat u vroeg. U mag altijd \
             een nieuwe melding doen. Klopt dit niet? Laat het ons dan weten."
        )),
    };
    if granted.is_empty() {
        return;
    }
    brief.kop("Wat u krijgt");
    brief.deel(woorden::toegekend(bron, granted));
    if let Some(ground) = granted.iter().find_map(|it| it.tijdelijk) {
        brief.alinea(woorden::tijdelijk(ground));
    }
    if granted.iter().any(|it| matches!(it.vorm, Leveringsvorm::Zin { .. })) {
        brief.alinea(
            "Zorg in natura betekent dat wij de hulp regelen en betalen. De aanbieder maakt met u \
             een afspraak om te beginnen.",
        );
    }
    if granted.iter().any(|it| matches!(it.vorm, Leveringsvorm::Pgb { .. })) {
        brief.alinea(
            "Met een persoonsgebonden budget (pgb) koopt u zelf uw hulp in (Wmo 2015, artikel \
             2.3.6). U krijgt het geld niet op uw rekening: de Sociale Verzekeringsbank (SVB) betaalt \
             uw hulpverlener (artikel 2.6.2). De SVB stuurt u hierover een brief.",
        );
    }
}

fn asked(brief: &mut Brief, bron: &Bron<'_>, besluit: &Beschikking) {
    brief.kop("Wat u vroeg");
    let melding = datum::lang(bron.zaak.melding.op);
    match bron.zaak.aanvraag.filter(|it| *it <= besluit.op) {
        Some(op) => brief.alinea(format!(
            "Uw melding kwam binnen op {melding}, uw aanvraag op {}.",
            datum::lang(op)
        )),
        None => brief.alinea(format!("Uw melding kwam binnen op {melding}.")),
    };
    brief.getypt(bron.hulpvraag());
}

/// The contribution, which the CAK collects. Wmo 2015, art. 2.1.4 to 2.1.4b.
fn contribution(brief: &mut Brief, granted: &[&Voorziening]) {
    let stay = |it: &&Voorziening| {
        it.product.categorie().is_some_and(|it| it.cbsgroep() == Cbsgroep::VerblijfEnOpvang)
    };
    brief.kop("Uw eigen bijdrage");
    if granted.iter().all(stay) {
        brief.alinea(
            "Voor beschermd wonen of opvang betaalt u een eigen bijdrage die afhangt van uw inkomen \
             (Wmo 2015, artikel 2.1.4). U hoort hoeveel dat is.",
        );
        return;
    }
    brief.alinea(
        "Voor deze ondersteuning kunt u een eigen bijdrage moeten betalen (Wmo 2015, artikelen 2.1.4, \
         2.1.4a en 2.1.4b). Het CAK stelt vast hoeveel dat is en stuurt u daarover een brief met een \
         rekening. U betaalt niet aan de gemeente of de aanbieder.",
    );
}

/// What the client must tell. Wmo 2015, art. 2.3.8 to 2.3.10.
fn duties(brief: &mut Brief) {
    brief.kop("Verandert er iets?");
    brief.alinea(
        "Laat het ons meteen weten als uw situatie verandert, zoals een verhuizing, een opname of \
         meer hulp thuis (Wmo 2015, artikel 2.3.8). Wij kijken van tijd tot tijd of de ondersteuning \
         nog bij u past (artikel 2.3.9). Zo nodig passen wij dit besluit aan (artikel 2.3.10).",
    );
}
