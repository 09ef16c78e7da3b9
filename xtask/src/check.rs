//! The test command: everything a change must hold, in one go.

mod notes;

use std::{
    env,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use crate::{
    clock::elapsed,
    programs::{succeeds, succeeds_silently},
    setup, tidy,
};

/// One thing that every change must hold.
struct Step {
    name: &'static str,
    run: fn(&Path) -> bool,
}

/// How a step went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Good(Duration),
    Bad(Duration),
    NotRun,
}

/// In this order: what is quick to fail comes first.
const STEPS: &[Step] = &[
    Step { name: "Opmaak", run: format },
    Step { name: "Lints", run: lints },
    Step { name: "Documentatie", run: documentation },
    Step { name: "Netheid", run: tidiness },
    Step { name: "Tests", run: tests },
    Step { name: "Voorbeelden in de documentatie", run: doctests },
];

/// Installs what is missing, runs every step until the first that fails, and prints a summary.
pub fn run(root: &Path) -> bool {
    notes::forget(root);
    eprintln!("== Benodigdheden");
    let mut skipped: Vec<String> = setup::run().iter().map(setup::notice).collect();
    let outcomes = outcomes(STEPS, root);
    skipped.extend(notes::read(root));
    eprint!("\n{}", summary(STEPS, &outcomes, &skipped));
    all_good(&outcomes)
}

fn outcomes(steps: &[Step], root: &Path) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        if !all_good(&outcomes) {
            outcomes.push(Outcome::NotRun);
            continue;
        }
        eprintln!("\n== {} van {}: {}", number + 1, steps.len(), step.name);
        let start = Instant::now();
        let good = (step.run)(root);
        let took = start.elapsed();
        eprintln!("== {} {} na {}", step.name, if good { "goed" } else { "FOUT" }, elapsed(took));
        outcomes.push(if good { Outcome::Good(took) } else { Outcome::Bad(took) });
    }
    outcomes
}

fn all_good(outcomes: &[Outcome]) -> bool {
    outcomes.iter().all(|it| matches!(it, Outcome::Good(_)))
}

/// The closing table, with what was skipped and the verdict under it.
fn summary(steps: &[Step], outcomes: &[Outcome], skipped: &[String]) -> String {
    let mut lines = vec![format!("{:<32} {:<12} {:>12}", "Stap", "Uitslag", "Tijd")];
    for (step, outcome) in steps.iter().zip(outcomes) {
        let (word, time) = match outcome {
            Outcome::Good(took) => ("goed", elapsed(*took)),
            Outcome::Bad(took) => ("FOUT", elapsed(*took)),
            Outcome::NotRun => ("niet gedaan", "-".to_owned()),
        };
        lines.push(format!("{:<32} {word:<12} {time:>12}", step.name));
    }
    lines.extend(skipped.iter().cloned());
    lines.push(if all_good(outcomes) { "Alles goed." } else { "Niet goed." }.to_owned());
    lines.join("\n") + "\n"
}

fn format(root: &Path) -> bool {
    succeeds(cargo(root).args(["fmt", "--all", "--check"]))
}

fn lints(root: &Path) -> bool {
    let flags = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    succeeds(cargo(root).args(flags))
}

fn documentation(root: &Path) -> bool {
    let flags = ["doc", "--workspace", "--no-deps"];
    succeeds(cargo(root).env("RUSTDOCFLAGS", "-D warnings").args(flags))
}

fn tidiness(root: &Path) -> bool {
    let problems = tidy::problems(root);
    for problem in &problems {
        eprintln!("{problem}");
    }
    problems.is_empty()
}

/// Where generated test data start: the same code gives the same outcome. Other seeds are tried by
/// setting the variable to another number.
const SEED: (&str, &str) = ("PROPTEST_RNG_SEED", "20190124");

/// Runs the tests with cargo-nextest, or with cargo's own runner where nextest is absent.
fn tests(root: &Path) -> bool {
    let seed = env::var(SEED.0).unwrap_or_else(|_| SEED.1.to_owned());
    if has_nextest(root) {
        let flags = ["nextest", "run", "--workspace", "--no-fail-fast"];
        succeeds(cargo(root).env(SEED.0, seed).args(flags))
    } else {
        eprintln!("cargo-nextest ontbreekt; de tests draaien met cargo test.");
        let flags = ["test", "--workspace", "--all-targets", "--no-fail-fast"];
        succeeds(cargo(root).env(SEED.0, seed).args(flags).args(["--", "--show-output"]))
    }
}

fn doctests(root: &Path) -> bool {
    succeeds(cargo(root).args(["test", "--workspace", "--doc"]))
}

fn has_nextest(root: &Path) -> bool {
    succeeds_silently(cargo(root).args(["nextest", "--version"]))
}

/// The cargo that runs this program, started in the workspace.
fn cargo(root: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    command
}

#[cfg(test)]
mod tests_of_the_test_command {
    use super::*;

    const THREE: &[Step] = &[
        Step { name: "Eerste", run: |_| true },
        Step { name: "Tweede", run: |_| false },
        Step { name: "Derde", run: |_| panic!("a step after a failure must not run") },
    ];

    #[test]
    fn the_first_failure_stops_the_rest() {
        let outcomes = outcomes(THREE, Path::new("."));
        assert!(matches!(outcomes[..], [Outcome::Good(_), Outcome::Bad(_), Outcome::NotRun]));
        assert!(!all_good(&outcomes));
    }

    #[test]
    fn the_summary_names_each_step_and_what_was_skipped() {
        let took = Duration::from_millis(1_500);
        let outcomes = [Outcome::Good(took), Outcome::Bad(took), Outcome::NotRun];
        let text = summary(THREE, &outcomes, &["OVERGESLAGEN: geen browser".to_owned()]);
        assert_eq!(
            text,
            "\
Stap                             Uitslag              Tijd
Eerste                           goed                1,5 s
Tweede                           FOUT                1,5 s
Derde                            niet gedaan             -
OVERGESLAGEN: geen browser
Niet goed.
"
        );
    }
}
