//! Why it was decided so: the ground, what was written, the trace of the framework, the advice.
//! Awb, art. 3:46 to 3:48.

use domain::{
    DossierEvent, Entry, Zaakstap,
    besluit::{Beschikking, Uitkomst},
    kader::{Antwoord, Gevolg, Kader, Spoorregel},
};
use reports::brief::{Brief, Deel};

use super::{bron::Bron, geen::GeenBrief, woorden};
use crate::{
    beoordelingskader::{gelopen, motivering_van, naam_van_stap},
    datum,
    invoer::zin,
};

/// Adds why it was decided so; without any motivation the letter may not leave.
pub(super) fn waarom(
    brief: &mut Brief,
    bron: &Bron<'_>,
    besluit: &Beschikking,
    entry: &Entry,
) -> Result<(), GeenBrief> {
    let text = bron.written("motivering", entry);
    let trace = trace(bron);
    // What is granted as it was asked, or not judged at all, needs no more. Awb, art. 3:48 lid 1.
    let needed =
        matches!(besluit.uitkomst, Uitkomst::GedeeltelijkToegekend | Uitkomst::Afgewezen(_));
    if needed && text.is_empty() && trace.is_empty() {
        return Err(GeenBrief::GeenMotivering);
    }
    if besluit.uitkomst == Uitkomst::Ingetrokken && text.is_empty() {
        return Ok(());
    }
    brief.kop("Waarom wij dit besluiten");
    match besluit.uitkomst {
        Uitkomst::Afgewezen(grond) => {
            brief.alinea(woorden::afwijzing(grond));
        }
        Uitkomst::BuitenBehandeling => {
            brief.alinea(
                "Wij konden uw aanvraag niet beoordelen, omdat wij niet alle gegevens hadden. Wij \
                 hebben u de kans gegeven om die aan te vullen (Awb, artikel 4:5, eerste lid).",
            );
        }
        Uitkomst::Toegekend if text.is_empty() && trace.is_empty() => {
            brief.alinea("U krijgt wat u heeft gevraagd (Awb, artikel 3:48, eerste lid).");
        }
        _ => {}
    }
    brief.getypt(text);
    deviation(brief, bron, besluit, entry);
    walked(brief, bron, besluit, trace);
    Ok(())
}

/// Where the decision differs from the advice, and why.
fn deviation(brief: &mut Brief, bron: &Bron<'_>, besluit: &Beschikking, entry: &Entry) {
    let Some(grond) = besluit.afwijking else { return };
    let id = bron.zaak.id;
    let before = bron.entries.iter().rev().filter(|it| it.version < entry.version);
    let advice = before.filter_map(super::bron::dossier_event).find_map(|it| match it {
        DossierEvent::StapGezet { zaak, stap: Zaakstap::VoorstelGedaan(it) } if *zaak == id => {
            Some(it.uitkomst.naam())
        }
        _ => None,
    });
    let advised = advice.map_or_else(String::new, |it| format!(" Het voorstel was: {it}."));
    brief.alinea(format!(
        "Dit besluit is anders dan het advies dat wij kregen.{advised} Wij wijken daarvan af omdat: \
         {} (Awb, artikel 3:46).",
        grond.naam()
    ));
}

/// The answers that mattered, with their articles.
fn walked(brief: &mut Brief, bron: &Bron<'_>, besluit: &Beschikking, points: Vec<String>) {
    let Some(done) = bron.zaak.kader.as_ref().filter(|it| it.op <= besluit.op) else { return };
    if points.is_empty() {
        return;
    }
    brief.alinea(format!(
        "Wij beoordelen elke vraag met dezelfde stappen, in de volgorde van de wet (Wmo 2015, \
         artikel 2.3.5, derde lid). Dat deden wij op {}. Dit gaf de doorslag:",
        datum::lang(done.op)
    ));
    brief.deel(Deel::Lijst(points));
    brief.alinea("Wilt u alle vragen en antwoorden zien? Vraag ons dan om het hele verslag ervan.");
}

/// The questions whose answer mattered: it led somewhere, or somebody wrote down why.
fn trace(bron: &Bron<'_>) -> Vec<String> {
    let walk = bron.zaak.kader.as_ref().and_then(|it| Some((it, gelopen(bron.register, it)?)));
    let Some((done, kader)) = walk else { return Vec::new() };
    let trace = kader.doorloop(&done.doorloop.antwoorden);
    trace.regels.iter().filter_map(|it| point(bron, kader, it)).collect()
}

fn point(bron: &Bron<'_>, kader: &Kader, it: &Spoorregel) -> Option<String> {
    let vraag = kader.vraag(it.vraag)?;
    let reason = motivering_van(bron.texts, bron.zaak.id, it.vraag).replace(['\r', '\n'], " ");
    let matters = it.gevolg != Gevolg::Verder || !reason.trim().is_empty();
    if !matters || it.antwoord == Antwoord::NietVanToepassing {
        return None;
    }
    let answer = zin(it.antwoord.naam());
    let reason =
        if reason.trim().is_empty() { String::new() } else { format!(" {}", reason.trim()) };
    Some(format!(
        "{}: {} {answer}{reason} ({})",
        naam_van_stap(it.stap),
        vraag.tekst,
        vraag.artikel
    ))
}
