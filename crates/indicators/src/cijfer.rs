//! A figure, with everything that must travel with it.

use std::sync::Arc;

use domain::{Bedrag, Maand};
use jiff::{ToSpan, civil::Date};
use statistics::comparison::proportion::Proportion;

use crate::{Cel, Dimensie, Filter, Indicator};

/// What is asked of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vraag {
    /// Of which month.
    pub maand: Maand,
    /// Split by what.
    pub per: Dimensie,
    /// Of what.
    pub filter: Filter,
    /// As known on which day; the facts must have been folded up to that day.
    pub peildatum: Date,
    /// How many days without support do not end an episode.
    pub episode_gat_dagen: u16,
}

impl Vraag {
    /// The gap in days that Statistics Netherlands allows when merging records.
    pub const GAT_DAGEN: u16 = 3;

    /// Asks for the total of a month.
    pub fn new(maand: Maand, peildatum: Date) -> Vraag {
        Vraag {
            maand,
            per: Dimensie::Geen,
            filter: Filter::default(),
            peildatum,
            episode_gat_dagen: Vraag::GAT_DAGEN,
        }
    }
}

/// Whether a figure is of a moment or of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Soort {
    /// What is there on the last day of the month.
    Stand,
    /// What happened during the month.
    Stroom,
}

impl Soort {
    /// The word in a table.
    pub const fn naam(self) -> &'static str {
        match self {
            Soort::Stand => "stand",
            Soort::Stroom => "stroom",
        }
    }
}

/// In what a figure is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Eenheid {
    /// A number.
    Aantal,
    /// A share, 0 to 1.
    Aandeel,
    /// Days.
    Dagen,
    /// Money.
    Euro,
}

impl Eenheid {
    /// The word in a table.
    pub const fn naam(self) -> &'static str {
        match self {
            Eenheid::Aantal => "aantal",
            Eenheid::Aandeel => "aandeel",
            Eenheid::Dagen => "dagen",
            Eenheid::Euro => "euro",
        }
    }
}

/// One figure of one cell and month.
#[derive(Debug, Clone, PartialEq)]
pub struct Cijfer {
    /// What it measures; with its version and its text.
    pub indicator: &'static Indicator,
    /// Of which month.
    pub maand: Maand,
    /// Of which part.
    pub cel: Cel,
    /// The value, with its interval where it has one.
    pub waarde: Waarde,
    /// How many it rests on.
    pub n: u64,
    /// Per thousand inhabitants, where their number is known.
    pub per_duizend: Option<PerDuizend>,
    /// As known on this day.
    pub peildatum: Date,
    /// What it covers.
    pub reikwijdte: Reikwijdte,
    /// What must be said with it.
    pub noten: Vec<String>,
}

/// A value with its interval where it has one.
///
/// A count of all that was recorded has none: nothing was sampled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Waarde {
    /// A number.
    Aantal(u64),
    /// A share with the Wilson interval.
    Aandeel(Proportion),
    /// Days.
    Dagen(Mediaan),
    /// Money.
    Bedrag(Bedrag),
    /// Not to be told, for this reason.
    Onbekend(&'static str),
}

impl Waarde {
    /// The value as a plain number for a chart: euros for money, 0 to 1 for a share.
    pub fn getal(&self) -> Option<f64> {
        match self {
            Waarde::Aantal(it) => Some(*it as f64),
            Waarde::Aandeel(it) => Some(it.estimate),
            Waarde::Dagen(it) => Some(it.mediaan),
            Waarde::Bedrag(it) => Some(it.0 as f64 / 100.0),
            Waarde::Onbekend(_) => None,
        }
    }

    /// The 95% interval in the same measure, where there is one.
    pub fn interval(&self) -> Option<(f64, f64)> {
        match self {
            Waarde::Aandeel(it) => Some((it.low, it.high)),
            Waarde::Dagen(it) => it.interval,
            Waarde::Aantal(_) | Waarde::Bedrag(_) | Waarde::Onbekend(_) => None,
        }
    }
}

/// A median of days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mediaan {
    /// The median.
    pub mediaan: f64,
    /// Its 95% interval, from six observations on.
    pub interval: Option<(f64, f64)>,
}

/// A number per thousand inhabitants.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PerDuizend {
    /// The number per thousand.
    pub waarde: f64,
    /// How many inhabitants.
    pub inwoners: u32,
    /// Counted on this day.
    pub op: Date,
}

/// Whether late records may still change a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// They may.
    Voorlopig,
    /// Few are expected.
    Definitief,
}

impl Status {
    /// How many months after the end of a month its figures are final.
    pub const MAANDEN: i32 = 3;

    /// The status of the figures of a month on a day.
    pub fn van(maand: Maand, peildatum: Date) -> Status {
        let closes = maand.laatste_dag().saturating_add(Status::MAANDEN.months());
        if peildatum < closes { Status::Voorlopig } else { Status::Definitief }
    }

    /// The word in a table.
    pub const fn naam(self) -> &'static str {
        match self {
            Status::Voorlopig => "voorlopig",
            Status::Definitief => "definitief",
        }
    }
}

/// What a figure covers; two figures that differ in this are not to be set side by side unwarned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reikwijdte {
    /// Of a moment or of a month.
    pub soort: Soort,
    /// What is counted, such as cliënten or voorzieningen.
    pub telt: &'static str,
    /// Of which month.
    pub maand: Maand,
    /// Of which products; `None` where products play no part.
    pub producten: Option<Arc<str>>,
    /// What else was chosen.
    pub keuze: Arc<[String]>,
    /// Whether late records may still change it.
    pub status: Status,
}

impl Reikwijdte {
    /// The scope as short words to stand beside the figure.
    pub fn chips(&self) -> Vec<String> {
        let when = match self.soort {
            Soort::Stand => format!("stand op {}", datum_tekst(self.maand.laatste_dag())),
            Soort::Stroom => format!("in {}", self.maand.naam()),
        };
        let mut chips = vec![when, self.telt.to_owned()];
        chips.extend(self.producten.iter().map(|it| it.to_string()));
        chips.extend(self.keuze.iter().cloned());
        chips.push(self.status.naam().to_owned());
        chips
    }
}

/// A day in Dutch notation: `31-12-2017`.
pub fn datum_tekst(datum: Date) -> String {
    format!("{:02}-{:02}-{:04}", datum.day(), datum.month(), datum.year())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_month_is_final_three_months_after_its_end() {
        let december: Maand = "2017-12".parse().unwrap();
        for (peildatum, status) in [
            (date(2017, 12, 15), Status::Voorlopig),
            (date(2018, 3, 30), Status::Voorlopig),
            (date(2018, 3, 31), Status::Definitief),
        ] {
            assert_eq!(Status::van(december, peildatum), status, "{peildatum}");
        }
    }
}
