//! What comes of messages over time: how much may be billed, what was, and what is expected next.

pub mod bedrag;
pub mod maximum;
pub mod pxq;

pub use bedrag::{past_bij, prestatiebedrag, uren_van_minuten, vergelijkbaar};
pub use maximum::{Toegewezen, is_output, iso_weken};
pub use pxq::{Geprijsd, PrijsMaalHoeveelheid, Verzilvering};
