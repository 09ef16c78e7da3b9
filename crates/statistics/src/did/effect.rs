//! An average effect with its spread, as every estimator of this group reports it.

use crate::distribution::{t_p, t_quantile};
use crate::fault::Fault;

/// An average effect.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// The estimate, in units of the outcome.
    pub estimate: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Two-sided p-value of no effect; 1 when there is no spread.
    pub p_value: f64,
    /// Number of treated rows in the average.
    pub rows: usize,
}

impl Effect {
    /// An effect with a t interval of `level` on `df` degrees of freedom.
    pub(super) fn new(
        estimate: f64,
        standard_error: f64,
        rows: usize,
        df: f64,
        level: f64,
    ) -> Result<Self, Fault> {
        let reach = t_quantile(0.5 + level / 2.0, df) * standard_error;
        if !(estimate.is_finite() && reach.is_finite()) {
            return Err(Fault::not_identified(
                "De uitkomsten zijn te groot om een spreiding van te rekenen; kies een andere \
                 eenheid.",
            ));
        }
        let p_value = if standard_error > 0.0 { t_p(estimate / standard_error, df) } else { 1.0 };
        Ok(Self {
            estimate,
            standard_error,
            low: estimate - reach,
            high: estimate + reach,
            p_value,
            rows,
        })
    }

    /// The estimate with its interval, in Dutch.
    pub(super) fn text(&self, level: f64) -> String {
        format!(
            "{:.4} ({:.0}%-interval {:.4} tot {:.4})",
            self.estimate,
            level * 100.0,
            self.low,
            self.high
        )
    }
}

/// Refuses a level that is not between 0 and 1.
pub(super) fn check_level(level: f64) -> Result<(), Fault> {
    if level > 0.0 && level < 1.0 {
        return Ok(());
    }
    Err(Fault::argument("betrouwbaarheid", "een getal tussen 0 en 1", level))
}
