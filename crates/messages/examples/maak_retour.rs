//! Reads one message, checks it and writes the return that goes back for it.
//!
//! `cargo run -p messages --example maak_retour -- BESTAND`
#![expect(clippy::print_stdout, reason = "an example prints what it makes")]

use std::{env, fs, io};

use jiff::civil::date;
use messages::iwmo::{
    bericht,
    regel::binnen_bericht,
    retour::{Retourkop, retour},
};

fn main() -> io::Result<()> {
    let Some(file) = env::args().nth(1) else {
        println!("noem een bestand met een iWmo-bericht");
        return Ok(());
    };
    let (bericht, problems) = bericht::lees(&file, &fs::read(&file)?);
    let Some(bericht) = bericht.filter(|_| problems.is_empty()) else {
        println!("de vorm klopt niet; daarvoor bestaat geen retourbericht");
        return Ok(());
    };
    let kop = Retourkop { identificatie: "R0001", dagtekening: date(2026, 1, 5) };
    match retour(&bericht, &binnen_bericht(&bericht), &kop) {
        Some(terug) => println!("{}", String::from_utf8_lossy(&terug.schrijf())),
        None => println!("op dit bericht komt geen retour"),
    }
    Ok(())
}
