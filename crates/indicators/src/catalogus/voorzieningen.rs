#![doc = include_str!("voorzieningen.md")]

use crate::{
    Eenheid, Indicator, Soort,
    bereken::{Bron, Punt},
    tellen::{PER_VOORZIENING, View, punten},
};

/// Provisions that run on the last day of the month.
pub static VOORZIENINGEN: Indicator = Indicator {
    naam: "voorzieningen",
    versie: 1,
    titel: "Lopende maatwerkvoorzieningen",
    eenheid: Eenheid::Aantal,
    soort: Soort::Stand,
    telt: "voorzieningen",
    toelichting: include_str!("voorzieningen.md"),
    dimensies: PER_VOORZIENING,
    reken,
};

fn reken(bron: &Bron<'_>) -> Vec<Vec<Punt>> {
    punten(&bron.stukken(&bron.feiten.voorzieningen), bron.cellen(), View::Stand)
}
