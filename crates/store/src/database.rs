//! One way to ask two databases: statements that both understand, with values bound by number.

use std::time::Duration;

use sqlx::{
    AssertSqlSafe, PgPool, Postgres, Row as _, Sqlite, SqlitePool, Transaction, postgres::PgRow,
    query::Query, sqlite::SqliteRow,
};

/// How long to wait for another writer.
pub(crate) const WAIT: Duration = Duration::from_secs(30);

/// The key of the advisory lock that makes writers of one PostgreSQL take turns.
const WRITER_LOCK: i64 = 0x5749_4a4b_5045_494c;

/// A database: SQLite with one writer and some readers, or PostgreSQL.
#[derive(Clone)]
pub(crate) enum Database {
    /// A file of this machine.
    Sqlite {
        /// Connections that only read.
        read: SqlitePool,
        /// The one connection that writes.
        write: SqlitePool,
    },
    /// A server.
    Postgres(PgPool),
}

/// A transaction; rolled back unless committed.
pub(crate) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// A value to bind.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Int(Option<i64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

/// A row that came back; columns are asked by number, from 0.
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Database {
    /// Takes the turn to write: nobody else writes until this transaction ends.
    pub(crate) async fn write(&self) -> Result<Tx, sqlx::Error> {
        match self {
            Database::Sqlite { write, .. } => {
                Ok(Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?))
            }
            Database::Postgres(pool) => {
                let mut tx = Tx::Postgres(pool.begin().await?);
                tx.rows("SELECT pg_advisory_xact_lock($1)", vec![WRITER_LOCK.into()]).await?;
                Ok(tx)
            }
        }
    }

    /// Sees the database as it is now, whatever others write meanwhile.
    pub(crate) async fn snapshot(&self) -> Result<Tx, sqlx::Error> {
        match self {
            Database::Sqlite { read, .. } => Ok(Tx::Sqlite(read.begin().await?)),
            Database::Postgres(pool) => {
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                Ok(Tx::Postgres(pool.begin_with(begin).await?))
            }
        }
    }

    /// Reads rows outside a transaction.
    pub(crate) async fn rows(
        &self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Vec<Row>, sqlx::Error> {
        match self {
            Database::Sqlite { read, .. } => {
                let rows = bind_sqlite(sqlx::query(sql), values).fetch_all(read).await?;
                Ok(rows.into_iter().map(Row::Sqlite).collect())
            }
            Database::Postgres(pool) => {
                let rows = bind_postgres(sqlx::query(sql), values).fetch_all(pool).await?;
                Ok(rows.into_iter().map(Row::Postgres).collect())
            }
        }
    }

    /// Reads rows with a key in a list: `select` up to and including the word `IN`.
    pub(crate) async fn rows_in(
        &self,
        select: &'static str,
        keys: Vec<Value>,
    ) -> Result<Vec<Row>, sqlx::Error> {
        let numbers: Vec<String> = (1..=keys.len()).map(|it| format!("${it}")).collect();
        let sql = AssertSqlSafe(format!("{select} ({})", numbers.join(",")));
        match self {
            Database::Sqlite { read, .. } => {
                let rows = bind_sqlite(sqlx::query(sql), keys).fetch_all(read).await?;
                Ok(rows.into_iter().map(Row::Sqlite).collect())
            }
            Database::Postgres(pool) => {
                let rows = bind_postgres(sqlx::query(sql), keys).fetch_all(pool).await?;
                Ok(rows.into_iter().map(Row::Postgres).collect())
            }
        }
    }

    /// Reads the first row, if there is one.
    pub(crate) async fn row(
        &self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Option<Row>, sqlx::Error> {
        Ok(self.rows(sql, values).await?.into_iter().next())
    }

    /// Changes something in a transaction of its own; says how many rows.
    pub(crate) async fn execute(
        &self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<u64, sqlx::Error> {
        match self {
            Database::Sqlite { write, .. } => {
                let done = bind_sqlite(sqlx::query(sql), values).execute(write).await?;
                Ok(done.rows_affected())
            }
            Database::Postgres(pool) => {
                let done = bind_postgres(sqlx::query(sql), values).execute(pool).await?;
                Ok(done.rows_affected())
            }
        }
    }

    /// Wipes what deleted and overwritten rows left behind, as far as the database can.
    pub(crate) async fn scrub(&self) -> Result<(), sqlx::Error> {
        match self {
            // `secure_delete` zeroes the file; the log of changes still holds old pages.
            Database::Sqlite { write, .. } => {
                sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)").execute(write).await.map(|_| ())
            }
            Database::Postgres(pool) => {
                for sql in [
                    "VACUUM sleutel",
                    "VACUUM persoon",
                    "VACUUM tekst",
                    "VACUUM bericht",
                    "VACUUM bericht_client",
                ] {
                    sqlx::raw_sql(sql).execute(pool).await?;
                }
                Ok(())
            }
        }
    }

    /// Ends every connection.
    pub(crate) async fn close(&self) {
        match self {
            Database::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Database::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    pub(crate) async fn rows(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Vec<Row>, sqlx::Error> {
        match self {
            Tx::Sqlite(tx) => {
                let rows = bind_sqlite(sqlx::query(sql), values).fetch_all(&mut **tx).await?;
                Ok(rows.into_iter().map(Row::Sqlite).collect())
            }
            Tx::Postgres(tx) => {
                let rows = bind_postgres(sqlx::query(sql), values).fetch_all(&mut **tx).await?;
                Ok(rows.into_iter().map(Row::Postgres).collect())
            }
        }
    }

    pub(crate) async fn row(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Option<Row>, sqlx::Error> {
        Ok(self.rows(sql, values).await?.into_iter().next())
    }

    pub(crate) async fn execute(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<u64, sqlx::Error> {
        self.run(AssertSqlSafe(sql), values).await
    }

    /// Inserts many rows with one statement: `insert` up to and including the word `VALUES`.
    pub(crate) async fn insert_many(
        &mut self,
        insert: &'static str,
        columns: usize,
        values: Vec<Value>,
    ) -> Result<(), sqlx::Error> {
        let rows = values.len() / columns;
        let mut sql = String::from(insert);
        for row in 0..rows {
            sql.push_str(if row == 0 { " (" } else { ",(" });
            for column in 1..=columns {
                let comma = if column == 1 { "" } else { "," };
                sql.push_str(&format!("{comma}${}", row * columns + column));
            }
            sql.push(')');
        }
        self.run(AssertSqlSafe(sql), values).await.map(|_| ())
    }

    /// Runs several statements without values.
    pub(crate) async fn script(&mut self, sql: &'static str) -> Result<(), sqlx::Error> {
        match self {
            Tx::Sqlite(tx) => sqlx::raw_sql(sql).execute(&mut **tx).await.map(|_| ()),
            Tx::Postgres(tx) => sqlx::raw_sql(sql).execute(&mut **tx).await.map(|_| ()),
        }
    }

    pub(crate) async fn commit(self) -> Result<(), sqlx::Error> {
        match self {
            Tx::Sqlite(tx) => tx.commit().await,
            Tx::Postgres(tx) => tx.commit().await,
        }
    }

    async fn run<S>(
        &mut self,
        sql: AssertSqlSafe<S>,
        values: Vec<Value>,
    ) -> Result<u64, sqlx::Error>
    where
        AssertSqlSafe<S>: sqlx::SqlSafeStr,
    {
        match self {
            Tx::Sqlite(tx) => {
                let done = bind_sqlite(sqlx::query(sql), values).execute(&mut **tx).await?;
                Ok(done.rows_affected())
            }
            Tx::Postgres(tx) => {
                let done = bind_postgres(sqlx::query(sql), values).execute(&mut **tx).await?;
                Ok(done.rows_affected())
            }
        }
    }
}

impl Row {
    pub(crate) fn int(&self, column: usize) -> Result<i64, sqlx::Error> {
        match self {
            Row::Sqlite(row) => row.try_get(column),
            Row::Postgres(row) => row.try_get(column),
        }
    }

    pub(crate) fn text(&self, column: usize) -> Result<String, sqlx::Error> {
        match self {
            Row::Sqlite(row) => row.try_get(column),
            Row::Postgres(row) => row.try_get(column),
        }
    }

    pub(crate) fn bytes(&self, column: usize) -> Result<Vec<u8>, sqlx::Error> {
        match self {
            Row::Sqlite(row) => row.try_get(column),
            Row::Postgres(row) => row.try_get(column),
        }
    }

    pub(crate) fn maybe_int(&self, column: usize) -> Result<Option<i64>, sqlx::Error> {
        match self {
            Row::Sqlite(row) => row.try_get(column),
            Row::Postgres(row) => row.try_get(column),
        }
    }

    pub(crate) fn maybe_text(&self, column: usize) -> Result<Option<String>, sqlx::Error> {
        match self {
            Row::Sqlite(row) => row.try_get(column),
            Row::Postgres(row) => row.try_get(column),
        }
    }

    pub(crate) fn maybe_bytes(&self, column: usize) -> Result<Option<Vec<u8>>, sqlx::Error> {
        match self {
            Row::Sqlite(row) => row.try_get(column),
            Row::Postgres(row) => row.try_get(column),
        }
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Value::Int(Some(value))
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Value::Text(Some(value.to_owned()))
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Value::Text(Some(value))
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Value::Bytes(Some(value))
    }
}

type SqliteQuery<'q> = Query<'q, Sqlite, <Sqlite as sqlx::Database>::Arguments>;
type PostgresQuery<'q> = Query<'q, Postgres, <Postgres as sqlx::Database>::Arguments>;

fn bind_sqlite(query: SqliteQuery<'_>, values: Vec<Value>) -> SqliteQuery<'_> {
    values.into_iter().fold(query, |query, value| match value {
        Value::Int(value) => query.bind(value),
        Value::Text(value) => query.bind(value),
        Value::Bytes(value) => query.bind(value),
    })
}

fn bind_postgres(query: PostgresQuery<'_>, values: Vec<Value>) -> PostgresQuery<'_> {
    values.into_iter().fold(query, |query, value| match value {
        Value::Int(value) => query.bind(value),
        Value::Text(value) => query.bind(value),
        Value::Bytes(value) => query.bind(value),
    })
}
