//! Days, months and the time between two days, with both ends included.

use std::{fmt, str::FromStr};

use jiff::{ToSpan, civil::Date};

/// A stretch of days with both ends included; without an end it runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Periode {
    van: Date,
    tot_en_met: Option<Date>,
}

impl Periode {
    /// From `van` up to and including `tot_en_met`; `None` when that lies before `van`.
    pub fn new(van: Date, tot_en_met: Option<Date>) -> Option<Periode> {
        (tot_en_met.is_none_or(|end| end >= van)).then_some(Periode { van, tot_en_met })
    }

    /// From `van` on, without an end.
    pub const fn vanaf(van: Date) -> Periode {
        Periode { van, tot_en_met: None }
    }

    /// The first day.
    pub fn van(&self) -> Date {
        self.van
    }

    /// The last day, if there is one.
    pub fn tot_en_met(&self) -> Option<Date> {
        self.tot_en_met
    }

    /// The last day, or the last day that a date can hold.
    pub fn einde(&self) -> Date {
        self.tot_en_met.unwrap_or(Date::MAX)
    }

    /// Whether the day lies in it.
    pub fn bevat(&self, dag: Date) -> bool {
        self.van <= dag && dag <= self.einde()
    }

    /// Whether the two share a day.
    pub fn overlapt(&self, ander: &Periode) -> bool {
        self.van <= ander.einde() && ander.van <= self.einde()
    }

    /// The days both have.
    pub fn doorsnede(&self, ander: &Periode) -> Option<Periode> {
        let end = self.einde().min(ander.einde());
        Periode::new(self.van.max(ander.van), (end != Date::MAX).then_some(end))
    }

    /// The same period with this last day; `None` when that lies before the first.
    pub fn met_einde(&self, tot_en_met: Option<Date>) -> Option<Periode> {
        Periode::new(self.van, tot_en_met)
    }

    /// How many days; `None` without an end.
    pub fn dagen(&self) -> Option<i64> {
        self.tot_en_met.map(|end| days_between(self.van, end) + 1)
    }
}

/// From `2017-01-01 t/m 2017-12-31`.
impl fmt::Display for Periode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.tot_en_met {
            Some(end) => write!(f, "{} t/m {end}", self.van),
            None => write!(f, "vanaf {}", self.van),
        }
    }
}

/// A calendar month, shown as `2017-12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Maand {
    jaar: i16,
    maand: i8,
}

impl Maand {
    /// The month with this year and number 1-12; `None` outside the years 1 to 9998.
    pub fn new(jaar: i16, maand: i8) -> Option<Maand> {
        ((1..=9998).contains(&jaar) && (1..=12).contains(&maand)).then_some(Maand { jaar, maand })
    }

    /// The month in which the day lies.
    pub fn van_dag(dag: Date) -> Maand {
        Maand { jaar: dag.year(), maand: dag.month() }
    }

    /// The year.
    pub fn jaar(self) -> i16 {
        self.jaar
    }

    /// The number of the month, 1-12.
    pub fn nummer(self) -> i8 {
        self.maand
    }

    /// The first day.
    pub fn eerste_dag(self) -> Date {
        Date::new(self.jaar, self.maand, 1).expect("a month has a first day")
    }

    /// The last day.
    pub fn laatste_dag(self) -> Date {
        self.eerste_dag().last_of_month()
    }

    /// All its days.
    pub fn periode(self) -> Periode {
        Periode { van: self.eerste_dag(), tot_en_met: Some(self.laatste_dag()) }
    }

    /// The month before.
    pub fn vorige(self) -> Maand {
        self.plus(-1)
    }

    /// The month after.
    pub fn volgende(self) -> Maand {
        self.plus(1)
    }

    /// The month this many months later, or earlier when negative.
    pub fn plus(self, maanden: i32) -> Maand {
        Maand::van_dag(self.eerste_dag().saturating_add(maanden.months()))
    }

    /// A number that counts months, so that months can be subtracted.
    pub fn index(self) -> i32 {
        i32::from(self.jaar) * 12 + i32::from(self.maand) - 1
    }

    /// All months from this one up to and including the other.
    pub fn tot_en_met(self, laatste: Maand) -> impl Iterator<Item = Maand> {
        (0..=laatste.index() - self.index()).map(move |n| self.plus(n))
    }

    /// The Dutch name with the year: `december 2017`.
    pub fn naam(self) -> String {
        const NAMEN: [&str; 12] = [
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ];
        let index = usize::from(self.maand.unsigned_abs()) - 1;
        format!("{} {}", NAMEN[index], self.jaar)
    }
}

impl fmt::Display for Maand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.jaar, self.maand)
    }
}

impl FromStr for Maand {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "een maand ziet eruit als 2017-12";
        let (jaar, maand) = text.trim().split_once('-').ok_or(EXPECTED)?;
        if jaar.len() != 4 || maand.len() != 2 {
            return Err(EXPECTED);
        }
        let jaar = jaar.parse().map_err(|_| EXPECTED)?;
        Maand::new(jaar, maand.parse().map_err(|_| EXPECTED)?).ok_or(EXPECTED)
    }
}

/// How many days `late` lies after `early`; negative when it lies before.
pub fn days_between(early: Date, late: Date) -> i64 {
    i64::from((late - early).get_days())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn p(van: Date, tot: Option<Date>) -> Periode {
        Periode::new(van, tot).unwrap()
    }

    #[test]
    fn both_ends_are_included() {
        let january = Maand::new(2017, 1).unwrap().periode();
        assert!(january.bevat(date(2017, 1, 1)) && january.bevat(date(2017, 1, 31)));
        assert!(!january.bevat(date(2017, 2, 1)));
        assert_eq!(january.dagen(), Some(31));
        assert_eq!(Periode::new(date(2017, 1, 2), Some(date(2017, 1, 1))), None);
    }

    #[test]
    fn periods_overlap_when_they_share_a_day() {
        let open = Periode::vanaf(date(2017, 6, 1));
        let until = p(date(2017, 1, 1), Some(date(2017, 6, 1)));
        assert!(open.overlapt(&until));
        assert_eq!(open.doorsnede(&until), Some(p(date(2017, 6, 1), Some(date(2017, 6, 1)))));
        assert!(!open.overlapt(&p(date(2017, 1, 1), Some(date(2017, 5, 31)))));
    }

    #[test]
    fn months_count_across_years() {
        let december: Maand = "2017-12".parse().unwrap();
        assert_eq!(december.volgende().to_string(), "2018-01");
        assert_eq!(december.plus(-35).to_string(), "2015-01");
        assert_eq!("2015-01".parse::<Maand>().unwrap().tot_en_met(december).count(), 36);
        assert_eq!(december.naam(), "december 2017");
        for wrong in ["2017", "2017-13", "17-12", "2017-1", "x-01", "0000-01"] {
            assert!(wrong.parse::<Maand>().is_err(), "{wrong}");
        }
    }
}
