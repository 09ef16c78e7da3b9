//! Free texts of a dossier, sealed under the key of the client.

use domain::ClientId;
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::{
    Store, StoreError,
    access::moment,
    chain::client_key,
    person::{data_key, from_key},
};

const WHAT: &str = "een tekst";

/// A free text of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// What it is, such as `verslag`.
    pub kind: String,
    /// Which one of that kind, such as a case number.
    pub key: String,
    /// The text.
    pub text: String,
    /// When it was written down.
    pub moment: Timestamp,
}

impl Store {
    /// Writes down a text, in place of the one of the same kind and key. Neither kind nor key may
    /// hold anything personal: they are not sealed.
    pub async fn put_text(
        &self,
        client: ClientId,
        kind: &str,
        key: &str,
        text: &str,
        moment: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.database.write().await?;
        let data_key = data_key(&mut tx, &self.keys, client).await?;
        let place = ["tekst", &client.0.to_string(), kind, key];
        let sealed = data_key.seal(&place, text.as_bytes())?;
        let sql = "INSERT INTO tekst (client, soort, sleutel, moment, verzegeld) \
                   VALUES ($1, $2, $3, $4, $5) ON CONFLICT (client, soort, sleutel) \
                   DO UPDATE SET moment = excluded.moment, verzegeld = excluded.verzegeld";
        let values = vec![
            client_key(client).into(),
            kind.into(),
            key.into(),
            moment.to_string().into(),
            sealed.into(),
        ];
        tx.execute(sql, values).await?;
        Ok(tx.commit().await?)
    }

    /// Throws away a text, such as a draft that is no longer needed; none is no fault.
    pub async fn delete_text(
        &self,
        client: ClientId,
        kind: &str,
        key: &str,
    ) -> Result<(), StoreError> {
        let sql = "DELETE FROM tekst WHERE client = $1 AND soort = $2 AND sleutel = $3";
        let values = vec![client_key(client).into(), kind.into(), key.into()];
        self.database.execute(sql, values).await?;
        Ok(())
    }

    /// The texts of a client by kind and key; none once the client was erased.
    pub async fn texts(&self, client: ClientId) -> Result<Vec<Text>, StoreError> {
        let sql = "SELECT s.verpakt, t.soort, t.sleutel, t.moment, t.verzegeld FROM tekst t \
                   JOIN sleutel s ON s.client = t.client \
                   WHERE t.client = $1 AND s.verpakt IS NOT NULL ORDER BY t.soort, t.sleutel";
        let owner = client.0.to_string();
        let mut texts = Vec::new();
        for row in self.database.rows(sql, vec![client_key(client).into()]).await? {
            let data_key = self.keys.unwrap_data_key(&owner, &row.bytes(0)?)?;
            let (kind, key) = (row.text(1)?, row.text(2)?);
            let plain = data_key.open(&["tekst", &owner, &kind, &key], &row.bytes(4)?, WHAT)?;
            let text = plain_text(&plain, WHAT)?;
            texts.push(Text { kind, key, text, moment: moment(&row.text(3)?)? });
        }
        Ok(texts)
    }
}

impl Store {
    /// Of whom there are texts of a kind, with their keys; the texts themselves stay sealed.
    pub async fn text_keys(&self, kind: &str) -> Result<Vec<(ClientId, String)>, StoreError> {
        let sql = "SELECT client, sleutel FROM tekst WHERE soort = $1 ORDER BY client, sleutel";
        let rows = self.database.rows(sql, vec![kind.into()]).await?;
        rows.iter().map(|row| Ok((from_key(row.int(0)?), row.text(1)?))).collect()
    }
}

/// Opened bytes as text.
pub(crate) fn plain_text(
    bytes: &Zeroizing<Vec<u8>>,
    what: &'static str,
) -> Result<String, StoreError> {
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| StoreError::Sealed { what })
}
