//! The `mandaat`: who may decide in the name of the college, up to what value. Awb, art. 10:3.
//!
//! Refuse by default: without a mandate that names the function on that day, nobody decides.

use jiff::civil::Date;

use crate::{Bedrag, Functie, Hoedanigheid, MandaatId, Periode, Werkgever};

/// A mandate to decide on maatwerk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mandaat {
    /// Its key.
    pub id: MandaatId,
    /// The function that has it.
    pub functie: Functie,
    /// Whose employees have it.
    pub voor: Werkgeverseis,
    /// The highest value of an order over its whole term; `None` means without limit.
    pub tot: Option<Bedrag>,
    /// When it holds.
    pub geldig: Periode,
}

/// Whose employees may use a mandate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Werkgeverseis {
    /// Anybody with the function. Wmo 2015, art. 2.6.3 leaves this to the municipality.
    Iedereen,
    /// Only those employed by the municipality and not affiliated to a provider.
    AlleenGemeente,
}

impl Mandaat {
    /// Whether somebody in this capacity may use it on this day.
    pub fn geldt_voor(&self, wie: &Hoedanigheid, op: Date) -> bool {
        let employer = match self.voor {
            Werkgeverseis::Iedereen => true,
            Werkgeverseis::AlleenGemeente => {
                wie.werkgever == Werkgever::Gemeente && wie.verbonden_aan.is_none()
            }
        };
        employer && self.functie == wie.functie && self.geldig.bevat(op)
    }

    /// Whether it reaches this value.
    pub fn dekt(&self, waarde: Bedrag) -> bool {
        self.tot.is_none_or(|limit| waarde <= limit)
    }
}
