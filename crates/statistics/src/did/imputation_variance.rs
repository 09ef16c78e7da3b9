//! The conservative variance of an imputation estimator: what each cluster adds to each target.
//!
//! Borusyak, Jaravel & Spiess (2024), Theorem 3: residuals on fit rows; on imputed rows the
//! deviation of the effect from an average over the cohort and period.

use rayon::prelude::*;

use crate::did::untreated::{Role, Untreated};
use crate::fault::Fault;

/// From which average the effect of an imputed row is counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Centre {
    /// The average of the row's cohort and period (Theorem 3).
    Cell {
        /// Whether a cluster is left out of the average that it is compared with.
        leave_one_out: bool,
    },
    /// The estimate itself: the second stage of Gardner (2022).
    Estimate,
}

/// An estimate and what each cluster adds to it: the variance is the sum of squares.
#[derive(Debug, Clone)]
pub(super) struct Influence {
    pub(super) estimate: f64,
    /// By position of the cluster.
    pub(super) by_cluster: Vec<f64>,
}

impl Influence {
    pub(super) fn standard_error(&self) -> f64 {
        self.by_cluster.iter().map(|it| it * it).sum::<f64>().sqrt()
    }

    pub(super) fn covariance(&self, other: &Self) -> f64 {
        self.by_cluster.iter().zip(&other.by_cluster).map(|(a, b)| a * b).sum()
    }
}

/// The estimate and influence of each target: a function that tells which imputed rows count.
pub(super) fn influences(
    fit: &Untreated<'_>,
    targets: &[Box<dyn Fn(usize) -> bool + Sync + '_>],
    centre: Centre,
) -> Result<Vec<Influence>, Fault> {
    let cells = Cells::of(fit);
    targets.par_iter().map(|counts| influence(fit, &cells, counts, centre)).collect()
}

fn influence(
    fit: &Untreated<'_>,
    cells: &Cells,
    counts: &(dyn Fn(usize) -> bool + Sync + '_),
    centre: Centre,
) -> Result<Influence, Fault> {
    let mut treated = vec![0.0; fit.panel.rows()];
    for &row in &cells.order {
        if counts(row) {
            treated[row] = fit.weight[row];
        }
    }
    let total: f64 = treated.iter().sum();
    treated.iter_mut().for_each(|it| *it /= total);
    let estimate = cells.order.iter().map(|row| treated[*row] * fit.residual[*row]).sum();

    let v = fit.weights(&treated)?;
    let mut by_cluster = vec![0.0; fit.panel.clusters.len()];
    for row in (0..v.len()).filter(|row| fit.roles[*row] == Role::Fit) {
        by_cluster[fit.panel.cluster[row] as usize] += v[row] * fit.residual[row];
    }
    match centre {
        Centre::Estimate => {
            for &row in &cells.order {
                by_cluster[fit.panel.cluster[row] as usize] +=
                    v[row] * (fit.residual[row] - estimate);
            }
        }
        Centre::Cell { leave_one_out } => {
            cells.add_deviations(fit, &v, leave_one_out, &mut by_cluster)?;
        }
    }
    Ok(Influence { estimate, by_cluster })
}

/// The imputed rows, by cohort and period and within those by cluster.
struct Cells {
    order: Vec<usize>,
    /// Where in `order` each cell starts, and its end.
    bounds: Vec<usize>,
}

impl Cells {
    fn of(fit: &Untreated<'_>) -> Self {
        let panel = fit.panel;
        let cell = |row: usize| (panel.cohort[panel.unit[row] as usize], panel.period[row]);
        let mut order: Vec<usize> =
            (0..panel.rows()).filter(|row| fit.roles[*row] == Role::Imputed).collect();
        order.sort_by_key(|row| (cell(*row), panel.cluster[*row]));
        let mut bounds: Vec<usize> = (0..order.len())
            .filter(|it| *it == 0 || cell(order[*it]) != cell(order[it - 1]))
            .collect();
        bounds.push(order.len());
        Self { order, bounds }
    }

    fn add_deviations(
        &self,
        fit: &Untreated<'_>,
        v: &[f64],
        leave_one_out: bool,
        by_cluster: &mut [f64],
    ) -> Result<(), Fault> {
        let mut sums: Vec<(usize, f64, f64)> = Vec::new();
        for bounds in self.bounds.windows(2) {
            sums.clear();
            for &row in &self.order[bounds[0]..bounds[1]] {
                let (cluster, effect) =
                    (fit.panel.cluster[row] as usize, v[row] * fit.residual[row]);
                match sums.last_mut() {
                    Some(last) if last.0 == cluster => {
                        last.1 += v[row];
                        last.2 += effect;
                    }
                    _ => sums.push((cluster, v[row], effect)),
                }
            }
            let squares: f64 = sums.iter().map(|it| it.1 * it.1).sum();
            if squares == 0.0 {
                continue;
            }
            let products: f64 = sums.iter().map(|it| it.1 * it.2).sum();
            for (cluster, weight, effect) in &sums {
                let own =
                    if leave_one_out { (weight * weight, weight * effect) } else { (0.0, 0.0) };
                if squares - own.0 <= f64::EPSILON * squares {
                    return Err(alone(fit, self.order[bounds[0]]));
                }
                let average = (products - own.1) / (squares - own.0);
                by_cluster[*cluster] += effect - weight * average;
            }
        }
        Ok(())
    }
}

fn alone(fit: &Untreated<'_>, row: usize) -> Fault {
    let cohort = fit.panel.cohort[fit.panel.unit[row] as usize].unwrap_or_default();
    let period = fit.panel.periods[fit.panel.period[row] as usize];
    Fault::not_identified(format!(
        "Van de groep die in {cohort} begon is in periode {period} maar één cluster over. Een \
         spreiding waarbij elk cluster met de andere wordt vergeleken, vraagt er minstens twee."
    ))
}
