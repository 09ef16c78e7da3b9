//! The log: the only thing that is written is what happened, and only at the end.

use std::collections::HashMap;

use domain::{Entry, Happened, Stream};
use jiff::Timestamp;
use rayon::prelude::*;

use crate::{
    AppendError, Head, Store, StoreError,
    chain::{COLUMNS, LogRow, stream_from_name, stream_name, to_i64},
    database::{Row, Tx},
    stored::{self, Written},
};

/// How many rows one statement inserts at most.
const ROWS_PER_INSERT: usize = 64;

/// How many entries one transaction of a bulk append holds at most.
const ENTRIES_PER_BATCH: usize = 20_000;

const HEAD: &str =
    "SELECT volgnummer, hash, vastgelegd FROM logboek ORDER BY volgnummer DESC LIMIT 1";

impl Store {
    /// The end of the log.
    pub async fn head(&self) -> Result<Head, StoreError> {
        match self.database.row(HEAD, vec![]).await? {
            Some(row) => read_head(&row),
            None => Ok(Head::EMPTY),
        }
    }

    /// Appends news in one transaction, if every stream still has the version expected of it.
    ///
    /// The streams of the news must be among those expected; a stream that is expected but gets no
    /// news is only checked. An entry is never recorded before the one in front of it: where the
    /// clock ran back, it gets the moment of that one.
    pub async fn append(
        &self,
        expected: &[(Stream, u32)],
        news: &[Happened],
        recorded: Timestamp,
    ) -> Result<Vec<Entry>, AppendError> {
        self.append_when(None, expected, news, recorded).await
    }

    /// As [`Store::append`], and only if the whole log still ends where it did.
    pub(crate) async fn append_when(
        &self,
        sequence: Option<u64>,
        expected: &[(Stream, u32)],
        news: &[Happened],
        recorded: Timestamp,
    ) -> Result<Vec<Entry>, AppendError> {
        let mut tx = self.database.write().await?;
        let mut end = End::of(&mut tx).await?;
        if let (Some(sequence), Some((stream, _))) = (sequence, expected.first())
            && sequence != end.head.sequence
        {
            return Err(AppendError::Conflict(*stream));
        }
        for (stream, version) in expected {
            if end.version(&mut tx, *stream).await? != *version {
                return Err(AppendError::Conflict(*stream));
            }
        }
        let missing = news.iter().map(|it| it.event.stream()).find(|it| !end.knows(*it));
        if let Some(stream) = missing {
            return Err(AppendError::Conflict(stream));
        }
        let recorded = end.recorded.map_or(recorded, |last| last.max(recorded));
        let mut rows = Vec::with_capacity(news.len());
        let mut entries = Vec::with_capacity(news.len());
        for happened in news {
            let (row, entry) = end.next(&mut tx, happened, recorded).await?;
            rows.push(row);
            entries.push(entry);
        }
        insert(&mut tx, rows).await?;
        tx.commit().await?;
        Ok(entries)
    }

    /// Appends much at once, each with the moment it was recorded; versions run on by themselves.
    ///
    /// For a log that comes from elsewhere: the demo, another system. The moments may not run back.
    /// Each batch is a transaction; gives the sequence of the last entry.
    pub async fn append_at(&self, entries: &[(Happened, Timestamp)]) -> Result<u64, StoreError> {
        let mut last = self.head().await?.sequence;
        for batch in entries.chunks(ENTRIES_PER_BATCH) {
            let mut tx = self.database.write().await?;
            let mut end = End::of(&mut tx).await?;
            let mut rows = Vec::with_capacity(batch.len());
            for (happened, recorded) in batch {
                if let Some(before) = end.recorded.filter(|it| it > recorded) {
                    let (given, last) = (recorded.to_string(), before.to_string());
                    return Err(StoreError::MomentBefore { given, last });
                }
                rows.push(end.next(&mut tx, happened, *recorded).await?.0);
            }
            insert(&mut tx, rows).await?;
            tx.commit().await?;
            last = end.head.sequence;
        }
        Ok(last)
    }

    /// The entries after this one, oldest first.
    pub async fn read_after(
        &self,
        sequence: u64,
        at_most: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        let rows = self.rows_after(sequence, at_most).await?;
        decode_rows(rows).await
    }

    /// The entries of one stream, oldest first.
    pub async fn read_stream(&self, stream: Stream) -> Result<Vec<Entry>, StoreError> {
        let sql = "SELECT volgnummer, stroom, versie, soort, gebeurd_op, vastgelegd, actor, \
                   inhoud, formaat FROM logboek WHERE stroom = $1 ORDER BY versie";
        let rows = self.database.rows(sql, vec![stream_name(stream).into()]).await?;
        decode_rows(rows).await
    }

    /// The hash of the entry with this sequence; that of the empty log for 0.
    pub(crate) async fn hash_at(&self, sequence: u64) -> Result<Option<[u8; 32]>, StoreError> {
        if sequence == 0 {
            return Ok(Some(Head::EMPTY.hash));
        }
        let sql = "SELECT hash FROM logboek WHERE volgnummer = $1";
        let row = self.database.row(sql, vec![to_i64(sequence)?.into()]).await?;
        Ok(row.map(|it| it.bytes(0)).transpose()?.and_then(|it| it.try_into().ok()))
    }

    pub(crate) async fn rows_after(
        &self,
        sequence: u64,
        at_most: usize,
    ) -> Result<Vec<Row>, StoreError> {
        let sql = "SELECT volgnummer, stroom, versie, soort, gebeurd_op, vastgelegd, actor, \
                   inhoud, formaat FROM logboek WHERE volgnummer > $1 ORDER BY volgnummer LIMIT $2";
        let at_most = i64::try_from(at_most).unwrap_or(i64::MAX);
        Ok(self.database.rows(sql, vec![to_i64(sequence)?.into(), at_most.into()]).await?)
    }
}

/// Reads rows of the nine columns that make an entry, on all cores.
pub(crate) async fn decode_rows(rows: Vec<Row>) -> Result<Vec<Entry>, StoreError> {
    if rows.len() < 64 {
        return rows.iter().map(decode_row).collect();
    }
    tokio::task::spawn_blocking(move || rows.par_iter().map(decode_row).collect()).await?
}

/// Reads one row of the nine columns that make an entry.
pub(crate) fn decode_row(row: &Row) -> Result<Entry, StoreError> {
    decode(&LogRow {
        sequence: row.int(0)?,
        stream: row.text(1)?,
        version: row.int(2)?,
        kind: row.text(3)?,
        on: row.text(4)?,
        recorded: row.text(5)?,
        actor: row.text(6)?,
        payload: row.text(7)?,
        format: row.int(8)?,
        previous: Vec::new(),
        hash: Vec::new(),
    })
}

/// The entry that a row holds.
pub(crate) fn decode(row: &LogRow) -> Result<Entry, StoreError> {
    let unreadable = |why: &str| StoreError::Unreadable {
        sequence: row.sequence,
        kind: row.kind.clone(),
        why: why.to_owned(),
    };
    let stream = stream_from_name(&row.stream).ok_or_else(|| unreadable("onbekende stroom"))?;
    let written =
        Written { kind: row.kind.clone(), actor: row.actor.clone(), payload: row.payload.clone() };
    let (actor, event) =
        stored::read(row.format, stream, &written).map_err(|why| unreadable(&why))?;
    let on = row.on.parse().map_err(|_| unreadable("de dag is geen datum"))?;
    Ok(Entry {
        sequence: u64::try_from(row.sequence).map_err(|_| unreadable("negatief volgnummer"))?,
        version: u32::try_from(row.version).map_err(|_| unreadable("onmogelijke versie"))?,
        recorded: row.recorded.parse().map_err(|_| unreadable("het moment is geen tijdstip"))?,
        happened: Happened { on, actor, event },
    })
}

/// The end of the log as one transaction sees it and lengthens it.
struct End {
    head: Head,
    recorded: Option<Timestamp>,
    versions: HashMap<Stream, u32>,
}

impl End {
    async fn of(tx: &mut Tx) -> Result<End, StoreError> {
        let versions = HashMap::new();
        let Some(row) = tx.row(HEAD, vec![]).await? else {
            return Ok(End { head: Head::EMPTY, recorded: None, versions });
        };
        Ok(End { head: read_head(&row)?, recorded: row.text(2)?.parse().ok(), versions })
    }

    /// How many entries a stream has.
    async fn version(&mut self, tx: &mut Tx, stream: Stream) -> Result<u32, StoreError> {
        if let Some(version) = self.versions.get(&stream) {
            return Ok(*version);
        }
        let sql = "SELECT coalesce(max(versie), 0) FROM logboek WHERE stroom = $1";
        let row = tx.row(sql, vec![stream_name(stream).into()]).await?;
        let version = row.ok_or(sqlx::Error::RowNotFound)?.int(0)?;
        let version =
            u32::try_from(version).map_err(|_| StoreError::TooLarge(version.unsigned_abs()))?;
        self.versions.insert(stream, version);
        Ok(version)
    }

    fn knows(&self, stream: Stream) -> bool {
        self.versions.contains_key(&stream)
    }

    /// The next row, linked to the one before.
    async fn next(
        &mut self,
        tx: &mut Tx,
        happened: &Happened,
        recorded: Timestamp,
    ) -> Result<(LogRow, Entry), StoreError> {
        let stream = happened.event.stream();
        let version = self.version(tx, stream).await? + 1;
        let sequence = self.head.sequence + 1;
        let Written { kind, actor, payload } = stored::write(&happened.actor, &happened.event);
        let mut row = LogRow {
            sequence: to_i64(sequence)?,
            stream: stream_name(stream),
            version: i64::from(version),
            kind,
            on: happened.on.to_string(),
            recorded: recorded.to_string(),
            actor,
            payload,
            format: i64::from(stored::FORMAT),
            previous: self.head.hash.to_vec(),
            hash: Vec::new(),
        };
        let hash = row.computed_hash();
        row.hash = hash.to_vec();
        self.head = Head { sequence, hash };
        self.recorded = Some(recorded);
        self.versions.insert(stream, version);
        Ok((row, Entry { sequence, version, recorded, happened: happened.clone() }))
    }
}

/// Writes rows at the end.
pub(crate) async fn insert(tx: &mut Tx, rows: Vec<LogRow>) -> Result<(), StoreError> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let values = rows.by_ref().take(ROWS_PER_INSERT).flat_map(LogRow::values).collect();
        let sql = "INSERT INTO logboek (volgnummer, stroom, versie, soort, gebeurd_op, vastgelegd, \
                   actor, inhoud, formaat, vorige_hash, hash) VALUES";
        tx.insert_many(sql, COLUMNS, values).await?;
    }
    Ok(())
}

fn read_head(row: &Row) -> Result<Head, StoreError> {
    let sequence = row.int(0)?;
    let unreadable = || StoreError::Unreadable {
        sequence,
        kind: "laatste".to_owned(),
        why: "volgnummer of hash heeft niet de juiste vorm".to_owned(),
    };
    Ok(Head {
        sequence: u64::try_from(sequence).map_err(|_| unreadable())?,
        hash: row.bytes(1)?.try_into().map_err(|_| unreadable())?,
    })
}
