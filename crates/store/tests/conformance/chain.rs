//! The proof of the log finds whatever was changed past the store.

use rand::{RngExt, SeedableRng, rngs::StdRng};
use store::{Store, VerifyError};

use crate::{
    filled, quiet,
    server::{Raw, Server},
};

/// Each column with a change that keeps its type.
const CHANGES: [(&str, &str); 9] = [
    ("stroom", "stroom || '0'"),
    ("versie", "versie + 1000"),
    ("soort", "soort || 'x'"),
    ("gebeurd_op", "'2018-01-01'"),
    ("vastgelegd", "'2018-01-01T00:00:00Z'"),
    ("actor", "replace(actor, 'import', 'inrichting')"),
    ("inhoud", "inhoud || ' '"),
    ("formaat", "formaat + 1"),
    ("volgnummer", "volgnummer + 1000000"),
];

pub(crate) async fn every_changed_column_is_found(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    filled(&store, 12).await;
    let proven = store.verify(&quiet).await.unwrap();
    assert_eq!((proven.entries, proven.head), (12, store.head().await.unwrap()));
    let raw = fresh.raw().await;
    raw.unguard().await;
    for (column, change) in CHANGES {
        let keep = "CREATE TABLE oud AS SELECT * FROM logboek WHERE volgnummer = 7";
        raw.execute(keep).await.unwrap();
        let sql = format!("UPDATE logboek SET {column} = {change} WHERE volgnummer = 7");
        assert_eq!(raw.execute(&sql).await.unwrap(), 1);
        let expected = if column == "volgnummer" { 8 } else { 7 };
        assert_eq!(broken(&store).await, Some(expected), "{column}");
        let moved = "DELETE FROM logboek WHERE volgnummer IN (7, 1000007)";
        raw.execute(moved).await.unwrap();
        raw.execute("INSERT INTO logboek SELECT * FROM oud").await.unwrap();
        raw.execute("DROP TABLE oud").await.unwrap();
        assert_eq!(broken(&store).await, None, "{column} put back");
    }
    for column in ["vorige_hash", "hash"] {
        let sql = format!("SELECT {column} FROM logboek WHERE volgnummer = 7");
        let whole = raw.bytes(&sql).await;
        let mut damaged = whole.clone();
        damaged[31] ^= 1;
        for (bytes, expected) in
            [(damaged, Some(7)), (whole[..31].to_vec(), Some(7)), (whole, None)]
        {
            let bytes = raw.literal(&bytes);
            let sql = format!("UPDATE logboek SET {column} = {bytes} WHERE volgnummer = 7");
            raw.execute(&sql).await.unwrap();
            assert_eq!(broken(&store).await, expected, "{column}");
        }
    }
}

pub(crate) async fn a_removed_swapped_or_cut_entry_is_found(server: &Server) {
    for (changes, expected) in [
        (&["DELETE FROM logboek WHERE volgnummer = 5"][..], 6),
        (&["DELETE FROM logboek WHERE volgnummer = 1"], 2),
        (
            &[
                "DELETE FROM logboek WHERE volgnummer = 5",
                "UPDATE logboek SET volgnummer = 5 WHERE volgnummer = 6",
            ],
            5,
        ),
        (
            &[
                "UPDATE logboek SET volgnummer = -1 WHERE volgnummer = 5",
                "UPDATE logboek SET volgnummer = 5 WHERE volgnummer = 6",
                "UPDATE logboek SET volgnummer = 6 WHERE volgnummer = -1",
            ],
            5,
        ),
        (&["UPDATE logboek SET volgnummer = 0 WHERE volgnummer = 1"], 0),
    ] {
        let fresh = server.fresh();
        let store = fresh.open().await;
        filled(&store, 12).await;
        let raw = fresh.raw().await;
        raw.unguard().await;
        for sql in changes {
            raw.execute(sql).await.unwrap();
        }
        assert_eq!(broken(&store).await, Some(expected), "{changes:?}");
    }
    let fresh = server.fresh();
    let store = fresh.open().await;
    filled(&store, 12).await;
    let kept = store.head().await.unwrap();
    filled_on(&store).await;
    store.verify_against(&kept, &quiet).await.unwrap();
    let raw = fresh.raw().await;
    raw.unguard().await;
    raw.execute("DELETE FROM logboek WHERE volgnummer >= 11").await.unwrap();
    assert_eq!(broken(&store).await, None, "a shorter chain is whole by itself");
    let found = store.verify_against(&kept, &quiet).await;
    assert!(matches!(found, Err(VerifyError::Broken { sequence: 11, .. })), "{found:?}");
    // Somebody with the program writes another end: whole again, but not what was.
    filled_on(&store).await;
    let found = store.verify_against(&kept, &quiet).await;
    assert!(matches!(found, Err(VerifyError::Broken { sequence: 12, .. })), "{found:?}");
}

pub(crate) async fn a_thousand_random_changes_are_all_found(server: &Server) {
    const ENTRIES: i64 = 24;
    let fresh = server.fresh();
    let store = fresh.open().await;
    filled(&store, ENTRIES.unsigned_abs()).await;
    let raw = fresh.raw().await;
    raw.unguard().await;
    raw.execute("CREATE TABLE oud AS SELECT * FROM logboek").await.unwrap();
    let mut dice = StdRng::seed_from_u64(7);
    for round in 0..1_000 {
        let row = dice.random_range(1..=ENTRIES);
        let change = random_change(&mut dice, &raw, row).await;
        raw.execute(&change).await.unwrap();
        let expected = raw.number(FIRST_DIFFERENCE).await;
        assert_eq!(broken(&store).await, Some(expected), "round {round}: {change}");
        raw.execute(&format!("DELETE FROM logboek WHERE volgnummer IN ({row}, -{row})"))
            .await
            .unwrap();
        let back = format!("INSERT INTO logboek SELECT * FROM oud WHERE volgnummer = {row}");
        raw.execute(&back).await.unwrap();
    }
    assert_eq!(broken(&store).await, None);
}

/// The first row that is not in the copy: what the proof has to name.
const FIRST_DIFFERENCE: &str = "SELECT min(volgnummer) FROM \
    (SELECT * FROM logboek EXCEPT SELECT * FROM oud) AS anders";

/// A statement that changes one row somewhere, in some column.
async fn random_change(dice: &mut StdRng, raw: &Raw, row: i64) -> String {
    let columns = ["stroom", "soort", "gebeurd_op", "vastgelegd", "actor", "inhoud"];
    let set = match dice.random_range(0..10) {
        0 => "volgnummer = -volgnummer".to_owned(),
        1 => format!("versie = versie + {}", dice.random_range(100..10_000)),
        2 => format!("formaat = formaat + {}", dice.random_range(1..100)),
        3 | 4 => {
            let column = if dice.random() { "hash" } else { "vorige_hash" };
            let sql = format!("SELECT {column} FROM logboek WHERE volgnummer = {row}");
            let mut bytes = raw.bytes(&sql).await;
            let place = dice.random_range(0..bytes.len());
            bytes[place] ^= 1 << dice.random_range(0..8);
            format!("{column} = {}", raw.literal(&bytes))
        }
        _ => {
            // A character is doubled, wherever it stands.
            let column = columns[dice.random_range(0..columns.len())];
            let place = dice.random_range(1..=6);
            format!(
                "{column} = substr({column}, 1, {place}) || 'é' || substr({column}, {})",
                place + dice.random_range(0..2)
            )
        }
    };
    format!("UPDATE logboek SET {set} WHERE volgnummer = {row}")
}

/// The entry that the proof names, if any.
async fn broken(store: &Store) -> Option<i64> {
    match store.verify(&quiet).await {
        Ok(_) => None,
        Err(VerifyError::Broken { sequence, why }) => {
            assert!(!why.is_empty());
            Some(sequence)
        }
        Err(VerifyError::Store(error)) => panic!("{error}"),
    }
}

/// Some entries more.
async fn filled_on(store: &Store) {
    for year in [1950, 1951, 1952] {
        let news = [(crate::born(9, year), crate::at(100))];
        store.append_at(&news).await.unwrap();
    }
}
