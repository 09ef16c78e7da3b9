//! The demo municipality, through the question of the council.

use domain::{Cbsgroep, Entry, State, voorziening::BeschikteVoorziening};
use evaluation::{Oordeel, toets};
use indicators::Feiten;
use jiff::civil::{Date, date};
use simulation::{Parameters, simulate};

/// People with ondersteuning thuis on a day.
fn clients(state: &State, day: Date) -> u64 {
    let group = |it: &BeschikteVoorziening| {
        let categorie = it.voorziening.product.categorie();
        categorie.map(|it| it.cbsgroep()) == Some(Cbsgroep::OndersteuningThuis)
    };
    state.dossiers.values().map(|it| u64::from(it.voorzieningen_op(day).any(group))).sum()
}

#[test]
fn the_demo_municipality_grows_as_the_letter_tells() {
    let parameters = Parameters { tot: date(2018, 3, 31), ..Parameters::default() };
    let log = simulate(&parameters, &mut |_, _| {}).entries;
    let entries = (1..).zip(log).map(|(sequence, (happened, recorded))| Entry {
        sequence,
        version: 1,
        recorded,
        happened,
    });
    let mut state = State::default();
    entries.for_each(|it| state.apply(&it));
    let (van, tot) = ("2015-01".parse().unwrap(), "2017-12".parse().unwrap());
    let it = toets(&Feiten::van(&state), &state.register, van, tot, date(2018, 3, 31));
    let found = it.uitslag.unwrap();
    for (found, day, letter) in [
        (found.clienten.eerste.aantal, date(2015, 1, 31), 349),
        (found.clienten.laatste.aantal, date(2017, 12, 31), 502),
    ] {
        assert_eq!(found, clients(&state, day), "{day}, counted dossier by dossier");
        assert!(found.abs_diff(letter) * 10 <= letter, "{day}: {found}, the letter has {letter}");
    }
    assert!(found.clienten.groei_per_duizend.is_some(), "the inhabitants are known");
    assert!(found.zonder_dagbesteding.is_some(), "dagbesteding is a provision here");
    assert!(found.samenstelling.verbonden_aan_aanbieder > 0, "provider staff until 2019");
    let alike: Vec<&str> = found
        .vergelijkingen
        .iter()
        .filter(|it| it.meest_gelijkend)
        .map(|it| it.groep.naam)
        .collect();
    assert_eq!(alike, ["gemeenten met wijkteams met zorgaanbieders"]);
    assert!(found.vergelijkingen.iter().all(|it| it.oordeel != Oordeel::NietTeZeggen));
    assert_eq!(it.breuken.first().map(|it| it.1), Some("overgang uit de AWBZ"));
}
