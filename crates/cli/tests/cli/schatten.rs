//! What the tests of `wijkpeil estimate` share: files, questions and the published results.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

use crate::gereedschap::{Told, wijkpeil};

/// The committed example: sixty made-up teams, of which some start something.
pub(crate) fn teams() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/schatten/teams.csv")
}

/// A file of the published material, where it is at hand.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/stats").join(path);
    if found.exists() {
        return Some(found);
    }
    let line = format!("OVERGESLAGEN: ../shared/stats heeft geen {path}\n");
    std::io::stderr().write_all(line.as_bytes()).expect("standard error");
    None
}

/// `wijkpeil estimate METHOD FILE WORDS`.
pub(crate) fn estimate(method: &str, file: &Path, words: &str) -> Told {
    wijkpeil(None, &format!("estimate {method} {} {words}", file.display()))
}

/// The same on a text of its own; the answer names it `toets.csv`.
pub(crate) fn estimate_text(method: &str, text: &str, words: &str) -> Told {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("toets.csv");
    std::fs::write(&path, text).expect("a file");
    let mut told = estimate(method, &path, words);
    let shown = path.display().to_string();
    told.answer = told.answer.replace(&shown, "toets.csv");
    told.errors = told.errors.replace(&shown, "toets.csv");
    told
}

/// The same as JSON.
pub(crate) fn json(method: &str, file: &Path, words: &str) -> serde_json::Value {
    let told = estimate(method, file, &format!("{words} --format json"));
    assert_eq!(told.code, 0, "{method} {words}: {}", told.errors);
    serde_json::from_str(&told.answer).expect("JSON")
}

/// Refused: exit code 1, nothing on standard output, and these words in the error.
pub(crate) fn refused(told: &Told, expected: &str) {
    assert_eq!(told.code, 1, "{}", told.answer);
    assert_eq!(told.answer, "");
    assert!(told.errors.contains(expected), "{expected} in\n{}", told.errors);
}

/// How far a number may be off.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Room {
    /// Absolute difference.
    Abs(f64),
    /// Relative to the expected number.
    Rel(f64),
}

/// Lays the binary's answer beside reference `id`: every key that starts with one of `rules` must
/// be there within its room (the first rule that fits holds), all other keys are passed over.
pub(crate) fn compare(id: &str, method: &str, words: &str, rules: &[(&str, Room)]) {
    let Some(path) = shared(&format!("reference/{id}.json")) else { return };
    let text = std::fs::read_to_string(path).expect("a reference");
    let reference: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let data = reference["dataset"].as_str().expect("a data set");
    let Some(data) = shared(&format!("data/{data}")) else { return };
    compare_on(&reference, &data, method, words, rules);
}

/// The same on another file than the one that the reference names.
pub(crate) fn compare_on(
    reference: &serde_json::Value,
    data: &Path,
    method: &str,
    words: &str,
    rules: &[(&str, Room)],
) {
    let found = json(method, data, words);
    let implementations = reference["implementations"].as_array().expect("a list");
    let primary = implementations.iter().find(|it| it["impl"] == reference["primary"]);
    let results = primary.expect("the primary one")["results"].as_object().expect("results");
    let mut compared = 0;
    for (key, expected) in results {
        let rule = rules.iter().find(|(start, _)| key.starts_with(start));
        let (Some((_, room)), Some(expected)) = (rule, expected.as_f64()) else { continue };
        let found = found["results"][key].as_f64();
        let found = found.unwrap_or_else(|| panic!("{}: {key} is missing", reference["ref"]));
        let room = match room {
            Room::Abs(room) => *room,
            Room::Rel(room) => room * expected.abs(),
        };
        assert!(
            (found - expected).abs() <= room,
            "{}: {key} is {found}, expected {expected}",
            reference["ref"]
        );
        compared += 1;
    }
    assert!(compared > 0, "{}: nothing was compared", reference["ref"]);
}
