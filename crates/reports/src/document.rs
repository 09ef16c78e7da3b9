//! A document as data: what is said, before anybody chooses how it is shown.

use indicators::{Bedrag, Maand};
use jiff::civil::Date;

/// A document: a message, what it counts, and the blocks that bear it out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// The message, as a sentence; becomes the only `h1`.
    pub titel: String,
    /// The statistic behind the message.
    pub onderschrift: String,
    /// The scope as short chips: stock or flow, what is counted, period, status.
    pub reikwijdte: Vec<String>,
    /// What follows, in order.
    pub blokken: Vec<Blok>,
}

/// One part of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Blok {
    /// A heading of a section.
    Kop(String),
    /// A heading within a section.
    Tussenkop(String),
    /// A paragraph.
    Alinea(String),
    /// A list of points.
    Lijst(Vec<String>),
    /// Something the reader must not overlook.
    Waarschuwing {
        /// What it is about.
        titel: String,
        /// What there is to know.
        tekst: String,
    },
    /// What only the municipality can write: the program says so instead of guessing.
    InTeVullen(String),
    /// A table.
    Tabel(Tabel),
    /// A chart; every way of showing it gives the figures in a table too.
    Grafiek(Grafiek),
    /// Pairs of a name and a value, such as a case number and a date.
    Kenmerken(Vec<(String, String)>),
}

/// A table of typed cells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tabel {
    /// The caption.
    pub titel: String,
    /// The columns.
    pub kolommen: Vec<Kolom>,
    /// The rows; a short row is filled with [`Cel::Leeg`] when shown.
    pub rijen: Vec<Vec<Cel>>,
    /// Notes under the table.
    pub noten: Vec<String>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kolom {
    /// Its heading.
    pub naam: String,
    /// Whether its cells are aligned to the right, as figures are.
    pub rechts: bool,
}

/// One cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cel {
    /// Words.
    Tekst(String),
    /// A whole number.
    Aantal(i64),
    /// A number with decimals.
    Getal {
        /// The number.
        waarde: f64,
        /// How many decimals are shown.
        decimalen: u8,
    },
    /// A share between 0 and 1, shown as a percentage with one decimal.
    Percentage(f64),
    /// An amount of money.
    Bedrag(Bedrag),
    /// A month.
    Maand(Maand),
    /// A day.
    Datum(Date),
    /// Nothing to show.
    Leeg,
}

/// A chart of lines over months.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grafiek {
    /// The message of the chart.
    pub titel: String,
    /// The statistic.
    pub ondertitel: String,
    /// What the chart shows, in words, for who does not see it.
    pub beschrijving: String,
    /// The lines.
    pub lijnen: Vec<Lijn>,
    /// Days on which the series changes meaning, with what changed.
    pub breuken: Vec<(Date, String)>,
    /// What is counted, such as `cliënten` or `%`.
    pub eenheid: String,
}

/// One line of a chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lijn {
    /// The name, written beside the line.
    pub naam: String,
    /// The points, in order; a value that is not a number interrupts the line.
    pub punten: Vec<(Maand, f64)>,
    /// Whether this is the line that is meant; the others are there to compare with.
    pub hoofd: bool,
    /// How the line is drawn, besides its colour.
    pub streep: Streep,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Streep {
    /// Without gaps.
    #[default]
    Doorgetrokken,
    /// In dashes.
    Gestreept,
    /// In dots.
    Gestippeld,
}

impl Report {
    /// The tables of the document, without those that only repeat a chart.
    pub fn tabellen(&self) -> impl Iterator<Item = &Tabel> {
        self.blokken.iter().filter_map(|block| match block {
            Blok::Tabel(table) => Some(table),
            _ => None,
        })
    }
}

impl Kolom {
    /// A column of words.
    pub fn links(naam: impl Into<String>) -> Kolom {
        Kolom { naam: naam.into(), rechts: false }
    }

    /// A column of figures.
    pub fn rechts(naam: impl Into<String>) -> Kolom {
        Kolom { naam: naam.into(), rechts: true }
    }
}

impl Cel {
    /// Words in a cell.
    pub fn tekst(tekst: impl Into<String>) -> Cel {
        Cel::Tekst(tekst.into())
    }

    /// A count in a cell.
    pub fn aantal(aantal: u64) -> Cel {
        Cel::Aantal(i64::try_from(aantal).unwrap_or(i64::MAX))
    }

    /// The cell as it reads in Dutch; empty for [`Cel::Leeg`].
    pub fn als_tekst(&self) -> String {
        match self {
            Cel::Tekst(tekst) => tekst.clone(),
            Cel::Aantal(aantal) => crate::nl::aantal(*aantal),
            Cel::Getal { waarde, decimalen } => crate::nl::getal(*waarde, *decimalen),
            Cel::Percentage(aandeel) => crate::nl::percentage(*aandeel),
            Cel::Bedrag(bedrag) => crate::nl::bedrag(*bedrag),
            Cel::Maand(maand) => crate::nl::maand_kort(*maand),
            Cel::Datum(dag) => crate::nl::datum(*dag),
            Cel::Leeg => String::new(),
        }
    }
}

impl Tabel {
    /// The cells of a row, one for every column.
    pub(crate) fn cells<'a>(
        &'a self,
        row: &'a [Cel],
    ) -> impl Iterator<Item = (&'a Kolom, &'a Cel)> {
        let filled = row.iter().chain(std::iter::repeat(&Cel::Leeg));
        self.kolommen.iter().zip(filled)
    }
}

impl Grafiek {
    /// The same figures as a table: a row for every month, a column for every line.
    pub fn als_tabel(&self) -> Tabel {
        let decimalen = self.decimalen();
        let mut months: Vec<Maand> =
            self.lijnen.iter().flat_map(|line| line.punten.iter().map(|point| point.0)).collect();
        months.sort_unstable();
        months.dedup();
        let cell = |line: &Lijn, month: Maand| {
            let point = line.punten.iter().find(|(at, waarde)| *at == month && waarde.is_finite());
            point.map_or(Cel::Leeg, |&(_, waarde)| Cel::Getal { waarde, decimalen })
        };
        let row = |&month: &Maand| {
            let cells = self.lijnen.iter().map(|line| cell(line, month));
            std::iter::once(Cel::Maand(month)).chain(cells).collect()
        };
        let names = self.lijnen.iter().map(|line| Kolom::rechts(&line.naam));
        let unit = (!self.eenheid.is_empty()).then(|| format!("Eenheid: {}.", self.eenheid));
        let breaks = self
            .breuken
            .iter()
            .map(|(day, what)| format!("Breuk in de reeks op {}: {what}.", crate::nl::datum(*day)));
        Tabel {
            titel: self.titel.clone(),
            kolommen: std::iter::once(Kolom::links("Maand")).chain(names).collect(),
            rijen: months.iter().map(row).collect(),
            noten: unit.into_iter().chain(breaks).collect(),
        }
    }

    /// The fewest decimals, at most two, that lose none of the figures.
    pub(crate) fn decimalen(&self) -> u8 {
        let values = || {
            self.lijnen
                .iter()
                .flat_map(|line| line.punten.iter().map(|point| point.1))
                .filter(|v| v.is_finite())
        };
        let largest = values().fold(0.0_f64, |most, value| most.max(value.abs()));
        let most = if largest >= 100.0 { 1 } else { 2 };
        let exact = |decimals: u8| {
            let factor = 10_f64.powi(i32::from(decimals));
            values().all(|value| ((value * factor).round() / factor - value).abs() < 1e-9)
        };
        (0..most).find(|&decimals| exact(decimals)).unwrap_or(most)
    }
}
