#![doc = include_str!("afschalingen.md")]

use crate::{
    Dimensie, Eenheid, Indicator, Soort,
    bereken::{Bron, Punt},
};

/// The steps down of the month.
pub static AFSCHALINGEN: Indicator = Indicator {
    naam: "afschalingen",
    versie: 1,
    titel: "Afschalingen",
    eenheid: Eenheid::Aantal,
    soort: Soort::Stroom,
    telt: "stappen",
    toelichting: include_str!("afschalingen.md"),
    dimensies: &[
        Dimensie::Geen,
        Dimensie::Team,
        Dimensie::Wijk,
        Dimensie::Product,
        Dimensie::Cbsgroep,
        Dimensie::Zorgsoort,
        Dimensie::Leeftijdsgroep,
        Dimensie::Bestemming,
    ],
    reken,
};

fn reken(bron: &Bron<'_>) -> Vec<Vec<Punt>> {
    bron.aantallen(&bron.feiten.afschalingen)
}
