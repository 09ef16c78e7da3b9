//! The files of the workspace, read once.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// Every file that belongs to the workspace, by its path from the root.
#[derive(Debug, Default)]
pub(super) struct Workspace {
    paths: BTreeSet<String>,
    texts: BTreeMap<String, String>,
}

impl Workspace {
    /// Reads the folder, without what `.gitignore` names there.
    pub(super) fn read(root: &Path) -> Self {
        let ignore = fs::read_to_string(root.join(".gitignore")).unwrap_or_default();
        let mut skip: BTreeSet<String> =
            ignore.lines().map(|line| line.trim().trim_matches('/').to_owned()).collect();
        skip.insert(".git".to_owned());
        let mut workspace = Self::default();
        workspace.add_folder(root, "", &skip);
        workspace
    }

    /// Whether there is a file or folder at this path.
    pub(super) fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.paths.contains(path) || self.under(path).next().is_some()
    }

    /// The paths of all files under a folder.
    pub(super) fn under(&self, folder: &str) -> impl Iterator<Item = &str> {
        let start = format!("{folder}/");
        let from = self.paths.range(start.clone()..).map(String::as_str);
        from.take_while(move |it| it.starts_with(&start))
    }

    /// The text of a file; empty when it is absent or not text.
    pub(super) fn text(&self, path: &str) -> &str {
        self.texts.get(path).map_or("", String::as_str)
    }

    /// Every text file with its path.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Every Rust file with its path.
    pub(super) fn sources(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts().filter(|(path, _)| Path::new(path).extension().is_some_and(|it| it == "rs"))
    }

    fn add_folder(&mut self, root: &Path, folder: &str, skip: &BTreeSet<String>) {
        for entry in fs::read_dir(root.join(folder)).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            match entry.file_type() {
                _ if skip.contains(&path) => {}
                Ok(kind) if kind.is_dir() => self.add_folder(root, &path, skip),
                Ok(kind) if kind.is_file() => self.add_file(root, path),
                _ => {}
            }
        }
    }

    fn add_file(&mut self, root: &Path, path: String) {
        if let Ok(text) = fs::read_to_string(root.join(&path)) {
            self.texts.insert(path.clone(), text);
        }
        self.paths.insert(path);
    }
}

#[test]
fn what_git_ignores_is_not_read() {
    let files = [
        (".gitignore", "/target\n"),
        (".git/config", ""),
        ("target/debug/a.rs", ""),
        ("crates/a/src/lib.rs", "//! A."),
    ];
    let root = super::sandbox::Sandbox::new("ignored", &files);
    let workspace = Workspace::read(root.path());
    let paths: Vec<&str> = workspace.paths.iter().map(String::as_str).collect();
    assert_eq!(paths, [".gitignore", "crates/a/src/lib.rs"]);
    assert!(workspace.has("crates/a/") && !workspace.has("crates/b") && !workspace.has("target"));
}
