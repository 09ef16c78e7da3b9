//! No unsafe code, and the same lints everywhere.

use toml::Value;

use super::{
    manifest::{at, manifests, root},
    workspace::Workspace,
};

/// Crates that stand outside the lints of the workspace, and a workspace that allows unsafe code.
pub(super) fn problems(workspace: &Workspace) -> Vec<String> {
    let root = root(workspace);
    let lint = at(&root, &["workspace", "lints", "rust", "unsafe_code"]);
    let level = lint.map(|it| it.get("level").unwrap_or(it)).and_then(Value::as_str);
    let mut problems = Vec::new();
    if level != Some("forbid") {
        problems
            .push("Cargo.toml: set `unsafe_code = \"forbid\"` in [workspace.lints.rust]".into());
    }
    let outside = manifests(workspace).into_iter().filter(|it| !it.inherits_lints);
    problems.extend(
        outside.map(|it| format!("{}/Cargo.toml: add `[lints] workspace = true`", it.folder)),
    );
    problems
}

#[test]
fn unsafe_code_and_own_lints_are_refused() {
    let good = "package.name = 'a'\nlints.workspace = true";
    let bad = "package.name = 'b'\nlints.rust.missing_docs = 'allow'";
    let forbid = "[workspace.lints.rust]\nunsafe_code = { level = 'forbid', priority = 1 }";
    let deny = "[workspace.lints.rust]\nunsafe_code = 'deny'";
    let check = |root: &str, krate: &str, expected: &[&str]| {
        let files = [("Cargo.toml", root), ("crates/x/Cargo.toml", krate)];
        super::sandbox::check(problems, "lints", &files, expected);
    };
    check(forbid, good, &[]);
    check(forbid, bad, &["crates/x/Cargo.toml: add `[lints] workspace = true`"]);
    check(deny, good, &["Cargo.toml: set `unsafe_code = \"forbid\"` in [workspace.lints.rust]"]);
}
