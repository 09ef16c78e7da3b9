//! A short fingerprint of an outside key, so that the same thing is recognised when it comes again.

use domain::Kenmerk;
use sha2::{Digest, Sha256};

/// The fingerprint of a key of several parts: the first 63 bits of its SHA-256.
///
/// The length of each part is hashed with it, so that `["1", "23"]` and `["12", "3"]` differ. At a
/// million keys the chance that any two collide is about one in eighteen million.
pub fn kenmerk(parts: &[&str]) -> Kenmerk {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part.as_bytes());
    }
    let digest = hash.finalize();
    let first = digest.iter().take(8).fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
    Kenmerk(first >> 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_key_do_not_run_into_each_other() {
        assert_eq!(kenmerk(&["iwmo", "0296", "101"]), kenmerk(&["iwmo", "0296", "101"]));
        assert_ne!(kenmerk(&["1", "23"]), kenmerk(&["12", "3"]));
        assert_ne!(kenmerk(&["a"]), kenmerk(&["a", ""]));
        assert!(kenmerk(&["iwmo"]).0 <= u64::MAX >> 1);
    }
}
