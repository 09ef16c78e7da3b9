//! Messages under way: what may leave, in which envelope, and what came in. Pure; folders and
//! storage are for the caller.
//!
//! iWmo travels as base64 in a StUF envelope by way of the municipal exchange to the provider and
//! back. Each hop can refuse before the other side sees anything, so "sent" is not "received".

pub mod base64;
mod envelop;
mod ontvangst;
mod verzending;
mod zending;

pub use envelop::{Envelop, Foutbericht, Partij, Soort};
pub use ontvangst::{Ontvangst, ontvangst};
pub use verzending::{bsns, envelop, is_bedreigd, keur};
pub use zending::{Gebeurtenis, Status, Zending, vingerafdruk};
