//! How long charts wait, against the R package spc, published tables, chains and simulation.

use statistics::figures::Figures;
use statistics::series::cusum::Options;
use statistics::series::likelihood_cusum;
use statistics::series::run_length::{
    brook_evans, cusum_threshold, cusum_two_sided, cusum_upper, ewma, poisson_cusum,
};

use crate::common::Tolerance::Rel;
use crate::common::reference;

#[test]
fn cumulative_sums() {
    let Some(it) = reference("cusum_arl__k05") else { return };
    let mut figures = Figures::new();
    for (name, h) in [("h4", 4.0), ("h5", 5.0)] {
        let options = Options { k: 0.5, h };
        for shift in [0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0] {
            let key = format!("{name}_mu{shift}");
            figures.add(format!("arl_{key}"), cusum_upper(options, shift).unwrap());
            figures.add(format!("arl2_{key}"), cusum_two_sided(options, shift).unwrap());
        }
    }
    figures.add("h_for_arl500_two", cusum_threshold(0.5, 500.0, true).unwrap());
    figures.add("h_for_arl370_one", cusum_threshold(0.5, 370.0, false).unwrap());
    it.compare(&figures, &[("", Rel(1e-6))]);
}

/// Montgomery, tables 9.3 and 9.4, two-sided, k = 0.5.
#[test]
fn the_published_table() {
    for (h, shift, published, room) in [
        (4.0, 0.0, 168.0, 0.5),
        (4.0, 1.0, 8.38, 0.005),
        (5.0, 0.0, 465.0, 0.5),
        (5.0, 1.0, 10.4, 0.05),
    ] {
        let found = cusum_two_sided(Options { k: 0.5, h }, shift).unwrap();
        assert!((found - published).abs() < room, "{h} {shift}: {found}");
    }
}

/// The chain of Brook and Evans; its error falls with the square of the number of states.
#[test]
fn the_integral_equation_and_the_chain_agree() {
    for (k, h, shift) in [(0.5, 4.0, 0.0), (0.25, 8.0, 0.5), (1.0, 2.0, 1.0)] {
        let options = Options { k, h };
        let [coarse, fine] =
            [100_usize, 200].map(|states| brook_evans(options, shift, states).unwrap());
        // Extrapolated to infinitely many states, of width 2h / (2 states - 1).
        let (a, b) = (199.0_f64.powi(2), 399.0_f64.powi(2));
        let limit = fine + (fine - coarse) * a / (b - a);
        let exact = cusum_upper(options, shift).unwrap();
        assert!((exact / limit - 1.0).abs() < 1e-6, "{k} {h} {shift}: {exact}, chain {limit}");
    }
}

/// A chain of 801 states in numpy, extrapolated; see `reference/comparison.py`.
#[test]
fn moving_averages() {
    for (weight, limit, shift, expected) in [
        (0.1, 2.7, 0.0, 368.993_731_242_655_77),
        (0.1, 2.7, 1.0, 9.730_011_622_261_351),
        (0.25, 2.998, 0.0, 499.836_002_646_280_1),
        (0.25, 2.998, 1.0, 11.135_501_980_339_559),
    ] {
        let found = ewma(weight, limit, shift).unwrap();
        assert!((found / expected - 1.0).abs() < 1e-6, "{weight} {limit} {shift}: {found}");
    }
    // A weight of 1 is Shewhart's chart: 1 / 0.0027.
    assert!((ewma(1.0, 3.0, 0.0).unwrap() - 370.398).abs() < 1e-3);
}

/// The chain written out in scipy; see `reference/comparison.py`.
#[test]
fn counts() {
    for (mean, k, h, expected) in [
        (4.0, 5.0, 10.0, 655.475_180_704_958_3),
        (8.0, 5.0, 10.0, 4.297_099_148_109_196),
        (2.0, 3.0, 5.0, 412.471_410_914_876_74),
    ] {
        let found = poisson_cusum(mean, k, h).unwrap();
        assert!((found / expected - 1.0).abs() < 1e-9, "{mean} {k} {h}: {found}");
    }
    // Half units: a chain with steps of a half lies between those with k of 4 and of 5.
    let [low, half, high] = [4.0, 4.5, 5.0].map(|k| poisson_cusum(4.0, k, 10.0).unwrap());
    assert!(low < half && half < high, "{low} {half} {high}");
}

/// numpy finds 143.8 with a standard error of 0.95; see `reference/comparison.py`.
#[test]
fn outcomes_adjusted_for_risk() {
    let options = likelihood_cusum::Options { ratio: 2.0, h: 2.0, restart: false };
    let run = |runs| likelihood_cusum::outcome_run_length(&[0.2], options, runs, 7).unwrap();
    let (mean, error) = run(4000);
    assert!((mean - 143.82).abs() < 4.0 * error.hypot(0.95), "{mean} +- {error}");
    assert_eq!(run(100), run(100));
}
