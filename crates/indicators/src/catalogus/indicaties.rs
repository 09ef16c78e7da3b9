#![doc = include_str!("indicaties.md")]

use crate::{
    Eenheid, Indicator, Soort,
    bereken::{Bron, Punt},
    tellen::PER_VOORZIENING,
};

/// Provisions granted by a decision of the month.
pub static INDICATIES: Indicator = Indicator {
    naam: "indicaties",
    versie: 1,
    titel: "Nieuw toegekende voorzieningen",
    eenheid: Eenheid::Aantal,
    soort: Soort::Stroom,
    telt: "voorzieningen",
    toelichting: include_str!("indicaties.md"),
    dimensies: PER_VOORZIENING,
    reken,
};

fn reken(bron: &Bron<'_>) -> Vec<Vec<Punt>> {
    bron.aantallen(&bron.feiten.indicaties)
}
