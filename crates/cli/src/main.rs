//! The binary `wijkpeil`: wiring, clock, configuration.

fn main() {}
