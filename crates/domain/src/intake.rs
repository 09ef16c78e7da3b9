//! The intake: a filter between melding and onderzoek that never grants support.

use jiff::civil::Date;

use crate::{
    Actor, AlgemeneVoorzieningId, Dossier, DossierEvent, Functie, Omstandigheid, Refusal, State,
    TeamId, ZaakId, onderzoek::Onderzoek, triage,
};

/// How an intake ended, when and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intake {
    /// The day it ended.
    pub op: Date,
    /// How.
    pub uitkomst: IntakeUitkomst,
    /// Who did it.
    pub door: Actor,
}

/// How an intake ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IntakeUitkomst {
    /// Settled with information.
    Informatie,
    /// Settled with advice.
    Advies,
    /// Settled: the client and the network manage.
    EigenKracht,
    /// Settled with a general provision.
    AlgemeneVoorziening(AlgemeneVoorzieningId),
    /// Passed on to the desk for a simple request.
    NaarLoket,
    /// Passed on to a team for a complex request.
    NaarTeam(TeamId),
}

impl IntakeUitkomst {
    /// Whether the request was settled without an onderzoek.
    pub const fn afgerond(self) -> bool {
        !matches!(self, IntakeUitkomst::NaarLoket | IntakeUitkomst::NaarTeam(_))
    }

    /// The words a civil servant uses.
    pub const fn naam(self) -> &'static str {
        match self {
            IntakeUitkomst::Informatie => "informatie",
            IntakeUitkomst::Advies => "advies",
            IntakeUitkomst::EigenKracht => "eigen kracht",
            IntakeUitkomst::AlgemeneVoorziening(_) => "algemene voorziening",
            IntakeUitkomst::NaarLoket => "door naar loket",
            IntakeUitkomst::NaarTeam(_) => "door naar team",
        }
    }
}

/// Ends the intake. It may settle a request or pass it on; it cannot grant anything.
pub(crate) fn rond_af(
    state: &State,
    dossier: &Dossier,
    id: ZaakId,
    uitkomst: IntakeUitkomst,
    bij: &Omstandigheid,
) -> Result<Vec<DossierEvent>, Refusal> {
    if let Some(hoedanigheid) = bij.actor.hoedanigheid()
        && !mag_intake_doen(hoedanigheid.functie)
    {
        let functie = Some(hoedanigheid.functie);
        return Err(Refusal::FunctieMagNiet { functie, handeling: "een intake afronden" });
    }
    let zaak = dossier.open_zaak(id)?;
    if zaak.intake.is_some() {
        return Err(Refusal::AlGedaan("de intake"));
    }
    if zaak.onderzoek != Onderzoek::Geen {
        return Err(Refusal::AlGedaan("de start van het onderzoek"));
    }
    not_before(bij.on, "de melding", zaak.melding.op)?;
    triage::follows(zaak.triage.as_ref(), uitkomst)?;
    match uitkomst {
        IntakeUitkomst::AlgemeneVoorziening(it)
            if !state.register.algemene_voorzieningen.contains_key(&it) =>
        {
            Err(Refusal::NietInRegister("de algemene voorziening"))
        }
        IntakeUitkomst::NaarTeam(it) if !state.register.teams.contains_key(&it) => {
            Err(Refusal::NietInRegister("het team"))
        }
        _ => Ok(vec![DossierEvent::IntakeAfgerond { zaak: id, uitkomst }]),
    }
}

/// Whether this function may end an intake.
pub const fn mag_intake_doen(functie: Functie) -> bool {
    matches!(
        functie,
        Functie::KccMedewerker | Functie::Intaker | Functie::Consulent | Functie::Wijkcoach
    )
}

/// Refuses a day that lies before the step it follows.
pub(crate) fn not_before(op: Date, stap: &'static str, niet_voor: Date) -> Result<(), Refusal> {
    if op < niet_voor { Err(Refusal::TeVroeg { op, stap, niet_voor }) } else { Ok(()) }
}
