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
    PgPool, Postgres, Sqlite, SqlitePool, Transaction,
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

    let plain = sqlite(&folder.path().join("kaal.db")).await?;
    let base = plain_sqlite(&plain, times).await?;
    let store = Store::open(&Place::Sqlite(folder.path().join("gegevens")), key()?).await?;
    report("SQLite", times, &base, &measure(&store, times).await?);

    let Some(server) = TestPostgres::start() else {
        println!("OVERGESLAGEN: geen PostgreSQL op deze machine");
        return Ok(());
    };
    let plain = PgPool::connect(&server.new_database()).await?;
    let base = plain_postgres(&plain, times).await?;
    let store = Store::open(&Place::Postgres(server.new_database()), key()?).await?;
    report("PostgreSQL", times, &base, &measure(&store, times).await?);
    Ok(())
}

/// How long it took one by one, and in batches.
struct Measured {
    single: Duration,
    batched: Duration,
}

async fn measure(store: &Store, times: u32) -> Result<Measured, Box<dyn Error>> {
    let stream = Stream::Dossier(ClientId(1));
    let mut version = 0;
    let since = Instant::now();
    for _ in 0..times {
        store.append(&[(stream, version)], &[billed(version)], Timestamp::UNIX_EPOCH).await?;
        version += 1;
    }
    let single = since.elapsed();
    let since = Instant::now();
    for _ in 0..BATCHES {
        let news: Vec<Happened> = (0..BATCH).map(|n| billed(version + n)).collect();
        store.append(&[(stream, version)], &news, Timestamp::UNIX_EPOCH).await?;
        version += BATCH;
    }
    Ok(Measured { single, batched: since.elapsed() })
}

async fn plain_sqlite(pool: &SqlitePool, times: u32) -> Result<Measured, sqlx::Error> {
    let insert = async |tx: &mut Transaction<'_, Sqlite>, n| {
        sqlx::query("INSERT INTO kaal VALUES ($1)").bind(bytes(n)).execute(&mut **tx).await
    };
    sqlx::query("CREATE TABLE kaal (inhoud BLOB NOT NULL)").execute(pool).await?;
    let since = Instant::now();
    for n in 0..times {
        let mut tx = pool.begin().await?;
        insert(&mut tx, n).await?;
        tx.commit().await?;
    }
    let single = since.elapsed();
    let since = Instant::now();
    for batch in 0..BATCHES {
        let mut tx = pool.begin().await?;
        for n in 0..BATCH {
            insert(&mut tx, batch * BATCH + n).await?;
        }
        tx.commit().await?;
    }
    Ok(Measured { single, batched: since.elapsed() })
}

async fn plain_postgres(pool: &PgPool, times: u32) -> Result<Measured, sqlx::Error> {
    let insert = async |tx: &mut Transaction<'_, Postgres>, n| {
        sqlx::query("INSERT INTO kaal VALUES ($1)").bind(bytes(n)).execute(&mut **tx).await
    };
    sqlx::query("CREATE TABLE kaal (inhoud BYTEA NOT NULL)").execute(pool).await?;
    let since = Instant::now();
    for n in 0..times {
        let mut tx = pool.begin().await?;
        insert(&mut tx, n).await?;
        tx.commit().await?;
    }
    let single = since.elapsed();
    let since = Instant::now();
    for batch in 0..BATCHES {
        let mut tx = pool.begin().await?;
        for n in 0..BATCH {
            insert(&mut tx, batch * BATCH + n).await?;
        }
        tx.commit().await?;
    }
    Ok(Measured { single, batched: since.elapsed() })
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

fn report(name: &str, times: u32, base: &Measured, log: &Measured) {
    let all = BATCH * BATCHES;
    for (what, count, base, log) in [
        ("per transactie een", times, base.single, log.single),
        ("per transactie duizend", all, base.batched, log.batched),
    ] {
        println!(
            "{name}, {what}: logboek {:.0}/s, kale INSERT {:.0}/s, tijd {:.2} maal de kale INSERT",
            rate(count, log),
            rate(count, base),
            log.as_secs_f64() / base.as_secs_f64()
        );
    }
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

fn key() -> Result<MasterKey, store::StoreError> {
    MasterKey::from_text(&"5a".repeat(32))
}
