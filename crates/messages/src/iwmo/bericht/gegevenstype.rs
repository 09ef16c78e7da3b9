//! The simple types of the standard: how a value is written, and which ones are allowed.
//!
//! Each is a name for the compiler only; [`Gegevenstype`] tells what a value of it looks like. The
//! limits are those of the published schema; what rules ask beyond that is for the rules.

use std::{borrow::Cow, fmt::Debug};

use jiff::civil::{Date, Time};

use crate::iwmo::bericht::Berichtsoort;

/// A simple type of the standard.
pub trait Gegevenstype: Sized + 'static {
    /// The value in the program.
    type Inhoud: Clone + Debug + PartialEq + Eq;

    /// Whether a wrong value may be repeated in a problem: not when it may say who somebody is.
    const TOONBAAR: bool = false;

    /// The value that a text is, if it is one.
    fn lees(tekst: &str, soort: Berichtsoort) -> Option<Self::Inhoud>;

    /// The text of a value.
    fn schrijf(inhoud: &Self::Inhoud) -> Cow<'_, str>;

    /// What a value looks like, in Dutch.
    fn verwacht(soort: Berichtsoort) -> String;
}

/// Makes a type of which the value is a text.
macro_rules! tekst {
    ($(#[$doc:meta])* $naam:ident, $toon:literal, $lees:expr, $verwacht:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $naam;

        impl Gegevenstype for $naam {
            type Inhoud = Box<str>;

            const TOONBAAR: bool = $toon;

            fn lees(tekst: &str, soort: Berichtsoort) -> Option<Box<str>> {
                let is_right: fn(&str, Berichtsoort) -> bool = $lees;
                is_right(tekst, soort).then(|| tekst.into())
            }

            fn schrijf(inhoud: &Box<str>) -> Cow<'_, str> {
                Cow::Borrowed(inhoud)
            }

            fn verwacht(soort: Berichtsoort) -> String {
                let verwacht: fn(Berichtsoort) -> String = $verwacht;
                verwacht(soort)
            }
        }
    };
}

/// Makes types of which the value is one line of text of at most so many characters.
macro_rules! regel_tekst {
    ($($(#[$doc:meta])* $naam:ident $most:literal)+) => {
        $(tekst! {
            $(#[$doc])*
            $naam, false,
            |it, _| at_most(it, $most) && is_line(it),
            |_| format!("een tekst van 1 tot en met {} tekens op een regel", $most)
        })+
    };
}

/// Makes types of which the value is a whole number up to some limit.
macro_rules! getal {
    ($($(#[$doc:meta])* $naam:ident $type:ty, $most:literal)+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq)]
            pub struct $naam;

            impl Gegevenstype for $naam {
                type Inhoud = $type;

                const TOONBAAR: bool = true;

                fn lees(tekst: &str, _: Berichtsoort) -> Option<$type> {
                    getal(tekst).filter(|it| *it <= $most).and_then(|it| it.try_into().ok())
                }

                fn schrijf(inhoud: &$type) -> Cow<'_, str> {
                    Cow::Owned(inhoud.to_string())
                }

                fn verwacht(_: Berichtsoort) -> String {
                    format!("een geheel getal van 0 tot en met {}", $most as u64)
                }
            }
        )+
    };
}

/// Makes types of which the value is a text of exactly so many digits.
macro_rules! cijfers {
    ($($(#[$doc:meta])* $naam:ident $many:literal)+) => {
        $(tekst! {
            $(#[$doc])*
            $naam, false,
            |it, _| digits(it, $many),
            |_| format!("een nummer van precies {} cijfers", $many)
        })+
    };
}

regel_tekst! {
    /// A name of a person.
    Naam 200
    /// What precedes a surname.
    Voorvoegsel 10
    /// A street.
    Straatnaam 24
    /// A place.
    Plaatsnaam 80
    /// A postcode, of the Netherlands or elsewhere.
    Postcode 8
    /// The letter of a house.
    Huisletter 1
    /// What is added to the number of a house.
    HuisnummerToevoeging 4
    /// An address for email.
    Emailadres 80
    /// The name of an organisation.
    Organisatienaam 35
    /// The number of a country in the telephone network.
    Landnummer 4
    /// A language.
    Taal 25
    /// The key of a relation of the client.
    Persoonsid 20
    /// A reference of the provider.
    Referentie 36
    /// The sender's own key of a message.
    IdentificatieBericht 12
    /// The name of who referred a client.
    NaamVerwijzer 64
}

getal! {
    /// A number of an allocation or decision.
    Nummer u32, 999_999_999
    /// A volume.
    Volume u32, 99_999_999
    /// An amount of one line, in eurocents.
    Bedrag u64, 99_999_999
    /// A budget, in eurocents.
    Budget u64, 99_999_999
    /// An amount of a whole bill, in eurocents.
    TotaalBedrag u64, 999_999_999_999
    /// The number of a house.
    Huisnummer u32, 99_999
    /// In which order relations are called.
    RelatieVolgorde u32, 99
}

cijfers! {
    /// A BSN; whether it passes the elfproef is for rule CS002.
    BurgerServicenummer 9
    /// The AGB code of a provider.
    AgbCode 8
}

tekst! {
    /// A product code, which municipality and provider agree on.
    ProductCode, true,
    |it, _| at_most(it, 5) && is_line(it),
    |_| "een productcode van ten hoogste vijf tekens".to_owned()
}

tekst! {
    /// The provider's own number of a billed line.
    ReferentieNummer, false,
    |it, _| at_most(it, 20),
    |_| "een tekst van 1 tot en met 20 tekens".to_owned()
}

tekst! {
    /// The provider's own number of a bill; in the bill itself letters and digits only.
    IdentificatieDeclaratie, false,
    |it, soort| {
        let free = soort != Berichtsoort::Wmo323;
        at_most(it, 12) && (free || it.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    },
    |_| "1 tot en met 12 letters en cijfers".to_owned()
}

tekst! {
    /// A remark in words.
    Commentaar, false,
    |it, _| it.contains(|letter| !is_space(letter)),
    |_| "een tekst die niet leeg is".to_owned()
}

tekst! {
    /// A telephone number within its country.
    Telefoonnummer, false,
    |it, _| (1..=15).contains(&it.len()) && digits(it, it.len()),
    |_| "1 tot en met 15 cijfers".to_owned()
}

tekst! {
    /// First letters of first names.
    Voorletters, false,
    |it, _| at_most(it, 6) && it.chars().all(is_letter),
    |_| "1 tot en met 6 letters, zonder punten".to_owned()
}

tekst! {
    /// The version of a schema or a set of checks.
    Versie, true,
    |it, _| versie(it),
    |_| "een versie als 1.0.0".to_owned()
}

tekst! {
    /// The code of the kind of message.
    BerichtCode, true,
    |it, soort| it == soort.code(),
    |soort| format!("de code {}", soort.code())
}

tekst! {
    /// The release of the standard.
    BerichtVersie, true,
    |it, _| getal(it) == Some(3) && it.trim_ascii() == "3",
    |_| "de code 3".to_owned()
}

tekst! {
    /// The release within the release.
    BerichtSubversie, true,
    |it, _| getal(it) == Some(2) && it.trim_ascii() == "2",
    |_| "de code 2".to_owned()
}

tekst! {
    /// Whose name stands under a message: a municipality or a provider, after the kind of message.
    Afzender, false,
    |it, soort| digits(it, digits_of(soort.gemeente_is_afzender())),
    |soort| partij(soort.gemeente_is_afzender())
}

tekst! {
    /// To whom a message goes: a provider or a municipality, after the kind of message.
    Ontvanger, false,
    |it, soort| digits(it, digits_of(!soort.gemeente_is_afzender())),
    |soort| partij(!soort.gemeente_is_afzender())
}

/// A day, without time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Datum;

impl Gegevenstype for Datum {
    type Inhoud = Date;

    fn lees(tekst: &str, _: Berichtsoort) -> Option<Date> {
        datum(tekst)
    }

    fn schrijf(inhoud: &Date) -> Cow<'_, str> {
        Cow::Owned(inhoud.to_string())
    }

    fn verwacht(_: Berichtsoort) -> String {
        "een datum als 2025-01-31, zonder tijdzone".to_owned()
    }
}

/// A time, without time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tijd;

impl Gegevenstype for Tijd {
    type Inhoud = Time;

    fn lees(tekst: &str, _: Berichtsoort) -> Option<Time> {
        tijd(tekst)
    }

    fn schrijf(inhoud: &Time) -> Cow<'_, str> {
        Cow::Owned(inhoud.to_string())
    }

    fn verwacht(_: Berichtsoort) -> String {
        "een tijd als 09:30:00, zonder tijdzone".to_owned()
    }
}

const fn digits_of(gemeente: bool) -> usize {
    if gemeente { 4 } else { 8 }
}

fn partij(gemeente: bool) -> String {
    let wie = if gemeente { "gemeente" } else { "aanbieder" };
    format!("een nummer van precies {} cijfers (de {wie})", digits_of(gemeente))
}

/// Whether a text has at least one and at most so many characters.
fn at_most(text: &str, most: usize) -> bool {
    !text.is_empty() && (text.len() <= most || text.chars().count() <= most)
}

/// What the schema calls white space.
const fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\n' | '\r')
}

/// Whether a text stands on one line and is not blank.
fn is_line(text: &str) -> bool {
    let mut blank = true;
    for byte in text.bytes() {
        if matches!(byte, b'\n' | b'\r') {
            return false;
        }
        blank &= matches!(byte, b' ' | b'\t');
    }
    !blank
}

/// The letters of the schema: those of ASCII, and the range from A-grave to y-with-grave.
const fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphabetic() || matches!(letter, '\u{c0}'..='\u{1ef3}')
}

fn digits(text: &str, many: usize) -> bool {
    text.len() == many && text.bytes().all(|it| it.is_ascii_digit())
}

/// A whole number that is not below zero, as XML Schema writes it.
pub(crate) fn getal(text: &str) -> Option<u64> {
    let text = text.trim_ascii();
    let digits = text.strip_prefix('+').unwrap_or(text);
    let (digits, negative) = match text.strip_prefix('-') {
        Some(rest) => (rest, true),
        None => (digits, false),
    };
    let form = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
    let digits = digits.trim_start_matches('0');
    if !form || digits.len() > 18 || (negative && !digits.is_empty()) {
        return None;
    }
    Some(digits.bytes().fold(0, |sum, it| sum * 10 + u64::from(it - b'0')))
}

/// A day as `2025-01-31`, without time zone.
pub(crate) fn datum(text: &str) -> Option<Date> {
    let bytes = text.trim_ascii().as_bytes();
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = bytes else { return None };
    let (jaar, maand, dag) = (two(y1, y2)? * 100 + two(y3, y4)?, two(m1, m2)?, two(d1, d2)?);
    if jaar == 0 {
        return None;
    }
    Date::new(jaar, i8::try_from(maand).ok()?, i8::try_from(dag).ok()?).ok()
}

/// A time as `09:30:00`, without time zone.
pub(crate) fn tijd(text: &str) -> Option<Time> {
    let text = text.trim_ascii();
    let (whole, part) = text.split_at_checked(8)?;
    let &[h1, h2, b':', m1, m2, b':', s1, s2] = whole.as_bytes() else { return None };
    let nano = match part.strip_prefix('.') {
        None if part.is_empty() => 0,
        Some(part) if digits(part, part.len()) && (1..=9).contains(&part.len()) => {
            format!("{part:0<9}").parse().ok()?
        }
        _ => return None,
    };
    let small = |it: i16| i8::try_from(it).ok();
    Time::new(small(two(h1, h2)?)?, small(two(m1, m2)?)?, small(two(s1, s2)?)?, nano).ok()
}

/// The number of two digits.
const fn two(tens: u8, ones: u8) -> Option<i16> {
    if !tens.is_ascii_digit() || !ones.is_ascii_digit() {
        return None;
    }
    Some((tens - b'0') as i16 * 10 + (ones - b'0') as i16)
}

fn versie(text: &str) -> bool {
    let number = |it: &str| {
        let plain = it == "0" || !it.starts_with('0');
        plain && !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit())
    };
    text.split('.').count() == 3 && text.split('.').all(number)
}
