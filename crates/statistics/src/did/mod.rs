//! Difference-in-differences for staggered and switching treatment.

pub mod effect;
pub mod etwfe;
pub mod etwfe_average;
pub mod etwfe_design;
pub mod etwfe_poisson;
pub mod imputation;
mod imputation_variance;
pub mod pre_trend;
pub mod two_stage;
mod untreated;
