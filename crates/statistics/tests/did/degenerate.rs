//! Whatever the data: finite numbers, or a refusal; never a panic.

use proptest::prelude::*;
use statistics::did::chaisemartin_dhaultfoeuille::{self, Switching};
use statistics::did::effect::Effect;
use statistics::did::etwfe_design::Comparison;
use statistics::did::treatment_path::{PathColumns, TreatmentPaths};
use statistics::did::{
    bacon, callaway_santanna, compare, etwfe, etwfe_poisson, imputation, sun_abraham, twfe_weights,
    two_stage,
};
use statistics::figures::Estimate;
use statistics::panel::{Columns, Panel};

/// What a random panel is made of.
#[derive(Debug, Clone)]
struct Shape {
    units: usize,
    periods: i64,
    cohorts: Vec<Option<i64>>,
    missing: Vec<bool>,
    noise: Vec<f64>,
    kind: u8,
    magnitude: f64,
    one_cluster: bool,
    weights: u8,
}

fn shapes() -> impl Strategy<Value = Shape> {
    let cohort = prop_oneof![Just(None), (0_i64..7).prop_map(Some)];
    let magnitude = prop_oneof![Just(1.0), Just(1e-160), Just(1e-9), Just(1e9), Just(1e200)];
    (
        (1_usize..7, 1_i64..6),
        proptest::collection::vec(cohort, 7),
        proptest::collection::vec(proptest::bool::weighted(0.15), 42),
        proptest::collection::vec(-1.0_f64..1.0, 42),
        (0_u8..6, magnitude, proptest::bool::weighted(0.1), 0_u8..4),
    )
        .prop_map(|((units, periods), cohorts, missing, noise, rest)| Shape {
            units,
            periods,
            cohorts,
            missing,
            noise,
            kind: rest.0,
            magnitude: rest.1,
            one_cluster: rest.2,
            weights: rest.3,
        })
}

impl Shape {
    fn cells(&self) -> impl Iterator<Item = (usize, i64, f64)> {
        let all = (0..self.units).flat_map(|unit| (0..self.periods).map(move |it| (unit, it)));
        all.zip(self.missing.iter().zip(&self.noise))
            .filter(|(_, (missing, _))| !**missing)
            .map(|((unit, period), (_, noise))| (unit, period, *noise))
    }

    fn outcome(&self, unit: usize, period: i64, noise: f64) -> f64 {
        self.magnitude
            * match self.kind {
                0 => 0.0,
                1 => 7.0,
                2 => period as f64,
                3 => unit as f64,
                4 => 1e12 + noise,
                _ => noise,
            }
    }

    fn panel(&self, counts: bool) -> Option<Panel> {
        let mut columns = Columns::default();
        let (mut x, mut twice, mut constant) = (Vec::new(), Vec::new(), Vec::new());
        for (unit, period, noise) in self.cells() {
            let outcome = self.outcome(unit, period, noise);
            columns.unit.push(unit.to_string());
            columns.period.push(2000 + period);
            columns.first_treated.push(self.cohorts[unit].map(|it| 2000 + it));
            columns.outcome.push(if counts { outcome.abs() } else { outcome });
            x.push(noise * period as f64);
            twice.push(2.0 * noise * period as f64);
            constant.push(unit as f64);
            if self.one_cluster {
                columns.cluster.push("one".to_owned());
            }
            if self.weights > 1 {
                columns.weight.push(if noise > 0.5 { 0.0 } else { 1.0 + noise });
            }
        }
        columns.covariates =
            vec![("x".to_owned(), x), ("twice".to_owned(), twice), ("unit".to_owned(), constant)];
        Panel::new(columns).ok()
    }
}

fn sound(effects: &[(i64, Effect)], overall: &Effect) {
    for it in effects.iter().map(|it| &it.1).chain([overall]) {
        let numbers = [it.estimate, it.standard_error, it.low, it.high, it.p_value];
        assert!(numbers.iter().all(|it| it.is_finite()) && it.rows > 0, "{it:?}");
        assert!(it.standard_error >= 0.0 && (0.0..=1.0).contains(&it.p_value), "{it:?}");
    }
}

fn readable(estimate: &impl Estimate) {
    let text = estimate.summary();
    assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
}

fn imputations(panel: &Panel) {
    use imputation::Adjustment;
    for adjustment in [Adjustment::None, Adjustment::Linear, Adjustment::ByPeriod] {
        for leave_one_out in [false, true] {
            let options =
                imputation::Options { adjustment, leave_one_out, ..imputation::Options::default() };
            if let Ok(it) = imputation::estimate(panel, &options) {
                sound(&it.by_horizon, &it.overall);
                sound(&it.by_cohort, &it.overall);
                readable(&it);
                for lead in it.pre_trend.iter().flat_map(|it| &it.leads) {
                    let numbers = [lead.estimate, lead.standard_error];
                    assert!(numbers.iter().all(|it| it.is_finite()), "{lead:?}");
                }
            }
        }
        let options = two_stage::Options { adjustment, ..two_stage::Options::default() };
        if let Ok(it) = two_stage::estimate(panel, &options) {
            sound(&it.by_horizon, &it.overall);
            readable(&it);
        }
    }
}

fn saturated(panel: &Panel, counts: &Panel) {
    for comparison in [Comparison::NotYetTreated, Comparison::NeverTreated] {
        for covariates in [false, true] {
            let options = etwfe::Options { comparison, covariates, ..etwfe::Options::default() };
            if let Ok(it) = etwfe::estimate(panel, &options) {
                sound(&it.averages.by_horizon, &it.averages.overall);
                readable(&it);
            }
            let options = etwfe_poisson::Options {
                comparison,
                covariates,
                ..etwfe_poisson::Options::default()
            };
            if let Ok(it) = etwfe_poisson::estimate(counts, &options) {
                sound(&it.averages.by_horizon, &it.log_ratio);
                readable(&it);
            }
        }
    }
}

/// Every number that the estimate shows is finite (others are left out of the figures), errors are
/// not negative, and the sentences hold no NaN.
fn staggered(panel: &Panel) {
    use callaway_santanna::{BasePeriod, Bootstrap, Control, Method, Options, Sampling};
    let bootstrap = Some(Bootstrap::new(20, 1));
    let methods = [Method::DoublyRobust, Method::InverseProbability, Method::Regression];
    for (at, method) in methods.into_iter().enumerate() {
        for sampling in [Sampling::CompleteUnits, Sampling::CrossSections] {
            for control in [Control::Never, Control::NotYet] {
                let base = [BasePeriod::Varying, BasePeriod::Universal][at % 2];
                let anticipation = u32::from(at == 2);
                let options = Options {
                    control,
                    method,
                    base,
                    anticipation,
                    sampling,
                    bootstrap,
                    level: 0.9,
                };
                if let Ok(it) = callaway_santanna::callaway_santanna(panel, &options) {
                    readable(&it);
                    let simple = it.simple;
                    assert!(simple.estimate.is_finite() && it.treated > 0, "{it:?}");
                    assert!(simple.standard_error.is_none_or(|it| it >= 0.0 && it.is_finite()));
                }
            }
        }
    }
    let mut plain = panel.clone();
    plain.covariates.clear();
    if let Ok(it) = compare::compare(&plain, &Options::default()) {
        readable(&it);
    }
    if let Ok(it) = sun_abraham::sun_abraham(panel, &Default::default()) {
        readable(&it);
    }
    if let Ok(it) = bacon::bacon(panel) {
        readable(&it);
    }
    if let Ok(it) = twfe_weights::twfe_weights(panel) {
        readable(&it);
    }
}

fn switched(it: &Switching) {
    for it in it.effects.iter().chain(&it.placebos) {
        sound(&[], &it.effect);
    }
    assert!(it.total.is_none_or(|it| it.estimate.is_finite()));
    readable(it);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_panel_gives_finite_numbers_or_a_refusal(shape in shapes()) {
        let Some(panel) = shape.panel(false) else { return Ok(()) };
        imputations(&panel);
        staggered(&panel);
        if let Some(counts) = shape.panel(true) {
            saturated(&panel, &counts);
        }
    }

    #[test]
    fn any_path_gives_finite_numbers_or_a_refusal(
        shape in shapes(),
        treatment in proptest::collection::vec(0_u8..3, 42),
    ) {
        let mut columns = PathColumns::default();
        for (at, (unit, period, noise)) in shape.cells().enumerate() {
            columns.unit.push(unit.to_string());
            columns.period.push(period);
            columns.treatment.push(f64::from(treatment[at]));
            columns.outcome.push(shape.outcome(unit, period, noise));
            if shape.one_cluster {
                columns.cluster.push("one".to_owned());
            }
        }
        if let Ok(paths) = TreatmentPaths::new(columns) {
            let options = chaisemartin_dhaultfoeuille::Options::default();
            if let Ok(it) = chaisemartin_dhaultfoeuille::estimate(&paths, &options) {
                switched(&it);
            }
        }
    }
}

#[test]
fn a_refusal_says_what_is_missing() {
    let panel = |rows: &[(&str, i64, Option<i64>, f64)]| {
        Panel::new(Columns {
            unit: rows.iter().map(|it| it.0.to_owned()).collect(),
            period: rows.iter().map(|it| it.1).collect(),
            first_treated: rows.iter().map(|it| it.2).collect(),
            outcome: rows.iter().map(|it| it.3).collect(),
            ..Columns::default()
        })
        .expect("own data are sound")
    };
    let check = |rows: &[(&str, i64, Option<i64>, f64)], expected: &str| {
        let fault = imputation::estimate(&panel(rows), &imputation::Options::default());
        let fault = fault.unwrap_err().to_string();
        assert!(fault.starts_with(expected), "{fault}");
    };
    check(&[("a", 1, None, 1.0)], "Geen enkele eenheid wordt in deze periode behandeld");
    check(&[("a", 1, Some(1), 1.0)], "Er is geen enkele waarneming van voor een behandeling");
    check(
        &[("a", 1, Some(1), 1.0), ("b", 1, None, 1.0)],
        "Van geen enkele behandelde waarneming is te zeggen",
    );
    let (first, last) = (-1_000_000_000_000, 1_000_000_000_000);
    let far = [("a", first, Some(last), 1.0), ("a", last, Some(last), 2.0)];
    check(&far, "Van geen enkele behandelde waarneming is te zeggen");
}

#[test]
fn a_count_that_nobody_could_reach_is_refused() {
    let mut columns = Columns::default();
    let mut x = Vec::new();
    for (unit, first, rows) in [
        ("a", Some(3), [(1.0, 0.0), (1e4, 1.0), (5.0, 20.0)]),
        ("b", Some(3), [(2.0, 0.0), (1e4, 1.0), (6.0, 21.0)]),
        ("c", None, [(1.0, 0.0), (2e4, 1.0), (5.0, 0.0)]),
        ("d", None, [(3.0, 0.1), (1e4, 1.0), (9.0, 0.1)]),
    ] {
        for (period, (count, covariate)) in (1..=3).zip(rows) {
            columns.unit.push(unit.to_owned());
            columns.period.push(period);
            columns.first_treated.push(first);
            columns.outcome.push(count);
            x.push(covariate);
        }
    }
    columns.covariates = vec![("x".to_owned(), x)];
    let panel = Panel::new(columns).expect("own data are sound");
    let options = etwfe_poisson::Options { covariates: true, ..etwfe_poisson::Options::default() };
    let fault = etwfe_poisson::estimate(&panel, &options).unwrap_err().to_string();
    assert!(fault.contains("Neem minder kenmerken mee"), "{fault}");
}
