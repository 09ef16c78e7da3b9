//! The periods of StatLine: years, half-years, quarters and months.

use std::fmt;

use domain::{Maand, Periode};

/// A period of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cbsperiode {
    /// `2019JJ00`.
    Jaar(i16),
    /// `2019HJ02`.
    Halfjaar {
        /// The year.
        jaar: i16,
        /// The first or the second.
        helft: i8,
    },
    /// `2019KW03`.
    Kwartaal {
        /// The year.
        jaar: i16,
        /// Which, 1-4.
        kwartaal: i8,
    },
    /// `2019MM07`.
    Maand(Maand),
}

impl Cbsperiode {
    /// The period with this key, such as `2019HJ02`.
    pub fn from_sleutel(sleutel: &str) -> Option<Cbsperiode> {
        let (jaar, rest) = sleutel.split_at_checked(4)?;
        let (soort, nummer) = rest.split_at_checked(2)?;
        let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
        if nummer.len() != 2 || !digits(jaar) || !digits(nummer) {
            return None;
        }
        let jaar: i16 = jaar.parse().ok()?;
        let nummer: i8 = nummer.parse().ok()?;
        Maand::new(jaar, 1)?;
        match (soort, nummer) {
            ("JJ", 0) => Some(Cbsperiode::Jaar(jaar)),
            ("HJ", 1..=2) => Some(Cbsperiode::Halfjaar { jaar, helft: nummer }),
            ("KW", 1..=4) => Some(Cbsperiode::Kwartaal { jaar, kwartaal: nummer }),
            ("MM", _) => Maand::new(jaar, nummer).map(Cbsperiode::Maand),
            _ => None,
        }
    }

    /// Its days.
    pub fn dagen(self) -> Periode {
        let (jaar, first, months) = match self {
            Cbsperiode::Jaar(jaar) => (jaar, 1, 12),
            Cbsperiode::Halfjaar { jaar, helft } => (jaar, helft * 6 - 5, 6),
            Cbsperiode::Kwartaal { jaar, kwartaal } => (jaar, kwartaal * 3 - 2, 3),
            Cbsperiode::Maand(maand) => (maand.jaar(), maand.nummer(), 1),
        };
        let first = Maand::new(jaar, first).expect("a period starts in a month that exists");
        let last = first.plus(months - 1);
        Periode::new(first.eerste_dag(), Some(last.laatste_dag())).expect("it ends after it starts")
    }
}

/// In words: `2e halfjaar 2019`.
impl fmt::Display for Cbsperiode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cbsperiode::Jaar(jaar) => write!(f, "{jaar}"),
            Cbsperiode::Halfjaar { jaar, helft } => write!(f, "{helft}e halfjaar {jaar}"),
            Cbsperiode::Kwartaal { jaar, kwartaal } => write!(f, "{kwartaal}e kwartaal {jaar}"),
            Cbsperiode::Maand(maand) => f.write_str(&maand.naam()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_tell_which_days() {
        for (key, expected) in [
            ("2019JJ00", "2019: 2019-01-01 t/m 2019-12-31"),
            ("2019HJ01", "1e halfjaar 2019: 2019-01-01 t/m 2019-06-30"),
            ("2020HJ02", "2e halfjaar 2020: 2020-07-01 t/m 2020-12-31"),
            ("2020KW01", "1e kwartaal 2020: 2020-01-01 t/m 2020-03-31"),
            ("2020MM02", "februari 2020: 2020-02-01 t/m 2020-02-29"),
        ] {
            let periode = Cbsperiode::from_sleutel(key).unwrap();
            assert_eq!(format!("{periode}: {}", periode.dagen()), expected);
        }
        for wrong in
            ["", "2019", "2019JJ01", "2019HJ03", "2019HJ00", "0000JJ00", "2019é01", "2019MM13"]
        {
            assert_eq!(Cbsperiode::from_sleutel(wrong), None, "{wrong}");
        }
    }
}
