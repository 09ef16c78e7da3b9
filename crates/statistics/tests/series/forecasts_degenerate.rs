//! Whatever series comes in: finite numbers or a fault, never a panic or endless loop.

use proptest::prelude::*;
use statistics::figures::Estimate as _;
use statistics::series::back_test::{Options, back_test, seasonal_naive};
use statistics::series::cohort::{Group, cohort_forecast};
use statistics::series::ets::{Model, fit, fit_automatic};

fn series() -> impl Strategy<Value = Vec<f64>> {
    let noise = prop::collection::vec(0.0..1.0_f64, 0..30);
    let level = prop_oneof![Just(0.0), Just(1e-8), Just(5.0), Just(1e9), Just(-3.0)];
    let size = prop_oneof![Just(0.0), Just(1.0), Just(1e-6), Just(1e9)];
    (noise, level, size)
        .prop_map(|(noise, level, size)| noise.iter().map(|it| level + size * it).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn forecasts_never_panic(series in series(), period in 1_usize..6, letter in 0_usize..15) {
        let models = Model::all(period, true);
        let model = models[letter % models.len()];
        for it in [fit(&model, &series), fit_automatic(&series, period).map(|it| it.best)] {
            let Ok(it) = it else { continue };
            if let Ok(it) = it.forecast(7, &[0.8, 0.95]) {
                for step in it.steps {
                    prop_assert!(step.mean.is_finite() && step.variance.is_finite());
                    prop_assert!(step.intervals.iter().all(|(low, high)| low <= high));
                }
            }
            prop_assert!(it.figures().iter().all(|(_, value)| value.is_finite()));
        }
        let options = Options { first: 8, steps: 3, period, level: 0.9 };
        let naive = |history: &[f64], steps| seasonal_naive(history, period, steps, 0.9);
        if let Ok(it) = back_test(&series, &options, naive) {
            prop_assert!(it.all.interval_score.is_finite());
            prop_assert!((0.0..=1.0).contains(&it.all.coverage));
        }
    }

    #[test]
    fn the_cohort_identity_never_panics(
        numbers in prop::collection::vec(prop_oneof![Just(0.0), Just(-1.0), 0.0..2.0_f64], 8),
        years in prop::collection::vec(2020_i64..2024, 0..4),
    ) {
        let group = Group {
            name: "18-39".to_owned(),
            population: numbers[..years.len()].to_vec(),
            rate: numbers[4],
            rate_trend: numbers[5],
            price: numbers[6],
            price_index: numbers[7],
        };
        if let Ok(it) = cohort_forecast(&years, &[group]) {
            prop_assert!(it.years.iter().all(|it| it.clients.is_finite() && it.cost.is_finite()));
            prop_assert!(!it.summary().is_empty());
        }
    }
}
