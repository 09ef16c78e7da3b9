//! Running spells and unique clients per team and month: this kernel against `DuckDB` and Polars.
//!
//! `cargo run --release -p indicators --example bench_spells -- [SPELLS...]` (default 1,000,000 and
//! 30,000,000). With `WIJKPEIL_PYTHON` set to a Python that has duckdb, polars, numpy and pyarrow,
//! `bench_spells.py` beside this file answers the same question from the same bytes, loaded before
//! the clock starts, and the answers must be equal. Each time is the best of three runs, or of one
//! beyond ten million spells; processor time is that of all threads, and the fairer measure on a
//! machine that does other work.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::{
    env, fs,
    io::{self, Write as _},
    path::Path,
    process::{Command, ExitCode},
    time::Instant,
};

use domain::Maand;
use indicators::{
    OPEN, Venster, dag,
    spells::{Kolommen, Stromen, Telling, tel_clienten, tel_spells},
};

const TEAMS: u16 = 200;
const MONTHS: i32 = 120;

fn main() -> ExitCode {
    let asked: Vec<usize> = env::args().skip(1).filter_map(|it| it.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![1_000_000, 30_000_000] } else { asked };
    println!("{} threads, {TEAMS} teams, {MONTHS} months", rayon::current_num_threads());
    let mut equal = true;
    for n in sizes {
        match bench(n) {
            Ok(same) => equal &= same,
            Err(error) => {
                println!("failed: {error}");
                equal = false;
            }
        }
    }
    if equal { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Whether the peers, if there are any, gave the same answer.
fn bench(n: usize) -> io::Result<bool> {
    let mut it = Spells::generated(n);
    let venster = venster();
    println!("\n{n} spells of {} clients, in order of start", it.clients);
    let unsorted = it.measure("wijkpeil", &venster);
    let mut same = peers(&it, &unsorted)?;
    it.sort();
    println!("the same, sorted by client");
    let sorted = it.measure("wijkpeil", &venster);
    same &= sorted == unsorted;
    same &= peers(&it, &sorted)?;
    if let Some(kib) = peak_memory() {
        println!("  peak memory of this process {:.2} GB", kib as f64 * 1024.0 / 1e9);
    }
    Ok(same)
}

struct Spells {
    clients: u32,
    client: Vec<u32>,
    team: Vec<u16>,
    van: Vec<i32>,
    tot: Vec<i32>,
}

impl Spells {
    /// Three spells per client on average; nine in ten stay with one team; one in ten runs on.
    fn generated(n: usize) -> Spells {
        let clients = u32::try_from(n / 3).unwrap_or(u32::MAX).max(1);
        let mut seed: u64 = 42;
        let mut next = |below: u32| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            u32::try_from(((seed >> 32) * u64::from(below)) >> 32).unwrap_or(0)
        };
        let (start, days) = (first_day(), u64::from(MONTHS.unsigned_abs()) * 30);
        let mut it = Spells { clients, client: vec![], team: vec![], van: vec![], tot: vec![] };
        it.client.reserve_exact(n);
        it.team.reserve_exact(n);
        it.van.reserve_exact(n);
        it.tot.reserve_exact(n);
        for at in 0..n {
            let client = next(clients);
            let own = client.wrapping_mul(2_654_435_761) >> 16;
            let team = if next(10) == 0 { next(u32::from(TEAMS)) } else { own % u32::from(TEAMS) };
            // In order of start, as a log has them.
            let van = start + i32::try_from(at as u64 * days / n as u64).unwrap_or(0);
            let tot =
                if next(10) == 0 { OPEN } else { van + i32::try_from(next(720)).unwrap_or(0) };
            it.client.push(client);
            it.team.push(u16::try_from(team).unwrap_or(0));
            it.van.push(van);
            it.tot.push(tot);
        }
        it
    }

    fn kolommen(&self) -> Kolommen<'_> {
        Kolommen { client: &self.client, van: &self.van, tot: &self.tot }
    }

    fn measure(&self, what: &str, venster: &Venster) -> [Vec<u32>; 2] {
        let cel = |at: usize| Some(self.team[at]);
        let (teams, every) = (usize::from(TEAMS), Telling::ElkeDag);
        let runs = runs(self.client.len());
        let active = best(runs, || tel_spells(self.kolommen(), cel, teams, venster, every));
        print(what, "active spells", (active.0, active.1));
        let unique = best(runs, || tel_clienten(self.kolommen(), cel, teams, venster, (every, 0)));
        print(what, "unique clients", (unique.0, unique.1));
        [active.2, unique.2].map(|it| table(&it))
    }

    /// One column at a time, so that no more than one is held twice.
    fn sort(&mut self) {
        let mut order: Vec<u32> = (0..u32::try_from(self.client.len()).unwrap_or(0)).collect();
        order.sort_by_key(|it| self.client[*it as usize]);
        self.client = pick(&self.client, &order);
        self.team = pick(&self.team, &order);
        self.van = pick(&self.van, &order);
        self.tot = pick(&self.tot, &order);
    }
}

fn pick<T: Copy>(from: &[T], order: &[u32]) -> Vec<T> {
    order.iter().map(|it| from[*it as usize]).collect()
}

fn venster() -> Venster {
    let van = Maand::new(2015, 1).expect("a month");
    Venster::new(van, van.plus(MONTHS - 1)).expect("a run of months")
}

fn first_day() -> i32 {
    dag(Maand::new(2015, 1).expect("a month").eerste_dag())
}

fn runs(spells: usize) -> u32 {
    if spells > 10_000_000 { 1 } else { 3 }
}

/// The best of some runs: seconds on the clock, seconds of processor time, and the answer.
fn best(runs: u32, mut run: impl FnMut() -> Stromen) -> (f64, f64, Stromen) {
    let mut timed = || {
        let (clock, cpu) = (Instant::now(), processor_seconds());
        let it = run();
        (clock.elapsed().as_secs_f64(), processor_seconds() - cpu, it)
    };
    (1..runs).fold(timed(), |best, _| {
        let next = timed();
        if next.0 < best.0 { next } else { best }
    })
}

/// What all threads of this process together have run, where the system tells.
fn processor_seconds() -> f64 {
    let Ok(threads) = fs::read_dir("/proc/self/task") else { return 0.0 };
    let ran = threads.flatten().filter_map(|it| {
        let text = fs::read_to_string(it.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<f64>().ok()
    });
    ran.sum::<f64>() / 1e9
}

fn print(what: &str, question: &str, (clock, cpu): (f64, f64)) {
    println!("  {what:9} {question:14} {clock:8.4} s  processor {cpu:8.4} s");
}

fn table(it: &Stromen) -> Vec<u32> {
    (0..usize::from(TEAMS)).flat_map(|team| it.stand(team)).collect()
}

/// The peers print their own times; their answers come back as bytes.
fn peers(it: &Spells, ours: &[Vec<u32>; 2]) -> io::Result<bool> {
    let Ok(python) = env::var("WIJKPEIL_PYTHON") else {
        println!("  OVERGESLAGEN: WIJKPEIL_PYTHON is niet gezet, dus geen DuckDB en Polars");
        return Ok(true);
    };
    let folder = env::temp_dir().join(format!("wijkpeil-bench-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let same = ask_peers(it, &folder, &python, ours);
    fs::remove_dir_all(&folder)?;
    same
}

fn ask_peers(it: &Spells, folder: &Path, python: &str, ours: &[Vec<u32>; 2]) -> io::Result<bool> {
    write(&folder.join("client"), it.client.iter().map(|it| it.to_le_bytes()))?;
    write(&folder.join("team"), it.team.iter().map(|it| it.to_le_bytes()))?;
    write(&folder.join("van"), it.van.iter().map(|it| it.to_le_bytes()))?;
    write(&folder.join("tot"), it.tot.iter().map(|it| it.to_le_bytes()))?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/bench_spells.py");
    let threads = rayon::current_num_threads().to_string();
    let status = Command::new(python)
        .arg(script)
        .arg(folder)
        .arg(threads)
        .arg(runs(it.client.len()).to_string())
        .status()?;
    let mut same = status.success();
    for peer in ["duckdb", "polars"] {
        for (question, ours) in ["active", "unique"].iter().zip(ours) {
            let bytes = fs::read(folder.join(format!("{peer}-{question}")))?;
            let theirs: Vec<u32> =
                bytes.as_chunks().0.iter().map(|it| u32::from_le_bytes(*it)).collect();
            if theirs != *ours {
                println!("  {peer} has other {question} counts");
                same = false;
            }
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

/// The most memory this process ever held, in KiB; where the system tells.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
