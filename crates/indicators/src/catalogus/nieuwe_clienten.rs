#![doc = include_str!("nieuwe_clienten.md")]

use crate::{
    Eenheid, Indicator, Soort,
    bereken::{Bron, Punt},
    tellen::PER_VOORZIENING,
};

/// People whose support started in the month after twelve months without any.
pub static NIEUWE_CLIENTEN: Indicator = Indicator {
    naam: "nieuwe_clienten",
    versie: 1,
    titel: "Nieuwe cliënten",
    eenheid: Eenheid::Aantal,
    soort: Soort::Stroom,
    telt: "cliënten",
    toelichting: include_str!("nieuwe_clienten.md"),
    dimensies: PER_VOORZIENING,
    reken,
};

fn reken(bron: &Bron<'_>) -> Vec<Vec<Punt>> {
    bron.per_maand(&bron.feiten.nieuw, |starts| {
        // Somebody who starts with two provisions of one cell is one person; they lie together.
        let people = starts.chunk_by(|a, b| a.client == b.client);
        Punt::aantal(people.count() as u64)
    })
}
