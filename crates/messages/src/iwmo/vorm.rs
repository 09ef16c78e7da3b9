//! The form of a message as data: which elements, in which order, how often, with which values.

use domain::ProductCode;
use jiff::civil::{Date, Time};

use crate::{
    Problem,
    iwmo::{
        MAX_PROBLEMS,
        boom::{Element, Ruimte},
        code,
    },
};

/// An element that may lie in another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Veld {
    naam: &'static str,
    ruimte: Ruimte,
    verplicht: bool,
    vaker: bool,
    inhoud: Inhoud,
}

/// What lies in an element.
#[derive(Debug, Clone, Copy)]
enum Inhoud {
    Waarde(Waarde),
    Groep(&'static [Veld]),
}

/// Which values an element may have.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Waarde {
    /// Exactly this many digits.
    Cijfers(usize),
    /// A whole number from 0 up to this one.
    Getal(u64),
    /// A day without time zone.
    Datum,
    /// A time without time zone.
    Tijd,
    /// One of these codes.
    Code(&'static [&'static str]),
    /// A text of at most this many characters that is not blank.
    Tekst(usize),
    /// At most this many letters.
    Letters(usize),
    /// At most this many letters and digits without accents.
    LettersCijfers(usize),
    /// A product code.
    Productcode,
    /// Three numbers with dots.
    Versie,
}

impl Veld {
    /// An element that comes once and has a value.
    pub(crate) const fn een(naam: &'static str, waarde: Waarde) -> Veld {
        Veld::new(naam, Inhoud::Waarde(waarde))
    }

    /// An element that comes once and has elements in it.
    pub(crate) const fn groep(naam: &'static str, velden: &'static [Veld]) -> Veld {
        Veld::new(naam, Inhoud::Groep(velden))
    }

    /// The same, but it may be left out.
    pub(crate) const fn mag(self) -> Veld {
        Veld { verplicht: false, ..self }
    }

    /// The same, but it may come more than once.
    pub(crate) const fn vaker(self) -> Veld {
        Veld { vaker: true, ..self }
    }

    /// The same, in the namespace of the shared types.
    pub(crate) const fn basis(self) -> Veld {
        Veld { ruimte: Ruimte::Basis, ..self }
    }

    const fn new(naam: &'static str, inhoud: Inhoud) -> Veld {
        Veld { naam, ruimte: Ruimte::Bericht, verplicht: true, vaker: false, inhoud }
    }
}

/// Compares an element with its form; what is wrong is listed and marked as not to be used.
pub(crate) fn check(
    file: &str,
    element: &mut Element<'_>,
    velden: &[Veld],
    problems: &mut Vec<Problem>,
) {
    if problems.len() >= MAX_PROBLEMS {
        return;
    }
    let mut list = |regel: u64, naam: &str, code, text: String| {
        problems.push(Problem::fout(file, code, text).on_line(regel).in_element(naam));
    };
    if !element.tekst.is_empty() {
        let text = format!("in {} horen elementen, geen losse tekst", element.naam);
        list(element.regel, &element.naam, code::INHOUD, text);
    }
    let mut seen = vec![false; velden.len()];
    let mut last = 0;
    for kind in &mut element.kinderen {
        let Some(at) = velden.iter().position(|it| it.naam == kind.naam) else {
            let text = format!("{} hoort niet in {}", kind.naam, element.naam);
            list(kind.regel, &kind.naam, code::ONBEKEND, text);
            kind.fout = true;
            continue;
        };
        let veld = &velden[at];
        if veld.ruimte != kind.ruimte {
            let text = format!("{} ligt in een andere naamruimte dan hoort", kind.naam);
            list(kind.regel, &kind.naam, code::NAAMRUIMTE, text);
            kind.fout = true;
        } else if seen[at] && !veld.vaker {
            let text = format!("{} mag maar een keer in {}", kind.naam, element.naam);
            list(kind.regel, &kind.naam, code::DUBBEL, text);
            kind.fout = true;
            continue;
        } else if at < last {
            let text = format!("{} hoort voor {}", kind.naam, velden[last].naam);
            list(kind.regel, &kind.naam, code::VOLGORDE, text);
        }
        seen[at] = true;
        last = last.max(at);
    }
    for (veld, _) in velden.iter().zip(&seen).filter(|(veld, seen)| veld.verplicht && !**seen) {
        let text = format!("{} ontbreekt in {}", veld.naam, element.naam);
        list(element.regel, veld.naam, code::ONTBREEKT, text);
    }
    for kind in element.kinderen.iter_mut().filter(|it| !it.fout) {
        match velden.iter().find(|it| it.naam == kind.naam).map(|it| it.inhoud) {
            Some(Inhoud::Groep(velden)) => check(file, kind, velden, problems),
            Some(Inhoud::Waarde(waarde)) => check_value(file, kind, waarde, problems),
            None => {}
        }
    }
}

fn check_value(file: &str, element: &mut Element<'_>, waarde: Waarde, problems: &mut Vec<Problem>) {
    let expected = if !element.kinderen.is_empty() {
        Some((code::INHOUD, "een waarde zonder elementen erin".to_owned()))
    } else if waarde.is_right(&element.tekst) {
        None
    } else {
        Some((code::WAARDE, waarde.expected()))
    };
    if let Some((code, expected)) = expected {
        element.fout = true;
        let found = match waarde {
            // Only codes and numbers are repeated: other values may say who somebody is.
            Waarde::Code(_) | Waarde::Getal(_) | Waarde::Productcode
                if element.tekst.len() <= 20 =>
            {
                format!(", niet \"{}\"", element.tekst)
            }
            _ => String::new(),
        };
        let text = format!("hier hoort {expected}{found}");
        let problem = Problem::fout(file, code, text);
        problems.push(problem.on_line(element.regel).in_element(&element.naam));
    }
}

impl Waarde {
    /// Whether the text is such a value.
    fn is_right(self, text: &str) -> bool {
        let digits = || text.bytes().all(|it| it.is_ascii_digit());
        let at_most = |n: usize| (1..=n).contains(&text.chars().count());
        match self {
            Waarde::Cijfers(n) => text.len() == n && digits(),
            Waarde::Getal(most) => getal(text).is_some_and(|it| it <= most),
            Waarde::Datum => datum(text).is_some(),
            Waarde::Tijd => tijd(text).is_some(),
            Waarde::Code(codes) => codes.contains(&text),
            Waarde::Tekst(n) => at_most(n) && !text.trim().is_empty(),
            Waarde::Letters(n) => at_most(n) && text.chars().all(char::is_alphabetic),
            Waarde::LettersCijfers(n) => {
                at_most(n) && text.bytes().all(|it| it.is_ascii_alphanumeric())
            }
            Waarde::Productcode => text.parse::<ProductCode>().is_ok(),
            Waarde::Versie => versie(text),
        }
    }

    /// What such a value looks like.
    fn expected(self) -> String {
        match self {
            Waarde::Cijfers(n) => format!("een nummer van precies {n} cijfers"),
            Waarde::Getal(most) => format!("een geheel getal van 0 tot en met {most}"),
            Waarde::Datum => "een datum als 2025-01-31, zonder tijdzone".to_owned(),
            Waarde::Tijd => "een tijd als 09:30:00, zonder tijdzone".to_owned(),
            Waarde::Code([only]) => format!("de code {only}"),
            Waarde::Code(codes) => format!("een van de codes {}", codes.join(", ")),
            Waarde::Tekst(n) => format!("een tekst van 1 tot en met {n} tekens"),
            Waarde::Letters(n) => format!("1 tot en met {n} letters, zonder punten"),
            Waarde::LettersCijfers(n) => format!("1 tot en met {n} letters en cijfers"),
            Waarde::Productcode => "een productcode van precies vijf letters of cijfers".to_owned(),
            Waarde::Versie => "een versie als 1.0.0".to_owned(),
        }
    }
}

/// A whole number of digits only.
pub(crate) fn getal(text: &str) -> Option<u64> {
    let digits = text.trim_ascii();
    let form = (1..=18).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit());
    if form { digits.parse().ok() } else { None }
}

/// A day as `2025-01-31`, without time zone.
pub(crate) fn datum(text: &str) -> Option<Date> {
    let text = text.trim_ascii();
    let bytes = text.as_bytes();
    let form = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, it)| match at {
            4 | 7 => *it == b'-',
            _ => it.is_ascii_digit(),
        });
    if form { text.parse().ok() } else { None }
}

/// A time as `09:30:00`, without time zone.
pub(crate) fn tijd(text: &str) -> Option<Time> {
    let text = text.trim_ascii();
    let form = text.len() >= 8
        && text.bytes().all(|it| it.is_ascii_digit() || it == b':' || it == b'.')
        && text.bytes().filter(|it| *it == b':').count() == 2;
    if form { text.parse().ok() } else { None }
}

fn versie(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let number = |it: &&str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    parts.len() == 3 && parts.iter().all(number)
}

/// Reading values out of an element that was checked. `None` means: what lies around it is left out.
impl<'a> Element<'a> {
    /// The first element in it with this name, right or wrong.
    fn first(&self, naam: &str) -> Option<&Element<'a>> {
        self.kinderen.iter().find(|it| it.naam == naam)
    }

    /// The element with this name, if it is there and right.
    pub(crate) fn kind(&self, naam: &str) -> Option<&Element<'a>> {
        self.first(naam).filter(|it| !it.fout)
    }

    /// All elements with this name that are right.
    pub(crate) fn alle<'e>(&'e self, naam: &'e str) -> impl Iterator<Item = &'e Element<'a>> {
        self.kinderen.iter().filter(move |it| it.naam == naam && !it.fout)
    }

    /// The text of the element with this name, or nothing.
    pub(crate) fn tekst_van(&self, naam: &str) -> String {
        self.kind(naam).map_or(String::new(), |it| it.tekst.trim().to_owned())
    }

    /// A value that must be there.
    pub(crate) fn verplicht<T>(&self, naam: &str, read: fn(&str) -> Option<T>) -> Option<T> {
        read(&self.kind(naam)?.tekst)
    }

    /// A value that may be left out; when it is there it must be right.
    pub(crate) fn mogelijk<T>(&self, naam: &str, read: fn(&str) -> Option<T>) -> Option<Option<T>> {
        match self.first(naam) {
            None => Some(None),
            Some(it) if it.fout => None,
            Some(it) => read(&it.tekst).map(Some),
        }
    }

    /// A group that may be left out; when it is there it must be right.
    pub(crate) fn mogelijke_groep<T>(
        &self,
        naam: &str,
        read: fn(&Element<'_>) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.first(naam) {
            None => Some(None),
            Some(it) if it.fout => None,
            Some(it) => read(it).map(Some),
        }
    }
}
