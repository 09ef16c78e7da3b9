//! A proportion with the Wilson score interval, or with the exact one of Clopper and Pearson.
//!
//! Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
//! *JASA* 22(158), 209-212. <https://doi.org/10.1080/01621459.1927.10502953>
//!
//! Clopper, C. J. & Pearson, E. S. (1934). The use of confidence or fiducial limits illustrated in
//! the case of the binomial. *Biometrika* 26(4), 404-413. <https://doi.org/10.1093/biomet/26.4.404>
//!
//! The Wilson interval covers about 95% on average; the exact one covers at least 95% for every
//! true share, and is wider.

use crate::Z_95;
use crate::comparison::shape::check_level;
use crate::distribution::{beta_quantile, normal_quantile};
use crate::fault::Fault;

/// A proportion and its interval, of 95% unless another level was asked.
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
    Some(scored(successes, trials, Z_95))
}

/// The Wilson interval of another level than 95%.
///
/// # Errors
///
/// No trials, more successes than trials, a level outside 0 to 1.
pub fn wilson_at(successes: u64, trials: u64, level: f64) -> Result<Proportion, Fault> {
    check(successes, trials, level)?;
    Ok(scored(successes, trials, normal_quantile(0.5 + level / 2.0)))
}

/// The exact interval of Clopper and Pearson.
///
/// ```
/// let share = statistics::comparison::proportion::clopper_pearson(0, 10, 0.95).unwrap();
/// // The rule of three: nothing seen in 10 leaves room for 3 in 10.
/// assert!((share.high - 0.308_497).abs() < 1e-6);
/// ```
///
/// # Errors
///
/// No trials, more successes than trials, more than ten thousand million trials, a level outside
/// 0 to 1.
pub fn clopper_pearson(successes: u64, trials: u64, level: f64) -> Result<Proportion, Fault> {
    check(successes, trials, level)?;
    if trials > 10_000_000_000 {
        return Err(Fault::argument("aantal", "hooguit 10 miljard", trials));
    }
    let (x, n, tail) = (successes as f64, trials as f64, (1.0 - level) / 2.0);
    let low = if successes == 0 { 0.0 } else { beta_quantile(tail, x, n - x + 1.0) };
    let high = if successes == trials { 1.0 } else { beta_quantile(1.0 - tail, x + 1.0, n - x) };
    Ok(Proportion { estimate: x / n, low, high, trials })
}

/// Trials, no more successes than trials and a sound level.
pub(super) fn check(successes: u64, trials: u64, level: f64) -> Result<(), Fault> {
    check_level(level)?;
    if trials == 0 {
        return Err(Fault::Empty { of: "de groep".to_owned() });
    }
    if successes > trials {
        return Err(Fault::argument("aantal gevallen", format!("hooguit {trials}"), successes));
    }
    Ok(())
}

fn scored(successes: u64, trials: u64, z: f64) -> Proportion {
    let n = trials as f64;
    let p = successes as f64 / n;
    let z2 = z * z;

    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half_width = z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt() / (1.0 + z2 / n);
    // The interval holds the share; rounding must not say otherwise.
    let (low, high) = ((centre - half_width).clamp(0.0, p), (centre + half_width).clamp(p, 1.0));
    Proportion { estimate: p, low, high, trials }
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
    fn the_interval_holds_the_share_whatever_the_rounding() {
        for (successes, trials) in [(0, 1_022_004_163), (1, 3), (1_022_004_163, 1_022_004_163)] {
            let it = wilson_at(successes, trials, 0.99).unwrap();
            assert!(it.low <= it.estimate && it.estimate <= it.high, "{it:?}");
        }
    }

    #[test]
    fn nothing_observed_is_no_estimate() {
        assert_eq!(wilson(0, 0), None);
    }
}
