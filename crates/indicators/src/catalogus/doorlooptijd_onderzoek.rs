#![doc = include_str!("doorlooptijd_onderzoek.md")]

use statistics::quantile;

use crate::{
    Eenheid, Indicator, Mediaan, Soort, Waarde,
    bereken::{Bron, Punt},
    feiten::Gebeurtenis,
    tellen::PER_ZAAK,
};

/// The median of the days from request to end of the enquiries ended in the month.
pub static DOORLOOPTIJD_ONDERZOEK: Indicator = Indicator {
    naam: "doorlooptijd_onderzoek",
    versie: 1,
    titel: "Doorlooptijd van het onderzoek",
    eenheid: Eenheid::Dagen,
    soort: Soort::Stroom,
    telt: "onderzoeken",
    toelichting: include_str!("doorlooptijd_onderzoek.md"),
    dimensies: PER_ZAAK,
    reken,
};

fn reken(bron: &Bron<'_>) -> Vec<Vec<Punt>> {
    bron.per_maand(&bron.feiten.onderzoeken, median_of_days)
}

fn median_of_days(ended: &[&Gebeurtenis]) -> Punt {
    let days = ended.iter().map(|it| f64::from(it.dagen)).collect();
    let waarde = match quantile::median(days) {
        Some(it) => Waarde::Dagen(Mediaan { mediaan: it.estimate, interval: it.interval }),
        None => Waarde::Onbekend("geen onderzoek afgerond in deze maand"),
    };
    Punt { waarde, n: ended.len() as u64, noot: None }
}
