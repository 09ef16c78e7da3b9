//! Desk or team: the complexity of a request, judged by stated criteria.

use jiff::civil::Date;

use crate::{
    Dossier, Functie, Omstandigheid, Refusal, State, ZaakId, instelling::Instellingen,
    intake::IntakeUitkomst, onderzoek::Onderzoek, refusal::StepRefusal,
};

/// What makes a request complex.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Criterium {
    /// Problems in more than one part of life.
    MeerdereLeefgebieden,
    /// More than one person of the household needs support.
    Huishouden,
    /// Doubt about safety at home.
    Veiligheid,
    /// Psychiatric problems or addiction.
    Psychiatrie,
    /// Debts, or income that is at risk.
    Schulden,
    /// An informal carer who can no longer cope.
    OverbelasteMantelzorg,
    /// Earlier support did not work.
    EerdereHulpMislukt,
    /// It is unclear which law provides.
    WetgrensOnduidelijk,
}

impl Criterium {
    /// Every criterion.
    pub const ALLE: [Criterium; 8] = [
        Criterium::MeerdereLeefgebieden,
        Criterium::Huishouden,
        Criterium::Veiligheid,
        Criterium::Psychiatrie,
        Criterium::Schulden,
        Criterium::OverbelasteMantelzorg,
        Criterium::EerdereHulpMislukt,
        Criterium::WetgrensOnduidelijk,
    ];

    /// The words on a form.
    pub const fn naam(self) -> &'static str {
        match self {
            Criterium::MeerdereLeefgebieden => "problemen op meer leefgebieden",
            Criterium::Huishouden => "meer mensen in het huishouden hebben hulp nodig",
            Criterium::Veiligheid => "twijfel over de veiligheid",
            Criterium::Psychiatrie => "psychiatrie of verslaving",
            Criterium::Schulden => "schulden of onzeker inkomen",
            Criterium::OverbelasteMantelzorg => "overbelaste mantelzorger",
            Criterium::EerdereHulpMislukt => "eerdere hulp werkte niet",
            Criterium::WetgrensOnduidelijk => "onduidelijk welke wet voorgaat",
        }
    }
}

/// Where a request should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// To the desk.
    Loket,
    /// To a team.
    Team,
}

impl Route {
    /// The word on a form.
    pub const fn naam(self) -> &'static str {
        match self {
            Route::Loket => "loket",
            Route::Team => "team",
        }
    }
}

/// The judgement of a request's complexity.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Triage {
    /// The criteria that are met.
    pub criteria: Vec<Criterium>,
    /// Where the criteria lead.
    pub advies: Route,
    /// Why the request goes elsewhere, where it does.
    pub afwijking: Option<Afwijkreden>,
}

/// Why a request goes elsewhere than the criteria lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Afwijkreden {
    /// The client is known there.
    Bekend,
    /// Only a device or adaptation is asked for.
    AlleenHulpmiddel,
    /// The other one has no room.
    GeenRuimte,
    /// The professional judges otherwise; the reason is written down outside the log.
    EigenOordeel,
}

impl Afwijkreden {
    /// Every reason.
    pub const ALLE: [Afwijkreden; 4] = [
        Afwijkreden::Bekend,
        Afwijkreden::AlleenHulpmiddel,
        Afwijkreden::GeenRuimte,
        Afwijkreden::EigenOordeel,
    ];

    /// The words on a form.
    pub const fn naam(self) -> &'static str {
        match self {
            Afwijkreden::Bekend => "de cliënt is daar bekend",
            Afwijkreden::AlleenHulpmiddel => "alleen een hulpmiddel of aanpassing",
            Afwijkreden::GeenRuimte => "er is daar geen ruimte",
            Afwijkreden::EigenOordeel => "eigen oordeel, zie de toelichting",
        }
    }
}

/// Where the criteria lead: to a team from the municipality's threshold on.
pub fn advies(criteria: &[Criterium], drempel: u8) -> Route {
    if criteria.len() >= usize::from(drempel.max(1)) { Route::Team } else { Route::Loket }
}

/// Where the criteria lead by the municipality's choices of a day: only those that count, counted.
pub fn advies_op(instellingen: &Instellingen, criteria: &[Criterium], op: Date) -> Route {
    let counted: Vec<Criterium> =
        criteria.iter().copied().filter(|it| instellingen.criterium_telt(*it, op)).collect();
    advies(&counted, instellingen.triage_drempel(op))
}

/// Lets a triage through: by the intake, before the enquiry, with the advice of the criteria.
pub(crate) fn leg_vast(
    state: &State,
    dossier: &Dossier,
    id: ZaakId,
    triage: &Triage,
    bij: &Omstandigheid,
) -> Result<bool, Refusal> {
    if let Some(wie) = bij.actor.hoedanigheid()
        && !matches!(
            wie.functie,
            Functie::KccMedewerker | Functie::Intaker | Functie::Consulent | Functie::Wijkcoach
        )
    {
        let functie = Some(wie.functie);
        return Err(Refusal::FunctieMagNiet { functie, handeling: "een melding triëren" });
    }
    let zaak = dossier.open_zaak(id)?;
    if zaak.intake.is_some() || zaak.onderzoek != Onderzoek::Geen {
        return Err(Refusal::AlGedaan("de intake"));
    }
    let drempel = state.register.instellingen.triage_drempel(bij.on);
    if triage.advies != advies_op(&state.register.instellingen, &triage.criteria, bij.on) {
        return Err(StepRefusal::TriageKloptNiet { drempel }.into());
    }
    Ok(zaak.triage.as_ref() != Some(triage))
}

/// A request that goes elsewhere than its criteria lead needs a reason.
pub(crate) fn follows(triage: Option<&Triage>, uitkomst: IntakeUitkomst) -> Result<(), Refusal> {
    let route = match uitkomst {
        IntakeUitkomst::NaarLoket => Route::Loket,
        IntakeUitkomst::NaarTeam(_) => Route::Team,
        _ => return Ok(()),
    };
    match triage {
        Some(it) if it.advies != route && it.afwijking.is_none() => {
            Err(StepRefusal::TriageAfwijking { advies: it.advies }.into())
        }
        _ => Ok(()),
    }
}
