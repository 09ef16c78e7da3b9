//! Hostile and broken input: refused with a problem, fast, and never a panic.

mod common;

use std::time::{Duration, Instant};

use common::eigen;
use messages::iwmo;
use proptest::prelude::*;

const ROOT: &str = "<b:Bericht xmlns:b=\"http://www.istandaarden.nl/iwmo/3_2/wmo301/schema\"";

fn hostile() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let whole = eigen(&["1_toewijzing.xml"]).remove(0).1;
    let laughs: String =
        (1..10).map(|it| format!("<!ENTITY l{it} \"&l{};&l{};\">", it - 1, it - 1)).collect();
    let deep = format!("{ROOT}>{}{}", "<b:a>".repeat(10_000), "</b:a>".repeat(10_000));
    let attributes: String = (0..100).map(|it| format!(" a{it}=\"1\"")).collect();
    let bound: String = (0..60).map(|it| format!(" xmlns:p{it}=\"urn:x\"")).collect();
    let prefixes = format!("{ROOT}>{}", format!("<b:a{bound}>").repeat(10));
    let mut utf16 = vec![0xFF, 0xFE];
    utf16.extend("<Bericht/>".encode_utf16().flat_map(u16::to_le_bytes));
    vec![
        ("doctype", format!("<!DOCTYPE b>{ROOT}/>").into_bytes(), "XML04"),
        ("laughs", format!("<!DOCTYPE b [{laughs}]>{ROOT}>&l9;</b:Bericht>").into_bytes(), "XML04"),
        ("external", b"<!DOCTYPE b SYSTEM \"file:///etc/passwd\"><b/>".to_vec(), "XML04"),
        ("entity", format!("{ROOT}>&l9;</b:Bericht>").into_bytes(), "XML05"),
        ("deep", deep.into_bytes(), "XML06"),
        ("attributes", format!("{ROOT}{attributes}/>").into_bytes(), "XML07"),
        ("prefixes", prefixes.into_bytes(), "XML03"),
        (
            "long name",
            format!("{ROOT}><b:{}/></b:Bericht>", "n".repeat(1_000)).into_bytes(),
            "XML08",
        ),
        ("long text", format!("{ROOT}>{}</b:Bericht>", "x".repeat(200_000)).into_bytes(), "XML08"),
        (
            "wide",
            format!("{ROOT}>{}</b:Bericht>", "<b:a/>".repeat(1_100_000)).into_bytes(),
            "XML08",
        ),
        ("26 MB", vec![b' '; 26 * 1024 * 1024], "XML01"),
        ("utf-16", utf16, "XML02"),
        ("latin-1", [ROOT.as_bytes(), b">caf\xE9</b:Bericht>"].concat(), "XML02"),
        ("cut in a letter", [ROOT.as_bytes(), b">caf\xC3"].concat(), "XML02"),
        ("cut", whole[..whole.len() / 2].to_vec(), "XML03"),
        ("two roots", [&whole[..], ROOT.as_bytes(), b"/>"].concat(), "XML03"),
        ("crossed", format!("{ROOT}><a></b:Bericht></a>").into_bytes(), "XML03"),
        ("null", format!("{ROOT}>&#0;</b:Bericht>").into_bytes(), "XML03"),
        ("instruction without a name", b"<?><a/><?x ?>".to_vec(), "XML03"),
        ("instruction that starts wrong", b"<?>ml version?><a/>".to_vec(), "XML03"),
        ("empty", Vec::new(), "XML10"),
        ("html", b"<html><body/></html>".to_vec(), "XML10"),
        ("not xml", b"%PDF-1.7".to_vec(), "XML03"),
    ]
}

#[test]
fn hostile_input_is_refused_with_its_own_code_and_fast() {
    for (name, bytes, code) in hostile() {
        let start = Instant::now();
        let (bericht, problems) = iwmo::read(name, &bytes);
        assert_eq!(bericht, None, "{name}");
        let codes: Vec<&str> = problems.iter().map(|it| it.code).collect();
        assert!(codes.contains(&code), "{name}: {codes:?}");
        assert!(start.elapsed() < Duration::from_secs(10), "{name}: {:?}", start.elapsed());
    }
}

#[test]
fn a_byte_order_mark_is_only_mentioned() {
    let whole = eigen(&["1_toewijzing.xml"]).remove(0).1;
    let (bericht, problems) = iwmo::read("x", &[&[0xEF, 0xBB, 0xBF], &whole[..]].concat());
    assert!(bericht.is_some());
    assert_eq!(problems.iter().map(|it| it.code).collect::<Vec<_>>(), ["OP192"]);
}

#[test]
fn too_many_problems_refuse_the_message() {
    let many = format!("{ROOT}>{}</b:Bericht>", "<b:a/>".repeat(6_000));
    let (bericht, problems) = iwmo::read("x", many.as_bytes());
    assert_eq!(bericht, None);
    assert_eq!(problems.last().map(|it| it.code), Some("XML08"));
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = iwmo::read("x", &bytes);
        let _ = messages::archief::unzip("x", &bytes);
    }

    #[test]
    fn a_message_with_changed_bytes_is_read_without_a_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        which in 0..3_usize,
    ) {
        let name = ["1_toewijzing.xml", "5_stop.xml", "6_declaratie.xml"][which];
        let mut bytes = eigen(&[name]).remove(0).1;
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let mut proef = common::Proef::default();
        proef.neem_in(&[(name.to_owned(), bytes)]);
    }

    #[test]
    fn tables_with_changed_bytes_are_read_without_a_panic(
        at in any::<prop::sample::Index>(), byte in any::<u8>(), file in 0..6_usize,
    ) {
        let mut files = cbs_files();
        let bytes = files.values_mut().nth(file).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(table) = messages::cbs::read(&files) {
            let _ = table.series("NL01", "Totaal", "Gebruikers_1");
        }
    }
}

fn cbs_files() -> std::collections::BTreeMap<String, Vec<u8>> {
    let folder = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/cbs");
    common::bestanden(&folder, |_| true).into_iter().collect()
}
