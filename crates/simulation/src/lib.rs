//! A made-up municipality from a seed, with known truth.
//!
//! [`simulate`] lives through a fictional municipality day by day from 1 January 2015 on. Nothing
//! is written into the log but what [`domain::decide`] answers to a command, so a simulated log
//! obeys every rule of the domain. The same [`Parameters`] give the same bytes. What was put in
//! comes out as [`Truth`], so that an estimate from the log can be held against it.

mod access;
mod aftercare;
mod agenda;
mod arrangement;
mod billing;
mod course;
mod decision;
mod delivery;
mod demand;
mod draw;
mod framework;
mod names;
mod needs;
mod outcome;
mod parameters;
mod place;
mod process;
mod products;
mod proposal;
mod providers;
mod review;
mod sim;
mod staff;
mod truth;
mod waiting;
mod walk;
mod world;

use domain::{ClientId, Functie, Happened, MedewerkerId, persoon::Persoonsgegevens};
use jiff::{Timestamp, civil::Date};

pub use framework::beoordelingskader;
pub use parameters::{BEGIN, Parameters};
pub use truth::Truth;

/// A simulated municipality: the log, who its people are, and what was true.
#[derive(Debug, Clone, PartialEq)]
pub struct Municipality {
    /// What happened, in the order in which it was recorded, with the moment of recording.
    pub entries: Vec<(Happened, Timestamp)>,
    /// Who the clients are.
    pub persons: Vec<(ClientId, Persoonsgegevens)>,
    /// What the staff are called.
    pub staff: Vec<(MedewerkerId, String)>,
    /// An account for each function of which somebody works here on the last day.
    pub accounts: Vec<DemoAccount>,
    /// What was put in.
    pub truth: Truth,
}

/// An account to look around with in a demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccount {
    /// The name to log in with.
    pub name: String,
    /// Whose account it is.
    pub medewerker: MedewerkerId,
    /// As what they work.
    pub functie: Functie,
}

/// Lives through a municipality from 1 January 2015 up to and including the last day asked for.
///
/// `progress` is told the day and the last day, once a month.
pub fn simulate(parameters: &Parameters, progress: &mut dyn FnMut(Date, Date)) -> Municipality {
    let mut sim = sim::Sim::new(parameters);
    while sim.world.today <= parameters.tot {
        sim.live_today();
        if sim.world.today == sim.world.today.last_of_month() {
            progress(sim.world.today, parameters.tot);
        }
        sim.world.next_day();
    }
    Municipality {
        persons: names::persons(&sim.clients, &mut sim.draws.names),
        staff: names::staff_names(&sim.staff, &mut sim.draws.names),
        accounts: accounts(&sim),
        truth: Truth::of(&sim),
        entries: sim.world.log,
    }
}

fn accounts(sim: &sim::Sim<'_>) -> Vec<DemoAccount> {
    let last = sim.parameters.tot;
    let works = |id: MedewerkerId| sim.world.state.register.aanstelling(id, last).is_some();
    // Somebody whose appointment has no end yet can still log in long after the last day.
    let stays = |id: MedewerkerId| {
        let held = sim.world.state.register.medewerkers.get(&id);
        let last = held.and_then(|it| it.aanstellingen.last());
        last.is_some_and(|(geldig, _)| geldig.tot_en_met().is_none())
    };
    let account = |functie: Functie| {
        let working =
            || sim.staff.members.iter().filter(|it| it.functie == functie && works(it.id));
        let found = working().find(|it| stays(it.id)).or_else(|| working().next())?;
        let name = functie.naam().to_lowercase().replace(' ', "-");
        Some(DemoAccount { name, medewerker: found.id, functie })
    };
    Functie::ALLE.into_iter().filter_map(account).collect()
}
