//! Killed at any moment, a writer loses nothing that it was told was written.
//!
//! The test starts itself again as a writer, kills it with SIGKILL at a seeded random moment and
//! looks at what is left: every acknowledged entry, and a chain that holds. On PostgreSQL the
//! server and all its processes are killed as well, every tenth round.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

#[expect(dead_code, reason = "this test needs no way past the store")]
#[path = "common/server.rs"]
mod server;

use std::{
    io::{BufRead, BufReader, Write},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};

use domain::{
    Actor, ClientId, Clientgegevens, DossierEvent, Entry, Event, Happened, Huishouden, Stream,
    Systeemdeel,
};
use jiff::{Timestamp, civil::date};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use server::{Fresh, Server, key};
use store::{AppendError, Place, Store};

const ROUNDS: u32 = 200;

/// After so many rounds a new database is begun, so that proving the chain stays quick.
const ROUNDS_PER_PLACE: u32 = 20;

/// Tells a started copy of this test where to write.
const PLACE: &str = "WIJKPEIL_KILL9_PLACE";

#[tokio::test(flavor = "multi_thread")]
async fn kill9_on_sqlite_loses_nothing() {
    rounds("SQLite", &Server::Sqlite, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kill9_on_postgres_loses_nothing() {
    let Some(server) = Server::postgres() else { return };
    rounds("PostgreSQL", &server, 2).await;
}

/// Not a test by itself: the writer that the tests start and kill.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "is started, and killed, by the other tests"]
async fn kill9_writer() {
    let Ok(place) = std::env::var(PLACE) else { return };
    let place = match place.strip_prefix("map:") {
        Some(folder) => Place::Sqlite(PathBuf::from(folder)),
        None => Place::Postgres(place),
    };
    let store = Store::open(&place, key()).await.unwrap();
    let writers: Vec<_> = (1..=3).map(|it| tokio::spawn(write(store.clone(), it))).collect();
    for writer in writers {
        writer.await.unwrap();
    }
}

/// An entry that the writer was told was written: where, for whom, what.
struct Acknowledged {
    sequence: u64,
    client: u64,
    year: i16,
}

/// Appends to one stream until killed; tells of each entry only once it was acknowledged.
async fn write(store: Store, client: u64) {
    let stream = Stream::Dossier(ClientId(client));
    let mut version = store.read_stream(stream).await.unwrap().last().map_or(0, |it| it.version);
    loop {
        let many = 1 + version % 3;
        let news: Vec<Happened> = (1..=many).map(|n| born(client, year(version + n))).collect();
        match store.append(&[(stream, version)], &news, Timestamp::UNIX_EPOCH).await {
            Ok(entries) => {
                version += many;
                tell(client, &entries);
            }
            // The server was killed under it: the writer is next.
            Err(AppendError::Store(_)) => tokio::time::sleep(Duration::from_secs(1)).await,
            Err(AppendError::Conflict(_)) => panic!("nobody else writes in this stream"),
        }
    }
}

fn tell(client: u64, entries: &[Entry]) {
    let lines: String = entries
        .iter()
        .map(|it| format!("ack {} {client} {}\n", it.sequence, year(it.version)))
        .collect();
    let mut out = std::io::stdout().lock();
    out.write_all(lines.as_bytes()).and_then(|()| out.flush()).unwrap();
}

async fn rounds(name: &str, server: &Server, seed: u64) {
    let mut dice = StdRng::seed_from_u64(seed);
    let (mut total, mut lost) = (0, 0);
    let mut fresh = server.fresh();
    let mut acknowledged = Vec::new();
    for round in 0..ROUNDS {
        if round % ROUNDS_PER_PLACE == 0 {
            fresh = server.fresh();
            acknowledged.clear();
        }
        let with_server = round % 10 == 9;
        let new = one_round(server, &fresh, &mut dice, with_server);
        total += new.len();
        acknowledged.extend(new);
        lost += missing(&fresh, &acknowledged).await;
        assert_eq!(lost, 0, "{name}, round {round}");
    }
    eprintln!("kill9 {name}: {ROUNDS} rondes, {total} bevestigd, {lost} verloren");
    assert!(total > 1_000, "the writers were under way when they were killed: {total}");
}

/// Starts a writer, kills it, and gives what it was told was written.
fn one_round(
    server: &Server,
    fresh: &Fresh,
    dice: &mut StdRng,
    with_server: bool,
) -> Vec<Acknowledged> {
    let (mut child, lines) = start(&fresh.place);
    // Most die while they write, some while they open or even make the database.
    let mut seen = Vec::new();
    if dice.random_range(0..8) > 0 {
        seen.push(lines.recv_timeout(Duration::from_secs(60)).unwrap());
    }
    thread::sleep(Duration::from_micros(dice.random_range(0..150_000)));
    match server {
        Server::Postgres(server) if with_server => {
            server.kill9();
            thread::sleep(Duration::from_millis(5));
            child.kill().unwrap();
            assert!(server.restart(), "the server recovers");
        }
        _ => child.kill().unwrap(),
    }
    child.wait().unwrap();
    seen.extend(lines.iter());
    seen.iter().filter_map(|it| parse(it)).collect()
}

/// A writer, and what it tells: whole lines only.
fn start(place: &Place) -> (Child, Receiver<String>) {
    let place = match place {
        Place::Sqlite(folder) => format!("map:{}", folder.display()),
        Place::Postgres(url) => url.clone(),
    };
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["kill9_writer", "--exact", "--ignored", "--nocapture"])
        .env(PLACE, place)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let (sender, lines) = channel();
    thread::spawn(move || {
        let mut line = String::new();
        while out.read_line(&mut line).is_ok_and(|it| it > 0) {
            if line.ends_with('\n') && line.starts_with("ack ") {
                let _ = sender.send(line.clone());
            }
            line.clear();
        }
    });
    (child, lines)
}

fn parse(line: &str) -> Option<Acknowledged> {
    let mut words = line.strip_prefix("ack ")?.split_whitespace();
    Some(Acknowledged {
        sequence: words.next()?.parse().ok()?,
        client: words.next()?.parse().ok()?,
        year: words.next()?.parse().ok()?,
    })
}

/// How many acknowledged entries are not there as they were told; the chain must hold.
async fn missing(fresh: &Fresh, acknowledged: &[Acknowledged]) -> usize {
    let store = open(fresh).await;
    let proven = store.verify(&|_, _| ()).await.unwrap();
    let entries = store.read_after(0, usize::MAX).await.unwrap();
    assert_eq!(proven.entries, entries.len() as u64);
    store.close().await;
    let there = |it: &&Acknowledged| {
        let index = usize::try_from(it.sequence).unwrap() - 1;
        entries.get(index).is_some_and(|entry| entry.happened == born(it.client, it.year))
    };
    acknowledged.len() - acknowledged.iter().filter(there).count()
}

/// A server that was just killed may still be at its recovery.
async fn open(fresh: &Fresh) -> Store {
    let since = Instant::now();
    loop {
        match Store::open(&fresh.place, key()).await {
            Ok(store) => return store,
            Err(error) => assert!(since.elapsed() < Duration::from_secs(60), "{error}"),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn born(client: u64, year: i16) -> Happened {
    let huishouden = Huishouden::Onbekend;
    let gegevens = Clientgegevens { geboortejaar: Some(year), wijk: None, huishouden };
    let event = Event::Dossier(ClientId(client), DossierEvent::GegevensVastgesteld(gegevens));
    let actor = Actor::Systeem(Systeemdeel::Import);
    Happened { on: date(2017, 12, 31), actor, event }
}

/// Tells each version of a stream from its neighbours.
fn year(version: u32) -> i16 {
    i16::try_from(version % 30_000).unwrap()
}
