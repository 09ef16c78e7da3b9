//! Whatever the series: a chart of finite numbers or a fault, never a panic.

use proptest::prelude::*;
use statistics::fault::Fault;
use statistics::figures::Estimate;
use statistics::series::run_length::{
    cusum_threshold, cusum_two_sided, ewma as ewma_length, poisson_cusum,
};
use statistics::series::{cusum, ewma, likelihood_cusum, proportion_chart, rare_event, xmr};

fn sound<T: Estimate>(result: Result<T, Fault>) -> Result<(), TestCaseError> {
    match result {
        Ok(it) => prop_assert!(!it.summary().contains("NaN") && !it.figures().is_empty()),
        Err(fault) => prop_assert!(!fault.to_string().is_empty()),
    }
    Ok(())
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -20.0..50.0_f64,
        2 => Just(0.0),
        2 => (0..5_u8).prop_map(f64::from),
        1 => prop_oneof![Just(1e300), Just(1e-300), Just(f64::MAX), Just(f64::NAN)],
    ]
}

proptest! {
    #[test]
    fn series(
        values in prop::collection::vec((number(), number()), 0..30),
        range in (0..20_usize, 0..30_usize),
        a in number(),
        b in number(),
    ) {
        let (first, second): (Vec<f64>, Vec<f64>) = values.into_iter().unzip();
        let baseline = range.0..range.1;
        sound(xmr::xmr(&first, baseline.clone(), xmr::Options::default()))?;
        sound(cusum::cusum(&first, a, b, cusum::Options::default()))?;
        sound(ewma::ewma(&first, a, b, ewma::Options::default()))?;
        for between in [rare_event::Between::Cases, rare_event::Between::Time] {
            sound(rare_event::chart(between, &first, baseline.clone()))?;
        }
        for kind in [proportion_chart::Kind::Proportion, proportion_chart::Kind::Rate] {
            for laney in [true, false] {
                let options = proportion_chart::Options { kind, baseline: baseline.clone(), laney };
                sound(proportion_chart::chart(&first, &second, options))?;
            }
        }
        let options = likelihood_cusum::Options { ratio: a, h: b, restart: true };
        sound(likelihood_cusum::counts(&first, &second, options))?;
        let happened: Vec<bool> = first.iter().map(|it| *it > 1.0).collect();
        sound(likelihood_cusum::outcomes(&happened, &second, options))?;
    }
}

#[test]
fn a_run_length_is_positive_or_refused() {
    let check = |name: &str, found: Result<f64, Fault>| match found {
        Ok(it) => assert!(it.is_finite() && it >= 1.0, "{name}: {it}"),
        Err(fault) => assert!(!fault.to_string().is_empty()),
    };
    let odd = [-1.0, 0.0, 1e-9, 0.5, 1.0, 3.3, 49.0, 1e9, f64::NAN, f64::INFINITY];
    for a in odd {
        for b in odd {
            for shift in [0.0, -7.0, f64::NAN] {
                check("cusum", cusum_two_sided(cusum::Options { k: a, h: b }, shift));
                check("ewma", ewma_length(a, b, shift));
            }
            check("counts", poisson_cusum(a, b, 3.0));
        }
    }
    for (k, length) in [(0.5, 1e30), (0.5, 0.0), (-1.0, 100.0), (0.5, f64::NAN)] {
        assert!(cusum_threshold(k, length, true).is_err(), "{k} {length}");
    }
}
