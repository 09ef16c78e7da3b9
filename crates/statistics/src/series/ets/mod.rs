//! Exponential smoothing as a state space model: error, trend and season, each additive,
//! multiplicative or absent.
//!
//! Hyndman, R. J., Koehler, A. B., Ord, J. K. & Snyder, R. D. (2008). *Forecasting with exponential
//! smoothing: the state space approach*. Springer, tables 2.2-2.3 (recursions), chapter 5
//! (likelihood), chapter 6 (forecast means and variances), chapter 7 (choice by AICc).
//! <https://doi.org/10.1007/978-3-540-71918-2>. Trends are additive, damped or absent; a
//! multiplicative season needs a multiplicative error. Those fifteen models have exact forecast
//! variances; the others run away or need simulation.

mod fit;
mod forecast;
mod moments;
mod start;

use std::fmt;

pub use fit::{Choice, Ets, fit, fit_automatic};
pub use forecast::{EtsForecast, Step};

use crate::fault::Fault;

/// How a component enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Added.
    Additive,
    /// Multiplied.
    Multiplicative,
}

/// The trend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trend {
    /// No trend.
    None,
    /// A slope that is added.
    Additive,
    /// A slope that dies out.
    Damped,
}

/// One of the fifteen models.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Model {
    /// Error.
    pub error: Part,
    /// Trend.
    pub trend: Trend,
    /// Season, if any.
    pub season: Option<Part>,
    /// Observations a cycle; 1 without a season.
    pub period: usize,
}

/// Smoothing parameters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Smoothing {
    /// Of the level.
    pub alpha: f64,
    /// Of the slope; 0 without a trend.
    pub beta: f64,
    /// Of the season; 0 without one.
    pub gamma: f64,
    /// Damping; 1 without.
    pub phi: f64,
}

/// Level, slope and season at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// Level.
    pub level: f64,
    /// Slope; 0 without a trend.
    pub slope: f64,
    /// Season, the latest first: the last one is used next. Empty without a season.
    pub season: Vec<f64>,
}

/// What the recursion leaves behind.
#[derive(Debug, Clone, PartialEq)]
pub struct Filtered {
    /// One-step forecasts.
    pub fitted: Vec<f64>,
    /// Errors: differences, or relative differences for a multiplicative error.
    pub errors: Vec<f64>,
    /// State after the last observation.
    pub last: State,
    /// Log likelihood up to the constants that R's `forecast` leaves out.
    pub log_likelihood: f64,
}

impl Model {
    /// The model by its usual letters, for instance `AAdN` or `MAM`.
    ///
    /// # Errors
    ///
    /// Unknown letters, a multiplicative trend, an additive error with a multiplicative season, or
    /// a season with fewer than two observations a cycle.
    pub fn parse(letters: &str, period: usize) -> Result<Self, Fault> {
        let refuse = || {
            Fault::argument(
                "model",
                "fout A of M, trend N, A of Ad, seizoen N, A of M (M alleen met fout M), \
                 bijvoorbeeld AAdA",
                letters,
            )
        };
        let part = |letter: &str| match letter {
            "A" => Ok(Some(Part::Additive)),
            "M" => Ok(Some(Part::Multiplicative)),
            "N" => Ok(None),
            _ => Err(refuse()),
        };
        let (Some(error), Some(season)) =
            (letters.get(..1), letters.get(letters.len().max(1) - 1..))
        else {
            return Err(refuse());
        };
        let trend = match letters.get(1..letters.len() - 1) {
            Some("N") => Trend::None,
            Some("A") => Trend::Additive,
            Some("Ad") => Trend::Damped,
            _ => return Err(refuse()),
        };
        let (error, season) = (part(error)?.ok_or_else(refuse)?, part(season)?);
        let model =
            Self { error, trend, season, period: if season.is_none() { 1 } else { period } };
        if !model.allowed() {
            return Err(refuse());
        }
        if season.is_some() && period < 2 {
            return Err(Fault::argument("seizoenslengte", "2 of meer", period));
        }
        Ok(model)
    }

    /// All models for a series; multiplicative ones only when `positive`.
    pub fn all(period: usize, positive: bool) -> Vec<Self> {
        let parts = [Part::Additive, Part::Multiplicative];
        let seasons: &[Option<Part>] = if period > 1 {
            &[None, Some(Part::Additive), Some(Part::Multiplicative)]
        } else {
            &[None]
        };
        let mut models = Vec::new();
        for error in parts {
            for trend in [Trend::None, Trend::Additive, Trend::Damped] {
                for &season in seasons {
                    let period = if season.is_none() { 1 } else { period };
                    let model = Self { error, trend, season, period };
                    if model.allowed() && (positive || !model.multiplies()) {
                        models.push(model);
                    }
                }
            }
        }
        models
    }

    /// Whether some component is multiplicative, so that the series must stay above 0.
    pub fn multiplies(&self) -> bool {
        self.error == Part::Multiplicative || self.season == Some(Part::Multiplicative)
    }

    /// Number of estimated parameters: smoothing, first states and the error variance.
    pub fn parameters(&self) -> usize {
        let trend = match self.trend {
            Trend::None => 0,
            Trend::Additive => 2,
            Trend::Damped => 3,
        };
        3 + trend + if self.season.is_some() { self.period } else { 0 }
    }

    fn allowed(&self) -> bool {
        self.error == Part::Multiplicative || self.season != Some(Part::Multiplicative)
    }

    /// Runs the recursion over `series` from `start`.
    pub fn filter(&self, series: &[f64], smoothing: &Smoothing, start: &State) -> Filtered {
        let mut state = start.clone();
        let mut fitted = Vec::with_capacity(series.len());
        let mut errors = Vec::with_capacity(series.len());
        self.run(series, smoothing, &mut state, |mean, error| {
            fitted.push(mean);
            errors.push(error);
        });
        let count = series.len() as f64;
        let squares: f64 = errors.iter().map(|it| it * it).sum();
        let mut likelihood = count * squares.ln();
        if self.error == Part::Multiplicative {
            likelihood += 2.0 * fitted.iter().map(|it| it.abs().ln()).sum::<f64>();
        }
        Filtered { fitted, errors, last: state, log_likelihood: -0.5 * likelihood }
    }

    /// Runs the recursion and hands each one-step mean and error to `each`.
    fn run(
        &self,
        series: &[f64],
        smoothing: &Smoothing,
        state: &mut State,
        mut each: impl FnMut(f64, f64),
    ) {
        let period = state.season.len();
        let Smoothing { alpha, beta, gamma, phi } = *smoothing;
        // A ring: `season[at]` is the one used next, then overwritten by its new value.
        state.season.reverse();
        let mut at = 0;
        for &y in series {
            let slope = phi * state.slope;
            let trend = state.level + slope;
            let season = state.season.get(at).copied().unwrap_or(0.0);
            let (mean, without) = match self.season {
                None => (trend, y),
                Some(Part::Additive) => (trend + season, y - season),
                Some(Part::Multiplicative) => (trend * season, y / season),
            };
            let error = match self.error {
                Part::Additive => y - mean,
                Part::Multiplicative => (y - mean) / mean,
            };
            each(mean, error);
            let change = without - trend;
            state.level = trend + alpha * change;
            state.slope = slope + beta * change;
            if let Some(part) = self.season {
                let found = match part {
                    Part::Additive => y - trend,
                    Part::Multiplicative => y / trend,
                };
                state.season[at] = season + gamma * (found - season);
                at = (at + 1) % period;
            }
        }
        state.season.rotate_left(at);
        state.season.reverse();
    }
}

impl fmt::Display for Model {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = |part: Part| if part == Part::Additive { "A" } else { "M" };
        let trend = match self.trend {
            Trend::None => "N",
            Trend::Additive => "A",
            Trend::Damped => "Ad",
        };
        let season = self.season.map_or("N", letter);
        write!(formatter, "ETS({},{trend},{season})", letter(self.error))
    }
}
