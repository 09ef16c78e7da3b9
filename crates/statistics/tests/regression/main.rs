//! Panel regression against other implementations and against brute force.

#[path = "../common/mod.rs"]
mod common;
mod degenerate;
mod inference;
mod size;
mod two_way;
mod variance;
