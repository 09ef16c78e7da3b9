//! The rules on the shared examples: each wrong message gives its code, each right one nothing.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{bestanden, gedeeld, lijst};
use messages::{
    Ernst, Problem,
    iwmo::{bericht, regel},
};

/// Everything wrong with a file: level 1, and level 2 when the form is right.
fn check(name: &str, bytes: &[u8]) -> Vec<Problem> {
    let (read, mut problems) = bericht::lees(name, bytes);
    if let Some(read) = read.filter(|_| problems.is_empty()) {
        problems.extend(regel::binnen_bericht(&read).iter().map(|it| it.problem(name)));
    }
    problems
}

/// The columns of `_verwacht.csv` by file.
#[expect(
    clippy::unwrap_used,
    reason = "the file is our own table; a wrong cell must stop the test"
)]
fn verwacht(folder: &std::path::Path) -> BTreeMap<String, Vec<String>> {
    let mut reader = csv::Reader::from_path(folder.join("_verwacht.csv")).unwrap();
    let rows = reader.records().map(|it| it.unwrap());
    rows.map(|it| (it[0].to_owned(), it.iter().map(str::to_owned).collect())).collect()
}

#[test]
fn every_wrong_message_gives_its_code() {
    let Some(folder) = gedeeld("iwmo/berichten/negatief") else { return };
    let expected = verwacht(&folder);
    let mut seen = 0;
    for (name, bytes) in bestanden(&folder, |it| it.ends_with(".xml")) {
        let row = &expected[&name];
        let problems = check(&name, &bytes);
        let codes: BTreeSet<&str> = problems.iter().map(|it| it.code).collect();
        let line = problems.iter().all(|it| it.line.is_some_and(|it| it > 1));
        assert!(line, "each has its line:\n{}", lijst(&problems));
        if row[3] == "XSD" {
            assert!(codes.iter().any(|it| it.starts_with("XML")), "{name}: {codes:?}");
        } else {
            // What the published check finds, with the rule that it leaves to others.
            let mut wanted: BTreeSet<&str> =
                row[5].split(';').filter(|it| !it.is_empty()).collect();
            wanted.insert(&row[3]);
            let own = ["TR314", "CS318"];
            let found: BTreeSet<&str> = codes
                .iter()
                .copied()
                .filter(|it| !own.contains(it) || wanted.contains(it))
                .collect();
            assert_eq!(found, wanted, "{name}:\n{}", lijst(&problems));
        }
        seen += 1;
    }
    assert_eq!(seen, expected.len());
}

#[test]
fn every_right_message_passes() {
    let Some(folder) = gedeeld("iwmo/berichten/positief") else { return };
    for (name, bytes) in bestanden(&folder, |it| it.ends_with(".xml")) {
        let problems = check(&name, &bytes);
        assert!(problems.is_empty(), "{name}:\n{}", lijst(&problems));
    }
}

#[test]
fn the_published_examples_pass_but_for_one_known_slip() {
    let Some(folder) = gedeeld("iwmo/berichten") else { return };
    for part in ["", "afgeleid"] {
        for (name, bytes) in bestanden(&folder.join(part), |it| it.ends_with(".xml")) {
            let problems = check(&name, &bytes);
            let wrong = problems.iter().filter(|it| it.ernst == Ernst::Fout);
            let codes: Vec<&str> = wrong.map(|it| it.code).collect();
            let known: &[&str] = if name == "WMO317.xml" { &["TR380"] } else { &[] };
            assert_eq!(codes, known, "{name}:\n{}", lijst(&problems));
        }
    }
}
