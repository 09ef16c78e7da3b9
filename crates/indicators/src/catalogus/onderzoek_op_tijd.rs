#![doc = include_str!("onderzoek_op_tijd.md")]

use crate::{
    Eenheid, Indicator, Soort,
    bereken::{Bron, Punt},
    tellen::PER_ZAAK,
};

/// The share of the enquiries ended in the month that were in time.
pub static ONDERZOEK_OP_TIJD: Indicator = Indicator {
    naam: "onderzoek_op_tijd",
    versie: 1,
    titel: "Onderzoek op tijd",
    eenheid: Eenheid::Aandeel,
    soort: Soort::Stroom,
    telt: "onderzoeken",
    toelichting: include_str!("onderzoek_op_tijd.md"),
    dimensies: PER_ZAAK,
    reken,
};

fn reken(bron: &Bron<'_>) -> Vec<Vec<Punt>> {
    bron.aandelen(&bron.feiten.onderzoeken, "geen onderzoek afgerond in deze maand")
}
