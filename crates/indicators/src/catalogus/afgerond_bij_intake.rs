#![doc = include_str!("afgerond_bij_intake.md")]

use crate::{
    Dimensie, Eenheid, Indicator, Soort,
    bereken::{Bron, Punt},
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
    dimensies: &[
        Dimensie::Geen,
        Dimensie::Team,
        Dimensie::Wijk,
        Dimensie::Leeftijdsgroep,
        Dimensie::Reden,
    ],
    reken,
};

fn reken(bron: &Bron<'_>) -> Vec<Vec<Punt>> {
    let geen = "geen intake afgerond in deze maand";
    match bron.per {
        Dimensie::Reden => bron.delen_van_alles(&bron.feiten.intakes, geen),
        _ => bron.aandelen(&bron.feiten.intakes, geen),
    }
}
