//! Reads messages from files and lists what is wrong with them, as a compiler would.
//!
//! `cargo run -p messages --example lees_bericht -- BESTAND...`
#![expect(clippy::print_stdout, reason = "an example prints what it finds")]

use std::{env, fs, io};

use messages::iwmo::{bericht, regel::binnen_bericht};

fn main() -> io::Result<()> {
    for file in env::args().skip(1) {
        let (bericht, mut problems) = bericht::lees(&file, &fs::read(&file)?);
        if let Some(bericht) = &bericht {
            println!("{file}: {} van {}", bericht.soort(), bericht.kop().afzender.tekst());
            problems.extend(binnen_bericht(bericht).iter().map(|it| it.problem(&file)));
        }
        for problem in problems {
            println!("{problem}");
        }
    }
    Ok(())
}
