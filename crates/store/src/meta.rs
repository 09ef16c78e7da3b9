//! Small facts about the installation, such as whether it is a demo.

use crate::{Store, StoreError};

impl Store {
    /// What was noted under this key.
    pub async fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT waarde FROM meta WHERE sleutel = $1";
        let row = self.database.row(sql, vec![own(key).into()]).await?;
        Ok(row.map(|it| it.text(0)).transpose()?)
    }

    /// Notes something under this key, in place of what stood there.
    pub async fn set_meta(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let sql = "INSERT INTO meta (sleutel, waarde) VALUES ($1, $2) \
                   ON CONFLICT (sleutel) DO UPDATE SET waarde = excluded.waarde";
        self.database.execute(sql, vec![own(key).into(), value.into()]).await?;
        Ok(())
    }

    /// Forgets what was noted under this key.
    pub(crate) async fn clear_meta(&self, key: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM meta WHERE sleutel = $1";
        self.database.execute(sql, vec![own(key).into()]).await?;
        Ok(())
    }
}

/// Callers' keys stand apart from those of the store itself.
fn own(key: &str) -> String {
    format!("eigen.{key}")
}
