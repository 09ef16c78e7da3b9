//! Synthetic controls and interrupted time series against other sources.

#[path = "../common/mod.rs"]
mod common;
mod control;
mod degenerate;
mod own;
mod sdid;
mod simplex;
mod simulation;
mod toy;
