//! Charts and forecasts against other implementations, published tables and brute force.

#[path = "../common/mod.rs"]
mod common;

mod charts;
mod charts_degenerate;
mod forecasts;
mod forecasts_degenerate;
mod run_lengths;
