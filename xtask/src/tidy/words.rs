//! Words that do not belong in a file: folders of one machine, and promises to do it later.

use super::workspace::Workspace;

/// Cut in two, so that this file does not refuse itself.
const MACHINE_FOLDERS: &[&str] =
    &[concat!("/ro", "ot/"), concat!("/wo", "rk/"), concat!("/ho", "me/")];

const PROMISES: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME")];

/// Lines that hold such a word.
pub(super) fn problems(workspace: &Workspace) -> Vec<String> {
    let mut problems = Vec::new();
    for (path, text) in workspace.texts() {
        for (number, line) in (1..).zip(text.lines()) {
            let folders = MACHINE_FOLDERS.iter().filter(|it| starts_in(line, it));
            problems.extend(
                folders.map(|it| format!("{path}:{number}: `{it}` is a folder of one machine")),
            );
            let promises = PROMISES.iter().filter(|it| is_word_in(line, it));
            problems.extend(
                promises.map(|it| format!("{path}:{number}: `{it}`: do it, or leave it out")),
            );
        }
    }
    problems
}

/// Whether a path in the line starts with the folder; `example.nl/work/` does not.
fn starts_in(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| !ends_in_word(&line[..at]))
}

fn is_word_in(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let after = line[at + word.len()..].chars().next();
        !ends_in_word(&line[..at]) && !after.is_some_and(char::is_alphanumeric)
    })
}

fn ends_in_word(text: &str) -> bool {
    text.chars().next_back().is_some_and(|it| it.is_alphanumeric() || "._-}~".contains(it))
}

#[test]
fn machine_folders_and_promises_are_refused() {
    let [root, work, _] = MACHINE_FOLDERS else { panic!("three folders") };
    let [todo, fixme] = PROMISES else { panic!("two promises") };
    let text = format!(
        "// {todo}: later\nlet path = \"{work}main\";\nopen({root}.cargo) // {fixme}\n\
         https://example.nl{work}x and {todo}S and ME{todo}\n"
    );
    let expected = [
        format!("crates/a/src/a.rs:1: `{todo}`: do it, or leave it out"),
        format!("crates/a/src/a.rs:2: `{work}` is a folder of one machine"),
        format!("crates/a/src/a.rs:3: `{root}` is a folder of one machine"),
        format!("crates/a/src/a.rs:3: `{fixme}`: do it, or leave it out"),
    ];
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    super::sandbox::check(problems, "words", &[("crates/a/src/a.rs", &text)], &expected);
}
