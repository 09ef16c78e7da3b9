//! Checking a file as a compiler does: every problem with line, element, rule and return code.
//!
//! Needs no data: level 1 (form), level 2 (within the message) and of level 4 the date and the
//! municipality. With a history ([`crate::iwmo::keten::Keten`]) level 3 joins in.

use crate::{
    Ernst, Problem,
    iwmo::{
        bericht::{self, Bericht},
        code,
        keten::Keten,
        regel::{self, Omgeving},
    },
};

/// What came of checking a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uitslag {
    /// The message, as far as it could be read.
    pub bericht: Option<Bericht>,
    /// What is wrong or worth a look, in the order of the file.
    pub problems: Vec<Problem>,
}

impl Uitslag {
    /// Whether nothing is wrong; what is only worth a look does not count.
    pub fn is_goed(&self) -> bool {
        self.bericht.is_some() && self.problems.iter().all(|it| it.ernst != Ernst::Fout)
    }
}

/// Checks one file. With errors of form the rules are not tried: what they would say makes no sense.
pub fn controleer(
    file: &str,
    bytes: &[u8],
    omgeving: &Omgeving<'_>,
    keten: Option<&Keten>,
) -> Uitslag {
    let (bericht, mut problems) = bericht::lees(file, bytes);
    let formed = problems.iter().all(|it| it.ernst != Ernst::Fout);
    if let Some(it) = bericht.as_ref().filter(|_| formed) {
        let mut found = regel::binnen_bericht(it);
        found.extend(keten.into_iter().flat_map(|keten| keten.controleer(it)));
        found.extend(regel::buiten(it, omgeving));
        problems.extend(found.iter().map(|it| it.problem(file)));
    }
    problems.sort_by_key(|it| it.line);
    Uitslag { bericht, problems }
}

/// The lines of a file, to show where a problem is.
#[derive(Debug)]
pub struct Bronregels<'a> {
    bytes: &'a [u8],
    starts: Vec<usize>,
}

/// A line with the part of it that a problem is about, in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragment {
    /// The line, without the white space at its ends.
    pub tekst: String,
    /// Where the part begins.
    pub van: usize,
    /// How long it is; at least one.
    pub lengte: usize,
}

/// Lines longer than this are not shown: a message on one line shows nothing by it.
const MAX_REGEL: usize = 300;

impl<'a> Bronregels<'a> {
    /// Finds the lines once.
    pub fn new(bytes: &'a [u8]) -> Bronregels<'a> {
        let ends = bytes.iter().enumerate().filter(|(_, it)| **it == b'\n').map(|(at, _)| at + 1);
        Bronregels { bytes, starts: std::iter::once(0).chain(ends).collect() }
    }

    /// The line of a problem, with its element or the value in it pointed out.
    pub fn fragment(&self, problem: &Problem) -> Option<Fragment> {
        let at = usize::try_from(problem.line?).ok()?.checked_sub(1)?;
        let start = *self.starts.get(at)?;
        let end = self.starts.get(at + 1).copied().unwrap_or(self.bytes.len());
        let line = self.bytes.get(start..end)?;
        if line.len() > MAX_REGEL {
            return None;
        }
        let text = String::from_utf8_lossy(line);
        let tekst: String = text.trim().replace('\t', " ");
        let element = problem.element.as_deref().unwrap_or_default();
        let (van, lengte) = part(&tekst, element);
        Some(Fragment { tekst, van, lengte })
    }
}

/// The value of an element on a line, else its name, else the whole line; in characters.
fn part(line: &str, element: &str) -> (usize, usize) {
    let chars = |text: &str| text.chars().count();
    let whole = (0, chars(line).max(1));
    let named = [format!(":{element}>"), format!("<{element}>")];
    let Some((at, name)) = named.iter().find_map(|it| line.find(it.as_str()).map(|at| (at, it)))
    else {
        return whole;
    };
    let after = at + name.len();
    let value = line[after..].split_once('<').map_or("", |(value, _)| value);
    if value.is_empty() || element.is_empty() {
        (chars(&line[..=at]), chars(element).max(1))
    } else {
        (chars(&line[..after]), chars(value))
    }
}

/// What a code of the reader itself is about, in Dutch; rules and lists have their own tables.
pub fn uitleg(code: &str) -> Option<&'static str> {
    let found = UITLEG.iter().find(|(known, _)| known.eq_ignore_ascii_case(code));
    found.map(|(_, text)| *text)
}

const UITLEG: [(&str, &str); 18] = [
    (code::GROOTTE, "Het bestand is groter dan 25 MB; splits het bericht"),
    (code::TEKENSET, "Het bestand is geen UTF-8; sla het op als UTF-8 zonder byte order mark"),
    (code::WELGEVORMD, "Het bestand is geen correcte XML; kijk naar de regel die genoemd is"),
    (code::DOCTYPE, "Een DOCTYPE hoort niet in een bericht; haal hem weg"),
    (code::ENTITEIT, "Alleen &amp; &lt; &gt; &apos; en &quot; mogen; schrijf andere tekens zelf"),
    (code::DIEPTE, "Er liggen te veel elementen in elkaar; dit is geen bericht van de standaard"),
    (code::ATTRIBUTEN, "Een element heeft te veel attributen; de standaard kent ze niet"),
    (code::OMVANG, "Er staat te veel in: een te lange tekst, te veel elementen of te veel fouten"),
    (code::GEEN_BERICHT, "Het eerste element is geen Bericht uit de naamruimte van iWmo"),
    (code::RELEASE, "Het bericht is van een andere release; Wijkpeil leest iWmo 3.2"),
    (code::BERICHTSOORT, "Dit soort bericht kent iWmo 3.2 niet"),
    (code::ONBEKEND, "Dit element hoort hier niet; kijk of de naam goed is geschreven"),
    (code::NAAMRUIMTE, "Het element ligt in de verkeerde naamruimte; kijk naar het voorvoegsel"),
    (code::ONTBREEKT, "Een verplicht element ontbreekt; voeg het toe"),
    (code::DUBBEL, "Een element staat er vaker dan mag; haal er een weg"),
    (code::VOLGORDE, "De elementen staan in de verkeerde volgorde"),
    (code::INHOUD, "Er staat tekst waar elementen horen, of andersom"),
    (code::WAARDE, "De waarde heeft niet de vorm die de standaard vraagt"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_points_at_the_value_or_the_name() {
        let source = "<a>\r\n\t<iwmo:Datum>1900-01-02</iwmo:Datum>\r\n  <w:Omvang>\r\n";
        let lines = Bronregels::new(source.as_bytes());
        let of = |line, element: &str| {
            let found =
                lines.fragment(&Problem::fout("x", "T", "t").on_line(line).in_element(element));
            found.map(|it| {
                let pointed: String = it.tekst.chars().skip(it.van).take(it.lengte).collect();
                (it.tekst, pointed)
            })
        };
        let pair = |one: &str, two: &str| Some((one.to_owned(), two.to_owned()));
        assert_eq!(of(2, "Datum"), pair("<iwmo:Datum>1900-01-02</iwmo:Datum>", "1900-01-02"));
        assert_eq!(of(3, "Omvang"), pair("<w:Omvang>", "Omvang"));
        assert_eq!(of(3, "Volume"), pair("<w:Omvang>", "<w:Omvang>"));
        assert_eq!(of(9, "Datum"), None);
    }
}
