//! The report of the enquiry, with room for the client's reaction. Wmo 2015, art. 2.3.2 lid 8.

use domain::{
    DossierEvent, Entry, Zaakstap,
    gesprek::{Gesprek, Onderwerp},
};
use reports::brief::{Brief, Deel};

use super::{
    bron::{Bron, dossier_event},
    geen::GeenBrief,
    woorden,
};
use crate::{datum, invoer::zin};

/// The letter with the last version of the report.
pub(super) fn brief(bron: &Bron<'_>) -> Result<Brief, GeenBrief> {
    let verslag = bron.zaak.verslag.ok_or(GeenBrief::Niets)?;
    let subject = "Verslag van het onderzoek naar uw vraag om ondersteuning";
    let mut brief = bron.begin(verslag.verzonden_op, subject, &verslag.door)?;
    brief.kenmerken.push(("Versie".to_owned(), verslag.versie.to_string()));
    brief.alinea(format!(
        "Op {} ontvingen wij uw melding. Daarna onderzochten wij samen met u welke ondersteuning u \
         nodig heeft. In deze brief leest u wat wij vonden (Wmo 2015, artikel 2.3.2, achtste lid).",
        datum::lang(bron.zaak.melding.op)
    ));
    brief.deel(Deel::Gegevens(done(bron)));
    asked(&mut brief, bron);
    found(&mut brief, bron);
    concluded(&mut brief, bron);
    reaction(&mut brief, bron)?;
    woorden::ondersteuning(&mut brief, bron)?;
    woorden::vragen(&mut brief, bron)?;
    Ok(brief)
}

/// What was done in the enquiry, and when.
fn done(bron: &Bron<'_>) -> Vec<(String, String)> {
    let zaak = bron.zaak;
    let mut rows: Vec<(String, String)> = zaak
        .stappen
        .gesprekken
        .iter()
        .map(|(op, it, _)| ("Gesprek".to_owned(), format!("{}, {}", datum::lang(*op), held(it))))
        .collect();
    rows.extend(
        zaak.ontvangst
            .persoonlijk_plan
            .map(|op| ("Persoonlijk plan".to_owned(), format!("ontvangen op {}", datum::lang(op)))),
    );
    rows.extend(zaak.stappen.identiteit.map(|(op, it, _)| {
        ("Identiteit".to_owned(), format!("{} gezien op {}", it.naam(), datum::lang(op)))
    }));
    rows
}

fn held(it: &Gesprek) -> String {
    let with = match (it.mantelzorger, it.clientondersteuner) {
        (true, true) => ", met uw mantelzorger en uw cliëntondersteuner",
        (true, false) => ", met uw mantelzorger",
        (false, true) => ", met uw cliëntondersteuner",
        (false, false) => "",
    };
    format!("{}{with}", it.wijze.naam())
}

fn asked(brief: &mut Brief, bron: &Bron<'_>) {
    if !bron.hulpvraag().is_empty() {
        brief.kop("Uw vraag");
        brief.getypt(bron.hulpvraag());
    }
    let talks: Vec<&str> = entries(bron, |it| matches!(it, Zaakstap::GesprekGevoerd(_)))
        .map(|it| bron.written("gesprek", it))
        .filter(|it| !it.is_empty())
        .collect();
    if !talks.is_empty() {
        brief.kop("Wat u ons vertelde");
        talks.into_iter().for_each(|it| {
            brief.getypt(it);
        });
    }
}

/// What was found per topic, in the order of the law. Wmo 2015, art. 2.3.2 lid 4.
fn found(brief: &mut Brief, bron: &Bron<'_>) {
    if bron.zaak.stappen.onderwerpen.is_empty() {
        return;
    }
    brief.kop("Wat wij onderzochten");
    let topic =
        |it: &Zaakstap, topic| matches!(it, Zaakstap::OnderwerpOnderzocht(t) if *t == topic);
    let mut points = Vec::new();
    for it in Onderwerp::ALLE {
        for entry in entries(bron, |stap| topic(stap, it)) {
            let text = bron.written("bevinding", entry).replace(['\r', '\n'], " ");
            let said = if text.is_empty() { "besproken".to_owned() } else { text };
            points.push(format!("{}: {said}", zin(it.naam()).trim_end_matches('.')));
        }
    }
    brief.deel(Deel::Lijst(points));
}

fn concluded(brief: &mut Brief, bron: &Bron<'_>) {
    let sent = |zaak, it: &DossierEvent| matches!(it, DossierEvent::VerslagVerzonden { zaak: known, .. } if *known == zaak);
    if let Some(text) = bron.last(sent).map(|it| bron.written("verslag", it)) {
        brief.kop("Verslag");
        brief.getypt(text);
    }
    let closed = |zaak, it: &DossierEvent| matches!(it, DossierEvent::OnderzoekAfgerond { zaak: known } if *known == zaak);
    let text = bron.last(closed).map_or("", |it| bron.written("conclusie", it));
    if !text.is_empty() {
        brief.kop("Conclusie");
        brief.getypt(text);
    }
}

/// What the client said of the report, or room to say it.
fn reaction(brief: &mut Brief, bron: &Bron<'_>) -> Result<(), GeenBrief> {
    brief.kop("Uw reactie");
    if let Some((op, it)) = bron.zaak.stappen.reactie {
        brief.alinea(format!("Op {} liet u weten: {}.", datum::lang(op), it.naam()));
        let last = entries(bron, |it| matches!(it, Zaakstap::ReactieOntvangen(_))).last();
        brief.getypt(last.map_or("", |it| bron.written("reactie", it)));
        return Ok(());
    }
    let (gemeente, gegevens) = bron.gemeente()?;
    brief.alinea(
        "Klopt dit verslag? Staat er iets niet goed in, of mist u iets? Laat het ons weten. Uw \
         opmerkingen komen bij het verslag.",
    );
    brief.alinea(
        "Wilt u de ondersteuning uit dit verslag aanvragen? Kruis dat dan hieronder aan en zet uw \
         handtekening. Dit formulier is dan uw aanvraag (Wmo 2015, artikel 2.3.2, negende lid). Wij \
         beslissen binnen twee weken nadat wij de aanvraag hebben ontvangen (artikel 2.3.5, tweede \
         lid).",
    );
    let boxes = [
        "Ik ben het eens met het verslag.",
        "Ik ben het eens met het verslag, maar heb opmerkingen.",
        "Ik ben het niet eens met het verslag.",
        "Ik vraag de ondersteuning aan die in het verslag staat.",
    ];
    let lines = ["Opmerkingen", "", "", "Naam", "Datum", "Handtekening"];
    brief.deel(Deel::Strook {
        uitleg: format!(
            "Stuur dit terug naar: Gemeente {gemeente}, {}, {}. Zaak {}.",
            gegevens.adres, gegevens.plaats, bron.zaak.id
        ),
        vakjes: boxes.map(str::to_owned).to_vec(),
        regels: lines.map(str::to_owned).to_vec(),
    });
    Ok(())
}

/// The entries of this case that are such a step, oldest first.
fn entries<'a>(
    bron: &Bron<'a>,
    fits: impl Fn(&Zaakstap) -> bool,
) -> impl Iterator<Item = &'a Entry> {
    let id = bron.zaak.id;
    bron.entries.iter().filter(move |it| match dossier_event(it) {
        Some(DossierEvent::StapGezet { zaak, stap }) => *zaak == id && fits(stap),
        _ => false,
    })
}
