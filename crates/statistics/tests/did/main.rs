//! Difference-in-differences against other implementations.

mod callaway_santanna;
mod chaisemartin_dhaultfoeuille;
#[path = "../common/mod.rs"]
mod common;
mod degenerate;
mod etwfe;
mod imputation;
mod simulation;
mod simulation_callaway_santanna;
mod staggered;
mod toy;
mod two_stage;
