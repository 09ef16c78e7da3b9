#![doc = include_str!("instroom.md")]

use crate::{
    Eenheid, Indicator, Soort,
    bereken::{Bron, Punt},
    tellen::{PER_VOORZIENING, View, punten},
};

/// People whose support started in the month.
pub static INSTROOM: Indicator = Indicator {
    naam: "instroom",
    versie: 1,
    titel: "Instroom van cliënten",
    eenheid: Eenheid::Aantal,
    soort: Soort::Stroom,
    telt: "cliënten",
    toelichting: include_str!("instroom.md"),
    dimensies: PER_VOORZIENING,
    reken,
};

fn reken(bron: &Bron<'_>) -> Vec<Vec<Punt>> {
    punten(&bron.clienten(), bron.cellen(), View::Instroom)
}
