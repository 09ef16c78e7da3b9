#![doc = include_str!("cta_doorlooptijd.md")]

use crate::{
    Eenheid, Indicator, Soort,
    bereken::{Bron, Punt},
    feiten::Gebeurtenis,
    tellen::PER_ZAAK,
};

/// The median of the days from proposal to judgement, of the judgements of the month.
pub static CTA_DOORLOOPTIJD: Indicator = Indicator {
    naam: "cta_doorlooptijd",
    versie: 1,
    titel: "Doorlooptijd van het CTA-overleg",
    eenheid: Eenheid::Dagen,
    soort: Soort::Stroom,
    telt: "oordelen",
    toelichting: include_str!("cta_doorlooptijd.md"),
    dimensies: PER_ZAAK,
    reken,
};

fn reken(bron: &Bron<'_>) -> Vec<Vec<Punt>> {
    let judged: Vec<Gebeurtenis> = bron.feiten.oordelen.iter().map(|it| it.wanneer).collect();
    bron.medianen(&judged, "geen oordeel van het CTA-overleg in deze maand")
}
