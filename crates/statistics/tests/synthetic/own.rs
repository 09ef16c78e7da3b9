//! A small panel and a small series against numpy, pysyncon and statsmodels: `expected.json`, made
//! by `reference/synthetic.py`.
#![expect(clippy::unwrap_used, reason = "a broken file or data set must stop the test")]

use std::f64::consts::PI;

use statistics::figures::{Estimate as _, Figures};
use statistics::panel::{Columns, Panel};
use statistics::synthetic::augmented::{Options as AugmentedOptions, augmented_control};
use statistics::synthetic::conformal::conformal;
use statistics::synthetic::control::Options as ControlOptions;
use statistics::synthetic::interrupted::{
    Errors, Options as SeriesOptions, Season, interrupted_series,
};
use statistics::synthetic::sdid::{Inference, Options, synthetic_did};

use crate::common::Tolerance::{self, Abs, Rel};
use crate::toy;

fn check(case: &str, figures: &Figures, rules: &[(&str, Tolerance)]) {
    let json: serde_json::Value = serde_json::from_str(include_str!("expected.json")).unwrap();
    let expected: Vec<(String, f64)> = json[case]
        .as_object()
        .unwrap()
        .iter()
        .map(|(key, value)| (key.clone(), value.as_f64().unwrap()))
        .collect();
    crate::common::check(case, &expected, figures, rules);
}

#[test]
fn two_treated_units_and_all_pairs() {
    let panel = toy::panel_with(2.0, 2);
    let figures = synthetic_did(&panel, &Options::default()).unwrap().figures();
    check("sdid", &figures, &[("p_", Abs(1e-12)), ("", Abs(1e-8))]);
}

#[test]
fn cohorts_are_averaged_by_treated_cells() {
    let mut columns = columns(&toy::panel(2.0));
    for row in 0..columns.unit.len() {
        if columns.unit[row] == "u1" {
            columns.first_treated[row] = Some(2015);
            columns.outcome[row] += if columns.period[row] >= 2015 { 2.0 } else { 0.0 };
        }
    }
    let panel = Panel::new(columns).unwrap();
    let options =
        Options { inference: Inference::Placebo { draws: 40, seed: 3 }, ..Options::default() };
    let it = synthetic_did(&panel, &options).unwrap();
    check("staggered", &it.figures(), &[("", Abs(1e-8))]);
    let spread = it.effects[0].spread.unwrap();
    assert!(spread.standard_error > 0.0 && spread.p.unwrap() >= 1.0 / 41.0);
    assert!(synthetic_did(&panel, &Options::default()).is_err());
}

fn columns(panel: &Panel) -> Columns {
    let unit = |code: &u32| panel.units[*code as usize].clone();
    Columns {
        unit: panel.unit.iter().map(unit).collect(),
        period: panel.period.iter().map(|it| panel.periods[*it as usize]).collect(),
        first_treated: panel.unit.iter().map(|it| panel.cohort[*it as usize]).collect(),
        outcome: panel.outcome.clone(),
        ..Columns::default()
    }
}

#[test]
fn ridge_corrects_what_the_weights_leave() {
    let it = augmented_control(&toy::panel(2.0), &AugmentedOptions::default()).unwrap();
    // The package solves for the simplex weights with a general optimiser: about 1e-6.
    check("augmented", &it.figures(), &[("lambda", Rel(1e-9)), ("", Abs(2e-5))]);
    let (low, high) = it.interval.unwrap();
    assert!(low < 2.0 && 2.0 < high && high - low < 4.0, "{low} {high}");
}

#[test]
fn conformal_intervals_are_the_effects_that_are_not_rejected() {
    let it = conformal(&toy::panel(2.0), &ControlOptions::default(), 0.9).unwrap();
    // The grid of the script has steps of 0.001, or 0.004 for the constant effect.
    check("conformal", &it.figures(), &[("ci_", Abs(4.1e-3)), ("", Abs(1e-8))]);
    let refused = conformal(&toy::panel(2.0), &ControlOptions::default(), 0.96).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "Er zijn 20 periodes voor de start; voor een interval van 96% zijn er minstens 24 nodig."
    );
}

fn series() -> Vec<f64> {
    (0..60_i32)
        .map(|time| {
            let (t, late) = (f64::from(time), time >= 36);
            let change = if late { -4.0 - 0.25 * (t - 36.0) } else { 0.0 };
            let season = 1.5 * (2.0 * PI * t / 12.0).sin();
            20.0 + 0.3 * t + change + season + 0.8 * (1.7 * t).sin() + 0.6 * (0.45 * t).cos()
        })
        .collect()
}

#[test]
fn a_series_that_is_interrupted() {
    let season = Some(Season { length: 12, harmonics: 1 });
    for (case, errors, season) in [
        ("newey_west", Errors::NeweyWest { lags: None }, None),
        ("newey_west_season", Errors::NeweyWest { lags: Some(3) }, season),
        ("prais_winsten", Errors::Autoregressive { order: 1 }, None),
        ("autoregressive_2_season", Errors::Autoregressive { order: 2 }, season),
    ] {
        let options = SeriesOptions { errors, season, ..SeriesOptions::default() };
        let figures = interrupted_series(&series(), 36, &options).unwrap().figures();
        check(case, &figures, &[("", Abs(1e-8))]);
    }
}
