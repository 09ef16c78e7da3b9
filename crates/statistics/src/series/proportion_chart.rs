//! Charts of proportions (p) and rates (u), with Laney's adjustment for overdispersion.
//!
//! Laney, D. B. (2002). Improved control charts for attributes. *Quality Engineering* 14(4),
//! 531-537. <https://doi.org/10.1081/QEN-120003555>: each point is standardised by its binomial or
//! Poisson standard error, and the moving range of those z says how much more they vary.

use std::ops::Range;

use crate::comparison::words::decimal;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::series::baseline::{RANGE, check, mean_range, warnings};

/// What is charted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Cases of a number of trials.
    Proportion,
    /// Events over an exposure.
    Rate,
}

/// How a chart is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Proportions or rates.
    pub kind: Kind,
    /// Points from which centre and spread come, counted from 0.
    pub baseline: Range<usize>,
    /// Whether the limits are adjusted for overdispersion.
    pub laney: bool,
}

/// One point of the chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Proportion or rate.
    pub value: f64,
    /// Lower limit at this size.
    pub low: f64,
    /// Upper limit at this size.
    pub high: f64,
}

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct ProportionChart {
    /// Proportion or rate of the whole baseline.
    pub centre: f64,
    /// Spread of the standardised points; 1 is chance alone. Without adjustment it is not used.
    pub sigma_z: f64,
    /// The points in order.
    pub points: Vec<Point>,
    /// Points outside the limits, counted from 1.
    pub signals: Vec<usize>,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

impl Estimate for ProportionChart {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        figures.add("centre", self.centre);
        figures.add("sigma_z", self.sigma_z);
        for (it, point) in self.points.iter().zip(1..) {
            figures.add(format!("value_{point}"), it.value);
            figures.add(format!("lcl_{point}"), it.low);
            figures.add(format!("ucl_{point}"), it.high);
        }
        figures
    }

    fn summary(&self) -> String {
        let verdict = match self.signals.first() {
            Some(first) => format!("punt {first} ligt als eerste buiten de grenzen"),
            None => "geen punt ligt buiten de grenzen".to_owned(),
        };
        format!(
            "{} punten rond {}: {verdict} (spreiding {} keer die van toeval).",
            self.points.len(),
            decimal(self.centre, 3),
            decimal(self.sigma_z, 2),
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// The chart of `count` over `size`.
///
/// ```
/// use statistics::series::proportion_chart::{Kind, Options, chart};
/// let options = Options { kind: Kind::Rate, baseline: 0..4, laney: false };
/// let it = chart(&[9.0, 11.0, 8.0, 12.0, 30.0], &[1.0; 5], options).unwrap();
/// assert_eq!((it.centre, it.signals), (10.0, vec![5]));
/// ```
///
/// # Errors
///
/// No points, columns of different length, values that are not finite, a size not above zero,
/// counts below zero or above the size of a proportion, a baseline of fewer than two points or
/// without variation.
pub fn chart(count: &[f64], size: &[f64], options: Options) -> Result<ProportionChart, Fault> {
    check(count, &options.baseline)?;
    check_sizes(count, size, options.kind)?;
    let base = options.baseline.clone();
    let total: f64 = size[base.clone()].iter().sum();
    let centre = count[base.clone()].iter().sum::<f64>() / total;
    let variance = match options.kind {
        Kind::Proportion => centre * (1.0 - centre),
        Kind::Rate => centre,
    };
    if !(variance > 0.0 && total.is_finite() && variance.is_finite()) {
        return Err(Fault::not_identified(
            "In de basisperiode komt nergens of overal een geval voor: er zijn geen grenzen te \
             trekken.",
        ));
    }
    let error = |at: usize| (variance / size[at]).sqrt();
    let z: Vec<f64> = base.clone().map(|at| (count[at] / size[at] - centre) / error(at)).collect();
    let sigma_z = mean_range(&z) / RANGE;
    let widen = if options.laney { sigma_z } else { 1.0 };
    if widen <= 0.0 || !widen.is_finite() {
        return Err(Fault::not_identified("De punten van de basisperiode zijn alle gelijk."));
    }
    let most = if options.kind == Kind::Proportion { 1.0 } else { f64::INFINITY };
    let points: Vec<Point> = (0..count.len())
        .map(|at| Point {
            value: count[at] / size[at],
            low: (centre - 3.0 * error(at) * widen).max(0.0),
            high: (centre + 3.0 * error(at) * widen).min(most),
        })
        .collect();
    let outside = points.iter().zip(1..).filter(|(it, _)| it.value < it.low || it.value > it.high);
    let mut warnings = warnings(&z);
    if !options.laney && sigma_z > 1.2 {
        warnings.push(Warning::new(
            "overdispersion",
            format!(
                "De punten variëren {} keer zo sterk als toeval; zonder aanpassing geven de \
                 grenzen te vaak alarm.",
                decimal(sigma_z, 2)
            ),
        ));
    }
    Ok(ProportionChart {
        centre,
        sigma_z,
        signals: outside.map(|(_, point)| point).collect(),
        points,
        warnings,
    })
}

fn check_sizes(count: &[f64], size: &[f64], kind: Kind) -> Result<(), Fault> {
    if count.len() != size.len() {
        let (expected, found) = (count.len(), size.len());
        return Err(Fault::Length { column: "omvang".to_owned(), expected, found });
    }
    for (at, (count, size)) in count.iter().zip(size).enumerate() {
        if !(*size > 0.0 && size.is_finite()) {
            return Err(Fault::argument(format!("omvang in rij {}", at + 1), "meer dan 0", size));
        }
        let most = if kind == Kind::Proportion { *size } else { f64::MAX };
        if !(0.0..=most).contains(count) {
            let room = format!("0 tot en met {most}");
            return Err(Fault::argument(format!("aantal in rij {}", at + 1), room, count));
        }
    }
    Ok(())
}
