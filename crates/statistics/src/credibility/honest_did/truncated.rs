//! Quantiles of a standard normal between two bounds, also far out in a tail.

use crate::distribution::{normal_cdf, normal_quantile};

/// The `p` quantile of a standard normal between `low` and `high`.
pub(super) fn quantile(p: f64, low: f64, high: f64) -> f64 {
    if high <= low {
        return low;
    }
    // Work in the tail where the probabilities are small, so that their difference keeps digits.
    if low <= 0.0 {
        let (from, to) = (normal_cdf(low), normal_cdf(high));
        let target = from + p * (to - from);
        return if target < 0.5 || high > 0.0 && target < 0.9 {
            normal_quantile(target).clamp(low, high)
        } else {
            let (from, to) = (normal_cdf(-low), normal_cdf(-high));
            (-normal_quantile(from - p * (from - to))).clamp(low, high)
        };
    }
    let (from, to) = (normal_cdf(-low), normal_cdf(-high));
    let target = from - p * (from - to);
    if low < 30.0 && target > 0.0 {
        return (-normal_quantile(target)).clamp(low, high);
    }
    // Mills: the density falls as exp(-z^2/2), so z^2/2 is nearly exponential from low on.
    let reach = ((low * low - high * high) / 2.0).exp();
    (low * low - 2.0 * (1.0 - p * (1.0 - reach)).ln()).sqrt().clamp(low, high)
}

#[cfg(test)]
mod tests {
    use super::quantile;

    /// scipy 1.17: `truncnorm.ppf(p, low, high)`.
    #[test]
    fn agrees_with_scipy() {
        for (p, low, high, expected) in [
            (0.95, f64::NEG_INFINITY, f64::INFINITY, 1.644_853_626_951_472_7),
            (0.95, -1.0, 2.0, 1.524596682776),
            (0.95, 3.0, 3.5, 3.442208636319),
            (0.5, 8.0, 20.0, 8.084911007392),
        ] {
            let found = quantile(p, low, high);
            assert!((found - expected).abs() < 1e-8, "{p} {low} {high}: {found}");
        }
        assert!((quantile(0.95, 40.0, 60.0) - 40.074776778475).abs() < 1e-3);
        assert_eq!(quantile(0.5, 3.0, 3.0), 3.0);
    }
}
