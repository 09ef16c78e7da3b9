//! How many entries a second are written for good, one per transaction and in batches.
//!
//! Baselines in the same run: the same bytes as a plain `INSERT` into a table of one column, on the
//! same database, as durable; and 4 KiB written to a file with `fsync`.
//!
//! `cargo run --release -p store --example bench_log [-- TRANSACTIONS]`

#![expect(clippy::print_stdout, reason = "figures are the output of a benchmark")]

use std::{
    error::Error,
    fs::File,
    io::Write,
    path::Path,
    time::{Duration, Instant},
};

use domain::{
    Actor, Bedrag, ClientId, DossierEvent, Eenheid, Event, Happened, Kenmerk, Maand, Stream,
    Systeemdeel, ToewijzingNummer, declaratie::Prestatie,
};
use jiff::Timestamp;
use sqlx::{
    PgPool, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use store::{MasterKey, Place, Store, stored, testing::TestPostgres};

const BATCH: u32 = 1_000;
const BATCHES: u32 = 50;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let times = std::env::args().nth(1).map_or(Ok(2_000), |it| it.parse())?;
    let folder = tempfile::tempdir()?;
    let file = fsyncs(folder.path(), times)?;
    println!("4 KiB + fsync naar een bestand: {:.0}/s", rate(times, file));

    let plain = Plain::Sqlite(sqlite(&folder.path().join("kaal.db")).await?);
    plain.prepare().await?;
    let place = Place::Sqlite(folder.path().join("gegevens"));
    compare("SQLite", times, &plain, &place).await?;

    let Some(server) = TestPostgres::start() else {
        println!("OVERGESLAGEN: geen PostgreSQL op deze machine");
        return Ok(());
    };
    let plain = Plain::Postgres(PgPool::connect(&server.new_database()).await?);
    plain.prepare().await?;
    compare("PostgreSQL", times, &plain, &Place::Postgres(server.new_database())).await
}

/// The log and the baseline in turns, so that a disk that is busy for a while slows both.
async fn compare(
    name: &str,
    times: u32,
    plain: &Plain,
    place: &Place,
) -> Result<(), Box<dyn Error>> {
    let store = Store::open(place, MasterKey::from_text(&"5a".repeat(32))?).await?;
    let mut version = 0;
    for (what, batch, rounds) in
        [("een per transactie", 1, times), ("duizend per transactie", BATCH, BATCHES)]
    {
        let (mut base, mut log) = (Duration::ZERO, Duration::ZERO);
        for _ in 0..rounds {
            let since = Instant::now();
            plain.insert(version, batch).await?;
            base += since.elapsed();
            let since = Instant::now();
            append(&store, version, batch).await?;
            log += since.elapsed();
            version += batch;
        }
        println!(
            "{name}, {what}: logboek {:.0}/s, kale INSERT {:.0}/s, tijd {:.2} maal de kale INSERT",
            rate(batch * rounds, log),
            rate(batch * rounds, base),
            log.as_secs_f64() / base.as_secs_f64()
        );
    }
    Ok(())
}

async fn append(store: &Store, version: u32, batch: u32) -> Result<(), store::AppendError> {
    let news: Vec<Happened> = (0..batch).map(|n| billed(version + n)).collect();
    let stream = Stream::Dossier(ClientId(1));
    store.append(&[(stream, version)], &news, Timestamp::UNIX_EPOCH).await.map(|_| ())
}

/// A table of one column.
enum Plain {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Plain {
    async fn prepare(&self) -> Result<(), sqlx::Error> {
        match self {
            Plain::Sqlite(pool) => {
                sqlx::query("CREATE TABLE kaal (inhoud BLOB NOT NULL)").execute(pool).await?;
            }
            Plain::Postgres(pool) => {
                sqlx::query("CREATE TABLE kaal (inhoud BYTEA NOT NULL)").execute(pool).await?;
            }
        }
        Ok(())
    }

    /// Inserts the bytes of so many entries, row by row, in one transaction.
    async fn insert(&self, version: u32, batch: u32) -> Result<(), sqlx::Error> {
        const INSERT: &str = "INSERT INTO kaal VALUES ($1)";
        match self {
            Plain::Sqlite(pool) => {
                let mut tx = pool.begin().await?;
                for n in 0..batch {
                    sqlx::query(INSERT).bind(bytes(version + n)).execute(&mut *tx).await?;
                }
                tx.commit().await
            }
            Plain::Postgres(pool) => {
                let mut tx = pool.begin().await?;
                for n in 0..batch {
                    sqlx::query(INSERT).bind(bytes(version + n)).execute(&mut *tx).await?;
                }
                tx.commit().await
            }
        }
    }
}

fn fsyncs(folder: &Path, times: u32) -> std::io::Result<Duration> {
    let mut file = File::create(folder.join("blok"))?;
    let since = Instant::now();
    for _ in 0..times {
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
    }
    Ok(since.elapsed())
}

async fn sqlite(path: &Path) -> Result<SqlitePool, sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    SqlitePoolOptions::new().max_connections(1).connect_with(options).await
}

fn rate(count: u32, time: Duration) -> f64 {
    f64::from(count) / time.as_secs_f64()
}

/// What the log writes of an entry besides numbers and hashes.
fn bytes(n: u32) -> Vec<u8> {
    let happened = billed(n);
    let written = stored::write(&happened.actor, &happened.event);
    [written.kind, written.actor, written.payload].concat().into_bytes()
}

fn billed(n: u32) -> Happened {
    let maand = Maand::new(2017, 12).expect("a month of a year");
    let event = DossierEvent::PrestatieGedeclareerd(Prestatie {
        toewijzing: ToewijzingNummer(88),
        periode: maand.periode(),
        volume: 600,
        eenheid: Eenheid::Minuut,
        bedrag: Bedrag(55_500),
        referentie: Kenmerk(u64::from(n)),
        crediteert: None,
    });
    Happened {
        on: maand.laatste_dag(),
        actor: Actor::Systeem(Systeemdeel::Import),
        event: Event::Dossier(ClientId(1), event),
    }
}
