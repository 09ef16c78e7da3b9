//! The identities hold for municipalities that were lived through, late and corrected entries and
//! all.

use domain::{Entry, Event, Stream};
use indicators::{Dimensie, Feiten, Filter, Vraag, bereken, catalogus::VERPLICHTING};
use simulation::{Parameters, simulate};
use std::collections::HashMap;

use crate::{
    gemeente::day,
    identiteit::{PER, check_identity},
};

fn log(seed: u64) -> Vec<Entry> {
    let parameters =
        Parameters { seed, inwoners: 6_000, tot: day("2017-02-28"), ..Parameters::default() };
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
