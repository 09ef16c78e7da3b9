#![doc = include_str!("verplichting.md")]

use domain::{Bedrag, Maand, Periode, kosten};
use rayon::prelude::*;

use crate::{
    Eenheid, Indicator, OPEN, Soort, Waarde,
    bereken::{Bron, Punt},
    dag::{dag, datum},
    tellen::PER_VOORZIENING,
};

/// What the provisions that ran in the month cost in it, at the agreed tariffs.
pub static VERPLICHTING: Indicator = Indicator {
    naam: "verplichting",
    versie: 1,
    titel: "Verplichting",
    eenheid: Eenheid::Euro,
    soort: Soort::Stroom,
    telt: "voorzieningen",
    toelichting: include_str!("verplichting.md"),
    dimensies: PER_VOORZIENING,
    reken,
};

fn reken(bron: &Bron<'_>) -> Vec<Vec<Punt>> {
    let months: Vec<Month> = bron.venster.maanden().map(Month::new).collect();
    let empty = || vec![vec![Som::default(); months.len()]; bron.cellen()];
    let rows = bron.feiten.voorzieningen.client.len();
    let sums = (0..rows)
        .into_par_iter()
        .with_min_len(10_000)
        .fold(empty, |mut sums, row| {
            add(bron, &months, row, &mut sums);
            sums
        })
        .reduce(empty, together);
    sums.iter().map(|months| months.iter().map(Som::punt).collect()).collect()
}

struct Month {
    periode: Periode,
    laatste: i32,
}

impl Month {
    fn new(maand: Maand) -> Month {
        Month { periode: maand.periode(), laatste: dag(maand.laatste_dag()) }
    }
}

#[derive(Clone, Copy, Default)]
struct Som {
    eurocent: i64,
    voorzieningen: u64,
    zonder_tarief: u64,
}

impl Som {
    /// What has no known price is told; it is not nothing.
    fn punt(&self) -> Punt {
        let noot = (self.zonder_tarief > 0).then(|| {
            let s = if self.zonder_tarief == 1 { "" } else { "en" };
            let n = self.zonder_tarief;
            format!(
                "Van {n} lopende voorziening{s} of deel daarvan is tarief of omvang niet bekend. Die \
                 kosten zitten niet in dit bedrag."
            )
        });
        let waarde = if self.voorzieningen == 0 && self.zonder_tarief > 0 {
            Waarde::Onbekend("van geen enkele lopende voorziening is de prijs bekend")
        } else {
            Waarde::Bedrag(Bedrag(self.eurocent))
        };
        Punt { waarde, n: self.voorzieningen, noot }
    }
}

/// Adds what one piece of a provision costs in each month in which it runs.
fn add(bron: &Bron<'_>, months: &[Month], row: usize, sums: &mut [Vec<Som>]) {
    let stukken = &bron.feiten.voorzieningen;
    let (van, tot, kenmerken) = (stukken.van[row], stukken.tot[row], &stukken.kenmerken[row]);
    if van > tot || !bron.zeef.laat_door(kenmerken) {
        return;
    }
    let Some(voorziening) = bron.feiten.inhoud.get(stukken.inhoud[row] as usize) else { return };
    let Some(piece) = Periode::new(datum(van), (tot != OPEN).then(|| datum(tot))) else { return };
    let first = bron.venster.slot(van).saturating_sub(1);
    let end = bron.venster.slot(tot).min(months.len());
    let cell = &mut sums[usize::from(kenmerken.code(bron.per))];
    for (month, som) in months.iter().zip(cell).take(end).skip(first) {
        let Some(window) = piece.doorsnede(&month.periode) else { continue };
        match kosten::voorziening_in_periode(bron.register, voorziening, window) {
            Some(bedrag) => {
                som.eurocent += bedrag.0;
                // Of a provision that was cut within the month, the last piece counts it.
                let last_day = voorziening.geldig.tot_en_met().map_or(OPEN, dag);
                som.voorzieningen += u64::from(tot >= last_day.min(month.laatste));
            }
            None => som.zonder_tarief += 1,
        }
    }
}

fn together(mut ours: Vec<Vec<Som>>, theirs: Vec<Vec<Som>>) -> Vec<Vec<Som>> {
    for (a, b) in ours.iter_mut().flatten().zip(theirs.iter().flatten()) {
        a.eurocent += b.eurocent;
        a.voorzieningen += b.voorzieningen;
        a.zonder_tarief += b.zonder_tarief;
    }
    ours
}
