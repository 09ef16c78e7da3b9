#![doc = include_str!("cta_omvang_lager.md")]

use crate::{
    Eenheid, Indicator, Soort,
    bereken::{Bron, Punt},
    feiten::Gebeurtenis,
    tellen::PER_ZAAK,
};

/// The share of the changes in volume of the month that were to less.
pub static CTA_OMVANG_LAGER: Indicator = Indicator {
    naam: "cta_omvang_lager",
    versie: 1,
    titel: "Minder omvang door het CTA-overleg",
    eenheid: Eenheid::Aandeel,
    soort: Soort::Stroom,
    telt: "gewijzigde oordelen",
    toelichting: include_str!("cta_omvang_lager.md"),
    dimensies: PER_ZAAK,
    reken,
};

fn reken(bron: &Bron<'_>) -> Vec<Vec<Punt>> {
    let changed =
        bron.feiten.oordelen.iter().filter_map(|it| {
            it.omvang_lager.map(|lower| Gebeurtenis { goed: lower, ..it.wanneer })
        });
    let changed: Vec<Gebeurtenis> = changed.collect();
    bron.aandelen(&changed, "geen wijziging van omvang door het CTA-overleg in deze maand")
}
