//! Makes `examples/wijkerveen` anew: a small made-up municipality in the form of another suite.
//!
//! `cargo run -p messages --example maak_voorbeeld` from the root of the workspace; the mapping file
//! there tells which tables and columns are written, and how.

use std::{
    collections::{BTreeMap, HashMap},
    error::Error,
    fs,
    path::Path,
};

use domain::{Entry, Event, State};
use jiff::civil::date;
use messages::uitwisseling::{Koppeling, Namen, export_met};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/wijkerveen");
    let mapping = fs::read_to_string(folder.join("mapping.toml"))?;
    let koppeling = Koppeling::from_toml("mapping.toml", &mapping).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        lines.join("\n")
    })?;
    let parameters = simulation::Parameters {
        inwoners: 2000,
        tot: date(2017, 12, 31),
        ..simulation::Parameters::default()
    };
    let municipality = simulation::simulate(&parameters, &mut |_, _| {});
    let mut state = State::default();
    for (happened, recorded) in &municipality.entries {
        state.apply(&Entry {
            sequence: state.sequence + 1,
            version: state.version(Event::stream(&happened.event)) + 1,
            recorded: *recorded,
            happened: happened.clone(),
        });
    }
    let personen: HashMap<_, _> = municipality.persons.into_iter().collect();
    let personeel: BTreeMap<_, _> = municipality.staff.into_iter().collect();
    let namen = Namen { personen: &personen, personeel: &personeel };
    for (naam, bytes) in export_met(&koppeling, &state, Some(&namen)) {
        fs::write(folder.join(naam), bytes)?;
    }
    Ok(())
}
