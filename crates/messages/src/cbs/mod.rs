//! Tables of Statistics Netherlands (CBS), as StatLine delivers them in OData CSV files.
//!
//! A table is a folder of files: `TableInfos.csv` says what it is, `DataProperties.csv` which
//! dimensions and measures it has, one file per dimension what its keys mean, `Perioden.csv` also how
//! final the figures of a period are, and `data.csv` the figures. [`read`] takes them together to a
//! [`ReferenceTable`]; [`ReferenceTable::series`] takes one series out of it, with its definition,
//! its unit, its periods and their status. A figure that is missing, secret or unreliable is
//! unknown, never zero.
//!
//! ```
//! # use std::collections::BTreeMap;
//! # fn files() -> BTreeMap<String, Vec<u8>> { BTreeMap::new() }
//! match messages::cbs::read(&files()) {
//!     Ok(table) => {
//!         let series = table.series("NL01", "Ondersteuning thuis, totaal", "WmoClienten_1");
//!         println!("{series:?}");
//!     }
//!     Err(problems) => println!("{} problemen", problems.len()),
//! }
//! ```

mod lezer;
pub mod periode;
pub mod reeks;

pub use lezer::read;
pub use periode::Cbsperiode;
pub use reeks::{Punt, Reeks, Regio};

/// A table: what it is, how it is cut, what is measured, and the figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceTable {
    /// Its name in StatLine, such as `83262NED`.
    pub identifier: String,
    /// Its title.
    pub titel: String,
    /// What CBS says about it: definition, status, changes.
    pub toelichting: String,
    /// The years it covers, in CBS's words.
    pub periode: String,
    /// When CBS last changed it, in CBS's words.
    pub gewijzigd: String,
    /// How it is cut, other than by period.
    pub dimensies: Vec<Dimensie>,
    /// The periods, in the order of the table.
    pub perioden: Vec<Peilperiode>,
    /// What is measured.
    pub maten: Vec<Maat>,
    rijen: Vec<Rij>,
}

/// One way in which a table is cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimensie {
    /// Its name in the files.
    pub sleutel: String,
    /// Its title.
    pub titel: String,
    /// Whether it holds regions.
    pub regionaal: bool,
    /// What it can be.
    pub waarden: Vec<Dimensiewaarde>,
}

/// One value of a dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimensiewaarde {
    /// Its key, without the spaces that fill it up in the files.
    pub sleutel: String,
    /// Its title.
    pub titel: String,
    /// What CBS says about it.
    pub toelichting: String,
}

/// Something that is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maat {
    /// Its name in the files.
    pub sleutel: String,
    /// Its title.
    pub titel: String,
    /// How CBS defines it.
    pub definitie: String,
    /// Its unit.
    pub eenheid: String,
    /// How many decimals its figures have.
    pub decimalen: u8,
}

/// A period of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peilperiode {
    /// Which.
    pub periode: Cbsperiode,
    /// Its title.
    pub titel: String,
    /// How final its figures are.
    pub status: Cijferstatus,
}

/// How final figures are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cijferstatus {
    /// Will still change.
    Voorlopig,
    /// Changed once, and may change again.
    NaderVoorlopig,
    /// Will not change.
    Definitief,
    /// CBS does not say.
    Onbekend,
}

impl Cijferstatus {
    /// The words under a figure.
    pub const fn naam(self) -> &'static str {
        match self {
            Cijferstatus::Voorlopig => "voorlopig",
            Cijferstatus::NaderVoorlopig => "nader voorlopig",
            Cijferstatus::Definitief => "definitief",
            Cijferstatus::Onbekend => "onbekend",
        }
    }
}

/// A figure with its decimals: 12.5 is 125 with one decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Getal {
    /// The figure times ten to the power of the decimals.
    pub waarde: i64,
    /// How many decimals.
    pub decimalen: u8,
}

impl Getal {
    /// The figure as a whole number, when it has no decimals.
    pub fn geheel(self) -> Option<i64> {
        (self.decimalen == 0).then_some(self.waarde)
    }
}

/// One row of figures: a place in each dimension, a period, and a figure per measure.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rij {
    plaats: Vec<usize>,
    periode: usize,
    cijfers: Vec<Option<i64>>,
}
