//! CRV3: the covariance by leaving out each cluster in turn.
//!
//! MacKinnon, Nielsen and Webb (2023), "Fast and reliable jackknife and bootstrap methods for
//! cluster-robust inference", Journal of Applied Econometrics, doi 10.1002/jae.2969: the sum over
//! clusters of the squared distance of the coefficients without that cluster to those with all.
//! The factor is that of CRV1, `(G/(G-1))((N-1)/(N-K))`, as in pyfixest; the paper has `(G-1)/G`,
//! a little smaller.

use faer::Mat;

use super::cluster_moments::ClusterMoments;
use super::covariance::{Covariance, Variance};
use super::ols::Fit;
use crate::fault::Fault;

/// The jackknife covariance of `fit`, over its only cluster dimension.
pub(super) fn crv3(fit: &Fit<'_>) -> Result<Covariance, Fault> {
    let moments = ClusterMoments::new(fit)?;
    let clusters = moments.clusters.len() as f64;
    let matrix = squares(&moments, &fit.coefficients)?;
    let factor =
        clusters / (clusters - 1.0) * (fit.n() as f64 - 1.0) / fit.free(&fit.clusters())?;
    Ok(Covariance {
        variance: Variance::Jackknife,
        matrix: faer::Scale(factor) * matrix,
        df: clusters - 1.0,
        clusters: vec![moments.clusters.len()],
    })
}

/// Sum over clusters of the squared change of the coefficients without that cluster.
pub(super) fn squares(moments: &ClusterMoments, coefficients: &[f64]) -> Result<Mat<f64>, Fault> {
    let size = coefficients.len();
    let mut squares: Mat<f64> = Mat::zeros(size, size);
    for cluster in 0..moments.clusters.len() {
        let without = moments.without(cluster)?;
        let change: Vec<f64> =
            without.iter().zip(coefficients).map(|(own, all)| own - all).collect();
        for one in 0..size {
            for two in 0..size {
                squares[(one, two)] += change[one] * change[two];
            }
        }
    }
    Ok(squares)
}
