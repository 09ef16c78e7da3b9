//! The one-time code with which a new installation gets its first functioneel beheerder.

use crate::{Store, StoreError};

impl Store {
    /// Makes this the code; any code before it is void. Only a keyed hash is kept.
    pub async fn put_setup_code(&self, code: &str) -> Result<(), StoreError> {
        let mut tx = self.database.write().await?;
        tx.execute("DELETE FROM inrichtingscode", vec![]).await?;
        let sql = "INSERT INTO inrichtingscode (code_hash) VALUES ($1)";
        tx.execute(sql, vec![self.blind_code(code).into()]).await?;
        Ok(tx.commit().await?)
    }

    /// Uses the code up: true once, for the right code.
    pub async fn take_setup_code(&self, code: &str) -> Result<bool, StoreError> {
        let sql = "DELETE FROM inrichtingscode WHERE code_hash = $1";
        Ok(self.database.execute(sql, vec![self.blind_code(code).into()]).await? == 1)
    }

    fn blind_code(&self, code: &str) -> Vec<u8> {
        self.keys.blind("inrichtingscode", code.trim().as_bytes())
    }
}
