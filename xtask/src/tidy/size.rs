//! One idea per file: files stay short, and a crate opens with what it is for.

use super::workspace::Workspace;

/// A file longer than this holds two ideas.
const LINES_MAX: usize = 600;

/// Files that are too long, and crates that do not say what they are for.
pub(super) fn problems(workspace: &Workspace) -> Vec<String> {
    let mut problems = Vec::new();
    for (path, text) in workspace.sources() {
        let lines = text.lines().count();
        if lines > LINES_MAX {
            problems.push(format!("{path}: {lines} lines, at most {LINES_MAX}"));
        }
        let is_root = path.ends_with("src/lib.rs") || path.ends_with("src/main.rs");
        if is_root && !text.starts_with("//! ") {
            problems.push(format!("{path}: open with `//!` and one sentence: what it is for"));
        }
    }
    problems
}

#[test]
fn long_files_and_silent_crates_are_refused() {
    let longest = "//\n".repeat(LINES_MAX);
    let too_long = "//\n".repeat(LINES_MAX + 1);
    let files = [
        ("crates/a/src/good.rs", longest.as_str()),
        ("crates/a/src/lib.rs", "//! The first room.\n"),
        ("crates/a/tests/long.rs", too_long.as_str()),
        ("crates/b/src/main.rs", "fn main() {}\n"),
    ];
    let expected = [
        "crates/a/tests/long.rs: 601 lines, at most 600",
        "crates/b/src/main.rs: open with `//!` and one sentence: what it is for",
    ];
    super::sandbox::check(problems, "size", &files, &expected);
}
