//! Accounts: a name, a password that is only kept as an argon2id hash, and whose it is.

use std::sync::OnceLock;

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash};
use domain::MedewerkerId;
use zeroize::Zeroizing;

use crate::{
    Store, StoreError,
    database::{Row, Tx},
};

/// The fewest characters of a password.
const LEAST_CHARACTERS: usize = 8;

/// The most bytes of a password; more is an attempt to keep the machine busy.
const MOST_BYTES: usize = 512;

/// Somebody who can log in. What they may do follows from the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The name to log in with, in lower case.
    pub name: String,
    /// Who it is.
    pub medewerker: MedewerkerId,
    /// Whether it may not be used any more.
    pub blocked: bool,
}

impl Store {
    /// Makes an account.
    pub async fn create_account(
        &self,
        name: &str,
        password: &str,
        medewerker: MedewerkerId,
    ) -> Result<(), StoreError> {
        let name = folded(name);
        let hash = hash(password).await?;
        let sql = "INSERT INTO account (naam, wachtwoord, medewerker, geblokkeerd) \
                   VALUES ($1, $2, $3, 0) ON CONFLICT (naam) DO NOTHING";
        let values = vec![name.as_str().into(), hash.into(), i64::from(medewerker.0).into()];
        match self.database.execute(sql, values).await? {
            0 => Err(StoreError::AccountExists(name)),
            _ => Ok(()),
        }
    }

    /// Every account, by name.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let sql = "SELECT naam, medewerker, geblokkeerd FROM account ORDER BY naam";
        self.database.rows(sql, vec![]).await?.iter().map(|it| read(it, 0)).collect()
    }

    /// The account, if name and password are right and it is not blocked.
    ///
    /// An unknown name costs as much time as a wrong password.
    pub async fn check_password(
        &self,
        name: &str,
        password: &str,
    ) -> Result<Option<Account>, StoreError> {
        let sql = "SELECT wachtwoord, naam, medewerker, geblokkeerd FROM account WHERE naam = $1";
        let row = self.database.row(sql, vec![folded(name).into()]).await?;
        let hash = row.as_ref().map(|it| it.text(0)).transpose()?;
        let right = matches(password, hash).await?;
        let account = row.map(|it| read(&it, 1)).transpose()?;
        Ok(account.filter(|it| right && !it.blocked))
    }

    /// Gives an account another password and ends its sessions.
    pub async fn set_password(&self, name: &str, password: &str) -> Result<(), StoreError> {
        let hash = hash(password).await?;
        let mut tx = self.database.write().await?;
        let sql = "UPDATE account SET wachtwoord = $2 WHERE naam = $1";
        let changed = tx.execute(sql, vec![folded(name).into(), hash.into()]).await?;
        end_sessions(tx, name, changed).await
    }

    /// Blocks an account and ends its sessions, or lets it in again.
    pub async fn set_blocked(&self, name: &str, blocked: bool) -> Result<(), StoreError> {
        let mut tx = self.database.write().await?;
        let sql = "UPDATE account SET geblokkeerd = $2 WHERE naam = $1";
        let values = vec![folded(name).into(), i64::from(blocked).into()];
        let changed = tx.execute(sql, values).await?;
        end_sessions(tx, name, changed).await
    }
}

/// The account from three columns: name, employee, blocked.
pub(crate) fn read(row: &Row, first: usize) -> Result<Account, StoreError> {
    let medewerker = row.int(first + 1)?;
    let too_large = |_| StoreError::TooLarge(medewerker.unsigned_abs());
    Ok(Account {
        name: row.text(first)?,
        medewerker: MedewerkerId(u32::try_from(medewerker).map_err(too_large)?),
        blocked: row.int(first + 2)? != 0,
    })
}

/// A name is the same whatever its case.
pub(crate) fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

async fn end_sessions(mut tx: Tx, name: &str, changed: u64) -> Result<(), StoreError> {
    if changed == 0 {
        return Err(StoreError::NoAccount(folded(name)));
    }
    tx.execute("DELETE FROM sessie WHERE account = $1", vec![folded(name).into()]).await?;
    Ok(tx.commit().await?)
}

/// Argon2id with 19 MiB, two passes and one lane, as OWASP advises: the defaults of the library.
async fn hash(password: &str) -> Result<String, StoreError> {
    if password.chars().count() < LEAST_CHARACTERS || password.len() > MOST_BYTES {
        return Err(StoreError::Password { least: LEAST_CHARACTERS, most: MOST_BYTES });
    }
    let password = Zeroizing::new(password.to_owned());
    tokio::task::spawn_blocking(move || hash_now(password.as_bytes())).await?
}

fn hash_now(password: &[u8]) -> Result<String, StoreError> {
    let hash: PasswordHash =
        Argon2::default().hash_password(password).map_err(|_| StoreError::Task)?;
    Ok(hash.to_string())
}

/// Compares with the hash, or with one of nobody's password, and is then never right.
async fn matches(password: &str, hash: Option<String>) -> Result<bool, StoreError> {
    static NOBODY: OnceLock<String> = OnceLock::new();
    if password.len() > MOST_BYTES {
        return Ok(false);
    }
    let password = Zeroizing::new(password.to_owned());
    tokio::task::spawn_blocking(move || {
        let known = hash.is_some();
        let hash = match hash {
            Some(hash) => hash,
            None => match NOBODY.get() {
                Some(hash) => hash.clone(),
                None => {
                    let made = hash_now(b"niemand heeft dit wachtwoord")?;
                    NOBODY.get_or_init(|| made).clone()
                }
            },
        };
        let hash = PasswordHash::new(&hash)
            .map_err(|_| StoreError::Sealed { what: "het wachtwoord van een account" })?;
        let right = Argon2::default().verify_password(password.as_bytes(), &hash).is_ok();
        Ok(right && known)
    })
    .await?
}
