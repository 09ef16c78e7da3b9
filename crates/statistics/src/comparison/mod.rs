//! Fair comparison of teams, providers and persons: intervals, expected numbers, funnels,
//! shrinkage, growth, agreement and decomposition.

pub mod contrast;
pub mod counts;
pub mod funnel;
pub mod generalised_mixed;
pub mod glm;
pub mod growth;
pub mod growth_outlier;
pub mod heterogeneity;
pub mod kappa;
pub mod kitagawa;
pub mod linear_mixed;
pub mod marshall;
pub mod poisson_gamma;
pub mod price_volume_mix;
pub mod proportion;
pub mod rate;
pub mod shift_share;
pub mod standardisation;
pub mod two_proportions;
pub mod two_rates;

mod codes;
mod hermite;
mod maximum;
mod shape;

pub(crate) mod root;
pub(crate) mod words;
