//! Charts for rare events: the number of cases (g) or the time (t) between two of them.
//!
//! Benneyan, J. C. (2001). Number-between g-type statistical quality control charts for monitoring
//! adverse events. *Health Care Management Science* 4(4), 305-318.
//! <https://doi.org/10.1023/A:1011846412909>; Nelson, L. S. (1994). A control chart for parts-per-
//! million nonconforming items. *Journal of Quality Technology* 26(3), 239-240: an exponential time
//! to the power 1/3.6 is close to normal.
//!
//! A point above the upper limit means that the event has become rarer; one below the lower limit,
//! that it follows too soon.

use std::ops::Range;

use crate::comparison::words::decimal;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::series::baseline::{check, mean_range, warnings};

/// What lies between two events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between {
    /// A number of cases, geometric.
    Cases,
    /// A time, exponential.
    Time,
}

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct RareEvent {
    /// What is charted.
    pub between: Between,
    /// Median of the distribution that fits the baseline: half the points lie above it.
    pub centre: f64,
    /// Limits with 0.135% outside on either side (g), or three standard deviations on Nelson's
    /// scale (t).
    pub limits: (f64, f64),
    /// For cases: mean plus three standard deviations, as most software draws it.
    pub three_sigma: Option<f64>,
    /// Points outside the limits, counted from 1.
    pub signals: Vec<usize>,
    /// Number of points.
    pub points: usize,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

impl Estimate for RareEvent {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        figures.add("centre", self.centre);
        figures.add("lcl", self.limits.0);
        figures.add("ucl", self.limits.1);
        if let Some(limit) = self.three_sigma {
            figures.add("ucl_3sigma", limit);
        }
        figures
    }

    fn summary(&self) -> String {
        let what = match self.between {
            Between::Cases => "gevallen",
            Between::Time => "tijd",
        };
        let verdict = match self.signals.first() {
            Some(first) => format!("punt {first} wijkt als eerste af"),
            None => "geen punt wijkt af".to_owned(),
        };
        format!(
            "{} tussenpozen ({what}), midden {}, grenzen {} tot {}: {verdict}.",
            self.points,
            decimal(self.centre, 1),
            decimal(self.limits.0, 1),
            decimal(self.limits.1, 1),
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// The chart of the gaps between events, with limits from the points of `baseline`.
///
/// ```
/// use statistics::series::rare_event::{Between, chart};
/// let it = chart(Between::Cases, &[20.0, 30.0, 25.0, 25.0, 400.0], 0..4).unwrap();
/// assert_eq!((it.centre, it.signals), (17.0, vec![5]));
/// ```
///
/// # Errors
///
/// No gaps, a gap below zero or not finite, a baseline outside the gaps or of fewer than two, a
/// baseline without variation (t) or with only zeros (g).
pub fn chart(between: Between, gaps: &[f64], baseline: Range<usize>) -> Result<RareEvent, Fault> {
    check(gaps, &baseline)?;
    if let Some(bad) = gaps.iter().find(|it| **it < 0.0) {
        return Err(Fault::argument("tussenpoos", "0 of meer", bad));
    }
    let base = &gaps[baseline];
    let (centre, limits, three_sigma) = match between {
        Between::Cases => geometric(base)?,
        Between::Time => nelson(base)?,
    };
    let outside = gaps.iter().zip(1..).filter(|(it, _)| **it < limits.0 || **it > limits.1);
    Ok(RareEvent {
        between,
        centre,
        limits,
        three_sigma,
        signals: outside.map(|(_, point)| point).collect(),
        points: gaps.len(),
        warnings: warnings(base),
    })
}

/// Centre, limits and the limit of three standard deviations.
type Limits = (f64, (f64, f64), Option<f64>);

fn geometric(base: &[f64]) -> Result<Limits, Fault> {
    let mean = base.iter().map(|it| it / base.len() as f64).sum::<f64>();
    if !(mean > 0.0 && mean < 1e12) {
        return Err(Fault::not_identified(
            "Tussen de gebeurtenissen van de basisperiode zit niets (of te veel): er zijn geen \
             grenzen te trekken.",
        ));
    }
    // P(X > x) = (1 - p)^(x + 1) with 1 - p = mean / (mean + 1); minus its log by ln_1p.
    let rate = (1.0 / mean).ln_1p();
    let quantile = |p: f64| (-(-p).ln_1p() / rate - 1.0).ceil().max(0.0);
    let reach = 3.0 * (mean * (mean + 1.0)).sqrt();
    Ok((quantile(0.5), (quantile(0.001_35), quantile(0.998_65)), Some(mean + reach)))
}

fn nelson(base: &[f64]) -> Result<Limits, Fault> {
    let scaled: Vec<f64> = base.iter().map(|it| it.powf(1.0 / 3.6)).collect();
    let mean = scaled.iter().map(|it| it / scaled.len() as f64).sum::<f64>();
    let sigma = mean_range(&scaled) * std::f64::consts::PI.sqrt() / 2.0;
    if sigma <= 0.0 {
        return Err(Fault::not_identified(
            "De tussenpozen van de basisperiode zijn alle gelijk: er zijn geen grenzen te trekken.",
        ));
    }
    let back = |it: f64| it.max(0.0).powf(3.6);
    Ok((back(mean), (back(mean - 3.0 * sigma), back(mean + 3.0 * sigma)), None))
}
