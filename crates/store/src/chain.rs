//! The chain: each entry carries a hash over the entry before it and every column of its own.

use domain::{ClientId, Stream};
use sha2::{Digest, Sha256};

use crate::{
    StoreError,
    database::{Row, Value},
};

/// The end of the log: keep it elsewhere, and a cut tail shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The last entry; 0 for an empty log.
    pub sequence: u64,
    /// Its hash; zeros for an empty log.
    pub hash: [u8; 32],
}

impl Head {
    /// The head of an empty log.
    pub const EMPTY: Head = Head { sequence: 0, hash: [0; 32] };
}

/// A row of the log, as the database holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LogRow {
    pub(crate) sequence: i64,
    pub(crate) stream: String,
    pub(crate) version: i64,
    pub(crate) kind: String,
    pub(crate) on: String,
    pub(crate) recorded: String,
    pub(crate) actor: String,
    pub(crate) payload: String,
    pub(crate) format: i64,
    pub(crate) previous: Vec<u8>,
    pub(crate) hash: Vec<u8>,
}

/// The columns in the order of [`LogRow::read`].
pub(crate) const COLUMNS: usize = 11;

impl LogRow {
    /// The hash that this row should have: every column but the hash, each with its length before
    /// it, so that no two rows are written the same.
    pub(crate) fn computed_hash(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        let mut add = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        };
        add(b"wijkpeil logboek 1");
        add(&self.previous);
        add(&self.sequence.to_be_bytes());
        add(self.stream.as_bytes());
        add(&self.version.to_be_bytes());
        add(self.kind.as_bytes());
        add(self.on.as_bytes());
        add(self.recorded.as_bytes());
        add(self.actor.as_bytes());
        add(self.payload.as_bytes());
        add(&self.format.to_be_bytes());
        hash.finalize().into()
    }

    /// What is wrong with this row, coming after `before`.
    pub(crate) fn fault(&self, before: Head) -> Option<&'static str> {
        if self.sequence != i64::try_from(before.sequence).unwrap_or(i64::MAX).saturating_add(1) {
            Some("het volgnummer sluit niet aan: er is een gebeurtenis te weinig of te veel")
        } else if self.previous != before.hash {
            Some("de hash van de vorige gebeurtenis klopt niet")
        } else if self.hash != self.computed_hash() {
            Some("de inhoud past niet bij de hash")
        } else {
            None
        }
    }

    /// The row from the columns in the order of the table.
    pub(crate) fn read(row: &Row) -> Result<LogRow, sqlx::Error> {
        Ok(LogRow {
            sequence: row.int(0)?,
            stream: row.text(1)?,
            version: row.int(2)?,
            kind: row.text(3)?,
            on: row.text(4)?,
            recorded: row.text(5)?,
            actor: row.text(6)?,
            payload: row.text(7)?,
            format: row.int(8)?,
            previous: row.bytes(9)?,
            hash: row.bytes(10)?,
        })
    }

    pub(crate) fn values(self) -> [Value; COLUMNS] {
        [
            self.sequence.into(),
            self.stream.into(),
            self.version.into(),
            self.kind.into(),
            self.on.into(),
            self.recorded.into(),
            self.actor.into(),
            self.payload.into(),
            self.format.into(),
            self.previous.into(),
            self.hash.into(),
        ]
    }
}

/// The stored name of a stream.
pub(crate) fn stream_name(stream: Stream) -> String {
    match stream {
        Stream::Register => "register".to_owned(),
        Stream::Dossier(client) => format!("dossier-{}", client.0),
    }
}

/// The stream with this stored name.
pub(crate) fn stream_from_name(name: &str) -> Option<Stream> {
    if name == "register" {
        return Some(Stream::Register);
    }
    let number = name.strip_prefix("dossier-")?.parse().ok()?;
    Some(Stream::Dossier(ClientId(number)))
}

/// A count as the database holds it.
pub(crate) fn to_i64(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|_| StoreError::TooLarge(number))
}

/// A client's key as the database holds it: the same 64 bits.
pub(crate) fn client_key(client: ClientId) -> i64 {
    client.0.cast_signed()
}
