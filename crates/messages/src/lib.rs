//! Outside formats to and from our own words: bytes in, meaning and a list of problems out.
//!
//! Nothing here touches a disk, a clock or the log. A reader takes the bytes of a file and gives
//! what it understood with a list of [`Problem`]s that name the file, the line and what was
//! expected. What must be asked of the register or of a dossier comes as [`Inkomend`]: a command
//! with the day it happened, who did it and where it was read. The caller knows which client
//! belongs to a BSN and lets [`domain::decide`] answer.

pub mod archief;
pub mod cbs;
pub mod inkomend;
pub mod iwmo;
pub mod kader;
pub mod kenmerk;
pub mod problem;
pub mod uitwisseling;

pub use inkomend::{Bron, Inkomend, Inkomende, Intake, Wie};
pub use kenmerk::kenmerk;
pub use problem::{Ernst, Problem, refusal_problem};

/// The examples of the README, so that they stay right.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
