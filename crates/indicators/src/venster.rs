//! A run of months, and in which of them a day lies, by one look in a table.

use domain::Maand;

use crate::dag::dag;

/// Months from the first up to and including the last, as numbered slots.
///
/// Slot 0 is everything before, slots `1..=aantal` are the months, `aantal + 1` everything after.
#[derive(Debug, Clone)]
pub struct Venster {
    van: Maand,
    aantal: usize,
    eerste_dag: i32,
    slots: Vec<u16>,
}

impl Venster {
    /// The months from `van` up to and including `tot`; `None` when there is none, or more than
    /// the 65,000 that can be numbered.
    pub fn new(van: Maand, tot: Maand) -> Option<Venster> {
        let aantal = usize::try_from(tot.index() - van.index() + 1).ok().filter(|it| *it > 0)?;
        u16::try_from(aantal).ok().filter(|it| *it < 65_000)?;
        let mut slots = Vec::with_capacity(aantal * 31);
        for (slot, maand) in (1..).zip(van.tot_en_met(tot)) {
            let days = maand.laatste_dag().day().unsigned_abs();
            slots.extend(std::iter::repeat_n(slot, usize::from(days)));
        }
        Some(Venster { van, aantal, eerste_dag: dag(van.eerste_dag()), slots })
    }

    /// How many months.
    pub fn aantal(&self) -> usize {
        self.aantal
    }

    /// The months, in order.
    pub fn maanden(&self) -> impl Iterator<Item = Maand> {
        let n = i32::try_from(self.aantal).unwrap_or(i32::MAX);
        (0..n).map(|it| self.van.plus(it))
    }

    /// The slot in which the day lies.
    #[inline]
    pub fn slot(&self, dag: i32) -> usize {
        match usize::try_from(i64::from(dag) - i64::from(self.eerste_dag)) {
            Err(_) => 0,
            Ok(at) => self.slots.get(at).map_or(self.aantal + 1, |it| usize::from(*it)),
        }
    }

    /// The index of the month in which the day lies, from 0; `None` outside the window.
    #[inline]
    pub fn maand(&self, dag: i32) -> Option<usize> {
        let slot = self.slot(dag);
        (1..=self.aantal).contains(&slot).then(|| slot - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dag::OPEN;

    #[test]
    fn a_day_lies_before_in_or_after_the_months() {
        let maand = |it: &str| it.parse::<Maand>().unwrap();
        let venster = Venster::new(maand("2016-01"), maand("2016-03")).unwrap();
        for (day, slot) in [
            ("2015-12-31", 0),
            ("2016-01-01", 1),
            ("2016-02-29", 2),
            ("2016-03-31", 3),
            ("2016-04-01", 4),
        ] {
            assert_eq!(venster.slot(dag(day.parse().unwrap())), slot, "{day}");
        }
        assert_eq!((venster.slot(OPEN), venster.slot(i32::MIN)), (4, 0));
        assert!(Venster::new(maand("2016-02"), maand("2016-01")).is_none());
    }
}
