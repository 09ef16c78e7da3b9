//! How long something lasts: survival, competing ways out, and what they depend on.

pub mod aalen_johansen;
pub mod cox;
pub mod gray;
pub mod kaplan_meier;
pub mod log_rank;
pub mod observations;
mod partial_likelihood;
pub mod proportional_hazards;
mod risk;
