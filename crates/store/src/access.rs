//! The access log: who looked at or did what, on which ground. Only appended to.

use domain::{ClientId, MedewerkerId};
use jiff::Timestamp;

use crate::{Store, StoreError, chain::client_key, database::Value};

/// Somebody looked at something or did something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessEntry {
    /// When.
    pub moment: Timestamp,
    /// Under which account.
    pub account: String,
    /// Who.
    pub medewerker: MedewerkerId,
    /// Whose dossier, if one.
    pub client: Option<ClientId>,
    /// What was done, such as `dossier bekeken`.
    pub action: String,
    /// On which ground. Holds no personal facts: it is kept when the client is erased.
    pub ground: String,
}

impl Store {
    /// Writes down that somebody looked or did.
    pub async fn log_access(&self, entry: &AccessEntry) -> Result<(), StoreError> {
        // The number is the next one; PostgreSQL needs the turn to write for that, as the log does.
        let mut tx = self.database.write().await?;
        let sql = "INSERT INTO inzage \
                   (volgnummer, moment, account, medewerker, client, handeling, grond) \
                   SELECT coalesce(max(volgnummer), 0) + 1, $1, $2, $3, $4, $5, $6 FROM inzage";
        let values = vec![
            entry.moment.to_string().into(),
            entry.account.as_str().into(),
            i64::from(entry.medewerker.0).into(),
            Value::Int(entry.client.map(client_key)),
            entry.action.as_str().into(),
            entry.ground.as_str().into(),
        ];
        tx.execute(sql, values).await?;
        Ok(tx.commit().await?)
    }

    /// Who looked at the dossier of a client, newest first.
    pub async fn accesses(&self, client: ClientId) -> Result<Vec<AccessEntry>, StoreError> {
        let sql = "SELECT moment, account, medewerker, handeling, grond FROM inzage \
                   WHERE client = $1 ORDER BY volgnummer DESC";
        let mut entries = Vec::new();
        for row in self.database.rows(sql, vec![client_key(client).into()]).await? {
            let medewerker = row.int(2)?;
            let too_large = |_| StoreError::TooLarge(medewerker.unsigned_abs());
            entries.push(AccessEntry {
                moment: moment(&row.text(0)?)?,
                account: row.text(1)?,
                medewerker: MedewerkerId(u32::try_from(medewerker).map_err(too_large)?),
                client: Some(client),
                action: row.text(3)?,
                ground: row.text(4)?,
            });
        }
        Ok(entries)
    }
}

/// Reads a moment beside the log.
pub(crate) fn moment(text: &str) -> Result<Timestamp, StoreError> {
    text.parse().map_err(|_| StoreError::Sealed { what: "een tijdstip" })
}
