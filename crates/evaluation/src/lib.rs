//! From a question about a change in the access to an answer with its limits.
//!
//! [`toets`] sets a municipality's own growth beside the groups that the CPB published, as a
//! description: each measure has a name, and what one municipality alone cannot tell is said.

pub mod maatstaf;
mod toets;
pub mod vergelijkingsgroep;

pub use statistics::comparison::growth::Growth;
pub use toets::{
    Groei, Jaarstroom, Maatstaf, Meting, Oordeel, Samenstelling, Toets, Uitslag, Vergelijking,
    Waarschuwing, Weigering, toets,
};
pub use vergelijkingsgroep::{CPB, Vergelijkingsgroep};
