//! The pages as a browser meets them: the router over a real store with a small municipality.

mod bestanden;
mod formulieren;
mod inloggen;
mod inrichten;
mod inzage;
mod paginas;
mod proef;
mod rechten;
mod rommel;
