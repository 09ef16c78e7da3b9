#![doc = include_str!("cta_getoetst.md")]

use crate::{
    Dimensie, Eenheid, Indicator, Soort,
    bereken::{Bron, Punt},
};

/// The share of the decisions of the month that the CTA-overleg judged before.
pub static CTA_GETOETST: Indicator = Indicator {
    naam: "cta_getoetst",
    versie: 1,
    titel: "Getoetst in het CTA-overleg",
    eenheid: Eenheid::Aandeel,
    soort: Soort::Stroom,
    telt: "beschikkingen",
    toelichting: include_str!("cta_getoetst.md"),
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
    bron.aandelen(&bron.feiten.beschikkingen, "geen beschikking in deze maand")
}
