//! Callaway-Sant'Anna without covariates, against the Python packages for it.
//!
//! `cargo run --release -p statistics --example bench_callaway_santanna -- [UNITSxPERIODSxDRAWS...]`
//! (default 342x20x0, 342x20x999, 100000x10x0, 100000x10x999, 1000000x10x0; 0 draws is analytic).
//! With `WIJKPEIL_PYTHON` set to a Python that has diff-diff and csdid,
//! `bench_callaway_santanna.py` beside this file estimates on the same data. All get the columns in
//! memory; the clock runs from there to all group-time effects with their standard errors and the
//! simple average, here also to every other average. Each time is the best of three runs.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::{
    env, fs,
    io::{self, Write as _},
    path::Path,
    process::{Command, ExitCode},
    time::Instant,
};

use rand::RngExt as _;
use statistics::{
    did::callaway_santanna::{Bootstrap, CallawaySantanna, Options, callaway_santanna},
    fault::Fault,
    numbers::Numbers,
    panel::Panel,
    random::generator,
};

const DEFAULT: [&str; 5] =
    ["342x20x0", "342x20x999", "100000x10x0", "100000x10x999", "1000000x10x0"];

fn main() -> ExitCode {
    let asked: Vec<String> = env::args().skip(1).collect();
    let cases = if asked.is_empty() { DEFAULT.map(str::to_owned).to_vec() } else { asked };
    println!("{} threads", rayon::current_num_threads());
    let mut equal = true;
    for case in &cases {
        let sizes: Vec<usize> = case.split('x').filter_map(|it| it.parse().ok()).collect();
        let &[units, periods, draws] = sizes.as_slice() else {
            println!("{case}: expected UNITSxPERIODSxDRAWS");
            return ExitCode::FAILURE;
        };
        match bench(&Rows::generated(units, periods), draws) {
            Ok(same) => equal &= same,
            Err(error) => {
                println!("failed: {error}");
                equal = false;
            }
        }
    }
    if equal { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Three cohorts and the never treated, a quarter of the units each; effects grow with time.
struct Rows {
    units: usize,
    periods: usize,
    unit: Vec<i64>,
    period: Vec<i64>,
    first_treated: Vec<i64>,
    outcome: Vec<f64>,
}

impl Rows {
    fn generated(units: usize, periods: usize) -> Self {
        let mut random = generator(42, 0);
        let whole = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
        let starts = [periods / 4 + 1, periods / 2 + 1, periods * 3 / 4 + 1, 0].map(whole);
        let mut it = Self {
            units,
            periods,
            unit: Vec::with_capacity(units * periods),
            period: Vec::with_capacity(units * periods),
            first_treated: Vec::with_capacity(units * periods),
            outcome: Vec::with_capacity(units * periods),
        };
        for unit in 0..units {
            let start = starts[random.random_range(0..4)];
            let level = random.random_range(-1.0..1.0);
            for period in 1..=whole(periods) {
                let effect =
                    if start > 0 && period >= start { 0.1 * (period - start) as f64 } else { 0.0 };
                it.unit.push(whole(unit) + 1);
                it.period.push(period);
                it.first_treated.push(start);
                it.outcome.push(level + effect + random.random_range(-1.0..1.0));
            }
        }
        it
    }

    fn estimate(&self, draws: usize) -> Result<CallawaySantanna, Fault> {
        let panel = Panel::from_numbers(&Numbers {
            unit: &self.unit,
            period: &self.period,
            first_treated: &self.first_treated,
            outcome: &self.outcome,
        })?;
        let bootstrap = (draws > 0).then(|| Bootstrap::new(draws, 1));
        callaway_santanna(&panel, &Options { bootstrap, ..Options::default() })
    }
}

/// Whether the peers, if there are any, found the same effect.
fn bench(rows: &Rows, draws: usize) -> io::Result<bool> {
    println!("\n{} units x {} periods, {draws} draws", rows.units, rows.periods);
    let mut best = f64::INFINITY;
    let mut found = None;
    for _ in 0..3 {
        let clock = Instant::now();
        let it = rows.estimate(draws).map_err(io::Error::other)?;
        best = best.min(clock.elapsed().as_secs_f64());
        found = Some(it.simple);
    }
    let Some(simple) = found else { return Ok(false) };
    let memory = peak_memory().map_or(f64::NAN, |kib| kib as f64 * 1024.0 / 1e9);
    let error = simple.standard_error.unwrap_or(f64::NAN);
    println!(
        "  {:10} {best:9.4} s  {memory:5.2} GB  {:.8} ({error:.8})",
        "wijkpeil", simple.estimate
    );
    let Ok(python) = env::var("WIJKPEIL_PYTHON") else {
        println!("  OVERGESLAGEN: WIJKPEIL_PYTHON is niet gezet, dus geen diff-diff en csdid");
        return Ok(true);
    };
    let folder = env::temp_dir().join(format!("wijkpeil-bench-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let same = ask_peers(rows, draws, &folder, &python, simple.estimate);
    fs::remove_dir_all(&folder)?;
    same
}

/// Every peer in its own process, so that its memory is its own.
fn ask_peers(
    rows: &Rows,
    draws: usize,
    folder: &Path,
    python: &str,
    estimate: f64,
) -> io::Result<bool> {
    for (name, values) in
        [("unit", &rows.unit), ("period", &rows.period), ("first", &rows.first_treated)]
    {
        write(&folder.join(name), values.iter().map(|it| it.to_le_bytes()))?;
    }
    write(&folder.join("y"), rows.outcome.iter().map(|it| it.to_le_bytes()))?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/bench_callaway_santanna.py");
    let runs = if rows.units > 100_000 { "1" } else { "3" };
    let mut same = true;
    for peer in ["diff-diff", "csdid", "differences", "moderndid"] {
        let status = Command::new(python)
            .arg(&script)
            .arg(folder)
            .args([peer, &draws.to_string(), runs])
            .arg(format!("{estimate:.17e}"))
            .status()?;
        same &= status.success();
    }
    Ok(same)
}

fn write(path: &Path, values: impl Iterator<Item = [u8; 8]>) -> io::Result<()> {
    let mut file = io::BufWriter::with_capacity(1 << 20, fs::File::create(path)?);
    for it in values {
        file.write_all(&it)?;
    }
    file.flush()
}

/// The most memory this process ever held, in KiB; where the system tells.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
