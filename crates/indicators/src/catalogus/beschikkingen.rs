#![doc = include_str!("beschikkingen.md")]

use crate::{
    Dimensie, Eenheid, Indicator, Soort,
    bereken::{Bron, Punt},
};

/// Decisions given in the month.
pub static BESCHIKKINGEN: Indicator = Indicator {
    naam: "beschikkingen",
    versie: 1,
    titel: "Beschikkingen",
    eenheid: Eenheid::Aantal,
    soort: Soort::Stroom,
    telt: "beschikkingen",
    toelichting: include_str!("beschikkingen.md"),
    dimensies: &[
        Dimensie::Geen,
        Dimensie::Team,
        Dimensie::Wijk,
        Dimensie::Leeftijdsgroep,
        Dimensie::Uitkomst,
    ],
    reken,
};

fn reken(bron: &Bron<'_>) -> Vec<Vec<Punt>> {
    bron.aantallen(&bron.feiten.beschikkingen)
}
