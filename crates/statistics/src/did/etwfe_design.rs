//! The regressors of an extended two-way fixed effects model, one sparse row at a time.
//!
//! Wooldridge (2021, 2023): periods, cohorts, a cell for every cohort and treated period, and
//! covariates that interact with all of them, in cells counted from the cohort's mean.

use std::collections::BTreeMap;

use crate::did::untreated::{Role, roles, treated_rows};
use crate::fault::Fault;
use crate::panel::Panel;

/// Which untreated rows the treated ones are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Comparison {
    /// Never treated units, and others before their treatment.
    #[default]
    NotYetTreated,
    /// Never treated units only: cohorts get cells before treatment too, all but the last one.
    NeverTreated,
}

/// How the level of a unit enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Through unit effects that the caller takes away.
    Unit,
    /// Through a constant and cohort effects, as columns.
    Cohort,
}

/// A cohort in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CellKey {
    pub(super) cohort: i64,
    pub(super) period: i64,
}

impl CellKey {
    pub(super) fn horizon(&self) -> i64 {
        self.period.saturating_sub(self.cohort)
    }
}

/// The design: which rows, and which regressors each has.
pub(super) struct Design<'a> {
    pub(super) panel: &'a Panel,
    /// Rows in the model.
    pub(super) rows: Vec<usize>,
    /// Rows left out because nothing tells what they would have been.
    pub(super) left_out: usize,
    /// The cells, in the order of their columns.
    pub(super) cells: Vec<CellKey>,
    /// Position of each panel row's cell.
    cell: Vec<Option<usize>>,
    /// Cohorts in the model but the never treated.
    cohorts: Vec<i64>,
    /// Covariates, each centred and scaled over the rows.
    covariates: Vec<Vec<f64>>,
    /// The covariates minus their mean in the row's cohort.
    centred: Vec<Vec<f64>>,
    level: Level,
}

impl<'a> Design<'a> {
    /// The design over `panel`, with the covariates at positions `covariates`.
    pub(super) fn new(
        panel: &'a Panel,
        anticipation: u32,
        comparison: Comparison,
        level: Level,
        covariates: &[usize],
    ) -> Result<Self, Fault> {
        let treated = treated_rows(panel, anticipation);
        let weight =
            if panel.weight.is_empty() { vec![1.0; panel.rows()] } else { panel.weight.clone() };
        let (roles, _) = roles(panel, &treated, &weight);
        let rows: Vec<usize> = (0..panel.rows()).filter(|row| roles[*row] != Role::Left).collect();
        if !roles.contains(&Role::Imputed) {
            return Err(Fault::not_identified(
                "Er is geen behandelde waarneming waarvan dezelfde eenheid ook vóór de behandeling \
                 en een andere eenheid in dezelfde periode onbehandeld te zien is.",
            ));
        }
        let cohort = |row: usize| panel.cohort[panel.unit[row] as usize];
        if comparison == Comparison::NeverTreated && rows.iter().all(|row| cohort(*row).is_some()) {
            return Err(Fault::not_identified(
                "Er zijn geen eenheden die nooit behandeld worden; vergelijk met eenheden die nog \
                 niet behandeld zijn.",
            ));
        }
        let mut keys: BTreeMap<CellKey, usize> = BTreeMap::new();
        let mut of_row = vec![None; panel.rows()];
        for &row in &rows {
            if let Some(cohort) = cohort(row) {
                let key = CellKey { cohort, period: panel.periods[panel.period[row] as usize] };
                let reference = -1 - i64::from(anticipation);
                let lead = comparison == Comparison::NeverTreated && key.horizon() != reference;
                if treated[row] || lead {
                    of_row[row] = Some(key);
                    keys.insert(key, 0);
                }
            }
        }
        for (position, place) in keys.values_mut().enumerate() {
            *place = position;
        }
        let mut cohorts: Vec<i64> = rows.iter().filter_map(|row| cohort(*row)).collect();
        cohorts.sort_unstable();
        cohorts.dedup();
        let mut design = Self {
            left_out: panel.rows() - rows.len(),
            cell: of_row.iter().map(|key| key.as_ref().map(|key| keys[key])).collect(),
            cells: keys.into_keys().collect(),
            panel,
            rows,
            cohorts,
            covariates: Vec::new(),
            centred: Vec::new(),
            level,
        };
        for position in covariates {
            design.add_covariate(&panel.covariates[*position].1);
        }
        Ok(design)
    }

    /// Number of columns.
    pub(super) fn columns(&self) -> usize {
        self.first_interaction() + self.cells.len() * self.covariates.len()
    }

    /// The column of a cell's effect.
    pub(super) fn cell_column(&self, cell: usize) -> usize {
        self.first_cell() + cell
    }

    /// The cell of a panel row.
    pub(super) fn cell(&self, row: usize) -> Option<usize> {
        self.cell[row]
    }

    /// Whether a column belongs to a cell: what a row would lack without treatment.
    pub(super) fn of_cell(&self, column: usize) -> bool {
        column >= self.first_cell()
    }

    /// Weight of a row.
    pub(super) fn weight(&self, row: usize) -> f64 {
        self.panel.weight.get(row).copied().unwrap_or(1.0)
    }

    /// The regressors of a panel row that are not zero, as (column, value).
    pub(super) fn terms(&self, row: usize, terms: &mut Vec<(usize, f64)>) {
        terms.clear();
        let (levels, periods) = (self.levels(), self.panel.periods.len());
        let cohort = self.panel.cohort[self.panel.unit[row] as usize];
        let cohort = cohort.and_then(|it| self.cohorts.binary_search(&it).ok());
        let period = self.panel.period[row] as usize;
        if self.level == Level::Cohort {
            terms.push((0, 1.0));
            terms.extend(cohort.map(|it| (1 + it, 1.0)));
        }
        if period > 0 {
            terms.push((levels + period - 1, 1.0));
        }
        let mut next = levels + periods - 1;
        for covariate in &self.covariates {
            terms.push((next, covariate[row]));
            if period > 0 {
                terms.push((next + period, covariate[row]));
            }
            terms.extend(cohort.map(|it| (next + periods + it, covariate[row])));
            next += periods + self.cohorts.len();
        }
        if let Some(cell) = self.cell[row] {
            terms.push((self.cell_column(cell), 1.0));
            for (k, centred) in self.centred.iter().enumerate() {
                let column = self.first_interaction() + cell * self.centred.len() + k;
                terms.push((column, centred[row]));
            }
        }
    }

    fn levels(&self) -> usize {
        if self.level == Level::Cohort { 1 + self.cohorts.len() } else { 0 }
    }

    fn first_cell(&self) -> usize {
        let periods = self.panel.periods.len();
        self.levels() + periods - 1 + self.covariates.len() * (periods + self.cohorts.len())
    }

    fn first_interaction(&self) -> usize {
        self.first_cell() + self.cells.len()
    }

    fn add_covariate(&mut self, values: &[f64]) {
        let weighted = |square: bool, mean: f64, rows: &[usize]| {
            let total: f64 = rows.iter().map(|row| self.weight(*row)).sum();
            let sum = |row: &usize| {
                let value = values[*row] - mean;
                self.weight(*row) * if square { value * value } else { value }
            };
            rows.iter().map(sum).sum::<f64>() / total
        };
        let mean = weighted(false, 0.0, &self.rows);
        let spread = weighted(true, mean, &self.rows).sqrt();
        let scale = if spread > 0.0 && spread.is_finite() { spread } else { 1.0 };
        let scaled: Vec<f64> = values.iter().map(|it| (it - mean) / scale).collect();
        let mut centred = scaled.clone();
        for cohort in &self.cohorts {
            let of =
                |row: &usize| self.panel.cohort[self.panel.unit[*row] as usize] == Some(*cohort);
            let rows: Vec<usize> = self.rows.iter().copied().filter(of).collect();
            let total: f64 = rows.iter().map(|row| self.weight(*row)).sum();
            let sum: f64 = rows.iter().map(|row| self.weight(*row) * scaled[*row]).sum();
            for row in rows {
                centred[row] -= sum / total;
            }
        }
        self.covariates.push(scaled);
        self.centred.push(centred);
    }
}
