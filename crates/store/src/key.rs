//! The master key: 256 random bits from a file or from the environment.

use std::{
    fmt,
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    path::Path,
};

use zeroize::Zeroizing;

use crate::{
    StoreError,
    crypt::{from_hex, random, to_hex},
};

/// The key from which every other key is derived; without it nobody reads a name.
///
/// A backup does not hold it: keep it elsewhere.
#[derive(Clone)]
pub struct MasterKey(Zeroizing<[u8; 32]>);

impl MasterKey {
    /// Reads the key file, or makes one that only its owner can read.
    pub fn from_file_or_create(path: &Path) -> Result<MasterKey, StoreError> {
        match fs::read_to_string(path) {
            Ok(text) => MasterKey::from_text(&Zeroizing::new(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => MasterKey::create(path),
            Err(error) => Err(StoreError::file(path)(error)),
        }
    }

    /// Reads 64 hexadecimal digits, with or without space around them.
    pub fn from_text(text: &str) -> Result<MasterKey, StoreError> {
        let bytes = Zeroizing::new(from_hex(text.trim()).ok_or(StoreError::KeyForm)?);
        let key = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| StoreError::KeyForm)?;
        Ok(MasterKey(Zeroizing::new(key)))
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Never overwrites: of two programs that start at once, the second reads what the first made.
    fn create(path: &Path) -> Result<MasterKey, StoreError> {
        let key = MasterKey(Zeroizing::new(random()?));
        let mut temp = tempfile::Builder::new()
            .prefix(".sleutel-")
            .tempfile_in(path.parent().unwrap_or(Path::new(".")))
            .map_err(StoreError::file(path))?;
        let text = Zeroizing::new(to_hex(key.bytes()) + "\n");
        temp.write_all(text.as_bytes()).map_err(StoreError::file(path))?;
        temp.as_file().sync_all().map_err(StoreError::file(path))?;
        match temp.persist_noclobber(path) {
            Ok(_) => {
                crate::place::sync_folder(path)?;
                Ok(key)
            }
            Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {
                MasterKey::from_file_or_create(path)
            }
            Err(error) => Err(StoreError::file(path)(error.error)),
        }
    }
}

/// Hides the key.
impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(…)")
    }
}

/// Opens a file that only its owner can read, making it when absent.
pub(crate) fn touch_private(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path).map(|_| ()).map_err(StoreError::file(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_is_made_once_and_only_its_owner_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sleutel");
        let made = MasterKey::from_file_or_create(&path).unwrap();
        let read = MasterKey::from_file_or_create(&path).unwrap();
        assert_eq!(made.bytes(), read.bytes());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        for wrong in ["", "00", &"0g".repeat(32), &"00".repeat(33)] {
            assert!(matches!(MasterKey::from_text(wrong), Err(StoreError::KeyForm)), "{wrong}");
        }
        assert_eq!(format!("{made:?}"), "MasterKey(…)");
    }
}
