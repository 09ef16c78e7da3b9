//! What objections, appeals and the review teach about the steps of the framework.

use jiff::civil::Date;

use crate::{
    ClientId, KaderId, State, VraagId, Zaak, ZaakId,
    besluit::{Afwijzingsgrond, Beschikking, Uitkomst},
    bezwaar::{Beroepuitkomst, Bezwaaruitkomst},
    kader::{Conclusie, Gevolg, Spoor, Stapsoort},
};

/// One lesson, at the step of the framework that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kaderles {
    /// The day.
    pub op: Date,
    /// Whose case taught it.
    pub client: ClientId,
    /// The case.
    pub zaak: ZaakId,
    /// Where it comes from.
    pub bron: Lesbron,
    /// The step that it touches.
    pub stap: Stapsoort,
    /// The question whose answer led to the decision, where there is one.
    pub vraag: Option<VraagId>,
    /// The version that was walked through.
    pub kader: Option<KaderId>,
}

/// Where a lesson comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lesbron {
    /// The college decided on an objection. Awb, art. 7:11.
    Bezwaar(Bezwaaruitkomst),
    /// The court decided. Awb, art. 8:70.
    Beroep(Beroepuitkomst),
    /// The CTA-overleg drew a lesson.
    Cta,
}

/// Every lesson, newest first. What a client withdrew teaches nothing.
pub fn lessen(state: &State) -> Vec<Kaderles> {
    let mut found: Vec<Kaderles> = state
        .dossiers
        .values()
        .flat_map(|dossier| dossier.zaken.iter().map(|zaak| (dossier.client, zaak)))
        .flat_map(|(client, zaak)| of_case(state, client, zaak))
        .collect();
    found.sort_unstable_by(|one, other| other.cmp(one));
    found
}

fn of_case(state: &State, client: ClientId, zaak: &Zaak) -> Vec<Kaderles> {
    let kader = zaak.kader.as_ref().map(|it| it.doorloop.kader);
    let trace = trace(state, zaak);
    let les =
        |op, bron, (stap, vraag)| Kaderles { op, client, zaak: zaak.id, bron, stap, vraag, kader };
    let mut found = Vec::new();
    for it in &zaak.beschikkingen {
        let touched = touched(it, trace.as_ref());
        let gang = &it.rechtsgang;
        if let Some((op, uitkomst)) = gang.bezwaar_beslist
            && uitkomst != Bezwaaruitkomst::Ingetrokken
        {
            found.push(les(op, Lesbron::Bezwaar(uitkomst), touched));
        }
        if let Some((op, uitkomst)) = gang.beroep_beslist
            && uitkomst != Beroepuitkomst::Ingetrokken
        {
            found.push(les(op, Lesbron::Beroep(uitkomst), touched));
        }
    }
    let review = zaak.cta.oordelen.iter();
    found.extend(review.filter_map(|(op, it, _)| Some(les(*op, Lesbron::Cta, (it.les?, None)))));
    found
}

/// The trace of a case, in the version that it was walked through.
fn trace(state: &State, zaak: &Zaak) -> Option<Spoor> {
    let walk = &zaak.kader.as_ref()?.doorloop;
    let kaders = &state.register.kaders;
    let (_, kader) = kaders.iter().rev().find(|(_, known)| known.id == walk.kader)?;
    Some(kader.doorloop(&walk.antwoorden))
}

/// The step on which a decision rests, with the question that led there.
fn touched(it: &Beschikking, trace: Option<&Spoor>) -> (Stapsoort, Option<VraagId>) {
    let Uitkomst::Afgewezen(grond) = it.uitkomst else { return (Stapsoort::Maatwerk, None) };
    let led = trace.and_then(|trace| {
        trace.regels.iter().find(|it| match it.gevolg {
            Gevolg::Dekt(found) => found == grond,
            Gevolg::Grens(_) => grond == Afwijzingsgrond::AndereWet,
            Gevolg::Verder | Gevolg::Deels => false,
        })
    });
    match led {
        Some(regel) => (regel.stap, Some(regel.vraag)),
        None => (step(grond, trace), None),
    }
}

/// The step of a ground, by the order of the law.
fn step(grond: Afwijzingsgrond, trace: Option<&Spoor>) -> Stapsoort {
    match (grond, trace.map(|it| it.conclusie)) {
        (Afwijzingsgrond::AndereWet, Some(Conclusie::Grensgeval(wet))) => Stapsoort::Grens(wet),
        // Which law is not known; the Wlz is the one that the Wmo itself names first.
        (Afwijzingsgrond::AndereWet, _) => Stapsoort::Grens(crate::kader::Wet::Wlz),
        (Afwijzingsgrond::EigenKracht, _) => Stapsoort::EigenKracht,
        (Afwijzingsgrond::AlgemeenGebruikelijk, _) => Stapsoort::AlgemeenGebruikelijk,
        (Afwijzingsgrond::GebruikelijkeHulp, _) => Stapsoort::GebruikelijkeHulp,
        (Afwijzingsgrond::MantelzorgOfNetwerk, _) => Stapsoort::Mantelzorg,
        (Afwijzingsgrond::AlgemeneVoorziening, _) => Stapsoort::AlgemeneVoorziening,
        (Afwijzingsgrond::GeenIngezetene, _) => Stapsoort::Hulpvraag,
    }
}
