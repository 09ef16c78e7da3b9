//! iWmo messages and a StatLine table through the binary.

use std::{io::Write, path::PathBuf};

use crate::gereedschap::wijkpeil;

/// The published material, where it is at hand.
fn shared(what: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(what);
    if path.exists() {
        return Some(path);
    }
    let line =
        format!("OVERGESLAGEN: {what} is er niet, dus geen test met gepubliceerde bestanden\n");
    std::io::stderr().write_all(line.as_bytes()).expect("standard error");
    None
}

#[test]
fn the_published_messages_give_dossiers_and_twice_changes_nothing() {
    let Some(folder) = shared("iwmo/berichten") else { return };
    let data = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for name in ["WMO301.xml", "WMO305.xml", "WMO307.xml", "WMO323.xml"] {
        paths.push(folder.join(name).display().to_string());
    }
    let words = format!("import {}", paths.join(" "));
    let first = wijkpeil(Some(data.path()), &words);
    assert!(first.answer.contains("4 van 4 berichten gelezen"), "{}{}", first.answer, first.errors);
    assert!(first.answer.contains("vastgelegd"), "{}", first.answer);
    // The bill and the stop are about allocations and starts that the other two do not have.
    for part in ["WMO323.xml, regel 33", "fout TR338", "(retourcode 9338)", "fout TR382"] {
        assert!(first.answer.contains(part), "{part} in {}", first.answer);
    }
    let again = wijkpeil(Some(data.path()), &words);
    assert!(again.answer.contains("Er is niets nieuws"), "{}", again.answer);
    let figures =
        wijkpeil(Some(data.path()), "maand --maand 2023-06 --indicator toewijzingen --format json");
    let figures: serde_json::Value = serde_json::from_str(&figures.answer).unwrap();
    assert!(figures[0]["waarde"].as_u64().is_some_and(|it| it >= 1), "{figures}");
}

#[test]
fn a_folder_and_a_dry_run_of_variants() {
    let Some(folder) = shared("iwmo/berichten/positief") else { return };
    let data = tempfile::tempdir().unwrap();
    let dry = wijkpeil(Some(data.path()), &format!("import {} --dry-run", folder.display()));
    assert!(dry.answer.contains("er is niets veranderd"), "{}{}", dry.answer, dry.errors);
    let told = wijkpeil(Some(data.path()), "verify");
    assert!(told.answer.contains("heel: 0 gebeurtenissen"), "{}{}", told.answer, told.errors);
}

#[test]
fn wrong_messages_are_told_with_line_and_element() {
    let Some(folder) = shared("iwmo/berichten/negatief") else { return };
    let data = tempfile::tempdir().unwrap();
    let path = folder.join("N001_WMO301_CS002.xml");
    let told = wijkpeil(Some(data.path()), &format!("import {}", path.display()));
    assert_eq!(told.code, 1);
    assert!(told.answer.contains("regel") && told.answer.contains("CS002"), "{}", told.answer);
}

#[test]
fn a_statline_table_tells_its_definition_and_status() {
    let Some(folder) = shared("cbs/83262NED") else { return };
    let data = tempfile::tempdir().unwrap();
    let told = wijkpeil(Some(data.path()), &format!("import {}", folder.display()));
    assert_eq!(told.code, 0, "{}{}", told.answer, told.errors);
    for word in ["83262NED", "Wmo-cliënten", "maatwerkarrangement", "efinitief"] {
        assert!(told.answer.contains(word), "{word} in {}", told.answer);
    }
}

#[test]
fn a_table_nobody_knows_is_named_and_asks_for_a_mapping() {
    let data = tempfile::tempdir().unwrap();
    let path = data.path().join("klanten.csv");
    std::fs::write(&path, "nummer;naam\n1;A\n").unwrap();
    let told = wijkpeil(Some(&data.path().join("gegevens")), &format!("import {}", path.display()));
    assert_eq!(told.code, 1);
    for word in ["klanten.csv", "fout TABEL", "--mapping"] {
        assert!(told.answer.contains(word), "{word} in {}{}", told.answer, told.errors);
    }
}
