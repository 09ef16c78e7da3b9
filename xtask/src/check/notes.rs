//! What tests say they skipped, from the report that nextest leaves behind.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// A test that skips something prints a line that holds this word.
const SKIPPED: &str = "OVERGESLAGEN";

/// Throws away the report of an earlier run.
pub(super) fn forget(root: &Path) {
    // It need not be there; one that cannot be removed is overwritten by the next run.
    let _ = fs::remove_file(report(root));
}

/// The notes in the report of the last run, each once.
pub(super) fn read(root: &Path) -> Vec<String> {
    notes(&fs::read_to_string(report(root)).unwrap_or_default())
}

/// Where `.config/nextest.toml` puts the report.
fn report(root: &Path) -> PathBuf {
    root.join("target/nextest/default/junit.xml")
}

fn notes(report: &str) -> Vec<String> {
    let found = report.lines().filter_map(|line| {
        let note = &line[line.find(SKIPPED)?..];
        Some(unescape(note.split('<').next()?.trim()))
    });
    found.collect::<BTreeSet<String>>().into_iter().collect()
}

fn unescape(text: &str) -> String {
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[test]
fn each_note_is_told_once() {
    let report = "<testcase><system-out>running 1 test\n\
                  OVERGESLAGEN: geen &quot;initdb&quot;</system-out>\n\
                  <system-err>OVERGESLAGEN: geen &quot;initdb&quot;\n</system-err></testcase>\n\
                  <system-out>OVERGESLAGEN: ../shared ontbreekt\n</system-out>";
    assert_eq!(
        notes(report),
        ["OVERGESLAGEN: ../shared ontbreekt", "OVERGESLAGEN: geen \"initdb\""]
    );
}
