//! The growth from one count to another, with the interval of a ratio of two Poisson rates.
//!
//! The log of the ratio is taken as normal with variance `1/before + 1/after`:
//! Price, R. M. & Bonett, D. G. (2000). Estimating the ratio of two Poisson rates.
//! *Computational Statistics & Data Analysis* 34(3), 345-356.
//! <https://doi.org/10.1016/S0167-9473(99)00100-0>
//!
//! The method takes both counts as independent. Two counts of one stock share the people who are
//! in both, so the interval is wider than the change itself asks for; it shows how far chance in
//! two separate counts of this size could carry the growth, and nothing about its cause.

use crate::Z_95;

/// A growth (0.26 for +26%) and its 95% interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Growth {
    /// The later value divided by the earlier one, minus one.
    pub estimate: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

impl Growth {
    /// The growth factor: one plus the growth.
    pub fn factor(&self) -> f64 {
        1.0 + self.estimate
    }

    /// Whether another growth lies within the interval.
    pub fn contains(&self, other: f64) -> bool {
        self.low <= other && other <= self.high
    }
}

/// The growth from one count to another; `None` when either is zero.
pub fn of_counts(before: u64, after: u64) -> Option<Growth> {
    of_rates((before, 1.0), (after, 1.0))
}

/// The growth of a rate: each count over its exposure, such as inhabitants.
///
/// `None` when a count is zero or an exposure is not a positive number. The exposures are taken
/// as known without error.
pub fn of_rates(before: (u64, f64), after: (u64, f64)) -> Option<Growth> {
    let sound = |(count, exposure): (u64, f64)| count > 0 && exposure > 0.0 && exposure.is_finite();
    if !sound(before) || !sound(after) {
        return None;
    }
    let ratio = (after.0 as f64 / after.1) / (before.0 as f64 / before.1);
    let error = (1.0 / before.0 as f64 + 1.0 / after.0 as f64).sqrt();
    let reach = (Z_95 * error).exp();
    Some(Growth { estimate: ratio - 1.0, low: ratio / reach - 1.0, high: ratio * reach - 1.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both sides evaluate the same closed form in double precision.
    const TOLERANCE: f64 = 1e-12;

    /// statsmodels: a Poisson regression on the period; see `reference/reference.py`.
    #[test]
    fn agrees_with_statsmodels() {
        for (before, after, low, high) in [
            ((349, 1.0), (502, 1.0), 0.254_740_718_547_235_7, 0.648_931_401_260_828),
            ((349, 41.0), (502, 42.0), 0.224_865_939_534_205, 0.609_671_129_802_235),
        ] {
            let it = of_rates(before, after).unwrap();
            assert!((it.low - low).abs() < TOLERANCE, "{before:?} {after:?}: {}", it.low);
            assert!((it.high - high).abs() < TOLERANCE, "{before:?} {after:?}: {}", it.high);
        }
    }

    #[test]
    fn from_nothing_there_is_no_growth() {
        assert_eq!(of_counts(0, 10), None);
        assert_eq!(of_rates((3, 0.0), (4, 1.0)), None);
    }
}
