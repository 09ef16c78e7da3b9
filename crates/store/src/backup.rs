//! A backup while others write: one file, whole or not at all, for either database.

use std::{io::Write, path::Path};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::{
    Head, Progress, Store, StoreError,
    crypt::to_hex,
    database::Tx,
    place::sync_folder,
    portable::{self, Header, LOG, TABLES, Table, Trailer},
    verify,
};

/// How many rows beside the log are read at a time.
const PAGE: i64 = 2_000;

impl Store {
    /// Writes everything as it is at this moment to a file; gives the head of the log in it.
    ///
    /// The file can be restored on either database. It does not hold the master key, without which
    /// nobody can read a name: keep that elsewhere.
    pub async fn backup(&self, to: &Path, progress: Progress<'_>) -> Result<Head, StoreError> {
        let mut tx = self.database.snapshot().await?;
        let (header, head) = self.header(&mut tx).await?;
        let mut file = Lines::create(to)?;
        file.put(&json(&header))?;
        let mut done = 0;
        let mut after = 0;
        loop {
            let rows = verify::page(&mut tx, after).await?;
            let Some(last) = rows.last() else { break };
            after = last.int(0)?;
            for row in &rows {
                file.put(&portable::to_line("logboek", &LOG, row)?)?;
            }
            done += rows.len() as u64;
            progress(done, header.rijen);
        }
        for table in &TABLES {
            done = copy(&mut tx, table, &mut file, done, header.rijen, progress).await?;
        }
        file.finish(to).await?;
        progress(header.rijen, header.rijen);
        Ok(head)
    }

    async fn header(&self, tx: &mut Tx) -> Result<(Header, Head), StoreError> {
        let sql = "SELECT volgnummer, hash FROM logboek ORDER BY volgnummer DESC LIMIT 1";
        let head = match tx.row(sql, vec![]).await? {
            None => Head::EMPTY,
            Some(row) => Head {
                sequence: row.int(0)?.unsigned_abs(),
                hash: row.bytes(1)?.try_into().map_err(|_| StoreError::Sealed {
                    what: "de hash van de laatste gebeurtenis",
                })?,
            },
        };
        let mut rijen = 0;
        let counts = TABLES.iter().map(|it| it.count).chain(["SELECT count(*) FROM logboek"]);
        for sql in counts {
            let row = tx.row(sql, vec![]).await?.ok_or(sqlx::Error::RowNotFound)?;
            rijen += row.int(0)?.unsigned_abs();
        }
        let header = Header {
            wijkpeil_reservekopie: portable::FORMAT,
            sleutelproef: self.keys.check_value(),
            volgnummer: head.sequence,
            hash: to_hex(&head.hash),
            rijen,
        };
        Ok((header, head))
    }
}

/// Writes the rows of a table; gives how many are done in all.
async fn copy(
    tx: &mut Tx,
    table: &Table,
    file: &mut Lines,
    before: u64,
    total: u64,
    progress: Progress<'_>,
) -> Result<u64, StoreError> {
    let mut offset = 0;
    loop {
        let rows = tx.rows(table.select, vec![PAGE.into(), offset.into()]).await?;
        for row in &rows {
            file.put(&portable::to_line(table.name, table.columns, row)?)?;
            offset += 1;
        }
        let done = before + offset.unsigned_abs();
        progress(done, total);
        if rows.is_empty() {
            return Ok(done);
        }
    }
}

/// A file of lines beside the place where it is to come, with a running checksum.
struct Lines {
    file: std::io::BufWriter<NamedTempFile>,
    checksum: Sha256,
}

impl Lines {
    fn create(to: &Path) -> Result<Lines, StoreError> {
        let folder = match to.parent() {
            Some(it) if !it.as_os_str().is_empty() => it,
            _ => Path::new("."),
        };
        let file = tempfile::Builder::new()
            .prefix(".reservekopie-")
            .tempfile_in(folder)
            .map_err(StoreError::file(to))?;
        Ok(Lines { file: std::io::BufWriter::new(file), checksum: Sha256::new() })
    }

    fn put(&mut self, line: &str) -> Result<(), StoreError> {
        self.checksum.update(line.as_bytes());
        self.checksum.update(b"\n");
        let result = self.file.write_all(line.as_bytes());
        result.and_then(|()| self.file.write_all(b"\n")).map_err(|source| StoreError::File {
            path: self.file.get_ref().path().to_path_buf(),
            source,
        })
    }

    /// Adds the last line and moves the file to its place once it is on disk.
    async fn finish(mut self, to: &Path) -> Result<(), StoreError> {
        let sha256 = to_hex(&self.checksum.clone().finalize());
        self.put(&json(&Trailer { sha256 }))?;
        let to = to.to_path_buf();
        tokio::task::spawn_blocking(move || {
            let file = self
                .file
                .into_inner()
                .map_err(|error| StoreError::file(&to)(error.into_error()))?;
            file.as_file().sync_all().map_err(StoreError::file(&to))?;
            file.persist(&to).map_err(|error| StoreError::file(&to)(error.error))?;
            sync_folder(&to)
        })
        .await?
    }
}

fn json<T: serde::Serialize>(line: &T) -> String {
    serde_json::to_string(line).expect("these lines have text keys and cannot fail to write")
}
