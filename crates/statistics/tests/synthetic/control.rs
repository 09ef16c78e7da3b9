//! Synthetic control against the exact quadratic programme, the R package and the paper.
#![expect(clippy::unwrap_used, reason = "a data set without estimate must stop the test")]

use statistics::figures::Estimate as _;
use statistics::panel::{Columns, Panel};
use statistics::synthetic::control::{Importance, Options, Predictor, synthetic_control};
use statistics::synthetic::control_placebo::{leave_one_out, placebo_in_space, placebo_in_time};

use crate::common::Tolerance::{Abs, Rel};
use crate::common::{Table, check, reference};
use crate::toy;

/// The predictors of Abadie, Diamond & Hainmueller (2010), in their order.
fn smoking(data: &Table) -> (Panel, Vec<Predictor>) {
    let (unit, period) = (data.texts("state"), data.integers("year"));
    let first = |it: &String| (it == "California").then_some(1989);
    let panel = Panel::new(Columns {
        first_treated: unit.iter().map(first).collect(),
        outcome: data.numbers("cigsale"),
        unit: unit.clone(),
        period: period.clone(),
        ..Columns::default()
    })
    .unwrap();
    let average = |name: &str, column: &str, from: i64, to: i64| {
        let values = data.optional(column);
        let mean = |wanted: &String| {
            let rows = (0..unit.len())
                .filter(|row| unit[*row] == *wanted && (from..=to).contains(&period[*row]));
            let found: Vec<f64> = rows.filter_map(|row| values[row]).collect();
            found.iter().sum::<f64>() / found.len() as f64
        };
        Predictor { name: name.to_owned(), values: panel.units.iter().map(mean).collect() }
    };
    let predictors = vec![
        average("lnincome", "lnincome", 1980, 1988),
        average("age15to24", "age15to24", 1980, 1988),
        average("retprice", "retprice", 1980, 1988),
        average("special.1.beer", "beer", 1984, 1988),
        average("special.2.cigsale", "cigsale", 1975, 1975),
        average("special.3.cigsale", "cigsale", 1980, 1980),
        average("special.4.cigsale", "cigsale", 1988, 1988),
    ];
    (panel, predictors)
}

#[test]
fn given_importance_has_one_optimum() {
    let Some(it) = reference("sc_fixedv__prop99") else { return };
    let (panel, predictors) = smoking(&it.data);
    let options = Options { predictors, importance: Importance::Equal, donors: Vec::new() };
    let figures = synthetic_control(&panel, &options).unwrap().figures();
    it.compare(&figures, &[("w_", Abs(1e-8)), ("", Rel(1e-8))]);
}

#[test]
fn the_outer_search_is_no_worse_than_the_packages() {
    let Some(it) = reference("sc_adh__prop99") else { return };
    let (panel, predictors) = smoking(&it.data);
    let options = Options { predictors, ..Options::default() };
    let found = synthetic_control(&panel, &options).unwrap();
    let loss = it.expected().iter().find(|(key, _)| key == "loss_v").unwrap().1;
    let own = found.figures().get("loss_v").unwrap();
    eprintln!("sc_adh__prop99: loss {own} against {loss}");
    assert!(own <= loss * 1.0001, "{own} against {loss}");
    // The importance itself is not unique; what follows from it is compared.
    let comparable = |it: &[(String, f64)]| -> Vec<(String, f64)> {
        it.iter()
            .filter(|(key, _)| key.starts_with("gap") || key.starts_with("w_"))
            .cloned()
            .collect()
    };
    check(
        "sc_adh__prop99",
        &comparable(it.expected()),
        &found.figures(),
        &[("w_", Abs(0.03)), ("gap_", Rel(0.05))],
    );
}

#[test]
fn california_has_the_largest_ratio_of_all_states() {
    let Some(it) = reference("sc_adh__prop99") else { return };
    let (panel, predictors) = smoking(&it.data);
    let options = Options {
        predictors,
        importance: Importance::Search { starts: 0, seed: 1 },
        donors: vec![],
    };
    let placebo = placebo_in_space(&panel, &options).unwrap();
    let published: Vec<(String, f64)> =
        it.of("published").iter().filter(|(key, _)| key == "p_rmspe_ratio").cloned().collect();
    check("sc_adh__prop99 (paper)", &published, &placebo.figures(), &[("", Abs(1e-9))]);
}

#[test]
fn donors_are_never_treated_themselves() {
    let panel = toy::panel(2.0);
    let check = |donors: &[&str], expected: &str| {
        let donors = donors.iter().map(|it| (*it).to_owned()).collect();
        let refused = synthetic_control(&panel, &Options { donors, ..Options::default() });
        assert_eq!(refused.unwrap_err().to_string(), expected);
    };
    check(&["u1", "u0"], "‘donor’ is u0; verwacht wordt een eenheid die zelf nooit behandeld is.");
    check(&["u1", "wijk"], "‘donor’ is wijk; verwacht wordt een eenheid uit het bestand.");
    check(
        &["u1"],
        "Er zijn 1 donoren; er zijn er minstens 2 nodig om een vergelijking uit samen te stellen.",
    );
    let placebo = placebo_in_space(&panel, &Options::default()).unwrap();
    assert!(placebo.control.weights.iter().all(|(name, _)| name != "u0"));
    assert!(placebo.placebos.iter().all(|it| it.unit != "u0"));
    assert!(placebo.p >= 1.0 / (placebo.placebos.len() + 1) as f64);
}

#[test]
fn a_donor_out_or_an_earlier_start_moves_the_estimate_little() {
    let panel = toy::panel(2.0);
    let without = leave_one_out(&panel, &Options::default()).unwrap();
    let (low, high) = without.range();
    assert!(low <= without.control.estimate && without.control.estimate <= high);
    let used = without.control.weights.iter().filter(|(_, weight)| *weight > 1e-9).count();
    assert_eq!(without.without.len(), used);
    let earlier = placebo_in_time(&panel, &Options::default(), 2014).unwrap();
    assert!(
        earlier.gaps.last().unwrap().0 == 2019
            && earlier.estimate.abs() < 0.5 * without.control.estimate
    );
    assert!(placebo_in_time(&panel, &Options::default(), 2020).is_err());
}
