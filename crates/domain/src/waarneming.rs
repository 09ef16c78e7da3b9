//! Substitution: somebody acts in another function as well, until a last day. Awb, art. 10:3.

use jiff::civil::Date;

use crate::{Functie, MedewerkerId, Periode};

/// Somebody who stands in for a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Waarneming {
    /// Who.
    pub medewerker: MedewerkerId,
    /// In which function.
    pub functie: Functie,
    /// When; always with a last day.
    pub geldig: Periode,
}

impl Waarneming {
    /// Whether it holds for somebody on a day.
    pub fn geldt_voor(&self, medewerker: MedewerkerId, op: Date) -> bool {
        self.medewerker == medewerker && self.geldig.bevat(op)
    }
}
