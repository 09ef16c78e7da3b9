//! How good forecasts with an interval turned out to be.
//!
//! Interval score: Winkler, R. L. (1972). *JASA* 67(337), 187-191; Gneiting, T. & Raftery, A. E.
//! (2007). *JASA* 102(477), 359-378, section 6.2. Scaled errors: Hyndman, R. J. & Koehler, A. B.
//! (2006). *International Journal of Forecasting* 22(4), 679-688.

use crate::fault::Fault;

/// A forecast with its interval, and what came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// Steps ahead.
    pub horizon: usize,
    /// Forecast.
    pub mean: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// What came.
    pub actual: f64,
}

impl Outcome {
    /// The width of the interval plus, when it missed, `2 / (1 - level)` times by how much.
    /// Smaller is better; a too narrow interval pays for each miss.
    pub fn interval_score(&self, level: f64) -> f64 {
        let penalty = 2.0 / (1.0 - level);
        let below = (self.low - self.actual).max(0.0);
        let above = (self.actual - self.high).max(0.0);
        self.high - self.low + penalty * (below + above)
    }

    /// Whether what came lay within the interval.
    pub fn covered(&self) -> bool {
        self.low <= self.actual && self.actual <= self.high
    }
}

/// Scores over a number of outcomes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scores {
    /// Number of outcomes.
    pub outcomes: usize,
    /// Mean error: above 0 the forecasts were too low.
    pub mean_error: f64,
    /// Mean absolute error.
    pub mean_absolute_error: f64,
    /// Mean absolute error over that of the seasonal naive forecast within the series (MASE).
    pub scaled_absolute_error: f64,
    /// Root of the mean squared error over that of the seasonal naive forecast (RMSSE).
    pub scaled_squared_error: f64,
    /// Share of the outcomes within their interval.
    pub coverage: f64,
    /// Mean interval score.
    pub interval_score: f64,
}

/// Scores `outcomes`; `history` is the series that gives the scale, `period` its cycle.
///
/// # Errors
///
/// No outcomes, a level outside 0-1, or a history that is shorter than a cycle or repeats itself
/// exactly, so that nothing can be measured against it.
pub fn score(
    outcomes: &[Outcome],
    level: f64,
    history: &[f64],
    period: usize,
) -> Result<Scores, Fault> {
    if outcomes.is_empty() {
        return Err(Fault::Empty { of: "de terugblik".to_owned() });
    }
    if !(level > 0.0 && level < 1.0) {
        return Err(Fault::argument("level", "een getal tussen 0 en 1", level));
    }
    let (absolute, squared) = naive_errors(history, period)?;
    let count = outcomes.len() as f64;
    let mean = |of: &dyn Fn(&Outcome) -> f64| outcomes.iter().map(of).sum::<f64>() / count;
    let mean_absolute_error = mean(&|it| (it.actual - it.mean).abs());
    Ok(Scores {
        outcomes: outcomes.len(),
        mean_error: mean(&|it| it.actual - it.mean),
        mean_absolute_error,
        scaled_absolute_error: mean_absolute_error / absolute,
        scaled_squared_error: (mean(&|it| (it.actual - it.mean).powi(2)) / squared).sqrt(),
        coverage: mean(&|it| f64::from(u8::from(it.covered()))),
        interval_score: mean(&|it| it.interval_score(level)),
    })
}

/// Mean absolute and mean squared error of "as one cycle ago" within `history`.
fn naive_errors(history: &[f64], period: usize) -> Result<(f64, f64), Fault> {
    if period == 0 || history.len() <= period {
        let expected = format!("meer dan een cyclus ({period})");
        return Err(Fault::argument("lengte van de reeks", expected, history.len()));
    }
    let count = (history.len() - period) as f64;
    let errors = || history.iter().skip(period).zip(history).map(|(now, then)| now - then);
    let absolute = errors().map(f64::abs).sum::<f64>() / count;
    let squared = errors().map(|it| it * it).sum::<f64>() / count;
    if squared > 0.0 && squared.is_finite() {
        Ok((absolute, squared))
    } else {
        Err(Fault::not_identified(
            "De reeks herhaalt zich precies: er is geen fout om een voorspelling tegen af te zetten.",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: 80% interval, so that a miss costs 10 times its size.
    #[test]
    fn scores_are_those_of_the_definition() {
        let outcome = |actual| Outcome { horizon: 1, mean: 10.0, low: 8.0, high: 12.0, actual };
        for (actual, expected) in [(9.0, 4.0), (12.5, 9.0), (7.0, 14.0)] {
            assert!((outcome(actual).interval_score(0.8) - expected).abs() < 1e-12, "{actual}");
        }
        let it = score(&[outcome(9.0), outcome(13.0)], 0.8, &[1.0, 3.0, 2.0], 1).unwrap();
        assert_eq!((it.coverage, it.mean_error, it.mean_absolute_error), (0.5, 1.0, 2.0));
        assert!((it.scaled_absolute_error - 2.0 / 1.5).abs() < 1e-12);
        assert!((it.scaled_squared_error - (5.0_f64 / 2.5).sqrt()).abs() < 1e-12);
        assert!(score(&[outcome(9.0)], 0.8, &[1.0, 1.0], 1).is_err());
    }
}
