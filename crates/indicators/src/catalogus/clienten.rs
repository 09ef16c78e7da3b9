#![doc = include_str!("clienten.md")]

use crate::{
    Eenheid, Indicator, Soort,
    bereken::{Bron, Punt},
    tellen::{PER_VOORZIENING, View, punten},
};

/// People with a provision on the last day of the month.
pub static CLIENTEN: Indicator = Indicator {
    naam: "clienten",
    versie: 1,
    titel: "Cliënten met een maatwerkvoorziening",
    eenheid: Eenheid::Aantal,
    soort: Soort::Stand,
    telt: "cliënten",
    toelichting: include_str!("clienten.md"),
    dimensies: PER_VOORZIENING,
    reken,
};

fn reken(bron: &Bron<'_>) -> Vec<Vec<Punt>> {
    punten(&bron.clienten(), bron.cellen(), View::Stand)
}
