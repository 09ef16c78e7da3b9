#![doc = include_str!("afgerond_bij_intake.md")]

use crate::{
    Eenheid, Indicator, Soort,
    bereken::{Bron, Punt},
    tellen::PER_ZAAK,
};

/// The share of the intakes of the month that settled the request.
pub static AFGEROND_BIJ_INTAKE: Indicator = Indicator {
    naam: "afgerond_bij_intake",
    versie: 1,
    titel: "Afgerond bij de intake",
    eenheid: Eenheid::Aandeel,
    soort: Soort::Stroom,
    telt: "intakes",
    toelichting: include_str!("afgerond_bij_intake.md"),
    dimensies: PER_ZAAK,
    reken,
};

fn reken(bron: &Bron<'_>) -> Vec<Vec<Punt>> {
    bron.aandelen(&bron.feiten.intakes, "geen intake afgerond in deze maand")
}
