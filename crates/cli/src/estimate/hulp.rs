//! What several groups share: lists in a flag, results laid together, series in order.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{anyhow, bail};
use statistics::figures::{Estimate, Figures, Warning};

use super::{
    tabel::Tabel,
    uitvoer::Uitkomst,
    vlag::{OUTCOME, PERIOD, Vlag},
    vlag_meer::FACTOR,
    vraag::Vraag,
};

impl Uitkomst {
    /// With the numbers, warnings and sentences of another result; a key that is there stays.
    pub(super) fn and(mut self, found: &impl Estimate) -> Self {
        for (key, value) in found.figures().iter() {
            if self.figures.iter().all(|(it, _)| it != key) {
                self.figures.push((key.to_owned(), value));
            }
        }
        for warning in found.warnings() {
            if !self.warnings.contains(warning) {
                self.warnings.push(warning.clone());
            }
        }
        self.summary = format!("{}\n{}", self.summary.trim_end(), found.summary());
        self
    }

    /// A result put together here.
    pub(super) fn own(
        n: usize,
        figures: &Figures,
        summary: String,
        warnings: Vec<Warning>,
    ) -> Self {
        let figures = figures.iter().map(|(key, value)| (key.to_owned(), value)).collect();
        Self { n, seed: None, figures, warnings, summary }
    }
}

/// The numbers between the commas behind a flag.
pub(super) fn numbers(vraag: &Vraag, vlag: &Vlag) -> anyhow::Result<Option<Vec<f64>>> {
    vraag.text(vlag).map(|text| parse_numbers(text, vlag)).transpose()
}

fn parse_numbers(text: &str, vlag: &Vlag) -> anyhow::Result<Vec<f64>> {
    let number = |it: &str| it.trim().parse::<f64>().ok().filter(|it| it.is_finite());
    text.split(',')
        .map(|it| {
            number(it).ok_or_else(|| {
                anyhow!(
                    "`{text}` past niet bij --{}: kies getallen met komma's ertussen; \
                     bijvoorbeeld: {}",
                    vlag.naam,
                    vlag.example()
                )
            })
        })
        .collect()
}

/// A column of 0 and 1 for every value of each `--factor` but the first.
pub(super) fn dummies(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Vec<(String, Vec<f64>)>> {
    let mut all = Vec::new();
    for column in vraag.texts(&FACTOR) {
        let texts = tabel.texts(column)?;
        for level in categories(texts.iter()).into_iter().skip(1) {
            let values = texts.iter().map(|it| f64::from(u8::from(*it == level))).collect();
            all.push((format!("{column}{level}"), values));
        }
    }
    Ok(all)
}

/// The different texts: numbers by size when all are numbers, otherwise by letter.
pub(super) fn categories<'a>(texts: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut all: Vec<String> = texts.cloned().collect::<BTreeSet<String>>().into_iter().collect();
    let numbers: Option<Vec<f64>> = all.iter().map(|it| it.parse().ok()).collect();
    if numbers.is_some() {
        let size = |it: &String| it.parse::<f64>().unwrap_or(f64::NAN);
        all.sort_by(|a, b| size(a).total_cmp(&size(b)));
    }
    all
}

/// The outcome in order of `--period`, with those periods; without it the rows are in order.
pub(super) struct Reeks {
    /// Outcomes, the oldest first.
    pub(super) values: Vec<f64>,
    /// Their periods, when these were asked.
    periods: Option<Vec<i64>>,
}

impl Reeks {
    /// Reads it; a period that misses or comes twice is refused.
    pub(super) fn read(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Self> {
        let values = tabel.numbers(vraag.need(&OUTCOME)?)?;
        let Some(column) = vraag.text(&PERIOD) else { return Ok(Self { values, periods: None }) };
        let periods = tabel
            .each(column, |it| moment(it).ok_or("een periode, zoals 2017, 2017-03 of 2017-K2"))?;
        let mut ordered: BTreeMap<i64, (f64, String)> = BTreeMap::new();
        let texts = tabel.texts(column)?;
        for ((period, value), text) in periods.into_iter().zip(values).zip(texts) {
            if ordered.insert(period, (value, text.clone())).is_some() {
                bail!("periode `{text}` staat er twee keer in; verwacht wordt één rij per periode");
            }
        }
        let keys: Vec<i64> = ordered.keys().copied().collect();
        if let Some(gap) = keys.windows(2).find(|pair| pair[1] != pair[0] + 1) {
            bail!(
                "na periode `{}` ontbreekt er een; verwacht wordt een reeks zonder gaten",
                ordered[&gap[0]].1
            );
        }
        let values = ordered.into_values().map(|it| it.0).collect();
        Ok(Self { values, periods: Some(keys) })
    }

    /// Number of points before the period `start`, or before the row with that number.
    pub(super) fn before(&self, start: &str) -> anyhow::Result<usize> {
        let unknown = || anyhow!("`{start}` past niet bij --start: kies een periode uit de reeks");
        let start = moment(start).ok_or_else(unknown)?;
        match &self.periods {
            Some(all) => all.binary_search(&start).map_err(|_| unknown()),
            None => usize::try_from(start - 1)
                .ok()
                .filter(|it| *it < self.values.len())
                .ok_or_else(unknown),
        }
    }
}

/// A year, a month (`2017-03`) or a quarter (`2017-K2` or `2017-Q2`) as a number that counts up.
pub(super) fn moment(text: &str) -> Option<i64> {
    if let Ok(it) = text.parse() {
        return Some(it);
    }
    let (year, part) = text.split_once('-')?;
    let year: i64 = year.parse().ok().filter(|it| (0..10_000).contains(it))?;
    match part.strip_prefix(['K', 'Q', 'k', 'q']) {
        Some(quarter) => {
            let quarter: i64 = quarter.parse().ok().filter(|it| (1..=4).contains(it))?;
            Some(4 * year + quarter - 1)
        }
        None => {
            let month: i64 = part.parse().ok().filter(|it| (1..=12).contains(it))?;
            Some(12 * year + month - 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_counts_up() {
        assert_eq!(moment("2017"), Some(2017));
        assert_eq!(moment("2018-01").zip(moment("2017-12")), Some((24_216, 24_215)));
        assert_eq!(moment("2018-K1").zip(moment("2017-Q4")), Some((8072, 8071)));
        for wrong in ["2017-13", "2017-K5", "mei", "2017-", ""] {
            assert_eq!(moment(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn categories_of_numbers_go_by_size() {
        let texts = ["10", "9", "10"].map(str::to_owned);
        assert_eq!(categories(texts.iter()), ["9", "10"]);
        let texts = ["b", "10", "a"].map(str::to_owned);
        assert_eq!(categories(texts.iter()), ["10", "a", "b"]);
    }
}
