//! Mixed models, linear and generalised.

use statistics::comparison::counts::{Counts, Family};
use statistics::comparison::generalised_mixed::{GeneralisedMixed, Level, Options, fit};
use statistics::comparison::linear_mixed::{self, Likelihood};
use statistics::figures::Estimate as _;

use super::standardisation::dummies;
use crate::common::Tolerance::{Abs, Rel};
use crate::common::{Reference, Table, reference};

fn level(name: &str, group: Vec<String>) -> Level {
    Level { name: name.to_owned(), group }
}

/// Laplace and quadrature of one reference; lme4 drops constants of the latter's log-likelihood.
fn check(id: &str, fitted: impl Fn(&Table, usize) -> GeneralisedMixed) {
    let rules =
        [("se_re_", Abs(1e-5)), ("se_b", Rel(1e-3)), ("loglik", Abs(1e-4)), ("", Abs(1e-5))];
    if let Some(it) = reference(&format!("{id}__laplace")) {
        let figures = fitted(&it.data, 1).figures();
        it.compare(&figures, &rules);
        crate::common::check(id, it.of("py_own"), &figures, &rules);
    }
    if let Some(it) = reference(&format!("{id}__agq25")) {
        let figures = fitted(&it.data, 25).figures();
        let expected: Vec<(String, f64)> =
            it.expected().iter().filter(|(key, _)| key != "loglik").cloned().collect();
        crate::common::check(&it.id, &expected, &figures, &rules);
        crate::common::check(&it.id, it.of("py_own"), &figures, &rules);
    }
}

#[test]
fn disease_in_herds() {
    check("glmm__cbpp", |table, points| {
        let counts = Counts {
            count: table.numbers("incidence"),
            size: table.numbers("size"),
            covariates: dummies(table, "period", &["2", "3", "4"]),
        };
        let herd = level("herd", table.texts("herd"));
        fit(Family::Binomial, &counts, &herd, None, Options { points }).unwrap()
    });
}

/// The referrals of the made-up consultants.
pub(crate) fn referrals(table: &Table) -> Counts {
    Counts { count: table.numbers("referred"), size: table.numbers("n"), covariates: vec![] }
}

#[test]
fn referrals_by_consultant() {
    check("glmm__open_consultants", |table, points| {
        let consultant = level("consultant", table.texts("consultant"));
        fit(Family::Binomial, &referrals(table), &consultant, None, Options { points }).unwrap()
    });
}

#[test]
fn consultants_within_teams() {
    let id = "glmm_nested__open_consultants__laplace";
    let Some(it): Option<Reference> = reference(id) else { return };
    let [consultant, team] = ["consultant", "team"].map(|name| level(name, it.data.texts(name)));
    let counts = referrals(&it.data);
    let model =
        fit(Family::Binomial, &counts, &consultant, Some(&team), Options::default()).unwrap();
    let figures = model.figures();
    it.compare(&figures, &[("se_", Rel(1e-3)), ("", Abs(1e-4))]);
    let rules = [("se_", Rel(1e-3)), ("", Abs(1e-4))];
    crate::common::check(id, it.of("r_lme4"), &figures, &rules);
}

/// Brute force: the integral over the intercept on a grid of 4000 points; see
/// `reference/comparison.py`.
#[test]
fn poisson_counts_by_brute_force() {
    let counts = Counts {
        count: vec![3.0, 5.0, 1.0, 0.0, 9.0, 14.0, 2.0, 4.0, 6.0, 7.0],
        size: vec![1.0, 2.0, 1.0, 1.0, 2.0, 3.0, 1.0, 1.0, 2.0, 1.5],
        covariates: vec![("x".into(), vec![0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0])],
    };
    let group = ["a", "a", "b", "b", "c", "c", "d", "d", "e", "e"].map(str::to_owned).to_vec();
    let model =
        fit(Family::Poisson, &counts, &level("g", group), None, Options { points: 30 }).unwrap();
    let expected = [
        ("b0", 1.017_332_953_927_086),
        ("b_x", 0.155_716_818_556_215_05),
        ("sd_g", 0.268_351_631_904_851_9),
        ("loglik", -21.246_848_984_328_743),
    ];
    for (key, value) in expected {
        let found = model.figures().get(key).unwrap();
        assert!((found - value).abs() < 1e-5, "{key}: {found}, expected {value}");
    }
}

/// scipy: the normal likelihood of the whole vector, maximised; see `reference/comparison.py`.
#[test]
fn a_linear_model_with_random_intercepts() {
    let y = [5.1, 4.8, 6.0, 7.2, 7.9, 6.8, 3.1, 2.9, 3.6, 5.5, 5.2, 6.9, 4.4, 4.1, 5.0, 8.8, 9.1];
    let x = [0.0, 1.0, 2.0, 0.0, 1.0, 2.0, 0.0, 1.0, 2.0, 0.0, 1.0, 3.0, 0.0, 1.0, 2.0, 0.5, 1.5];
    let group = "aaabbbcccdddeeeff".chars().map(String::from).collect();
    let level = level("team", group);
    for (likelihood, expected) in [
        (
            Likelihood::Full,
            [
                ("b0", 5.511_993_967_827_305),
                ("b_x", 0.317_609_197_209_274_55),
                ("se_b0", 0.771_213_416_177_882_1),
                ("se_b_x", 0.129_946_332_169_975_86),
                ("sd_team", 1.837_238_383_495_917),
                ("sd_residual", 0.471_628_841_156_497_84),
                ("loglik", -22.667_977_323_528_373),
                ("re_team_a", -0.518_220_010_944_816_5),
                ("se_re_team_a", 0.269_352_822_986_971),
            ],
        ),
        (
            Likelihood::Restricted,
            [
                ("b0", 5.512_447_223_754_412),
                ("b_x", 0.317_617_974_262_220_9),
                ("se_b0", 0.843_957_259_172_075_5),
                ("se_b_x", 0.136_269_612_441_663_66),
                ("sd_team", 2.015_229_493_059_641),
                ("sd_residual", 0.494_569_187_894_346_5),
                ("loglik", -23.078_874_026_925_845),
                ("re_team_a", -0.519_632_888_427_873_1),
                ("se_re_team_a", 0.282_715_811_646_930_8),
            ],
        ),
    ] {
        let covariates = [("x".to_owned(), x.to_vec())];
        let model = linear_mixed::fit(&y, &covariates, &level, likelihood).unwrap();
        for (key, value) in expected {
            let found = model.figures().get(key).unwrap();
            assert!((found - value).abs() < 2e-6, "{likelihood:?} {key}: {found}, not {value}");
        }
    }
}
