//! Difference-in-differences against other implementations.

mod chaisemartin_dhaultfoeuille;
#[path = "../common/mod.rs"]
mod common;
mod etwfe;
mod imputation;
mod toy;
mod two_stage;
