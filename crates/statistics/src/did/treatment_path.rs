//! Which treatment each unit had in each period, when it may switch on, off and on again.

use crate::fault::Fault;
use crate::panel::{Columns, Panel};

/// Columns of equal length, one row per unit and period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PathColumns {
    /// Unit of each row, as the user writes it.
    pub unit: Vec<String>,
    /// Period of each row, for instance a year.
    pub period: Vec<i64>,
    /// Treatment in that period: 0 and 1, or an amount.
    pub treatment: Vec<f64>,
    /// Outcome.
    pub outcome: Vec<f64>,
    /// Cluster of each row; empty means that the unit is the cluster.
    pub cluster: Vec<String>,
}

/// Checked paths: every unit in every period.
#[derive(Debug, Clone, PartialEq)]
pub struct TreatmentPaths {
    panel: Panel,
    groups: Vec<Group>,
}

/// How a unit's treatment goes, in positions of periods.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Group {
    /// Treatment in the first period.
    pub(super) baseline: f64,
    /// First period with another treatment than in the first; the number of periods when none.
    pub(super) first: usize,
    /// Treatment in that period.
    pub(super) after: f64,
    /// 1 when the treatment goes up, -1 when it goes down, 0 when it does not change.
    pub(super) sign: f64,
    /// End of the periods that can be used: where it has been both above and below the baseline,
    /// no sign belongs to it any more.
    pub(super) end: usize,
}

impl TreatmentPaths {
    /// Checks the columns and sorts them.
    ///
    /// # Errors
    ///
    /// No rows, columns of different length, a value that is not finite, a unit twice in one
    /// period, a unit that misses a period, rows of one unit in two clusters.
    pub fn new(columns: PathColumns) -> Result<Self, Fault> {
        let panel = Panel::new(Columns {
            first_treated: vec![None; columns.unit.len()],
            unit: columns.unit,
            period: columns.period,
            outcome: columns.outcome,
            covariates: vec![("behandeling".to_owned(), columns.treatment)],
            cluster: columns.cluster,
            weight: Vec::new(),
        })?;
        panel.require_balanced()?;
        let periods = panel.periods.len();
        for (unit, clusters) in panel.cluster.chunks(periods).enumerate() {
            if clusters.iter().any(|it| *it != clusters[0]) {
                return Err(Fault::not_identified(format!(
                    "Eenheid ‘{}’ hoort bij meer dan één cluster; verwacht wordt één per eenheid.",
                    panel.units[unit]
                )));
            }
        }
        let groups = panel.covariates[0].1.chunks(periods).map(Group::of).collect();
        Ok(Self { panel, groups })
    }

    /// Names of the units.
    pub fn units(&self) -> &[String] {
        &self.panel.units
    }

    /// The periods, ascending.
    pub fn periods(&self) -> &[i64] {
        &self.panel.periods
    }

    /// Number of units whose treatment goes up first, and down first.
    pub fn switchers(&self) -> (usize, usize) {
        let with = |sign: f64| self.groups.iter().filter(|it| it.sign == sign).count();
        (with(1.0), with(-1.0))
    }

    pub(super) fn groups(&self) -> &[Group] {
        &self.groups
    }

    pub(super) fn outcome(&self, unit: usize, period: usize) -> f64 {
        self.panel.outcome[unit * self.panel.periods.len() + period]
    }

    pub(super) fn treatment(&self, unit: usize, period: usize) -> f64 {
        self.panel.covariates[0].1[unit * self.panel.periods.len() + period]
    }

    pub(super) fn cluster(&self, unit: usize) -> usize {
        self.panel.cluster[unit * self.panel.periods.len()] as usize
    }

    pub(super) fn clusters(&self) -> usize {
        self.panel.clusters.len()
    }
}

impl Group {
    fn of(path: &[f64]) -> Self {
        let baseline = path[0];
        let first = path.iter().position(|it| *it != baseline).unwrap_or(path.len());
        let after = path.get(first).copied().unwrap_or(baseline);
        let sign = if after > baseline {
            1.0
        } else if after < baseline {
            -1.0
        } else {
            0.0
        };
        let other_side = |it: &f64| (it - baseline) * sign < 0.0;
        let end = path.iter().position(other_side).unwrap_or(path.len());
        Self { baseline, first, after, sign, end }
    }
}
