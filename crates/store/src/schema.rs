//! The tables, made when a place is new and brought up to date when it is older.

use crate::{
    StoreError,
    crypt::Keys,
    database::{Database, Tx},
};

/// The schema that this program knows.
const SCHEMA: i64 = 2;

/// Makes or checks the tables and the key, under the lock of the writer.
pub(crate) async fn prepare(database: &Database, keys: &Keys) -> Result<(), StoreError> {
    let mut tx = database.write().await?;
    if has_schema(&mut tx).await? {
        let found = check_schema(&mut tx).await?;
        check_key(&mut tx, keys).await?;
        if found < SCHEMA {
            upgrade(&mut tx, found).await?;
            tx.commit().await?;
        }
        Ok(())
    } else {
        create(&mut tx, keys).await?;
        Ok(tx.commit().await?)
    }
}

async fn has_schema(tx: &mut Tx) -> Result<bool, StoreError> {
    let sql = match tx {
        Tx::Sqlite(_) => {
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'meta'"
        }
        Tx::Postgres(_) => {
            "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() \
             AND tablename = 'meta'"
        }
    };
    let row = tx.row(sql, vec![]).await?.ok_or(sqlx::Error::RowNotFound)?;
    Ok(row.int(0)? > 0)
}

async fn create(tx: &mut Tx, keys: &Keys) -> Result<(), StoreError> {
    tx.script(match tx {
        Tx::Sqlite(_) => include_str!("sql/sqlite.sql"),
        Tx::Postgres(_) => include_str!("sql/postgres.sql"),
    })
    .await?;
    upgrade(tx, 1).await?;
    let insert = "INSERT INTO meta (sleutel, waarde) VALUES ($1, $2)";
    tx.execute(insert, vec!["sleutelproef".into(), keys.check_value().into()]).await?;
    Ok(())
}

/// Adds what came after the schema that was found, and notes the one that is known.
async fn upgrade(tx: &mut Tx, found: i64) -> Result<(), StoreError> {
    if found < 2 {
        tx.script(match tx {
            Tx::Sqlite(_) => include_str!("sql/2_zending_sqlite.sql"),
            Tx::Postgres(_) => include_str!("sql/2_zending_postgres.sql"),
        })
        .await?;
    }
    let sql = "INSERT INTO meta (sleutel, waarde) VALUES ($1, $2) \
               ON CONFLICT (sleutel) DO UPDATE SET waarde = excluded.waarde";
    tx.execute(sql, vec!["schema".into(), SCHEMA.to_string().into()]).await?;
    Ok(())
}

/// The schema that is there.
async fn check_schema(tx: &mut Tx) -> Result<i64, StoreError> {
    let found = meta(tx, "schema").await?.parse().unwrap_or(i64::MAX);
    if found > SCHEMA {
        return Err(StoreError::NewerSchema { found, known: SCHEMA });
    }
    Ok(found)
}

async fn check_key(tx: &mut Tx, keys: &Keys) -> Result<(), StoreError> {
    if meta(tx, "sleutelproef").await? == keys.check_value() {
        Ok(())
    } else {
        Err(StoreError::WrongKey)
    }
}

async fn meta(tx: &mut Tx, key: &str) -> Result<String, StoreError> {
    let row = tx.row("SELECT waarde FROM meta WHERE sleutel = $1", vec![key.into()]).await?;
    Ok(row.ok_or(sqlx::Error::RowNotFound)?.text(0)?)
}
