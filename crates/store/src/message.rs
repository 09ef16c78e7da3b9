//! Raw messages as they came in or went out, each sealed under a key of its own.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::ClientId;
use jiff::Timestamp;
use rayon::prelude::*;

use crate::{
    Store, StoreError,
    access::moment as read_moment,
    chain::client_key,
    crypt::{Keys, sha256, to_hex},
    database::{Row, Tx, Value},
    person::from_key,
    text::plain_text,
};

const WHAT: &str = "een bericht";

/// How many messages are opened at a time.
const PAGE: usize = 500;

/// A raw message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The name of its file.
    pub name: String,
    /// Its bytes, as they came in.
    pub bytes: Vec<u8>,
    /// When it came in.
    pub moment: Timestamp,
}

/// A raw message with everybody it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Under which print it lies; tells nothing of its contents.
    pub print: Vec<u8>,
    /// The message.
    pub message: Message,
    /// The clients.
    pub clients: BTreeSet<ClientId>,
    /// Whether it went out from here.
    pub sent: bool,
}

/// How many messages there are: as long as these stay the same, nothing came and nothing went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MessageCount {
    /// Those that were ever kept.
    pub kept: i64,
    /// Those that can still be read.
    pub readable: i64,
    /// How often a client is named by one that can still be read.
    pub named: i64,
    /// Those that went out from here.
    pub sent: i64,
}

impl Store {
    /// Keeps a message that is about these clients; false when it was kept before.
    ///
    /// It can be read as long as none of its clients is erased.
    pub async fn put_message(
        &self,
        bytes: &[u8],
        name: &str,
        clients: &[ClientId],
        moment: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut tx = self.database.write().await?;
        let (_, new) = self.keep(&mut tx, bytes, name, (clients, moment)).await?;
        tx.commit().await?;
        Ok(new)
    }

    /// Whether a message with this SHA-256 was kept before, even if it was erased since.
    pub async fn has_message(&self, fingerprint: &[u8; 32]) -> Result<bool, StoreError> {
        let sql = "SELECT vingerafdruk FROM bericht WHERE vingerafdruk = $1";
        let row = self.database.row(sql, vec![self.message_index(fingerprint).into()]).await?;
        Ok(row.is_some())
    }

    /// The messages about a client that can still be read, oldest first.
    pub async fn messages(&self, client: ClientId) -> Result<Vec<Message>, StoreError> {
        let kept = self.kept_messages(&[client].into()).await?;
        Ok(kept.into_iter().map(|it| it.message).collect())
    }

    /// Every message about one of these clients that can still be read; each once, oldest first.
    pub async fn kept_messages(&self, about: &BTreeSet<ClientId>) -> Result<Vec<Kept>, StoreError> {
        let clients: Vec<Value> = about.iter().map(|it| client_key(*it).into()).collect();
        let mut prints = BTreeSet::new();
        for some in clients.chunks(PAGE) {
            let select = "SELECT vingerafdruk FROM bericht_client WHERE client IN";
            for row in self.database.rows_in(select, some.to_vec()).await? {
                prints.insert(row.bytes(0)?);
            }
        }
        self.open_messages(&prints.into_iter().collect::<Vec<_>>()).await
    }

    /// How many messages there are.
    pub async fn message_count(&self) -> Result<MessageCount, StoreError> {
        let sql = "SELECT (SELECT count(*) FROM bericht), \
                   (SELECT count(*) FROM bericht WHERE verpakt IS NOT NULL), \
                   (SELECT count(*) FROM bericht_client c JOIN bericht b \
                   ON b.vingerafdruk = c.vingerafdruk WHERE b.verpakt IS NOT NULL), \
                   (SELECT count(*) FROM zending)";
        let row = self.database.row(sql, Vec::new()).await?.ok_or(sqlx::Error::RowNotFound)?;
        let [kept, readable, named, sent] = [row.int(0)?, row.int(1)?, row.int(2)?, row.int(3)?];
        Ok(MessageCount { kept, readable, named, sent })
    }

    /// The prints of all messages that can still be read and are about somebody, oldest first.
    pub async fn message_prints(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        let sql = "SELECT vingerafdruk, moment FROM bericht WHERE verpakt IS NOT NULL";
        let mut found = Vec::new();
        for row in self.database.rows(sql, Vec::new()).await? {
            found.push((read_moment(&row.text(1)?)?, row.bytes(0)?));
        }
        found.sort();
        Ok(found.into_iter().map(|(_, print)| print).collect())
    }

    /// The messages with these prints that can still be read, oldest first.
    pub async fn open_messages(&self, prints: &[Vec<u8>]) -> Result<Vec<Kept>, StoreError> {
        let mut kept = Vec::with_capacity(prints.len());
        for some in prints.chunks(PAGE) {
            let values = || some.iter().cloned().map(Value::from).collect();
            let select = "SELECT vingerafdruk, client FROM bericht_client WHERE vingerafdruk IN";
            let mut clients: BTreeMap<Vec<u8>, BTreeSet<ClientId>> = BTreeMap::new();
            for row in self.database.rows_in(select, values()).await? {
                clients.entry(row.bytes(0)?).or_default().insert(from_key(row.int(1)?));
            }
            let select = "SELECT b.vingerafdruk, b.moment, b.verpakt, b.naam, b.inhoud, \
                          z.referentienummer FROM bericht b \
                          LEFT JOIN zending z ON z.vingerafdruk = b.vingerafdruk \
                          WHERE b.verpakt IS NOT NULL AND b.vingerafdruk IN";
            let rows = self.database.rows_in(select, values()).await?;
            let keys = Arc::clone(&self.keys);
            let opened = tokio::task::spawn_blocking(move || {
                let opened = rows.par_iter().map(|it| open(&keys, it, &clients));
                opened.collect::<Result<Vec<Kept>, StoreError>>()
            });
            kept.extend(opened.await??);
        }
        kept.sort_by(|one, other| {
            (one.message.moment, &one.print).cmp(&(other.message.moment, &other.print))
        });
        Ok(kept)
    }

    /// Keeps a message in a transaction; gives its print, and whether it is new.
    pub(crate) async fn keep(
        &self,
        tx: &mut Tx,
        bytes: &[u8],
        name: &str,
        (clients, moment): (&[ClientId], Timestamp),
    ) -> Result<(Vec<u8>, bool), StoreError> {
        let print = self.message_index(&sha256(bytes));
        let owner = to_hex(&print);
        let (key, wrapped) = self.keys.new_data_key(&owner)?;
        let sql = "INSERT INTO bericht (vingerafdruk, moment, verpakt, naam, inhoud) \
                   VALUES ($1, $2, $3, $4, $5) ON CONFLICT (vingerafdruk) DO NOTHING";
        let values = vec![
            print.clone().into(),
            moment.to_string().into(),
            wrapped.into(),
            key.seal(&["bericht", &owner, "naam"], name.as_bytes())?.into(),
            key.seal(&["bericht", &owner, "inhoud"], bytes)?.into(),
        ];
        let new = tx.execute(sql, values).await? == 1;
        for client in clients.iter().copied().collect::<BTreeSet<_>>() {
            let sql = "SELECT client FROM sleutel WHERE client = $1 AND verpakt IS NULL";
            if tx.row(sql, vec![client_key(client).into()]).await?.is_some() {
                return Err(StoreError::Erased(client));
            }
            let sql = "INSERT INTO bericht_client (vingerafdruk, client) VALUES ($1, $2) \
                       ON CONFLICT (client, vingerafdruk) DO NOTHING";
            tx.execute(sql, vec![print.clone().into(), client_key(client).into()]).await?;
        }
        Ok((print, new))
    }

    /// A bare fingerprint of a message with a known form would betray a BSN to whoever tries all.
    fn message_index(&self, fingerprint: &[u8; 32]) -> Vec<u8> {
        self.keys.blind("bericht", fingerprint)
    }
}

fn open(
    keys: &Keys,
    row: &Row,
    clients: &BTreeMap<Vec<u8>, BTreeSet<ClientId>>,
) -> Result<Kept, StoreError> {
    let print = row.bytes(0)?;
    let owner = to_hex(&print);
    let key = keys.unwrap_data_key(&owner, &row.bytes(2)?)?;
    let name = key.open(&["bericht", &owner, "naam"], &row.bytes(3)?, WHAT)?;
    let bytes = key.open(&["bericht", &owner, "inhoud"], &row.bytes(4)?, WHAT)?;
    let message = Message {
        name: plain_text(&name, WHAT)?,
        bytes: bytes.to_vec(),
        moment: read_moment(&row.text(1)?)?,
    };
    let clients = clients.get(&print).cloned().unwrap_or_default();
    Ok(Kept { print, message, clients, sent: row.maybe_text(5)?.is_some() })
}
