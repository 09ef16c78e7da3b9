//! Days as numbers, so that millions of them are compared and subtracted cheaply.

use jiff::{
    ToSpan,
    civil::{Date, date},
};

/// The last day of what runs on without an end.
pub const OPEN: i32 = i32::MAX;

const DAG_NUL: Date = date(2000, 1, 1);

/// The number of a day: 0 for 1 January 2000.
pub fn dag(datum: Date) -> i32 {
    (datum - DAG_NUL).get_days()
}

/// The day with this number; the last possible day for [`OPEN`].
pub fn datum(dag: i32) -> Date {
    // More days than the calendar has would not fit in a span.
    const MOST: i32 = 7_000_000;
    DAG_NUL.saturating_add(dag.clamp(-MOST, MOST).days())
}

/// The number of a last day; [`OPEN`] when there is none.
pub(crate) fn laatste_dag(tot_en_met: Option<Date>) -> i32 {
    tot_en_met.map_or(OPEN, dag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_and_its_number_are_the_same_thing() {
        for it in [date(2015, 1, 1), date(2016, 2, 29), date(1987, 5, 4), Date::MAX, Date::MIN] {
            assert_eq!(datum(dag(it)), it);
        }
        assert_eq!(dag(date(2000, 12, 31)), 365);
    }
}
