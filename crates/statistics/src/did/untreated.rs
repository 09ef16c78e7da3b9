//! The outcome without treatment, `y = alpha_i + lambda_t + x'beta`, fitted on untreated rows only.
//!
//! Unit effects are eliminated exactly, so what is solved is one dense system in periods and
//! covariates; nothing of the size of the rows times the units is ever made.

use faer::Mat;

use crate::fault::Fault;
use crate::linear::{independent_columns, inverse, solve};
use crate::panel::Panel;

/// Relative to a column's own sum of squares: below this it adds nothing to the columns before it.
const COLLINEAR: f64 = 1e-10;

/// What a row does in the fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Untreated: the model is fitted on it.
    Fit,
    /// Treated, and its untreated outcome can be imputed.
    Imputed,
    /// Treated, and nothing tells what it would have been; or of weight zero.
    Left,
}

/// The fitted model.
pub(super) struct Untreated<'a> {
    pub(super) panel: &'a Panel,
    pub(super) roles: Vec<Role>,
    /// First row of each unit, and one past the last row.
    starts: Vec<usize>,
    /// Weight of each row.
    pub(super) weight: Vec<f64>,
    /// Sum of the fit weights of each unit.
    unit_weight: Vec<f64>,
    /// Covariates, each minus its unit's weighted mean over the fit rows.
    columns: Vec<Vec<f64>>,
    /// Positions in (periods, covariates) that are estimated; the others are zero.
    kept: Vec<usize>,
    /// Normal equations of the kept positions, after the unit effects.
    gram: Mat<f64>,
    /// Coefficients in (periods, covariates).
    coefficients: Vec<f64>,
    /// Outcome minus fitted (fit rows) or imputed (imputed rows); zero on rows left out.
    pub(super) residual: Vec<f64>,
    /// Sets of units and periods that share no fit rows with another set.
    components: usize,
}

/// Which periods each unit is treated in: from its first treated period minus `anticipation`.
pub(super) fn treated_rows(panel: &Panel, anticipation: u32) -> Vec<bool> {
    let early = i64::from(anticipation);
    panel
        .unit
        .iter()
        .zip(&panel.period)
        .map(|(unit, period)| {
            panel.cohort[*unit as usize]
                .is_some_and(|first| panel.periods[*period as usize] >= first.saturating_sub(early))
        })
        .collect()
}

impl<'a> Untreated<'a> {
    /// Fits on the rows that are not `treated`, with `columns` as covariates.
    pub(super) fn fit(
        panel: &'a Panel,
        treated: &[bool],
        mut columns: Vec<Vec<f64>>,
    ) -> Result<Self, Fault> {
        let weight =
            if panel.weight.is_empty() { vec![1.0; panel.rows()] } else { panel.weight.clone() };
        let starts = unit_starts(panel);
        let (roles, components) = roles(panel, treated, &weight);
        if !roles.contains(&Role::Fit) {
            return Err(Fault::not_identified(
                "Er is geen enkele waarneming van voor een behandeling of van een eenheid die nooit \
                 behandeld wordt; daaruit zou moeten blijken hoe het zonder behandeling was gegaan.",
            ));
        }
        let unit_weight = unit_sums(&starts, |row| on(&roles, row, Role::Fit) * weight[row]);
        let raw: Vec<f64> = columns.iter().map(|it| fit_square(it, &roles, &weight)).collect();
        for column in &mut columns {
            demean(column, &starts, &unit_weight, |row| on(&roles, row, Role::Fit) * weight[row]);
        }
        let mut fit = Self {
            panel,
            roles,
            starts,
            weight,
            unit_weight,
            columns,
            kept: Vec::new(),
            gram: Mat::zeros(0, 0),
            coefficients: Vec::new(),
            residual: Vec::new(),
            components,
        };
        fit.solve_normal_equations(&raw)?;
        Ok(fit)
    }

    /// Number of rows that the model was fitted on.
    pub(super) fn fit_rows(&self) -> usize {
        self.roles.iter().filter(|it| **it == Role::Fit).count()
    }

    /// Number of parameters: units and periods with fit rows, less one per component, and
    /// covariates.
    pub(super) fn parameters(&self) -> usize {
        self.unit_weight.iter().filter(|it| **it > 0.0).count() + self.kept.len()
    }

    /// Whether the covariate at `position` is estimated.
    pub(super) fn estimated(&self, position: usize) -> bool {
        self.kept.contains(&(self.panel.periods.len() + position))
    }

    /// The coefficient of the covariate at `position`; zero when it is not estimated.
    pub(super) fn coefficient(&self, position: usize) -> f64 {
        self.coefficients[self.panel.periods.len() + position]
    }

    /// Number of components that share no fit rows.
    pub(super) fn components(&self) -> usize {
        self.components
    }

    /// The weights `v` of Theorem 2: `sum(v * y)` is the estimator that puts `treated` on the
    /// imputed rows. On imputed rows `v` equals `treated`; on fit rows it is solved for.
    pub(super) fn weights(&self, treated: &[f64]) -> Result<Vec<f64>, Fault> {
        let periods = self.panel.periods.len();
        let unit_treated = unit_sums(&self.starts, |row| treated[row]);
        let mut right = vec![0.0; periods + self.columns.len()];
        for (row, period) in self.panel.period.iter().enumerate() {
            let unit = self.panel.unit[row] as usize;
            match self.roles[row] {
                Role::Imputed => {
                    right[*period as usize] += treated[row];
                    for (k, column) in self.columns.iter().enumerate() {
                        right[periods + k] += treated[row] * column[row];
                    }
                }
                Role::Fit if unit_treated[unit] != 0.0 => {
                    right[*period as usize] -=
                        unit_treated[unit] * self.weight[row] / self.unit_weight[unit];
                }
                _ => {}
            }
        }
        let q = self.spread(&solve(self.gram.as_ref(), self.kept_column(&right).as_ref())?);
        let mut v = treated.to_vec();
        for (unit, total) in unit_treated.into_iter().enumerate() {
            self.unit_weights(unit, total, &q, &mut v);
        }
        Ok(v)
    }

    /// Number of unit effects whose rows all lie in one cluster each; a clustered variance does
    /// not count them. Zero when one unit lies in two clusters.
    pub(super) fn effects_within_clusters(&self) -> usize {
        let cluster = &self.panel.cluster;
        let within = |it: &[usize]| cluster[it[0]..it[1]].iter().all(|c| *c == cluster[it[0]]);
        if !self.starts.windows(2).all(within) {
            return 0;
        }
        self.unit_weight.iter().filter(|it| **it > 0.0).count()
    }

    /// The rows of `(X'X)^-1` over (periods, covariates), each with its estimated covariate.
    pub(super) fn covariate_inverse(&self) -> Result<Vec<(usize, Vec<f64>)>, Fault> {
        let all = inverse(self.gram.as_ref())?;
        let periods = self.panel.periods.len();
        let rows = self.kept.iter().enumerate().filter(|(_, position)| **position >= periods);
        Ok(rows
            .map(|(row, own)| {
                let mut spread = vec![0.0; periods + self.columns.len()];
                for (column, position) in self.kept.iter().enumerate() {
                    spread[*position] = all[(row, column)];
                }
                (own - periods, spread)
            })
            .collect())
    }

    /// The inner product of `vector` over (periods, covariates) with the row's regressors.
    pub(super) fn along(&self, row: usize, vector: &[f64]) -> f64 {
        let periods = self.panel.periods.len();
        let covariates: f64 =
            self.columns.iter().zip(&vector[periods..]).map(|(x, b)| x[row] * b).sum();
        vector[self.panel.period[row] as usize] + covariates
    }

    fn unit_weights(&self, unit: usize, total: f64, q: &[f64], v: &mut [f64]) {
        let rows = self.starts[unit]..self.starts[unit + 1];
        if self.unit_weight[unit] == 0.0 {
            return;
        }
        let mean: f64 = rows
            .clone()
            .filter(|row| self.roles[*row] == Role::Fit)
            .map(|row| self.weight[row] * self.along(row, q))
            .sum();
        let p = (total - mean) / self.unit_weight[unit];
        for row in rows.filter(|row| self.roles[*row] == Role::Fit) {
            v[row] = -self.weight[row] * (p + self.along(row, q));
        }
    }

    fn solve_normal_equations(&mut self, raw: &[f64]) -> Result<(), Fault> {
        let periods = self.panel.periods.len();
        let mut gram = self.normal_matrix();
        for (k, raw) in raw.iter().enumerate() {
            // What is left of a covariate that is constant within units is rounding.
            if gram[(periods + k, periods + k)] <= COLLINEAR * COLLINEAR * raw {
                gram[(periods + k, periods + k)] = 0.0;
            }
        }
        self.kept = independent_columns(gram.as_ref(), COLLINEAR);
        self.gram = Mat::from_fn(self.kept.len(), self.kept.len(), |a, b| {
            gram[(self.kept[a], self.kept[b])]
        });
        let mut outcome = self.panel.outcome.clone();
        demean(&mut outcome, &self.starts, &self.unit_weight, |row| {
            on(&self.roles, row, Role::Fit) * self.weight[row]
        });
        self.coefficients = vec![0.0; periods + self.columns.len()];
        self.residual = outcome;
        // The second pass takes away what rounding left of the first.
        for _ in 0..2 {
            self.step()?;
        }
        if self.residual.iter().any(|it| !it.is_finite()) {
            return Err(Fault::not_identified(
                "De uitkomsten of covariaten zijn te groot of te klein om mee te rekenen; kies \
                 een andere eenheid.",
            ));
        }
        Ok(())
    }

    /// Adds to the coefficients what the present residuals still ask for.
    fn step(&mut self) -> Result<(), Fault> {
        let periods = self.panel.periods.len();
        let mut right = vec![0.0; periods + self.columns.len()];
        for (row, period) in self.panel.period.iter().enumerate() {
            if self.roles[row] == Role::Fit {
                let value = self.weight[row] * self.residual[row];
                right[*period as usize] += value;
                for (k, column) in self.columns.iter().enumerate() {
                    right[periods + k] += value * column[row];
                }
            }
        }
        let change = self.spread(&solve(self.gram.as_ref(), self.kept_column(&right).as_ref())?);
        for unit in 0..self.unit_weight.len() {
            let rows = self.starts[unit]..self.starts[unit + 1];
            if self.unit_weight[unit] == 0.0 {
                self.residual[rows].fill(0.0);
                continue;
            }
            let mean = rows
                .clone()
                .filter(|row| self.roles[*row] == Role::Fit)
                .map(|row| self.weight[row] * self.along(row, &change))
                .sum::<f64>()
                / self.unit_weight[unit];
            for row in rows {
                self.residual[row] = if self.roles[row] == Role::Left {
                    0.0
                } else {
                    self.residual[row] - (self.along(row, &change) - mean)
                };
            }
        }
        for (total, change) in self.coefficients.iter_mut().zip(&change) {
            *total += change;
        }
        Ok(())
    }

    /// Normal equations in (periods, covariates) after the unit effects.
    fn normal_matrix(&self) -> Mat<f64> {
        let periods = self.panel.periods.len();
        let size = periods + self.columns.len();
        let mut gram = Mat::zeros(size, size);
        for unit in 0..self.unit_weight.len() {
            let rows: Vec<usize> = (self.starts[unit]..self.starts[unit + 1])
                .filter(|row| self.roles[*row] == Role::Fit)
                .collect();
            for &row in &rows {
                let (weight, t) = (self.weight[row], self.panel.period[row] as usize);
                gram[(t, t)] += weight;
                for &other in &rows {
                    gram[(t, self.panel.period[other] as usize)] -=
                        weight * self.weight[other] / self.unit_weight[unit];
                }
                self.add_covariates(&mut gram, row, weight, t);
            }
        }
        gram
    }

    fn add_covariates(&self, gram: &mut Mat<f64>, row: usize, weight: f64, t: usize) {
        let periods = self.panel.periods.len();
        for (k, column) in self.columns.iter().enumerate() {
            let value = weight * column[row];
            if value == 0.0 {
                continue;
            }
            gram[(t, periods + k)] += value;
            gram[(periods + k, t)] += value;
            for (l, other) in self.columns.iter().enumerate() {
                gram[(periods + k, periods + l)] += value * other[row];
            }
        }
    }

    fn kept_column(&self, all: &[f64]) -> Mat<f64> {
        Mat::from_fn(self.kept.len(), 1, |row, _| all[self.kept[row]])
    }

    fn spread(&self, kept: &Mat<f64>) -> Vec<f64> {
        let mut all = vec![0.0; self.panel.periods.len() + self.columns.len()];
        for (row, position) in self.kept.iter().enumerate() {
            all[*position] = kept[(row, 0)];
        }
        all
    }
}

/// First row of each unit, and one past the last row of all.
pub(super) fn unit_starts(panel: &Panel) -> Vec<usize> {
    let mut starts: Vec<usize> = (0..panel.rows())
        .filter(|row| *row == 0 || panel.unit[*row] != panel.unit[row - 1])
        .collect();
    starts.push(panel.rows());
    starts
}

fn on(roles: &[Role], row: usize, role: Role) -> f64 {
    f64::from(u8::from(roles[row] == role))
}

fn unit_sums(starts: &[usize], value: impl Fn(usize) -> f64) -> Vec<f64> {
    starts.windows(2).map(|it| (it[0]..it[1]).map(&value).sum()).collect()
}

fn fit_square(column: &[f64], roles: &[Role], weight: &[f64]) -> f64 {
    let rows = (0..column.len()).filter(|row| roles[*row] == Role::Fit);
    rows.map(|row| weight[row] * column[row] * column[row]).sum()
}

/// Takes from every row of a unit the unit's weighted mean.
fn demean(column: &mut [f64], starts: &[usize], totals: &[f64], weight: impl Fn(usize) -> f64) {
    for (unit, bounds) in starts.windows(2).enumerate() {
        let rows = bounds[0]..bounds[1];
        if totals[unit] > 0.0 {
            let sum: f64 = rows.clone().map(|row| weight(row) * column[row]).sum();
            let mean = sum / totals[unit];
            column[rows].iter_mut().for_each(|value| *value -= mean);
        }
    }
}

/// What each row does, and the number of components that the fit rows fall apart in.
pub(super) fn roles(panel: &Panel, treated: &[bool], weight: &[f64]) -> (Vec<Role>, usize) {
    let units = panel.units.len();
    let mut parent: Vec<usize> = (0..units + panel.periods.len()).collect();
    let mut seen = vec![false; parent.len()];
    for row in (0..panel.rows()).filter(|row| !treated[*row] && weight[*row] > 0.0) {
        let (unit, period) = (panel.unit[row] as usize, units + panel.period[row] as usize);
        (seen[unit], seen[period]) = (true, true);
        let (a, b) = (root(&mut parent, unit), root(&mut parent, period));
        parent[a] = b;
    }
    let components = (0..parent.len()).filter(|it| seen[*it] && parent[*it] == *it).count();
    let roles = (0..panel.rows()).map(|row| {
        let (unit, period) = (panel.unit[row] as usize, units + panel.period[row] as usize);
        if weight[row] == 0.0 {
            Role::Left
        } else if !treated[row] {
            Role::Fit
        } else if seen[unit] && seen[period] && root(&mut parent, unit) == root(&mut parent, period)
        {
            Role::Imputed
        } else {
            Role::Left
        }
    });
    (roles.collect(), components)
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}
