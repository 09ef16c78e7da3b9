//! Everything that touches a disk: the log, persons, texts, accounts and the access log.
//!
//! [`Store`] is one place, on SQLite or PostgreSQL, opened with a [`MasterKey`]. [`Live`] keeps the
//! folded log in memory and is where commands are carried out. The log is only appended to; names,
//! texts and raw messages lie beside it, encrypted, and can be erased. [`stored`] owns the form in
//! which events are written and reads every form ever written.

mod access;
mod account;
mod backup;
mod cache;
mod carry;
mod chain;
mod crypt;
mod database;
mod erase;
mod error;
mod key;
mod live;
mod log;
mod message;
mod meta;
mod person;
mod person_shape;
mod place;
mod portable;
mod restore;
mod schema;
mod sending;
mod session;
mod setup;
mod staff;
pub mod stored;
pub mod testing;
mod text;
mod token;
mod verify;
mod world;

pub use access::AccessEntry;
pub use account::Account;
pub use chain::Head;
pub use error::{AppendError, ExecuteError, SeenError, StoreError, VerifyError};
pub use key::MasterKey;
pub use live::Live;
pub use message::{Kept, Message, MessageCount};
pub use person::Person;
pub use place::{Place, Store};
pub use sending::Sending;
pub use session::Session;
pub use text::Text;
pub use verify::Verified;
pub use world::World;

/// Told how far a long task is: done and total, in the same unit.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Sync);
