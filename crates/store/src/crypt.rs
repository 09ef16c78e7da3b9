//! Keys and ciphers: what is sealed, under which key, and how a BSN is found without opening all.
//!
//! From the master key HKDF-SHA-256 derives one key per purpose. Each client and each raw message
//! has a random data key of its own, kept wrapped (sealed) under the wrapping key; destroying the
//! wrapped key destroys what it sealed. The cipher is AES-256-GCM-SIV (RFC 8452), which survives a
//! repeated nonce; the associated data names table, owner and field, so that sealed bytes moved to
//! another row do not open.

use std::fmt::Write;

use aes_gcm_siv::{
    Aes256GcmSiv, Key, Nonce,
    aead::{Aead, KeyInit, Payload},
};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use rand::{TryRng, rngs::SysRng};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{MasterKey, StoreError};

/// The keys derived from the master key, one per purpose.
pub(crate) struct Keys {
    /// Wraps data keys.
    wrapping: SealKey,
    /// Seals names of staff.
    pub(crate) staff: SealKey,
    /// Seals what was typed while a session ended.
    pub(crate) typed: SealKey,
    index: Zeroizing<[u8; 32]>,
    check: Zeroizing<[u8; 32]>,
}

/// A key that seals and opens.
pub(crate) struct SealKey(Zeroizing<[u8; 32]>);

impl Keys {
    pub(crate) fn derive(master: &MasterKey) -> Keys {
        let hkdf = Hkdf::<Sha256>::new(None, master.bytes());
        let derive = |purpose: &str| {
            let mut key = Zeroizing::new([0; 32]);
            hkdf.expand(purpose.as_bytes(), key.as_mut_slice())
                .expect("32 bytes is a length that HKDF-SHA-256 can give");
            key
        };
        Keys {
            wrapping: SealKey(derive("wijkpeil 1 wrapping")),
            staff: SealKey(derive("wijkpeil 1 staff")),
            typed: SealKey(derive("wijkpeil 1 typed")),
            index: derive("wijkpeil 1 index"),
            check: derive("wijkpeil 1 check"),
        }
    }

    /// A value that tells whether a key belongs to the data, and nothing else.
    pub(crate) fn check_value(&self) -> String {
        to_hex(&mac(&self.check, &[b"proef"]))
    }

    /// What stands in the table instead of the value itself, so that it can be found.
    pub(crate) fn blind(&self, field: &str, value: &[u8]) -> Vec<u8> {
        mac(&self.index, &[field.as_bytes(), value]).to_vec()
    }

    /// A new random data key with its wrapped form.
    pub(crate) fn new_data_key(&self, owner: &str) -> Result<(SealKey, Vec<u8>), StoreError> {
        let key = Zeroizing::new(random::<32>()?);
        let wrapped = self.wrapping.seal(&["sleutel", owner], key.as_slice())?;
        Ok((SealKey(key), wrapped))
    }

    /// The data key in a wrapped form.
    pub(crate) fn unwrap_data_key(
        &self,
        owner: &str,
        wrapped: &[u8],
    ) -> Result<SealKey, StoreError> {
        const WHAT: &str = "een sleutel";
        let key = self.wrapping.open(&["sleutel", owner], wrapped, WHAT)?;
        let key = key.as_slice().try_into().map_err(|_| StoreError::Sealed { what: WHAT })?;
        Ok(SealKey(Zeroizing::new(key)))
    }
}

impl SealKey {
    /// Nonce, then cipher text with tag. `place` names table, owner and field.
    pub(crate) fn seal(&self, place: &[&str], plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        let nonce = random::<12>()?;
        let aad = place_bytes(place);
        let sealed = self
            .cipher()
            .encrypt(&Nonce::from(nonce), Payload { msg: plain, aad: &aad })
            .map_err(|_| StoreError::Sealed { what: "een gegeven" })?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// What was sealed at this place; `what` says in Dutch what could not be opened.
    pub(crate) fn open(
        &self,
        place: &[&str],
        sealed: &[u8],
        what: &'static str,
    ) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let damaged = || StoreError::Sealed { what };
        let (nonce, sealed) = sealed.split_first_chunk::<12>().ok_or_else(damaged)?;
        let aad = place_bytes(place);
        self.cipher()
            .decrypt(&Nonce::from(*nonce), Payload { msg: sealed, aad: &aad })
            .map(Zeroizing::new)
            .map_err(|_| damaged())
    }

    fn cipher(&self) -> Aes256GcmSiv {
        Aes256GcmSiv::new(&Key::<Aes256GcmSiv>::from(*self.0))
    }
}

/// Random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    SysRng.try_fill_bytes(&mut bytes).map_err(|_| StoreError::Task)?;
    Ok(bytes)
}

/// SHA-256.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Lower-case hexadecimal digits.
pub(crate) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
        text
    })
}

/// The bytes of hexadecimal digits; `None` when they are not.
pub(crate) fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |it: u8| char::from(it).to_digit(16).and_then(|it| u8::try_from(it).ok());
    if !text.len().is_multiple_of(2) {
        return None;
    }
    text.as_bytes().chunks(2).map(|it| Some(digit(it[0])? * 16 + digit(it[1])?)).collect()
}

/// Length-prefixed, so that no two places read the same.
fn place_bytes(place: &[&str]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in place {
        bytes.extend((part.len() as u64).to_be_bytes());
        bytes.extend(part.as_bytes());
    }
    bytes
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key)
        .expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(digit: &str) -> Keys {
        Keys::derive(&MasterKey::from_text(&digit.repeat(64)).unwrap())
    }

    #[test]
    fn sealed_bytes_open_only_with_their_key_at_their_place_and_whole() {
        let (key, wrapped) = keys("a").new_data_key("7").unwrap();
        let sealed = key.seal(&["persoon", "7"], b"geheim").unwrap();
        let opened = |keys: &Keys, owner: &str, place: &str, sealed: &[u8]| {
            let key = keys.unwrap_data_key(owner, &wrapped).ok()?;
            key.open(&["persoon", place], sealed, "x").ok().map(|it| it.to_vec())
        };
        assert_eq!(opened(&keys("a"), "7", "7", &sealed).as_deref(), Some(&b"geheim"[..]));
        assert_eq!(opened(&keys("b"), "7", "7", &sealed), None, "another master key");
        assert_eq!(opened(&keys("a"), "8", "7", &sealed), None, "another owner's wrapped key");
        assert_eq!(opened(&keys("a"), "7", "8", &sealed), None, "another row");
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert_eq!(opened(&keys("a"), "7", "7", &damaged), None, "byte {at} flipped");
            assert_eq!(opened(&keys("a"), "7", "7", &sealed[..at]), None, "cut at {at}");
        }
    }

    #[test]
    fn the_blind_index_depends_on_key_and_field() {
        let index = keys("a").blind("bsn", b"999900018");
        assert_eq!(index, keys("a").blind("bsn", b"999900018"));
        assert_ne!(index, keys("b").blind("bsn", b"999900018"));
        assert_ne!(index, keys("a").blind("bericht", b"999900018"));
    }

    #[test]
    fn hexadecimal_digits_read_as_they_are_written() {
        assert_eq!(from_hex(&to_hex(&[0, 9, 255])), Some(vec![0, 9, 255]));
        for wrong in ["0", "0g", "é0"] {
            assert_eq!(from_hex(wrong), None, "{wrong}");
        }
    }
}
