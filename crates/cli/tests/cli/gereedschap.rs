//! Runs the binary and catches what it says.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// What the binary said.
pub(crate) struct Told {
    pub(crate) code: i32,
    pub(crate) answer: String,
    pub(crate) errors: String,
    bytes: Vec<u8>,
}

/// Runs `wijkpeil` with these words, and `--data` where a folder is given.
pub(crate) fn wijkpeil(data: Option<&Path>, words: &str) -> Told {
    let output = command(data, words).output().expect("the binary runs");
    Told {
        code: output.status.code().expect("the binary ends by itself"),
        answer: String::from_utf8_lossy(&output.stdout).into_owned(),
        errors: String::from_utf8_lossy(&output.stderr).into_owned(),
        bytes: output.stdout,
    }
}

/// Starts `wijkpeil` and goes on.
pub(crate) fn start(data: &Path, words: &str) -> Child {
    let silent = Stdio::null;
    let mut command = command(Some(data), words);
    command.stdout(silent()).stderr(silent()).spawn().expect("the binary starts")
}

fn command(data: Option<&Path>, words: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wijkpeil"));
    command.args(words.split_whitespace());
    if let Some(it) = data {
        command.arg("--data").arg(it);
    }
    let own = ["WIJKPEIL_DATA", "WIJKPEIL_DATABASE", "WIJKPEIL_SLEUTEL", "WIJKPEIL_IWMO_TOKEN"];
    for name in own.into_iter().chain(["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"]) {
        command.env_remove(name);
    }
    command
}

/// A municipality in a folder of its own.
pub(crate) struct Gemeente {
    pub(crate) folder: tempfile::TempDir,
}

impl Gemeente {
    /// Makes it with these words.
    pub(crate) fn new(demo: &str) -> Gemeente {
        let gemeente = Gemeente { folder: tempfile::tempdir().expect("a folder") };
        let told = wijkpeil(Some(&gemeente.data()), demo);
        assert_eq!(told.code, 0, "{}", told.errors);
        assert_eq!(told.errors, "", "no progress in a pipe");
        gemeente
    }

    /// Where its data lie.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("gegevens")
    }

    /// The answer to a question that must go well.
    pub(crate) fn ask(&self, words: &str) -> String {
        String::from_utf8(self.bytes(words)).expect("UTF-8")
    }

    /// The same, as bytes.
    pub(crate) fn bytes(&self, words: &str) -> Vec<u8> {
        let told = wijkpeil(Some(&self.data()), words);
        assert_eq!(told.code, 0, "{words}: {}", told.errors);
        told.bytes
    }

    /// The same, as JSON.
    pub(crate) fn json(&self, words: &str) -> serde_json::Value {
        serde_json::from_slice(&self.bytes(words)).expect("JSON")
    }
}

/// Each of these fails with these words in the error.
#[track_caller]
pub(crate) fn check(gemeente: &Gemeente, wrong: &[(&str, &str)]) {
    for (words, expected) in wrong {
        let told = wijkpeil(Some(&gemeente.data()), words);
        assert_eq!(told.code, 1, "{words}");
        assert!(told.errors.contains(expected), "{words}: {}", told.errors);
    }
}
