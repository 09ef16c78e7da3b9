//! Exchanges with another system: read, planned, carried out, written.

mod fouten;
mod rondreis;
mod voorbeeld;

use std::{collections::HashMap, io::Read};

use domain::{ClientId, Entry, Event, Happened, State};
use jiff::{Timestamp, civil::Date};
use messages::{
    Problem, Wie,
    uitwisseling::{Koppeling, Plan, Uitwisseling, client_van_sleutel, plan},
};

/// A made-up municipality of this size up to this day, with its state.
fn municipality(inwoners: u32, tot: Date) -> (simulation::Municipality, State) {
    let parameters = simulation::Parameters { inwoners, tot, ..simulation::Parameters::default() };
    let it = simulation::simulate(&parameters, &mut |_, _| {});
    let mut state = State::default();
    for (happened, recorded) in &it.entries {
        fold(&mut state, happened, *recorded);
    }
    (it, state)
}

fn fold(state: &mut State, happened: &Happened, recorded: Timestamp) {
    state.apply(&Entry {
        sequence: state.sequence + 1,
        version: state.version(Event::stream(&happened.event)) + 1,
        recorded,
        happened: happened.clone(),
    });
}

/// Reads files that are in memory.
fn lees(koppeling: &Koppeling, files: &[(String, Vec<u8>)]) -> Uitwisseling {
    let files: HashMap<String, Vec<u8>> = files.iter().cloned().collect();
    Uitwisseling::lees(koppeling, &mut |naam| {
        let bytes = files.get(naam).cloned();
        Ok(bytes.map(|it| Box::new(std::io::Cursor::new(it)) as Box<dyn Read>))
    })
}

/// Which client somebody is: by BSN as the persons store would tell, else by outside key.
fn client_van(persons: &HashMap<domain::Bsn, ClientId>, wie: &Wie) -> Option<ClientId> {
    match wie {
        Wie::Register => None,
        Wie::Bsn(bsn) => persons.get(bsn).copied(),
        Wie::Sleutel(sleutel) => Some(client_van_sleutel(sleutel)),
    }
}

/// Carries out a plan; gives the number of events and what was refused.
fn carry_out(
    state: &mut State,
    plan: &Plan,
    today: Date,
    persons: &HashMap<domain::Bsn, ClientId>,
) -> (usize, Vec<Problem>) {
    let (mut events, mut refused) = (0, Vec::new());
    for it in &plan.intake.commands {
        let client = client_van(persons, &it.wie);
        match it.try_on(state, client, today, Timestamp::UNIX_EPOCH) {
            Ok(news) => events += news.len(),
            Err(problem) => refused.push(problem),
        }
    }
    (events, refused)
}

/// Reads, plans and carries out; nothing may be wrong.
fn import(
    state: &mut State,
    uitwisseling: &Uitwisseling,
    today: Date,
    persons: &HashMap<domain::Bsn, ClientId>,
) -> usize {
    let plan = plan(state, uitwisseling, today, &|wie| client_van(persons, wie));
    assert_eq!(plan.intake.problems, []);
    let (events, refused) = carry_out(state, &plan, today, persons);
    assert_eq!(refused, []);
    events
}
