//! Ten thousand damaged messages per kind: read, checked, answered, written and taken as an
//! envelope, never with a panic.

#[path = "common/bouw.rs"]
mod bouw;
mod common;

use std::time::{Duration, Instant};

use common::eigen;
use jiff::civil::date;
use messages::iwmo::{
    bericht,
    keten::Keten,
    regel::binnen_bericht,
    retour::{Retourkop, retour, uitslag},
    verkeer::{Envelop, envelop, ontvangst},
    vertaal,
};

/// How many damaged messages of each kind.
const PER_SOORT: u32 = 10_000;

/// Numbers that look random and are the same each time. Knuth, MMIX.
struct Toeval(u64);

impl Toeval {
    fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % most.max(1)
    }

    /// Changes, takes out, doubles or moves some bytes.
    fn damage(&mut self, whole: &[u8]) -> Vec<u8> {
        let mut bytes = whole.to_vec();
        for _ in 0..=self.below(4) {
            let (at, to) = (self.below(bytes.len()), self.below(bytes.len()));
            let end = (at + self.below(40)).min(bytes.len());
            match self.below(6) {
                0 => bytes[at] = u8::try_from(self.below(256)).unwrap_or(0),
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let some = bytes[at..end].to_vec();
                    bytes.splice(to..to, some);
                }
                3 => bytes.truncate(bytes.len() - self.below(20)),
                4 => bytes[at] = b"<>&\"'/0 \xff"[self.below(9)],
                _ => bytes.swap(at, to),
            }
            if bytes.is_empty() {
                return bytes;
            }
        }
        bytes
    }
}

/// Everything that is done with bytes that come in.
fn use_it(bytes: &[u8]) {
    let (read, problems) = bericht::lees("x", bytes);
    let _ = ontvangst("x", bytes);
    let Some(it) = read else { return };
    let written = it.schrijf();
    if problems.is_empty() {
        assert_eq!(bericht::lees("x", &written).0.as_ref(), Some(&it), "read and written again");
    }
    let mut keten = Keten::new();
    let mut found = binnen_bericht(&it);
    found.extend(keten.controleer(&it));
    keten.volg(&it);
    let _ = (keten.verwachtingen(), keten.afkeuringen().len());
    let kop = Retourkop { identificatie: "R1", dagtekening: date(2026, 1, 1) };
    if let Some(back) = retour(&it, &found, &kop) {
        let _ = (back.schrijf(), uitslag(&back));
    }
    let _ = vertaal::vertaal("x", &it, &mut Vec::new());
}

fn check(what: &str, whole: &[u8], act: impl Fn(&[u8])) {
    let mut toeval = Toeval(0x5749_4a4b);
    let start = Instant::now();
    for _ in 0..PER_SOORT {
        act(&toeval.damage(whole));
    }
    assert!(start.elapsed() < Duration::from_secs(120), "{what}: {:?}", start.elapsed());
}

#[test]
fn a_damaged_message_of_any_kind_is_no_more_than_a_list_of_problems() {
    for naam in ["301", "302", "305", "307", "315", "317", "319", "323", "325"] {
        check(naam, &bouw::bericht(naam, &[]), use_it);
    }
}

#[test]
fn a_damaged_return_of_any_kind_is_no_more_than_a_list_of_problems() {
    for naam in ["305", "307", "315", "317", "319"] {
        let it = bericht::lees(naam, &bouw::bericht(naam, &[])).0.unwrap();
        let kop = Retourkop { identificatie: "R1", dagtekening: date(2026, 1, 1) };
        let found = Keten::new().controleer(&it);
        let back = retour(&it, &found, &kop).unwrap();
        check(naam, &back.schrijf(), use_it);
    }
}

#[test]
fn a_damaged_envelope_is_no_more_than_a_problem() {
    let bytes = eigen(&["1_toewijzing.xml"]).remove(0).1;
    let it = bericht::lees("x", &bytes).0.unwrap();
    let around = envelop(&it, &bytes, "R-1", date(2026, 1, 1).at(9, 0, 0, 0)).unwrap();
    check("envelop", &around.schrijf(), |bytes| {
        if let Ok(it) = Envelop::lees("x", bytes) {
            let _ = it.schrijf();
        }
        let _ = ontvangst("x", bytes);
    });
}
