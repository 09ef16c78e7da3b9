//! Looking back with a rolling origin: forecast from every earlier moment and compare.
//!
//! Tashman, L. J. (2000). Out-of-sample tests of forecasting accuracy. *International Journal of
//! Forecasting* 16(4), 437-450. At each origin only what was known then is used.

use rayon::prelude::*;

use super::interval_score::{Outcome, Scores, score};
use crate::distribution::normal_quantile;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};

/// A forecast of one step with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prediction {
    /// Expected value.
    pub mean: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// How to look back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Observations before the first origin.
    pub first: usize,
    /// Steps ahead at each origin.
    pub steps: usize,
    /// Observations a cycle; 1 without a season.
    pub period: usize,
    /// Coverage that the intervals claim.
    pub level: f64,
}

/// What the forecasts turned out to be worth.
#[derive(Debug, Clone, PartialEq)]
pub struct BackTest {
    /// Scores over all steps.
    pub all: Scores,
    /// Scores of "as one cycle ago" on the same outcomes.
    pub naive: Scores,
    /// Scores per number of steps ahead.
    pub by_horizon: Vec<Scores>,
    /// Every forecast with what came.
    pub outcomes: Vec<Outcome>,
    /// Number of origins.
    pub origins: usize,
    level: f64,
    warnings: Vec<Warning>,
}

/// Forecasts `series` from every origin with `method` (history, steps) and scores the result.
///
/// # Errors
///
/// Too few observations for one origin and the steps after it, a fault of the method, or a method
/// that gives another number of steps than asked.
pub fn back_test<F>(series: &[f64], options: &Options, method: F) -> Result<BackTest, Fault>
where
    F: Fn(&[f64], usize) -> Result<Vec<Prediction>, Fault> + Sync,
{
    let Options { first, steps, period, level } = *options;
    if first == 0 || steps == 0 || series.len() < first + steps {
        return Err(Fault::argument(
            "lengte van de reeks",
            format!("ten minste {} ({first} vooraf en {steps} stappen)", first + steps),
            series.len(),
        ));
    }
    let origins: Vec<usize> = (first..=series.len() - steps).collect();
    let found = outcomes(series, &origins, steps, &method)?;
    let naive = |history: &[f64], steps| seasonal_naive(history, period, steps, level);
    let naive = outcomes(series, &origins, steps, &naive)?;
    let of = |horizon: usize| {
        let own: Vec<Outcome> = found.iter().filter(|it| it.horizon == horizon).copied().collect();
        score(&own, level, series, period)
    };
    let (all, naive) =
        (score(&found, level, series, period)?, score(&naive, level, series, period)?);
    Ok(BackTest {
        warnings: warnings(&all, &naive, level, origins.len()),
        all,
        naive,
        by_horizon: (1..=steps).map(of).collect::<Result<_, _>>()?,
        outcomes: found,
        origins: origins.len(),
        level,
    })
}

/// What `method` forecast at each origin, with what came.
fn outcomes<F>(
    series: &[f64],
    origins: &[usize],
    steps: usize,
    method: &F,
) -> Result<Vec<Outcome>, Fault>
where
    F: Fn(&[f64], usize) -> Result<Vec<Prediction>, Fault> + Sync,
{
    let at = |&origin: &usize| {
        let predictions = method(&series[..origin], steps)?;
        if predictions.len() != steps {
            let (column, found) = ("voorspelling".to_owned(), predictions.len());
            return Err(Fault::Length { column, expected: steps, found });
        }
        let pairs = predictions.into_iter().zip(&series[origin..]).enumerate();
        let outcome = |(at, (it, &actual)): (usize, (Prediction, &f64))| {
            let Prediction { mean, low, high } = it;
            Outcome { horizon: at + 1, mean, low, high, actual }
        };
        Ok(pairs.map(outcome).collect::<Vec<_>>())
    };
    let all: Result<Vec<_>, Fault> = origins.par_iter().map(at).collect();
    all.map(|it| it.concat())
}

/// "As one cycle ago", with the spread of such changes in the history.
///
/// # Errors
///
/// A history that is not longer than a cycle.
pub fn seasonal_naive(
    history: &[f64],
    period: usize,
    steps: usize,
    level: f64,
) -> Result<Vec<Prediction>, Fault> {
    if period == 0 || history.len() <= period {
        let expected = format!("meer dan een cyclus ({period})");
        return Err(Fault::argument("lengte van de reeks", expected, history.len()));
    }
    let changes = history.iter().skip(period).zip(history).map(|(now, then)| (now - then).powi(2));
    let spread = (changes.sum::<f64>() / (history.len() - period) as f64).sqrt();
    let z = normal_quantile(0.5 + level / 2.0);
    let last = &history[history.len() - period..];
    Ok((0..steps)
        .map(|at| {
            let reach = z * spread * ((at / period + 1) as f64).sqrt();
            let mean = last[at % period];
            Prediction { mean, low: mean - reach, high: mean + reach }
        })
        .collect())
}

fn warnings(all: &Scores, naive: &Scores, level: f64, origins: usize) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if origins < 10 {
        warnings.push(Warning::new(
            "few-origins",
            format!("De terugblik rust op {origins} momenten; dat is weinig om op te oordelen."),
        ));
    }
    // Outcomes of one origin hang together, so the origins count.
    let slack = 2.0 * (level * (1.0 - level) / origins as f64).sqrt();
    if all.coverage < level - slack {
        warnings.push(Warning::new(
            "intervals-too-narrow",
            format!(
                "Van de uitkomsten lag {:.0}% binnen het interval, waar {:.0}% is beloofd.",
                100.0 * all.coverage,
                100.0 * level
            ),
        ));
    }
    if all.mean_absolute_error > naive.mean_absolute_error {
        warnings.push(Warning::new(
            "worse-than-naive",
            "De voorspelling doet het slechter dan ‘hetzelfde als een cyclus geleden’.",
        ));
    }
    warnings
}

impl Estimate for BackTest {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        figures.add("origins", self.origins as f64);
        let horizons = self.by_horizon.iter().enumerate();
        let parts = [(String::new(), &self.all), ("_naive".to_owned(), &self.naive)].into_iter();
        for (end, it) in parts.chain(horizons.map(|(at, it)| (format!("_{}", at + 1), it))) {
            figures.add(format!("mae{end}"), it.mean_absolute_error);
            figures.add(format!("mase{end}"), it.scaled_absolute_error);
            figures.add(format!("rmsse{end}"), it.scaled_squared_error);
            figures.add(format!("coverage{end}"), it.coverage);
            figures.add(format!("interval_score{end}"), it.interval_score);
        }
        figures
    }

    fn summary(&self) -> String {
        format!(
            "Terugblik over {} momenten, {} voorspellingen: gemiddeld {:.2} ernaast (naïef {:.2}); \
             {:.0}% lag binnen het interval van {:.0}%; intervalscore {:.2} (naïef {:.2}).",
            self.origins,
            self.all.outcomes,
            self.all.mean_absolute_error,
            self.naive.mean_absolute_error,
            100.0 * self.all.coverage,
            100.0 * self.level,
            self.all.interval_score,
            self.naive.interval_score
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
