//! Bytes to the parts of an XML file, one at a time, with everything refused that a message never
//! needs.
//!
//! No DOCTYPE, no entities but the five of XML itself, and a cap on size, depth, attributes, number
//! of elements and length of a text: hostile input costs no more than reading it once.

use std::borrow::Cow;

use crate::{Problem, iwmo::code};

mod kenmerken;
mod tekst;

/// The largest file that is read. iWmo OP179.
pub const MAX_BYTES: usize = 25 * 1024 * 1024;
/// The largest envelope that is read: a message in base64, and what lies around it.
pub(crate) const MAX_ENVELOP: usize = MAX_BYTES / 3 * 4 + 100_000;
/// How deep elements may lie within each other.
pub(crate) const MAX_DEPTH: usize = 64;
/// How many attributes an element may have.
pub(crate) const MAX_ATTRIBUTES: usize = 64;
/// How many elements a file may have.
pub(crate) const MAX_ELEMENTS: usize = 1_000_000;
/// How many bytes the text of an element may have.
pub(crate) const MAX_TEXT: usize = 100_000;
/// How many bytes the name of an element may have.
pub(crate) const MAX_NAME: usize = 100;

/// A part of the file.
#[derive(Debug)]
pub(crate) enum Deel<'a> {
    /// An element opens.
    Open(Open<'a>),
    /// A text; one element may hold several after each other.
    Tekst(Cow<'a, str>),
    /// The last element that opened closes.
    Sluit,
    /// The file is read and every element is closed.
    Einde,
}

/// An element that opens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Open<'a> {
    /// Its name without prefix.
    pub(crate) naam: &'a str,
    /// Its namespace: a place in the list of [`Bron::naamruimte`]; 0 is none.
    pub(crate) ruimte: usize,
    /// The line on which it starts.
    pub(crate) regel: u32,
}

/// A file that is being read.
#[derive(Debug)]
pub(crate) struct Bron<'a> {
    /// What was wrong so far, without what ended the reading.
    pub(crate) problems: Vec<Problem>,
    file: &'a str,
    source: &'a str,
    max_text: usize,
    at: usize,
    /// Up to where lines were counted, and how many.
    counted: (usize, u32),
    elements: usize,
    /// The names of the open elements with prefix, and how many bindings each found.
    open: Vec<(&'a str, usize)>,
    bindings: Vec<(&'a str, usize)>,
    ruimten: Vec<Cow<'a, str>>,
    /// Whether the element that was opened last had no content.
    empty: bool,
    has_root: bool,
}

/// Goes on, or ends the reading with the reason.
pub(crate) type Gelezen<T> = Result<T, Problem>;

impl<'a> Bron<'a> {
    /// Starts to read a message.
    pub(crate) fn new(file: &'a str, bytes: &'a [u8]) -> Gelezen<Bron<'a>> {
        Bron::of(file, bytes, MAX_BYTES, MAX_TEXT)
    }

    /// Starts to read an envelope, of which one text may be a whole message.
    pub(crate) fn envelop(file: &'a str, bytes: &'a [u8]) -> Gelezen<Bron<'a>> {
        Bron::of(file, bytes, MAX_ENVELOP, MAX_ENVELOP)
    }

    fn of(file: &'a str, bytes: &'a [u8], max: usize, max_text: usize) -> Gelezen<Bron<'a>> {
        let mut problems = Vec::new();
        let source = decode(file, bytes, max, &mut problems)?;
        let (open, bindings) = (Vec::with_capacity(MAX_DEPTH), Vec::new());
        let ruimten =
            vec![Cow::Borrowed(""), Cow::Borrowed("http://www.w3.org/XML/1998/namespace")];
        let (at, counted, elements, empty, has_root) = (0, (0, 0), 0, false, false);
        Ok(Bron {
            problems,
            file,
            source,
            max_text,
            at,
            counted,
            elements,
            open,
            bindings,
            ruimten,
            empty,
            has_root,
        })
    }

    /// The next part of the file.
    pub(crate) fn volgende(&mut self) -> Gelezen<Deel<'a>> {
        if self.empty {
            self.empty = false;
            self.pop();
            return Ok(Deel::Sluit);
        }
        loop {
            let bytes = self.source.as_bytes();
            let part = match (bytes.get(self.at), bytes.get(self.at + 1)) {
                (None, _) => return self.end(),
                (Some(b'<'), Some(b'/')) => return self.close(),
                (Some(b'<'), Some(b'!')) => self.marked()?,
                (Some(b'<'), Some(b'?')) => {
                    self.instruction()?;
                    None
                }
                (Some(b'<'), _) => return self.open(),
                _ => Some(self.text()?),
            };
            match part {
                Some(text) if !self.open.is_empty() => return Ok(Deel::Tekst(text)),
                Some(text) if !text.trim_ascii().is_empty() => {
                    return Err(self.malformed("er staat tekst buiten het eerste element"));
                }
                _ => {}
            }
        }
    }

    /// The name of a namespace.
    pub(crate) fn naamruimte(&self, ruimte: usize) -> &str {
        self.ruimten.get(ruimte).map_or("", |it| it)
    }

    /// The line that is being read.
    pub(crate) fn regel(&mut self) -> u32 {
        let until = self.at.min(self.source.len());
        if until > self.counted.0 {
            self.counted.1 += count_lines(&self.source.as_bytes()[self.counted.0..until]);
            self.counted.0 = until;
        }
        self.counted.1 + 1
    }

    /// Something that ends the reading, at this place.
    pub(crate) fn problem(&mut self, code: &'static str, text: impl Into<String>) -> Problem {
        let problem = Problem::fout(self.file, code, text).on_line(u64::from(self.regel()));
        match self.open.last() {
            Some((naam, _)) => problem.in_element(local(naam)),
            None => problem,
        }
    }

    /// Lists something that is wrong and does not end the reading.
    pub(crate) fn list(&mut self, regel: u32, naam: &str, code: &'static str, text: String) {
        let problem = Problem::fout(self.file, code, text);
        self.problems.push(problem.on_line(u64::from(regel)).in_element(naam));
    }

    fn malformed(&mut self, why: &str) -> Problem {
        let text = format!("het bestand is geen correcte XML; er gaat niets van in ({why})");
        self.problem(code::WELGEVORMD, text)
    }

    fn end(&mut self) -> Gelezen<Deel<'a>> {
        if self.open.is_empty() {
            return Ok(Deel::Einde);
        }
        Err(self.malformed("het bestand houdt op voordat elk element is gesloten"))
    }

    fn pop(&mut self) {
        if let Some((_, bindings)) = self.open.pop() {
            self.bindings.truncate(self.bindings.len() - bindings);
        }
    }

    /// Reads `</name>`.
    fn close(&mut self) -> Gelezen<Deel<'a>> {
        let rest = &self.source[self.at + 2..];
        let Some((expected, _)) = self.open.last() else {
            return Err(self.malformed("hier sluit een element dat niet open is"));
        };
        let after = rest.strip_prefix(expected).map(|it| it.trim_ascii_start());
        match after {
            Some(after) if after.starts_with('>') => {
                self.at = self.source.len() - after.len() + 1;
                self.pop();
                Ok(Deel::Sluit)
            }
            _ => {
                let found: String = rest.chars().take_while(|it| is_name(*it)).take(60).collect();
                let expected: String = expected.chars().take(60).collect();
                Err(self.malformed(&format!("hier hoort </{expected}>, niet </{found}>")))
            }
        }
    }

    /// Reads `<name attributes>`.
    fn open(&mut self) -> Gelezen<Deel<'a>> {
        if self.has_root && self.open.is_empty() {
            return Err(self.malformed("er staat een tweede element na het eerste"));
        }
        if self.open.len() >= MAX_DEPTH {
            let text = format!("er liggen meer dan {MAX_DEPTH} elementen in elkaar");
            return Err(self.problem(code::DIEPTE, text));
        }
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            let text = format!("het bericht heeft meer dan {MAX_ELEMENTS} elementen");
            return Err(self.problem(code::OMVANG, text));
        }
        let regel = self.regel();
        self.at += 1;
        let (qname, colon) = self.name()?;
        let (prefix, naam) = colon.map_or(("", qname), |at| (&qname[..at], &qname[at + 1..]));
        let bindings = self.bindings.len();
        if self.source.as_bytes().get(self.at) == Some(&b'>') {
            self.at += 1;
        } else {
            self.attributes(naam, regel)?;
        }
        let ruimte = self.resolve(prefix)?;
        self.has_root = true;
        self.open.push((qname, self.bindings.len() - bindings));
        Ok(Deel::Open(Open { naam, ruimte, regel }))
    }

    /// Reads a name, and tells where its prefix ends.
    fn name(&mut self) -> Gelezen<(&'a str, Option<usize>)> {
        let rest = &self.source.as_bytes()[self.at..];
        let (mut length, mut colon, mut colons) = (0, 0, 0);
        for byte in rest {
            if !is_name_byte(*byte) {
                break;
            }
            if *byte == b':' {
                (colon, colons) = (length, colons + 1);
            }
            length += 1;
        }
        let starts = |at: usize| at < length && !starts_no_name(rest[at]);
        if !starts(0) || colons > 1 || (colons == 1 && !starts(colon + 1)) {
            return Err(self.malformed("hier hoort een naam"));
        }
        if length > MAX_NAME {
            return Err(self.problem(code::OMVANG, "de naam van een element is te lang"));
        }
        let name = &self.source[self.at..self.at + length];
        self.at += length;
        Ok((name, (colons == 1).then_some(colon)))
    }

    fn resolve(&mut self, prefix: &str) -> Gelezen<usize> {
        match self.bindings.iter().rev().find(|(it, _)| *it == prefix) {
            Some((_, ruimte)) => Ok(*ruimte),
            None if prefix.is_empty() => Ok(0),
            None if prefix == "xml" => Ok(1),
            None => Err(self.malformed("een voorvoegsel van een naamruimte klopt niet")),
        }
    }
}

/// The text of a file, without the mark at its start.
fn decode<'a>(
    file: &str,
    bytes: &'a [u8],
    max: usize,
    problems: &mut Vec<Problem>,
) -> Gelezen<&'a str> {
    if bytes.len() > max {
        let text = "het bestand is groter dan 25 MB; splits het bericht (OP179)";
        return Err(Problem::fout(file, code::GROOTTE, text));
    }
    if bytes.starts_with(&[0xFE, 0xFF]) || bytes.starts_with(&[0xFF, 0xFE]) {
        let text = "het bestand is UTF-16; sla het op als UTF-8 (OP192)";
        return Err(Problem::fout(file, code::TEKENSET, text).on_line(1));
    }
    let bytes = match bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        Some(rest) => {
            let text = "het bestand begint met een byte order mark; dat hoort er niet (OP192)";
            problems.push(Problem::waarschuwing(file, code::BOM, text).on_line(1));
            rest
        }
        None => bytes,
    };
    std::str::from_utf8(bytes).map_err(|error| {
        let line = count_lines(&bytes[..error.valid_up_to()]) + 1;
        let text = "het bestand is geen UTF-8; sla het op als UTF-8 (OP192)";
        Problem::fout(file, code::TEKENSET, text).on_line(u64::from(line))
    })
}

fn count_lines(bytes: &[u8]) -> u32 {
    bytes.iter().map(|it| u32::from(*it == b'\n')).sum()
}

/// A name without its prefix.
fn local(qname: &str) -> &str {
    qname.split_once(':').map_or(qname, |(_, naam)| naam)
}

const fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':') || byte >= 0x80
}

fn is_name(letter: char) -> bool {
    u8::try_from(letter).map_or(true, is_name_byte)
}

const fn starts_no_name(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b':')
}
