//! Whatever the data: a result with finite numbers, or a refusal.

use proptest::prelude::*;
use statistics::fault::Fault;
use statistics::figures::Estimate;
use statistics::panel::{Columns, Panel};
use statistics::synthetic::augmented::{self, augmented_control};
use statistics::synthetic::conformal::conformal;
use statistics::synthetic::control::{Importance, Options, Predictor, synthetic_control};
use statistics::synthetic::control_placebo::{leave_one_out, placebo_in_space, placebo_in_time};
use statistics::synthetic::interrupted::{
    Errors, Options as SeriesOptions, Season, interrupted_series,
};
use statistics::synthetic::sdid::{Inference, Options as DidOptions, synthetic_did};

/// Outcomes that have been the end of many a program.
fn outcome(kind: u8, magnitude: f64, unit: usize, period: usize, noise: f64) -> f64 {
    magnitude
        * match kind {
            0 => 1.0,
            1 => period as f64,
            2 => (unit % 2) as f64,
            3 => f64::from(u8::from(unit == 0 && period > 3)),
            4 => 1e12 + noise,
            _ => noise,
        }
}

fn panel(shape: (usize, usize, usize, usize), kind: u8, magnitude: f64, noise: &[f64]) -> Panel {
    let (units, periods, treated, start) = shape;
    let mut columns = Columns::default();
    for unit in 0..units {
        for period in 0..periods {
            let noise = noise[(unit * periods + period) % noise.len()];
            columns.unit.push(format!("u{unit}"));
            columns.period.push(i64::try_from(period).expect("few periods"));
            let first = i64::try_from(start).expect("few periods");
            columns.first_treated.push((unit < treated).then_some(first));
            columns.outcome.push(outcome(kind, magnitude, unit, period, noise));
        }
    }
    Panel::new(columns).expect("finite columns")
}

fn finite<E: Estimate>(result: Result<E, Fault>) -> Result<(), TestCaseError> {
    match result {
        Ok(it) => {
            prop_assert!(!it.figures().is_empty());
            prop_assert!(!it.summary().contains("NaN") && !it.summary().contains("inf "));
        }
        Err(fault) => prop_assert!(!fault.to_string().is_empty()),
    }
    Ok(())
}

fn magnitudes() -> impl Strategy<Value = f64> {
    prop_oneof![Just(1.0), Just(1e-300), Just(1e-9), Just(1e9), Just(1e30), Just(1e45)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_panel_gives_numbers_or_a_refusal(
        units in 1_usize..9,
        periods in 1_usize..12,
        treated in 0_usize..4,
        start in 0_usize..12,
        kind in 0_u8..7,
        magnitude in magnitudes(),
        noise in proptest::collection::vec(-1.0..1.0_f64, 7..60),
    ) {
        let panel = panel((units, periods, treated, start), kind, magnitude, &noise);
        for inference in [
            Inference::None,
            Inference::PlaceboAll,
            Inference::Placebo { draws: 5, seed: 1 },
            Inference::Jackknife,
            Inference::Bootstrap { draws: 5, seed: 1 },
        ] {
            let result = synthetic_did(&panel, &DidOptions { inference, ..DidOptions::default() });
            if let Ok(it) = &result {
                prop_assert!(it.effects.iter().all(|it| it.estimate.is_finite()));
            }
            finite(result)?;
        }
        let plain = Options::default();
        let value = |unit: usize| noise[unit % noise.len()] * magnitude;
        let predictors = vec![
            Predictor { name: "a".into(), values: (0..panel.units.len()).map(value).collect() },
            Predictor { name: "b".into(), values: vec![1.0; panel.units.len()] },
        ];
        let importance = Importance::Search { starts: 1, seed: 1 };
        let matched = Options { predictors, importance, ..Options::default() };
        for options in [&plain, &matched] {
            finite(synthetic_control(&panel, options))?;
            finite(placebo_in_space(&panel, options))?;
            finite(placebo_in_time(&panel, options, 3))?;
            finite(leave_one_out(&panel, options))?;
        }
        finite(conformal(&panel, &plain, 0.8))?;
        finite(augmented_control(&panel, &augmented::Options::default()))?;
        let fixed = augmented::Options { lambda: Some(1e-12), ..augmented::Options::default() };
        finite(augmented_control(&panel, &fixed))?;
    }

    #[test]
    fn a_series_gives_numbers_or_a_refusal(
        length in 0_usize..40,
        start in 0_usize..40,
        kind in 0_u8..7,
        magnitude in magnitudes(),
        order in 0_usize..4,
        harmonics in 0_usize..4,
        noise in proptest::collection::vec(-1.0..1.0_f64, 7..60),
    ) {
        let series: Vec<f64> = (0..length)
            .map(|at| outcome(kind, magnitude, 0, at, noise[at % noise.len()]))
            .collect();
        let season = (harmonics > 0).then_some(Season { length: 6, harmonics });
        for errors in
            [Errors::NeweyWest { lags: None }, Errors::NeweyWest { lags: Some(50) }, Errors::Autoregressive { order }]
        {
            let options = SeriesOptions { errors, season, ..SeriesOptions::default() };
            finite(interrupted_series(&series, start, &options))?;
        }
    }
}
