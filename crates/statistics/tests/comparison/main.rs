//! Comparison against other implementations, published tables and brute force.

#[path = "../common/mod.rs"]
mod common;

mod acceptance;
mod agreement;
mod decomposition;
mod degenerate;
mod funnel;
mod growth;
mod intervals;
mod mixed;
mod shrinkage;
mod simulation;
mod standardisation;
