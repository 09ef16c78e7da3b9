//! The `CTA-overleg`: the multidisciplinary review before a decision leaves.
//!
//! Its outcome is advice unless somebody in it has a mandate. Cases come on the agenda by triggers
//! that the municipality chose, and by a draw that anyone can repeat from its seed.

use jiff::{ToSpan, civil::Date};

use crate::{
    Actor, Bedrag, Dossier, Functie, MedewerkerId, Omstandigheid, OverlegId, Refusal, State,
    Voorziening, Zaak, ZaakId, agenda,
    besluit::Uitkomst,
    instelling::CtaRegels,
    kader::{Conclusie, Stapsoort},
    kosten,
    refusal::StepRefusal,
    voorstel::{GedaanVoorstel, fits_norm},
};

/// A meeting that was planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overleg {
    /// Its key.
    pub id: OverlegId,
    /// The day.
    pub op: Date,
    /// Who was invited, with the discipline each brings.
    pub leden: Vec<(MedewerkerId, Discipline)>,
    /// Who leads it.
    pub voorzitter: MedewerkerId,
}

impl Overleg {
    /// Whether somebody sits in it.
    pub fn is_lid(&self, medewerker: MedewerkerId) -> bool {
        self.leden.iter().any(|(lid, _)| *lid == medewerker)
    }
}

/// The expertise that somebody brings to the review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Discipline {
    /// The Wmo itself.
    Wmo,
    /// Nursing.
    Verpleging,
    /// Welfare and the collective offer.
    Welzijn,
    /// Behaviour.
    Gedrag,
    /// Debts and income.
    Inkomen,
    /// Quality and the framework.
    Kwaliteit,
}

impl Discipline {
    /// Every discipline.
    pub const ALLE: [Discipline; 6] = [
        Discipline::Wmo,
        Discipline::Verpleging,
        Discipline::Welzijn,
        Discipline::Gedrag,
        Discipline::Inkomen,
        Discipline::Kwaliteit,
    ];

    /// The word on an agenda.
    pub const fn naam(self) -> &'static str {
        match self {
            Discipline::Wmo => "Wmo",
            Discipline::Verpleging => "verpleging",
            Discipline::Welzijn => "welzijn",
            Discipline::Gedrag => "gedrag",
            Discipline::Inkomen => "inkomen en schulden",
            Discipline::Kwaliteit => "kwaliteit",
        }
    }
}

/// Why a case is reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aanleiding {
    /// The order is worth much.
    Waarde,
    /// The volume lies above the norm.
    BovenNorm,
    /// The grant is only a bridge.
    Tijdelijk,
    /// Another law may provide.
    Grensgeval,
    /// The one who proposes is affiliated to a provider.
    Verbonden,
    /// Drawn.
    Steekproef,
    /// Brought in by somebody of the team.
    Ingebracht,
}

impl Aanleiding {
    /// Every reason.
    pub const ALLE: [Aanleiding; 7] = [
        Aanleiding::Waarde,
        Aanleiding::BovenNorm,
        Aanleiding::Tijdelijk,
        Aanleiding::Grensgeval,
        Aanleiding::Verbonden,
        Aanleiding::Steekproef,
        Aanleiding::Ingebracht,
    ];

    /// The words on an agenda.
    pub const fn naam(self) -> &'static str {
        match self {
            Aanleiding::Waarde => "waarde van de opdracht",
            Aanleiding::BovenNorm => "omvang buiten de norm",
            Aanleiding::Tijdelijk => "tijdelijke indicatie",
            Aanleiding::Grensgeval => "andere wet gaat mogelijk voor",
            Aanleiding::Verbonden => "indiener werkt voor een aanbieder",
            Aanleiding::Steekproef => "steekproef",
            Aanleiding::Ingebracht => "ingebracht door het team",
        }
    }
}

/// A case on the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CtaAanmelding {
    /// Of which meeting, once it is known.
    pub overleg: Option<OverlegId>,
    /// Why.
    pub aanleidingen: Vec<Aanleiding>,
}

/// The judgement of the meeting.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CtaOordeel {
    /// Of which meeting.
    pub overleg: OverlegId,
    /// How it judges.
    pub uitkomst: CtaUitkomst,
    /// Who took part in this case.
    pub deelnemers: Vec<MedewerkerId>,
    /// Who left for this case.
    pub verschoond: Vec<MedewerkerId>,
    /// The step of the framework that the lesson of this case is about, if it has one.
    pub les: Option<Stapsoort>,
}

/// How the meeting judges.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum CtaUitkomst {
    /// With the proposal.
    Akkoord,
    /// With this instead.
    Gewijzigd {
        /// The outcome it advises.
        uitkomst: Uitkomst,
        /// What it advises to grant.
        voorzieningen: Vec<Voorziening>,
    },
    /// Back to the one who proposed: something is missing.
    Terug,
}

impl CtaUitkomst {
    /// The word in a table.
    pub const fn naam(&self) -> &'static str {
        match self {
            CtaUitkomst::Akkoord => "akkoord",
            CtaUitkomst::Gewijzigd { .. } => "gewijzigd",
            CtaUitkomst::Terug => "terug",
        }
    }
}

/// The judgement of a colleague who did not see the proposal.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TweedeOordeel {
    /// The outcome.
    pub uitkomst: Uitkomst,
    /// What this colleague would grant.
    pub voorzieningen: Vec<Voorziening>,
}

/// Where the review of a case stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CtaBehandeling {
    /// The last time the case was put on an agenda.
    pub aanmelding: Option<(Date, CtaAanmelding)>,
    /// The judgements, oldest first, each with the proposal it was about.
    pub oordelen: Vec<(Date, CtaOordeel, GedaanVoorstel)>,
    /// The blind judgements, oldest first, each with the proposal that stood on that day.
    pub tweede: Vec<(Date, TweedeOordeel, Actor, GedaanVoorstel)>,
}

/// Why the proposal of a case goes to the review on this day; empty when it does not.
///
/// The draw depends on the seed and the number of the case only, so that it can be repeated and
/// nobody can choose it.
pub fn aanleidingen(state: &State, zaak: &Zaak, op: Date) -> Vec<Aanleiding> {
    let (Some(regels), Some(gedaan)) = (state.register.instellingen.cta(op), zaak.voorstel())
    else {
        return Vec::new();
    };
    let voorzieningen = &gedaan.voorstel.voorzieningen;
    let waarde: Bedrag = voorzieningen
        .iter()
        .filter_map(|it| kosten::waarde_over_looptijd(&state.register, it))
        .sum();
    let mut found = Vec::new();
    let mut add = |on: bool, it| {
        if on {
            found.push(it);
        }
    };
    add(regels.vanaf_waarde.is_some_and(|it| waarde >= it), Aanleiding::Waarde);
    let outside = voorzieningen.iter().any(|it| !fits_norm(state, it, gedaan.op));
    add(regels.boven_norm && outside, Aanleiding::BovenNorm);
    let bridge = voorzieningen.iter().any(|it| it.tijdelijk.is_some());
    add(regels.tijdelijk && bridge, Aanleiding::Tijdelijk);
    add(regels.grensgeval && boundary(state, zaak), Aanleiding::Grensgeval);
    let tied = gedaan.door.hoedanigheid().is_some_and(|it| it.verbonden_aan.is_some());
    add(regels.verbonden && tied, Aanleiding::Verbonden);
    if found.is_empty() && gedaan.voorstel.uitkomst.kent_toe() && getrokken(&regels, zaak.id) {
        found.push(Aanleiding::Steekproef);
    }
    found
}

/// Whether a case is drawn: its lot lies under the share that the municipality chose.
pub fn getrokken(regels: &CtaRegels, zaak: ZaakId) -> bool {
    lot(regels, zaak) < u64::from(regels.steekproef_promille)
}

/// The lot of a case, from 0 to 999: SplitMix64 of the seed and the number, so that anybody can
/// draw it again.
pub fn lot(regels: &CtaRegels, zaak: ZaakId) -> u64 {
    let number = u64::from(zaak.jaar.unsigned_abs()) << 32 | u64::from(zaak.volgnummer);
    let mut z = regels.zaad.wrapping_add(number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (z ^ (z >> 31)) % 1000
}

/// The last day on which the review of a proposal is in time.
pub fn uiterste_dag(regels: &CtaRegels, voorstel: Date) -> Date {
    voorstel.saturating_add(i64::from(regels.dagen).days())
}

fn boundary(state: &State, zaak: &Zaak) -> bool {
    zaak.kader.as_ref().is_some_and(|it| {
        state.register.kaders.iter().find(|(_, known)| known.id == it.doorloop.kader).is_some_and(
            |(_, known)| {
                let found = known.doorloop(&it.doorloop.antwoorden).conclusie;
                matches!(found, Conclusie::Grensgeval(_))
            },
        )
    })
}

/// Puts a case on an agenda.
pub(crate) fn meld_aan(
    state: &State,
    dossier: &Dossier,
    id: ZaakId,
    aanmelding: &CtaAanmelding,
    bij: &Omstandigheid,
) -> Result<bool, Refusal> {
    crate::onderzoek::may_investigate(bij).or_else(|no| match functie(bij) {
        Some(Functie::CtaLid | Functie::Teammanager) | None => Ok(()),
        Some(_) => Err(no),
    })?;
    let zaak = dossier.open_zaak(id)?;
    needs_proposal(zaak)?;
    if aanmelding.aanleidingen.is_empty() {
        return Err(Refusal::Ontbreekt { stap: "de aanleiding", artikel: "CTA-overleg" });
    }
    if let Some(overleg) = aanmelding.overleg
        && !state.register.overleggen.contains_key(&overleg)
    {
        return Err(Refusal::NietInRegister("het CTA-overleg"));
    }
    Ok(zaak.cta.aanmelding.as_ref().map(|(_, it)| it) != Some(aanmelding))
}

/// Records the judgement of the meeting; who has an interest in the case takes no part.
pub(crate) fn beoordeel(
    state: &State,
    dossier: &Dossier,
    id: ZaakId,
    oordeel: &CtaOordeel,
    bij: &Omstandigheid,
) -> Result<bool, Refusal> {
    if !matches!(functie(bij), Some(Functie::CtaLid)) {
        let functie = functie(bij);
        return Err(Refusal::FunctieMagNiet { functie, handeling: "een CTA-oordeel vastleggen" });
    }
    let zaak = dossier.open_zaak(id)?;
    needs_proposal(zaak)?;
    let Some(overleg) = state.register.overleggen.get(&oordeel.overleg) else {
        return Err(Refusal::NietInRegister("het CTA-overleg"));
    };
    if oordeel.deelnemers.len() < 2 {
        return Err(Refusal::Ontbreekt { stap: "een tweede deelnemer", artikel: "CTA-overleg" });
    }
    may_take_part(state, zaak, overleg, oordeel, bij)?;
    if let CtaUitkomst::Gewijzigd { uitkomst, voorzieningen } = &oordeel.uitkomst
        && uitkomst.kent_toe() == voorzieningen.is_empty()
    {
        return Err(Refusal::VoorzieningenPassenNiet);
    }
    Ok(true)
}

/// Who judges, and who writes it down, sits in the meeting, was there and has no interest.
fn may_take_part(
    state: &State,
    zaak: &Zaak,
    overleg: &Overleg,
    oordeel: &CtaOordeel,
    bij: &Omstandigheid,
) -> Result<(), Refusal> {
    let present = state.register.presentie.get(&overleg.id);
    let writer = bij.actor.hoedanigheid().map(|it| it.medewerker);
    for deelnemer in oordeel.deelnemers.iter().copied().chain(writer) {
        if !overleg.is_lid(deelnemer) {
            return Err(StepRefusal::GeenLid(deelnemer).into());
        }
        let left = oordeel.verschoond.contains(&deelnemer);
        if left || must_recuse(state, zaak, deelnemer, bij.on) {
            return Err(StepRefusal::MoetZichVerschonen(deelnemer).into());
        }
        if present.is_some_and(|it| !it.contains(&deelnemer)) {
            return Err(StepRefusal::NietAanwezig(deelnemer).into());
        }
    }
    Ok(())
}

/// Who made the proposal, or works for a provider that would deliver, takes no part in the case.
pub fn must_recuse(state: &State, zaak: &Zaak, medewerker: MedewerkerId, op: Date) -> bool {
    agenda::belang(state, zaak, medewerker, op).is_some()
}

/// Records a blind judgement: by somebody else than the one who proposed, before the meeting.
pub(crate) fn oordeel_blind(
    dossier: &Dossier,
    id: ZaakId,
    oordeel: &TweedeOordeel,
    bij: &Omstandigheid,
) -> Result<bool, Refusal> {
    crate::onderzoek::may_investigate(bij).or_else(|no| match functie(bij) {
        Some(Functie::CtaLid | Functie::Beslisser) => Ok(()),
        _ => Err(no),
    })?;
    let zaak = dossier.open_zaak(id)?;
    let gedaan = needs_proposal(zaak)?;
    if same_person(&gedaan.door, &bij.actor) {
        return Err(StepRefusal::EigenVoorstel.into());
    }
    if zaak.cta.oordelen.iter().any(|(_, _, about)| about == gedaan) {
        return Err(Refusal::AlGedaan("het oordeel van het CTA-overleg"));
    }
    if oordeel.uitkomst.kent_toe() == oordeel.voorzieningen.is_empty() {
        return Err(Refusal::VoorzieningenPassenNiet);
    }
    let known = zaak.cta.tweede.iter().any(|(_, _, door, _)| same_person(door, &bij.actor));
    if known { Err(Refusal::AlGedaan("het tweede oordeel")) } else { Ok(true) }
}

/// Refuses a decision while the review that its proposal needs has not agreed to it.
///
/// Help in an emergency does not wait for a meeting. Wmo 2015, art. 2.3.3.
pub(crate) fn reviewed(state: &State, zaak: &Zaak, op: Date) -> Result<(), Refusal> {
    if zaak.melding.melding.spoed && zaak.beschikkingen.is_empty() {
        return Ok(());
    }
    let pending = zaak.cta.aanmelding.is_some() || !aanleidingen(state, zaak, op).is_empty();
    let Some(gedaan) = zaak.voorstel().filter(|_| pending) else { return Ok(()) };
    let judged = zaak.cta.oordelen.iter().rev().find(|(_, _, about)| about == gedaan);
    match judged {
        Some((_, oordeel, _)) if oordeel.uitkomst != CtaUitkomst::Terug => Ok(()),
        _ => Err(Refusal::Ontbreekt {
            stap: "het oordeel van het CTA-overleg over dit voorstel",
            artikel: "instelling CTA-overleg van de gemeente",
        }),
    }
}

/// What the review advises: its own change, or the proposal it agreed to.
pub(crate) fn advies(zaak: &Zaak) -> Option<(Uitkomst, &[Voorziening])> {
    let gedaan = zaak.voorstel()?;
    let judged = zaak.cta.oordelen.iter().rev().find(|(_, _, about)| about == gedaan);
    match judged.map(|(_, it, _)| &it.uitkomst) {
        Some(CtaUitkomst::Gewijzigd { uitkomst, voorzieningen }) => {
            Some((*uitkomst, voorzieningen))
        }
        _ => Some((gedaan.voorstel.uitkomst, &gedaan.voorstel.voorzieningen)),
    }
}

fn needs_proposal(zaak: &Zaak) -> Result<&GedaanVoorstel, Refusal> {
    zaak.voorstel().ok_or(Refusal::Ontbreekt { stap: "het voorstel", artikel: "CTA-overleg" })
}

fn functie(bij: &Omstandigheid) -> Option<Functie> {
    bij.actor.hoedanigheid().map(|it| it.functie)
}

/// Whether the same person acts, in whichever function.
pub(crate) fn same_person(one: &Actor, other: &Actor) -> bool {
    match (one.hoedanigheid(), other.hoedanigheid()) {
        (Some(one), Some(other)) => one.medewerker == other.medewerker,
        _ => false,
    }
}
