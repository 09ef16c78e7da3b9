//! With covariates, or with other people in each period: one two-by-two estimate per effect.

use rayon::prelude::*;

use super::design::{Cell, Design};
use super::influence::{Clusters, Influence, Loading};
use super::{Estimates, GroupTotals, Options, Sampling};
use crate::did::bands::Rows;
use crate::did::doubly_robust::{Changes, TwoByTwo, panel as two_by_two};
use crate::did::doubly_robust_cross_section::{Observations, cross_section};
use crate::fault::Fault;
use crate::figures::Warning;
use crate::panel::Panel;

/// Above this a control weighs two hundred times.
const EXTREME: f64 = 0.995;

/// The data as the estimators of single effects want them.
struct Source<'a> {
    panel: &'a Panel,
    design: &'a Design,
    options: &'a Options,
    /// First row of each unit.
    starts: &'a [usize],
    /// Independent unit of each row; `u32::MAX` for rows that do not take part.
    independent: Vec<u32>,
    count: usize,
    /// Weight of each row in the share of its group.
    shares: Vec<f64>,
}

/// The rows of the panel that an effect uses, and their influence.
struct Found {
    effect: TwoByTwo,
    rows: Vec<usize>,
}

/// The group-time effects, each from its own two groups and two periods; an effect that is not
/// identified is left out with a warning.
pub(super) fn estimate(
    panel: &Panel,
    design: &mut Design,
    options: &Options,
    starts: &[usize],
    clusters: Option<&Clusters>,
) -> Result<Estimates, Fault> {
    let (found, estimates) = {
        let source = Source::new(panel, design, options, starts, clusters);
        let found: Vec<Result<Option<Found>, Fault>> =
            design.cells.par_iter().map(|cell| source.cell(cell)).collect();
        let estimates = source.estimates(&found);
        (found, estimates)
    };
    let mut warnings = warnings(panel, design, &found);
    let mut kept = found.iter().map(Result::is_ok);
    design.cells.retain(|_| kept.next().unwrap_or(false));
    if design.cells.iter().all(Cell::reference) {
        let why = found.into_iter().find_map(Result::err);
        return Err(Fault::not_identified(format!(
            "Geen enkel effect is te schatten: {}.",
            why.map_or_else(String::new, |it| it.to_string())
        )));
    }
    let mut estimates = estimates;
    estimates.warnings.append(&mut warnings);
    Ok(estimates)
}

impl<'a> Source<'a> {
    fn new(
        panel: &'a Panel,
        design: &'a Design,
        options: &'a Options,
        starts: &'a [usize],
        clusters: Option<&Clusters>,
    ) -> Self {
        let (independent, count) = match clusters {
            Some(it) => (it.of_row.clone(), it.count),
            None => (panel.unit.clone(), panel.units.len()),
        };
        let mut shares = vec![0.0; panel.rows()];
        let mut source =
            Self { panel, design, options, starts, independent, count, shares: Vec::new() };
        for unit in design.groups.iter().flat_map(|it| &it.units) {
            let rows = source.rows(*unit);
            let count = rows.len() as f64;
            rows.for_each(|row| shares[row] = source.weight(row) / count);
        }
        source.shares = shares;
        source
    }

    /// Rows of the unit in the periods that are used.
    fn rows(&self, unit: usize) -> std::ops::Range<usize> {
        let end = self.starts.get(unit + 1).copied().unwrap_or_else(|| self.panel.rows());
        let used = |row: &usize| (self.panel.period[*row] as usize) < self.design.periods.len();
        let start = self.starts[unit];
        start..start + (start..end).take_while(used).count()
    }

    fn weight(&self, row: usize) -> f64 {
        self.panel.weight.get(row).copied().unwrap_or(1.0)
    }

    fn cell(&self, cell: &Cell) -> Result<Option<Found>, Fault> {
        if cell.reference() {
            return Ok(None);
        }
        let groups = std::iter::once(&cell.group).chain(&cell.controls);
        let units = groups.flat_map(|group| {
            self.design.groups[*group].units.iter().map(|unit| (*unit, *group == cell.group))
        });
        if self.options.sampling == Sampling::CrossSections {
            self.cross_section(cell, units)
        } else {
            self.changes(cell, units)
        }
        .map(Some)
    }

    fn changes(
        &self,
        cell: &Cell,
        units: impl Iterator<Item = (usize, bool)>,
    ) -> Result<Found, Fault> {
        let (units, treated): (Vec<usize>, Vec<bool>) = units.unzip();
        let starts: Vec<usize> = units.iter().map(|unit| self.starts[*unit]).collect();
        let at = |period: usize, values: &[f64]| -> Vec<f64> {
            starts.iter().map(|start| values[start + period]).collect()
        };
        let (earlier, _) = cell.span();
        let change: Vec<f64> = starts
            .iter()
            .map(|it| self.panel.outcome[it + cell.period] - self.panel.outcome[it + cell.base])
            .collect();
        let covariates: Vec<Vec<f64>> =
            self.panel.covariates.iter().map(|(_, values)| at(earlier, values)).collect();
        let weight: Vec<f64> = starts.iter().map(|row| self.weight(*row)).collect();
        let data = Changes {
            change: &change,
            treated: &treated,
            covariates: &covariates,
            weight: &weight,
        };
        Ok(Found { effect: two_by_two(self.options.method, &data)?, rows: starts })
    }

    fn cross_section(
        &self,
        cell: &Cell,
        units: impl Iterator<Item = (usize, bool)>,
    ) -> Result<Found, Fault> {
        let (mut rows, mut treated, mut second) = (Vec::new(), Vec::new(), Vec::new());
        for (unit, own) in units {
            for row in self.rows(unit) {
                let period = self.panel.period[row] as usize;
                if period == cell.period || period == cell.base {
                    rows.push(row);
                    treated.push(own);
                    second.push(period == cell.period);
                }
            }
        }
        let at = |values: &[f64]| rows.iter().map(|row| values[*row]).collect::<Vec<f64>>();
        let covariates: Vec<Vec<f64>> =
            self.panel.covariates.iter().map(|(_, values)| at(values)).collect();
        let weight: Vec<f64> = rows.iter().map(|row| self.weight(*row)).collect();
        let data = Observations {
            outcome: &at(&self.panel.outcome),
            second: &second,
            treated: &treated,
            covariates: &covariates,
            weight: &weight,
        };
        Ok(Found { effect: cross_section(self.options.method, &data)?, rows })
    }

    /// One row per independent unit: its influence on each effect, then its weight per group.
    fn estimates(&self, found: &[Result<Option<Found>, Fault>]) -> Estimates {
        let identified = found.iter().filter(|it| it.is_ok()).count();
        let groups = &self.design.groups;
        let width = identified + groups.len();
        let mut values = vec![0.0; self.count * width];
        let mut effects = Vec::with_capacity(identified);
        for (at, found) in found.iter().filter_map(|it| it.as_ref().ok()).enumerate() {
            let Some(found) = found else {
                effects.push((0.0, Loading::new()));
                continue;
            };
            effects.push((found.effect.estimate, vec![(at, 1.0)]));
            for (row, influence) in found.rows.iter().zip(&found.effect.influence) {
                values[self.independent[*row] as usize * width + at] += influence;
            }
        }
        let mut totals = vec![0.0; groups.len()];
        for (at, group) in groups.iter().enumerate() {
            for row in group.units.iter().flat_map(|unit| self.rows(*unit)) {
                totals[at] += self.shares[row];
                values[self.independent[row] as usize * width + identified + at] +=
                    self.shares[row];
            }
        }
        let share = (0..groups.len()).map(|at| identified + at).collect();
        Estimates {
            effects,
            influence: Influence::new(vec![(0, Rows { width, values })], share),
            totals: GroupTotals(totals),
            warnings: Vec::new(),
        }
    }
}

fn warnings(
    panel: &Panel,
    design: &Design,
    found: &[Result<Option<Found>, Fault>],
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for (cell, found) in design.cells.iter().zip(found) {
        let group = design.groups[cell.group].first.unwrap_or_default();
        if let Err(fault) = found {
            warnings.push(Warning::new(
                "effect-not-identified",
                format!(
                    "Cohort {group} in periode {} ontbreekt: {fault}.",
                    design.periods[cell.period]
                ),
            ));
        }
    }
    let effects = || found.iter().filter_map(|it| it.as_ref().ok()?.as_ref()).map(|it| &it.effect);
    let most = effects().filter_map(|it| it.largest_propensity).fold(0.0, f64::max);
    if most > EXTREME {
        warnings.push(Warning::new(
            "extreme-propensity",
            format!(
                "Een vergelijkingseenheid heeft een geschatte kans op behandeling van {most:.3}; \
                 enkele eenheden dragen zo bijna de hele vergelijking."
            ),
        ));
    }
    let mut dropped: Vec<usize> = effects().flat_map(|it| it.dropped.iter().copied()).collect();
    dropped.sort_unstable();
    dropped.dedup();
    for position in dropped {
        warnings.push(Warning::new(
            "collinear-covariate",
            format!(
                "De covariaat ‘{}’ is in ten minste één vergelijking constant of een combinatie \
                 van andere covariaten en telt daar niet mee.",
                panel.covariates[position].0
            ),
        ));
    }
    warnings
}
