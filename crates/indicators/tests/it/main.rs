//! The indicators through their public face, on small municipalities and on public data.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod cijfers;
mod controles;
mod gemeente;
mod identiteit;
mod kern;
mod overleg;
mod simulatie;
