//! Messages on their way out: how far each came. What they say is kept with all other messages.

use domain::ClientId;
use jiff::Timestamp;

use crate::{
    Kept, Store, StoreError,
    access::moment as read_moment,
    crypt::{SealKey, to_hex},
    database::{Row, Tx, Value},
    text::plain_text,
};

const WHAT: &str = "een zending";

/// A message on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// The key of its envelope.
    pub reference: String,
    /// Which kind of message, such as `WMO301`.
    pub kind: String,
    /// The sender's own key of the message.
    pub own_key: String,
    /// When it was put ready.
    pub moment: Timestamp,
    /// How far it came.
    pub status: String,
    /// Why it was refused or could not be delivered: a code, and what was said of it.
    pub fault: Option<(String, String)>,
    /// How often it left.
    pub attempts: u32,
}

impl Store {
    /// Keeps a message under its clients and puts it ready to leave, or does neither; false when a
    /// message with these bytes was kept before.
    pub async fn queue_message(
        &self,
        bytes: &[u8],
        name: &str,
        clients: &[ClientId],
        sending: &Sending,
    ) -> Result<bool, StoreError> {
        let mut tx = self.database.write().await?;
        let new = self.queue(&mut tx, bytes, name, clients, sending).await?;
        if new {
            tx.commit().await?;
        }
        Ok(new)
    }

    /// Keeps a message that came in and puts the answer to it ready, both or neither: so it is
    /// answered once, wherever the program stops. False when the message was kept before.
    pub async fn put_answered_message(
        &self,
        (bytes, name): (&[u8], &str),
        clients: &[ClientId],
        (answer, answer_name): (&[u8], &str),
        sending: &Sending,
    ) -> Result<bool, StoreError> {
        let mut tx = self.database.write().await?;
        let (_, new) = self.keep(&mut tx, bytes, name, (clients, sending.moment)).await?;
        if new {
            self.queue(&mut tx, answer, answer_name, clients, sending).await?;
            tx.commit().await?;
        }
        Ok(new)
    }

    async fn queue(
        &self,
        tx: &mut Tx,
        bytes: &[u8],
        name: &str,
        clients: &[ClientId],
        sending: &Sending,
    ) -> Result<bool, StoreError> {
        let (print, new) = self.keep(tx, bytes, name, (clients, sending.moment)).await?;
        if !new {
            return Ok(false);
        }
        let sql = "INSERT INTO zending (referentienummer, vingerafdruk, soort, identificatie, \
                   moment, status, foutcode, omschrijving, pogingen) \
                   VALUES ($1, $2, $3, $4, $5, $6, NULL, NULL, $7)";
        let values = vec![
            sending.reference.as_str().into(),
            print.into(),
            sending.kind.as_str().into(),
            sending.own_key.as_str().into(),
            sending.moment.to_string().into(),
            sending.status.as_str().into(),
            i64::from(sending.attempts).into(),
        ];
        tx.execute(sql, values).await?;
        Ok(true)
    }

    /// Everything that was put ready, oldest first.
    pub async fn sendings(&self) -> Result<Vec<Sending>, StoreError> {
        let sql = "SELECT z.referentienummer, z.soort, z.identificatie, z.moment, z.status, \
                   z.foutcode, z.omschrijving, z.pogingen, z.vingerafdruk, b.verpakt \
                   FROM zending z JOIN bericht b ON b.vingerafdruk = z.vingerafdruk";
        let mut found = Vec::new();
        for row in self.database.rows(sql, Vec::new()).await? {
            found.push(self.read_sending(&row)?);
        }
        found.sort_by(|one, other| {
            (one.moment, &one.reference).cmp(&(other.moment, &other.reference))
        });
        Ok(found)
    }

    /// The message in the envelope with this key; none when one of its clients was erased.
    pub async fn sent_message(&self, reference: &str) -> Result<Option<Kept>, StoreError> {
        let sql = "SELECT vingerafdruk FROM zending WHERE referentienummer = $1";
        let row = self.database.row(sql, vec![reference.into()]).await?;
        let Some(row) = row else { return Ok(None) };
        Ok(self.open_messages(&[row.bytes(0)?]).await?.pop())
    }

    /// Moves a sending on, if it still has this status; false when somebody else was first.
    pub async fn move_sending(&self, from: &str, to: &Sending) -> Result<bool, StoreError> {
        let mut tx = self.database.write().await?;
        let sql = "SELECT z.vingerafdruk, b.verpakt FROM zending z \
                   JOIN bericht b ON b.vingerafdruk = z.vingerafdruk \
                   WHERE z.referentienummer = $1";
        let Some(row) = tx.row(sql, vec![to.reference.as_str().into()]).await? else {
            return Ok(false);
        };
        // What somebody says of a message may name its client: it goes with the message.
        let said = match (&to.fault, self.sending_key(&row, 0, 1)?) {
            (Some((_, said)), Some((key, owner))) => {
                Some(key.seal(&["zending", &owner, "omschrijving"], said.as_bytes())?)
            }
            _ => None,
        };
        let sql = "UPDATE zending SET status = $1, foutcode = $2, omschrijving = $3, \
                   pogingen = $4 WHERE referentienummer = $5 AND status = $6";
        let values = vec![
            to.status.as_str().into(),
            Value::Text(to.fault.as_ref().map(|(code, _)| code.clone())),
            Value::Bytes(said),
            i64::from(to.attempts).into(),
            to.reference.as_str().into(),
            from.into(),
        ];
        let moved = tx.execute(sql, values).await? == 1;
        tx.commit().await?;
        Ok(moved)
    }

    fn read_sending(&self, row: &Row) -> Result<Sending, StoreError> {
        let attempts = row.int(7)?;
        let said = match (row.maybe_bytes(6)?, self.sending_key(row, 8, 9)?) {
            (Some(sealed), Some((key, owner))) => {
                let plain = key.open(&["zending", &owner, "omschrijving"], &sealed, WHAT)?;
                plain_text(&plain, WHAT)?
            }
            _ => String::new(),
        };
        Ok(Sending {
            reference: row.text(0)?,
            kind: row.text(1)?,
            own_key: row.text(2)?,
            moment: read_moment(&row.text(3)?)?,
            status: row.text(4)?,
            fault: row.maybe_text(5)?.map(|code| (code, said)),
            attempts: u32::try_from(attempts)
                .map_err(|_| StoreError::TooLarge(attempts.unsigned_abs()))?,
        })
    }

    /// The key of the message of a sending, with the name of its owner; none once it was erased.
    fn sending_key(
        &self,
        row: &Row,
        print: usize,
        wrapped: usize,
    ) -> Result<Option<(SealKey, String)>, StoreError> {
        let owner = to_hex(&row.bytes(print)?);
        let Some(wrapped) = row.maybe_bytes(wrapped)? else { return Ok(None) };
        Ok(Some((self.keys.unwrap_data_key(&owner, &wrapped)?, owner)))
    }
}
