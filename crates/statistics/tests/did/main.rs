//! Difference-in-differences against other implementations.

#[path = "../common/mod.rs"]
mod common;
mod etwfe;
mod imputation;
mod toy;
mod two_stage;
