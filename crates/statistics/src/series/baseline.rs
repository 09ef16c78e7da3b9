//! The points of a series from which the limits of a chart come.

use std::ops::Range;

use crate::fault::Fault;
use crate::figures::Warning;

/// The mean of the range of two normal observations with standard deviation 1, to the three
/// decimals in which charts use it.
pub(super) const RANGE: f64 = 1.128;

/// The values are finite and the baseline lies within them and holds two points at least.
pub(super) fn check(values: &[f64], baseline: &Range<usize>) -> Result<(), Fault> {
    if values.is_empty() {
        return Err(Fault::Empty { of: "de reeks".to_owned() });
    }
    if let Some(row) = values.iter().position(|it| !it.is_finite()) {
        return Err(Fault::NotFinite {
            column: "waarde".to_owned(),
            row: row + 1,
            value: values[row],
        });
    }
    if baseline.end > values.len() || baseline.len() < 2 {
        return Err(Fault::argument(
            "basisperiode",
            format!("ten minste twee punten binnen de {} van de reeks", values.len()),
            format!("punt {} tot en met {}", baseline.start + 1, baseline.end),
        ));
    }
    Ok(())
}

/// The mean absolute difference of successive values.
pub(super) fn mean_range(values: &[f64]) -> f64 {
    let n = (values.len() - 1) as f64;
    values.windows(2).map(|it| (it[1] - it[0]).abs() / n).sum()
}

/// What limits a baseline: few points, or points that resemble the ones before.
pub(super) fn warnings(baseline: &[f64]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let n = baseline.len();
    if n < 12 {
        warnings.push(Warning::new(
            "short-baseline",
            format!("De grenzen rusten op {n} punten; pas vanaf 12 liggen zij redelijk vast."),
        ));
    }
    let mean = baseline.iter().map(|it| it / n as f64).sum::<f64>();
    let square: f64 = baseline.iter().map(|it| (it - mean).powi(2)).sum();
    let lagged: f64 = baseline.windows(2).map(|it| (it[0] - mean) * (it[1] - mean)).sum();
    if square > 0.0 && lagged / square > 2.0 / (n as f64).sqrt() {
        warnings.push(Warning::new(
            "autocorrelation",
            "De punten lijken op hun voorgangers (trend of seizoen): de grenzen zijn te nauw en \
             geven te vaak alarm.",
        ));
    }
    warnings
}
