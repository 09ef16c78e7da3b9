//! The weights are the optimum: by its conditions, and by a finer enumeration.

use proptest::prelude::*;
use statistics::synthetic::simplex::least_squares;

/// Largest violation of the optimality conditions of `|Aw - b|^2 + ridge |w|^2` on the simplex.
fn violation(columns: &[Vec<f64>], target: &[f64], ridge: f64, weights: &[f64]) -> f64 {
    let residual: Vec<f64> = (0..target.len())
        .map(|row| {
            columns.iter().zip(weights).map(|(it, weight)| it[row] * weight).sum::<f64>()
                - target[row]
        })
        .collect();
    let gradient: Vec<f64> = columns
        .iter()
        .zip(weights)
        .map(|(it, weight)| {
            it.iter().zip(&residual).map(|(a, b)| a * b).sum::<f64>() + ridge * weight
        })
        .collect();
    let least = gradient.iter().copied().fold(f64::INFINITY, f64::min);
    // On the support the gradient is the least there is: the price of the sum.
    gradient.iter().zip(weights).map(|(it, weight)| (it - least) * weight).sum()
}

proptest! {
    #[test]
    fn the_optimum_meets_its_conditions(
        values in proptest::collection::vec(-3.0..3.0_f64, 240),
        donors in 1_usize..30,
        rows in 1_usize..8,
        ridge in prop_oneof![Just(0.0), Just(1e-9), 0.01..5.0_f64],
    ) {
        let columns: Vec<Vec<f64>> =
            (0..donors).map(|at| values[at * rows..(at + 1) * rows].to_vec()).collect();
        let target = &values[values.len() - rows..];
        let weights = least_squares(&columns, target, ridge).unwrap();
        prop_assert!(weights.iter().all(|it| *it >= 0.0));
        prop_assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-11);
        let violation = violation(&columns, target, ridge, &weights);
        prop_assert!(violation < 1e-10, "{violation}");
    }
}

#[test]
fn small_problems_have_the_answer_of_arithmetic() {
    let check = |columns: &[&[f64]], target: &[f64], ridge: f64, expected: &[f64]| {
        let columns: Vec<Vec<f64>> = columns.iter().map(|it| it.to_vec()).collect();
        let weights = least_squares(&columns, target, ridge).unwrap();
        for (found, expected) in weights.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12, "{weights:?} against {expected}");
        }
    };
    // One donor has no choice.
    check(&[&[5.0, 6.0]], &[0.0, 0.0], 0.0, &[1.0]);
    // The target lies beyond the second donor.
    check(&[&[0.0], &[1.0]], &[7.0], 0.0, &[0.0, 1.0]);
    // A ridge pulls to equal weights: minimise (w - 1)^2 + w^2 + (1 - w)^2.
    check(&[&[0.0], &[1.0]], &[1.0], 1.0, &[1.0 / 3.0, 2.0 / 3.0]);
    // Twins share a weight once there is a ridge.
    check(&[&[1.0], &[1.0], &[9.0]], &[0.9], 1e-3, &[0.5, 0.5, 0.0]);
    // A large common level does not cost digits.
    check(&[&[1e9, 1e9 + 2.0], &[1e9 + 2.0, 1e9]], &[1e9 + 0.5, 1e9 + 1.5], 0.0, &[0.75, 0.25]);
}

#[test]
fn what_cannot_be_weighed_is_refused() {
    let check = |columns: &[Vec<f64>], target: &[f64], expected: &str| {
        assert_eq!(least_squares(columns, target, 0.0).unwrap_err().to_string(), expected);
    };
    check(&[], &[1.0], "Er zijn geen waarnemingen in de controlegroep.");
    check(&[vec![1.0]], &[1.0, 2.0], "De kolom ‘donor 1’ heeft 1 waarden; verwacht werden er 2.");
    check(
        &[vec![f64::INFINITY]],
        &[1.0],
        "De kolom ‘donor 1’ heeft in rij 1 geen eindig getal (gevonden: inf).",
    );
}
