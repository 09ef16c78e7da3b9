//! The log of a whole municipality tells nothing about who anybody is.

use std::collections::BTreeSet;

use domain::{Entry, State};
use indicators::{Dimensie, Feiten, Vraag};
use simulation::Parameters;

/// What is stored of every event: no BSN, no name, no street, no postcode of any client.
#[test]
fn no_event_of_a_municipality_holds_a_name_or_a_bsn() {
    let gemeente = municipality();
    let mut secrets: BTreeSet<String> = BTreeSet::new();
    for (_, person) in &gemeente.persons {
        secrets.extend(person.bsn.map(|it| it.as_str().to_owned()));
        secrets.extend([person.naam(), person.straat_en_nummer.clone(), person.postcode.clone()]);
    }
    secrets.extend(gemeente.staff.iter().map(|(_, naam)| naam.clone()));
    secrets.retain(|it| !it.is_empty());
    assert!(secrets.len() > 500, "{} facts about people", secrets.len());

    let finder = secrets.iter().map(String::as_str).collect::<Vec<_>>();
    for (happened, _) in &gemeente.entries {
        let written = store::stored::write(&happened.actor, &happened.event);
        let text = format!("{} {} {}", written.kind, written.actor, written.payload);
        let told = finder.iter().find(|it| text.contains(**it));
        assert_eq!(told, None, "{text}");
    }
}

/// Figures from the log, folded, as a table that anybody may read.
#[test]
fn figures_of_a_municipality_become_a_table_without_people() {
    let gemeente = municipality();
    let mut state = State::default();
    for (at, (happened, recorded)) in gemeente.entries.iter().enumerate() {
        let version = state.version(happened.event.stream()) + 1;
        let (sequence, recorded, happened) = (at as u64 + 1, *recorded, happened.clone());
        state.apply(&Entry { sequence, version, recorded, happened });
    }
    let feiten = Feiten::van(&state);
    let indicator = indicators::indicator("clienten").expect("an indicator of the catalogue");
    let maand = "2015-12".parse().expect("a month");
    let vraag = Vraag {
        per: Dimensie::Cbsgroep,
        ..Vraag::new(maand, "2016-06-30".parse().expect("a day"))
    };
    let cijfers = indicators::bereken(indicator, &feiten, &state.register, &vraag);
    let text = reports::text::tabel(&reports::cijfers_tabel(&cijfers));
    assert!(text.contains("Ondersteuning") && text.contains("30-06-2016"), "{text}");
    let told = gemeente.persons.iter().find(|(_, it)| text.contains(&it.naam()));
    assert_eq!(told, None);
}

fn municipality() -> simulation::Municipality {
    let tot = "2016-03-31".parse().expect("a day");
    let parameters = Parameters { inwoners: 8_000, tot, ..Parameters::default() };
    simulation::simulate(&parameters, &mut |_, _| {})
}
