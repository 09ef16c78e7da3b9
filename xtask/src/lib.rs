//! Chores in Rust: tidy, test set-up, the test command, benchmarks.

pub mod bench;
pub mod check;
pub mod clock;
pub mod programs;
pub mod setup;
pub mod tidy;
