//! Runs the benchmarks, with the peers they compare themselves to.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use crate::{
    clock::elapsed,
    programs::{succeeds, succeeds_silently},
    setup::{Package, install},
};

/// One benchmark: an example program that prints its own figures.
#[derive(Debug, Clone, Copy)]
pub struct Benchmark {
    /// The name on the command line.
    pub name: &'static str,
    /// The crate that holds it.
    pub package: &'static str,
    /// The example in that crate.
    pub example: &'static str,
    /// Whether it measures peers from PyPI in the same run.
    pub peers: bool,
}

/// Every benchmark; to add one, add the example and a row here.
pub const BENCHMARKS: &[Benchmark] = &[
    Benchmark { name: "spells", package: "indicators", example: "bench_spells", peers: true },
    Benchmark { name: "reeks", package: "indicators", example: "bench_reeks", peers: false },
    Benchmark {
        name: "vaste_effecten",
        package: "statistics",
        example: "bench_fixed_effects",
        peers: true,
    },
    Benchmark {
        name: "callaway_santanna",
        package: "statistics",
        example: "bench_callaway_santanna",
        peers: true,
    },
    Benchmark { name: "sdid", package: "statistics", example: "bench_sdid", peers: true },
    Benchmark { name: "log", package: "store", example: "bench_log", peers: false },
    Benchmark { name: "koude_start", package: "store", example: "bench_start", peers: false },
    Benchmark { name: "iwmo", package: "messages", example: "bench_iwmo", peers: true },
    Benchmark { name: "pagina", package: "web", example: "bench_page", peers: false },
];

/// The variable that tells a benchmark which Python has the peers.
pub const PYTHON: &str = "WIJKPEIL_PYTHON";

const VENV: &[Package] = &[Package {
    name: "python3-venv",
    program: "python3",
    skipped: "de vergelijking met DuckDB, Polars en lxml",
}];

/// Runs the named benchmarks, or all when none is named; says whether all went well.
pub fn run(root: &Path, names: &[&str]) -> bool {
    match chosen(root, BENCHMARKS, names) {
        Ok(chosen) => {
            let python = chosen.iter().any(|it| it.peers).then(|| peers(root)).flatten();
            // One that fails does not keep the others from running.
            let went: Vec<bool> =
                chosen.iter().map(|it| measure(root, it, python.as_deref())).collect();
            !went.contains(&false)
        }
        Err(refusals) => {
            eprintln!("{}", refusals.join("\n"));
            false
        }
    }
}

/// The benchmarks to run, or why they cannot run, in Dutch.
fn chosen(root: &Path, all: &[Benchmark], names: &[&str]) -> Result<Vec<Benchmark>, Vec<String>> {
    let known: Vec<&str> = all.iter().map(|it| it.name).collect();
    let unknown = names
        .iter()
        .filter(|it| !known.contains(it))
        .map(|it| format!("Onbekende benchmark: {it}. Kies uit: {}.", known.join(", ")));
    let mut refusals: Vec<String> = unknown.collect();
    let chosen = all.iter().filter(|it| names.is_empty() || names.contains(&it.name));
    let chosen: Vec<Benchmark> = chosen.copied().collect();
    refusals.extend(chosen.iter().filter_map(|it| {
        let path = format!("crates/{}/examples/{}.rs", it.package, it.example);
        let there = root.join(&path).is_file();
        (!there).then(|| format!("Benchmark {} heeft geen programma: {path} ontbreekt.", it.name))
    }));
    if refusals.is_empty() { Ok(chosen) } else { Err(refusals) }
}

fn measure(root: &Path, benchmark: &Benchmark, python: Option<&Path>) -> bool {
    eprintln!("\n== Benchmark {}", benchmark.name);
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root).args(["run", "--release", "--package", benchmark.package]);
    command.args(["--example", benchmark.example]);
    match python {
        Some(python) if benchmark.peers => command.env(PYTHON, python),
        _ => command.env_remove(PYTHON),
    };
    let start = Instant::now();
    let good = succeeds(&mut command);
    let word = if good { "klaar" } else { "MISLUKT" };
    eprintln!("== Benchmark {} {word} na {}", benchmark.name, elapsed(start.elapsed()));
    good
}

/// A Python with DuckDB, Polars and lxml, set up once under the target folder.
fn peers(root: &Path) -> Option<PathBuf> {
    let venv = target(root).join("bench-venv");
    let python = venv.join("bin/python");
    if !has_peers(&python) {
        eprintln!("DuckDB, Polars en lxml klaarzetten in {}", venv.display());
        // Debian splits off the part of Python that fills a new environment.
        install(VENV, |it| runs(Path::new(it.program), "import ensurepip"));
        let made = succeeds(Command::new("python3").args(["-m", "venv"]).arg(&venv));
        let pip =
            ["-m", "pip", "install", "--quiet", "duckdb", "lxml", "numpy", "polars", "pyarrow"];
        let estimators =
            ["scipy", "pandas", "diff-diff", "synthdid-py", "pyfixest", "linearmodels", "csdid"];
        if !made || !succeeds(Command::new(&python).args(pip).args(estimators)) {
            eprintln!("Niet gelukt. {}", crate::setup::notice(&VENV[0]));
        }
    }
    has_peers(&python).then_some(python)
}

fn has_peers(python: &Path) -> bool {
    runs(
        python,
        "import duckdb, lxml, numpy, polars, pyarrow, scipy, diff_diff, synthdid, pyfixest, linearmodels, \
         csdid",
    )
}

fn runs(python: &Path, line: &str) -> bool {
    succeeds_silently(Command::new(python).args(["-c", line]))
}

fn target(root: &Path) -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |it| root.join(it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::sandbox::Sandbox;

    #[test]
    fn names_choose_and_what_cannot_run_is_refused() {
        let root = Sandbox::new("bench", &[("crates/store/examples/bench_log.rs", "fn main() {}")]);
        let check = |names: &[&str]| match chosen(root.path(), BENCHMARKS, names) {
            Ok(chosen) => chosen.iter().map(|it| it.example).collect::<Vec<_>>().join(" "),
            Err(refusals) => refusals.join("\n"),
        };
        assert_eq!(check(&["log"]), "bench_log");
        assert_eq!(
            check(&["log", "snelheid"]),
            "Onbekende benchmark: snelheid. Kies uit: spells, reeks, vaste_effecten, callaway_santanna, sdid, log, koude_start, iwmo, pagina."
        );
        assert_eq!(
            check(&["pagina"]),
            "Benchmark pagina heeft geen programma: crates/web/examples/bench_page.rs ontbreekt."
        );
    }
}
