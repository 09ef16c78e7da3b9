//! The top of a smooth function of a few parameters, by Newton's method with differences.

use faer::linalg::solvers::Solve as _;
use faer::{Mat, Side};

use crate::fault::Fault;

/// The top and the curvature there.
#[derive(Debug, Clone)]
pub(super) struct Maximum {
    /// Where the top is.
    pub(super) at: Vec<f64>,
    /// The function there.
    pub(super) value: f64,
    /// Minus the matrix of second derivatives there.
    pub(super) curvature: Mat<f64>,
}

const ROUNDS: usize = 200;

/// Climbs from `start`; parameters should be of the order of 1. Minus infinity is out of bounds.
///
/// # Errors
///
/// No top was found.
pub(super) fn maximum(start: &[f64], f: impl Fn(&[f64]) -> f64) -> Result<Maximum, Fault> {
    let failed = || Fault::NotConverged {
        method: "Het zoeken van de grootste aannemelijkheid".to_owned(),
        iterations: ROUNDS,
    };
    let mut at = start.to_vec();
    let mut value = f(&at);
    // The curvature costs most, so it stays as long as it serves: `age` counts its steps.
    let (mut bend, mut age, mut before) = (curvature(&at, value, &f), 0, f64::INFINITY);
    for _ in 0..ROUNDS {
        let slope = gradient(&at, &f);
        if !value.is_finite() || slope.iter().any(|it| !it.is_finite()) {
            return Err(failed());
        }
        let steepness = slope.iter().fold(0.0_f64, |most, it| most.max(it.abs()));
        if age > 0 && steepness > 0.2 * before {
            (bend, age) = (curvature(&at, value, &f), 0);
        }
        before = steepness;
        let step = uphill(&bend, &slope);
        let small = step.iter().zip(&at).all(|(s, x)| s.abs() < 1e-8 * x.abs().max(1.0));
        match climb(&at, value, &step, &f) {
            Some(it) if !small => {
                (at, value) = it;
                age += 1;
            }
            // No higher point: look again with the curvature of this very place.
            _ if age > 0 => {
                (bend, age) = (curvature(&at, value, &f), 0);
                before = f64::INFINITY;
            }
            _ if step.iter().zip(&slope).map(|(s, g)| s * g).sum::<f64>() < 1e-6 => {
                return Ok(Maximum { at, value, curvature: bend });
            }
            _ => return Err(failed()),
        }
    }
    Err(failed())
}

/// The first point along the step, halving it, that is higher.
fn climb(
    at: &[f64],
    value: f64,
    step: &[f64],
    f: &impl Fn(&[f64]) -> f64,
) -> Option<(Vec<f64>, f64)> {
    let mut length = 1.0;
    while length > 1e-7 {
        let next: Vec<f64> = at.iter().zip(step).map(|(x, s)| x + length * s).collect();
        let reached = f(&next);
        if reached > value {
            return Some((next, reached));
        }
        length /= 2.0;
    }
    None
}

fn gradient(at: &[f64], f: &impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let mut x = at.to_vec();
    (0..at.len())
        .map(|i| {
            let h = 1e-4 * at[i].abs().max(1.0);
            let mut side = |by: f64| {
                x[i] = at[i] + by;
                let value = f(&x);
                x[i] = at[i];
                value
            };
            // Fourth order, so that the step need not be small.
            (8.0 * (side(h) - side(-h)) - (side(2.0 * h) - side(-2.0 * h))) / (12.0 * h)
        })
        .collect()
}

fn curvature(at: &[f64], value: f64, f: &impl Fn(&[f64]) -> f64) -> Mat<f64> {
    let n = at.len();
    let h: Vec<f64> = at.iter().map(|it| 1e-3 * it.abs().max(1.0)).collect();
    let shifted = |moves: &[(usize, f64)]| {
        let mut x = at.to_vec();
        for (i, sign) in moves {
            x[*i] += sign * h[*i];
        }
        f(&x)
    };
    let mut matrix = Mat::<f64>::zeros(n, n);
    for i in 0..n {
        let second = shifted(&[(i, 1.0)]) - 2.0 * value + shifted(&[(i, -1.0)]);
        matrix[(i, i)] = -second / (h[i] * h[i]);
        for j in 0..i {
            let same = shifted(&[(i, 1.0), (j, 1.0)]) + shifted(&[(i, -1.0), (j, -1.0)]);
            let cross = shifted(&[(i, 1.0), (j, -1.0)]) + shifted(&[(i, -1.0), (j, 1.0)]);
            let mixed = -(same - cross) / (4.0 * h[i] * h[j]);
            matrix[(i, j)] = mixed;
            matrix[(j, i)] = mixed;
        }
    }
    matrix
}

/// Newton's step; where the curvature is not that of a top it is bent until it is.
fn uphill(curvature: &Mat<f64>, slope: &[f64]) -> Vec<f64> {
    let n = slope.len();
    let right = Mat::from_fn(n, 1, |row, _| slope[row]);
    let largest = (0..n).map(|i| curvature[(i, i)].abs()).fold(1e-8, f64::max);
    let mut ridge = 0.0;
    for _ in 0..60 {
        let bent = Mat::from_fn(n, n, |i, j| curvature[(i, j)] + if i == j { ridge } else { 0.0 });
        if let Ok(factor) = bent.as_ref().llt(Side::Lower) {
            let step = factor.solve(&right);
            let longest = (0..n).map(|i| step[(i, 0)].abs()).fold(0.0, f64::max);
            if longest.is_finite() {
                // No leaps: the parameters are of the order of 1.
                let shorten = if longest > 2.0 { 2.0 / longest } else { 1.0 };
                return (0..n).map(|i| step[(i, 0)] * shorten).collect();
            }
        }
        ridge = if ridge > 0.0 { ridge * 4.0 } else { 1e-6 * largest };
    }
    slope.to_vec()
}
