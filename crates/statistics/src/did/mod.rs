//! Difference-in-differences for staggered and switching treatment.

pub mod imputation;
mod imputation_variance;
pub mod pre_trend;
pub mod two_stage;
mod untreated;
