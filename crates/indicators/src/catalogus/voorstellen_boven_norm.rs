#![doc = include_str!("voorstellen_boven_norm.md")]

use crate::{
    Eenheid, Indicator, Soort,
    bereken::{Bron, Punt},
    tellen::PER_ZAAK,
};

/// The share of the proposals of the month with a volume above the norm.
pub static VOORSTELLEN_BOVEN_NORM: Indicator = Indicator {
    naam: "voorstellen_boven_norm",
    versie: 1,
    titel: "Voorstellen boven de norm",
    eenheid: Eenheid::Aandeel,
    soort: Soort::Stroom,
    telt: "voorstellen",
    toelichting: include_str!("voorstellen_boven_norm.md"),
    dimensies: PER_ZAAK,
    reken,
};

fn reken(bron: &Bron<'_>) -> Vec<Vec<Punt>> {
    bron.aandelen(&bron.feiten.voorstellen, "geen voorstel met een norm in deze maand")
}
