//! The manifests of the workspace: which crate depends on what, for which purpose.

use toml::{Table, Value};

use super::workspace::Workspace;

/// One crate of the workspace.
#[derive(Debug)]
pub(super) struct Manifest {
    /// The folder, such as `crates/domain`.
    pub(super) folder: String,
    /// The name of the crate.
    pub(super) name: String,
    /// What it depends on, for any platform.
    pub(super) dependencies: Vec<Dependency>,
    /// Whether it takes the lints of the workspace.
    pub(super) inherits_lints: bool,
}

/// One library a crate depends on.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dependency {
    /// The library's own name, also where the manifest renames it.
    pub(super) name: String,
    /// Whether only tests, examples and benchmarks use it.
    pub(super) dev: bool,
}

/// Every crate whose manifest can be read.
pub(super) fn manifests(workspace: &Workspace) -> Vec<Manifest> {
    let root = root(workspace);
    let folders = folders(workspace).into_iter();
    folders.filter_map(|folder| read(workspace, &root, folder).ok()).collect()
}

/// The manifest of the whole workspace; empty when it cannot be read.
pub(super) fn root(workspace: &Workspace) -> Table {
    workspace.text("Cargo.toml").parse().unwrap_or_default()
}

/// Manifests that cannot be read: the other rules would not see them.
pub(super) fn problems(workspace: &Workspace) -> Vec<String> {
    let root = root(workspace);
    let folders = folders(workspace).into_iter();
    let unreadable = folders.filter_map(|folder| {
        let error = read(workspace, &root, folder.clone()).err()?;
        Some(format!("{folder}/Cargo.toml is not a manifest: {error}"))
    });
    unreadable.collect()
}

/// A folder `fuzz` is no room: fuzz targets stand outside the workspace, with a toolchain of their
/// own.
fn folders(workspace: &Workspace) -> Vec<String> {
    let paths = workspace.under("crates").chain(workspace.under("xtask"));
    let folders = paths.filter_map(|it| it.strip_suffix("/Cargo.toml"));
    folders.filter(|it| !it.ends_with("/fuzz")).map(str::to_owned).collect()
}

fn read(workspace: &Workspace, root: &Table, folder: String) -> Result<Manifest, String> {
    let text = workspace.text(&format!("{folder}/Cargo.toml"));
    let table: Table = text.parse().map_err(|it: toml::de::Error| it.message().to_owned())?;
    let name = at(&table, &["package", "name"]).and_then(Value::as_str).ok_or("it has no name")?;
    Ok(Manifest {
        folder,
        name: name.to_owned(),
        dependencies: dependencies(&table, root),
        inherits_lints: at(&table, &["lints", "workspace"]) == Some(&Value::Boolean(true)),
    })
}

/// The value at the end of a path of keys.
pub(super) fn at<'a>(table: &'a Table, keys: &[&str]) -> Option<&'a Value> {
    let (first, rest) = keys.split_first()?;
    rest.iter().try_fold(table.get(*first)?, |value, key| value.get(*key))
}

fn dependencies(manifest: &Table, root: &Table) -> Vec<Dependency> {
    let platforms = manifest.get("target").and_then(Value::as_table).into_iter();
    let platforms = platforms.flat_map(Table::values).filter_map(Value::as_table);
    let mut found = Vec::new();
    for table in platforms.chain([manifest]) {
        for (section, dev) in
            [("dependencies", false), ("build-dependencies", false), ("dev-dependencies", true)]
        {
            let entries = table.get(section).and_then(Value::as_table).into_iter().flatten();
            found.extend(
                entries.map(|(key, value)| Dependency { name: own_name(key, value, root), dev }),
            );
        }
    }
    found
}

/// A dependency may be renamed where it is used or in the workspace's own list.
fn own_name(key: &str, value: &Value, root: &Table) -> String {
    let here = value.get("package");
    let shared = || at(root, &["workspace", "dependencies", key, "package"]);
    here.or_else(shared).and_then(Value::as_str).unwrap_or(key).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{super::sandbox::Sandbox, *};

    #[test]
    fn every_kind_of_dependency_is_seen_under_its_own_name() {
        let manifest = r#"
            package.name = "a"
            dependencies.recht.workspace = true
            dev-dependencies.simulation.workspace = true
            build-dependencies.sql = { package = "sqlx", version = "1" }
            [target.'cfg(unix)'.dependencies]
            libc = "1"
        "#;
        let root =
            r#"workspace.dependencies.recht = { path = "crates/domain", package = "domain" }"#;
        let files = [("Cargo.toml", root), ("crates/a/Cargo.toml", manifest)];
        let sandbox = Sandbox::new("dependencies", &files);
        let manifests = manifests(&Workspace::read(sandbox.path()));
        let mut seen: Vec<_> =
            manifests[0].dependencies.iter().map(|it| (it.name.as_str(), it.dev)).collect();
        seen.sort_unstable();
        assert_eq!(
            seen,
            [("domain", false), ("libc", false), ("simulation", true), ("sqlx", false)]
        );
    }

    #[test]
    fn fuzz_targets_are_no_room() {
        let manifest = "package.name = 'a'";
        let files = [("crates/a/Cargo.toml", manifest), ("crates/a/fuzz/Cargo.toml", manifest)];
        let sandbox = Sandbox::new("fuzz", &files);
        let manifests = manifests(&Workspace::read(sandbox.path()));
        let folders: Vec<_> = manifests.iter().map(|it| it.folder.as_str()).collect();
        assert_eq!(folders, ["crates/a"]);
    }

    #[test]
    fn a_manifest_that_cannot_be_read_is_a_problem() {
        let files = [("crates/a/Cargo.toml", "[package]\nversion = \"1\"")];
        super::super::sandbox::check(
            problems,
            "manifest",
            &files,
            &["crates/a/Cargo.toml is not a manifest: it has no name"],
        );
    }
}
