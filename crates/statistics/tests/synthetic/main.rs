//! Synthetic controls and interrupted time series against other sources.

#[path = "../common/mod.rs"]
mod common;
mod control;
mod sdid;
mod simplex;
mod toy;
