//! Putting a backup back, into an empty place only: all of it or nothing.

use std::{
    collections::HashMap,
    fs::{self, File},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
};

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::{
    Head, MasterKey, Place, Progress, Store, StoreError, VerifyError,
    chain::LogRow,
    crypt::{Keys, from_hex, to_hex},
    database::{Tx, Value},
    log,
    portable::{self, Header, TABLES, Trailer},
    verify::Walk,
};

/// How many rows one statement inserts at most.
const ROWS_PER_INSERT: usize = 64;

impl Store {
    /// Reads a backup into an empty place, in one transaction, and proves the chain on the way.
    pub async fn restore(
        from: &Path,
        into: &Place,
        key: MasterKey,
        progress: Progress<'_>,
    ) -> Result<Store, StoreError> {
        let header = check_file(from, progress)?;
        if header.sleutelproef != Keys::derive(&key).check_value() {
            return Err(StoreError::WrongKey);
        }
        let made = into.file().filter(|it| !it.exists());
        let store = Store::open(into, key).await?;
        match fill(&store, from, &header, progress).await {
            Ok(()) => Ok(store),
            Err(error) => {
                store.close().await;
                made.as_deref().map(remove_database);
                Err(error)
            }
        }
    }
}

/// Removes the SQLite files that only this restore made.
fn remove_database(file: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = file.as_os_str().to_owned();
        name.push(suffix);
        // What cannot be removed is an empty database: the next restore takes it.
        let _ = fs::remove_file(PathBuf::from(name));
    }
}

async fn fill(
    store: &Store,
    from: &Path,
    header: &Header,
    progress: Progress<'_>,
) -> Result<(), StoreError> {
    let mut tx = store.database.write().await?;
    refuse_unless_empty(&mut tx).await?;
    let mut filling = Filling::new(from);
    let mut file = open(from)?;
    let mut line = String::new();
    next_line(&mut file, from, &mut line)?;
    for done in 0..header.rijen {
        next_line(&mut file, from, &mut line)?;
        filling.take(&mut tx, &line).await?;
        if done.is_multiple_of(1_000) {
            progress(header.rijen + done, 2 * header.rijen);
        }
    }
    filling.flush(&mut tx).await?;
    let head = filling.walk.head;
    if head.sequence != header.volgnummer || to_hex(&head.hash) != header.hash {
        return Err(filling.damaged("het logboek eindigt anders dan de eerste regel zegt"));
    }
    tx.commit().await?;
    progress(2 * header.rijen, 2 * header.rijen);
    Ok(())
}

async fn refuse_unless_empty(tx: &mut Tx) -> Result<(), StoreError> {
    let counts = TABLES.iter().map(|it| it.count).chain(["SELECT count(*) FROM logboek"]);
    for sql in counts {
        let row = tx.row(sql, vec![]).await?.ok_or(sqlx::Error::RowNotFound)?;
        if row.int(0)? > 0 {
            return Err(StoreError::NotEmpty);
        }
    }
    Ok(())
}

/// Rows of one table that wait to be inserted together, and the proof of the chain so far.
struct Filling {
    from: PathBuf,
    walk: Walk,
    log: Vec<LogRow>,
    table: usize,
    rows: Vec<Value>,
}

impl Filling {
    fn new(from: &Path) -> Filling {
        let walk = Walk { head: Head::EMPTY, versions: HashMap::new(), kept: None };
        let from = from.to_path_buf();
        Filling { from, walk, log: Vec::new(), table: 0, rows: Vec::new() }
    }

    async fn take(&mut self, tx: &mut Tx, line: &str) -> Result<(), StoreError> {
        const NO_ROW: &str = "een regel heeft niet de juiste vorm";
        let (name, cells) = portable::from_line(line).ok_or_else(|| self.damaged(NO_ROW))?;
        if name == "logboek" {
            let row = portable::log_row(&cells).ok_or_else(|| self.damaged(NO_ROW))?;
            let readable = log::decode(&row).is_ok();
            self.walk.step(&row, readable).map_err(|error| match error {
                VerifyError::Store(error) => error,
                broken => StoreError::Chain(Box::new(broken)),
            })?;
            self.log.push(row);
        } else {
            let table = TABLES.iter().position(|it| it.name == name);
            let table = table.ok_or_else(|| self.damaged("een regel noemt een onbekende tabel"))?;
            if table != self.table {
                self.flush(tx).await?;
                self.table = table;
            }
            let values = portable::values(TABLES[table].columns, &cells);
            self.rows.extend(values.ok_or_else(|| self.damaged(NO_ROW))?);
        }
        let waiting = self.rows.len() / TABLES[self.table].columns.len();
        if waiting >= ROWS_PER_INSERT || self.log.len() >= ROWS_PER_INSERT {
            self.flush(tx).await?;
        }
        Ok(())
    }

    async fn flush(&mut self, tx: &mut Tx) -> Result<(), StoreError> {
        log::insert(tx, std::mem::take(&mut self.log)).await?;
        let rows = std::mem::take(&mut self.rows);
        if !rows.is_empty() {
            let table = &TABLES[self.table];
            tx.insert_many(table.insert, table.columns.len(), rows).await?;
        }
        Ok(())
    }

    fn damaged(&self, why: &str) -> StoreError {
        StoreError::Backup { path: self.from.clone(), why: why.to_owned() }
    }
}

/// Reads the file once to the end, so that a damaged one is refused before anything is written.
fn check_file(from: &Path, progress: Progress<'_>) -> Result<Header, StoreError> {
    let damaged = |why: &str| StoreError::Backup { path: from.to_path_buf(), why: why.to_owned() };
    let mut file = open(from)?;
    let mut checksum = Sha256::new();
    let mut line = String::new();
    next_line(&mut file, from, &mut line)?;
    let header: Header = parse(&line).ok_or_else(|| damaged("de eerste regel is onbekend"))?;
    if header.wijkpeil_reservekopie != portable::FORMAT || from_hex(&header.hash).is_none() {
        return Err(damaged("deze versie van Wijkpeil kent deze vorm niet"));
    }
    checksum.update(line.as_bytes());
    for done in 0..header.rijen {
        next_line(&mut file, from, &mut line)?;
        checksum.update(line.as_bytes());
        if done.is_multiple_of(10_000) {
            progress(done, 2 * header.rijen);
        }
    }
    next_line(&mut file, from, &mut line)?;
    let trailer: Trailer = parse(&line).ok_or_else(|| damaged("de laatste regel ontbreekt"))?;
    if trailer.sha256 != to_hex(&checksum.finalize()) {
        return Err(damaged("de controlesom klopt niet"));
    }
    Ok(header)
}

fn open(from: &Path) -> Result<BufReader<File>, StoreError> {
    File::open(from).map(BufReader::new).map_err(StoreError::file(from))
}

/// Reads a whole line with its end; a file that stops halfway is damaged.
fn next_line(file: &mut BufReader<File>, from: &Path, line: &mut String) -> Result<(), StoreError> {
    line.clear();
    let read = file.read_line(line);
    if let Err(error) = &read
        && error.kind() != std::io::ErrorKind::InvalidData
    {
        return read.map(|_| ()).map_err(StoreError::file(from));
    }
    if line.ends_with('\n') {
        return Ok(());
    }
    let why = "het bestand houdt te vroeg op of is geen tekst".to_owned();
    Err(StoreError::Backup { path: from.to_path_buf(), why })
}

fn parse<T: DeserializeOwned>(line: &str) -> Option<T> {
    serde_json::from_str(line).ok()
}
