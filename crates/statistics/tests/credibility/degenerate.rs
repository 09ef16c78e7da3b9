//! Whatever is asked: finite numbers, or a refusal; never a panic.

use proptest::prelude::*;
use statistics::credibility::equivalence;
use statistics::credibility::leave_one_out::{Part, leave_one_out};
use statistics::credibility::multiple_testing::{adjust, multiplier_draws, romano_wolf};
use statistics::credibility::placebo::placebo_dates;
use statistics::credibility::power::{ChangeVariance, Plan, power};
use statistics::credibility::power_simulation::{Options, simulate};
use statistics::credibility::refit::Point;
use statistics::fault::Fault;
use statistics::figures::Estimate;
use statistics::panel::{Columns, Panel};

fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        -2.0..2.0_f64,
        Just(0.0),
        Just(1.0),
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(1e300),
        Just(-1e-300),
    ]
}

fn readable(estimate: &impl Estimate) {
    let text = estimate.summary();
    assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
}

/// The mean of the outcome, with the spread of all values: refuses nothing.
fn mean(panel: &Panel) -> Result<Point, Fault> {
    let n = panel.rows() as f64;
    let estimate = panel.outcome.iter().sum::<f64>() / n;
    let square = panel.outcome.iter().map(|it| (it - estimate).powi(2)).sum::<f64>();
    Ok(Point { estimate, standard_error: (square / n / n).sqrt() })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_tests_give_shares_or_a_refusal(
        p in proptest::collection::vec(any_number(), 0..6),
        draws in proptest::collection::vec(proptest::collection::vec(any_number(), 0..6), 0..6),
    ) {
        let tests: Vec<(String, f64)> = p.iter().map(|it| ("toets".to_owned(), *it)).collect();
        if let Ok(it) = adjust(&tests) {
            for adjusted in [&it.bonferroni, &it.holm, &it.benjamini_hochberg] {
                for (raw, adjusted) in it.raw.iter().zip(adjusted) {
                    prop_assert!(raw <= adjusted && *adjusted <= 1.0, "{it:?}");
                }
            }
            readable(&it);
        }
        if let Ok(p) = romano_wolf(&p, &draws) {
            prop_assert!(p.iter().all(|p| *p > 0.0 && *p <= 1.0), "{p:?}");
        }
        if let Ok(draws) = multiplier_draws(&draws, 20, 1) {
            prop_assert!(draws.iter().flatten().all(|it| it.is_finite()));
        }
    }

    #[test]
    fn any_equivalence_gives_finite_numbers_or_a_refusal(
        numbers in proptest::collection::vec(any_number(), 6),
    ) {
        let bounds = (numbers[3], numbers[4]);
        if let Ok(it) = equivalence::test(numbers[0], numbers[1], numbers[2], bounds, numbers[5]) {
            prop_assert!((0.0..=1.0).contains(&it.p_value), "{it:?}");
            readable(&it);
        }
    }

    #[test]
    fn any_plan_gives_finite_numbers_or_a_refusal(
        sizes in proptest::collection::vec(0_usize..6, 4),
        numbers in proptest::collection::vec(any_number(), 4),
        outcome in proptest::collection::vec(prop_oneof![-1.0..1.0_f64, Just(0.0), Just(1e60)], 30),
    ) {
        let plan =
            Plan { units: sizes[0], treated: sizes[1], before: sizes[2], after: sizes[3] };
        let columns = Columns {
            unit: (0..30).map(|it| (it / 6).to_string()).collect(),
            period: (0..30).map(|it| it % 6).collect(),
            first_treated: vec![None; 30],
            outcome: outcome.clone(),
            ..Columns::default()
        };
        let panel = Panel::new(columns).expect("own data are sound");
        for noise in [
            ChangeVariance::from_components(&plan, numbers[0], numbers[1], numbers[2], numbers[3]),
            ChangeVariance::from_autoregression(&plan, numbers[0], numbers[1]),
            ChangeVariance::from_autocovariance(&plan, &numbers),
            ChangeVariance::from_panel(&plan, &panel),
        ]
        .into_iter()
        .flatten()
        {
            if let Ok(it) = power(&plan, noise, 0.05) {
                prop_assert!(it.standard_error.is_finite() && it.standard_error > 0.0);
                prop_assert!((0.0..=1.0).contains(&it.of(1.0)), "{it:?}");
            }
        }
        let options = Options { replications: 100, ..Options::default() };
        if let Ok(it) = simulate(&panel, &plan, &options) {
            prop_assert!(it.minimum_detectable_effect.is_finite(), "{it:?}");
            readable(&it);
        }
    }

    #[test]
    fn any_panel_can_lose_a_part(
        outcome in proptest::collection::vec(prop_oneof![-1.0..1.0_f64, Just(0.0)], 12),
        first in proptest::collection::vec(prop_oneof![Just(None), (0_i64..5).prop_map(Some)], 4),
        units in 1_usize..5,
    ) {
        let rows = 3 * units;
        let columns = Columns {
            unit: (0..rows).map(|it| (it / 3).to_string()).collect(),
            period: (0..3).cycle().take(rows).collect(),
            first_treated: (0..rows).map(|it| first[it / 3]).collect(),
            outcome: outcome[..rows].to_vec(),
            ..Columns::default()
        };
        let panel = Panel::new(columns).expect("own data are sound");
        for part in [Part::TreatedUnit, Part::Unit, Part::Cohort, Part::Cluster] {
            if let Ok(it) = leave_one_out(&panel, part, &mean) {
                readable(&it);
            }
        }
        if let Ok(it) = placebo_dates(&panel, &[1, 2], &mean) {
            readable(&it);
        }
    }
}
