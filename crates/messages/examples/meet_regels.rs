//! Measures reading and checking a bill of almost 25 MB: all levels, in one run.
//!
//! `cargo run --release -p messages --example meet_regels`

use std::{io::Write, time::Instant};

use domain::Register;
use jiff::civil::date;
use messages::iwmo::{
    bericht::{self, Bericht, Waarde},
    keten::Keten,
    regel::{self, Omgeving},
};

/// An own bill; its clients are multiplied.
const DECLARATIE: &str = include_str!("../tests/data/iwmo/6_declaratie.xml");
/// As large as a message may be, but for a little.
const BYTES: usize = 24 * 1024 * 1024;

fn main() {
    let bytes = large();
    let start = Instant::now();
    let (read, problems) = bericht::lees("groot.xml", &bytes);
    let parsed = start.elapsed();
    let Some(read) = read else { return };
    let start = Instant::now();
    let within = regel::binnen_bericht(&read).len();
    let level2 = start.elapsed();
    let start = Instant::now();
    let keten = Keten::new();
    let against = keten.controleer(&read).len();
    let level3 = start.elapsed();
    let register = Register::default();
    let start = Instant::now();
    let omgeving = Omgeving { vandaag: date(2026, 1, 1), register: Some(&register) };
    let outside = regel::buiten(&read, &omgeving).len();
    let level4 = start.elapsed();
    let lines = match &read {
        Bericht::Wmo323(it) => it.declaratie.clienten.iter().map(|it| it.prestaties.len()).sum(),
        _ => 0_usize,
    };
    let report = format!(
        "{} MB, {lines} prestaties\nlezen en niveau 1 {parsed:?} ({} problemen)\nniveau 2 \
         {level2:?} ({within})\nniveau 3 {level3:?} ({against})\nniveau 4 {level4:?} ({outside})\n",
        bytes.len() / 1024 / 1024,
        problems.len(),
    );
    let _ = std::io::stdout().write_all(report.as_bytes());
}

/// The own bill with so many clients that it is almost as large as a message may be.
fn large() -> Vec<u8> {
    let (read, _) = bericht::lees("6_declaratie.xml", DECLARATIE.as_bytes());
    let Some(Bericht::Wmo323(mut bill)) = read else { return Vec::new() };
    let one = bill.declaratie.clienten[0].clone();
    let size = Bericht::from(bill.clone()).schrijf().len() / bill.declaratie.clienten.len();
    let many = BYTES / size;
    bill.declaratie.clienten = (0..many)
        .map(|client| {
            let mut it = one.clone();
            for (at, line) in it.prestaties.iter_mut().enumerate() {
                let text: Box<str> = format!("R{client}-{at}").into();
                line.product_referentie.referentie_nummer = Waarde::van(text);
            }
            it
        })
        .collect();
    Bericht::from(bill).schrijf()
}
