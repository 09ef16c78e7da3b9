//! Raw messages as they came in, each sealed under a key of its own.

use std::collections::{BTreeMap, BTreeSet};

use domain::ClientId;
use jiff::Timestamp;

use crate::{
    Store, StoreError,
    access::moment as read_moment,
    chain::client_key,
    crypt::{sha256, to_hex},
    database::Row,
    text::plain_text,
};

const WHAT: &str = "een bericht";

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
    /// The message.
    pub message: Message,
    /// The clients.
    pub clients: BTreeSet<ClientId>,
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
        let print = self.message_index(&sha256(bytes));
        let owner = to_hex(&print);
        let (key, wrapped) = self.keys.new_data_key(&owner)?;
        let mut tx = self.database.write().await?;
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
        let sql = "SELECT b.vingerafdruk, b.moment, b.verpakt, b.naam, b.inhoud FROM bericht b \
                   JOIN bericht_client c ON c.vingerafdruk = b.vingerafdruk \
                   WHERE c.client = $1 AND b.verpakt IS NOT NULL ORDER BY b.moment";
        let mut messages = Vec::new();
        for row in self.database.rows(sql, vec![client_key(client).into()]).await? {
            messages.push(self.open_message(&row)?);
        }
        Ok(messages)
    }

    /// Every message about one of these clients that can still be read; each once, oldest first.
    pub async fn kept_messages(&self, about: &BTreeSet<ClientId>) -> Result<Vec<Kept>, StoreError> {
        let mut clients: BTreeMap<Vec<u8>, BTreeSet<ClientId>> = BTreeMap::new();
        let sql = "SELECT c.vingerafdruk, c.client FROM bericht_client c \
                   JOIN bericht b ON b.vingerafdruk = c.vingerafdruk WHERE b.verpakt IS NOT NULL";
        for row in self.database.rows(sql, Vec::new()).await? {
            let client = ClientId(row.int(1)?.cast_unsigned());
            clients.entry(row.bytes(0)?).or_default().insert(client);
        }
        let mut kept = Vec::new();
        for (print, clients) in clients {
            if about.is_disjoint(&clients) {
                continue;
            }
            let sql = "SELECT vingerafdruk, moment, verpakt, naam, inhoud FROM bericht \
                       WHERE vingerafdruk = $1 AND verpakt IS NOT NULL";
            let Some(row) = self.database.row(sql, vec![print.into()]).await? else { continue };
            kept.push(Kept { message: self.open_message(&row)?, clients });
        }
        kept.sort_by_key(|it| it.message.moment);
        Ok(kept)
    }

    fn open_message(&self, row: &Row) -> Result<Message, StoreError> {
        let owner = to_hex(&row.bytes(0)?);
        let key = self.keys.unwrap_data_key(&owner, &row.bytes(2)?)?;
        let name = key.open(&["bericht", &owner, "naam"], &row.bytes(3)?, WHAT)?;
        let bytes = key.open(&["bericht", &owner, "inhoud"], &row.bytes(4)?, WHAT)?;
        Ok(Message {
            name: plain_text(&name, WHAT)?,
            bytes: bytes.to_vec(),
            moment: read_moment(&row.text(1)?)?,
        })
    }

    /// A bare fingerprint of a message with a known form would betray a BSN to whoever tries all.
    fn message_index(&self, fingerprint: &[u8; 32]) -> Vec<u8> {
        self.keys.blind("bericht", fingerprint)
    }
}
