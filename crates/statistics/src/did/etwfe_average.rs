//! Averages of the cells of an extended two-way fixed effects model, with the delta method.

use faer::Mat;

use crate::did::effect::Effect;
use crate::did::etwfe_design::CellKey;
use crate::fault::Fault;

/// A cell with its effect.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// First treated period of the cohort.
    pub cohort: i64,
    /// The period.
    pub period: i64,
    /// The average effect in it.
    pub effect: Effect,
}

/// Averages over cells, each weighed by its number of rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Averages {
    /// Over all treated cells.
    pub overall: Effect,
    /// By number of periods since the first treated one; below zero only when the comparison is
    /// with never treated units.
    pub by_horizon: Vec<(i64, Effect)>,
    /// By first treated period.
    pub by_cohort: Vec<(i64, Effect)>,
    /// By period.
    pub by_period: Vec<(i64, Effect)>,
    /// Covariance of the effects by horizon, row by row.
    pub covariance_by_horizon: Vec<Vec<f64>>,
}

/// What the cells hold: keys, number of rows, sum of weights, estimates and their covariance.
pub(super) struct Cells {
    pub(super) keys: Vec<CellKey>,
    pub(super) rows: Vec<usize>,
    pub(super) weights: Vec<f64>,
    pub(super) estimates: Vec<f64>,
    pub(super) covariance: Mat<f64>,
    pub(super) anticipation: i64,
    pub(super) df: f64,
    pub(super) level: f64,
}

impl Cells {
    /// Every cell on its own.
    pub(super) fn each(&self) -> Result<Vec<Cell>, Fault> {
        (0..self.keys.len())
            .map(|it| {
                let CellKey { cohort, period } = self.keys[it];
                Ok(Cell { cohort, period, effect: self.effect(&[it])? })
            })
            .collect()
    }

    /// The averages.
    pub(super) fn averages(&self) -> Result<Averages, Fault> {
        let treated = self.treated();
        if treated.is_empty() {
            return Err(Fault::not_identified(
                "Van geen enkele groep is na de behandeling een effect te schatten.",
            ));
        }
        let all: Vec<usize> = (0..self.keys.len()).collect();
        let by_horizon = self.by(&all, CellKey::horizon);
        let vectors: Vec<Vec<f64>> = by_horizon.iter().map(|it| self.shares(&it.1)).collect();
        Ok(Averages {
            overall: self.effect(&treated)?,
            by_horizon: self.effects(&by_horizon)?,
            by_cohort: self.effects(&self.by(&treated, |it| it.cohort))?,
            by_period: self.effects(&self.by(&treated, |it| it.period))?,
            covariance_by_horizon: vectors
                .iter()
                .map(|a| vectors.iter().map(|b| self.product(a, b)).collect())
                .collect(),
        })
    }

    /// Positions of the cells from the first treated period on.
    pub(super) fn treated(&self) -> Vec<usize> {
        let on = |it: &usize| self.keys[*it].horizon() >= -self.anticipation;
        (0..self.keys.len()).filter(on).collect()
    }

    fn by(&self, among: &[usize], value: fn(&CellKey) -> i64) -> Vec<(i64, Vec<usize>)> {
        let mut groups: std::collections::BTreeMap<i64, Vec<usize>> = Default::default();
        for &cell in among {
            groups.entry(value(&self.keys[cell])).or_default().push(cell);
        }
        groups.into_iter().collect()
    }

    fn effects(&self, groups: &[(i64, Vec<usize>)]) -> Result<Vec<(i64, Effect)>, Fault> {
        groups.iter().map(|(value, cells)| Ok((*value, self.effect(cells)?))).collect()
    }

    fn effect(&self, cells: &[usize]) -> Result<Effect, Fault> {
        let shares = self.shares(cells);
        let estimate = shares.iter().zip(&self.estimates).map(|(a, b)| a * b).sum();
        let variance = self.product(&shares, &shares).max(0.0);
        let rows = cells.iter().map(|it| self.rows[*it]).sum();
        Effect::new(estimate, variance.sqrt(), rows, self.df, self.level)
    }

    fn shares(&self, cells: &[usize]) -> Vec<f64> {
        let total: f64 = cells.iter().map(|it| self.weights[*it]).sum();
        let mut shares = vec![0.0; self.keys.len()];
        for &cell in cells {
            shares[cell] = self.weights[cell] / total;
        }
        shares
    }

    fn product(&self, a: &[f64], b: &[f64]) -> f64 {
        let line = |row: usize| {
            (0..b.len()).map(|column| self.covariance[(row, column)] * b[column]).sum::<f64>()
        };
        (0..a.len()).filter(|row| a[*row] != 0.0).map(|row| a[row] * line(row)).sum()
    }
}
