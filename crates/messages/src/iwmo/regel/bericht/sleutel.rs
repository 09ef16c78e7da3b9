//! Keys that come twice in a message: TR101.

use std::{collections::HashSet, hash::Hash};

use crate::iwmo::regel::bevinding::{Melder, Waar};

/// The keys of one list that were met.
#[derive(Debug)]
pub(super) struct Sleutels<K> {
    gezien: HashSet<K>,
}

impl<K: Hash + Eq> Sleutels<K> {
    pub(super) fn new() -> Sleutels<K> {
        Sleutels { gezien: HashSet::new() }
    }

    /// Takes a key in; whether it is new.
    pub(super) fn neem(&mut self, sleutel: K) -> bool {
        self.gezien.insert(sleutel)
    }

    /// Takes a key in, and rejects one that was there.
    pub(super) fn eis_nieuw(&mut self, m: &mut Melder, sleutel: K, waar: Waar) {
        let new = self.neem(sleutel);
        m.eis(new, "TR101", waar, "deze sleutel staat er al");
    }
}
