//! A test of differing trends before treatment, on untreated rows alone.
//!
//! Borusyak, Jaravel & Spiess (2024), section 4.4: regress the untreated outcome on leads of the
//! treatment next to the unit and period effects, and test the leads together.

use faer::Mat;

use crate::did::untreated::{Role, Untreated};
use crate::distribution::f_p;
use crate::fault::Fault;
use crate::linear;
use crate::panel::Panel;

/// Which periods before treatment are compared with the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Leads {
    /// Every lead but the last; what the data cannot tell apart is left out from the end. Without
    /// never treated units the first lead is left out too, since a common line is not identified.
    #[default]
    All,
    /// The last so many leads; all earlier periods together are what they are compared with.
    Last(u32),
}

/// The difference from the reference periods at one lead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lead {
    /// Periods since the first treated one, below zero.
    pub horizon: i64,
    /// The difference.
    pub estimate: f64,
    /// Clustered standard error with `G/(G-1) (N-1)/(N-K)`.
    pub standard_error: f64,
    /// Standard error as if rows were independent and equally spread: what R's `didimputation`
    /// prints. Too small for panel data; only there to compare with.
    pub homoskedastic_standard_error: f64,
}

/// The leads and their joint test.
#[derive(Debug, Clone, PartialEq)]
pub struct PreTrend {
    /// The leads that could be estimated, earliest first.
    pub leads: Vec<Lead>,
    /// Clustered covariance of the leads, row by row.
    pub covariance: Vec<Vec<f64>>,
    /// Leads that the data cannot tell apart from the others.
    pub left_out: Vec<i64>,
    /// Joint Wald statistic divided by the number of leads.
    pub statistic: f64,
    /// Its p-value under F with (leads, clusters - 1) degrees of freedom.
    pub p_value: f64,
    /// Number of untreated rows.
    pub rows: usize,
    /// Number of clusters.
    pub clusters: usize,
}

impl PreTrend {
    /// The test in a Dutch sentence.
    pub fn summary(&self) -> String {
        format!(
            "Vóór de behandeling: {} afwijkingen samen getoetst op {} onbehandelde waarnemingen, \
             p = {:.3}. Een hoge p bewijst niet dat de trends gelijk liepen.",
            self.leads.len(),
            self.rows,
            self.p_value
        )
    }
}

/// Tests the leads given which rows are `treated`, next to covariate `columns`.
///
/// # Errors
///
/// No period before treatment that can be compared, or fewer than two clusters.
pub(super) fn test(
    panel: &Panel,
    treated: &[bool],
    mut columns: Vec<Vec<f64>>,
    which: Leads,
) -> Result<PreTrend, Fault> {
    let horizons = horizons(panel, treated, which)?;
    let first_lead = columns.len();
    columns.extend(horizons.iter().map(|wanted| lead_column(panel, *wanted)));
    let fit = Untreated::fit(panel, treated, columns)?;
    let kept: Vec<usize> =
        (0..horizons.len()).filter(|it| fit.estimated(first_lead + it)).collect();
    if kept.is_empty() {
        return Err(Fault::not_identified(
            "Er zijn te weinig perioden vóór de behandeling om de trends te vergelijken.",
        ));
    }
    let Covariances { clustered, homoskedastic, clusters } = covariances(&fit, first_lead)?;
    let estimates: Vec<f64> = kept.iter().map(|it| fit.coefficient(first_lead + it)).collect();
    let (statistic, terms) = wald(&estimates, &clustered);
    let finite = |it: &f64| it.is_finite();
    if !(estimates.iter().chain(&homoskedastic).all(finite)
        && clustered.iter().flatten().all(finite)
        && statistic.is_finite())
    {
        return Err(Fault::not_identified(
            "De uitkomsten zijn te groot om de trends vóór de behandeling van te vergelijken.",
        ));
    }
    let left = (0..horizons.len()).filter(|it| !kept.contains(it)).map(|it| horizons[it]);
    Ok(PreTrend {
        left_out: left.collect(),
        leads: (0..kept.len())
            .map(|it| Lead {
                horizon: horizons[kept[it]],
                estimate: estimates[it],
                standard_error: clustered[it][it].sqrt(),
                homoskedastic_standard_error: homoskedastic[it].sqrt(),
            })
            .collect(),
        p_value: f_p(statistic, terms as f64, clusters as f64 - 1.0),
        covariance: clustered,
        statistic,
        rows: fit.fit_rows(),
        clusters,
    })
}

fn horizons(panel: &Panel, treated: &[bool], which: Leads) -> Result<Vec<i64>, Fault> {
    let rows = (0..panel.rows()).filter(|row| !treated[*row]);
    let mut never = false;
    let mut all: Vec<i64> = Vec::new();
    for row in rows {
        match horizon(panel, row) {
            Some(horizon) => all.push(horizon),
            None => never = true,
        }
    }
    all.sort_unstable();
    all.dedup();
    let from = match which {
        Leads::All => usize::from(!never).min(all.len()),
        Leads::Last(leads) => all.len().saturating_sub(leads as usize),
    };
    let upto = if which == Leads::All { all.len().saturating_sub(1) } else { all.len() };
    if from >= upto {
        return Err(Fault::not_identified(
            "Er zijn te weinig perioden vóór de behandeling om de trends te vergelijken.",
        ));
    }
    Ok(all[from..upto].to_vec())
}

fn horizon(panel: &Panel, row: usize) -> Option<i64> {
    let first = panel.cohort[panel.unit[row] as usize]?;
    Some(panel.periods[panel.period[row] as usize].saturating_sub(first))
}

fn lead_column(panel: &Panel, wanted: i64) -> Vec<f64> {
    let own = |row| f64::from(u8::from(horizon(panel, row) == Some(wanted)));
    (0..panel.rows()).map(own).collect()
}

/// Clustered covariance and homoskedastic variances of the estimated columns from `first` on, and
/// the number of clusters.
fn covariances(fit: &Untreated<'_>, first: usize) -> Result<Covariances, Fault> {
    let panel = fit.panel;
    let mut inverse = fit.covariate_inverse()?;
    inverse.retain(|(column, _)| *column >= first);
    let rows: Vec<usize> = (0..panel.rows()).filter(|row| fit.roles[*row] == Role::Fit).collect();
    let mut scores = vec![vec![0.0; panel.clusters.len()]; inverse.len()];
    let mut used = vec![false; panel.clusters.len()];
    let mut squares = 0.0;
    for &row in &rows {
        let (cluster, e) = (panel.cluster[row] as usize, fit.weight[row] * fit.residual[row]);
        used[cluster] = true;
        squares += e * fit.residual[row];
        for (score, (_, line)) in scores.iter_mut().zip(&inverse) {
            score[cluster] += e * fit.along(row, line);
        }
    }
    let clusters = used.iter().filter(|it| **it).count();
    let (n, k) = (rows.len() as f64, fit.parameters() as f64);
    if clusters < 2 || n <= k {
        return Err(Fault::not_identified(
            "Er zijn te weinig onbehandelde waarnemingen of clusters om de trends te vergelijken.",
        ));
    }
    let g = clusters as f64;
    // As fixest counts: effects within clusters leave one parameter, the constant.
    let free = k - (fit.effects_within_clusters() as f64 - 1.0).max(0.0);
    let factor = g / (g - 1.0) * (n - 1.0) / (n - free);
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let row = |a: &Vec<f64>| scores.iter().map(|b| factor * product(a, b)).collect();
    let periods = panel.periods.len();
    let own = |(column, line): &(usize, Vec<f64>)| squares / (n - k) * line[periods + column];
    Ok(Covariances {
        clustered: scores.iter().map(row).collect(),
        homoskedastic: inverse.iter().map(own).collect(),
        clusters,
    })
}

struct Covariances {
    clustered: Vec<Vec<f64>>,
    homoskedastic: Vec<f64>,
    clusters: usize,
}

/// The joint statistic over its number of terms; terms without spread of their own are passed over.
pub(super) fn wald(estimates: &[f64], covariance: &[Vec<f64>]) -> (f64, usize) {
    let size = estimates.len();
    let all = Mat::from_fn(size, size, |a, b| covariance[a][b]);
    let kept = linear::independent_columns(all.as_ref(), 1e-9);
    let part = Mat::from_fn(kept.len(), kept.len(), |a, b| all[(kept[a], kept[b])]);
    let right = Mat::from_fn(kept.len(), 1, |row, _| estimates[kept[row]]);
    match linear::solve(part.as_ref(), right.as_ref()) {
        Ok(solved) if !kept.is_empty() => {
            let sum: f64 = (0..kept.len()).map(|it| right[(it, 0)] * solved[(it, 0)]).sum();
            (sum / kept.len() as f64, kept.len())
        }
        _ => (0.0, 0),
    }
}
