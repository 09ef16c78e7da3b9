//! Many tests, equivalence, power, placebo dates and leaving one out: against Python.

use std::path::Path;

use statistics::credibility::equivalence::{self, Verdict};
use statistics::credibility::leave_one_out::{Part, leave_one_out};
use statistics::credibility::multiple_testing::{adjust, multiplier_draws, normal_draws};
use statistics::credibility::placebo::placebo_dates;
use statistics::credibility::power::{ChangeVariance, Plan, power};
use statistics::credibility::power_simulation::{self, Critical, simulate};
use statistics::credibility::refit::Point;
use statistics::did::imputation;
use statistics::fault::Fault;
use statistics::figures::Estimate as _;
use statistics::panel::{Columns, Panel};
use statistics::random::generator;

use crate::common::Tolerance::{Abs, Rel};
use crate::common::{Table, check, data};
use rand::RngExt as _;

fn file(name: &str) -> Table {
    Table::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("reference").join(name))
}

fn expected(section: &str) -> Vec<(String, f64)> {
    let table = file("credibility_checks_expected.csv");
    let keys = table.texts("section").into_iter().zip(table.texts("key"));
    keys.zip(table.numbers("value"))
        .filter(|((it, _), _)| it == section)
        .map(|((_, key), value)| (key, value))
        .collect()
}

fn one(section: &str, key: &str) -> f64 {
    let found = expected(section).into_iter().find(|it| it.0 == key);
    found.expect("the script wrote this key").1
}

/// statsmodels 0.15 `multipletests`; Romano and Wolf's algorithm written out.
#[test]
fn p_values_of_many_tests_agree_with_python() {
    let tests: Vec<(String, f64)> = [0.001, 0.2, 0.012, 0.04, 0.03, 0.9, 0.04, 0.013]
        .iter()
        .enumerate()
        .map(|(at, p)| (at.to_string(), *p))
        .collect();
    let expected = expected("many");
    let (rw, plain): (Vec<_>, Vec<_>) =
        expected.into_iter().partition(|(key, _)| key.starts_with("rw_"));
    check("many", &plain, &adjust(&tests).unwrap().figures(), &[("", Abs(1e-14))]);

    let statistics = [3.4, -2.9, 0.4, 2.1, -1.2];
    let own = |b: u32, s: u32| 2.5 * (1.3 * f64::from(b + 1) * f64::from(s + 1)).sin();
    let draws: Vec<Vec<f64>> = (0..400).map(|b| (0..5).map(|s| own(b, s)).collect()).collect();
    let some = adjust(&tests[..5]).unwrap().with_draws(&statistics, &draws).unwrap();
    check("romano_wolf", &rw, &some.figures(), &[("", Abs(1e-14))]);
    assert!(some.warnings().iter().any(|it| it.code == "few-draws"));
}

/// Under the null the steps of Romano and Wolf give a false alarm in at most 5%, and with tests
/// that go together they find more than Holm.
#[test]
fn romano_wolf_holds_its_level_and_beats_holm() {
    let (replications, tests, clusters) = (400, 6, 60);
    let (mut false_alarms, mut steps_down, mut holm) = (0, 0, 0);
    for replication in 0..replications {
        let mut random = generator(7, replication);
        // The outcomes share most of their noise.
        let influences: Vec<Vec<f64>> = {
            let shared: Vec<f64> = (0..clusters).map(|_| random.random::<f64>() - 0.5).collect();
            let own = |it: &f64| it + 0.3 * (random.random::<f64>() - 0.5);
            let mut own = own;
            (0..tests).map(|_| shared.iter().map(&mut own).collect()).collect()
        };
        let statistics: Vec<f64> = influences
            .iter()
            .map(|it| it.iter().sum::<f64>() / it.iter().map(|it| it * it).sum::<f64>().sqrt())
            .collect();
        let draws = multiplier_draws(&influences, 199, replication).unwrap();
        let p = |it: &f64| statistics::distribution::normal_p(*it);
        let alarms = |statistics: &[f64]| {
            let named = statistics.iter().enumerate().map(|(at, it)| (at.to_string(), p(it)));
            let it = adjust(&named.collect::<Vec<_>>()).unwrap();
            let it = it.with_draws(statistics, &draws).unwrap();
            let count = |p: &[f64]| p.iter().filter(|p| **p <= 0.05).count();
            (count(it.romano_wolf.as_ref().unwrap()), count(&it.holm))
        };
        false_alarms += usize::from(alarms(&statistics).0 > 0);
        let moved: Vec<f64> = statistics.iter().map(|it| it + 2.5).collect();
        let found = alarms(&moved);
        steps_down += found.0;
        holm += found.1;
    }
    assert!((4..=34).contains(&false_alarms), "{false_alarms} of 400");
    assert!(steps_down > holm, "{steps_down} against {holm}");
}

/// Of a hundred thousand draws the correlation is within 0.02 of what was asked; what another test
/// explains wholly follows it.
#[test]
fn draws_have_the_correlation_of_the_estimates() {
    let covariance = [vec![4.0, 1.0, 2.0], vec![1.0, 1.0, 0.5], vec![2.0, 0.5, 1.0]];
    let draws = normal_draws(&covariance, 100_000, 3).unwrap();
    let correlation =
        |a: usize, b: usize| draws.iter().map(|it| it[a] * it[b]).sum::<f64>() / draws.len() as f64;
    for (a, b, expected) in [(0, 0, 1.0), (1, 1, 1.0), (0, 1, 0.5), (0, 2, 1.0), (1, 2, 0.5)] {
        assert!((correlation(a, b) - expected).abs() < 0.02, "{a} {b}: {}", correlation(a, b));
    }
    assert!(draws.iter().all(|it| (it[0] - it[2]).abs() < 1e-9));
    assert!(normal_draws(&[vec![0.0]], 10, 1).is_err());
}

/// statsmodels `ttost_ind` with pooled variance.
#[test]
fn equivalence_agrees_with_statsmodels() {
    let (estimate, se) = (one("equivalence", "estimate"), one("equivalence", "se_estimate"));
    let it = equivalence::test(estimate, se, one("equivalence", "df"), (-0.5, 0.5), 0.05).unwrap();
    let expected: Vec<_> = expected("equivalence").into_iter().filter(|it| it.0 != "df").collect();
    check("equivalence", &expected, &it.figures(), &[("", Abs(1e-12))]);
    for (estimate, se, verdict) in [
        (0.01, 0.03, Verdict::Equivalent),
        (0.3, 0.03, Verdict::Different),
        (0.1, 0.1, Verdict::Undecided),
    ] {
        let it = equivalence::test(estimate, se, f64::INFINITY, (-0.14, 0.14), 0.05).unwrap();
        assert_eq!(it.verdict, verdict, "{}", it.summary());
        let again = (-it.smallest_bound * (1.0 + 1e-9), it.smallest_bound * (1.0 + 1e-9));
        let again = equivalence::test(estimate, se, f64::INFINITY, again, 0.05).unwrap();
        assert_eq!(again.verdict, Verdict::Equivalent);
    }
}

/// numpy: the variance of a change from the whole covariance matrix of AR(1) noise.
#[test]
fn the_power_formula_agrees_with_the_whole_covariance_matrix() {
    for (at, (units, treated, before, after, variance, rho)) in [
        (40, 2, 24, 12, 0.04, 0.6),
        (342, 100, 4, 3, 1.0, 0.9),
        (24, 6, 1, 1, 2.0, 0.0),
        (60, 30, 5, 8, 1.5, -0.4),
    ]
    .into_iter()
    .enumerate()
    {
        let plan = Plan { units, treated, before, after };
        let key = |it: &str| one("power", &format!("{it}_{at}"));
        let lagged = ChangeVariance::from_autoregression(&plan, variance, rho).unwrap();
        let parts = (key("before"), key("after"), key("across"));
        let formula =
            ChangeVariance::from_components(&plan, variance, parts.0, parts.1, parts.2).unwrap();
        let power = power(&plan, lagged, 0.05).unwrap();
        for (what, found) in [
            ("change", lagged.value()),
            ("change", formula.value()),
            ("mde", power.minimum_detectable_effect(0.8).unwrap()),
            ("of", power.of(1.5 * power.standard_error)),
        ] {
            assert!((found / key(what) - 1.0).abs() < 1e-9, "{what} {at}: {found}");
        }
    }
}

/// AR(1) noise around unit and period effects, by cumulative sums of uniform draws.
fn noise(units: usize, periods: usize, rho: f64, seed: u64) -> Panel {
    let mut columns = Columns::default();
    let scale = (1.0 - rho * rho).sqrt() * 12_f64.sqrt();
    for unit in 0..units {
        let mut random = generator(seed, unit as u64);
        let mut shock = || random.random::<f64>() - 0.5;
        let mut value = shock() * 12_f64.sqrt();
        for (period, label) in (0..periods).zip(2000..) {
            value = rho * value + scale * shock();
            columns.unit.push(format!("u{unit}"));
            columns.period.push(label);
            columns.first_treated.push(None);
            columns.outcome.push(unit as f64 + 0.1 * period as f64 + value);
        }
    }
    Panel::new(columns).expect("own data are sound")
}

/// Where both hold, the simulation in one's own past agrees with the formula; with two treated
/// units only the simulation's own limit keeps its promise.
#[test]
fn simulated_power_agrees_with_the_formula() {
    let panel = noise(200, 60, 0.7, 5);
    let plan = Plan { units: 200, treated: 60, before: 6, after: 4 };
    let from_formula =
        power(&plan, ChangeVariance::from_autoregression(&plan, 1.0, 0.7).unwrap(), 0.05)
            .unwrap()
            .minimum_detectable_effect(0.8)
            .unwrap();
    let from_data = power(&plan, ChangeVariance::from_panel(&plan, &panel).unwrap(), 0.05)
        .unwrap()
        .minimum_detectable_effect(0.8)
        .unwrap();
    for critical in [Critical::StudentT, Critical::Randomisation] {
        let options = power_simulation::Options {
            critical,
            effects: vec![0.0, from_formula],
            ..power_simulation::Options::default()
        };
        let it = simulate(&panel, &plan, &options).unwrap();
        let simulated = it.minimum_detectable_effect;
        assert!((simulated / from_formula - 1.0).abs() < 0.1, "{simulated} {from_formula}");
        assert!((from_data / from_formula - 1.0).abs() < 0.1, "{from_data} {from_formula}");
        assert!((it.size - 0.05).abs() < 0.015, "{}", it.size);
        assert!((it.curve[1].1 - 0.8).abs() < 0.06, "{:?}", it.curve);
        assert_eq!(it, simulate(&panel, &plan, &options).unwrap());
    }
}

fn by_imputation(panel: &Panel) -> Result<Point, Fault> {
    let overall = imputation::estimate(panel, &imputation::Options::default())?.overall;
    Ok(Point { estimate: overall.estimate, standard_error: overall.standard_error })
}

/// diff-diff 3.13 on the rows that are left.
#[test]
fn placebo_dates_and_leaving_a_cohort_out_agree_with_diff_diff() {
    let panel = Panel::new(file("did_imputation.csv").columns(&[])).unwrap();
    let rules = [("se_", Rel(1e-7)), ("", Abs(1e-8))];
    let dates = placebo_dates(&panel, &[1, 2, 99], &by_imputation).unwrap();
    check("placebo_dates", &expected("placebo_dates"), &dates.figures(), &rules);
    assert_eq!(dates.refused.len(), 1);
    let without = leave_one_out(&panel, Part::Cohort, &by_imputation).unwrap();
    check("leave_one_out", &expected("leave_one_out"), &without.figures(), &rules);
}

#[test]
fn a_different_trend_shows_at_the_placebo_dates() {
    let Some(table) = data("synth_open/pretrend.csv") else { return };
    let dates = placebo_dates(&table.panel(&[]), &[1, 2, 3], &by_imputation).unwrap();
    assert!(dates.warnings().iter().any(|it| it.code == "placebo-effect"), "{}", dates.summary());
}

#[test]
fn the_unit_that_carries_the_effect_is_named() {
    let mut columns = file("did_imputation.csv").columns(&[]);
    for row in 0..columns.unit.len() {
        if columns.unit[row] == "u1" && columns.first_treated[row] <= Some(columns.period[row]) {
            columns.outcome[row] += 40.0;
        }
    }
    let panel = Panel::new(columns).unwrap();
    let it = leave_one_out(&panel, Part::TreatedUnit, &by_imputation).unwrap();
    assert_eq!(it.most_influential().unwrap().0, "u1");
    assert!(it.warnings().iter().any(|it| it.code == "one-carries-it"), "{}", it.summary());
    assert_eq!(it.without.len(), 27);
}
