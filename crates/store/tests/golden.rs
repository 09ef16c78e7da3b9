//! What was ever written can be read for ever: a golden file per version of the stored form.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

#[path = "common/events.rs"]
mod events;

use std::{fs, path::PathBuf};

use domain::{Event, Stream};
use events::{every_event, missing_kinds};
use serde::{Deserialize, Serialize};
use store::stored::{self, FORMAT, Written};

/// A line of a golden file: the columns of the log that hold a stored form.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Line {
    formaat: i64,
    soort: String,
    actor: String,
    inhoud: String,
}

#[test]
fn every_version_ever_written_is_read_as_it_was_meant() {
    for version in 1..=FORMAT {
        let text = fs::read_to_string(path(version)).unwrap_or_default();
        let lines: Vec<Line> = text.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
        assert!(lines.len() > 100, "the golden file of version {version} holds every event");
        for (number, (line, (actor, event))) in lines.into_iter().zip(every_event()).enumerate() {
            let stream = event.stream();
            let written = Written { kind: line.soort, actor: line.actor, payload: line.inhoud };
            let read = stored::read(line.formaat, stream, &written);
            assert_eq!(read, Ok((actor, event)), "version {version}, line {}", number + 1);
        }
    }
}

/// When this fails, the stored form changed. If that was meant, it needs a new version: see the
/// first lines of `stored`. A line is only ever added, for a new variant.
#[test]
fn the_newest_version_is_written_as_its_golden_file_says() {
    assert_eq!(missing_kinds(), Vec::<usize>::new(), "every event has an example");
    let lines: Vec<String> =
        every_event().iter().map(|(actor, event)| line(actor, event)).collect();
    let proposal = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("v{FORMAT}.jsonl"));
    fs::write(&proposal, lines.join("\n") + "\n").unwrap();
    let golden = fs::read_to_string(path(FORMAT)).unwrap_or_default();
    for (number, (golden, written)) in golden.lines().zip(&lines).enumerate() {
        assert_eq!(golden, written, "line {} of the newest golden file", number + 1);
    }
    let hint =
        format!("look at {}, then commit it as {}", proposal.display(), path(FORMAT).display());
    assert_eq!(golden.lines().count(), lines.len(), "{hint}");
}

#[test]
fn what_is_not_known_is_told_in_dutch() {
    let (actor, event) = every_event().swap_remove(1);
    let written = stored::write(&actor, &event);
    for (format, change, expected) in [
        (99, ("", ""), "formaat 99 is onbekend"),
        (1, ("wijk_vastgesteld", "wijk_verdwenen"), "onbekende vorm"),
        (1, ("naam", "titel"), "onbekende vorm"),
        (1, ("{", "["), "onbekende vorm"),
    ] {
        let payload = written.payload.replacen(change.0, change.1, 1);
        let kind = written.kind.replace(change.0, change.1);
        let changed = Written { kind, payload, ..written.clone() };
        let told = stored::read(format, Stream::Register, &changed).unwrap_err();
        assert!(told.contains(expected), "{told}");
    }
    let other = Written { kind: "team_ingesteld".to_owned(), ..written };
    let told = stored::read(1, Stream::Register, &other).unwrap_err();
    assert_eq!(told, "de soort past niet bij de inhoud");
}

fn line(actor: &domain::Actor, event: &Event) -> String {
    let Written { kind, actor, payload } = stored::write(actor, event);
    let formaat = i64::from(FORMAT);
    serde_json::to_string(&Line { formaat, soort: kind, actor, inhoud: payload }).unwrap()
}

fn path(version: u16) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("golden/v{version}.jsonl"))
}
