//! The one place where the clock is read.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// The moment it is.
#[expect(clippy::disallowed_methods, reason = "the binary is where the clock is read")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// The day it is in the Netherlands.
pub(crate) fn today() -> Date {
    day_of(now())
}

/// The day in the Netherlands of a moment.
pub(crate) fn day_of(moment: Timestamp) -> Date {
    let zone = TimeZone::get("Europe/Amsterdam").unwrap_or(TimeZone::UTC);
    moment.to_zoned(zone).date()
}

/// The last moment of a day in the Netherlands: what is recorded up to then was known that day.
pub(crate) fn end_of_day(day: Date) -> Timestamp {
    let zone = TimeZone::get("Europe/Amsterdam").unwrap_or(TimeZone::UTC);
    let next = day.tomorrow().unwrap_or(day);
    let start = next.to_zoned(zone).map(|it| it.timestamp()).unwrap_or(Timestamp::MAX);
    start.checked_sub(jiff::Span::new().nanoseconds(1)).unwrap_or(start)
}
