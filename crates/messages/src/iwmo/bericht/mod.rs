//! The fourteen messages of iWmo 3.2 as types, in the standard's own names, with reader and writer.
//!
//! A class of the standard is a struct, an element a field in `snake_case`, in the order of the
//! schema. A value is a [`Waarde`]: right, wrong with the text that came, or not there. So a rule can
//! judge what is wrong, and a message can be kept as it came. A first message and its return share
//! their classes; `retour_codes` is empty in the first one.
//!
//! [`lees`] lists what departs from the form (level 1: structure, types, lengths, code lists) with
//! file, line, element and code; it never fails on the rest of a message because a part is wrong.
//! [`Bericht::schrijf`] gives the bytes.

pub mod basis;
pub mod codelijst;
pub mod gegevenstype;
pub mod header;
pub(crate) mod klasse;
pub(crate) mod lezer;
pub(crate) mod schrijver;
mod soort;
mod waarde;
pub mod wmo301;
pub mod wmo305;
pub mod wmo307;
pub mod wmo315;
pub mod wmo317;
pub mod wmo319;
pub mod wmo323;

pub use gegevenstype::Gegevenstype;
pub use header::{AntwoordHeader, Header, Kop, RetourHeader};
pub use soort::Berichtsoort;
pub use waarde::{Regel, Waarde};
pub use wmo301::{Wmo301, Wmo302};
pub use wmo305::{Wmo305, Wmo306};
pub use wmo307::{Wmo307, Wmo308};
pub use wmo315::{Wmo315, Wmo316};
pub use wmo317::{Wmo317, Wmo318};
pub use wmo319::{Wmo319, Wmo320};
pub use wmo323::{Wmo323, Wmo325};

use crate::Problem;
use lezer::{Afnemer, Begin, Gelezen, Lezer};
use schrijver::Schrijver;

/// The codes of a class in a return; empty in a first message.
pub type RetourCodes = Vec<Waarde<codelijst::RetourCode>>;

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bericht {
    /// What is allocated.
    Wmo301(Wmo301),
    /// What the provider thinks of a 301.
    Wmo302(Wmo302),
    /// Which deliveries started.
    Wmo305(Wmo305),
    /// What the municipality thinks of a 305.
    Wmo306(Wmo306),
    /// Which deliveries stopped.
    Wmo307(Wmo307),
    /// What the municipality thinks of a 307.
    Wmo308(Wmo308),
    /// Which allocation is asked.
    Wmo315(Wmo315),
    /// What the municipality thinks of the form of a 315.
    Wmo316(Wmo316),
    /// Which change is asked.
    Wmo317(Wmo317),
    /// What the municipality thinks of the form of a 317.
    Wmo318(Wmo318),
    /// What is answered to a request.
    Wmo319(Wmo319),
    /// What the provider thinks of a 319.
    Wmo320(Wmo320),
    /// What is billed.
    Wmo323(Wmo323),
    /// What is granted of a bill.
    Wmo325(Wmo325),
}

/// Reads one message.
///
/// Never panics, whatever the bytes are; hostile input is refused with a problem.
pub fn lees(file: &str, bytes: &[u8]) -> (Option<Bericht>, Vec<Problem>) {
    read(file, bytes, None)
}

/// Reads one message and hands over the clients of a bill (323 or 325) one by one, as they come.
///
/// The message that comes back then has no clients in it, so that a large bill takes little memory.
pub fn lees_per_client(
    file: &str,
    bytes: &[u8],
    client: &mut dyn FnMut(wmo323::Client),
) -> (Option<Bericht>, Vec<Problem>) {
    read(file, bytes, Some(client))
}

fn read(file: &str, bytes: &[u8], afnemer: Option<Afnemer<'_>>) -> (Option<Bericht>, Vec<Problem>) {
    let begin = match lezer::begin(file, bytes) {
        Ok(begin) => begin,
        Err(problem) => return (None, vec![problem]),
    };
    let Begin { soort, open, .. } = begin;
    let mut lezer = Lezer::new(begin, afnemer);
    let read = read_kind(soort, &mut lezer, &open);
    let mut problems = lezer.into_problems();
    match read {
        Ok(bericht) => (Some(bericht), problems),
        Err(problem) => {
            problems.push(problem);
            (None, problems)
        }
    }
}

/// Does the same with a message of any kind.
macro_rules! per_soort {
    ($($soort:ident)+) => {
        fn read_kind(
            soort: Berichtsoort,
            lezer: &mut Lezer<'_, '_>,
            open: &crate::iwmo::xml::Open<'_>,
        ) -> Gelezen<Bericht> {
            match soort {
                $(Berichtsoort::$soort => lezer.bericht(open).map(Bericht::$soort),)+
            }
        }

        impl Bericht {
            /// Which kind of message it is.
            pub const fn soort(&self) -> Berichtsoort {
                match self {
                    $(Bericht::$soort(_) => Berichtsoort::$soort,)+
                }
            }

            /// What every header has.
            pub const fn kop(&self) -> Kop<'_> {
                match self {
                    $(Bericht::$soort(it) => it.header.kop(),)+
                }
            }

            /// The bytes of the message: UTF-8 without byte order mark, lines that end with CRLF.
            ///
            /// Values are written as they are, wrong ones too.
            pub fn schrijf(&self) -> Vec<u8> {
                match self {
                    $(Bericht::$soort(it) => Schrijver::bericht(self.soort(), it),)+
                }
            }
        }

        $(
            impl From<$soort> for Bericht {
                fn from(bericht: $soort) -> Bericht {
                    Bericht::$soort(bericht)
                }
            }
        )+
    };
}

per_soort! {
    Wmo301 Wmo302 Wmo305 Wmo306 Wmo307 Wmo308 Wmo315 Wmo316 Wmo317 Wmo318 Wmo319 Wmo320 Wmo323
    Wmo325
}
