//! How often somebody may try to log in: per account and per address.

use std::{hash::Hash, net::IpAddr, num::NonZeroU32, time::Duration};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use sha2::{Digest, Sha256};

/// How many attempts in a row an account gets; after that one a minute.
pub(crate) const PER_ACCOUNT: u32 = 5;
/// How many attempts in a row an address gets; after that one every six seconds.
pub(crate) const PER_ADRES: u32 = 30;

/// The attempts of the last minutes.
pub(crate) struct Limieten {
    accounts: DefaultKeyedRateLimiter<[u8; 32]>,
    adressen: DefaultKeyedRateLimiter<IpAddr>,
}

impl Default for Limieten {
    fn default() -> Limieten {
        Limieten {
            accounts: limiter(Duration::from_secs(60), PER_ACCOUNT),
            adressen: limiter(Duration::from_secs(6), PER_ADRES),
        }
    }
}

impl Limieten {
    /// Counts an attempt; false when it is one too many. The name itself is not kept.
    pub(crate) fn mag_proberen(&self, account: &str, adres: Option<IpAddr>) -> bool {
        self.accounts.retain_recent();
        self.adressen.retain_recent();
        let key: [u8; 32] = Sha256::digest(account.trim().to_lowercase()).into();
        let by_address = adres.is_none_or(|it| self.adressen.check_key(&it).is_ok());
        by_address && self.accounts.check_key(&key).is_ok()
    }
}

fn limiter<K: Clone + Eq + Hash>(every: Duration, burst: u32) -> DefaultKeyedRateLimiter<K> {
    let quota = Quota::with_period(every).expect("the period is not zero");
    RateLimiter::keyed(quota.allow_burst(NonZeroU32::new(burst).expect("the burst is not zero")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_attempt_waits_whatever_the_capitals() {
        let limieten = Limieten::default();
        for _ in 0..PER_ACCOUNT {
            assert!(limieten.mag_proberen("Anna", None));
        }
        assert!(!limieten.mag_proberen(" anna ", None));
        assert!(limieten.mag_proberen("bert", None));
    }
}
