//! Dates as people read and write them.

use domain::{Maand, periode::days_between};
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};

/// A date in a table: `06-11-2017`.
pub(crate) fn kort(dag: Date) -> String {
    format!("{:02}-{:02}-{:04}", dag.day(), dag.month(), dag.year())
}

/// A date in a sentence: `6 november 2017`.
pub(crate) fn lang(dag: Date) -> String {
    format!("{} {}", dag.day(), Maand::van_dag(dag).naam())
}

/// A moment on the clock in the Netherlands: `6 november 2017, 14.03 uur`.
pub(crate) fn moment(moment: Timestamp) -> String {
    let there = moment.to_zoned(amsterdam());
    format!("{}, {:02}.{:02} uur", lang(there.date()), there.hour(), there.minute())
}

/// Day and time of a moment on the clock in the Netherlands.
pub(crate) fn lokaal(moment: Timestamp) -> DateTime {
    moment.to_zoned(amsterdam()).datetime()
}

/// The day of a moment in the Netherlands.
pub fn dag(moment: Timestamp) -> Date {
    moment.to_zoned(amsterdam()).date()
}

/// The last moment of a day in the Netherlands: what is recorded up to then was known that day.
pub fn einde_van(dag: Date) -> Timestamp {
    let next = dag.tomorrow().unwrap_or(dag);
    let start = next.to_zoned(amsterdam()).map(|it| it.timestamp());
    start.map_or(Timestamp::MAX, |it| {
        it.checked_sub(jiff::SignedDuration::from_nanos(1)).unwrap_or(it)
    })
}

fn amsterdam() -> TimeZone {
    TimeZone::get("Europe/Amsterdam").unwrap_or(TimeZone::UTC)
}

/// A date a user typed: `6-11-2017` or `2017-11-06`, between 1890 and 2100.
pub(crate) fn lees(tekst: &str) -> Result<Date, &'static str> {
    const EXPECTED: &str = "vul een datum in als 06-11-2017";
    let parts: Vec<&str> = tekst.trim().split(['-', '/', '.', ' ']).collect();
    let [first, month, last] = parts[..] else { return Err(EXPECTED) };
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    if year.len() != 4 || day.len() > 2 || month.len() > 2 {
        return Err(EXPECTED);
    }
    let number = |it: &str| it.parse::<i16>().map_err(|_| EXPECTED);
    let small = |it: &str| number(it).and_then(|it| i8::try_from(it).map_err(|_| EXPECTED));
    let year = number(year)?;
    if !(1890..=2100).contains(&year) {
        return Err("vul een jaar in van 1890 tot en met 2100");
    }
    Date::new(year, small(month)?, small(day)?).map_err(|_| "deze datum bestaat niet")
}

/// How far off a due date is, in at most twenty characters: `2 dagen te laat`.
pub(crate) fn nog(uiterste: Date, vandaag: Date) -> String {
    match days_between(vandaag, uiterste) {
        0 => "vandaag".to_owned(),
        1 => "morgen".to_owned(),
        -1 => "1 dag te laat".to_owned(),
        days @ 2..=60 => format!("nog {days} dagen"),
        days if days > 0 => format!("nog {} weken", days / 7),
        days @ -60..0 => format!("{} dagen te laat", -days),
        days => format!("{} weken te laat", -days / 7),
    }
}

/// The age on a day.
pub(crate) fn leeftijd(geboren: Date, op: Date) -> i16 {
    let had_birthday = (op.month(), op.day()) >= (geboren.month(), geboren.day());
    op.year() - geboren.year() - i16::from(!had_birthday)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn dates_read_as_they_are_written() {
        for (text, expected) in [
            ("06-11-2017", Some(date(2017, 11, 6))),
            ("6-1-2017", Some(date(2017, 1, 6))),
            ("2017-11-06", Some(date(2017, 11, 6))),
            ("31-02-2017", None),
            ("06-11-17", None),
            ("06-11-9999", None),
            ("-1--1-2017", None),
            ("morgen", None),
        ] {
            assert_eq!(lees(text).ok(), expected, "{text}");
        }
        assert_eq!(lang(date(2017, 11, 6)), "6 november 2017");
        assert_eq!(kort(date(2017, 11, 6)), "06-11-2017");
    }

    #[test]
    fn a_due_date_says_how_far_off_it_is() {
        let today = date(2017, 11, 6);
        for (due, words) in [
            (date(2017, 11, 4), "2 dagen te laat"),
            (date(2017, 11, 5), "1 dag te laat"),
            (date(2017, 11, 6), "vandaag"),
            (date(2017, 11, 7), "morgen"),
            (date(2017, 12, 6), "nog 30 dagen"),
            (date(2018, 11, 6), "nog 52 weken"),
            (date(2016, 11, 6), "52 weken te laat"),
        ] {
            assert_eq!(nog(due, today), words);
            assert!(words.len() <= 20);
        }
    }

    #[test]
    fn a_day_ends_by_the_clock_in_the_netherlands() {
        let summer = einde_van(date(2017, 7, 1));
        assert!(summer.to_string().starts_with("2017-07-01T21:59:59.9"), "{summer}");
        assert_eq!(dag(summer), date(2017, 7, 1));
        assert_eq!(leeftijd(date(1947, 3, 12), date(2017, 3, 11)), 69);
        assert_eq!(leeftijd(date(1947, 3, 12), date(2017, 3, 12)), 70);
    }
}
