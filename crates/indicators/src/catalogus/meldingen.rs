#![doc = include_str!("meldingen.md")]

use crate::{
    Eenheid, Indicator, Soort,
    bereken::{Bron, Punt},
    tellen::PER_ZAAK,
};

/// Requests for support received in the month.
pub static MELDINGEN: Indicator = Indicator {
    naam: "meldingen",
    versie: 1,
    titel: "Meldingen",
    eenheid: Eenheid::Aantal,
    soort: Soort::Stroom,
    telt: "meldingen",
    toelichting: include_str!("meldingen.md"),
    dimensies: PER_ZAAK,
    reken,
};

fn reken(bron: &Bron<'_>) -> Vec<Vec<Punt>> {
    bron.aantallen(&bron.feiten.meldingen)
}
