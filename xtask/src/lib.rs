//! Chores in Rust: tidy, test set-up, the test command, benchmarks.
