//! The proof that the log is as it was written: every hash, every link, every version.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::{
    Head, Progress, Store, StoreError, VerifyError,
    chain::{LogRow, to_i64},
    database::{Row, Tx},
    log,
};

/// How many rows are read at a time.
const PAGE: i64 = 10_000;

/// A log that was proven whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// How many entries it has.
    pub entries: u64,
    /// Its end: keep it elsewhere, to see later whether the tail was cut.
    pub head: Head,
}

impl Store {
    /// Proves the chain, or names the first entry that is not as it was written.
    ///
    /// A tail that was cut off leaves a whole, shorter chain: see [`Store::verify_against`].
    pub async fn verify(&self, progress: Progress<'_>) -> Result<Verified, VerifyError> {
        self.prove(None, progress).await
    }

    /// Proves the chain, and that it still holds the head that was kept elsewhere.
    pub async fn verify_against(
        &self,
        head: &Head,
        progress: Progress<'_>,
    ) -> Result<Verified, VerifyError> {
        self.prove(Some(*head), progress).await
    }

    async fn prove(
        &self,
        kept: Option<Head>,
        progress: Progress<'_>,
    ) -> Result<Verified, VerifyError> {
        let mut tx = self.database.snapshot().await?;
        let total = tx.row("SELECT count(*) FROM logboek", vec![]).await?;
        let total = total.ok_or(sqlx::Error::RowNotFound)?.int(0)?.unsigned_abs();
        let mut walk = Walk { head: Head::EMPTY, versions: HashMap::new(), kept };
        let mut after = i64::MIN;
        loop {
            let page = page(&mut tx, after).await?;
            let Some(last) = page.last() else { break };
            after = last.int(0)?;
            walk = tokio::task::spawn_blocking(move || walk.page(&page))
                .await
                .map_err(StoreError::from)??;
            progress(walk.head.sequence, total);
        }
        if let Some(kept) = kept
            && kept.sequence > walk.head.sequence
        {
            let why = format!(
                "het logboek houdt hier op, maar liep eerder door tot en met gebeurtenis {}",
                kept.sequence
            );
            let sequence = to_i64(walk.head.sequence)?.saturating_add(1);
            return Err(VerifyError::Broken { sequence, why });
        }
        Ok(Verified { entries: walk.head.sequence, head: walk.head })
    }
}

/// All rows after this sequence, at most a page.
pub(crate) async fn page(tx: &mut Tx, after: i64) -> Result<Vec<Row>, sqlx::Error> {
    let sql = "SELECT volgnummer, stroom, versie, soort, gebeurd_op, vastgelegd, actor, inhoud, \
               formaat, vorige_hash, hash FROM logboek WHERE volgnummer > $1 \
               ORDER BY volgnummer LIMIT $2";
    tx.rows(sql, vec![after.into(), PAGE.into()]).await
}

/// How far the proof has come.
pub(crate) struct Walk {
    pub(crate) head: Head,
    pub(crate) versions: HashMap<String, i64>,
    pub(crate) kept: Option<Head>,
}

impl Walk {
    fn page(mut self, rows: &[Row]) -> Result<Walk, VerifyError> {
        // Hashing and decoding are the work: on all cores. The links are then followed in order.
        let checked: Vec<Result<(LogRow, bool), sqlx::Error>> = rows
            .par_iter()
            .map(|row| LogRow::read(row).map(|it| (it.clone(), log::decode(&it).is_ok())))
            .collect();
        for (row, checked) in rows.iter().zip(checked) {
            match checked {
                Ok((row, readable)) => self.step(&row, readable)?,
                Err(_) => {
                    let why = "een kolom heeft een andere vorm dan is opgeschreven".to_owned();
                    return Err(VerifyError::Broken { sequence: row.int(0)?, why });
                }
            }
        }
        Ok(self)
    }

    /// Follows one link.
    pub(crate) fn step(&mut self, row: &LogRow, readable: bool) -> Result<(), VerifyError> {
        let broken =
            |why: &str| Err(VerifyError::Broken { sequence: row.sequence, why: why.to_owned() });
        if let Some(why) = row.fault(self.head) {
            return broken(why);
        }
        let version = self.versions.entry(row.stream.clone()).or_insert(0);
        *version += 1;
        if row.version != *version {
            return broken("de versie in de stroom sluit niet aan");
        }
        if !readable {
            return broken("de inhoud is niet leesbaar");
        }
        let hash = row.computed_hash();
        self.head = Head { sequence: self.head.sequence + 1, hash };
        if self.kept.is_some_and(|it| it.sequence == self.head.sequence && it.hash != hash) {
            return broken("de hash is niet die van het eerder bewaarde ijkpunt");
        }
        Ok(())
    }
}
