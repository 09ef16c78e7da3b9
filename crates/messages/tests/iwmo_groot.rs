//! A thousand hostile files and a very large one: a problem each, no panic, little time and memory.
#![cfg(not(miri))]

mod common;

use std::{
    fs,
    time::{Duration, Instant},
};

use common::eigen;
use messages::iwmo::{
    bericht::{self, Bericht},
    regel::binnen_bericht,
    retour::{Retourkop, retour},
    verkeer::ontvangst,
};

const FILES: u64 = 1_000;
const MOST_TIME: Duration = Duration::from_secs(2);
const MOST_MEMORY_KIB: u64 = 256 * 1024;

/// Made-up numbers, the same in every run.
struct Getallen(u64);

impl Getallen {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap_or(0)
    }
}

/// Breaks a good message in one of twelve ways.
fn hostile(good: &str, seed: u64) -> Vec<u8> {
    let mut pick = Getallen(seed * 2_654_435_761 + 1);
    let starts: Vec<usize> = good.match_indices('<').map(|(at, _)| at).collect();
    let at = starts[1 + pick.below(starts.len() - 2)];
    let (before, after) = good.split_at(at);
    let many = 1 + pick.below(2_000);
    let inside = |what: &str| format!("{before}{what}{after}").into_bytes();
    match seed % 12 {
        0 => format!("<!DOCTYPE x [<!ENTITY a \"{}\">]>{good}", "b".repeat(many)).into_bytes(),
        1 => inside(&"&a;".repeat(many)),
        2 => inside(&"<x>".repeat(64 + many)),
        3 => inside(&format!(
            "<x{}/>",
            (0..64 + many).map(|it| format!(" a{it}='1'")).collect::<String>()
        )),
        4 => [before.as_bytes(), b"x\xC3", after.as_bytes()].concat(),
        5 => before.as_bytes().to_vec(),
        6 => inside(&"<x/>".repeat(many)),
        7 => inside(&"9".repeat(100_000 + many)),
        8 => {
            good.replacen(">2024", &format!(">{}", pick.below(100_000)), 1 + many % 5).into_bytes()
        }
        9 => inside("\u{0}\u{b}"),
        10 => inside(&format!("<x xmlns='urn:{many}'><y>{}</x></y>", "z".repeat(many))),
        _ => {
            let mut bytes = good.as_bytes().to_vec();
            for _ in 0..=pick.below(20) {
                let at = pick.below(bytes.len());
                bytes[at] = u8::try_from(pick.below(256)).unwrap_or(0);
            }
            bytes
        }
    }
}

/// Reads, checks and answers; gives how many problems there were.
fn judge(bytes: &[u8]) -> usize {
    let _ = ontvangst("x", bytes);
    let (bericht, problems) = bericht::lees("x", bytes);
    let Some(bericht) = bericht else { return problems.len() };
    let found = binnen_bericht(&bericht);
    let kop = Retourkop { identificatie: "R1", dagtekening: jiff::civil::date(2026, 1, 1) };
    let _ = retour(&bericht, &found, &kop).map(|it| it.schrijf());
    let _ = bericht.schrijf();
    problems.len() + found.len()
}

#[test]
fn a_thousand_hostile_files_give_problems_and_no_panic() {
    let names = ["1_toewijzing.xml", "3_start.xml", "5_stop.xml", "6_declaratie.xml"];
    let good: Vec<String> =
        eigen(&names).into_iter().map(|(_, it)| String::from_utf8(it).unwrap()).collect();
    let mut quiet = 0;
    for seed in 0..FILES {
        let bytes = hostile(&good[usize::try_from(seed / 12 % 4).unwrap()], seed);
        let start = Instant::now();
        let problems = judge(&bytes);
        assert!(start.elapsed() < MOST_TIME, "{seed}: {:?}", start.elapsed());
        // A changed letter in a name, or another day, may leave a right message.
        let may_be_right = matches!(seed % 12, 8 | 11);
        assert!(problems > 0 || may_be_right, "{seed}");
        quiet += usize::from(problems == 0);
    }
    assert!(quiet < 100, "{quiet}");
}

#[test]
fn a_hundred_megabytes_are_refused_at_once_and_twenty_five_are_answered() {
    let start = Instant::now();
    assert_eq!(judge(&vec![b'<'; 100 * 1024 * 1024]), 1);
    assert!(start.elapsed() < MOST_TIME);
    let (Some(Bericht::Wmo323(mut bill)), _) =
        bericht::lees("x", &eigen(&["6_declaratie.xml"])[0].1)
    else {
        panic!("a bill")
    };
    let client = bill.declaratie.clienten[0].clone();
    let one = Bericht::from(bill.clone()).schrijf().len();
    bill.declaratie.clienten.push(client.clone());
    let per_client = Bericht::from(bill.clone()).schrijf().len() - one;
    let many = (25 * 1024 * 1024 - one) / per_client - 1;
    bill.declaratie.clienten.extend(std::iter::repeat_n(client, many - 1));
    let bytes = Bericht::from(bill).schrijf();
    assert!((24 * 1024 * 1024..=25 * 1024 * 1024).contains(&bytes.len()), "{}", bytes.len());
    let mut clients = 0;
    let (bericht, problems) = bericht::lees_per_client("x", &bytes, &mut |_| clients += 1);
    assert!(bericht.is_some() && clients > many, "{problems:?}");
    assert!(judge(&bytes) > 0, "every line comes again and again");
    let peak = fs::read_to_string("/proc/self/status").ok().and_then(|it| {
        let line = it.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    });
    // The two files of this test themselves lie in memory too.
    let files = 100 * 1024 + 25 * 1024;
    assert!(peak.is_none_or(|it| it < MOST_MEMORY_KIB + files), "{peak:?} KiB");
}
