//! Everything that touches HTTP: pages and downloads.
//!
//! [`router`] is built from one table of routes, each with the right it asks for ([`rechten`]).
//! Handlers translate a request, ask the rooms behind, and translate back.

mod account;
mod beheer;
mod beoordelingskader;
mod beveiliging;
mod bewaking;
mod brieven;
mod bron;
mod budget;
mod cta;
pub mod datum;
mod dossiers;
mod formulier;
mod fout;
mod functie;
mod gebruiker;
mod hervat;
mod indicatoren;
mod inrichten;
mod invoer;
mod iwmo;
mod kader;
mod limiet;
mod maandbeeld;
mod maandtabel;
mod meerdelig;
mod melding;
mod namen;
mod overzicht;
pub mod rechten;
mod register;
mod routes;
mod server;
mod sessie;
mod staat;
mod statisch;
mod tekst;
mod thema;
mod toets;
mod werkvoorraad;
mod zaak;

pub use routes::{Methode, Toegang, overzicht as routes};
pub use server::{router, serve};
pub use staat::{App, Config};
