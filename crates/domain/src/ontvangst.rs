//! What follows a melding at once: the confirmation, the personal plan, and who has the case.

use jiff::{ToSpan, civil::Date};

use crate::{
    Actor, Dossier, DossierEvent, Functie, MedewerkerId, Omstandigheid, Refusal, State, ZaakId,
    intake::not_before, refusal::StepRefusal, stap::Zaakstap,
};

/// The confirmation of a request, and what the client handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ontvangst {
    /// The confirmation in writing. Wmo 2015, art. 2.3.2 lid 1.
    pub bevestiging: Option<Bevestiging>,
    /// The day on which a personal plan was handed in. Wmo 2015, art. 2.3.2 lid 2.
    pub persoonlijk_plan: Option<Date>,
}

/// A confirmation in writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bevestiging {
    /// The day it was sent.
    pub op: Date,
    /// Free client support was pointed out. Wmo 2015, art. 2.3.2 lid 3.
    pub clientondersteuning: bool,
    /// The personal plan was pointed out. Wmo 2015, art. 2.3.2 lid 2.
    pub persoonlijk_plan: bool,
    /// Who sent it.
    pub door: Actor,
}

/// How many days the client has to hand in a personal plan. Wmo 2015, art. 2.3.2 lid 2.
pub const PLAN_DAGEN: i64 = 7;

/// The last day on which a personal plan is in time. Algemene termijnenwet, art. 1.
pub fn plan_uiterste_dag(melding: Date) -> Date {
    crate::termijn::einde_op_of_na(melding.saturating_add(PLAN_DAGEN.days()))
}

/// Lets a step of the receipt through.
pub(crate) fn leg_vast(
    state: &State,
    dossier: &Dossier,
    id: ZaakId,
    stap: &Zaakstap,
    bij: &Omstandigheid,
) -> Result<bool, Refusal> {
    of_the_access(bij, "een stap van een melding vastleggen")?;
    let zaak = dossier.open_zaak(id)?;
    not_before(bij.on, "de melding", zaak.melding.op)?;
    match *stap {
        Zaakstap::OntvangstBevestigd { .. } => {
            if dossier.afgeschermd_op(bij.on) {
                return Err(StepRefusal::Afgeschermd("een brief").into());
            }
            if zaak.ontvangst.bevestiging.is_some() {
                return Err(Refusal::AlGedaan("de ontvangstbevestiging"));
            }
            Ok(true)
        }
        Zaakstap::PersoonlijkPlanOntvangen => Ok(zaak.ontvangst.persoonlijk_plan.is_none()),
        Zaakstap::Belegd { medewerker } => assign(state, zaak.behandelaar, medewerker, bij),
        _ => Ok(true),
    }
}

/// Shields a client under threat, or ends that. iWmo OP003.
pub(crate) fn scherm_af(
    dossier: &Dossier,
    afgeschermd: bool,
    bij: &Omstandigheid,
) -> Result<Vec<DossierEvent>, Refusal> {
    of_the_access(bij, "een cliënt afschermen")?;
    let new = dossier.afgeschermd_op(bij.on) != afgeschermd;
    Ok(new.then_some(DossierEvent::AfschermingVastgesteld { afgeschermd }).into_iter().collect())
}

/// A case goes to somebody who is in service on that day.
fn assign(
    state: &State,
    now: Option<MedewerkerId>,
    medewerker: Option<MedewerkerId>,
    bij: &Omstandigheid,
) -> Result<bool, Refusal> {
    match medewerker {
        Some(it) if state.register.aanstelling(it, bij.on).is_none() => {
            Err(Refusal::NietInRegister("een aanstelling van deze medewerker op deze dag"))
        }
        _ => Ok(now != medewerker),
    }
}

/// Refuses who has no part in the access.
pub(crate) fn of_the_access(bij: &Omstandigheid, handeling: &'static str) -> Result<(), Refusal> {
    match bij.actor.hoedanigheid() {
        Some(it) if !in_the_access(it.functie) => {
            Err(Refusal::FunctieMagNiet { functie: Some(it.functie), handeling })
        }
        _ => Ok(()),
    }
}

const fn in_the_access(functie: Functie) -> bool {
    matches!(
        functie,
        Functie::KccMedewerker
            | Functie::Intaker
            | Functie::Consulent
            | Functie::Wijkcoach
            | Functie::Wijkverpleegkundige
            | Functie::Welzijnsmedewerker
            | Functie::Teammanager
    )
}
