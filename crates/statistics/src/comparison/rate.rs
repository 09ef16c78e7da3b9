//! A rate of events over exposure, with the exact Poisson interval.
//!
//! Garwood, F. (1936). Fiducial limits for the Poisson distribution. *Biometrika* 28(3/4), 437-442.
//! <https://doi.org/10.1093/biomet/28.3-4.437>

use crate::comparison::shape::{check_level, check_not_negative, check_positive};
use crate::distribution::gamma_quantile;
use crate::fault::Fault;

/// Events per unit of exposure, with an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Events divided by exposure.
    pub estimate: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Number of events.
    pub events: f64,
    /// Exposure, such as inhabitants or client months; taken as known.
    pub exposure: f64,
}

/// The rate `events / exposure` with its exact interval.
///
/// ```
/// let rate = statistics::comparison::rate::garwood(3.0, 1.5, 0.95).unwrap();
/// assert_eq!(rate.estimate, 2.0);
/// assert!(rate.low < 2.0 && 2.0 < rate.high);
/// ```
///
/// # Errors
///
/// Events below zero, exposure not above zero, a level outside 0 to 1.
pub fn garwood(events: f64, exposure: f64, level: f64) -> Result<Rate, Fault> {
    check_level(level)?;
    check_not_negative("aantal gebeurtenissen", &[events])?;
    check_positive("blootstelling", &[exposure])?;
    let (low, high) = bounds(events, level);
    Ok(Rate {
        estimate: events / exposure,
        low: low / exposure,
        high: high / exposure,
        events,
        exposure,
    })
}

/// The exact bounds of the expected number, given `events` of zero or more.
pub(super) fn bounds(events: f64, level: f64) -> (f64, f64) {
    let tail = (1.0 - level) / 2.0;
    let low = if events > 0.0 { gamma_quantile(tail, events) } else { 0.0 };
    (low, gamma_quantile(1.0 - tail, events + 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// scipy: `chi2.ppf(.025, 2*x)/2`, `chi2.ppf(.975, 2*x+2)/2`; see `reference/comparison.py`.
    #[test]
    fn agrees_with_scipy() {
        for (events, low, high) in [
            (0.0, 0.0, 3.688_879_454_113_935_4),
            (7.0, 2.814_363_051_519_865_4, 14.422_675_361_702_376),
            (1000.0, 938.973_018_407_695_2, 1_063.952_136_016_302),
        ] {
            let it = garwood(events, 1.0, 0.95).unwrap();
            assert!((it.low - low).abs() < 1e-9 * high, "{events}: {}", it.low);
            assert!((it.high - high).abs() < 1e-9 * high, "{events}: {}", it.high);
        }
        assert!(garwood(1.0, 0.0, 0.95).is_err());
    }
}
