#![doc = include_str!("cta_oordelen.md")]

use crate::{
    Dimensie, Eenheid, Indicator, Soort,
    bereken::{Bron, Punt},
    feiten::Gebeurtenis,
};

/// The judgements that the CTA-overleg gave in the month.
pub static CTA_OORDELEN: Indicator = Indicator {
    naam: "cta_oordelen",
    versie: 1,
    titel: "Oordelen van het CTA-overleg",
    eenheid: Eenheid::Aantal,
    soort: Soort::Stroom,
    telt: "oordelen",
    toelichting: include_str!("cta_oordelen.md"),
    dimensies: &[
        Dimensie::Geen,
        Dimensie::Team,
        Dimensie::Wijk,
        Dimensie::Leeftijdsgroep,
        Dimensie::Oordeel,
    ],
    reken,
};

fn reken(bron: &Bron<'_>) -> Vec<Vec<Punt>> {
    let judged: Vec<Gebeurtenis> = bron.feiten.oordelen.iter().map(|it| it.wanneer).collect();
    bron.aantallen(&judged)
}
