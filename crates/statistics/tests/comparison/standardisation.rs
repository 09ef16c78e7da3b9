//! Regression of counts and indirect standardisation.
#![expect(clippy::unwrap_used, reason = "a failing fit must stop the test")]

use statistics::comparison::counts::{Counts, Family};
use statistics::comparison::glm::fit;
use statistics::comparison::standardisation::{Standardised, by_model, by_strata};
use statistics::figures::{Estimate as _, Figures};

use crate::common::Tolerance::{Abs, Rel};
use crate::common::{Table, reference};

/// A column of 0 and 1 for every value but the first.
pub(crate) fn dummies(table: &Table, column: &str, levels: &[&str]) -> Vec<(String, Vec<f64>)> {
    let texts = table.texts(column);
    let dummy = |level: &&str| {
        let values = texts.iter().map(|it| f64::from(u8::from(it == level))).collect();
        (format!("{column}{level}"), values)
    };
    levels.iter().map(dummy).collect()
}

/// The synthetic clients: stratified and by model.
pub(crate) fn teams(table: &Table) -> (Standardised, Standardised) {
    let mut covariates = dummies(table, "age_group", &["1", "2", "3", "4", "5"]);
    for name in ["sex", "living_alone"] {
        covariates.push((name.to_owned(), table.numbers(name)));
    }
    let counts = Counts { count: table.numbers("referred"), size: vec![], covariates };
    let parts = ["age_group", "sex", "living_alone"].map(|it| table.texts(it));
    let stratum: Vec<String> = (0..counts.count.len())
        .map(|row| parts.iter().map(|it| it[row].as_str()).collect::<Vec<_>>().join("/"))
        .collect();
    let team = table.texts("team");
    let strata = by_strata(&counts, &team, &stratum, 0.95).unwrap();
    (strata, by_model(Family::Binomial, &counts, &team, 0.95).unwrap())
}

/// The fit of the hospital stays that the funnel starts from.
pub(crate) fn stays(table: &Table) -> Counts {
    let mut covariates: Vec<(String, Vec<f64>)> =
        ["hmo", "died", "age80"].map(|it| (it.to_owned(), table.numbers(it))).into();
    covariates.extend(dummies(table, "type", &["2", "3"]));
    Counts { count: table.numbers("los"), size: vec![], covariates }
}

#[test]
fn poisson_regression_of_hospital_stays() {
    let Some(it) = reference("glmpois__medpar") else { return };
    let figures = fit(Family::Poisson, &stays(&it.data)).unwrap().figures();
    it.compare(&figures, &[("se_", Rel(1e-5)), ("deviance", Rel(1e-9)), ("", Abs(1e-7))]);
}

#[test]
fn expected_referrals_by_strata_and_by_model() {
    let Some(it) = reference("indirect__open_teams") else { return };
    let (strata, model) = teams(&it.data);
    let mut figures = Figures::new();
    for (key, value) in strata.figures().iter().chain(model.figures().iter()) {
        figures.add(key, value);
    }
    // The reference is printed in ten digits, so that 9.1421 is known to 5e-9 only above 10.
    it.compare(&figures, &[("exp_glm_", Abs(1e-6)), ("exp_strat_", Rel(1e-9)), ("", Abs(1e-9))]);
}

/// statsmodels `GLM` on a table made up here; see `reference/comparison.py`.
#[test]
fn regression_of_a_small_table() {
    let small = |family, expected: [(f64, f64); 2]| {
        let counts = Counts {
            count: vec![2.0, 5.0, 9.0, 4.0, 12.0, 7.0],
            size: vec![20.0, 25.0, 30.0, 15.0, 24.0, 10.0],
            covariates: vec![("x".into(), vec![0.0, 1.0, 2.0, 2.5, 4.0, 5.0])],
        };
        let model = fit(family, &counts).unwrap();
        for (at, (estimate, error)) in expected.into_iter().enumerate() {
            assert!((model.coefficients[at] - estimate).abs() < 1e-8, "{family:?}: {model:?}");
            assert!((model.standard_errors[at] - error).abs() < 1e-8, "{family:?}: {model:?}");
        }
    };
    small(
        Family::Binomial,
        [
            (-2.046_233_035_499_617, 0.415_149_574_123_490_7),
            (0.534_168_313_743_984_8, 0.141_278_880_305_459_76),
        ],
    );
    small(
        Family::Poisson,
        [
            (-2.017_136_742_867_112, 0.348_939_132_481_323_85),
            (0.334_856_359_935_627, 0.104_233_623_162_599_58),
        ],
    );
}
