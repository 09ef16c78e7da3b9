//! The rules of iWmo 3.2: a catalogue of all, and the checks of those that a message can break.

pub mod bericht;
pub(crate) mod bevinding;
mod buiten;
pub mod catalogus;

pub use bericht::binnen_bericht;
pub use bevinding::{Bevinding, Plek};
pub use buiten::{Omgeving, buiten};
pub use catalogus::{Bewaking, Controleregel, regel, regels};
