//! Sessions: a random token of which only the hash is kept; one end shifts with use, one does not.

use jiff::Timestamp;

use crate::{
    Account, Store, StoreError,
    account::{folded, read},
    crypt::{random, sha256, to_hex},
};

/// However often a session is used, after this it ends.
const LONGEST_SECONDS: i64 = 12 * 3600;

/// How long it is remembered whose a session was that ended, so that what was being typed goes back
/// to nobody else.
const REMEMBERED_SECONDS: i64 = 24 * 3600;

/// A session that was just made; the token goes to the browser and nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    /// 256 random bits in hexadecimal digits.
    pub token: String,
    /// When it ends if it is not used.
    pub expires: Timestamp,
}

/// Hides the token.
impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("expires", &self.expires).finish_non_exhaustive()
    }
}

impl Store {
    /// Makes a session that ends after so many hours without use, and after twelve in any case.
    pub async fn create_session(
        &self,
        account: &str,
        now: Timestamp,
        hours: u16,
    ) -> Result<Session, StoreError> {
        let token = to_hex(&random::<32>()?);
        let idle = (i64::from(hours) * 3600).min(LONGEST_SECONDS);
        let now = now.as_second();
        let mut tx = self.database.write().await?;
        let forgotten = now - REMEMBERED_SECONDS;
        tx.execute("DELETE FROM sessie WHERE verloopt <= $1", vec![forgotten.into()]).await?;
        let sql = "INSERT INTO sessie (token_hash, account, duur, verloopt, uiterlijk) \
                   SELECT $1, naam, $3, $4, $5 FROM account WHERE naam = $2";
        let values = vec![
            sha256(token.as_bytes()).to_vec().into(),
            folded(account).into(),
            idle.into(),
            (now + idle).into(),
            (now + LONGEST_SECONDS).into(),
        ];
        if tx.execute(sql, values).await? == 0 {
            return Err(StoreError::NoAccount(folded(account)));
        }
        tx.commit().await?;
        let expires = Timestamp::from_second(now + idle).unwrap_or(Timestamp::MAX);
        Ok(Session { token, expires })
    }

    /// The account of a session that has not ended; its use shifts the end.
    pub async fn session(
        &self,
        token: &str,
        now: &Timestamp,
    ) -> Result<Option<Account>, StoreError> {
        let hash = sha256(token.as_bytes()).to_vec();
        let now = now.as_second();
        let sql = "SELECT a.naam, a.medewerker, a.geblokkeerd, s.duur, s.verloopt, s.uiterlijk \
                   FROM sessie s JOIN account a ON a.naam = s.account \
                   WHERE s.token_hash = $1 AND s.verloopt > $2 AND a.geblokkeerd = 0";
        let values = vec![hash.clone().into(), now.into()];
        let Some(row) = self.database.row(sql, values).await? else { return Ok(None) };
        let (idle, expires, latest) = (row.int(3)?, row.int(4)?, row.int(5)?);
        let shifted = (now + idle).min(latest);
        // Not at every page: only when a tenth of the time without use has passed.
        if shifted - expires > idle / 10 {
            let sql = "UPDATE sessie SET verloopt = $2 WHERE token_hash = $1";
            self.database.execute(sql, vec![hash.into(), shifted.into()]).await?;
        }
        read(&row, 0).map(Some)
    }

    /// Whose a session was that ended by itself, not longer than a day ago.
    pub async fn ended_session(
        &self,
        token: &str,
        now: &Timestamp,
    ) -> Result<Option<Account>, StoreError> {
        let hash = sha256(token.as_bytes()).to_vec();
        let now = now.as_second();
        let sql = "SELECT a.naam, a.medewerker, a.geblokkeerd \
                   FROM sessie s JOIN account a ON a.naam = s.account \
                   WHERE s.token_hash = $1 AND s.verloopt <= $2 AND s.verloopt > $3 \
                   AND a.geblokkeerd = 0";
        let values = vec![hash.into(), now.into(), (now - REMEMBERED_SECONDS).into()];
        let row = self.database.row(sql, values).await?;
        row.map(|it| read(&it, 0)).transpose()
    }

    /// Ends a session.
    pub async fn end_session(&self, token: &str) -> Result<(), StoreError> {
        let hash = sha256(token.as_bytes()).to_vec();
        self.database
            .execute("DELETE FROM sessie WHERE token_hash = $1", vec![hash.into()])
            .await?;
        Ok(())
    }
}
