//! Finding and running other programs.

use std::{
    env, fs,
    path::PathBuf,
    process::{Command, Stdio},
};

/// The path of a program: from `PATH`, or from Debian's folders outside it.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).chain(debian_folders()).map(|dir| dir.join(program));
    found.into_iter().find(|it| it.is_file())
}

/// Runs a command in the open and says whether it went well.
pub fn succeeds(command: &mut Command) -> bool {
    match command.status() {
        Ok(status) => status.success(),
        Err(error) => {
            eprintln!("Kan {} niet starten: {error}", command.get_program().to_string_lossy());
            false
        }
    }
}

/// Runs a command without showing what it prints and says whether it went well.
pub fn succeeds_silently(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// What a command prints, trimmed; `None` when it fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// Debian keeps the server programs of PostgreSQL in a folder per version.
fn debian_folders() -> Vec<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = versions.map(|it| it.path().join("bin")).collect();
    folders.sort();
    folders.push(PathBuf::from("/usr/bin"));
    folders
}
