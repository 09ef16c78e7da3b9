//! Appending and reading.

use domain::{ClientId, Stream};
use store::{AppendError, Head, MasterKey, Store, StoreError};

use crate::{
    at, born, filled,
    server::{Server, key},
    wijk,
};

pub(crate) async fn what_is_appended_is_read_back(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    assert_eq!(store.head().await.unwrap(), Head::EMPTY);
    let client = Stream::Dossier(ClientId(u64::MAX));
    let news = [wijk(1, "Centrum"), born(u64::MAX, 1938), born(u64::MAX, 1939)];
    let expected = [(Stream::Register, 0), (client, 0)];
    let written = store.append(&expected, &news, at(0)).await.unwrap();
    let places: Vec<(u64, u32)> = written.iter().map(|it| (it.sequence, it.version)).collect();
    assert_eq!(places, [(1, 1), (2, 1), (3, 2)]);
    assert_eq!(written.iter().map(|it| it.happened.clone()).collect::<Vec<_>>(), news);

    let again = store.append(&[(client, 2)], &[born(u64::MAX, 1940)], at(-60)).await.unwrap();
    assert_eq!(again[0].recorded, at(0), "a clock that ran back does not reorder the log");
    store.close().await;

    let store = fresh.open().await;
    let all: Vec<_> = written.into_iter().chain(again).collect();
    assert_eq!(store.read_after(0, 100).await.unwrap(), all);
    assert_eq!(store.read_after(1, 2).await.unwrap(), all[1..3]);
    assert_eq!(store.read_stream(client).await.unwrap(), all[1..]);
    assert_eq!(store.read_stream(Stream::Dossier(ClientId(5))).await.unwrap(), []);
    assert_eq!(store.head().await.unwrap().sequence, 4);
}

pub(crate) async fn a_stream_that_moved_on_refuses(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    store.append(&[(Stream::Register, 0)], &[wijk(1, "Centrum")], at(0)).await.unwrap();
    let one = Stream::Dossier(ClientId(1));
    for (expected, conflict) in [
        (vec![(Stream::Register, 0)], Stream::Register),
        (vec![(Stream::Register, 2)], Stream::Register),
        (vec![(one, 0), (Stream::Register, 0)], Stream::Register),
        (vec![(one, 1), (Stream::Register, 1)], one),
        (vec![(one, 0)], Stream::Register),
    ] {
        let refused = store.append(&expected, &[wijk(2, "Noord")], at(1)).await;
        assert!(
            matches!(refused, Err(AppendError::Conflict(it)) if it == conflict),
            "{expected:?}"
        );
    }
    assert_eq!(store.head().await.unwrap().sequence, 1, "a refusal writes nothing");
    store.append(&[(Stream::Register, 1)], &[wijk(2, "Noord")], at(1)).await.unwrap();
}

pub(crate) async fn of_two_writers_exactly_one_wins_and_nothing_is_lost(server: &Server) {
    const EACH: u32 = 40;
    let fresh = server.fresh();
    let (one, two) = (fresh.open().await, fresh.open().await);
    let write = |store: Store, name: &'static str| async move {
        let (mut version, mut won, mut lost) = (0, Vec::new(), 0);
        while won.len() < EACH as usize {
            let news = [wijk(1, &format!("{name} {}", won.len()))];
            match store.append(&[(Stream::Register, version)], &news, at(0)).await {
                Ok(entries) => {
                    version = entries[0].version;
                    won.extend(entries);
                }
                Err(AppendError::Conflict(_)) => {
                    lost += 1;
                    let stream = store.read_stream(Stream::Register).await.unwrap();
                    version = stream.last().map_or(0, |it| it.version);
                }
                Err(error) => panic!("{error}"),
            }
        }
        (won, lost)
    };
    let (first, second) =
        tokio::join!(tokio::spawn(write(one.clone(), "een")), tokio::spawn(write(two, "twee")));
    let ((mut won, lost_one), (others, lost_two)) = (first.unwrap(), second.unwrap());
    assert!(lost_one + lost_two > 0, "they met at least once");
    won.extend(others);
    won.sort_by_key(|it| it.sequence);
    assert_eq!(one.read_after(0, 1_000).await.unwrap(), won, "each acknowledged entry, once");
    let versions: Vec<u32> = won.iter().map(|it| it.version).collect();
    assert_eq!(versions, (1..=2 * EACH).collect::<Vec<_>>());
}

pub(crate) async fn the_database_refuses_to_change_the_log(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    filled(&store, 3).await;
    let raw = fresh.raw().await;
    let again = "INSERT INTO logboek SELECT * FROM logboek WHERE volgnummer = 2";
    let replace = match &server {
        Server::Sqlite => again.replace("INSERT", "INSERT OR REPLACE"),
        Server::Postgres(_) => "TRUNCATE logboek".to_owned(),
    };
    for sql in [
        "UPDATE logboek SET soort = 'anders' WHERE volgnummer = 2",
        "DELETE FROM logboek WHERE volgnummer = 3",
        again,
        &replace,
    ] {
        assert!(raw.execute(sql).await.is_err(), "{sql}");
    }
    assert_eq!(raw.number("SELECT count(*) FROM logboek WHERE soort <> 'anders'").await, 3);
}

pub(crate) async fn a_bulk_append_keeps_its_own_moments(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    store.append(&[(Stream::Register, 0)], &[wijk(1, "Centrum")], at(0)).await.unwrap();
    let news = [(wijk(2, "Noord"), at(0)), (born(1, 1938), at(5)), (wijk(3, "Zuid"), at(9))];
    assert_eq!(store.append_at(&news).await.unwrap(), 4);
    let read = store.read_after(1, 10).await.unwrap();
    let seen: Vec<_> = read.iter().map(|it| (it.version, it.recorded)).collect();
    assert_eq!(seen, [(2, at(0)), (1, at(5)), (3, at(9))]);

    let back = [(wijk(4, "Oost"), at(10)), (wijk(5, "West"), at(8))];
    let refused = store.append_at(&back).await;
    assert!(matches!(refused, Err(StoreError::MomentBefore { .. })), "moments may not run back");
    assert_eq!(store.head().await.unwrap().sequence, 4, "and then the batch is not written");
    assert_eq!(store.append_at(&[]).await.unwrap(), 4);
}

pub(crate) async fn an_unreadable_entry_is_named(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    filled(&store, 3).await;
    let raw = fresh.raw().await;
    raw.unguard().await;
    raw.execute("UPDATE logboek SET formaat = 77 WHERE volgnummer = 2").await.unwrap();
    let told = store.read_after(0, 10).await.unwrap_err().to_string();
    assert_eq!(
        told,
        "gebeurtenis 2 (gegevens_vastgesteld) in het logboek is niet leesbaar: formaat 77 is \
         onbekend; deze versie kent 1 t/m 1"
    );
}

pub(crate) async fn an_older_place_gets_what_came_after_it(server: &Server) {
    let fresh = server.fresh();
    filled(&fresh.open().await, 8).await;
    let raw = fresh.raw().await;
    raw.execute("DROP TABLE zending").await.unwrap();
    raw.execute("UPDATE meta SET waarde = '1' WHERE sleutel = 'schema'").await.unwrap();
    let store = fresh.open().await;
    assert_eq!(store.sendings().await.unwrap(), []);
    assert_eq!(store.head().await.unwrap().sequence, 8, "nothing is lost");
    fresh.open().await;
    raw.execute("UPDATE meta SET waarde = '99' WHERE sleutel = 'schema'").await.unwrap();
    let refused = Store::open(&fresh.place, key()).await.err();
    assert!(matches!(refused, Some(StoreError::NewerSchema { found: 99, .. })), "{refused:?}");
}

pub(crate) async fn another_key_is_refused(server: &Server) {
    let fresh = server.fresh();
    fresh.open().await.close().await;
    let other = MasterKey::from_text(&"00".repeat(32)).unwrap();
    let refused = Store::open(&fresh.place, other).await;
    let told = refused.err().unwrap().to_string();
    assert!(told.starts_with("deze sleutel hoort niet bij deze gegevens"), "{told}");
    Store::open(&fresh.place, key()).await.unwrap();
}

pub(crate) async fn small_facts_are_kept(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    assert_eq!(store.meta("demo").await.unwrap(), None);
    assert_eq!(store.meta("sleutelproef").await.unwrap(), None, "the store's own are not shown");
    for value in ["nee", "ja"] {
        store.set_meta("demo", value).await.unwrap();
        assert_eq!(store.meta("demo").await.unwrap().as_deref(), Some(value));
    }
}
