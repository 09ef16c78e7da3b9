//! What comes of messages over time: how much may be billed, what was, and what is expected next.

pub mod bedrag;
pub mod controle;
pub mod dossier;
pub mod geschiedenis;
pub mod levering;
pub mod maximum;
pub mod partij;
pub mod pxq;
pub mod rekening;
pub mod toewijzing;
pub mod verwachting;
pub mod verzoek;

pub use bedrag::{past_bij, prestatiebedrag, uren_van_minuten, vergelijkbaar};
pub use dossier::Bekend;
pub(crate) use geschiedenis::meldingen;
pub use geschiedenis::{Keten, Leversleutel, Retour, Verzonden};
pub use maximum::{Toegewezen, is_output, iso_weken};
pub use partij::Partijen;
pub use pxq::{Geprijsd, PrijsMaalHoeveelheid, Verzilvering};
pub use verwachting::{Afkeuring, Verwachting, Watverwacht};
