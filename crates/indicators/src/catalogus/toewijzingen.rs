#![doc = include_str!("toewijzingen.md")]

use crate::{
    Eenheid, Indicator, Soort,
    bereken::{Bron, Punt},
    tellen::{PER_VOORZIENING, View, punten},
};

/// Allocations that run on the last day of the month.
pub static TOEWIJZINGEN: Indicator = Indicator {
    naam: "toewijzingen",
    versie: 1,
    titel: "Lopende toewijzingen",
    eenheid: Eenheid::Aantal,
    soort: Soort::Stand,
    telt: "toewijzingen",
    toelichting: include_str!("toewijzingen.md"),
    dimensies: PER_VOORZIENING,
    reken,
};

fn reken(bron: &Bron<'_>) -> Vec<Vec<Punt>> {
    punten(&bron.stukken(&bron.feiten.toewijzingen), bron.cellen(), View::Stand)
}
