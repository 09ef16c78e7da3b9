#![doc = include_str!("doorlooptijd_onderzoek.md")]

use crate::{
    Eenheid, Indicator, Soort,
    bereken::{Bron, Punt},
    tellen::PER_ZAAK,
};

/// The median of the days from request to end of the enquiries ended in the month.
pub static DOORLOOPTIJD_ONDERZOEK: Indicator = Indicator {
    naam: "doorlooptijd_onderzoek",
    versie: 1,
    titel: "Doorlooptijd van het onderzoek",
    eenheid: Eenheid::Dagen,
    soort: Soort::Stroom,
    telt: "onderzoeken",
    toelichting: include_str!("doorlooptijd_onderzoek.md"),
    dimensies: PER_ZAAK,
    reken,
};

fn reken(bron: &Bron<'_>) -> Vec<Vec<Punt>> {
    bron.medianen(&bron.feiten.onderzoeken, "geen onderzoek afgerond in deze maand")
}
