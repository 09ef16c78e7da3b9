//! The `werkvoorraad`: what is to be done, by whom, until when, and what it waits for.
//!
//! A pure function of the state and a day; nothing of it is stored.

use jiff::{ToSpan, civil::Date};

use crate::{
    ClientId, MedewerkerId, State, TeamId, Zaak, ZaakId, cta, melding::OntvangenMelding, ontvangst,
    termijn::Opschorting, zaak::Fase,
};

/// Something to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taak {
    /// For whom.
    pub client: ClientId,
    /// In which case; none for what follows a grant that was taken over.
    pub zaak: Option<ZaakId>,
    /// What.
    pub soort: Taaksoort,
    /// The last day on which it is in time.
    pub uiterlijk: Option<Date>,
    /// What it waits for.
    pub wacht: Option<Wachtreden>,
    /// Who has it.
    pub behandelaar: Option<MedewerkerId>,
    /// The team that has it.
    pub team: Option<TeamId>,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Taaksoort {
    /// Decide at once on temporary support. Wmo 2015, art. 2.3.3.
    Spoedbesluit,
    /// Confirm receipt. Wmo 2015, art. 2.3.2 lid 1.
    Ontvangstbevestiging,
    /// Do the intake.
    Intake,
    /// Start the enquiry.
    StartOnderzoek,
    /// Finish the enquiry. Wmo 2015, art. 2.3.2 lid 1.
    Onderzoek,
    /// Send the report. Wmo 2015, art. 2.3.2 lid 8.
    Verslag,
    /// Wait for the aanvraag. Wmo 2015, art. 2.3.2 lid 9.
    Aanvraag,
    /// Make a proposal.
    Voorstel,
    /// Review the proposal.
    CtaOordeel,
    /// Decide. Wmo 2015, art. 2.3.5 lid 2.
    Besluit,
    /// Send the decision. Awb, art. 3:41.
    Verzending,
    /// Decide on an objection. Awb, art. 7:10.
    Bezwaar,
    /// Look at the goals.
    Evaluatie,
    /// Review the decision. Wmo 2015, art. 2.3.9.
    Heronderzoek,
    /// What somebody wanted to be reminded of; it lies outside the log.
    Herinnering,
}

impl Taaksoort {
    /// The words in a list.
    pub const fn naam(self) -> &'static str {
        match self {
            Taaksoort::Spoedbesluit => "spoedbesluit nemen",
            Taaksoort::Ontvangstbevestiging => "ontvangst bevestigen",
            Taaksoort::Intake => "intake doen",
            Taaksoort::StartOnderzoek => "onderzoek starten",
            Taaksoort::Onderzoek => "onderzoek afronden",
            Taaksoort::Verslag => "verslag sturen",
            Taaksoort::Aanvraag => "aanvraag ontvangen",
            Taaksoort::Voorstel => "voorstel doen",
            Taaksoort::CtaOordeel => "CTA-oordeel geven",
            Taaksoort::Besluit => "besluiten",
            Taaksoort::Verzending => "besluit verzenden",
            Taaksoort::Bezwaar => "op bezwaar beslissen",
            Taaksoort::Evaluatie => "doelen evalueren",
            Taaksoort::Heronderzoek => "heronderzoek doen",
            Taaksoort::Herinnering => "herinnering",
        }
    }
}

/// What a task waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wachtreden {
    /// The client: an aanvraag, or data that were asked for.
    Client,
    /// The CTA-overleg.
    Cta,
}

/// How a task stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgentie {
    /// Its last day has passed.
    TeLaat,
    /// Its last day lies within seven days.
    DezeWeek,
    /// There is more time, or no last day.
    Later,
}

impl Taak {
    /// How it stands on a day.
    pub fn urgentie(&self, vandaag: Date) -> Urgentie {
        match self.uiterlijk {
            Some(day) if day < vandaag => Urgentie::TeLaat,
            Some(day) if day <= vandaag.saturating_add(7.days()) => Urgentie::DezeWeek,
            _ => Urgentie::Later,
        }
    }

    /// The order of a list: an emergency before anything else (Wmo 2015, art. 2.3.3), then by day.
    pub fn volgorde(&self) -> (bool, Date, Option<ZaakId>, Taaksoort) {
        let emergency = self.soort == Taaksoort::Spoedbesluit;
        (!emergency, self.uiterlijk.unwrap_or(Date::MAX), self.zaak, self.soort)
    }
}

/// Everything that is to be done on a day: emergencies, then what is due first.
pub fn taken(state: &State, vandaag: Date) -> Vec<Taak> {
    let mut found = Vec::new();
    for dossier in state.dossiers.values() {
        for zaak in &dossier.zaken {
            let client = dossier.client;
            found.extend(of_case(state, client, zaak, vandaag, dossier.afgeschermd_op(vandaag)));
        }
        for it in dossier.voorzieningen_op(vandaag) {
            let zaak = match it.herkomst {
                crate::voorziening::Herkomst::Besluit(zaak) => Some(zaak),
                _ => None,
            };
            let task = |soort, op| Taak {
                client: dossier.client,
                zaak,
                soort,
                uiterlijk: Some(op),
                wacht: None,
                behandelaar: zaak.and_then(|it| dossier.zaak(it)).and_then(|it| it.behandelaar),
                team: it.team,
            };
            found.extend(it.vervolg.evaluatie.map(|op| task(Taaksoort::Evaluatie, op)));
            found.extend(it.vervolg.heronderzoek.map(|op| task(Taaksoort::Heronderzoek, op)));
        }
    }
    found.sort_by_key(Taak::volgorde);
    found
}

/// How many tasks somebody has, per person, among those that are with somebody.
pub fn belasting(taken: &[Taak]) -> std::collections::BTreeMap<MedewerkerId, usize> {
    let mut load = std::collections::BTreeMap::new();
    for who in taken.iter().filter_map(|it| it.behandelaar) {
        *load.entry(who).or_default() += 1;
    }
    load
}

fn of_case(
    state: &State,
    client: ClientId,
    zaak: &Zaak,
    vandaag: Date,
    afgeschermd: bool,
) -> Vec<Taak> {
    let team = zaak.onderzoek.team().or(match zaak.intake.map(|it| it.uitkomst) {
        Some(crate::intake::IntakeUitkomst::NaarTeam(team)) => Some(team),
        _ => None,
    });
    let task = |soort, uiterlijk| Taak {
        client,
        zaak: Some(zaak.id),
        soort,
        uiterlijk,
        wacht: waits_for(zaak, soort),
        behandelaar: zaak.behandelaar,
        team,
    };
    let mut found = Vec::new();
    for it in &zaak.beschikkingen {
        if it.rechtsgang.bezwaar.is_some() && it.rechtsgang.bezwaar_beslist.is_none() {
            found.push(task(Taaksoort::Bezwaar, it.rechtsgang.beslissen_tot_en_met()));
        }
    }
    if zaak.sluiting.is_some() {
        return found;
    }
    let OntvangenMelding { op, melding, .. } = zaak.melding;
    if melding.spoed && zaak.beschikkingen.is_empty() {
        let days = i64::from(state.register.instellingen.spoed_dagen(op));
        found.push(task(Taaksoort::Spoedbesluit, Some(op.saturating_add(days.days()))));
    }
    let early = matches!(zaak.fase(), Fase::Gemeld | Fase::NaIntake);
    if early && zaak.ontvangst.bevestiging.is_none() && !afgeschermd {
        let day = ontvangst::plan_uiterste_dag(op);
        found.push(task(Taaksoort::Ontvangstbevestiging, Some(day)));
    }
    if let Some((soort, uiterlijk)) = next(state, zaak, vandaag, afgeschermd) {
        found.push(task(soort, uiterlijk));
    }
    found
}

/// The next step of a case, with its last day.
fn next(
    state: &State,
    zaak: &Zaak,
    vandaag: Date,
    afgeschermd: bool,
) -> Option<(Taaksoort, Option<Date>)> {
    let due = zaak.uiterste_dag();
    match zaak.fase() {
        Fase::Gemeld => Some((Taaksoort::Intake, due)),
        Fase::NaIntake if zaak.intake.is_some_and(|it| it.uitkomst.afgerond()) => None,
        Fase::NaIntake => Some((Taaksoort::StartOnderzoek, due)),
        Fase::InOnderzoek => Some((Taaksoort::Onderzoek, due)),
        Fase::Onderzocht => {
            Some((Taaksoort::Verslag, Some(crate::onderzoek::uiterste_dag(zaak.melding.op))))
        }
        Fase::VerslagVerzonden => Some((Taaksoort::Aanvraag, None)),
        Fase::Aangevraagd => Some((before_decision(state, zaak, vandaag), due)),
        Fase::Besloten => {
            let unsent = zaak.beschikkingen.iter().any(|it| it.rechtsgang.verzonden.is_none());
            (unsent && !afgeschermd).then_some((Taaksoort::Verzending, None))
        }
        Fase::Gesloten => None,
    }
}

fn before_decision(state: &State, zaak: &Zaak, vandaag: Date) -> Taaksoort {
    if zaak.voorstel().is_none() && state.register.instellingen.vier_ogen(vandaag) {
        Taaksoort::Voorstel
    } else if cta::reviewed(state, zaak, vandaag).is_err() {
        Taaksoort::CtaOordeel
    } else {
        Taaksoort::Besluit
    }
}

fn waits_for(zaak: &Zaak, soort: Taaksoort) -> Option<Wachtreden> {
    let stands_still = matches!(zaak.opschortingen.last(), Some(Opschorting::Lopend { .. }));
    match soort {
        Taaksoort::Aanvraag => Some(Wachtreden::Client),
        Taaksoort::Besluit | Taaksoort::Voorstel if stands_still => Some(Wachtreden::Client),
        Taaksoort::CtaOordeel => Some(Wachtreden::Cta),
        _ => None,
    }
}
