//! The names of staff and what they keep for themselves, beside the log: sealed, under one key.

use std::collections::BTreeMap;

use domain::MedewerkerId;

use crate::{
    Store, StoreError,
    crypt::{from_hex, to_hex},
    text::plain_text,
};

impl Store {
    /// Writes down the name of somebody who works for the access.
    pub async fn put_staff_name(
        &self,
        medewerker: MedewerkerId,
        name: &str,
    ) -> Result<(), StoreError> {
        let key = medewerker.0.to_string();
        let sealed = self.keys.staff.seal(&["medewerkernaam", &key, "naam"], name.as_bytes())?;
        let sql = "INSERT INTO medewerkernaam (medewerker, verzegeld) VALUES ($1, $2) \
                   ON CONFLICT (medewerker) DO UPDATE SET verzegeld = excluded.verzegeld";
        let values = vec![i64::from(medewerker.0).into(), sealed.into()];
        self.database.execute(sql, values).await?;
        Ok(())
    }

    /// The names of everybody who works or worked for the access.
    pub async fn staff_names(&self) -> Result<BTreeMap<MedewerkerId, String>, StoreError> {
        const WHAT: &str = "de naam van een medewerker";
        let sql = "SELECT medewerker, verzegeld FROM medewerkernaam";
        let mut names = BTreeMap::new();
        for row in self.database.rows(sql, vec![]).await? {
            let damaged = || StoreError::Sealed { what: WHAT };
            let id = u32::try_from(row.int(0)?).map_err(|_| damaged())?;
            let place = ["medewerkernaam", &id.to_string(), "naam"];
            let name = self.keys.staff.open(&place, &row.bytes(1)?, WHAT)?;
            let name = std::str::from_utf8(&name).map_err(|_| damaged())?;
            names.insert(MedewerkerId(id), name.to_owned());
        }
        Ok(names)
    }

    /// Keeps something that somebody wants back, such as saved views, in place of what was there.
    pub async fn put_staff_note(
        &self,
        medewerker: MedewerkerId,
        kind: &str,
        text: &str,
    ) -> Result<(), StoreError> {
        let id = medewerker.0.to_string();
        let sealed = self.keys.staff.seal(&["medewerkernotitie", &id, kind], text.as_bytes())?;
        self.set_meta(&note_key(medewerker, kind), &to_hex(&sealed)).await
    }

    /// What somebody kept under this kind.
    pub async fn staff_note(
        &self,
        medewerker: MedewerkerId,
        kind: &str,
    ) -> Result<Option<String>, StoreError> {
        const WHAT: &str = "een notitie van een medewerker";
        let Some(sealed) = self.meta(&note_key(medewerker, kind)).await? else { return Ok(None) };
        let sealed = from_hex(&sealed).ok_or(StoreError::Sealed { what: WHAT })?;
        let id = medewerker.0.to_string();
        let plain = self.keys.staff.open(&["medewerkernotitie", &id, kind], &sealed, WHAT)?;
        plain_text(&plain, WHAT).map(Some)
    }
}

fn note_key(medewerker: MedewerkerId, kind: &str) -> String {
    format!("medewerker.{}.{kind}", medewerker.0)
}
