//! Chores: `cargo xtask NAME`.

use std::{
    env,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use xtask::{bench, check, setup, tidy};

const HELP: &str = "\
Klussen voor wie aan Wijkpeil bouwt.

Gebruik: cargo xtask KLUS

Klussen:
  test              installeert wat ontbreekt en controleert daarna alles:
                    opmaak, lints, documentatie, netheid en alle tests
  setup             installeert alleen wat de tests nodig hebben
  tidy              controleert de regels van het ontwerp (ook onderdeel van test)
  tidy --glossary   drukt de rijen af die in GLOSSARY.md ontbreken, klaar om te plakken
  bench [NAAM...]   draait de benchmarks, alle of alleen de genoemde
  help              toont deze uitleg
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let root = workspace();
    match words.as_slice() {
        ["test"] => code(check::run(&root)),
        ["setup"] => code(setup::run().is_empty()),
        ["tidy"] => report(&tidy::problems(&root)),
        ["tidy", "--glossary"] => print(&tidy::glossary_rows(&root)),
        ["bench", names @ ..] => code(bench::run(&root, names)),
        [] | ["help" | "--help" | "-h"] => print(HELP),
        _ => {
            eprintln!("Onbekende klus: {}\n\n{HELP}", words.join(" "));
            ExitCode::from(2)
        }
    }
}

/// The folder that holds the workspace: this crate's parent.
fn workspace() -> PathBuf {
    let own = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    own.parent().map_or(own.clone(), Path::to_path_buf)
}

fn report(problems: &[String]) -> ExitCode {
    for problem in problems {
        eprintln!("{problem}");
    }
    match problems.len() {
        0 => eprintln!("Netjes: geen problemen."),
        count => eprintln!("\n{count} punten om op te lossen."),
    }
    code(problems.is_empty())
}

fn print(text: &str) -> ExitCode {
    code(io::stdout().write_all(text.as_bytes()).is_ok())
}

fn code(good: bool) -> ExitCode {
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
