//! The rules of iWmo 3.2: a catalogue of all, and the checks of those that a message can break.

pub mod catalogus;

pub use catalogus::{Bewaking, Controleregel, regel, regels};
