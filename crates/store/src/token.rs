//! The tokens by which other programs come in: random, and only the hash is kept.

use jiff::Timestamp;

use crate::{
    Store, StoreError,
    access::moment as read_moment,
    crypt::{random, sha256, to_hex},
};

impl Store {
    /// Makes the token of a connection, in place of the one before; it is shown once.
    pub async fn create_token(&self, name: &str, now: Timestamp) -> Result<String, StoreError> {
        let token = to_hex(&random::<32>()?);
        let print = to_hex(&sha256(token.as_bytes()));
        self.set_meta(&key(name), &format!("{print} {now}")).await?;
        Ok(token)
    }

    /// Since when a connection has a token; none when it has no token.
    pub async fn token_since(&self, name: &str) -> Result<Option<Timestamp>, StoreError> {
        let Some(kept) = self.meta(&key(name)).await? else { return Ok(None) };
        kept.split_once(' ').map(|(_, moment)| read_moment(moment)).transpose()
    }

    /// Whether this is the token of a connection.
    pub async fn check_token(&self, name: &str, token: &str) -> Result<bool, StoreError> {
        let Some(kept) = self.meta(&key(name)).await? else { return Ok(false) };
        // Hashes are compared, so how long it takes says nothing about the token.
        let print = to_hex(&sha256(token.as_bytes()));
        Ok(kept.split_once(' ').is_some_and(|(it, _)| it == print))
    }

    /// Takes the token of a connection away: nobody comes in any more.
    pub async fn withdraw_token(&self, name: &str) -> Result<(), StoreError> {
        self.clear_meta(&key(name)).await
    }
}

fn key(name: &str) -> String {
    format!("koppeling.{name}")
}
