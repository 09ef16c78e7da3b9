//! The one place where the clock is read.

use jiff::{Timestamp, civil::Date};

/// The moment it is.
#[expect(clippy::disallowed_methods, reason = "the binary is where the clock is read")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// The day it is in the Netherlands.
pub(crate) fn today() -> Date {
    web::datum::dag(now())
}

/// The moment and the day together.
pub(crate) fn moment() -> traffic::Moment {
    traffic::Moment { nu: now(), vandaag: today() }
}
