//! Estimating again on part of the data, with whatever estimator was used.

use crate::fault::Fault;
use crate::panel::{Columns, Panel};

/// An estimate with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The estimate.
    pub estimate: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// Any estimator that gives one effect for a panel.
pub type Estimator<'a> = dyn Fn(&Panel) -> Result<Point, Fault> + Sync + 'a;

/// The rows for which `keep` holds, with the first treated period that `cohort` gives each unit.
pub(super) fn part(
    panel: &Panel,
    keep: impl Fn(usize) -> bool,
    cohort: impl Fn(usize) -> Option<i64>,
) -> Result<Panel, Fault> {
    let rows: Vec<usize> = (0..panel.rows()).filter(|row| keep(*row)).collect();
    let pick = |values: &[f64]| rows.iter().map(|row| values[*row]).collect::<Vec<f64>>();
    let unit = |row: usize| panel.unit[row] as usize;
    Panel::new(Columns {
        unit: rows.iter().map(|row| panel.units[unit(*row)].clone()).collect(),
        period: rows.iter().map(|row| panel.periods[panel.period[*row] as usize]).collect(),
        first_treated: rows.iter().map(|row| cohort(unit(*row))).collect(),
        outcome: pick(&panel.outcome),
        covariates: panel
            .covariates
            .iter()
            .map(|(name, values)| (name.clone(), pick(values)))
            .collect(),
        cluster: rows
            .iter()
            .map(|row| panel.clusters[panel.cluster[*row] as usize].clone())
            .collect(),
        weight: if panel.weight.is_empty() { Vec::new() } else { pick(&panel.weight) },
    })
}
