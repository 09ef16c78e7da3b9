//! Erasure: destroys the key of a client and everything it sealed. The log stays whole.

use domain::ClientId;

use crate::{Store, StoreError, chain::client_key};

impl Store {
    /// Makes a client unreadable for ever; nothing can be kept about them again.
    ///
    /// A backup made before still holds the wrapped key: it must be destroyed as well.
    pub async fn erase(&self, client: ClientId) -> Result<(), StoreError> {
        let mut tx = self.database.write().await?;
        for sql in [
            "INSERT INTO sleutel (client, verpakt) VALUES ($1, NULL) \
             ON CONFLICT (client) DO UPDATE SET verpakt = NULL",
            "DELETE FROM persoon WHERE client = $1",
            "DELETE FROM tekst WHERE client = $1",
            "UPDATE zending SET omschrijving = NULL WHERE vingerafdruk IN \
             (SELECT vingerafdruk FROM bericht_client WHERE client = $1)",
            "UPDATE bericht SET verpakt = NULL, naam = NULL, inhoud = NULL WHERE vingerafdruk IN \
             (SELECT vingerafdruk FROM bericht_client WHERE client = $1)",
        ] {
            tx.execute(sql, vec![client_key(client).into()]).await?;
        }
        tx.commit().await?;
        if let Err(error) = self.database.scrub().await {
            // The erasure holds; only what the database had set aside is still to be overwritten.
            tracing::warn!(%error, "oude pagina's zijn nog niet overschreven");
        }
        Ok(())
    }
}
