//! What can go wrong, in the words of the person who has to act on it.

use std::path::PathBuf;

use domain::{ClientId, Refusal, Stream};
use thiserror::Error;

/// The world failed: disk, database, key or file.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database refused something.
    #[error("de database meldt een fout: {0}")]
    Database(sqlx::Error),
    /// The database does not answer.
    #[error("de database is niet bereikbaar: controleer of hij draait en of het adres klopt ({0})")]
    Unreachable(sqlx::Error),
    /// A file could not be read or written.
    #[error("het bestand {path} kan niet worden gelezen of geschreven: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The master key has the wrong form.
    #[error(
        "de sleutel heeft niet de juiste vorm: verwacht zijn 64 hexadecimale tekens \
         (in het bestand `sleutel` of in WIJKPEIL_SLEUTEL)"
    )]
    KeyForm,
    /// The master key is not the one with which the data were made.
    #[error(
        "deze sleutel hoort niet bij deze gegevens: gebruik de sleutel waarmee de installatie is \
         gemaakt (het bestand `sleutel` in de gegevensmap of WIJKPEIL_SLEUTEL)"
    )]
    WrongKey,
    /// The data were made by a later version of the program.
    #[error(
        "de gegevens zijn gemaakt door een nieuwere versie van Wijkpeil (schema {found}; deze \
         versie kent schema {known}): gebruik de nieuwere versie"
    )]
    NewerSchema {
        /// The version found.
        found: i64,
        /// The highest version this program knows.
        known: i64,
    },
    /// An entry of the log cannot be read.
    #[error("gebeurtenis {sequence} ({kind}) in het logboek is niet leesbaar: {why}")]
    Unreadable {
        /// Its place in the log.
        sequence: i64,
        /// Its kind.
        kind: String,
        /// What is wrong.
        why: String,
    },
    /// Something encrypted cannot be read with its key.
    #[error("{what} is beschadigd of verwisseld en kan niet worden ontsleuteld")]
    Sealed {
        /// What, in Dutch.
        what: &'static str,
    },
    /// The client was erased; nothing is kept about them again.
    #[error("de gegevens van cliënt {} zijn vernietigd; er wordt niets meer bij bewaard", .0.0)]
    Erased(ClientId),
    /// Another client has this BSN.
    #[error("dit BSN hoort al bij een andere cliënt ({})", .0.0)]
    BsnInUse(ClientId),
    /// An account with this name exists.
    #[error("het account {0} bestaat al")]
    AccountExists(String),
    /// There is no account with this name.
    #[error("het account {0} bestaat niet")]
    NoAccount(String),
    /// A password is too short or too long.
    #[error("een wachtwoord heeft ten minste {least} en ten hoogste {most} tekens")]
    Password {
        /// The fewest characters.
        least: usize,
        /// The most bytes.
        most: usize,
    },
    /// A key or count does not fit.
    #[error("de waarde {0} is te groot om te bewaren")]
    TooLarge(u64),
    /// Entries were given moments that run back.
    #[error("gebeurtenissen moeten op volgorde van vastleggen komen: {given} ligt voor {last}")]
    MomentBefore {
        /// The moment given.
        given: String,
        /// The moment of the entry before it.
        last: String,
    },
    /// Too many others write at once.
    #[error("er wordt te druk geschreven om dit nu vast te leggen; probeer het zo opnieuw")]
    Busy,
    /// A restore was asked into a place that holds data.
    #[error("op deze plaats staan al gegevens; terugzetten kan alleen op een lege plaats")]
    NotEmpty,
    /// A backup file is damaged or is no backup.
    #[error("het bestand {path} is geen (volledige) reservekopie van Wijkpeil: {why}")]
    Backup {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// The chain of the log does not hold.
    #[error("{0}")]
    Chain(#[from] Box<VerifyError>),
    /// A task within the program ended before its time.
    #[error("een taak binnen het programma is afgebroken")]
    Task,
}

impl StoreError {
    pub(crate) fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> StoreError {
        let path = path.to_path_buf();
        move |source| StoreError::File { path, source }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut => StoreError::Unreachable(error),
            error => StoreError::Database(error),
        }
    }
}

impl From<tokio::task::JoinError> for StoreError {
    fn from(_: tokio::task::JoinError) -> Self {
        StoreError::Task
    }
}

/// Why nothing was appended.
#[derive(Debug, Error)]
pub enum AppendError {
    /// Somebody else wrote in this stream first.
    #[error(
        "een ander heeft dit intussen gewijzigd; bekijk de nieuwe stand en probeer het opnieuw"
    )]
    Conflict(Stream),
    /// The world failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for AppendError {
    fn from(error: sqlx::Error) -> Self {
        AppendError::Store(error.into())
    }
}

/// Why a list of commands was not carried out; nothing of it was.
#[derive(Debug, Error)]
pub enum ExecuteError {
    /// A command is refused.
    #[error("{refusal}")]
    Refused {
        /// Which of the list, from 0.
        index: usize,
        /// The ground.
        refusal: Refusal,
    },
    /// The world failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why commands of somebody who looked before were not carried out; nothing of them was.
#[derive(Debug, Error)]
pub enum SeenError {
    /// Somebody else wrote in this stream since.
    #[error(
        "een ander heeft dit intussen gewijzigd; bekijk de nieuwe stand en probeer het opnieuw"
    )]
    Changed(Stream),
    /// As for anybody.
    #[error(transparent)]
    Execute(#[from] ExecuteError),
}

impl From<StoreError> for SeenError {
    fn from(error: StoreError) -> Self {
        SeenError::Execute(error.into())
    }
}

/// Why the log is not proven whole.
#[derive(Debug, Error)]
pub enum VerifyError {
    /// The first entry that is not as it was written.
    #[error("het logboek klopt niet vanaf gebeurtenis {sequence}: {why}")]
    Broken {
        /// Its place in the log.
        sequence: i64,
        /// What is wrong.
        why: String,
    },
    /// The world failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for VerifyError {
    fn from(error: StoreError) -> Self {
        VerifyError::Store(error)
    }
}

impl From<sqlx::Error> for VerifyError {
    fn from(error: sqlx::Error) -> Self {
        VerifyError::Store(error.into())
    }
}
