//! Saturated regressions against the same regressions written out in Python, and imputation.

use statistics::did::etwfe_design::Comparison;
use statistics::did::{etwfe, etwfe_poisson, imputation};
use statistics::figures::Estimate as _;

use crate::common::Tolerance::{Abs, Rel};
use crate::common::{check, data, reference};
use crate::toy;

/// pyfixest 0.60 with fixed effects to 1e-13: `reference/did_imputation.py`.
#[test]
fn agrees_with_the_regression_written_out_in_pyfixest() {
    for (section, covariates, comparison) in [
        ("etwfe", &[][..], Comparison::NotYetTreated),
        ("etwfe_never", &[], Comparison::NeverTreated),
        ("etwfe_z", &["z"], Comparison::NotYetTreated),
        ("etwfe_x", &["x"], Comparison::NotYetTreated),
    ] {
        let options = etwfe::Options {
            comparison,
            covariates: !covariates.is_empty(),
            ..etwfe::Options::default()
        };
        let found = etwfe::estimate(&toy::panel("y", covariates, None), &options).unwrap();
        let rules = [("se_", Rel(1e-7)), ("", Abs(1e-8))];
        check(section, &toy::expected(section), &found.figures(), &rules);
        assert!(found.summary().contains("interval"), "{section}");
    }
}

/// Wooldridge (2021): without covariates, on a balanced panel, the points are those of imputation.
#[test]
fn the_points_are_those_of_imputation() {
    for id in ["bjs__castle", "bjs__mpdta", "bjs__open_stag_het", "bjs__open_stag_no_never"] {
        let Some(it) = reference(id) else { return };
        let panel = it.data.panel(&[]);
        let saturated = etwfe::estimate(&panel, &etwfe::Options::default()).unwrap().figures();
        let imputed =
            imputation::estimate(&panel, &imputation::Options::default()).unwrap().figures();
        let points =
            imputed.iter().filter(|(key, _)| !key.contains("se_") && !key.contains("dyn_-"));
        for (key, value) in points {
            let found = saturated.get(key).unwrap();
            assert!((found - value).abs() < 1e-9, "{id} {key}: {found} against {value}");
        }
    }
}

/// statsmodels `GLM(Poisson)` with cluster covariance, margins written out. The tolerance is what
/// its iterations leave; effects are in counts of some 30.
#[test]
fn agrees_with_a_poisson_model_in_statsmodels() {
    for (section, exposure) in
        [("etwfe_poisson", None), ("etwfe_poisson_rate", Some("population".to_owned()))]
    {
        let panel = toy::panel("count", &["population"], None);
        let options = etwfe_poisson::Options { exposure, ..etwfe_poisson::Options::default() };
        let found = etwfe_poisson::estimate(&panel, &options).unwrap();
        let rules = [("se_", Rel(1e-7)), ("", Abs(1e-7))];
        check(section, &toy::expected(section), &found.figures(), &rules);
        assert!(found.summary().contains('%'), "{section}");
    }
}

/// The synthetic counts were made with a rate ratio of 1.14.
#[test]
fn finds_the_planted_rate_ratio() {
    let Some(table) = data("synth_open/counts.csv") else { return };
    let mut columns = table.columns(&[]);
    columns.outcome = table.numbers("y");
    columns.covariates = vec![("pop".to_owned(), table.numbers("pop"))];
    let panel = statistics::panel::Panel::new(columns).unwrap();
    let options = etwfe_poisson::Options {
        exposure: Some("pop".to_owned()),
        ..etwfe_poisson::Options::default()
    };
    let found = etwfe_poisson::estimate(&panel, &options).unwrap().log_ratio;
    let away = (found.estimate - 1.14_f64.ln()).abs() / found.standard_error;
    assert!(away < 3.0, "{away} standard errors");
}
