//! A CSV file as columns; what is wrong is told with row and column.

use std::{fs, path::Path};

use anyhow::{Context as _, anyhow, bail};
use statistics::{fault::Fault, figures::Warning};

use super::{
    vlag::{FIRST_TREATED, MISSING, Soort, Vlag},
    vraag::Vraag,
};

/// The texts of a file with a heading.
#[derive(Debug, Clone)]
pub(super) struct Tabel {
    names: Vec<String>,
    rows: Vec<csv::StringRecord>,
    /// Row of the file (the first below the heading is 1) and line, for each row.
    places: Vec<(usize, u64)>,
    /// Whether a comma may stand in a number.
    comma: bool,
}

impl Tabel {
    /// Reads a file: UTF-8, with a heading, separated by commas or semicolons.
    pub(super) fn read(path: &Path) -> anyhow::Result<Self> {
        let name = path.display();
        let bytes = fs::read(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => anyhow!("{name} bestaat niet"),
            std::io::ErrorKind::IsADirectory => anyhow!("{name} is een map, geen bestand"),
            _ => anyhow!("{name} is niet te lezen: {error}"),
        })?;
        let Ok(text) = std::str::from_utf8(&bytes) else {
            bail!("{name} is geen tekst in UTF-8; sla het op als ‘CSV UTF-8’");
        };
        Self::parse(text).with_context(|| format!("{name} is niet te gebruiken"))
    }

    fn parse(text: &str) -> anyhow::Result<Self> {
        let text = text.trim_start_matches('\u{feff}');
        let heading = text.lines().next().unwrap_or_default();
        let comma = heading.matches(';').count() > heading.matches(',').count();
        let separator = if comma { b';' } else { b',' };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let names: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
        if names.iter().all(String::is_empty) {
            bail!("er staat niets in; verwacht is een kopregel met kolomnamen");
        }
        if let Some(twice) = names.iter().enumerate().find(|(at, it)| names[..*at].contains(it)) {
            bail!("de kolom `{}` staat er twee keer in", twice.1);
        }
        let (mut rows, mut places) = (Vec::new(), Vec::new());
        for (at, record) in reader.records().enumerate() {
            let record = record?;
            let line = record.position().map_or(0, csv::Position::line);
            if record.len() != names.len() {
                bail!(
                    "rij {} (regel {line}) heeft {} cellen; de kopregel heeft er {}",
                    at + 1,
                    record.len(),
                    names.len()
                );
            }
            rows.push(record);
            places.push((at + 1, line));
        }
        Ok(Self { names, rows, places, comma })
    }

    /// Checks the columns that were asked and, where that was asked, leaves out the rows with an
    /// empty cell in one of them.
    pub(super) fn for_vraag(mut self, vraag: &Vraag) -> anyhow::Result<(Self, Option<Warning>)> {
        let mut columns = Vec::new();
        for vlag in vraag.given() {
            if !matches!(vlag.soort, Soort::Kolom | Soort::Kolommen) {
                continue;
            }
            for name in vraag.texts(vlag) {
                let at = self.at(name, Some(vlag))?;
                if vlag.naam != FIRST_TREATED.naam {
                    columns.push(at);
                }
            }
        }
        if self.rows.is_empty() {
            bail!("er staan geen rijen onder de kopregel");
        }
        if vraag.text(&MISSING) != Some("drop") {
            return Ok((self, None));
        }
        let before = self.rows.len();
        let rows = std::mem::take(&mut self.rows).into_iter().zip(std::mem::take(&mut self.places));
        (self.rows, self.places) =
            rows.filter(|(row, _)| columns.iter().all(|at| !is_empty(&row[*at]))).unzip();
        let left_out = before - self.rows.len();
        let warning = (left_out > 0).then(|| {
            let text =
                format!("{left_out} van de {before} rijen hebben een lege cel en tellen niet mee.");
            Warning::new("missing-rows", text)
        });
        Ok((self, warning))
    }

    /// Number of rows.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is such a column.
    pub(super) fn has(&self, column: &str) -> bool {
        self.names.iter().any(|it| it == column)
    }

    /// The texts of a column without empty cells.
    pub(super) fn texts(&self, column: &str) -> anyhow::Result<Vec<String>> {
        self.each(column, |it| if is_empty(it) { Err("een waarde") } else { Ok(it.to_owned()) })
    }

    /// The numbers of a column without empty cells.
    pub(super) fn numbers(&self, column: &str) -> anyhow::Result<Vec<f64>> {
        self.each(column, |it| self.number(it).ok_or("een getal"))
    }

    /// The numbers of a column; an empty cell is nothing.
    pub(super) fn optional(&self, column: &str) -> anyhow::Result<Vec<Option<f64>>> {
        self.each(column, |it| match is_empty(it) {
            true => Ok(None),
            false => self.number(it).map(Some).ok_or("een getal of niets"),
        })
    }

    /// The whole numbers of a column without empty cells; `2017.0` is one as well.
    pub(super) fn wholes(&self, column: &str) -> anyhow::Result<Vec<i64>> {
        self.each(column, |it| self.whole(it).ok_or("een geheel getal, zoals 2017"))
    }

    /// The counts of a column without empty cells.
    pub(super) fn counts(&self, column: &str) -> anyhow::Result<Vec<u64>> {
        self.each(column, |it| {
            let count = self.whole(it).and_then(|it| u64::try_from(it).ok());
            count.ok_or("een aantal van 0 of meer")
        })
    }

    /// The first treated periods of a column; 0 and an empty cell are never.
    pub(super) fn starts(&self, column: &str) -> anyhow::Result<Vec<Option<i64>>> {
        self.each(column, |it| match is_empty(it) {
            true => Ok(None),
            false => self
                .whole(it)
                .map(|it| Some(it).filter(|it| *it != 0))
                .ok_or("de eerste behandelde periode, of 0 of leeg voor nooit"),
        })
    }

    /// The yes and no of a column: 1 and 0.
    pub(super) fn flags(&self, column: &str) -> anyhow::Result<Vec<bool>> {
        self.each(column, |it| match self.number(it) {
            Some(1.0) => Ok(true),
            Some(0.0) => Ok(false),
            _ => Err("0 of 1"),
        })
    }

    /// A fault with the rows of the file in it, also where rows were left out.
    pub(super) fn fault(&self, fault: Fault) -> Fault {
        let place = |row: usize| self.places.get(row - 1).map_or(row, |it| it.0);
        match fault {
            Fault::Duplicate { unit, period, first, second } => {
                Fault::Duplicate { unit, period, first: place(first), second: place(second) }
            }
            Fault::NotFinite { column, row, value } => {
                Fault::NotFinite { column, row: place(row), value }
            }
            other => other,
        }
    }

    /// Every cell of a column read; the first that cannot be is told with its place.
    pub(super) fn each<T>(
        &self,
        column: &str,
        read: impl Fn(&str) -> Result<T, &'static str>,
    ) -> anyhow::Result<Vec<T>> {
        let at = self.at(column, None)?;
        let cells = self.rows.iter().zip(&self.places);
        cells
            .map(|(row, (number, line))| {
                let cell = &row[at];
                read(cell).map_err(|expected| {
                    let found = match is_empty(cell) {
                        true => "is leeg".to_owned(),
                        false => format!("bevat `{cell}`"),
                    };
                    let drop = match is_empty(cell) {
                        true => " (of laat zulke rijen weg met --missing drop)",
                        false => "",
                    };
                    anyhow!(
                        "kolom `{column}` {found} in rij {number} (regel {line}); verwacht wordt \
                         {expected}{drop}"
                    )
                })
            })
            .collect()
    }

    fn at(&self, column: &str, vlag: Option<&Vlag>) -> anyhow::Result<usize> {
        self.names.iter().position(|it| it == column).ok_or_else(|| {
            let asked = vlag.map(|it| format!(" (bij --{})", it.naam)).unwrap_or_default();
            let hint = nearest(column, self.names.iter().map(String::as_str));
            let hint = hint.map(|it| format!("; bedoelt u {it}?")).unwrap_or_default();
            anyhow!(
                "er is geen kolom `{column}`{asked}{hint}\n  kolommen: {}",
                self.names.join(", ")
            )
        })
    }

    /// The finite number that a cell holds.
    pub(super) fn number(&self, text: &str) -> Option<f64> {
        let number: f64 = match self.comma {
            true => text.replace(',', ".").parse(),
            false => text.parse(),
        }
        .ok()?;
        number.is_finite().then_some(number)
    }

    fn whole(&self, text: &str) -> Option<i64> {
        let found: Option<i64> = text.parse().ok().or_else(|| {
            let number = self.number(text)?;
            #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
            (number.fract() == 0.0 && number.abs() < LARGEST as f64).then_some(number as i64)
        });
        // Periods are subtracted from each other; nothing that is meant comes near this.
        found.filter(|it| (-LARGEST..LARGEST).contains(it))
    }
}

/// Whole numbers stay below this.
const LARGEST: i64 = 1_000_000_000_000_000;

/// The name that looks most like `word`, when one does.
pub(super) fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    // The start of a name is near however long the rest is.
    let far = |it: &str| match word.len() > 2 && it.starts_with(&word) {
        true => 0,
        false => distance(&word, it),
    };
    let (distance, found) =
        names.map(|it| (far(&it.to_lowercase()), it)).min_by_key(|(distance, _)| *distance)?;
    (distance <= 1 + word.chars().count() / 3).then_some(found)
}

/// Number of letters to add, drop or change.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = (0..=b.len()).collect();
    for (row, letter) in a.chars().enumerate() {
        let mut now = vec![row + 1];
        for (column, other) in b.iter().enumerate() {
            let changed = before[column] + usize::from(letter != *other);
            now.push(changed.min(before[column + 1] + 1).min(now[column] + 1));
        }
        before = now;
    }
    before[b.len()]
}

/// Missing: nothing, or what R writes.
fn is_empty(cell: &str) -> bool {
    matches!(cell, "" | "NA")
}
