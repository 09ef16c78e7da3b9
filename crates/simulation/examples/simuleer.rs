//! Simulates a municipality and prints what came of it, how long it took and how fast that is.
//!
//! `cargo run --release -p simulation --example simuleer -- [seed] [inwoners] [tot]`

#![expect(clippy::print_stdout, reason = "an example shows its result")]

use std::{collections::BTreeMap, time::Instant};

use domain::{Cbsgroep, Entry, Maand, State};
use simulation::{Parameters, simulate};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut parameters = Parameters::default();
    if let Some(seed) = arguments.next() {
        parameters.seed = seed.parse().expect("seed is een geheel getal");
    }
    if let Some(inwoners) = arguments.next() {
        parameters.inwoners = inwoners.parse().expect("inwoners is een geheel getal");
    }
    if let Some(tot) = arguments.next() {
        parameters.tot = tot.parse().expect("tot is een dag zoals 2025-12-31");
    }
    let start = Instant::now();
    let made = simulate(&parameters, &mut |_, _| {});
    let seconds = start.elapsed().as_secs_f64();
    let events = u32::try_from(made.entries.len()).expect("fewer than four milliard events");
    println!(
        "{events} gebeurtenissen, {} personen, {} medewerkers",
        made.persons.len(),
        made.staff.len()
    );
    println!("{seconds:.2} s, {:.0} gebeurtenissen per seconde", f64::from(events) / seconds);
    let mut kinds: BTreeMap<String, u32> = BTreeMap::new();
    let mut state = State::default();
    for (sequence, (happened, recorded)) in (1..).zip(made.entries) {
        let text = match &happened.event {
            domain::Event::Register(event) => format!("{event:?}"),
            domain::Event::Dossier(_, event) => format!("{event:?}"),
        };
        let kind = text.split([' ', '(']).next().unwrap_or_default();
        *kinds.entry(kind.to_owned()).or_default() += 1;
        let version = state.version(happened.event.stream()) + 1;
        state.apply(&Entry { sequence, version, recorded, happened });
    }
    for (kind, count) in kinds {
        println!("  {kind:28} {count:>8}");
    }
    for (jaar, maand) in (2015..=parameters.tot.year()).flat_map(|jaar| [(jaar, 1), (jaar, 12)]) {
        let op = Maand::new(jaar, maand).expect("a month").laatste_dag();
        let counts = Cbsgroep::ALLE.map(|groep| clients(&state, groep, op));
        println!("{op} {counts:?}");
    }
}

/// How many clients have a provision of a group on a day.
fn clients(state: &State, groep: Cbsgroep, op: jiff::civil::Date) -> usize {
    let has = |dossier: &&domain::Dossier| {
        dossier
            .voorzieningen_op(op)
            .any(|it| it.voorziening.product.categorie().is_some_and(|it| it.cbsgroep() == groep))
    };
    state.dossiers.values().filter(has).count()
}
