//! Sums of squares per cluster, from which jackknife and bootstrap are computed without the rows.
//!
//! Effects nested in the cluster (the units) are taken out first, which leaving out a cluster does
//! not change for the others. The other effects (the periods) become columns of dummies.

use faer::Mat;
use rayon::prelude::*;

use super::covariance::{counts, nests};
use super::fixed_effects::Absorber;
use super::layout::levels;
use super::ols::Fit;
use crate::fault::Fault;
use crate::linear;

/// Most levels of effects that are not nested in the cluster.
const DUMMIES: usize = 500;

/// Sums of squares and products per cluster.
#[derive(Debug, Clone)]
pub(super) struct ClusterMoments {
    /// Rows of each cluster that occurs.
    pub(super) clusters: Vec<Vec<u32>>,
    /// Columns: dummies, regressors, residual of the fit; effects nested in the cluster taken out.
    pub(super) columns: Vec<Vec<f64>>,
    /// Number of dummies.
    pub(super) dummies: usize,
    weight: Option<Vec<f64>>,
    /// Sums of squares and products of all clusters.
    pub(super) total: Mat<f64>,
    coefficients: Vec<f64>,
}

impl ClusterMoments {
    pub(super) fn new(fit: &Fit<'_>) -> Result<Self, Fault> {
        let [codes] = fit.clusters()[..] else {
            return Err(Fault::argument("aantal clusterdimensies", "1", fit.clusters().len()));
        };
        counts(&[codes])?;
        let (nested, other): (Vec<&[u32]>, Vec<&[u32]>) =
            fit.design.effects.iter().map(|it| &**it).partition(|it| nests(it, codes));
        let dummies: usize = other.iter().map(|it| levels(it)).sum();
        if dummies > DUMMIES {
            return Err(Fault::not_identified(format!(
                "Jackknife en bootstrap per cluster kunnen ten hoogste {DUMMIES} niveaus aan van \
                 vaste effecten die niet binnen een cluster vallen; dit zijn er {dummies}."
            )));
        }
        let mut columns = dummy_columns(&other);
        columns.extend(fit.regressors.iter().cloned());
        columns.push(fit.residuals.clone());
        let weight = fit.design.weight.as_deref();
        if !nested.is_empty() {
            let absorber = Absorber::new(&nested, weight, fit.options.precision)?;
            columns.par_iter_mut().try_for_each(|it| absorber.demean(it))?;
        }
        let mut clusters = vec![Vec::new(); levels(codes)];
        for (row, code) in (0_u32..).zip(codes) {
            clusters[*code as usize].push(row);
        }
        clusters.retain(|rows| !rows.is_empty());
        let mut moments = Self {
            total: Mat::new(),
            weight: weight.map(<[f64]>::to_vec),
            coefficients: fit.coefficients.clone(),
            clusters,
            columns,
            dummies,
        };
        let size = moments.columns.len();
        let mut total = Mat::zeros(size, size);
        for cluster in 0..moments.clusters.len() {
            total += moments.of(cluster);
        }
        moments.total = total;
        Ok(moments)
    }

    /// Sums of squares and products of one cluster.
    pub(super) fn of(&self, cluster: usize) -> Mat<f64> {
        let size = self.columns.len();
        let mut own = Mat::zeros(size, size);
        let mut values = vec![0.0; size];
        for row in &self.clusters[cluster] {
            let row = *row as usize;
            let weight = self.weight.as_ref().map_or(1.0, |it| it[row]);
            values.iter_mut().zip(&self.columns).for_each(|(it, column)| *it = column[row]);
            for one in 0..size {
                let value = weight * values[one];
                if value != 0.0 {
                    for two in 0..size {
                        own[(one, two)] += value * values[two];
                    }
                }
            }
        }
        own
    }

    /// The coefficients of the regressors without one cluster.
    pub(super) fn without(&self, cluster: usize) -> Result<Vec<f64>, Fault> {
        let rest = &self.total - self.of(cluster);
        let last = self.columns.len() - 1;
        let gram = rest.submatrix(0, 0, last, last);
        let size = last - self.dummies;
        // A regressor that only this cluster carried leaves a rest of rounding.
        let scaled = (self.dummies..last).any(|at| rest[(at, at)] <= 1e-12 * self.total[(at, at)]);
        let kept = linear::independent_columns(gram, 1e-10);
        if scaled || kept.iter().filter(|it| **it >= self.dummies).count() < size {
            return Err(Fault::not_identified(
                "Zonder één van de clusters is een coëfficiënt niet te schatten, dus de jackknife \
                 (CRV3) kan niet. Zo hangt de schatting aan één cluster.",
            ));
        }
        let part = Mat::from_fn(kept.len(), kept.len(), |row, at| rest[(kept[row], kept[at])]);
        let right = Mat::from_fn(kept.len(), 1, |row, _| rest[(kept[row], last)]);
        let change = linear::solve(part.as_ref(), right.as_ref())?;
        let first = kept.len() - size;
        let all = self.coefficients.iter().enumerate();
        Ok(all.map(|(at, coefficient)| coefficient + change[(first + at, 0)]).collect())
    }
}

/// One column of 0 and 1 per level that occurs.
fn dummy_columns(effects: &[&[u32]]) -> Vec<Vec<f64>> {
    let mut columns = Vec::new();
    for codes in effects {
        for level in 0..u32::try_from(levels(codes)).unwrap_or(u32::MAX) {
            let column: Vec<f64> =
                codes.iter().map(|code| f64::from(u8::from(*code == level))).collect();
            columns.push(column);
        }
    }
    columns
}
