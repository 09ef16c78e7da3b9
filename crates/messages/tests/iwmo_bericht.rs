//! The types of all fourteen messages: what is read and written again is the same, and validates.

mod common;

use common::{bestanden, eigen, gedeeld, lijst, xmllint};
use messages::iwmo::bericht::{self, Bericht, Berichtsoort, wmo323};

/// Every message in the shared folder, by name.
fn alle() -> Option<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for folder in ["", "afgeleid", "positief", "negatief"] {
        let folder = gedeeld("iwmo/berichten")?.join(folder);
        files.extend(bestanden(&folder, |it| it.ends_with(".xml")));
    }
    Some(files)
}

fn soort(bericht: Option<&Bericht>) -> Option<Berichtsoort> {
    bericht.map(Bericht::soort)
}

#[test]
fn the_form_is_judged_as_xmllint_does_with_the_schema() {
    let Some(files) = alle() else { return };
    let Some(verdicts) = xmllint(&files) else { return };
    let mut kinds: Vec<Berichtsoort> = Vec::new();
    for (name, bytes) in &files {
        let (bericht, problems) = bericht::lees(name, bytes);
        kinds.extend(soort(bericht.as_ref()));
        let right = bericht.is_some() && problems.is_empty();
        assert_eq!(right, verdicts[name], "{name}: {}", lijst(&problems));
    }
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds, Berichtsoort::ALLE);
}

#[test]
fn what_is_written_is_read_as_the_same_and_validates() {
    let Some(files) = alle() else { return };
    let mut written = Vec::new();
    for (name, bytes) in &files {
        let (bericht, problems) = bericht::lees(name, bytes);
        let bericht = bericht.unwrap();
        let again = bericht.schrijf();
        let (same, later) = bericht::lees(name, &again);
        if problems.is_empty() {
            assert_eq!(same.as_ref(), Some(&bericht), "{name}");
            assert!(later.is_empty(), "{name}: {}", lijst(&later));
            assert!(!again.starts_with(&[0xEF]) && !has_lone_newline(&again), "{name}");
            assert_eq!(same.unwrap().schrijf(), again, "{name}");
            written.push((name.clone(), again));
        }
    }
    assert!(written.len() > 70, "{}", written.len());
    for (name, valid) in xmllint(&written).unwrap_or_default() {
        assert!(valid, "{name} does not validate");
    }
}

fn has_lone_newline(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|it| it[1] == b'\n' && it[0] != b'\r') || bytes.starts_with(b"\n")
}

#[test]
fn clients_of_a_bill_are_handed_over_one_by_one() {
    let files = eigen(&["6_declaratie.xml"]);
    let (whole, _) = bericht::lees("x", &files[0].1);
    let Some(Bericht::Wmo323(mut whole)) = whole else { panic!("a bill") };
    let mut clienten: Vec<wmo323::Client> = Vec::new();
    let (rest, problems) = bericht::lees_per_client("x", &files[0].1, &mut |it| clienten.push(it));
    assert!(problems.is_empty() && clienten.len() > 1);
    assert_eq!(std::mem::take(&mut whole.declaratie.clienten), clienten);
    assert_eq!(rest, Some(Bericht::Wmo323(whole)));
}

#[test]
fn text_with_every_kind_of_letter_survives() {
    let files = eigen(&["1_toewijzing.xml"]);
    let (bericht, _) = bericht::lees("x", &files[0].1);
    let Some(Bericht::Wmo301(mut bericht)) = bericht else { panic!("an allocation") };
    for text in
        ["a & b < c > d \" '", "regel 1\nregel 2\rregel 3", "  ruimte  ", "]]>", "é\u{1F600}\t"]
    {
        bericht.client.commentaar = bericht::Waarde::van(text);
        let bytes = Bericht::from(bericht.clone()).schrijf();
        let (again, problems) = bericht::lees("x", &bytes);
        assert_eq!((again, &problems[..]), (Some(bericht.clone().into()), &[][..]), "{text:?}");
    }
}
