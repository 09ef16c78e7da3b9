//! Where the data lie, and the store opened there.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use sqlx::{
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{
    MasterKey, StoreError,
    crypt::Keys,
    database::{Database, WAIT},
    key::touch_private,
    schema,
};

/// Where the data lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A folder with an SQLite database `wijkpeil.db`.
    Sqlite(PathBuf),
    /// The URL of a PostgreSQL database, version 13 or later.
    Postgres(String),
}

/// The data of one municipality, opened. A clone shares the connections.
#[derive(Clone)]
pub struct Store {
    pub(crate) database: Database,
    pub(crate) keys: Arc<Keys>,
}

impl Place {
    /// The SQLite file, where there is one.
    pub fn file(&self) -> Option<PathBuf> {
        match self {
            Place::Sqlite(folder) => Some(folder.join("wijkpeil.db")),
            Place::Postgres(_) => None,
        }
    }
}

impl Store {
    /// Opens the place with its key; makes the tables when it is new.
    pub async fn open(place: &Place, key: MasterKey) -> Result<Store, StoreError> {
        let keys = Arc::new(Keys::derive(&key));
        let database = match place {
            Place::Sqlite(folder) => open_sqlite(folder).await?,
            Place::Postgres(url) => open_postgres(url).await?,
        };
        schema::prepare(&database, &keys).await?;
        Ok(Store { database, keys })
    }

    /// Ends the connections; what was written is on disk already.
    pub async fn close(&self) {
        self.database.close().await;
    }
}

/// Makes a new or renamed file in this folder lasting.
pub(crate) fn sync_folder(file: &Path) -> Result<(), StoreError> {
    #[cfg(unix)]
    {
        let folder = match file.parent() {
            Some(it) if !it.as_os_str().is_empty() => it,
            _ => Path::new("."),
        };
        fs::File::open(folder).and_then(|it| it.sync_all()).map_err(StoreError::file(folder))?;
    }
    Ok(())
}

/// One connection writes, so that writers within the process queue fairly; readers cannot write.
async fn open_sqlite(folder: &Path) -> Result<Database, StoreError> {
    fs::create_dir_all(folder).map_err(StoreError::file(folder))?;
    let file = folder.join("wijkpeil.db");
    touch_private(&file)?;
    let options = SqliteConnectOptions::new()
        .filename(&file)
        .create_if_missing(false)
        .foreign_keys(true)
        .busy_timeout(WAIT)
        .synchronous(SqliteSynchronous::Full)
        .pragma("secure_delete", "ON")
        .pragma("trusted_schema", "OFF");
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(WAIT)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.clone().journal_mode(SqliteJournalMode::Wal))
        .await?;
    let read = SqlitePoolOptions::new()
        .max_connections(4)
        .acquire_timeout(WAIT)
        .test_before_acquire(false)
        .connect_with(options.pragma("query_only", "ON"))
        .await?;
    Ok(Database::Sqlite { read, write })
}

/// A commit is acknowledged only once it is on the server's disk, whatever the server's default.
async fn open_postgres(url: &str) -> Result<Database, StoreError> {
    let options: PgConnectOptions = url.parse::<PgConnectOptions>()?;
    let options = options
        .application_name("wijkpeil")
        .options([("synchronous_commit", "on"), ("client_min_messages", "warning")]);
    let pool =
        PgPoolOptions::new().max_connections(8).acquire_timeout(WAIT).connect_with(options).await?;
    Ok(Database::Postgres(pool))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_commit_on_sqlite_is_on_disk_and_what_is_deleted_is_wiped() {
        let folder = tempfile::tempdir().unwrap();
        let database = open_sqlite(folder.path()).await.unwrap();
        let Database::Sqlite { read, write } = &database else { panic!("SQLite was opened") };
        let number =
            async |pool, sql| sqlx::query_scalar::<_, i64>(sql).fetch_one(pool).await.unwrap();
        for (pragma, expected) in [
            ("PRAGMA synchronous", 2),
            ("PRAGMA secure_delete", 1),
            ("PRAGMA foreign_keys", 1),
            ("PRAGMA busy_timeout", 30_000),
        ] {
            assert_eq!(number(write, pragma).await, expected, "{pragma}");
        }
        let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(read).await.unwrap();
        assert_eq!(mode, "wal");
        assert_eq!(number(read, "PRAGMA query_only").await, 1);
    }
}
