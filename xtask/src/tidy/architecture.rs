//! The map is true: `ARCHITECTURE.md` names every crate, and every path it names exists.

use std::{collections::BTreeSet, path::Path};

use super::{manifest::manifests, workspace::Workspace};

const MAP: &str = "ARCHITECTURE.md";

/// Crates that the map leaves out and paths on it that lead nowhere.
pub(super) fn problems(workspace: &Workspace) -> Vec<String> {
    let quoted = quoted(workspace.text(MAP));
    let manifests = manifests(workspace);
    let absent = manifests.iter().map(|it| it.folder.as_str()).filter(|it| !quoted.contains(it));
    let absent = absent.map(|it| format!("{MAP} does not name `{it}`"));
    let dead = quoted.iter().filter(|it| is_path(it) && !workspace.has(it));
    let dead = dead.map(|it| format!("{MAP} names `{it}`, which does not exist"));
    absent.chain(dead).collect()
}

/// What stands between backticks, outside code blocks.
fn quoted(map: &str) -> BTreeSet<&str> {
    let mut in_block = false;
    let mut found = BTreeSet::new();
    for line in map.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            found.extend(line.split('`').skip(1).step_by(2));
        }
    }
    found
}

/// `crates/domain` and `README.md` are paths; `/meldingen/{id}` and `store::append` are not.
fn is_path(text: &str) -> bool {
    let known = ["rs", "md", "toml", "yml", "html"];
    let has_ending = Path::new(text).extension().is_some_and(|it| known.iter().any(|e| it == *e));
    let has_folder = text.contains('/') && !text.starts_with('/');
    (has_ending || has_folder) && !text.contains([' ', '{', '<', '*', ':'])
}

#[test]
fn a_map_that_is_not_true_is_refused() {
    let map = "The law is `crates/domain`; read `crates/domain/src/event.rs` and `README.md`.\n\
               A page is `/meldingen/{id}`, a call `store::append`, a folder `docs/adr/`.\n\
               ```\n`crates/picture`\n```\n";
    let files = [
        (MAP, map),
        ("docs/adr/0001-log.md", ""),
        ("crates/domain/Cargo.toml", "package.name = 'domain'"),
        ("crates/store/Cargo.toml", "package.name = 'store'"),
    ];
    let expected = [
        "ARCHITECTURE.md does not name `crates/store`",
        "ARCHITECTURE.md names `README.md`, which does not exist",
        "ARCHITECTURE.md names `crates/domain/src/event.rs`, which does not exist",
    ];
    super::sandbox::check(problems, "architecture", &files, &expected);
}
