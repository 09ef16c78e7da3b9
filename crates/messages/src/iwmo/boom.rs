//! Bytes to elements, with everything refused that a message never needs.
//!
//! No DOCTYPE, no entities but the five of XML itself, and a cap on size, depth, attributes, number
//! of elements and length of a text: hostile input costs no more than reading it once.

use std::borrow::Cow;

use quick_xml::{
    NsReader,
    errors::{Error, IllFormedError},
    events::{BytesDecl, BytesRef, BytesStart, Event},
    name::ResolveResult,
};

use crate::{Problem, iwmo::code};

/// The largest file that is read. iWmo OP179.
pub(crate) const MAX_BYTES: usize = 25 * 1024 * 1024;
/// How deep elements may lie within each other.
pub(crate) const MAX_DEPTH: usize = 64;
/// How many attributes an element may have.
pub(crate) const MAX_ATTRIBUTES: usize = 64;
/// How many elements a message may have.
pub(crate) const MAX_ELEMENTS: usize = 1_000_000;
/// How many bytes the text of an element may have.
pub(crate) const MAX_TEXT: usize = 100_000;
/// How many bytes the name of an element may have.
pub(crate) const MAX_NAME: usize = 100;

const STANDARD: &str = "http://www.istandaarden.nl/iwmo/";

/// An element with what lies in it.
#[derive(Debug)]
pub(crate) struct Element<'a> {
    /// Its name without prefix.
    pub(crate) naam: String,
    /// Which namespace it lies in.
    pub(crate) ruimte: Ruimte,
    /// The line on which it starts.
    pub(crate) regel: u64,
    /// Its own text.
    pub(crate) tekst: Cow<'a, str>,
    /// The elements in it.
    pub(crate) kinderen: Vec<Element<'a>>,
    /// Whether it was found wrong, so that its content may not be used.
    pub(crate) fout: bool,
}

/// The namespaces of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ruimte {
    /// The one of the message itself.
    Bericht,
    /// The one of the shared types, of the same release.
    Basis,
    /// Another one.
    Anders,
}

/// What the namespace of the root says.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    /// The release of the standard, such as `3_2`.
    pub(crate) release: String,
    /// The kind of message, such as `wmo301`.
    pub(crate) bericht: String,
    /// The root element.
    pub(crate) root: Element<'a>,
}

/// Reads the elements of a file; warnings go into `problems`, an error ends it.
pub(crate) fn parse<'a>(
    file: &str,
    bytes: &'a [u8],
    problems: &mut Vec<Problem>,
) -> Result<Document<'a>, Problem> {
    let text = decode(file, bytes, problems)?;
    let mut reader = NsReader::from_str(text);
    let mut tree = Tree::new(file, text);
    loop {
        tree.position = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        let (resolved, event) = match reader.read_resolved_event() {
            Ok(it) => it,
            Err(error) => {
                tree.position = usize::try_from(reader.error_position()).unwrap_or(text.len());
                return Err(tree.malformed(&why(&error)));
            }
        };
        match event {
            Event::Decl(it) => tree.declaration(&it)?,
            Event::DocType(_) => return Err(tree.doctype()),
            Event::Start(it) => {
                let ruimte = tree.ruimte(&resolved)?;
                tree.open(&it, ruimte, problems)?;
            }
            Event::Empty(it) => {
                let ruimte = tree.ruimte(&resolved)?;
                tree.open(&it, ruimte, problems)?;
                tree.close();
            }
            Event::End(_) => tree.close(),
            Event::Text(it) => tree.text(it.into_inner())?,
            Event::CData(it) => tree.text(it.into_inner())?,
            Event::GeneralRef(it) => tree.reference(&it)?,
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => return tree.finish(),
        }
    }
}

/// The text of a file, without the mark at its start.
fn decode<'a>(
    file: &str,
    bytes: &'a [u8],
    problems: &mut Vec<Problem>,
) -> Result<&'a str, Problem> {
    if bytes.len() > MAX_BYTES {
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
        Problem::fout(file, code::TEKENSET, text).on_line(line)
    })
}

/// Why the file is no XML, in words.
fn why(error: &Error) -> String {
    match error {
        Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
            let short = |it: &str| it.chars().take(60).collect::<String>();
            format!("hier hoort </{}>, niet </{}>", short(expected), short(found))
        }
        Error::IllFormed(IllFormedError::UnmatchedEndTag(_)) => {
            "hier sluit een element dat niet open is".to_owned()
        }
        Error::Namespace(_) => "een voorvoegsel van een naamruimte klopt niet".to_owned(),
        _ => "de opmaak klopt hier niet".to_owned(),
    }
}

fn count_lines(bytes: &[u8]) -> u64 {
    bytes.iter().map(|it| u64::from(*it == b'\n')).sum()
}

/// The elements read so far.
struct Tree<'a, 'f> {
    file: &'f str,
    source: &'a str,
    /// Where the event starts that is being handled.
    position: usize,
    /// Up to where lines were counted, and how many.
    counted: (usize, u64),
    elements: usize,
    open: Vec<Element<'a>>,
    root: Option<Element<'a>>,
    /// The namespace of the root: release and kind of message.
    standard: Option<(String, String)>,
}

impl<'a, 'f> Tree<'a, 'f> {
    fn new(file: &'f str, source: &'a str) -> Tree<'a, 'f> {
        let open = Vec::with_capacity(MAX_DEPTH);
        let (root, standard) = (None, None);
        Tree { file, source, position: 0, counted: (0, 0), elements: 0, open, root, standard }
    }

    fn line(&mut self) -> u64 {
        let until = self.position.min(self.source.len());
        if until > self.counted.0 {
            self.counted.1 += count_lines(&self.source.as_bytes()[self.counted.0..until]);
            self.counted.0 = until;
        }
        self.counted.1 + 1
    }

    fn problem(&mut self, code: &'static str, text: &str) -> Problem {
        let line = self.line();
        let problem = Problem::fout(self.file, code, text).on_line(line);
        match self.open.last() {
            Some(element) => problem.in_element(&element.naam),
            None => problem,
        }
    }

    fn malformed(&mut self, why: &str) -> Problem {
        let text = format!("het bestand is geen correcte XML; er gaat niets van in ({why})");
        self.problem(code::WELGEVORMD, &text)
    }

    fn doctype(&mut self) -> Problem {
        self.problem(code::DOCTYPE, "een DOCTYPE hoort niet in een bericht en wordt geweigerd")
    }

    fn declaration(&mut self, declaration: &BytesDecl<'_>) -> Result<(), Problem> {
        match declaration.encoding() {
            None => Ok(()),
            Some(Ok(it)) if it.eq_ignore_ascii_case("utf-8") => Ok(()),
            Some(_) => Err(self.problem(
                code::TEKENSET,
                "de eerste regel noemt een andere tekenset; een bericht is UTF-8 (OP192)",
            )),
        }
    }

    /// The namespace an element lies in; the first element says which message it is.
    fn ruimte(&mut self, resolved: &ResolveResult<'_>) -> Result<Ruimte, Problem> {
        let ResolveResult::Bound(space) = resolved else {
            return match self.standard {
                Some(_) => Ok(Ruimte::Anders),
                None => Err(self.no_message()),
            };
        };
        let parts = space.0.strip_prefix(STANDARD).and_then(|it| it.strip_suffix("/schema"));
        let parts = parts.and_then(|it| it.split_once('/'));
        match (&self.standard, parts) {
            (None, Some((release, bericht))) => {
                self.standard = Some((release.to_owned(), bericht.to_owned()));
                Ok(Ruimte::Bericht)
            }
            (None, None) => Err(self.no_message()),
            (Some((release, _)), Some((own, "basisschema"))) if release == own => Ok(Ruimte::Basis),
            (Some((release, bericht)), Some((own, kind))) if release == own && bericht == kind => {
                Ok(Ruimte::Bericht)
            }
            (Some(_), _) => Ok(Ruimte::Anders),
        }
    }

    fn no_message(&mut self) -> Problem {
        let text = "dit is geen iWmo-bericht: het eerste element hoort in de naamruimte \
                    http://www.istandaarden.nl/iwmo/3_2/wmo.../schema";
        self.problem(code::GEEN_BERICHT, text)
    }

    fn open(
        &mut self,
        start: &BytesStart<'a>,
        ruimte: Ruimte,
        problems: &mut Vec<Problem>,
    ) -> Result<(), Problem> {
        if self.root.is_some() && self.open.is_empty() {
            return Err(self.malformed("er staat een tweede element na het eerste"));
        }
        if self.open.len() >= MAX_DEPTH {
            let text = format!("er liggen meer dan {MAX_DEPTH} elementen in elkaar");
            return Err(self.problem(code::DIEPTE, &text));
        }
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            let text = format!("het bericht heeft meer dan {MAX_ELEMENTS} elementen");
            return Err(self.problem(code::OMVANG, &text));
        }
        self.attributes(start, problems)?;
        let naam = start.local_name().into_inner().to_owned();
        if naam.len() > MAX_NAME {
            return Err(self.problem(code::OMVANG, "de naam van een element is te lang"));
        }
        let regel = self.line();
        let (tekst, kinderen) = (Cow::Borrowed(""), Vec::new());
        self.open.push(Element { naam, ruimte, regel, tekst, kinderen, fout: false });
        Ok(())
    }

    /// Refuses too many attributes; those of namespaces are right, others are only mentioned.
    fn attributes(
        &mut self,
        start: &BytesStart<'_>,
        problems: &mut Vec<Problem>,
    ) -> Result<(), Problem> {
        if start.attributes_raw().trim_ascii().is_empty() {
            return Ok(());
        }
        for (at, attribute) in start.attributes().enumerate() {
            if at >= MAX_ATTRIBUTES {
                let text = format!("een element heeft meer dan {MAX_ATTRIBUTES} attributen");
                return Err(self.problem(code::ATTRIBUTEN, &text));
            }
            let attribute = attribute.map_err(|_| self.malformed("een attribuut klopt niet"))?;
            let name: &str = attribute.key.0;
            if !(name.starts_with("xmlns") || name.starts_with("xsi:")) {
                let text = "de standaard heeft hier geen attributen; dit wordt niet gelezen";
                let line = self.line();
                let element = start.local_name().into_inner().to_owned();
                let problem = Problem::waarschuwing(self.file, code::ATTRIBUUT, text);
                problems.push(problem.on_line(line).in_element(element));
            }
        }
        Ok(())
    }

    fn close(&mut self) {
        let Some(element) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some(parent) => parent.kinderen.push(element),
            None => self.root = Some(element),
        }
    }

    fn text(&mut self, text: Cow<'a, str>) -> Result<(), Problem> {
        let blank = text.trim_ascii().is_empty();
        let Some(element) = self.open.last_mut() else {
            return if blank {
                Ok(())
            } else {
                Err(self.malformed("er staat tekst buiten het eerste element"))
            };
        };
        if element.tekst.is_empty() {
            if blank {
                return Ok(());
            }
            element.tekst = text;
        } else {
            element.tekst.to_mut().push_str(&text);
        }
        if element.tekst.len() > MAX_TEXT {
            let text = format!("de tekst is langer dan {MAX_TEXT} tekens");
            return Err(self.problem(code::OMVANG, &text));
        }
        Ok(())
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), Problem> {
        if reference.is_char_ref() {
            return match reference.resolve_char_ref() {
                Ok(Some(it)) => self.text(Cow::Owned(it.to_string())),
                Ok(None) | Err(_) => Err(self.malformed("een tekenverwijzing die niet bestaat")),
            };
        }
        let name: &str = reference;
        let text = match name {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "apos" => "'",
            "quot" => "\"",
            _ => {
                let text = "een entiteit anders dan &amp; &lt; &gt; &apos; &quot; wordt geweigerd";
                return Err(self.problem(code::ENTITEIT, text));
            }
        };
        self.text(Cow::Borrowed(text))
    }

    fn finish(mut self) -> Result<Document<'a>, Problem> {
        if !self.open.is_empty() {
            return Err(self.malformed("het bestand houdt op voordat elk element is gesloten"));
        }
        match (self.root.take(), self.standard.take()) {
            (Some(root), Some((release, bericht))) => Ok(Document { release, bericht, root }),
            _ => Err(self.no_message()),
        }
    }
}
