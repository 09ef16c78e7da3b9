#![doc = include_str!("uitstroom.md")]

use crate::{
    Eenheid, Indicator, Soort,
    bereken::{Bron, Punt},
    tellen::{PER_VOORZIENING, View, punten},
};

/// People who had support and have none any more on the last day of the month.
pub static UITSTROOM: Indicator = Indicator {
    naam: "uitstroom",
    versie: 1,
    titel: "Uitstroom van cliënten",
    eenheid: Eenheid::Aantal,
    soort: Soort::Stroom,
    telt: "cliënten",
    toelichting: include_str!("uitstroom.md"),
    dimensies: PER_VOORZIENING,
    reken,
};

fn reken(bron: &Bron<'_>) -> Vec<Vec<Punt>> {
    punten(&bron.clienten(), bron.cellen(), View::Uitstroom)
}
