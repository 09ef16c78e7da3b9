//! Any bytes as a message: read, checked, answered, written and put in our own words.
#![no_main]

use libfuzzer_sys::fuzz_target;
use messages::iwmo::{
    bericht,
    regel::binnen_bericht,
    retour::{Retourkop, retour, uitslag},
    vertaal,
};

fuzz_target!(|bytes: &[u8]| {
    let (bericht, problems) = bericht::lees("x", bytes);
    let Some(bericht) = bericht else { return };
    let written = bericht.schrijf();
    if problems.is_empty() {
        assert_eq!(bericht::lees("x", &written).0.as_ref(), Some(&bericht));
    }
    let kop = Retourkop { identificatie: "R1", dagtekening: jiff::civil::date(2026, 1, 1) };
    if let Some(back) = retour(&bericht, &binnen_bericht(&bericht), &kop) {
        let _ = (back.schrijf(), uitslag(&back));
    }
    let _ = vertaal::vertaal("x", &bericht, &mut Vec::new());
});
