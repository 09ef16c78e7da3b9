//! What two-way fixed effects is made of, Sun-Abraham, and what a correct engine must show.

use statistics::did::bacon::bacon;
use statistics::did::callaway_santanna::{Control, Options, callaway_santanna};
use statistics::did::compare::compare;
use statistics::did::sun_abraham::sun_abraham;
use statistics::did::twfe::twfe;
use statistics::did::twfe_weights::twfe_weights;
use statistics::figures::Estimate as _;
use statistics::regression;

use crate::common::Tolerance::{Abs, Rel};
use crate::common::{data, reference};

const SETS: [&str; 7] = [
    "base_stagg",
    "castle",
    "mpdta",
    "open_stag_cov",
    "open_stag_het",
    "open_stag_hom",
    "open_stag_no_never",
];

fn plain() -> regression::ols::Options {
    regression::ols::Options::default()
}

#[test]
fn goodman_bacon_agrees_with_r_bacondecomp_and_adds_up_to_twfe() {
    for set in SETS {
        let Some(it) = reference(&format!("bacon__{set}")) else { return };
        let panel = it.data.panel(&[]);
        let found = bacon(&panel).expect(set);
        it.compare(&found.figures(), &[("", Abs(1e-8))]);
        let total: f64 = found.pairs.iter().map(|it| it.weight).sum();
        let coefficient = twfe(&panel, &plain()).expect(set).effect.estimate;
        let weighted = twfe_weights(&panel).expect(set);
        let weights: f64 = weighted.cells.iter().map(|it| it.weight).sum();
        for (name, gap) in [
            ("sum of the weights", total - 1.0),
            ("sum of the cell weights", weights - 1.0),
            ("decomposition", found.twfe - coefficient),
            ("cell weights", weighted.twfe - coefficient),
        ] {
            assert!(gap.abs() < 1e-9, "{set}: {name} is {gap:e} off");
        }
    }
}

#[test]
fn sun_abraham_agrees_with_r_fixest() {
    for set in SETS {
        let Some(it) = reference(&format!("sunab__{set}")) else { return };
        let found = sun_abraham(&it.data.panel(&[]), &plain()).expect(set);
        it.compare(&found.figures(), &[("se_", Rel(1e-6)), ("", Abs(1e-7))]);
    }
}

/// The truth that the made-up data were drawn with.
fn truth(set: &str, key: &str) -> Option<f64> {
    let path = crate::common::shared("stats/data/synth_open/truth.json")?;
    let text = std::fs::read_to_string(path).ok()?;
    let json: serde_json::Value = serde_json::from_str(&text).ok()?;
    json["datasets"][set][key].as_f64()
}

#[test]
fn staggered_and_growing_effects_mislead_twfe_and_the_user_is_told() {
    let Some(table) = data("synth_open/stag_het.csv") else { return };
    let Some(truth) = truth("stag_het", "att_simple") else { return };
    let found = compare(&table.panel(&[]), &Options::default()).unwrap();
    let simple = found.callaway_santanna.simple;
    assert!((simple.estimate - truth).abs() < 3.0 * simple.standard_error.unwrap());
    let sunab = found.sun_abraham.as_ref().unwrap().att;
    assert!((sunab.estimate - truth).abs() < 3.0 * sunab.standard_error);
    let twfe = found.twfe.as_ref().unwrap().effect.estimate;
    assert!(twfe > 0.0 && truth - twfe > 0.1, "{twfe}");
    let warning = found.warnings().iter().find(|it| it.code == "twfe-misleads").unwrap();
    assert!(warning.text.contains("Goodman-Bacon"), "{}", warning.text);
}

#[test]
fn constant_effects_leave_all_estimators_right_and_twfe_sharpest() {
    let Some(table) = data("synth_open/stag_hom.csv") else { return };
    let Some(truth) = truth("stag_hom", "att_simple") else { return };
    let found = compare(&table.panel(&[]), &Options::default()).unwrap();
    let simple = found.callaway_santanna.simple;
    let sunab = found.sun_abraham.as_ref().unwrap().att;
    let twfe = found.twfe.as_ref().unwrap().effect;
    let errors = [simple.standard_error.unwrap(), sunab.standard_error, twfe.standard_error];
    for (estimate, error) in
        [simple.estimate, sunab.estimate, twfe.estimate].into_iter().zip(errors)
    {
        assert!((estimate - truth).abs() < 3.0 * error, "{estimate} +- {error}");
    }
    assert!(errors[2] < errors[0] && errors[2] < errors[1], "{errors:?}");
    assert!(found.warnings().iter().all(|it| it.code != "twfe-misleads"));
}

#[test]
fn nobody_untreated_is_refused_or_restricted() {
    let Some(table) = data("synth_open/stag_no_never.csv") else { return };
    let Some(truth) = truth("stag_no_never", "att_simple_identified") else { return };
    let panel = table.panel(&[]);
    let refusal = callaway_santanna(&panel, &Options::default()).unwrap_err().to_string();
    assert!(refusal.contains("nooit behandelde") && refusal.contains("notyet"), "{refusal}");
    let options = Options { control: Control::NotYet, ..Options::default() };
    let found = callaway_santanna(&panel, &options).unwrap();
    assert!(found.effects.iter().all(|it| it.period <= 12));
    assert!(found.warnings.iter().any(|it| it.code == "no-never-treated"));
    let error = found.simple.standard_error.unwrap();
    assert!((found.simple.estimate - truth).abs() < 3.0 * error);
}

#[test]
fn a_trend_in_x_biases_the_plain_estimate_and_not_the_adjusted() {
    use statistics::did::callaway_santanna::Method::{
        DoublyRobust, InverseProbability, Regression,
    };
    let Some(table) = data("synth_open/stag_cov.csv") else { return };
    let Some(truth) = truth("stag_cov", "att_simple") else { return };
    let off = |covariates: &[&str], method| {
        let options = Options { method, ..Options::default() };
        let found = callaway_santanna(&table.panel(covariates), &options).unwrap();
        (found.simple.estimate - truth).abs() / found.simple.standard_error.unwrap()
    };
    assert!(off(&[], DoublyRobust) > 3.0);
    for method in [DoublyRobust, InverseProbability, Regression] {
        let off = off(&["x"], method);
        assert!(off < 3.0, "{method:?}: {off} standard errors");
    }
}
