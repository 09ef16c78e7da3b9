//! The drift forecast: the line through the first and the last observation, drawn on.
//!
//! Hyndman, R. J. & Athanasopoulos, G. (2021). *Forecasting: principles and practice*, 3rd ed.,
//! sections 5.2 (method), 5.5 (interval). <https://otexts.com/fpp3/prediction-intervals.html>
//!
//! The interval takes the month-to-month changes as independent and equally spread around the
//! drift; a season or a break in the series makes it too narrow.

use crate::Z_95;

/// A forecast and its 95% prediction interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Forecast {
    /// The expected value.
    pub estimate: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// Forecasts `steps` steps after the last of equally spaced observations by a random walk with
/// drift; `None` with fewer than three observations or no step to make.
///
/// With `T` observations the spread of one step is estimated on `T - 2` degrees of freedom, and
/// the variance at `h` steps is that spread times `h (1 + h / (T - 1))`.
pub fn drift(observations: &[f64], steps: u32) -> Option<Forecast> {
    let (&[first, .., last], true) = (observations, observations.len() >= 3) else { return None };
    if steps == 0 {
        return None;
    }
    let changes = (observations.len() - 1) as f64;
    let slope = (last - first) / changes;
    let squares: f64 = observations.windows(2).map(|it| (it[1] - it[0] - slope).powi(2)).sum();
    let variance = squares / (changes - 1.0);

    let h = f64::from(steps);
    let reach = Z_95 * (variance * h * (1.0 + h / changes)).sqrt();
    let estimate = last + h * slope;
    Some(Forecast { estimate, low: estimate - reach, high: estimate + reach })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two ways to sum the same squares in double precision.
    const TOLERANCE: f64 = 1e-9;

    /// statsmodels: a constant fitted to the differences by OLS; see `reference/reference.py`.
    #[test]
    fn agrees_with_a_regression_on_the_changes() {
        let begeleiding = [393.0, 394.0, 401.0, 406.0, 409.0, 407.0, 412.0];
        let it = drift(&begeleiding, 5).unwrap();
        for (what, ours, theirs) in [
            ("estimate", it.estimate, 427.833_333_333_333_3),
            ("low", it.low, 408.543_751_438_952_8),
            ("high", it.high, 447.122_915_227_713_8),
        ] {
            assert!((ours - theirs).abs() < TOLERANCE, "{what}: {ours}");
        }
    }

    #[test]
    fn a_straight_line_runs_on_without_doubt() {
        let it = drift(&[1.0, 2.0, 3.0, 4.0], 2).unwrap();
        assert_eq!((it.estimate, it.low, it.high), (6.0, 6.0, 6.0));
    }

    #[test]
    fn two_observations_are_too_few() {
        assert_eq!(drift(&[1.0, 2.0], 1), None);
        assert_eq!(drift(&[1.0, 2.0, 3.0], 0), None);
    }
}
