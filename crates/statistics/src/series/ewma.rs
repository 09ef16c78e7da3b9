//! The exponentially weighted moving average chart for small shifts.
//!
//! Roberts, S. W. (1959). Control chart tests based on geometric moving averages. *Technometrics*
//! 1(3), 239-250. <https://doi.org/10.1080/00401706.1959.10489860>; choice of weight and limit:
//! Lucas, J. M. & Saccucci, M. S. (1990). *Technometrics* 32(1), 1-12. How long a chart waits is in
//! [`crate::series::run_length::ewma`].

use crate::comparison::words::decimal;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::series::baseline::check;

/// Weight of the newest point and place of the limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Weight of the newest point, above 0 and at most 1.
    pub weight: f64,
    /// Limits in standard deviations of the average.
    pub limit: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { weight: 0.1, limit: 2.814 }
    }
}

/// One point of the chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The moving average.
    pub average: f64,
    /// Lower limit at this point.
    pub low: f64,
    /// Upper limit at this point.
    pub high: f64,
}

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Ewma {
    /// The points in order.
    pub points: Vec<Point>,
    /// Points outside the limits, counted from 1.
    pub signals: Vec<usize>,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

impl Estimate for Ewma {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for (it, point) in self.points.iter().zip(1..) {
            figures.add(format!("ewma_{point}"), it.average);
            figures.add(format!("lcl_{point}"), it.low);
            figures.add(format!("ucl_{point}"), it.high);
        }
        figures
    }

    fn summary(&self) -> String {
        let verdict = match self.signals.first() {
            Some(first) => format!("signaal bij punt {first}"),
            None => "geen verschuiving gezien".to_owned(),
        };
        let last = self.points.last().map_or(0.0, |it| it.average);
        format!(
            "{} punten, voortschrijdend gemiddelde nu {}: {verdict}.",
            self.points.len(),
            decimal(last, 2)
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// The chart of `values` around `mean` with standard deviation `sigma`.
///
/// ```
/// use statistics::series::ewma::{Options, ewma};
/// let it = ewma(&[0.0, 1.0], 0.0, 1.0, Options { weight: 0.5, limit: 3.0 }).unwrap();
/// assert_eq!(it.points[1].average, 0.5);
/// assert_eq!(it.points[0].high, 1.5);
/// ```
///
/// # Errors
///
/// Fewer than two values, a value that is not finite, a `sigma` or limit not above zero, a weight
/// outside 0 to 1.
pub fn ewma(values: &[f64], mean: f64, sigma: f64, options: Options) -> Result<Ewma, Fault> {
    check(values, &(0..values.len()))?;
    if !(sigma > 0.0 && (sigma + mean.abs()).is_finite()) {
        return Err(Fault::argument("sigma", "een getal boven 0", sigma));
    }
    if !(options.weight > 0.0 && options.weight <= 1.0) {
        return Err(Fault::argument("gewicht", "een getal boven 0, hooguit 1", options.weight));
    }
    if !(options.limit > 0.0 && options.limit.is_finite()) {
        return Err(Fault::argument("grens", "een getal boven 0", options.limit));
    }
    let Options { weight, limit } = options;
    let (mut average, mut left) = (mean, 1.0);
    let mut chart = Ewma { points: Vec::new(), signals: Vec::new(), warnings: Vec::new() };
    for (value, point) in values.iter().zip(1..) {
        average = weight * value + (1.0 - weight) * average;
        left *= (1.0 - weight) * (1.0 - weight);
        let reach = limit * sigma * (weight / (2.0 - weight) * (1.0 - left)).sqrt();
        if (average - mean).abs() > reach {
            chart.signals.push(point);
        }
        chart.points.push(Point { average, low: mean - reach, high: mean + reach });
    }
    Ok(chart)
}
