//! Panel regression: fixed effects, sandwich variances, Poisson, bootstrap, randomisation.

mod cluster_moments;
pub mod covariance;
pub mod design;
pub mod fixed_effects;
mod jackknife;
mod layout;
pub mod ols;
pub mod poisson;
pub mod randomisation;
pub mod wild_bootstrap;
