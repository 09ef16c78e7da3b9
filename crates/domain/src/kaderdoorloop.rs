//! Walking the framework through for one case; the version in force is kept with the case.

use jiff::civil::Date;

use crate::{
    Actor, Dossier, KaderId, Omstandigheid, Refusal, State, VraagId, ZaakId,
    kader::{Antwoord, Kader},
    onderzoek::{self, Onderzoek},
    refusal::StepRefusal,
};

/// The answers of one case in one version of the framework.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Doorloop {
    /// The version.
    pub kader: KaderId,
    /// The answers; their motivation lies outside the log.
    pub antwoorden: Vec<(VraagId, Antwoord)>,
}

/// A walk with the day and who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GedaneDoorloop {
    /// The day.
    pub op: Date,
    /// The answers.
    pub doorloop: Doorloop,
    /// Who walked it.
    pub door: Actor,
}

/// Lets a walk through: in the version in force, with answers to its own questions.
pub(crate) fn leg_vast(
    state: &State,
    dossier: &Dossier,
    id: ZaakId,
    doorloop: &Doorloop,
    bij: &Omstandigheid,
) -> Result<bool, Refusal> {
    onderzoek::may_investigate(bij)?;
    let zaak = dossier.open_zaak(id)?;
    if zaak.onderzoek == Onderzoek::Geen {
        return Err(Refusal::Ontbreekt {
            stap: "de start van het onderzoek",
            artikel: "Wmo 2015, art. 2.3.2 lid 1",
        });
    }
    let Some(kader) = state.register.kader_op(bij.on) else {
        return Err(Refusal::NietInRegister("een beoordelingskader dat op deze dag geldt"));
    };
    if kader.id != doorloop.kader {
        return Err(StepRefusal::AnderKader { gegeven: doorloop.kader, geldig: kader.id }.into());
    }
    answers_fit(kader, doorloop)?;
    Ok(zaak.kader.as_ref().map(|it| &it.doorloop) != Some(doorloop))
}

fn answers_fit(kader: &Kader, doorloop: &Doorloop) -> Result<(), Refusal> {
    match doorloop.antwoorden.iter().find(|(vraag, _)| kader.vraag(*vraag).is_none()) {
        Some((vraag, _)) => Err(StepRefusal::VraagOnbekend(*vraag).into()),
        None => Ok(()),
    }
}
