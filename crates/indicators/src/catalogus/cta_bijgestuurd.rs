#![doc = include_str!("cta_bijgestuurd.md")]

use crate::{
    Eenheid, Indicator, Oordeelsoort, Soort,
    bereken::{Bron, Punt},
    cel::place,
    feiten::Gebeurtenis,
    tellen::PER_ZAAK,
};

/// The share of the judgements of the month that did not simply agree.
pub static CTA_BIJGESTUURD: Indicator = Indicator {
    naam: "cta_bijgestuurd",
    versie: 1,
    titel: "Bijgestuurd door het CTA-overleg",
    eenheid: Eenheid::Aandeel,
    soort: Soort::Stroom,
    telt: "oordelen",
    toelichting: include_str!("cta_bijgestuurd.md"),
    dimensies: PER_ZAAK,
    reken,
};

fn reken(bron: &Bron<'_>) -> Vec<Vec<Punt>> {
    let akkoord = place(&Oordeelsoort::ALLE, &Oordeelsoort::Akkoord);
    let judged = bron.feiten.oordelen.iter().map(|it| it.wanneer);
    let judged: Vec<Gebeurtenis> =
        judged.map(|it| Gebeurtenis { goed: it.kenmerken.soort != akkoord, ..it }).collect();
    bron.aandelen(&judged, "geen oordeel van het CTA-overleg in deze maand")
}
