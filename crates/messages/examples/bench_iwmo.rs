//! Reading and checking messages: this crate against xmllint and lxml with the schema.
//!
//! `cargo run --release -p messages --example bench_iwmo -- [MAP]`, where the folder holds the
//! published schemas (`WMO301.xsd`, `WMO323.xsd`); by default the shared folder beside the
//! repository. Without them only this crate is measured. With `WIJKPEIL_PYTHON` set to a Python that
//! has lxml, `bench_iwmo.py` beside this file does the same with `XMLSchema`. Measured are a 301 of
//! one client and a 323 of about 24 MB. This crate does more than the peers: types and structure as
//! they do, and all rules within the message too. Times are processor times, the fairer measure on a
//! machine that does other work, and the best of five rounds; xmllint gets all files in one call,
//! with the schema read once.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

use messages::iwmo::{
    bericht::{
        self, Bericht, Waarde, Wmo323,
        basis::{BedragMetDc, GeslotenPeriode, Referentie, TotaalBedragMetDc},
        wmo323::{Client, Prestatie},
    },
    regel::binnen_bericht,
    retour::{Retourkop, retour},
};

const ROUNDS: usize = 5;
const CLIENTS: usize = 9_000;

fn main() -> ExitCode {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/iwmo/xsd");
    let schemas = env::args().nth(1).map_or(beside, PathBuf::from);
    let schemas = schemas.join("WMO301.xsd").is_file().then_some(schemas);
    if schemas.is_none() {
        println!("OVERGESLAGEN: xmllint en lxml; noem de map met de gepubliceerde schema's");
    }
    match bench(schemas.as_deref()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("mislukt: {error}");
            ExitCode::FAILURE
        }
    }
}

fn bench(schemas: Option<&Path>) -> io::Result<()> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/iwmo");
    let one = fs::read(own.join("1_toewijzing.xml"))?;
    let bill = large_bill(&fs::read(own.join("6_declaratie.xml"))?)
        .ok_or_else(|| io::Error::other("the own bill cannot be read"))?;
    let folder = tempfile::tempdir()?;
    for (kind, bytes, copies) in [("WMO301", &one, 2_000), ("WMO323", &bill, 1)] {
        println!("\n{kind}: {copies} x {} bytes", bytes.len());
        let ours = best(|| read(bytes, copies));
        print("wijkpeil, niveau 1 en 2", ours, copies, bytes.len(), ours);
        let checked = best(|| {
            for _ in 0..copies {
                std::hint::black_box(bericht::lees("x", bytes));
            }
        });
        print("wijkpeil, alleen niveau 1", checked, copies, bytes.len(), ours);
        let Some(schemas) = schemas else { continue };
        let schema = schemas.join(format!("{kind}.xsd"));
        let files = write(&folder.path().join(kind), bytes, copies)?;
        if let Some(time) = xmllint(&schema, &files) {
            print("xmllint --schema", time, copies, bytes.len(), ours);
        }
        if let Some(time) = lxml(&schema, &files[0], copies) {
            print("lxml XMLSchema", time, copies, bytes.len(), ours);
        }
    }
    answer(&bill);
    println!("OVERGESLAGEN: de Go-bibliotheek; hier is geen Go");
    Ok(())
}

/// Reads and checks a message some times.
fn read(bytes: &[u8], copies: usize) {
    for _ in 0..copies {
        let (bericht, problems) = bericht::lees("x", bytes);
        let found = bericht.as_ref().map(binnen_bericht);
        std::hint::black_box((problems.len(), found.map(|it| it.len())));
    }
}

/// A large bill read, checked and answered in one pass.
fn answer(bill: &[u8]) {
    let start = Instant::now();
    let (Some(bericht), problems) = bericht::lees("x", bill) else { return };
    let found = binnen_bericht(&bericht);
    let kop = Retourkop { identificatie: "R1", dagtekening: jiff::civil::date(2024, 4, 5) };
    let answer = retour(&bericht, &found, &kop).map_or(0, |it| it.schrijf().len());
    let time = start.elapsed().as_secs_f64();
    let many = problems.len() + found.len();
    println!(
        "\nlezen, controleren en beantwoorden: {time:.2} s ({many} bevindingen, {answer} bytes)"
    );
    if let Some(kib) = peak_memory() {
        println!("meeste geheugen van dit proces: {:.0} MB", kib as f64 / 1024.0);
    }
}

fn print(what: &str, time: Duration, copies: usize, bytes: usize, ours: Duration) {
    let (seconds, copies) = (time.as_secs_f64(), copies as f64);
    let speed = copies * bytes as f64 / seconds / 1e6;
    let times = seconds / ours.as_secs_f64();
    println!(
        "  {what:<26} {:>10.1} berichten/s {speed:>8.1} MB/s  {times:>6.1} x zo lang",
        copies / seconds
    );
}

fn best(mut work: impl FnMut()) -> Duration {
    let round = |_| {
        let start = processor_time();
        work();
        processor_time().saturating_sub(start)
    };
    (0..ROUNDS).map(round).min().unwrap_or_default()
}

fn write(folder: &Path, bytes: &[u8], copies: usize) -> io::Result<Vec<PathBuf>> {
    fs::create_dir_all(folder)?;
    let files: Vec<PathBuf> = (0..copies).map(|it| folder.join(format!("{it}.xml"))).collect();
    for file in &files {
        fs::write(file, bytes)?;
    }
    Ok(files)
}

fn xmllint(schema: &Path, files: &[PathBuf]) -> Option<Duration> {
    let run = |files: &[PathBuf]| {
        let mut lint = Command::new("xmllint");
        lint.args(["--noout", "--schema"]).arg(schema).args(files).output()
    };
    let Ok(output) = run(files) else {
        println!("OVERGESLAGEN: xmllint is er niet; installeer libxml2-utils");
        return None;
    };
    if !output.status.success() {
        println!("  xmllint keurt af: {}", String::from_utf8_lossy(&output.stderr));
    }
    let round = |_| {
        let start = time_of_children();
        drop(run(files));
        time_of_children().saturating_sub(start)
    };
    (0..ROUNDS).map(round).min()
}

fn lxml(schema: &Path, file: &Path, copies: usize) -> Option<Duration> {
    let Some(python) = env::var_os("WIJKPEIL_PYTHON") else {
        println!("OVERGESLAGEN: lxml; zet WIJKPEIL_PYTHON op een Python met lxml");
        return None;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/bench_iwmo.py");
    let mut command = Command::new(python);
    command.arg(script).arg(schema).arg(file).args([copies.to_string(), ROUNDS.to_string()]);
    let output = command.output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let seconds = text.trim().parse().ok();
    if seconds.is_none() {
        println!("  lxml mislukt: {}", String::from_utf8_lossy(&output.stderr));
    }
    seconds.map(Duration::from_secs_f64)
}

/// A bill of many made-up clients with right sums, after the own example.
fn large_bill(example: &[u8]) -> Option<Vec<u8>> {
    let (Some(Bericht::Wmo323(first)), _) = bericht::lees("x", example) else { return None };
    let mut clienten = Vec::new();
    let numbers = (0..100_000_u64).map(|it| 999_900_000 + it).filter(|it| is_bsn(*it));
    let numbers: Vec<u64> = numbers.collect();
    let mut total = 0_u64;
    for at in 0..CLIENTS {
        let bsn = numbers[at % numbers.len()];
        let three =
            [3 * at, 3 * at + 1, 3 * at + 2].map(|it| prestatie(u32::try_from(it).unwrap_or(0)));
        total += 3 * 72_000;
        let bsn = Waarde::van(bsn.to_string().into_boxed_str());
        clienten.push(Client { bsn, prestaties: three.into(), ..Client::default() });
    }
    let mut declaratie = first.declaratie.clone();
    declaratie.clienten = clienten;
    declaratie.totaal_ingediend_bedrag = TotaalBedragMetDc {
        totaal_bedrag: Waarde::van(total),
        debet_credit: Waarde::van("D"),
        ..TotaalBedragMetDc::default()
    };
    Some(Bericht::from(Wmo323 { declaratie, ..first }).schrijf())
}

fn prestatie(nummer: u32) -> Prestatie {
    let month = (jiff::civil::date(2024, 3, 1), jiff::civil::date(2024, 3, 31));
    Prestatie {
        product_referentie: Referentie {
            referentie_nummer: Waarde::van(format!("R{nummer:08}").into_boxed_str()),
            ..Referentie::default()
        },
        toewijzing_nummer: Waarde::van(100_000 + nummer),
        product_categorie: Waarde::van("02"),
        product_code: Waarde::van("02V01"),
        product_periode: GeslotenPeriode {
            begindatum: Waarde::van(month.0),
            einddatum: Waarde::van(month.1),
            ..GeslotenPeriode::default()
        },
        geleverd_volume: Waarde::van(12_u32),
        eenheid: Waarde::van("04"),
        product_tarief: Waarde::van(6_000_u64),
        ingediend_bedrag: BedragMetDc {
            bedrag: Waarde::van(72_000_u64),
            debet_credit: Waarde::van("D"),
            ..BedragMetDc::default()
        },
        ..Prestatie::default()
    }
}

fn is_bsn(number: u64) -> bool {
    number.to_string().parse::<domain::Bsn>().is_ok()
}

/// The processor time of this thread so far.
fn processor_time() -> Duration {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split_whitespace().next().and_then(|it| it.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or(0))
}

/// The processor time of the programs that were run and ended, in steps of 10 ms.
fn time_of_children() -> Duration {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = text.rsplit_once(')').map_or("", |(_, it)| it);
    let ticks = after_name.split_whitespace().skip(13).take(2);
    let ticks: u64 = ticks.filter_map(|it| it.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
