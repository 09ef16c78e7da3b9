//! Difference-in-differences for staggered and switching treatment.

pub mod bacon;
pub mod bands;
pub mod callaway_santanna;
pub mod chaisemartin_dhaultfoeuille;
pub mod compare;
pub mod doubly_robust;
pub mod doubly_robust_cross_section;
pub mod effect;
pub mod etwfe;
pub mod etwfe_average;
pub mod etwfe_design;
pub mod etwfe_poisson;
pub mod event_study;
pub mod imputation;
mod imputation_variance;
pub mod pre_trend;
mod propensity;
pub mod sun_abraham;
mod switch_contrast;
pub mod treatment_path;
pub mod twfe;
pub mod twfe_weights;
pub mod two_by_two;
pub mod two_stage;
mod untreated;
