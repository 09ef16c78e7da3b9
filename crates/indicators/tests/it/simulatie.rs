//! The identities hold for municipalities that were lived through, late and corrected entries and
//! all.

use std::collections::{BTreeMap, HashMap};

use domain::{DossierEvent, Entry, Event, Maand, Stream, Vervolgstap, Zaakstap};
use indicators::{
    Dimensie, Feiten, Filter, Vraag, bereken, catalogus::VERPLICHTING, indicator, reeks,
};
use simulation::{Parameters, simulate};

use crate::{
    gemeente::day,
    identiteit::{PER, check_identity},
};

fn log(seed: u64) -> Vec<Entry> {
    log_until(seed, "2017-02-28")
}

fn log_until(seed: u64, tot: &str) -> Vec<Entry> {
    let parameters = Parameters { seed, inwoners: 6_000, tot: day(tot), ..Parameters::default() };
    let mut versions: HashMap<Stream, u32> = HashMap::new();
    let entries = simulate(&parameters, &mut |_, _| {}).entries;
    let numbered = (1..).zip(entries).map(|(sequence, (happened, recorded))| {
        let version = versions.entry(Event::stream(&happened.event)).or_default();
        *version += 1;
        Entry { sequence, version: *version, recorded, happened }
    });
    numbered.collect()
}

#[test]
fn stock_follows_from_flows_in_simulated_municipalities() {
    for seed in [1, 7, 169] {
        let state = domain::State::fold(&log(seed));
        for per in PER {
            for gat in [0, Vraag::GAT_DAGEN, 31] {
                let stand = check_identity(&state, per, &Filter::default(), gat);
                assert!(stand.values().any(|n| *n > 20), "seed {seed}: nothing was simulated");
            }
        }
    }
}

/// What is owed in parts is what is owed in total, to the cent, and so are the prices not known.
#[test]
fn what_is_owed_adds_up_over_every_split() {
    let state = domain::State::fold(&log(3));
    let feiten = Feiten::van(&state);
    let sum = |per| {
        let vraag = Vraag { per, ..Vraag::new("2016-12".parse().unwrap(), day("2017-02-28")) };
        let all = bereken(&VERPLICHTING, &feiten, &state.register, &vraag);
        let euros: f64 = all.iter().filter_map(|it| it.waarde.getal()).sum();
        ((euros * 100.0).round(), all.iter().map(|it| it.n).sum::<u64>())
    };
    let total = sum(Dimensie::Geen);
    assert!(total.0 > 0.0 && total.1 > 20, "{total:?}");
    for per in PER {
        assert_eq!(sum(per), total, "{per}");
    }
}

/// What the access checked, counted in the log itself, is what the indicators say of every month.
#[test]
fn the_checks_of_the_access_are_what_the_log_holds() {
    type Counts = BTreeMap<(&'static str, String, Maand), u64>;
    let log = log_until(3, "2020-12-31");
    let mut expected = Counts::new();
    for entry in &log {
        let Event::Dossier(_, event) = &entry.happened.event else { continue };
        let (name, key) = match event {
            DossierEvent::StapGezet { stap: Zaakstap::CtaBeoordeeld(it), .. } => {
                ("cta_oordelen", it.uitkomst.naam())
            }
            DossierEvent::VervolgGezet { stap: Vervolgstap::Afgeschaald(it), .. } => {
                ("afschalingen", it.naar.naam())
            }
            _ => continue,
        };
        let cell = key.to_lowercase().replace(' ', "_");
        *expected.entry((name, cell, Maand::van_dag(entry.happened.on))).or_default() += 1;
    }
    let state = domain::State::fold(&log);
    let feiten = Feiten::van(&state);
    let mut found = Counts::new();
    for (name, per) in [("cta_oordelen", Dimensie::Oordeel), ("afschalingen", Dimensie::Bestemming)]
    {
        let (van, tot) = ("2015-01".parse().unwrap(), "2020-12".parse().unwrap());
        let vraag = Vraag { per, ..Vraag::new(tot, day("2020-12-31")) };
        let it = indicator(name).unwrap();
        for cijfer in reeks(it, &feiten, &state.register, &vraag, van, tot) {
            if cijfer.n > 0 {
                found.insert((name, cijfer.cel.sleutel, cijfer.maand), cijfer.n);
            }
        }
    }
    assert!(expected.values().sum::<u64>() > 200, "{expected:?}");
    assert_eq!(found, expected);
}
