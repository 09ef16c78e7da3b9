//! Without covariates every estimator is a difference of means, whose influence is linear in the
//! unit's own outcomes.

use super::design::{Cell, Design, Group};
use super::influence::{Clusters, Influence, Loading};
use super::{Estimates, GroupTotals};
use crate::did::bands::Rows;
use crate::panel::Panel;

/// Mean outcome per period and total weight of a group.
struct Means {
    by_period: Vec<f64>,
    weight: f64,
}

/// The group-time effects of a panel in which every unit of the design has every period.
pub(super) fn estimate(
    panel: &Panel,
    design: &Design,
    starts: &[usize],
    clusters: Option<&Clusters>,
) -> Estimates {
    let periods = design.periods.len();
    let mut means = Vec::with_capacity(design.groups.len());
    let mut rows = Vec::with_capacity(design.groups.len());
    for group in &design.groups {
        let own = group_means(panel, group, starts, periods);
        rows.push(centred(panel, group, starts, &own));
        means.push(own);
    }
    let width = periods + 1;
    let effects = design.cells.iter().map(|cell| effect(cell, &means, width)).collect();
    let share = (0..means.len()).map(|group| group * width + periods).collect();
    let blocks = match clusters {
        None => rows.into_iter().enumerate().map(|(at, it)| (at * width, it)).collect(),
        Some(clusters) => vec![(0, by_cluster(design, starts, clusters, &rows))],
    };
    Estimates {
        effects,
        influence: Influence::new(blocks, share),
        totals: GroupTotals(means.iter().map(|it| it.weight).collect()),
        warnings: Vec::new(),
    }
}

fn weight(panel: &Panel, row: usize) -> f64 {
    panel.weight.get(row).copied().unwrap_or(1.0)
}

fn group_means(panel: &Panel, group: &Group, starts: &[usize], periods: usize) -> Means {
    let (mut by_period, mut total) = (vec![0.0; periods], 0.0);
    for unit in &group.units {
        let start = starts[*unit];
        let weight = weight(panel, start);
        total += weight;
        for (sum, value) in by_period.iter_mut().zip(&panel.outcome[start..start + periods]) {
            *sum += weight * value;
        }
    }
    by_period.iter_mut().for_each(|it| *it /= total);
    Means { by_period, weight: total }
}

/// Per unit its weighted outcomes less the group's mean, and its weight.
fn centred(panel: &Panel, group: &Group, starts: &[usize], means: &Means) -> Rows {
    let periods = means.by_period.len();
    let mut values = Vec::with_capacity(group.units.len() * (periods + 1));
    for unit in &group.units {
        let start = starts[*unit];
        let weight = weight(panel, start);
        let outcomes = panel.outcome[start..start + periods].iter().zip(&means.by_period);
        values.extend(outcomes.map(|(value, mean)| weight * (value - mean)));
        values.push(weight);
    }
    Rows { width: periods + 1, values }
}

fn by_cluster(design: &Design, starts: &[usize], clusters: &Clusters, rows: &[Rows]) -> Rows {
    let width: usize = rows.iter().map(|it| it.width).sum();
    let mut values = vec![0.0; clusters.count * width];
    for (at, (group, rows)) in design.groups.iter().zip(rows).enumerate() {
        for (unit, row) in group.units.iter().zip(rows.values.chunks_exact(rows.width)) {
            let cluster = clusters.of_row[starts[*unit]] as usize;
            let to = &mut values[cluster * width + at * rows.width..][..rows.width];
            to.iter_mut().zip(row).for_each(|(to, value)| *to += value);
        }
    }
    Rows { width, values }
}

/// ATT(g,t): change of the group less change of its controls.
fn effect(cell: &Cell, means: &[Means], width: usize) -> (f64, Loading) {
    if cell.reference() {
        return (0.0, Loading::new());
    }
    let change =
        |group: usize| means[group].by_period[cell.period] - means[group].by_period[cell.base];
    let total: f64 = cell.controls.iter().map(|it| means[*it].weight).sum();
    let of_controls: f64 =
        cell.controls.iter().map(|it| means[*it].weight / total * change(*it)).sum();
    let own = cell.group * width;
    let mut loading = vec![
        (own + cell.period, 1.0 / means[cell.group].weight),
        (own + cell.base, -1.0 / means[cell.group].weight),
    ];
    for control in &cell.controls {
        let start = control * width;
        loading.push((start + cell.period, -1.0 / total));
        loading.push((start + cell.base, 1.0 / total));
        loading.push((start + width - 1, (of_controls - change(*control)) / total));
    }
    (change(cell.group) - of_controls, loading)
}
