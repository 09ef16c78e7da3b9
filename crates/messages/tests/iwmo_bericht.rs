//! The types of all fourteen messages: what is read and written again is the same, and validates.

mod common;

use std::{collections::BTreeMap, io::Write, path::Path, process::Command};

use common::{bestanden, eigen, gedeeld, lijst};
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

/// The verdict of xmllint on some files of one kind, by name; none when it is not installed.
#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
#[expect(clippy::unwrap_used, reason = "a test helper")]
fn xmllint(files: &[(String, Vec<u8>)]) -> Option<BTreeMap<String, bool>> {
    let schemas = gedeeld("iwmo/xsd")?;
    if Command::new("xmllint").arg("--version").output().is_err() {
        println!("OVERGESLAGEN: xmllint is er niet; installeer libxml2-utils");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut verdicts = BTreeMap::new();
    for soort in Berichtsoort::ALLE {
        let folder = folder.path().join(soort.naam());
        std::fs::create_dir(&folder).unwrap();
        let own: Vec<_> = files.iter().filter(|(_, bytes)| is_soort(bytes, soort)).collect();
        for (name, bytes) in &own {
            let mut file = std::fs::File::create(folder.join(name)).unwrap();
            file.write_all(bytes).unwrap();
        }
        if own.is_empty() {
            continue;
        }
        let schema = schema(&schemas, soort);
        let mut lint = Command::new("xmllint");
        lint.current_dir(&folder).args(["--noout", "--schema"]).arg(&schema);
        let output = lint.args(own.iter().map(|(name, _)| name)).output().unwrap();
        let output = String::from_utf8_lossy(&output.stderr).into_owned();
        for (name, _) in own {
            verdicts.insert(name.clone(), output.contains(&format!("{name} validates")));
        }
    }
    Some(verdicts)
}

fn is_soort(bytes: &[u8], soort: Berichtsoort) -> bool {
    let naamruimte = soort.naamruimte();
    bytes.windows(naamruimte.len()).any(|it| it == naamruimte.as_bytes())
}

fn schema(schemas: &Path, soort: Berichtsoort) -> std::path::PathBuf {
    let file = format!("{}.xsd", soort.naam());
    let official = schemas.join(&file);
    if official.is_file() { official } else { schemas.join("afgeleid").join(file) }
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
