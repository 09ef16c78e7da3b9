//! Quantiles of type 7, and the median with an interval that assumes no distribution.
//!
//! Hyndman, R. J. & Fan, Y. (1996). Sample quantiles in statistical packages. *The American
//! Statistician* 50(4), 361-365. <https://doi.org/10.1080/00031305.1996.10473566>
//!
//! The interval lies between two order statistics, chosen by the binomial distribution:
//! Conover, W. J. (1999). *Practical nonparametric statistics*, 3rd ed., section 3.2.

/// A median and its interval of at least 95%.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Median {
    /// The median.
    pub estimate: f64,
    /// Lower and upper end; `None` with fewer than six observations, which cannot carry one.
    pub interval: Option<(f64, f64)>,
}

/// The quantile of type 7 at `p` (0 to 1) of ascending observations; `None` without observations.
///
/// # Panics
///
/// When `p` lies outside 0 to 1.
pub fn quantile(ascending: &[f64], p: f64) -> Option<f64> {
    assert!((0.0..=1.0).contains(&p), "a quantile at {p}");
    let last = ascending.len().checked_sub(1)?;
    let place = p * last as f64;
    let below = index_below(place, last);
    let low = ascending[below];
    let high = ascending[(below + 1).min(last)];
    Some(low + (place - below as f64) * (high - low))
}

/// The median of observations in any order; `None` without observations.
pub fn median(mut observations: Vec<f64>) -> Option<Median> {
    observations.sort_by(f64::total_cmp);
    let estimate = quantile(&observations, 0.5)?;
    let interval = outer_rank(observations.len())
        .map(|rank| (observations[rank], observations[observations.len() - 1 - rank]));
    Some(Median { estimate, interval })
}

/// The highest rank (from 0) below which at most 2.5% of a fair binomial lies.
fn outer_rank(n: usize) -> Option<usize> {
    let mut log_mass = n as f64 * 0.5_f64.ln();
    let (mut tail, mut rank) = (0.0, None);
    for k in 0..n / 2 {
        tail += log_mass.exp();
        if tail > 0.025 {
            break;
        }
        rank = Some(k);
        log_mass += ((n - k) as f64 / (k + 1) as f64).ln();
    }
    rank
}

#[expect(clippy::cast_possible_truncation, reason = "clamped to a valid index first")]
#[expect(clippy::cast_sign_loss, reason = "clamped to a valid index first")]
fn index_below(place: f64, last: usize) -> usize {
    place.floor().clamp(0.0, last as f64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// numpy: `numpy.quantile(x, p, method="linear")`.
    #[test]
    fn agrees_with_numpy() {
        let days = [3.0, 8.0, 12.0, 20.0, 41.0, 42.0, 60.0];
        for (p, expected) in [(0.0, 3.0), (0.25, 10.0), (0.5, 20.0), (0.9, 49.2), (1.0, 60.0)] {
            let ours = quantile(&days, p).unwrap();
            assert!((ours - expected).abs() < 1e-12, "{p}: {ours}");
        }
        assert_eq!(quantile(&[], 0.5), None);
    }

    /// scipy: `scipy.stats.quantile_test(x, p=0.5).confidence_interval(0.95)`, here as ranks.
    #[test]
    fn the_interval_of_the_median_lies_between_two_ranks() {
        for (n, rank) in [
            (5, None),
            (6, Some(0)),
            (9, Some(1)),
            (20, Some(5)),
            (100, Some(39)),
            (3000, Some(1445)),
        ] {
            assert_eq!(outer_rank(n), rank, "{n} observations");
        }
    }
}
