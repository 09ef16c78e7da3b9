//! The holiday table and the legal terms against a second computation.

use domain::{
    feestdag::{FEESTDAGEN, is_werkdag},
    termijn::uiterste_dag,
};
use jiff::{
    ToSpan,
    civil::{Date, Weekday, date},
};

/// Every holiday of the law, from Gauss's computation of Easter instead of the table.
#[test]
fn the_table_is_what_easter_and_the_law_say() {
    let mut expected: Vec<Date> = Vec::new();
    for year in 2015..=2040 {
        let easter = easter(year);
        let koningsdag = date(year, 4, 27);
        let sunday = koningsdag.weekday() == Weekday::Sunday;
        expected.extend([date(year, 1, 1), date(year, 5, 5), date(year, 12, 25)]);
        expected.push(date(year, 12, 26));
        expected.push(if sunday { date(year, 4, 26) } else { koningsdag });
        expected.extend([-2, 1, 39, 50].map(|days: i64| easter.saturating_add(days.days())));
    }
    expected.sort();
    let table: Vec<Date> = FEESTDAGEN.iter().map(|(day, _)| *day).collect();
    assert_eq!(table, expected);
}

/// For every start from 2015 to 2039: no earlier working day lies between the bare end and the end.
#[test]
fn every_term_ends_on_the_first_working_day_from_its_bare_end() {
    let mut start = date(2015, 1, 1);
    while start < date(2040, 1, 1) {
        for weken in [1, 2, 6, 12] {
            let bare = start.saturating_add(i64::from(weken).weeks());
            let end = uiterste_dag(start, weken, 0);
            assert!(is_werkdag(end), "{start} + {weken} weeks ends on {end}");
            let between = bare.series(1.day()).take_while(|it| *it < end);
            assert!(between.into_iter().all(|it| !is_werkdag(it)), "{start} + {weken}: {end}");
            assert!(end >= bare);
        }
        start = start.saturating_add(1.day());
    }
}

/// Easter Sunday by Gauss's formula, good for 1900-2099 (with its two exceptions outside 2015-2040).
fn easter(year: i16) -> Date {
    let (a, b, c) = (year % 19, year % 4, year % 7);
    let d = (19 * a + 24) % 30;
    let e = (2 * b + 4 * c + 6 * d + 5) % 7;
    date(year, 3, 22).saturating_add(i64::from(d + e).days())
}
