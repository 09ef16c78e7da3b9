//! From dossiers to numbers people can act on, each with its count, definition and scope.
//!
//! [`Feiten`] flattens the folded state into columns once. A [`Vraag`] asks an [`Indicator`] of the
//! [`CATALOGUS`] for a month or, with [`reeks`], for a run of months; the answer is a [`Cijfer`] per
//! cell. [`spells`] is the kernel that counts running spells and people per cell and month. To
//! add an indicator, write a file in `catalogus/` with its Dutch text beside it and list it there.

mod bereken;
pub mod catalogus;
mod cel;
mod cijfer;
mod dag;
mod feiten;
mod filter;
mod maandtabel;
pub mod overleg;
mod soort;
pub mod spells;
mod tellen;
mod venster;

pub use bereken::{Indicator, bereken, reeks};
pub use catalogus::{CATALOGUS, indicator};
pub use cel::{Cel, Dimensie, Sleutel};
pub use cijfer::{
    Cijfer, Eenheid, Mediaan, PerDuizend, Reikwijdte, Soort, Status, Vraag, Waarde, datum_tekst,
};
pub use dag::{OPEN, dag, datum};
pub use domain::{
    AanbiederId, Bedrag, Cbsgroep, Leeftijdsgroep, Maand, Periode, ProductCode, Productcategorie,
    Register, State, TeamId, WijkId,
};
pub use feiten::Feiten;
pub use filter::{Filter, Uitkomstsoort, Vorm};
pub use maandtabel::{Maandtabel, Niveau, Prognose, Rij, maandtabel};
pub use soort::{Afrondreden, Oordeelsoort};
pub use statistics::comparison::proportion::Proportion;
pub use venster::Venster;
