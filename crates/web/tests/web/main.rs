//! The pages as a browser meets them: the router over a real store with a small municipality.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails where the test would")]

mod beoordelingskader;
mod bestanden;
mod brieven;
mod concepten;
mod cta;
mod formulieren;
mod functie;
mod herinneringen;
mod inloggen;
mod inrichten;
mod inzage;
mod iwmo;
mod klein;
mod naalden;
mod paginas;
mod proef;
mod rechten;
mod rommel;
mod stappen;
mod toegang;
mod verkeer;
mod voorzieningen;
mod werkvoorraad;
