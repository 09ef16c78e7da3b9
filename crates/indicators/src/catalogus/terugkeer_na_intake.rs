#![doc = include_str!("terugkeer_na_intake.md")]

use statistics::comparison::proportion::wilson;

use crate::{
    Dimensie, Eenheid, Indicator, Soort, Waarde,
    bereken::{Bron, Punt},
    dag::dag,
    feiten::Gebeurtenis,
};

/// The share of the requests that the intake settled in the month whose client came back.
pub static TERUGKEER_NA_INTAKE: Indicator = Indicator {
    naam: "terugkeer_na_intake",
    versie: 1,
    titel: "Terugkeer na de intake",
    eenheid: Eenheid::Aandeel,
    soort: Soort::Stroom,
    telt: "afgeronde intakes",
    toelichting: include_str!("terugkeer_na_intake.md"),
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
    let today = dag(bron.peildatum);
    bron.per_maand(&bron.feiten.terugkeer, |settled| returned(settled, today))
}

/// A share only where everybody had the whole time to come back.
fn returned(settled: &[&Gebeurtenis], today: i32) -> Punt {
    let n = settled.len() as u64;
    let waits = settled.iter().any(|it| it.dag + it.dagen >= today);
    let goed = settled.iter().filter(|it| it.goed).count() as u64;
    let waarde = match wilson(goed, n) {
        Some(_) if waits => {
            Waarde::Onbekend("nog niet iedereen had de hele termijn om terug te komen")
        }
        Some(it) => Waarde::Aandeel(it),
        None => Waarde::Onbekend("geen melding afgerond bij de intake in deze maand"),
    };
    Punt { waarde, n, noot: None }
}
