//! iWmo, release 3.2: the messages by which municipalities and providers of support work together.
//!
//! [`bericht`] has the fourteen messages as types, with reader and writer; what is wrong is listed
//! with line, element and [`code`]. [`vertaal()`] puts what a message says in our own words.
//! [`vertaal::Vertaling::stappen`] cuts that into steps, [`plan()`] tells what one step asks of the
//! register and the dossiers as they are, and [`verwerk()`] goes through all steps of all messages on
//! a state in memory.

pub mod beoordeling;
pub mod bericht;
pub mod code;
pub mod codelijst;
pub mod controle;
pub mod keten;
pub mod leesbaar;
pub mod opstellen;
pub mod plan;
mod plan_declaratie;
mod plan_levering;
mod plan_toewijzing;
pub mod regel;
pub mod retour;
pub mod stap;
pub mod verkeer;
pub mod vertaal;
pub mod verwerk;
mod xml;

pub use beoordeling::{Beoordeling, Weigering, beoordeel};
pub use bericht::{Bericht, Berichtsoort};
pub use plan::{Plan, plan};
pub use stap::{Stap, Wat};
pub use vertaal::{Inhoud, Vertaling, read, vertaal};
pub use verwerk::{Gevonden, Verwerkt, samen, sort, verwerk};
pub use xml::MAX_BYTES;

/// How many problems of one file are listed; with more, nothing of it goes in.
pub const MAX_PROBLEMS: usize = 5_000;
