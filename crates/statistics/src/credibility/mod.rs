//! How much to believe an effect: pre-trends, sensitivity, power, many tests.

pub mod equivalence;
pub mod event_study;
pub mod honest_did;
pub mod leave_one_out;
pub mod multiple_testing;
pub mod placebo;
pub mod power;
pub mod power_simulation;
pub mod pretrend;
pub mod refit;
