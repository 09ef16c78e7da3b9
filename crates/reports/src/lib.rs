//! Documents as data, turned into HTML, PDF, CSV, XLSX and JSON as the last step.
//!
//! A [`Report`] says what there is to say; the modules [`html`], [`svg`], [`csv`], [`xlsx`], [`json`]
//! and [`text`] only decide how it looks. A [`brief::Brief`] is a letter to a client, as HTML and as a
//! tagged PDF from the same data. [`STIJL`] is the one stylesheet of pages and documents.

pub mod brief;
pub mod csv;
pub mod html;
pub mod json;
pub mod nl;
pub mod svg;
pub mod text;
pub mod xlsx;

mod bestandsnaam;
mod cijfers;
mod document;
mod maandrapport;
mod stijl;
mod toetsnota;
#[cfg(test)]
mod voorbeeld;

pub use bestandsnaam::bestandsnaam;
pub use cijfers::{cijfers_grafiek, cijfers_tabel};
pub use document::{Blok, Cel, Grafiek, Kolom, Lijn, Report, Streep, Tabel};
pub use maandrapport::maandrapport;
pub use stijl::STIJL;
pub use toetsnota::{toetsnota, toetsrapport};
