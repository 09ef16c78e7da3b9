//! Control charts.

use statistics::figures::{Estimate as _, Figures};
use statistics::series::cusum::{Options as CusumOptions, cusum};
use statistics::series::likelihood_cusum::{self, outcomes};
use statistics::series::proportion_chart::{Kind, Options as PointOptions, chart};
use statistics::series::rare_event::{self, Between};
use statistics::series::xmr::{Options, Phase, Rule, phased, xmr};

use crate::common::Tolerance::{Abs, Rel};
use crate::common::{data, reference};

#[test]
fn flow_rates_of_the_handbook() {
    let Some(it) = reference("xmr__nist") else { return };
    let values = it.data.numbers("value");
    let found = xmr(&values, 0..values.len(), Options::default()).unwrap();
    it.compare(&found.figures(), &[("", Abs(1e-8))]);
    assert!(found.breaking(Rule::Outside).is_empty() && found.breaking(Rule::Run).is_empty());
}

/// The same chart without the shared folder: the published table of the NIST/SEMATECH e-Handbook,
/// section 6.3.2.2 (public domain).
#[test]
fn flow_rates_as_published() {
    let values = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];
    let found = xmr(&values, 0..10, Options::default()).unwrap();
    assert!((found.mean - 50.81).abs() < 1e-9 && (found.mean_range - 1.8778).abs() < 5e-5);
    assert!((found.limits.1 - 55.8041).abs() < 1e-3 && (found.limits.0 - 45.8159).abs() < 1e-3);
}

#[test]
fn a_step_is_seen_within_six_points_and_not_before() {
    let Some(it) = reference("xmr__open") else { return };
    let values = it.data.numbers("value");
    let found = xmr(&values, 0..24, Options::default()).unwrap();
    let sums = cusum(&values, found.mean, found.sigma, CusumOptions::default()).unwrap();
    let mut figures = Figures::new();
    for (key, value) in found.figures().iter().chain(sums.figures().iter()) {
        figures.add(key, value);
    }
    // The reference is printed in ten digits, so that a value above 10 is known to 5e-8.
    it.compare(&figures, &[("", Rel(5e-10))]);
    assert_eq!(found.breaking(Rule::Outside), [36, 42, 43]);
    assert_eq!(found.breaking(Rule::Run), (36..=48).collect::<Vec<_>>());

    let path = crate::common::shared("stats/data/synth_open/truth.json").unwrap();
    let truth: serde_json::Value =
        serde_json::from_reader(std::fs::File::open(path).unwrap()).unwrap();
    let change = truth["datasets"]["xmr_step"]["change_at"].as_u64().unwrap();
    let change = usize::try_from(change).unwrap();
    for first in [found.signals[0].point, sums.signals[0]] {
        assert!((change..=change + 6).contains(&first), "signal at {first}, change at {change}");
    }
    assert!(data("synth_open/xmr_step.csv").is_some());
}

/// By hand: mean 10 and mean moving range 2, so limits 4.68 and 15.32 and warning lines at 6.45
/// and 13.55.
#[test]
fn each_rule_speaks_at_its_point() {
    let base = [9.0, 11.0, 9.0, 11.0, 9.0, 11.0, 9.0, 11.0];
    let check = |more: &[f64], rule: Rule, expected: &[usize]| {
        let values = [&base, more].concat();
        let found = xmr(&values, 0..8, Options::default()).unwrap();
        assert_eq!(found.breaking(rule), expected, "{rule:?} {more:?}");
    };
    check(&[15.4, 10.0], Rule::Outside, &[9]);
    check(&[15.3, 4.7], Rule::Outside, &[]);
    check(&[11.0; 6], Rule::Run, &[]);
    check(&[11.0; 7], Rule::Run, &[15]);
    check(&[10.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0], Rule::Run, &[]);
    check(&[5.0, 6.0, 7.0, 8.0, 9.0, 10.0], Rule::Trend, &[]);
    check(&[5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0], Rule::Trend, &[15]);
    check(&[14.0, 10.0, 14.0], Rule::TwoOfThree, &[11]);
    check(&[14.0, 10.0, 10.0, 14.0, 6.0], Rule::TwoOfThree, &[]);
    check(&[10.0, 16.6], Rule::Range, &[10]);
}

#[test]
fn limits_are_drawn_anew_only_with_a_reason() {
    let values = [9.0, 11.0, 9.0, 11.0, 19.0, 21.0, 19.0, 21.0];
    let phase = |start: usize, reason: &str| Phase { start, baseline: 4, reason: reason.into() };
    let charts =
        phased(&values, &[phase(0, "begin"), phase(4, "nieuwe intake")], Options::default());
    let means: Vec<f64> = charts.unwrap().iter().map(|it| it.mean).collect();
    assert_eq!(means, [10.0, 20.0]);
    let refused = phased(&values, &[phase(0, "begin"), phase(4, " ")], Options::default());
    assert_eq!(
        refused.unwrap_err().to_string(),
        "‘nieuwe basisperiode’ is niets; verwacht wordt een reden (wat is er dan veranderd?)."
    );
    // One chart over all points keeps the limits of its baseline.
    let one = xmr(&values, 0..4, Options::default()).unwrap();
    assert_eq!(one.breaking(Rule::Outside), [5, 6, 7, 8]);
}

/// numpy; see `reference/comparison.py`.
#[test]
fn proportions_and_rates_with_overdispersion() {
    let count = [12.0, 18.0, 9.0, 25.0, 14.0, 30.0, 11.0, 22.0];
    let size = [100.0, 120.0, 90.0, 150.0, 110.0, 160.0, 95.0, 130.0];
    for (kind, sigma_z) in
        [(Kind::Proportion, 1.428_263_576_759_156_5), (Kind::Rate, 1.318_617_629_155_482_5)]
    {
        let options = PointOptions { kind, baseline: 0..8, laney: true };
        let found = chart(&count, &size, options.clone()).unwrap();
        for (value, expected) in [
            (found.centre, 0.147_643_979_057_591_63),
            (found.sigma_z, sigma_z),
            (found.points[0].low, 0.0),
            (found.points[7].high, 0.280_958_153_252_871_27),
        ] {
            assert!((value - expected).abs() < 1e-12, "{kind:?}: {value}, expected {expected}");
        }
        let plain = chart(&count, &size, PointOptions { laney: false, ..options }).unwrap();
        assert!(plain.points[7].high < found.points[7].high);
        assert!(plain.warnings.iter().any(|it| it.code == "overdispersion"));
    }
}

/// scipy; see `reference/comparison.py`.
#[test]
fn gaps_between_rare_events() {
    let gaps = [12.0, 30.0, 5.0, 44.0, 9.0, 61.0, 23.0, 8.0, 17.0, 35.0];
    let cases = rare_event::chart(Between::Cases, &gaps, 0..10).unwrap();
    assert_eq!((cases.centre, cases.limits), (17.0, (0.0, 164.0)));
    assert!((cases.three_sigma.unwrap() - 99.084_938_240_585_02).abs() < 1e-10);
    let time = rare_event::chart(Between::Time, &gaps, 0..10).unwrap();
    for (found, expected) in [
        (time.centre, 20.110_064_602_490_61),
        (time.limits.0, 0.000_261_790_665_835_300_3),
        (time.limits.1, 225.104_300_840_852),
    ] {
        assert!((found - expected).abs() < 1e-9, "{found}, expected {expected}");
    }
}

/// numpy, from the odds themselves; see `reference/comparison.py`.
#[test]
fn outcomes_adjusted_for_risk() {
    let options = likelihood_cusum::Options { ratio: 2.0, h: 1.5, restart: true };
    let found = outcomes(&[false, true, true, true], &[0.1, 0.3, 0.05, 0.2], options).unwrap();
    let expected =
        [0.0, 0.430_782_916_092_454_34, 1.075_139_932_482_967_6, 1.585_965_556_248_958_3];
    for (found, expected) in found.sums.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-12, "{found}, expected {expected}");
    }
    assert_eq!((found.signals, found.onset), (vec![4], Some(2)));
}
