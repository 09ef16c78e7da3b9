//! A small workspace in a temporary folder, for the tests of the rules.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
};

use super::{Check, workspace::Workspace};

/// A folder that is removed when the test is done.
#[derive(Debug)]
pub(crate) struct Sandbox(PathBuf);

impl Sandbox {
    /// Writes the files, given as path and text; the name must be unique among the tests.
    pub(crate) fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let root = env::temp_dir().join(format!("wijkpeil-xtask-{}-{name}", process::id()));
        fs::create_dir_all(&root).expect("a temporary folder");
        for (path, text) in files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        Self(root)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // A folder that stays behind in the temporary folder does no harm.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Runs one rule over the files and compares what it says.
#[track_caller]
pub(super) fn check(rule: Check, name: &str, files: &[(&str, &str)], expected: &[&str]) {
    let sandbox = Sandbox::new(name, files);
    assert_eq!(rule(&Workspace::read(sandbox.path())), expected);
}
