//! A proportion with the Wilson score interval.
//!
//! Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
//! *JASA* 22(158), 209-212. <https://doi.org/10.1080/01621459.1927.10502953>

use crate::Z_95;

/// A proportion and its 95% interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proportion {
    /// Successes divided by trials, 0 to 1.
    pub estimate: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Number of trials.
    pub trials: u64,
}

/// Estimates `successes / trials`; `None` when there are no trials.
///
/// ```
/// let share = statistics::comparison::proportion::wilson(15, 20).unwrap();
/// assert_eq!(share.estimate, 0.75);
/// ```
///
/// # Panics
///
/// When `successes > trials`, which is an error of the caller.
pub fn wilson(successes: u64, trials: u64) -> Option<Proportion> {
    assert!(successes <= trials, "{successes} successes in {trials} trials");
    if trials == 0 {
        return None;
    }
    let n = trials as f64;
    let p = successes as f64 / n;
    let z2 = Z_95 * Z_95;

    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half_width = Z_95 * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt() / (1.0 + z2 / n);
    // Rounding must not put an end outside what a share can be.
    let (low, high) = ((centre - half_width).max(0.0), (centre + half_width).min(1.0));
    Some(Proportion { estimate: p, low, high, trials })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both sides evaluate the same closed form in double precision.
    const TOLERANCE: f64 = 1e-12;

    /// statsmodels: `proportion_confint(x, n, method="wilson")`; 15 of 20 also R `prop.test`.
    #[test]
    fn agrees_with_statsmodels() {
        for (successes, trials, low, high) in [
            (15, 20, 0.531_299_122_381_255_9, 0.888_138_298_592_333_4),
            (0, 7, 0.0, 0.354_330_435_066_687_5),
            (250, 1000, 0.224_153_098_983_691_4, 0.277_760_280_259_086_2),
        ] {
            let it = wilson(successes, trials).unwrap();
            assert!((it.low - low).abs() < TOLERANCE, "{successes}/{trials}: {}", it.low);
            assert!((it.high - high).abs() < TOLERANCE, "{successes}/{trials}: {}", it.high);
        }
    }

    #[test]
    fn nothing_observed_is_no_estimate() {
        assert_eq!(wilson(0, 0), None);
    }
}
