//! The agenda of a CTA-overleg: which cases it is about, why, until when, and who keeps out.
//!
//! A pure function of the log: a case is on the agenda of the meeting to which it was last brought
//! in. Nobody sees more of a case than the meeting needs (Wmo 2015, art. 5.1.1 lid 1).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::{
    AanbiederId, ClientId, Hoedanigheid, MedewerkerId, OverlegId, State, Zaak, ZaakId,
    cta::{Aanleiding, CtaOordeel, CtaUitkomst, aanleidingen, uiterste_dag},
    gesprek::Onderwerp,
    voorstel::GedaanVoorstel,
    zaak::Fase,
};

/// A case on the agenda of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agendapunt {
    /// Of which client.
    pub client: ClientId,
    /// The case.
    pub zaak: ZaakId,
    /// Why it is reviewed.
    pub aanleidingen: Vec<Aanleiding>,
    /// The proposal that is reviewed.
    pub voorstel: GedaanVoorstel,
    /// The last day on which the review is in time, where the municipality set one.
    pub uiterlijk: Option<Date>,
    /// How this meeting judged, with the day.
    pub oordeel: Option<(Date, CtaOordeel)>,
}

/// Why somebody takes no part in a case. Awb, art. 2:4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Belang {
    /// The proposal is one's own.
    EigenVoorstel,
    /// One works for, or is tied to, the provider that would deliver.
    Aanbieder(AanbiederId),
}

impl Belang {
    /// The words behind a name.
    pub const fn naam(self) -> &'static str {
        match self {
            Belang::EigenVoorstel => "deed zelf het voorstel",
            Belang::Aanbieder(_) => "is verbonden aan de aanbieder die zou leveren",
        }
    }
}

impl Aanleiding {
    /// For what a case is opened, with the article: what the access log says of it.
    pub const fn grond(self) -> &'static str {
        match self {
            Aanleiding::Waarde => "toets van de waarde van de opdracht (Awb, art. 10:3)",
            Aanleiding::BovenNorm => "toets van de omvang (Wmo 2015, art. 2.3.5 lid 3)",
            Aanleiding::Tijdelijk => "toets van de tijdelijke indicatie (Wmo 2015, art. 2.3.5)",
            Aanleiding::Grensgeval => "toets aan andere wetten (Wmo 2015, art. 2.3.5 lid 5 en 6)",
            Aanleiding::Verbonden => "toets op onpartijdigheid (Awb, art. 2:4)",
            Aanleiding::Steekproef => "steekproef op zorgvuldigheid (Awb, art. 3:2)",
            Aanleiding::Ingebracht => "vraag van het team om advies (Awb, art. 3:2)",
        }
    }

    /// The topics of the enquiry that the meeting needs for this. Wmo 2015, art. 2.3.2 lid 4.
    pub const fn onderwerpen(self) -> &'static [Onderwerp] {
        use Onderwerp as O;
        match self {
            Aanleiding::Waarde | Aanleiding::Steekproef | Aanleiding::Ingebracht => &[
                O::Behoeften,
                O::EigenKracht,
                O::MantelzorgEnNetwerk,
                O::OndersteuningMantelzorger,
                O::AlgemeneVoorzieningen,
                O::AndereVoorzieningen,
            ],
            Aanleiding::BovenNorm | Aanleiding::Verbonden => {
                &[O::Behoeften, O::EigenKracht, O::MantelzorgEnNetwerk]
            }
            Aanleiding::Tijdelijk => &[O::Behoeften, O::AlgemeneVoorzieningen],
            Aanleiding::Grensgeval => &[O::Behoeften, O::AndereVoorzieningen],
        }
    }
}

/// What a meeting is about: the cases brought in to it and those it judged, by number.
pub fn agenda(state: &State, overleg: OverlegId) -> Vec<Agendapunt> {
    let mut found: Vec<Agendapunt> = cases(state)
        .filter_map(|(client, zaak)| {
            let judged = zaak.cta.oordelen.iter().rev().find(|(_, it, _)| it.overleg == overleg);
            let brought_in = meeting_of(zaak) == Some(overleg);
            let voorstel = match judged {
                Some((_, _, about)) => about,
                None => zaak.voorstel().filter(|_| brought_in && zaak.sluiting.is_none())?,
            };
            let mut it = item(state, client, zaak, voorstel);
            it.oordeel = judged.map(|(op, it, _)| (*op, it.clone()));
            // What the meeting judged without being asked was brought in by itself.
            if it.aanleidingen.is_empty() {
                it.aanleidingen.push(Aanleiding::Ingebracht);
            }
            Some(it)
        })
        .collect();
    found.sort_by_key(|it| it.zaak);
    found
}

/// How many cases each meeting is about, and how many of those it judged.
pub fn tellingen(state: &State) -> BTreeMap<OverlegId, (usize, usize)> {
    let mut found: BTreeMap<OverlegId, (usize, usize)> = BTreeMap::new();
    for (_, zaak) in cases(state) {
        let judged: BTreeSet<OverlegId> =
            zaak.cta.oordelen.iter().map(|(_, it, _)| it.overleg).collect();
        let open = zaak.voorstel().is_some() && zaak.sluiting.is_none();
        let waits = meeting_of(zaak).filter(|it| open && !judged.contains(it));
        for it in &judged {
            let counts = found.entry(*it).or_default();
            *counts = (counts.0 + 1, counts.1 + 1);
        }
        if let Some(it) = waits {
            found.entry(it).or_default().0 += 1;
        }
    }
    found
}

/// Which cases still have to be put on an agenda, what is due first first.
///
/// A case that its meeting passed over, or sent back and that was proposed anew, is among them.
pub fn te_agenderen(state: &State, vandaag: Date) -> Vec<Agendapunt> {
    let mut found: Vec<Agendapunt> = cases(state)
        .filter(|(_, zaak)| !is_over(zaak))
        // Help in an emergency does not wait for a meeting. Wmo 2015, art. 2.3.3.
        .filter(|(_, zaak)| !zaak.melding.melding.spoed || !zaak.beschikkingen.is_empty())
        .filter_map(|(client, zaak)| {
            let voorstel = zaak.voorstel()?;
            let waits = zaak.cta.aanmelding.is_some() && !is_judged(zaak);
            let due = aanleidingen(state, zaak, vandaag);
            if is_judged(zaak) || awaits_its_meeting(state, zaak, vandaag) {
                return None;
            }
            if due.is_empty() && !waits {
                return None;
            }
            let mut it = item(state, client, zaak, voorstel);
            it.aanleidingen.extend(due);
            it.aanleidingen.sort();
            it.aanleidingen.dedup();
            Some(it)
        })
        .collect();
    found.sort_by_key(|it| (it.uiterlijk.unwrap_or(Date::MAX), it.zaak));
    found
}

/// What keeps somebody out of a case; nothing keeps out who is free to judge.
pub fn belang(state: &State, zaak: &Zaak, medewerker: MedewerkerId, op: Date) -> Option<Belang> {
    let gedaan = zaak.voorstel()?;
    if gedaan.door.hoedanigheid().is_some_and(|it| it.medewerker == medewerker) {
        return Some(Belang::EigenVoorstel);
    }
    let tied_to = state.register.aanstelling(medewerker, op)?.aanbieder()?;
    let mut delivering = gedaan.voorstel.voorzieningen.iter();
    let delivers = delivering.any(|it| it.vorm.aanbieder() == Some(tied_to));
    delivers.then_some(Belang::Aanbieder(tied_to))
}

/// Whether somebody may still have to judge a drawn case blind, and so must not see its proposal.
///
/// In a drawn case one colleague judges before seeing the proposal. Until one of the meeting has,
/// it stays hidden from all who sit in it; where no meeting is known yet, from every CTA-lid.
pub fn blind_oordeel_verwacht(state: &State, zaak: &Zaak, wie: &Hoedanigheid, op: Date) -> bool {
    let Some(gedaan) = zaak.voorstel() else { return false };
    let drawn = match &zaak.cta.aanmelding {
        Some((_, it)) => it.aanleidingen.contains(&Aanleiding::Steekproef),
        None => aanleidingen(state, zaak, op).contains(&Aanleiding::Steekproef),
    };
    let given = zaak.cta.tweede.iter().any(|(.., about)| about == gedaan);
    if !drawn || given || is_over(zaak) || is_judged(zaak) {
        return false;
    }
    let sits_in = match meeting_of(zaak).and_then(|it| state.register.overleggen.get(&it)) {
        Some(overleg) => overleg.is_lid(wie.medewerker),
        None => wie.functie == crate::Functie::CtaLid,
    };
    sits_in && belang(state, zaak, wie.medewerker, op).is_none()
}

/// Which topics a meeting needs for these reasons.
pub fn onderwerpen(aanleidingen: &[Aanleiding]) -> BTreeSet<Onderwerp> {
    aanleidingen.iter().flat_map(|it| it.onderwerpen()).copied().collect()
}

fn cases(state: &State) -> impl Iterator<Item = (ClientId, &Zaak)> {
    let all = state.dossiers.values();
    all.flat_map(|dossier| dossier.zaken.iter().map(|it| (dossier.client, it)))
}

/// Whether there is nothing left to review.
fn is_over(zaak: &Zaak) -> bool {
    matches!(zaak.fase(), Fase::Besloten | Fase::Gesloten)
}

/// The meeting to which a case was last brought in.
fn meeting_of(zaak: &Zaak) -> Option<OverlegId> {
    zaak.cta.aanmelding.as_ref().and_then(|(_, it)| it.overleg)
}

/// Whether the review of the proposal that stands has ended.
fn is_judged(zaak: &Zaak) -> bool {
    let last = zaak.cta.oordelen.iter().rev().find(|(_, _, about)| Some(about) == zaak.voorstel());
    last.is_some_and(|(_, it, _)| it.uitkomst != CtaUitkomst::Terug)
}

/// Whether a case lies before a meeting that can still judge the proposal that stands.
fn awaits_its_meeting(state: &State, zaak: &Zaak, vandaag: Date) -> bool {
    let overleg = meeting_of(zaak).and_then(|it| state.register.overleggen.get(&it));
    let ahead = overleg.filter(|it| it.op >= vandaag);
    ahead.is_some_and(|it| !zaak.cta.oordelen.iter().any(|(_, known, _)| known.overleg == it.id))
}

fn item(state: &State, client: ClientId, zaak: &Zaak, voorstel: &GedaanVoorstel) -> Agendapunt {
    let known = zaak.cta.aanmelding.as_ref().map(|(_, it)| it.aanleidingen.clone());
    let rules = state.register.instellingen.cta(voorstel.op);
    Agendapunt {
        client,
        zaak: zaak.id,
        aanleidingen: known.unwrap_or_default(),
        uiterlijk: rules.map(|it| uiterste_dag(&it, voorstel.op)),
        voorstel: voorstel.clone(),
        oordeel: None,
    }
}
