//! Synthetic difference-in-differences with its placebo variance: this crate against its peers.
//!
//! `cargo run --release -p statistics --example bench_sdid -- [DRAWS]` (default 200). Two cases: the
//! shape of the Californian tobacco study (39 states, 31 years; the study's own figures where
//! `../shared` is present) and 342 units over 60 periods with 2 treated from the 49th. With
//! `WIJKPEIL_PYTHON` set to a Python that has numpy, scipy, pandas, diff-diff and synthdid-py,
//! `bench_sdid.py` beside this file estimates the same from the same numbers, and the exact ones
//! must agree. Each time is the best of three runs of the estimate and its variance together.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::{
    env, fs, io,
    path::Path,
    process::{Command, ExitCode},
    time::Instant,
};

use rand::RngExt as _;
use statistics::{
    panel::{Columns, Panel},
    random::generator,
    synthetic::sdid::{Estimator, Inference, Options, synthetic_did},
};

/// One data set: outcomes by unit, the treated units last.
struct Case {
    name: &'static str,
    outcome: Vec<Vec<f64>>,
    treated: usize,
    before: usize,
}

fn main() -> ExitCode {
    let draws = env::args().nth(1).and_then(|it| it.parse().ok()).unwrap_or(200);
    println!("{} threads, {draws} placebo draws", rayon::current_num_threads());
    let mut equal = true;
    for case in [tobacco(), made_up("342x60x2x48", 342, 60, 2, 48)] {
        match bench(&case, draws) {
            Ok(same) => equal &= same,
            Err(error) => {
                println!("failed: {error}");
                equal = false;
            }
        }
    }
    if equal { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn bench(case: &Case, draws: usize) -> io::Result<bool> {
    let panel = case.panel();
    let options = Options {
        estimators: vec![Estimator::SyntheticDid],
        inference: Inference::Placebo { draws, seed: 1 },
        confidence: 0.95,
    };
    let mut best = f64::INFINITY;
    let mut found = None;
    for _ in 0..3 {
        let clock = Instant::now();
        found = synthetic_did(&panel, &options).ok();
        best = best.min(clock.elapsed().as_secs_f64());
    }
    let Some(effect) = found.as_ref().and_then(|it| it.effects.first()) else {
        return Err(io::Error::other("no estimate"));
    };
    let (estimate, error) = (effect.estimate, effect.spread.map_or(0.0, |it| it.standard_error));
    println!("\n{}", case.name);
    println!("  wijkpeil       {best:9.4} s  estimate {estimate:.6}  standard error {error:.5}");
    if let Some(kib) = peak_memory() {
        println!("  peak memory of this process {:.3} GB", kib as f64 * 1024.0 / 1e9);
    }
    peers(case, draws, estimate)
}

impl Case {
    fn panel(&self) -> Panel {
        let mut columns = Columns::default();
        let first_treated = self.outcome.len() - self.treated;
        for (unit, row) in self.outcome.iter().enumerate() {
            for (period, value) in row.iter().enumerate() {
                let start = (unit >= first_treated).then_some(self.before);
                columns.unit.push(format!("u{unit}"));
                columns.period.push(i64::try_from(period).unwrap_or(i64::MAX));
                columns.first_treated.push(start.and_then(|it| i64::try_from(it).ok()));
                columns.outcome.push(*value);
            }
        }
        Panel::new(columns).expect("a whole panel")
    }
}

/// The study's figures, or a panel of its shape.
fn tobacco() -> Case {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/stats/data/california_prop99.csv");
    let Ok(mut reader) = csv::Reader::from_path(path) else {
        println!("OVERGESLAGEN: ../shared ontbreekt, dus een verzonnen panel van dezelfde vorm");
        return made_up("39x31x1x19", 39, 31, 1, 19);
    };
    let mut states: Vec<(String, Vec<f64>)> = Vec::new();
    for record in reader.records().flatten() {
        let value: f64 = record.get(2).and_then(|it| it.parse().ok()).unwrap_or(0.0);
        let state = record.get(0).unwrap_or_default().to_owned();
        match states.iter_mut().find(|(name, _)| *name == state) {
            Some((_, row)) => row.push(value),
            None => states.push((state, vec![value])),
        }
    }
    // The treated state last.
    states.sort_by_key(|(name, _)| name == "California");
    let outcome = states.into_iter().map(|(_, row)| row).collect();
    Case { name: "prop99 (39x31x1x19)", outcome, treated: 1, before: 19 }
}

/// Unit levels, four common factors with own loadings, autoregressive noise, an effect of -0.1.
fn made_up(
    name: &'static str,
    units: usize,
    periods: usize,
    treated: usize,
    before: usize,
) -> Case {
    let mut random = generator(342, 0);
    let mut noise = move || random.random_range(-1.0..1.0) + random.random_range(-1.0..1.0);
    let factors: Vec<Vec<f64>> = (0..4)
        .map(|_| {
            let mut level = 0.0;
            (0..periods)
                .map(|_| {
                    level += 0.05 * noise();
                    level
                })
                .collect()
        })
        .collect();
    let outcome = (0..units)
        .map(|unit| {
            let loadings: Vec<f64> = factors.iter().map(|_| noise()).collect();
            let (level, mut own) = (3.0 + 0.4 * noise(), 0.0);
            (0..periods)
                .map(|period| {
                    own = 0.5 * own + 0.05 * noise();
                    let common: f64 =
                        loadings.iter().zip(&factors).map(|(a, b)| a * b[period]).sum();
                    let effect =
                        if unit + treated >= units && period >= before { -0.1 } else { 0.0 };
                    level + common + own + effect
                })
                .collect()
        })
        .collect();
    Case { name, outcome, treated, before }
}

/// The peers print their own times and write the exact estimate back.
fn peers(case: &Case, draws: usize, estimate: f64) -> io::Result<bool> {
    let Ok(python) = env::var("WIJKPEIL_PYTHON") else {
        println!("  OVERGESLAGEN: WIJKPEIL_PYTHON is niet gezet, dus geen vergelijking");
        return Ok(true);
    };
    let folder = env::temp_dir().join(format!("wijkpeil-bench-sdid-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let numbers = case.outcome.iter().flatten().flat_map(|it| it.to_le_bytes());
    fs::write(folder.join("outcome"), numbers.collect::<Vec<u8>>())?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/bench_sdid.py");
    let shape = [case.outcome.len(), case.outcome[0].len(), case.treated, case.before, draws];
    let status = Command::new(python)
        .arg(script)
        .arg(&folder)
        .args(shape.map(|it| it.to_string()))
        .status()?;
    let exact: f64 = fs::read_to_string(folder.join("exact"))
        .ok()
        .and_then(|it| it.trim().parse().ok())
        .unwrap_or(f64::NAN);
    fs::remove_dir_all(&folder)?;
    let same = status.success() && (exact - estimate).abs() <= 1e-6 * estimate.abs();
    println!("  exact estimates {}", if same { "equal" } else { "NOT equal" });
    Ok(same)
}

/// The most memory this process ever held, in KiB; where the system tells.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
