//! Agreement between raters, and what a change is made of.

use std::collections::HashMap;

use anyhow::{anyhow, bail};
use statistics::comparison::{
    kappa::{Weight, cohen, fleiss},
    kitagawa::{Factor, kitagawa},
    price_volume_mix::{Product, price_volume_mix},
};

use super::{
    hulp::categories,
    methode::Methode,
    tabel::Tabel,
    uitvoer::Uitkomst,
    vlag::{COVARIATE, LEVEL, PERIOD, UNIT},
    vlag_meer::{COUNT, PRICE, RATER, WEIGHTING},
    vraag::Vraag,
};

pub(super) const METHODEN: &[Methode] = &[
    Methode {
        naam: "kappa",
        ook: &[],
        wat: "overeenstemming tussen beoordelaars, boven toeval",
        bron: "Cohen 1960; Fleiss 1971",
        nodig: &[&RATER],
        mag: &[&WEIGHTING, &LEVEL],
        run: run_kappa,
    },
    Methode {
        naam: "price-volume-mix",
        ook: &[],
        wat: "verandering van uitgaven door aantal, samenstelling en prijs",
        bron: "identiteit: aantal x samenstelling x prijs",
        nodig: &[&UNIT, &PERIOD, &COUNT, &PRICE],
        mag: &[],
        run: run_price_volume_mix,
    },
    Methode {
        naam: "kitagawa",
        ook: &[],
        wat: "verandering van een product van factoren, per factor",
        bron: "Kitagawa 1955; Das Gupta 1993",
        nodig: &[&UNIT, &PERIOD, &COVARIATE],
        mag: &[],
        run: run_kitagawa,
    },
];

fn run_kappa(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let raters: Vec<Vec<String>> =
        vraag.texts(&RATER).iter().map(|it| tabel.texts(it)).collect::<anyhow::Result<_>>()?;
    let names = categories(raters.iter().flatten());
    let code = |it: &String| names.iter().position(|name| name == it).unwrap_or(0);
    match raters.as_slice() {
        [] | [_] => bail!("kappa vraagt minstens twee beoordelaars: geef --rater nog een keer"),
        [first, second] => {
            let mut table = vec![vec![0_u64; names.len()]; names.len()];
            for (a, b) in first.iter().zip(second) {
                table[code(a)][code(b)] += 1;
            }
            let weight = match vraag.text(&WEIGHTING) {
                Some("linear") => Weight::Linear,
                Some("quadratic") => Weight::Quadratic,
                _ => Weight::Nominal,
            };
            Ok(Uitkomst::new(tabel.len(), &cohen(&table, weight, vraag.level()?)?))
        }
        more => {
            if vraag.has(&WEIGHTING) {
                bail!("--weighting past alleen bij twee beoordelaars");
            }
            let mut table = vec![vec![0_u64; names.len()]; tabel.len()];
            for rater in more {
                for (row, it) in rater.iter().enumerate() {
                    table[row][code(it)] += 1;
                }
            }
            Ok(Uitkomst::new(tabel.len(), &fleiss(&table)?))
        }
    }
}

fn run_price_volume_mix(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let cells = Cells::read(vraag, tabel)?;
    let (count, price) = (tabel.numbers(vraag.need(&COUNT)?)?, tabel.numbers(vraag.need(&PRICE)?)?);
    let at = |row: Option<usize>| row.map_or((0.0, 0.0), |it| (count[it], price[it]));
    let product = |(name, (before, after)): &Cell| {
        let (before, after) = (at(*before), at(*after));
        Product {
            name: name.clone(),
            units_before: before.0,
            price_before: before.1,
            units_after: after.0,
            price_after: after.1,
        }
    };
    let products: Vec<Product> = cells.0.iter().map(product).collect();
    Ok(Uitkomst::new(tabel.len(), &price_volume_mix(&products)?))
}

fn run_kitagawa(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let cells = Cells::read(vraag, tabel)?;
    let both: Vec<(usize, usize)> = cells
        .0
        .iter()
        .map(|(name, (before, after))| {
            before.zip(*after).ok_or_else(|| {
                anyhow!("‘{name}’ staat maar in één van de twee periodes; vul de andere aan")
            })
        })
        .collect::<anyhow::Result<_>>()?;
    let factor = |name: &String| -> anyhow::Result<Factor> {
        let values = tabel.numbers(name)?;
        Ok(Factor {
            name: name.clone(),
            before: both.iter().map(|it| values[it.0]).collect(),
            after: both.iter().map(|it| values[it.1]).collect(),
        })
    };
    let factors: Vec<Factor> =
        vraag.texts(&COVARIATE).iter().map(factor).collect::<anyhow::Result<_>>()?;
    Ok(Uitkomst::new(tabel.len(), &kitagawa(&factors)?))
}

/// Of each unit, in order, its row in the first and in the second period.
struct Cells(Vec<Cell>);

/// A unit with its two rows.
type Cell = (String, (Option<usize>, Option<usize>));

impl Cells {
    fn read(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Self> {
        let (units, periods) =
            (tabel.texts(vraag.need(&UNIT)?)?, tabel.texts(vraag.need(&PERIOD)?)?);
        let both = categories(periods.iter());
        let [first, _] = both.as_slice() else {
            bail!("--period heeft {} waarden; verwacht worden er twee: voor en na", both.len());
        };
        let mut cells: Vec<Cell> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (row, (unit, period)) in units.iter().zip(&periods).enumerate() {
            let place = *places.entry(unit).or_insert_with(|| {
                cells.push((unit.clone(), (None, None)));
                cells.len() - 1
            });
            let own = &mut cells[place].1;
            let slot = if period == first { &mut own.0 } else { &mut own.1 };
            if slot.replace(row).is_some() {
                bail!(
                    "‘{unit}’ komt in periode {period} twee keer voor; verwacht wordt één rij \
                     per eenheid en periode"
                );
            }
        }
        Ok(Self(cells))
    }
}
