//! The holiday table and the legal terms against a second computation.

use domain::{
    feestdag::FEESTDAGEN,
    ontvangst::plan_uiterste_dag,
    termijn::{plus_werkdagen, uiterste_dag},
};
use jiff::{
    ToSpan,
    civil::{Date, Weekday, date},
};

/// Every holiday of the law, from Gauss's computation of Easter instead of the table.
#[test]
fn the_table_is_what_easter_and_the_law_say() {
    let mut expected: Vec<Date> = Vec::new();
    for year in 2015..=2041 {
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

/// A term with the day on which it ends, given the day on which it starts.
type Term = (&'static str, fn(Date) -> Date);

/// The terms of the access: enquiry, decision and bezwaar, the personal plan, a provider's answer.
const TERMS: [Term; 4] = [
    ("6 weken", |it| uiterste_dag(it, 6, 0)),
    ("2 weken", |it| uiterste_dag(it, 2, 0)),
    ("7 dagen", plan_uiterste_dag),
    ("5 werkdagen", |it| plus_werkdagen(it, 5)),
];

/// All 9,497 starts of 2015 to 2040, against numpy's business days over other people's holidays.
#[test]
fn every_term_ends_as_a_second_computation_says() {
    let expected = include_str!("../reference/termijnen_expected.csv");
    let mut rows = expected.lines().filter(|it| !it.starts_with('#')).skip(1);
    let mut starts = [0; TERMS.len()];
    for year in 2015..=2040 {
        for (at, (name, term)) in TERMS.iter().enumerate() {
            let row = rows.next().unwrap();
            let days = row.strip_prefix(&format!("{year},{name},")).expect(row).chars();
            let dates = date(year, 1, 1).series(1.day()).take_while(|it| it.year() == year);
            for (start, code) in dates.zip(days) {
                let length = i64::from(code.to_digit(36).unwrap()) + bare(name);
                assert_eq!(term(start), start.saturating_add(length.days()), "{name} from {start}");
                starts[at] += 1;
            }
        }
    }
    assert_eq!((starts, rows.next()), ([9497; TERMS.len()], None));
}

/// The days from which the file counts.
fn bare(name: &str) -> i64 {
    match name {
        "6 weken" => 42,
        "2 weken" => 14,
        "7 dagen" => 7,
        _ => 0,
    }
}

/// Easter Sunday by Gauss's formula, good for 1900-2099 (with its two exceptions outside 2015-2041).
fn easter(year: i16) -> Date {
    let (a, b, c) = (year % 19, year % 4, year % 7);
    let d = (19 * a + 24) % 30;
    let e = (2 * b + 4 * c + 6 * d + 5) % 7;
    date(year, 3, 22).saturating_add(i64::from(d + e).days())
}
