//! The algemene voorziening: open to all, without onderzoek and without beschikking.

use crate::{AlgemeneVoorzieningId, WijkId};

/// A general provision. Wmo 2015, art. 1.1.1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlgemeneVoorziening {
    /// Its key.
    pub id: AlgemeneVoorzieningId,
    /// Its name.
    pub naam: String,
    /// Where it is offered; empty means everywhere.
    pub wijken: Vec<WijkId>,
}
