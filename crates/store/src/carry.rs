//! What somebody typed while the session ended: sealed, given to the browser, opened after signing
//! in again by the same account. Nothing of it is stored here.

use jiff::Timestamp;

use crate::{
    Store, StoreError,
    account::folded,
    crypt::{from_hex, to_hex},
};

/// How long it can be opened.
const OPEN_SECONDS: i64 = 12 * 3600;

impl Store {
    /// Seals what was typed for one account, as hexadecimal digits.
    pub fn seal_typed(
        &self,
        account: &str,
        typed: &[u8],
        now: Timestamp,
    ) -> Result<String, StoreError> {
        let plain = [&now.as_second().to_be_bytes(), typed].concat();
        Ok(to_hex(&self.keys.typed.seal(&["getypt", &folded(account)], &plain)?))
    }

    /// What was typed, if it was sealed for this account within twelve hours.
    ///
    /// Whatever else is given, by another account, later or made up, is nothing.
    pub fn open_typed(&self, account: &str, sealed: &str, now: Timestamp) -> Option<Vec<u8>> {
        let place = ["getypt", &folded(account)];
        let plain = self.keys.typed.open(&place, &from_hex(sealed)?, "een formulier").ok()?;
        let (moment, typed) = plain.split_first_chunk::<8>()?;
        let age = now.as_second().checked_sub(i64::from_be_bytes(*moment))?;
        (0..=OPEN_SECONDS).contains(&age).then(|| typed.to_vec())
    }
}
