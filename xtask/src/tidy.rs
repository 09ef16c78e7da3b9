//! What rustfmt and clippy cannot see: the rules of the architecture, each checked by one file.

mod adr;
mod architecture;
mod arrows;
mod glossary;
mod lints;
mod manifest;
mod papers;
#[cfg(test)]
pub(crate) mod sandbox;
mod size;
mod walls;
mod words;
mod workspace;

use std::path::Path;

use workspace::Workspace;

/// One rule: the workspace in, a line per problem out.
type Check = fn(&Workspace) -> Vec<String>;

/// To add a rule: write its file with a test that shows it failing, and name it here.
const CHECKS: &[Check] = &[
    manifest::problems,
    arrows::problems,
    walls::problems,
    size::problems,
    architecture::problems,
    glossary::problems,
    lints::problems,
    papers::problems,
    words::problems,
    adr::problems,
];

/// Everything untidy in the workspace, one line each; empty when all is well.
pub fn problems(root: &Path) -> Vec<String> {
    let workspace = Workspace::read(root);
    CHECKS.iter().flat_map(|check| check(&workspace)).collect()
}

/// The rows that `GLOSSARY.md` lacks, ready to paste.
pub fn glossary_rows(root: &Path) -> String {
    glossary::missing_rows(&Workspace::read(root)).iter().map(|row| format!("{row}\n")).collect()
}

#[test]
fn an_empty_folder_is_not_tidy() {
    let root = sandbox::Sandbox::new("tidy", &[]);
    assert!(problems(root.path()).iter().any(|it| it == "README.md is missing"));
}
