//! The files that make the workspace liveable are there.

use super::workspace::Workspace;

/// A folder counts when there is a file in it.
const PAPERS: &[&str] = &[
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "GLOSSARY.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "publiccode.yml",
    "LICENSE",
    "docs/adr",
    "docs/handleiding",
    "examples",
];

/// Papers that are missing.
pub(super) fn problems(workspace: &Workspace) -> Vec<String> {
    let absent = PAPERS.iter().filter(|it| !workspace.has(it));
    absent.map(|it| format!("{it} is missing")).collect()
}

#[test]
fn each_missing_paper_is_named() {
    let there: Vec<(&str, &str)> = [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "GLOSSARY.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "publiccode.yml",
        "docs/adr/0001-log.md",
        "examples/gemeente.toml",
    ]
    .map(|path| (path, "text"))
    .to_vec();
    let expected = ["LICENSE is missing", "docs/handleiding is missing"];
    super::sandbox::check(problems, "papers", &there, &expected);
}
