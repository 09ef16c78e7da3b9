//! Every architecture decision tells the same things in the same place.

use super::workspace::Workspace;

const FOLDER: &str = "docs/adr";

const HEADINGS: &[&str] = &["Context", "Decision", "Why", "Cost", "Alternatives"];

/// Decisions without a number, a status or one of the headings.
pub(super) fn problems(workspace: &Workspace) -> Vec<String> {
    let mut problems = Vec::new();
    for path in workspace.under(FOLDER).filter(|it| !it.ends_with("/README.md")) {
        let text = workspace.text(path);
        if !is_numbered(path) {
            problems.push(format!("{path}: name it `NNNN-title.md`"));
        }
        if !text.lines().any(|line| line.strip_prefix("Status:").is_some_and(is_filled)) {
            problems.push(format!("{path}: add a line `Status: ...`"));
        }
        let headings: Vec<&str> = text.lines().filter_map(|it| it.strip_prefix("## ")).collect();
        let absent = HEADINGS.iter().filter(|it| !headings.contains(it));
        problems.extend(absent.map(|it| format!("{path}: add the heading `## {it}`")));
    }
    problems
}

fn is_filled(text: &str) -> bool {
    !text.trim().is_empty()
}

fn is_numbered(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).as_bytes();
    name.len() > 5
        && name[..4].iter().all(u8::is_ascii_digit)
        && name[4] == b'-'
        && name.ends_with(b".md")
}

#[test]
fn a_decision_that_leaves_something_out_is_refused() {
    let good =
        "# A\n\nStatus: accepted\n\n## Context\n## Decision\n## Why\n## Cost\n## Alternatives\n";
    let bad = "# B\n\nStatus:\n\n## Context\n## Decision\n### Why\n## Alternatives\n";
    let files = [
        ("docs/adr/README.md", "# Decisions"),
        ("docs/adr/0001-good.md", good),
        ("docs/adr/0002-bad.md", bad),
        ("docs/adr/unnumbered.md", good),
    ];
    let expected = [
        "docs/adr/0002-bad.md: add a line `Status: ...`",
        "docs/adr/0002-bad.md: add the heading `## Why`",
        "docs/adr/0002-bad.md: add the heading `## Cost`",
        "docs/adr/unnumbered.md: name it `NNNN-title.md`",
    ];
    super::sandbox::check(problems, "adr", &files, &expected);
}
