//! iWmo messages from and to the log: judged, taken in once, kept under the key of the client.
//!
//! The command line reads them from folders and the website gets them over HTTP; what happens next
//! is the same and stands here. The clock is an argument ([`Moment`]); what was wrong comes back as
//! a list of problems.

mod boek;
mod keep;
mod keuring;
mod ontvangst;
mod stand301;
mod take_in;
mod uitgaand;
mod werkvoorraad;

pub use boek::Boek;
pub use keep::{clienten, is_afgeschermd};
pub use ontvangst::{Bekeken, bekijk, neem_in};
pub use stand301::{
    Afkeuring301, Uitkomst, Voorstel, Waarom, begin, identificatie, relaties, sinds, stel_op,
};
pub use take_in::{Bestand, Inname, Meelezer, Wijze, lees_in, new_client};
pub use uitgaand::{Uitgaand, hop, ingepakt, ontvang_retour, verplaats, zendingen, zet_klaar};
pub use werkvoorraad::{Afgekeurd, Verwacht, Werkvoorraad};

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};

/// The moment at which something is done, and the day it is then in the Netherlands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The moment.
    pub nu: Timestamp,
    /// The day.
    pub vandaag: Date,
}

impl Moment {
    /// Day and time on the clock in the Netherlands.
    pub fn lokaal(&self) -> DateTime {
        lokaal(self.nu)
    }
}

/// Day and time of a moment on the clock in the Netherlands.
pub(crate) fn lokaal(moment: Timestamp) -> DateTime {
    let there = TimeZone::get("Europe/Amsterdam").expect("the time zone is built in");
    moment.to_zoned(there).datetime()
}

/// A new UUID of version 4, for an envelope. RFC 9562.
pub fn uuid() -> String {
    use rand::RngExt as _;
    let mut rng = rand::rng();
    let bits: u128 = (u128::from(rng.random::<u64>()) << 64) | u128::from(rng.random::<u64>());
    let bits = (bits & !(0xF000 << 64) & !(0xC000 << 48)) | (0x4000 << 64) | (0x8000 << 48);
    let text = format!("{bits:032x}");
    [&text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]].join("-")
}

#[test]
fn a_uuid_has_its_version_and_comes_once() {
    let (one, other) = (uuid(), uuid());
    assert_ne!(one, other);
    let parts: Vec<usize> = one.split('-').map(str::len).collect();
    assert_eq!(parts, [8, 4, 4, 4, 12]);
    assert_eq!(one.as_bytes()[14], b'4');
    assert!(b"89ab".contains(&one.as_bytes()[19]));
}
