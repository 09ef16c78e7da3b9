//! How the access is arranged: choices, framework, budgets, substitution, meetings and training.

use jiff::civil::Date;

use crate::{
    AlgemeneVoorzieningId, Bedrag, MedewerkerId, OverlegId, Refusal, Register, TeamId,
    briefgegevens::Briefgegevens,
    cta::Overleg,
    instelling::Instelling,
    kader::Kader,
    refusal::StepRefusal,
    register::{insert_by_day, put},
    scholing::{Scholing, Scholingseis},
    waarneming::Waarneming,
};

/// Something of the access that was arranged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inrichting {
    /// Places of a general provision were counted.
    CapaciteitVastgesteld {
        /// Which.
        voorziening: AlgemeneVoorzieningId,
        /// How many places it has.
        plaatsen: u32,
    },
    /// The municipality made a choice about its access.
    InstellingGekozen(Instelling),
    /// This version of the framework is in force from this day on.
    KaderVastgesteld(Box<Kader>),
    /// A team has this much to grant in a year.
    BudgetVastgesteld {
        /// The team.
        team: TeamId,
        /// The year.
        jaar: i16,
        /// How much.
        bedrag: Bedrag,
    },
    /// Somebody stands in for a function.
    WaarnemingIngesteld(Waarneming),
    /// A CTA-overleg was planned or changed.
    OverlegGepland(Overleg),
    /// Who was there was written down, at or after a CTA-overleg.
    PresentieVastgelegd {
        /// Of which meeting.
        overleg: OverlegId,
        /// Which of its members were there.
        aanwezig: Vec<MedewerkerId>,
    },
    /// A function has to be trained in something.
    ScholingVereist(Scholingseis),
    /// Somebody was trained.
    ScholingGevolgd(Scholing),
    /// Letters say this about the municipality from this day on.
    BriefgegevensVastgesteld(Briefgegevens),
}

/// Whether everything that is named is in the register, and fits.
pub(crate) fn names_exist(register: &Register, it: &Inrichting) -> Result<(), Refusal> {
    use Inrichting as E;
    let known = |found: bool, wat| if found { Ok(()) } else { Err(Refusal::NietInRegister(wat)) };
    match it {
        E::CapaciteitVastgesteld { voorziening, .. } => known(
            register.algemene_voorzieningen.contains_key(voorziening),
            "de algemene voorziening",
        ),
        E::BudgetVastgesteld { team, .. } => known(register.teams.contains_key(team), "het team"),
        E::WaarnemingIngesteld(it) => {
            known(register.medewerkers.contains_key(&it.medewerker), "de medewerker")?;
            known(it.geldig.tot_en_met().is_some(), "een laatste dag van de waarneming")
        }
        E::OverlegGepland(it) => {
            let staff = it.leden.iter().all(|(lid, _)| register.medewerkers.contains_key(lid));
            known(staff, "een van de leden")?;
            let chair = it.leden.iter().any(|(lid, _)| *lid == it.voorzitter);
            known(chair, "de voorzitter als lid van het overleg")
        }
        E::PresentieVastgelegd { overleg, aanwezig } => {
            let Some(meeting) = register.overleggen.get(overleg) else {
                return Err(Refusal::NietInRegister("het CTA-overleg"));
            };
            let stranger = aanwezig.iter().find(|it| !meeting.is_lid(**it));
            stranger.map_or(Ok(()), |it| Err(StepRefusal::GeenLid(*it).into()))
        }
        E::ScholingGevolgd(it) => {
            known(register.medewerkers.contains_key(&it.medewerker), "de medewerker")
        }
        E::KaderVastgesteld(it) => match it.gebreken() {
            faults if faults.is_empty() => Ok(()),
            faults => Err(StepRefusal::KaderKloptNiet(faults.join("; ")).into()),
        },
        E::InstellingGekozen(_) | E::ScholingVereist(_) | E::BriefgegevensVastgesteld(_) => Ok(()),
    }
}

/// Whether it is the list of those present, which a meeting keeps itself, by one of its members.
pub(crate) fn is_own_list(register: &Register, it: &Inrichting, wie: MedewerkerId) -> bool {
    let Inrichting::PresentieVastgelegd { overleg, .. } = it else { return false };
    register.overleggen.get(overleg).is_some_and(|it| it.is_lid(wie))
}

/// Folds it into the register. Cannot fail.
pub(crate) fn apply(register: &mut Register, on: Date, it: &Inrichting) {
    use Inrichting as E;
    match it {
        E::CapaciteitVastgesteld { voorziening, plaatsen } => {
            insert_by_day(register.capaciteit.entry(*voorziening).or_default(), on, *plaatsen);
        }
        E::InstellingGekozen(it) => register.instellingen.kies(on, *it),
        E::KaderVastgesteld(it) => insert_by_day(&mut register.kaders, on, it.as_ref().clone()),
        E::BudgetVastgesteld { team, jaar, bedrag } => {
            register.budgetten.insert((*team, *jaar), *bedrag);
        }
        E::WaarnemingIngesteld(it) => {
            register.waarnemingen.retain(|known| {
                (known.medewerker, known.functie, known.geldig.van())
                    != (it.medewerker, it.functie, it.geldig.van())
            });
            register.waarnemingen.push(*it);
        }
        E::OverlegGepland(it) => put(&mut register.overleggen, it.id, it),
        E::PresentieVastgelegd { overleg, aanwezig } => {
            let mut aanwezig = aanwezig.clone();
            aanwezig.sort();
            aanwezig.dedup();
            register.presentie.insert(*overleg, aanwezig);
        }
        E::ScholingVereist(it) => {
            register
                .scholingseisen
                .retain(|known| (known.functie, known.onderwerp) != (it.functie, it.onderwerp));
            register.scholingseisen.push(*it);
        }
        E::BriefgegevensVastgesteld(it) => {
            insert_by_day(&mut register.briefgegevens, on, it.clone());
        }
        E::ScholingGevolgd(it) => {
            if !register.scholingen.contains(it) {
                register.scholingen.push(*it);
            }
        }
    }
}
