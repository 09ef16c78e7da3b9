//! First guesses of the states: Hyndman et al. (2008), section 2.6.1.

use super::{Model, Part, State, Trend};

/// A start from a classical decomposition of the first cycles and a line through what is left.
pub(super) fn heuristic(model: &Model, series: &[f64]) -> State {
    let season = match model.season {
        None => Vec::new(),
        Some(part) => seasonal(series, model.period, part),
    };
    let period = season.len();
    let adjusted: Vec<f64> = series
        .iter()
        .take(10.max(2 * period))
        .enumerate()
        .map(|(at, y)| match model.season {
            None => *y,
            Some(Part::Additive) => y - season[at % period],
            Some(Part::Multiplicative) => y / season[at % period],
        })
        .collect();
    let (level, slope) = match model.trend {
        Trend::None => (adjusted.iter().sum::<f64>() / adjusted.len() as f64, 0.0),
        Trend::Additive | Trend::Damped => line(&adjusted),
    };
    let mut season = season;
    season.reverse();
    State { level, slope, season }
}

/// Mean deviation from a centred moving average, by position in the cycle; sums to 0 (averages 1).
fn seasonal(series: &[f64], period: usize, part: Part) -> Vec<f64> {
    let half = period / 2;
    let mut sums = vec![(0.0, 0.0); period];
    for at in half..series.len().saturating_sub(half) {
        let window = &series[at - half..=at + half];
        let mut total: f64 = window.iter().sum();
        if period.is_multiple_of(2) {
            total -= f64::midpoint(window[0], window[window.len() - 1]);
        }
        let mean = total / period as f64;
        let deviation = match part {
            Part::Additive => series[at] - mean,
            Part::Multiplicative => series[at] / mean,
        };
        let it = &mut sums[at % period];
        *it = (it.0 + deviation, it.1 + 1.0);
    }
    let neutral = if part == Part::Additive { 0.0 } else { 1.0 };
    let mut season: Vec<f64> =
        sums.iter().map(|(sum, n)| if *n > 0.0 { sum / n } else { neutral }).collect();
    let mean = season.iter().sum::<f64>() / period as f64;
    match part {
        Part::Additive => season.iter_mut().for_each(|it| *it -= mean),
        Part::Multiplicative => season.iter_mut().for_each(|it| *it = (*it / mean).max(1e-2)),
    }
    season
}

/// Intercept (at the moment before the first value) and slope by least squares.
fn line(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let (centre, mean) = ((count + 1.0) / 2.0, values.iter().sum::<f64>() / count);
    let (mut cross, mut square) = (0.0, 0.0);
    for (at, value) in values.iter().enumerate() {
        let x = (at + 1) as f64 - centre;
        cross += x * (value - mean);
        square += x * x;
    }
    let slope = if square > 0.0 { cross / square } else { 0.0 };
    (mean - slope * centre, slope)
}
