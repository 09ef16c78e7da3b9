//! Synthetic difference-in-differences against the exact optimum, the R package and known truth.
#![expect(clippy::unwrap_used, reason = "a data set without estimate must stop the test")]

use statistics::figures::{Estimate as _, Figures};
use statistics::panel::{Columns, Panel};
use statistics::synthetic::sdid::{Estimator, Inference, Options, SyntheticDid, synthetic_did};

use crate::common::Tolerance::{Abs, Rel};
use crate::common::{Reference, Table, check, reference, shared};
use crate::toy;

fn panel(data: &Table) -> Panel {
    // The data of the R package have their own column names.
    if data.has("State") {
        let (unit, period) = (data.texts("State"), data.integers("Year"));
        let first = |it: &String| (it == "California").then_some(1989);
        let outcome = data.numbers("PacksPerCapita");
        let first_treated = unit.iter().map(first).collect();
        return Panel::new(Columns { unit, period, first_treated, outcome, ..Columns::default() })
            .unwrap();
    }
    data.panel(&[])
}

fn estimate(panel: &Panel, inference: Inference) -> SyntheticDid {
    synthetic_did(panel, &Options { inference, ..Options::default() }).unwrap()
}

/// Everything that one panel has to say, under one list of keys.
fn figures(it: &Reference) -> Figures {
    let panel = panel(&it.data);
    let mut all = estimate(&panel, Inference::PlaceboAll).figures();
    if all.get("N1") > Some(1.0) {
        for (key, value) in estimate(&panel, Inference::Jackknife).figures().iter() {
            if key.starts_with("se_jackknife") {
                all.add(key, value);
            }
        }
    }
    all
}

#[test]
fn the_exact_optimum_is_found() {
    for id in ["sdid__prop99", "sdid__open_pilot2", "sdid__open_pilot2_null"] {
        let Some(it) = reference(id) else { return };
        let figures = figures(&it);
        // Ten times closer than asked: the reference prints ten digits.
        let weights = ["omega", "lambda", "scw"].map(|start| (start, Abs(1e-7)));
        let rules: Vec<_> =
            weights.into_iter().chain([("p_", Abs(1e-9)), ("", Rel(1e-8))]).collect();
        it.compare(&figures, &rules);
        // The R package stops early: two percent, its weights three.
        let weights = ["omega", "lambda", "scw"].map(|start| (start, Abs(0.03)));
        let rules: Vec<_> = weights
            .into_iter()
            .chain([("p_", Abs(1e-9)), ("se_jackknife", Rel(1e-2)), ("", Rel(2e-2))])
            .collect();
        check(&format!("{id} (R)"), it.of("r_synthdid"), &figures, &rules);
    }
}

#[test]
fn every_pair_of_controls_is_a_placebo() {
    for id in ["placebo_pairs__open_pilot2", "placebo_pairs__open_pilot2_null"] {
        let Some(it) = reference(id) else { return };
        it.compare(&figures(&it), &[("p_", Abs(1e-9)), ("se_", Rel(1e-6)), ("", Rel(1e-6))]);
    }
}

/// ACCEPTANCE 5: two neighbourhoods, truth in `truth.json`.
#[test]
fn the_pilot_is_found_where_difference_in_differences_is_wrong() {
    let Some(path) = shared("stats/data/synth_open/truth.json") else { return };
    let truth: serde_json::Value =
        serde_json::from_reader(std::fs::File::open(path).unwrap()).unwrap();
    let effect = truth["datasets"]["pilot2"]["att"].as_f64().unwrap();
    let Some(pilot) = reference("sdid__open_pilot2") else { return };
    let found = estimate(&pilot.data.panel(&[]), Inference::PlaceboAll);
    for it in &found.effects {
        let near = (it.estimate - effect).abs() <= 0.04;
        assert_eq!(near, it.estimator != Estimator::DifferenceInDifferences, "{it:?}");
    }
    let Some(null) = reference("sdid__open_pilot2_null") else { return };
    for it in estimate(&null.data.panel(&[]), Inference::PlaceboAll).effects {
        assert!(it.spread.unwrap().p.unwrap() >= 0.05, "{it:?}");
    }
}

#[test]
fn what_few_units_cannot_carry_is_refused() {
    let check = |treated: usize, inference: Inference, expected: &str| {
        let panel = toy::panel_with(1.0, treated);
        let refused = synthetic_did(&panel, &Options { inference, ..Options::default() });
        assert_eq!(refused.unwrap_err().to_string(), expected);
    };
    check(
        1,
        Inference::Jackknife,
        "De jackknife vraagt minstens twee behandelde eenheden per startperiode. Kies een \
         placebotoets.",
    );
    check(
        1,
        Inference::Bootstrap { draws: 10, seed: 1 },
        "De bootstrap vraagt minstens twee behandelde eenheden per startperiode. Kies een \
         placebotoets.",
    );
    check(
        6,
        Inference::PlaceboAll,
        "Een placebotoets zet 6 controle-eenheden op de plaats van de behandelde en houdt er \
         minstens 2 over; er zijn er maar 6.",
    );
    check(
        11,
        Inference::None,
        "Er zijn 1 eenheden die nooit behandeld zijn; er zijn er minstens 2 nodig om een \
         vergelijking uit samen te stellen.",
    );
}
