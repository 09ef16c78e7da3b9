//! Fresh places for a test on either database, and a way past the store into the raw tables.

use sqlx::{AssertSqlSafe, PgPool, SqlitePool, sqlite::SqliteConnectOptions};
use store::{MasterKey, Place, Store, testing::TestPostgres};
use tempfile::TempDir;

/// Where fresh places come from.
pub(crate) enum Server {
    /// A folder each.
    Sqlite,
    /// A database each, on one server.
    Postgres(TestPostgres),
}

/// A place of its own, empty; gone when dropped.
pub(crate) struct Fresh {
    pub(crate) place: Place,
    /// A folder for the files of the test; the SQLite file lies in it too.
    pub(crate) folder: TempDir,
}

/// A connection past the store.
pub(crate) enum Raw {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Server {
    /// A PostgreSQL, or a line that tells that the test is skipped.
    pub(crate) fn postgres() -> Option<Server> {
        let server = TestPostgres::start();
        if server.is_none() {
            eprintln!("OVERGESLAGEN: geen PostgreSQL op deze machine (initdb, pg_ctl, createdb)");
        }
        server.map(Server::Postgres)
    }

    pub(crate) fn fresh(&self) -> Fresh {
        let folder = tempfile::tempdir().unwrap();
        let place = match self {
            Server::Sqlite => Place::Sqlite(folder.path().join("gegevens")),
            Server::Postgres(server) => Place::Postgres(server.new_database()),
        };
        Fresh { place, folder }
    }
}

impl Fresh {
    pub(crate) async fn open(&self) -> Store {
        Store::open(&self.place, key()).await.unwrap()
    }

    pub(crate) async fn raw(&self) -> Raw {
        match &self.place {
            Place::Sqlite(_) => {
                let file = self.place.file().unwrap();
                let options = SqliteConnectOptions::new().filename(file);
                Raw::Sqlite(SqlitePool::connect_with(options).await.unwrap())
            }
            Place::Postgres(url) => Raw::Postgres(PgPool::connect(url).await.unwrap()),
        }
    }
}

impl Raw {
    pub(crate) async fn execute(&self, sql: &str) -> Result<u64, sqlx::Error> {
        let sql = AssertSqlSafe(sql.to_owned());
        Ok(match self {
            Raw::Sqlite(pool) => sqlx::query(sql).execute(pool).await?.rows_affected(),
            Raw::Postgres(pool) => sqlx::query(sql).execute(pool).await?.rows_affected(),
        })
    }

    /// The first column of the first row, which must be bytes.
    pub(crate) async fn bytes(&self, sql: &str) -> Vec<u8> {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Raw::Sqlite(pool) => sqlx::query_scalar(sql).fetch_one(pool).await.unwrap(),
            Raw::Postgres(pool) => sqlx::query_scalar(sql).fetch_one(pool).await.unwrap(),
        }
    }

    /// The first column of the first row, which must be a whole number.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Raw::Sqlite(pool) => sqlx::query_scalar(sql).fetch_one(pool).await.unwrap(),
            Raw::Postgres(pool) => sqlx::query_scalar(sql).fetch_one(pool).await.unwrap(),
        }
    }

    /// Takes away what forbids changes of the log, as somebody with the rights could.
    pub(crate) async fn unguard(&self) {
        let statements: &[&str] = match self {
            Raw::Sqlite(_) => {
                &["DROP TRIGGER logboek_niet_wijzigen", "DROP TRIGGER logboek_niet_wissen"]
            }
            Raw::Postgres(_) => &["ALTER TABLE logboek DISABLE TRIGGER USER"],
        };
        for sql in statements {
            self.execute(sql).await.unwrap();
        }
    }

    /// Bytes as this database writes them in a statement.
    pub(crate) fn literal(&self, bytes: &[u8]) -> String {
        let hex: String = bytes.iter().map(|it| format!("{it:02x}")).collect();
        match self {
            Raw::Sqlite(_) => format!("x'{hex}'"),
            Raw::Postgres(_) => format!("'\\x{hex}'::bytea"),
        }
    }
}

/// The master key of every test.
pub(crate) fn key() -> MasterKey {
    MasterKey::from_text(&"5a".repeat(32)).unwrap()
}
