//! Survival, competing risks and Cox against other implementations.

#[path = "../common/mod.rs"]
mod common;
mod degenerate;
mod references;
mod simulation;
mod toy;
