//! Averages of group-time effects (table 1 of the paper) as linear maps of the influence.

use std::collections::BTreeMap;

use super::Estimates;
use super::design::Design;
use super::influence::Loading;
use crate::fault::Fault;

/// An average with its loading.
#[derive(Debug, Clone)]
pub(super) struct Average {
    pub(super) estimate: f64,
    pub(super) loading: Loading,
}

/// All averages of one set of group-time effects.
#[derive(Debug, Clone)]
pub(super) struct Averages {
    pub(super) simple: Average,
    /// By event time, by cohort, by period.
    pub(super) tables: [Table; 3],
}

/// Parts and their overall average.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) overall: Average,
    pub(super) parts: Vec<(i64, Average)>,
}

impl Average {
    /// The averages over all cells of the design.
    ///
    /// # Errors
    ///
    /// No effect in a period after a start.
    pub(super) fn all(design: &Design, estimates: &Estimates) -> Result<Averages, Fault> {
        let cells = Cells::new(design);
        let post: Vec<usize> = (0..cells.cohort.len()).filter(|it| cells.event(*it) >= 0).collect();
        if post.is_empty() {
            return Err(Fault::not_identified(
                "Er is geen enkel effect te schatten in een periode na de start.",
            ));
        }
        let group = |cell: usize| design.cells[cell].group;
        let by_units = |cells: &[usize]| weighted(estimates, cells, group);
        Ok(Averages {
            simple: by_units(&post),
            tables: [
                cells.dynamic(&by_units),
                cells.by_group(design, estimates, &post),
                cells.calendar(&post, &by_units),
            ],
        })
    }
}

/// Cohort and period of each cell.
struct Cells {
    cohort: Vec<i64>,
    period: Vec<i64>,
}

impl Cells {
    fn new(design: &Design) -> Self {
        let cells = &design.cells;
        Self {
            cohort: cells
                .iter()
                .map(|it| design.groups[it.group].first.unwrap_or_default())
                .collect(),
            period: cells.iter().map(|it| design.periods[it.period]).collect(),
        }
    }

    fn event(&self, cell: usize) -> i64 {
        self.period[cell].saturating_sub(self.cohort[cell])
    }

    fn dynamic(&self, average: &dyn Fn(&[usize]) -> Average) -> Table {
        let parts = by(0..self.cohort.len(), |cell| self.event(cell));
        let parts: Vec<_> = parts.into_iter().map(|(at, cells)| (at, average(&cells))).collect();
        let post: Vec<&Average> =
            parts.iter().filter(|(at, _)| *at >= 0).map(|(_, it)| it).collect();
        Table { overall: unweighted(&post), parts }
    }

    fn calendar(&self, post: &[usize], average: &dyn Fn(&[usize]) -> Average) -> Table {
        let parts = by(post.iter().copied(), |cell| self.period[cell]);
        let parts: Vec<_> = parts.into_iter().map(|(at, cells)| (at, average(&cells))).collect();
        let all: Vec<&Average> = parts.iter().map(|(_, it)| it).collect();
        Table { overall: unweighted(&all), parts }
    }

    /// Within a cohort every period counts the same; over cohorts the number of units does.
    fn by_group(&self, design: &Design, estimates: &Estimates, post: &[usize]) -> Table {
        let own = |cell: &usize| {
            let (estimate, loading) = &estimates.effects[*cell];
            Average { estimate: *estimate, loading: loading.clone() }
        };
        let mut groups = Vec::new();
        let mut parts = Vec::new();
        for (cohort, cells) in by(post.iter().copied(), |cell| self.cohort[cell]) {
            let averages: Vec<Average> = cells.iter().map(own).collect();
            groups.push(design.cells[cells[0]].group);
            parts.push((cohort, unweighted(&averages.iter().collect::<Vec<_>>())));
        }
        let averages: Vec<&Average> = parts.iter().map(|(_, it)| it).collect();
        Table { overall: by_share(estimates, &averages, &groups), parts }
    }
}

fn by(cells: impl Iterator<Item = usize>, key: impl Fn(usize) -> i64) -> BTreeMap<i64, Vec<usize>> {
    let mut parts: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    cells.for_each(|cell| parts.entry(key(cell)).or_default().push(cell));
    parts
}

/// Average of cells by the number of units of their groups.
fn weighted(estimates: &Estimates, cells: &[usize], group: impl Fn(usize) -> usize) -> Average {
    let own = |cell: &usize| {
        let (estimate, loading) = &estimates.effects[*cell];
        Average { estimate: *estimate, loading: loading.clone() }
    };
    let averages: Vec<Average> = cells.iter().map(own).collect();
    let groups: Vec<usize> = cells.iter().map(|cell| group(*cell)).collect();
    by_share(estimates, &averages.iter().collect::<Vec<_>>(), &groups)
}

/// Average by the share of each part's group, which is estimated: a unit of group `g` moves the
/// average by `(part - average) / total weight` for each part of its group.
fn by_share(estimates: &Estimates, parts: &[&Average], groups: &[usize]) -> Average {
    let weight = |group: &usize| estimates.totals.0[*group];
    let total: f64 = groups.iter().map(weight).sum();
    let estimate =
        parts.iter().zip(groups).map(|(it, group)| weight(group) / total * it.estimate).sum();
    let mut sum = BTreeMap::new();
    for (part, group) in parts.iter().zip(groups) {
        for (at, factor) in &part.loading {
            *sum.entry(*at).or_insert(0.0) += weight(group) / total * factor;
        }
        let share = estimates.influence.share[*group];
        *sum.entry(share).or_insert(0.0) += (part.estimate - estimate) / total;
    }
    Average { estimate, loading: sum.into_iter().collect() }
}

fn unweighted(parts: &[&Average]) -> Average {
    let count = parts.len() as f64;
    let mut sum = BTreeMap::new();
    for (at, factor) in parts.iter().flat_map(|it| &it.loading) {
        *sum.entry(*at).or_insert(0.0) += factor / count;
    }
    let estimate = parts.iter().map(|it| it.estimate).sum::<f64>() / count;
    Average { estimate, loading: sum.into_iter().collect() }
}
