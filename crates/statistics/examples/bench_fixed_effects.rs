//! Two fixed effects with clustered errors: this library against pyfixest and linearmodels.
//!
//! `cargo run --release -p statistics --example bench_fixed_effects -- [ROWS...]` (default
//! 100,000, 1,000,000 and 10,000,000). With `WIJKPEIL_PYTHON` set to a Python that has pyfixest and
//! linearmodels, `bench_fixed_effects.py` beside this file answers the same question from the same
//! bytes, loaded before the clock starts, one process per peer; R's fixest joins in where it is
//! installed. Coefficient and standard error must agree. Times are the best of three runs, or of
//! one beyond a million rows. Peak memory is that of the process with the data.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;
use std::{env, fs};

use rand::RngExt as _;
use statistics::random::generator;
use statistics::regression::design::Design;
use statistics::regression::ols::{Coefficient, Options, ols};

fn main() -> ExitCode {
    let asked: Vec<u32> = env::args().skip(1).filter_map(|it| it.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![100_000, 1_000_000, 10_000_000] } else { asked };
    println!("{} threads", rayon::current_num_threads());
    let mut equal = true;
    for rows in sizes {
        for kind in ["panel", "gaps", "graph"] {
            if kind != "panel" && rows != 1_000_000 {
                continue;
            }
            match bench(kind, rows) {
                Ok(same) => equal &= same,
                Err(error) => {
                    println!("failed: {error}");
                    equal = false;
                }
            }
        }
    }
    if equal { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Whether the peers, if there are any, gave the same answer.
fn bench(kind: &str, rows: u32) -> io::Result<bool> {
    reset_peak();
    let data = Data::generated(kind, rows);
    println!("\n{} rows, {kind}", data.y.len());
    let runs = if rows > 1_000_000 { 1 } else { 3 };
    let mut best = f64::INFINITY;
    let mut found = None;
    for _ in 0..runs {
        let clock = Instant::now();
        found = data.estimate();
        best = best.min(clock.elapsed().as_secs_f64());
    }
    let Some(found) = found else { return Err(io::Error::other("no estimate")) };
    let peak = peak_memory().map_or(0.0, |kib| kib as f64 * 1024.0 / 1e9);
    println!(
        "  {:14} {best:8.3} s  {peak:6.2} GB  {:.10} ({:.10})",
        "wijkpeil", found.estimate, found.standard_error
    );
    peers(&data, kind, runs, &found)
}

struct Data {
    y: Vec<f64>,
    x: Vec<f64>,
    unit: Vec<u32>,
    period: Vec<u32>,
}

impl Data {
    /// `panel`: ten periods per unit, in order. `gaps`: the same with one row in twenty missing.
    /// `graph`: workers who sometimes change firm, in no order.
    fn generated(kind: &str, rows: u32) -> Self {
        let mut random = generator(42, u64::from(rows));
        let mut it = Self { y: Vec::new(), x: Vec::new(), unit: Vec::new(), period: Vec::new() };
        let long = rows as usize;
        it.y.reserve_exact(long);
        it.x.reserve_exact(long);
        it.unit.reserve_exact(long);
        it.period.reserve_exact(long);
        for row in 0..rows {
            let (unit, period) = if kind == "graph" {
                let unit = random.random_range(0..rows / 8);
                let firms = rows / 50;
                let moves = random.random_range(0..5) == 0;
                (unit, if moves { random.random_range(0..firms) } else { unit % firms })
            } else {
                (row / 10, row % 10)
            };
            if kind == "gaps" && random.random_range(0..20) == 0 {
                continue;
            }
            let own = f64::from(unit.wrapping_mul(2_654_435_761) >> 16) / 65_536.0;
            let when = f64::from(period % 97) / 10.0;
            let noise = random.random::<f64>() + random.random::<f64>() - 1.0;
            let x = own + 0.3 * when + random.random::<f64>();
            it.x.push(x);
            it.y.push(0.14 * x + 2.0 * own - when + noise);
            it.unit.push(unit);
            it.period.push(period);
        }
        it
    }

    fn estimate(&self) -> Option<Coefficient> {
        let design = Design::new(&self.y[..])
            .column("x", &self.x[..])
            .effect(&self.unit[..])
            .effect(&self.period[..])
            .cluster(&self.unit[..]);
        ols(&design, &Options::default()).ok()?.coefficient("x")
    }
}

/// The peers print their own times; their answers come back in a file each.
fn peers(data: &Data, kind: &str, runs: u32, ours: &Coefficient) -> io::Result<bool> {
    let Ok(python) = env::var("WIJKPEIL_PYTHON") else {
        println!(
            "  OVERGESLAGEN: WIJKPEIL_PYTHON is niet gezet, dus geen pyfixest en linearmodels"
        );
        return Ok(true);
    };
    let folder = env::temp_dir().join(format!("wijkpeil-bench-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let same = ask_peers(data, &folder, &python, (kind, runs), ours);
    fs::remove_dir_all(&folder)?;
    same
}

fn ask_peers(
    data: &Data,
    folder: &Path,
    python: &str,
    (kind, runs): (&str, u32),
    ours: &Coefficient,
) -> io::Result<bool> {
    write(&folder.join("y"), data.y.iter().map(|it| it.to_le_bytes()))?;
    write(&folder.join("x"), data.x.iter().map(|it| it.to_le_bytes()))?;
    write(&folder.join("unit"), data.unit.iter().map(|it| it.to_le_bytes()))?;
    write(&folder.join("period"), data.period.iter().map(|it| it.to_le_bytes()))?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/bench_fixed_effects.py");
    let mut same = true;
    for peer in ["pyfixest", "linearmodels", "fixest"] {
        if peer == "linearmodels" && (kind != "panel" || data.y.len() > 1_000_000) {
            println!("  {peer:14} not measured: minutes, or a refusal of this design");
            continue;
        }
        let mut command = Command::new(python);
        command.arg(&script).arg(peer).arg(folder).arg(runs.to_string());
        same &= command.status()?.success();
        let Ok(answer) = fs::read_to_string(folder.join(peer)) else { continue };
        let numbers: Vec<f64> =
            answer.split_whitespace().filter_map(|it| it.parse().ok()).collect();
        let close = |found: f64, own: f64, room: f64| (found - own).abs() <= room * own.abs();
        // fixest and pyfixest stop at 1e-6; linearmodels counts the parameters in another way.
        let room = if peer == "linearmodels" { 0.1 } else { 1e-4 };
        if !(close(numbers[0], ours.estimate, 1e-5) && close(numbers[1], ours.standard_error, room))
        {
            println!("  {peer} has another answer");
            same = false;
        }
    }
    println!("  answers {}", if same { "equal" } else { "NOT equal" });
    Ok(same)
}

fn write<const N: usize>(path: &Path, values: impl Iterator<Item = [u8; N]>) -> io::Result<()> {
    let mut file = io::BufWriter::with_capacity(1 << 20, fs::File::create(path)?);
    for it in values {
        file.write_all(&it)?;
    }
    file.flush()
}

/// Starts the count of the peak anew, where the system allows.
fn reset_peak() {
    if fs::write("/proc/self/clear_refs", "5").is_err() {
        println!("  the peak of memory is that of all cases so far");
    }
}

/// The most memory this process held, in KiB; where the system tells.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
