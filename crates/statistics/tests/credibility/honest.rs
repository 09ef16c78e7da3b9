//! HonestDiD and pre-trend tests against the authors' package and brute force.

use faer::Mat;
use proptest::prelude::*;
use statistics::credibility::event_study::EventStudy;
use statistics::credibility::honest_did::{Breakdown, Options, honest_did};
use statistics::credibility::pretrend::{self, pre_trend};
use statistics::figures::{Estimate as _, Figures};

use crate::common::Tolerance::{Abs, Rel};
use crate::common::{Table, check, data, shared};

fn ehec() -> Option<EventStudy> {
    let estimates = data("ehec_betahat.csv")?.numbers("betahat");
    let path = shared("stats/data/ehec_sigma.csv")?;
    let text = std::fs::read_to_string(path).expect("the file is text");
    let numbers: Vec<f64> =
        text.split([',', '\n']).filter_map(|it| it.trim().parse().ok()).collect();
    let covariance = Mat::from_fn(7, 7, |a, b| numbers[7 * a + b]);
    Some(EventStudy::new(estimates, covariance, 5).expect("a sound event study"))
}

/// R's end points of relative magnitudes are grid points (0.0004 apart) with a critical value from
/// 1000 draws; hence 2e-3 there.
#[test]
fn intervals_agree_with_the_authors_package() {
    let path = shared("stats/reference/honest__ehec.json");
    let (Some(study), Some(path)) = (ehec(), path) else { return };
    let text = std::fs::read_to_string(path).expect("the file is text");
    let json: serde_json::Value = serde_json::from_str(&text).expect("the file is JSON");
    let mut figures = Figures::new();
    for (label, weights, smoothness) in [
        ("first", vec![], vec![0.0, 0.01, 0.02, 0.03, 0.04, 0.05]),
        ("avg", vec![0.5, 0.5], vec![0.0, 0.01, 0.02, 0.03, 0.04, 0.05]),
    ] {
        let options = Options {
            label: label.to_owned(),
            weights,
            smoothness,
            relative: vec![0.0, 0.5, 1.0, 1.5, 2.0],
            breakdown: false,
            ..Options::default()
        };
        let found = honest_did(&study, &options).unwrap().figures();
        found.iter().for_each(|(key, value)| figures.add(key, value));
    }
    let all = json["implementations"].as_array().expect("a list");
    let of = |name: &str, keep: &dyn Fn(&str) -> bool| -> Vec<(String, f64)> {
        let it = all.iter().find(|it| it["impl"] == name).expect("the implementation");
        let results = it["results"].as_object().expect("numbers");
        let own = results.iter().map(|(key, value)| (key.clone(), value.as_f64().unwrap()));
        own.filter(|(key, _)| keep(key)).collect()
    };
    let rules = [("sd_", Abs(2e-4)), ("orig_", Abs(1e-8)), ("rm_", Abs(2e-3))];
    check("R HonestDiD", &of("r_HonestDiD_published_cache", &|_| true), &figures, &rules);
    check("moderndid", &of("py_moderndid", &|_| true), &figures, &rules);
    // The optimal interval is a convex problem: the most precise peer agrees far closer.
    let smooth = of("py_diffdiff", &|key| key.starts_with("sd_"));
    check("diff-diff", &smooth, &figures, &[("", Abs(1e-5))]);
}

#[test]
fn breakdown_values_lie_where_the_interval_meets_zero() {
    let Some(study) = ehec() else { return };
    let it = honest_did(&study, &Options::default()).unwrap();
    let Some(Breakdown::At(bound)) = it.relative_breakdown else { panic!("{it:?}") };
    assert!((1.8..2.05).contains(&bound), "Mbar {bound}");
    let Some(Breakdown::At(bound)) = it.smoothness_breakdown else { panic!("{it:?}") };
    let options = Options { smoothness: vec![bound, bound + 1e-4], ..Options::default() };
    let at = honest_did(&study, &options).unwrap().smoothness;
    assert!(at[0].low > 0.0 && at[1].low < 0.0, "{at:?}");
}

/// Means by group and event time around the base period, covariance over units.
fn event_study(table: &Table, base: i64) -> EventStudy {
    let panel = table.panel(&[]);
    let periods = panel.periods.len();
    let first = panel.cohorts()[0];
    let at = panel.periods.iter().position(|it| *it == first + base).expect("a base period");
    let changes = |unit: usize| -> Vec<f64> {
        let own = &panel.outcome[unit * periods..(unit + 1) * periods];
        own.iter().map(|it| it - own[at]).collect()
    };
    let (mut estimates, mut covariance) = (vec![0.0; periods], Mat::<f64>::zeros(periods, periods));
    for (sign, treated) in [(1.0, true), (-1.0, false)] {
        let units: Vec<Vec<f64>> = (0..panel.units.len())
            .filter(|&unit| panel.cohort[unit].is_some() == treated)
            .map(changes)
            .collect();
        let count = units.len() as f64;
        let mean = |t: usize| units.iter().map(|it| it[t]).sum::<f64>() / count;
        for t in 0..periods {
            estimates[t] += sign * mean(t);
            for s in 0..periods {
                let (a, b) = (mean(t), mean(s));
                let sum: f64 = units.iter().map(|it| (it[t] - a) * (it[s] - b)).sum();
                covariance[(t, s)] += sum / (count * (count - 1.0));
            }
        }
    }
    let times: Vec<i64> = panel.periods.iter().map(|it| it - first).collect();
    EventStudy::from_event_times(&times, &estimates, &covariance, base).expect("an event study")
}

/// Acceptance 8: no effect, only a trend. Plain intervals miss 0; a straight line explains it.
#[test]
fn a_trend_without_effect_is_seen_and_explained() {
    let Some(table) = data("synth_open/pretrend.csv") else { return };
    let study = event_study(&table, -1);
    let weights = vec![1.0 / study.post() as f64; study.post()];
    let options = Options {
        label: "avg".to_owned(),
        weights,
        smoothness: vec![0.0],
        relative: vec![1.0],
        ..Options::default()
    };
    let it = honest_did(&study, &options).unwrap();
    assert!(it.original.0 > 0.0, "a plain interval finds an effect: {:?}", it.original);
    let line = it.smoothness[0];
    assert!(line.low <= 0.0 && 0.0 <= line.high, "{line:?}");
    assert_eq!(it.smoothness_breakdown, Some(Breakdown::None));
    assert!(it.warnings().iter().any(|it| it.code == "linear-trend-explains"));
    let test = pre_trend(&study, &pretrend::Options::default()).unwrap();
    assert!(test.wald.2 < 0.05, "{}", test.wald.2);
    assert!(test.warnings().iter().any(|it| it.code == "pretrend-violated"));
}

fn small() -> EventStudy {
    let covariance = Mat::from_fn(3, 3, |a, b| match (a, b) {
        (0, 0) => 1.0,
        (1, 1) => 0.8,
        (2, 2) => 1.2,
        (0, 1) | (1, 0) => 0.5,
        (0, 2) | (2, 0) => 0.4,
        _ => 0.6,
    });
    EventStudy::new(vec![0.3, -0.2, 1.0], covariance, 2).expect("a sound event study")
}

/// scipy 1.17: `multivariate_normal.cdf` over the rectangle and its moments by quadrature, see
/// `reference/credibility.py`. 20,000 draws leave 0.004 in the power and 0.01 in the means.
#[test]
fn power_and_bias_after_passing_agree_with_quadrature() {
    let options = pretrend::Options { slope: Some(0.7), ..Default::default() };
    let figures = pre_trend(&small(), &options).unwrap().figures();
    let expected = [
        ("wald_chisq", 0.312_727_272_727_277_2),
        ("power", 0.331_004_907_119_893_83),
        ("slope_50", 0.932_471_035_093_714_9),
        ("slope_80", 1.367_669_245_596_937_5),
        ("bias_1", 0.7),
        ("bias_passed_1", 0.954_336_918_845_631_7),
    ];
    let expected = expected.map(|(key, value)| (key.to_owned(), value));
    let rules = [("wald", Rel(1e-9)), ("bias_1", Abs(1e-12)), ("", Abs(0.015))];
    check("pretrend", &expected, &figures, &rules);
}

#[test]
fn event_times_are_put_in_order_and_gaps_refused() {
    let covariance = Mat::from_fn(4, 4, |a, b| if a == b { 1.0 + a as f64 } else { 0.0 });
    let estimates = [1.0, -2.0, 0.0, -3.0];
    let of = |at: &[i64]| EventStudy::from_event_times(at, &estimates, &covariance, -1);
    let it = of(&[0, -2, -1, -3]).unwrap();
    assert_eq!((it.pre(), it.post(), it.estimates()), (2, 1, &[-3.0, -2.0, 1.0][..]));
    assert_eq!(it.covariance()[(0, 0)], 4.0);
    assert_eq!(
        of(&[1, -2, -1, -3]).unwrap_err().to_string(),
        "De coëfficiënten sluiten niet aan: periode 0 rond de basisperiode -1 ontbreekt of komt \
         dubbel voor."
    );
    assert!(of(&[0, 1, -1, 2]).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Random event studies: intervals are finite, hold each other as the bound grows, or a fault.
    #[test]
    fn honest_intervals_grow_with_the_bound(
        (pre, values) in (1_usize..5).prop_flat_map(|pre| {
            (Just(pre), prop::collection::vec(-2.0..2.0_f64, (pre + 3) * (pre + 4)))
        }),
        scale in prop_oneof![Just(1.0), Just(1e-5), Just(1e6)],
    ) {
        let size = pre + 3;
        let root = Mat::from_fn(size, size, |a, b| values[a * size + b] * scale);
        let mut covariance = &root * root.transpose();
        for at in 0..size {
            covariance[(at, at)] += 0.01 * scale * scale;
        }
        let estimates: Vec<f64> = values[size * size..].iter().map(|it| it * scale).collect();
        let Ok(study) = EventStudy::new(estimates, covariance, pre) else { return Ok(()) };
        let options = Options {
            smoothness: vec![0.0, 0.1 * scale, scale],
            relative: vec![0.0, 1.0, 2.0],
            draws: 200,
            breakdown: false,
            ..Options::default()
        };
        if let Ok(it) = honest_did(&study, &options) {
            for it in it.smoothness.windows(2) {
                let slack = 1e-9 * scale;
                prop_assert!(it[0].high - it[0].low <= it[1].high - it[1].low + slack);
            }
            for it in it.smoothness.iter().chain(&it.relative) {
                prop_assert!(it.low.is_finite() && it.high.is_finite() && it.low <= it.high);
            }
        }
        let test = pre_trend(&study, &pretrend::Options { draws: 1000, ..Default::default() });
        if let Ok(it) = test {
            prop_assert!(it.figures().iter().all(|(_, value)| value.is_finite()));
            prop_assert!((0.0..=1.0).contains(&it.power));
        }
    }
}
