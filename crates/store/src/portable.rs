//! The file of a backup: lines of JSON that both databases can write and read.
//!
//! The first line is the [`Header`]. Then follows a line per row: an array with the name of its
//! table and its columns; bytes are hexadecimal. The last line is the [`Trailer`] with the SHA-256
//! of everything before it. Persons, texts and messages are in it as they lie: sealed, with their
//! wrapped keys. **Without the master key, which is not in it, no name can be read again.**
//! Sessions and the one-time code are left out.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::{
    chain::{COLUMNS, LogRow},
    crypt::{from_hex, to_hex},
    database::{Row, Value},
};

/// The version of the file that is written.
pub(crate) const FORMAT: u32 = 1;

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Header {
    /// The version of this file; also what tells that it is a backup.
    pub(crate) wijkpeil_reservekopie: u32,
    /// Tells whether a master key belongs to it.
    pub(crate) sleutelproef: String,
    /// The last entry of the log.
    pub(crate) volgnummer: u64,
    /// Its hash.
    pub(crate) hash: String,
    /// How many rows follow.
    pub(crate) rijen: u64,
}

/// The last line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Trailer {
    /// The SHA-256 of every byte before this line.
    pub(crate) sha256: String,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Int,
    Text,
    Bytes,
}

/// A table, with the statements that read all of it in a fixed order and write it again.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [Column],
    pub(crate) count: &'static str,
    pub(crate) select: &'static str,
    pub(crate) insert: &'static str,
}

use Column::{Bytes, Int, Text};

macro_rules! table {
    ($name:literal, [$($kind:ident),*], $columns:literal, $filter:literal, $order:literal) => {
        Table {
            name: $name,
            columns: &[$($kind),*],
            count: concat!("SELECT count(*) FROM ", $name, $filter),
            select: concat!(
                "SELECT ", $columns, " FROM ", $name, $filter, " ORDER BY ", $order,
                " LIMIT $1 OFFSET $2"
            ),
            insert: concat!("INSERT INTO ", $name, " (", $columns, ") VALUES"),
        }
    };
}

/// Every table of a backup but the log; none names a row of a table that comes after it.
pub(crate) const TABLES: [Table; 10] = [
    table!("meta", [Text, Text], "sleutel, waarde", " WHERE sleutel LIKE 'eigen.%'", "sleutel"),
    table!("sleutel", [Int, Bytes], "client, verpakt", "", "client"),
    table!("persoon", [Int, Bytes, Bytes], "client, bsn_index, verzegeld", "", "client"),
    table!(
        "tekst",
        [Int, Text, Text, Text, Bytes],
        "client, soort, sleutel, moment, verzegeld",
        "",
        "client, soort, sleutel"
    ),
    table!(
        "bericht",
        [Bytes, Text, Bytes, Bytes, Bytes],
        "vingerafdruk, moment, verpakt, naam, inhoud",
        "",
        "vingerafdruk"
    ),
    table!("bericht_client", [Bytes, Int], "vingerafdruk, client", "", "client, vingerafdruk"),
    table!(
        "zending",
        [Text, Bytes, Text, Text, Text, Text, Text, Bytes, Int],
        "referentienummer, vingerafdruk, soort, identificatie, moment, status, foutcode, \
         omschrijving, pogingen",
        "",
        "referentienummer"
    ),
    table!("medewerkernaam", [Int, Bytes], "medewerker, verzegeld", "", "medewerker"),
    table!(
        "account",
        [Text, Text, Int, Int],
        "naam, wachtwoord, medewerker, geblokkeerd",
        "",
        "naam"
    ),
    table!(
        "inzage",
        [Int, Text, Text, Int, Int, Text, Text],
        "volgnummer, moment, account, medewerker, client, handeling, grond",
        "",
        "volgnummer"
    ),
];

/// The columns of the log, in the order of [`LogRow`].
pub(crate) const LOG: [Column; COLUMNS] =
    [Int, Text, Int, Text, Text, Text, Text, Text, Int, Bytes, Bytes];

/// A row as a line.
pub(crate) fn to_line(table: &str, columns: &[Column], row: &Row) -> Result<String, sqlx::Error> {
    let mut cells = vec![Json::from(table)];
    for (at, column) in columns.iter().enumerate() {
        cells.push(match column {
            Int => row.maybe_int(at)?.map_or(Json::Null, Json::from),
            Text => row.maybe_text(at)?.map_or(Json::Null, Json::from),
            Bytes => row.maybe_bytes(at)?.map_or(Json::Null, |it| to_hex(&it).into()),
        });
    }
    Ok(Json::from(cells).to_string())
}

/// The table and cells of a line; `None` when it is not a row.
pub(crate) fn from_line(line: &str) -> Option<(String, Vec<Json>)> {
    let mut cells: Vec<Json> = serde_json::from_str(line).ok()?;
    if cells.is_empty() {
        return None;
    }
    let rest = cells.split_off(1);
    match cells.pop() {
        Some(Json::String(table)) => Some((table, rest)),
        _ => None,
    }
}

/// The values of a row; `None` when a cell is not what its column holds.
pub(crate) fn values(columns: &[Column], cells: &[Json]) -> Option<Vec<Value>> {
    if columns.len() != cells.len() {
        return None;
    }
    columns
        .iter()
        .zip(cells)
        .map(|(column, cell)| {
            Some(match (column, cell) {
                (Int, Json::Null) => Value::Int(None),
                (Text, Json::Null) => Value::Text(None),
                (Bytes, Json::Null) => Value::Bytes(None),
                (Int, cell) => Value::Int(Some(cell.as_i64()?)),
                (Text, Json::String(text)) => Value::Text(Some(text.clone())),
                (Bytes, Json::String(text)) => Value::Bytes(Some(from_hex(text)?)),
                _ => return None,
            })
        })
        .collect()
}

/// The row of the log in these cells.
pub(crate) fn log_row(cells: &[Json]) -> Option<LogRow> {
    let int = |at: usize| cells.get(at)?.as_i64();
    let text = |at: usize| Some(cells.get(at)?.as_str()?.to_owned());
    let bytes = |at: usize| from_hex(cells.get(at)?.as_str()?);
    if cells.len() != COLUMNS {
        return None;
    }
    Some(LogRow {
        sequence: int(0)?,
        stream: text(1)?,
        version: int(2)?,
        kind: text(3)?,
        on: text(4)?,
        recorded: text(5)?,
        actor: text(6)?,
        payload: text(7)?,
        format: int(8)?,
        previous: bytes(9)?,
        hash: bytes(10)?,
    })
}
