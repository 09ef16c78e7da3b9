//! What an effect is worth: against other implementations and by simulation.

mod checks;
#[path = "../common/mod.rs"]
mod common;
mod degenerate;
mod honest;
