//! Text, references, comments, sections of plain text and instructions.

use std::borrow::Cow;

use crate::iwmo::{
    code,
    xml::{Bron, Gelezen},
};

/// What a byte is in a text: 0 nothing special, 1 the end, 2 a line end, 3 the rest.
const KIND: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut at = 0;
    while at < 32 {
        kinds[at] = 3;
        at += 1;
    }
    kinds[b'\t' as usize] = 0;
    kinds[b'\n' as usize] = 0;
    kinds[b'\r' as usize] = 2;
    kinds[b'<' as usize] = 1;
    kinds[b'&' as usize] = 3;
    kinds[b'>' as usize] = 3;
    kinds
};

impl<'a> Bron<'a> {
    /// Reads text up to the next tag.
    pub(super) fn text(&mut self) -> Gelezen<Cow<'a, str>> {
        let bytes = &self.source.as_bytes()[self.at..];
        let mut seen = 0;
        let mut length = 0;
        for byte in bytes {
            let kind = KIND[usize::from(*byte)];
            if kind == 1 {
                break;
            }
            seen |= kind;
            length += 1;
        }
        if length > self.max_text {
            return Err(self.too_long());
        }
        let text = &self.source[self.at..self.at + length];
        let plain = seen == 0 || (seen == 2 && text.trim_ascii().is_empty());
        if plain {
            self.at += length;
            return Ok(Cow::Borrowed(text));
        }
        let decoded = self.decoded(text)?;
        self.at += length;
        Ok(Cow::Owned(decoded))
    }

    pub(crate) fn too_long(&mut self) -> crate::Problem {
        self.problem(code::OMVANG, format!("de tekst is langer dan {} tekens", self.max_text))
    }

    /// A text with its references resolved and its line ends made one.
    pub(super) fn decoded(&mut self, text: &str) -> Gelezen<String> {
        let mut decoded = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(['&', '\r', ']']).or_else(|| find_control(rest)) {
            let (before, from) = rest.split_at(at);
            if find_control(before).is_some() {
                return Err(self.malformed("een teken dat niet in een tekst mag"));
            }
            decoded.push_str(before);
            rest = match from.as_bytes() {
                [b'\r', b'\n', ..] => &from[1..],
                [b'\r', ..] => {
                    decoded.push('\n');
                    &from[1..]
                }
                [b']', b']', b'>', ..] => {
                    return Err(self.malformed("]]> mag niet in een tekst"));
                }
                [b']', ..] => {
                    decoded.push(']');
                    &from[1..]
                }
                [b'&', ..] => {
                    let (letter, rest) = self.reference(&from[1..])?;
                    decoded.push(letter);
                    rest
                }
                _ => return Err(self.malformed("een teken dat niet in een tekst mag")),
            };
        }
        decoded.push_str(rest);
        Ok(decoded)
    }

    /// What stands after an ampersand: the letter that is meant, and the rest.
    fn reference<'t>(&mut self, text: &'t str) -> Gelezen<(char, &'t str)> {
        let end = text.as_bytes().iter().take(40).position(|it| *it == b';');
        let Some((name, rest)) = end.map(|at| (&text[..at], &text[at + 1..])) else {
            return Err(self.malformed("na een & hoort een naam en een puntkomma"));
        };
        let letter = match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "apos" => '\'',
            "quot" => '"',
            _ => match name.strip_prefix('#') {
                Some(number) => match numbered(number) {
                    Some(letter) => letter,
                    None => return Err(self.malformed("een tekenverwijzing die niet bestaat")),
                },
                None => {
                    let text =
                        "een entiteit anders dan &amp; &lt; &gt; &apos; &quot; wordt geweigerd";
                    return Err(self.problem(code::ENTITEIT, text));
                }
            },
        };
        Ok((letter, rest))
    }

    /// Reads what starts with `<!`: a comment, or a section of plain text, which is given.
    pub(super) fn marked(&mut self) -> Gelezen<Option<Cow<'a, str>>> {
        let rest = &self.source[self.at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            let Some(end) = comment.find("--") else {
                return Err(self.malformed("een opmerking wordt niet gesloten"));
            };
            if comment.as_bytes().get(end + 2) != Some(&b'>') {
                return Err(self.malformed("in een opmerking mag geen --"));
            }
            self.at += 4 + end + 3;
            return Ok(None);
        }
        if let Some(section) = rest.strip_prefix("<![CDATA[") {
            let Some(end) = section.find("]]>") else {
                return Err(self.malformed("een CDATA-deel wordt niet gesloten"));
            };
            if end > self.max_text {
                return Err(self.too_long());
            }
            let text = &section[..end];
            if find_control(text).is_some() {
                return Err(self.malformed("een teken dat niet in een tekst mag"));
            }
            if self.open.is_empty() {
                return Err(self.malformed("er staat tekst buiten het eerste element"));
            }
            self.at += 9 + end + 3;
            let normal =
                text.contains('\r').then(|| text.replace("\r\n", "\n").replace('\r', "\n"));
            return Ok(Some(normal.map_or(Cow::Borrowed(text), Cow::Owned)));
        }
        if rest.starts_with("<!DOCTYPE") {
            let text = "een DOCTYPE hoort niet in een bericht en wordt geweigerd";
            return Err(self.problem(code::DOCTYPE, text));
        }
        Err(self.malformed("de opmaak klopt hier niet"))
    }

    /// Reads what starts with `<?`: the first line of the file, or an instruction, which is skipped.
    pub(super) fn instruction(&mut self) -> Gelezen<()> {
        // Behind `<?`, so that the question mark of the start does not end it.
        let rest = &self.source[self.at + 2..];
        let Some(end) = rest.find("?>") else {
            return Err(self.malformed("een instructie wordt niet gesloten"));
        };
        let inside = &rest[..end];
        let name = inside.split_ascii_whitespace().next().unwrap_or_default();
        if name.eq_ignore_ascii_case("xml") {
            if self.at != 0 || name != "xml" {
                return Err(self.malformed("de XML-declaratie hoort helemaal vooraan"));
            }
            let wrong = encoding(inside).is_some_and(|it| !it.eq_ignore_ascii_case("utf-8"));
            if wrong {
                let text =
                    "de eerste regel noemt een andere tekenset; een bericht is UTF-8 (OP192)";
                return Err(self.problem(code::TEKENSET, text));
            }
        } else if !inside.starts_with(|it: char| it.is_alphabetic() || matches!(it, '_' | ':')) {
            return Err(self.malformed("een instructie heeft geen naam"));
        }
        self.at += end + 4;
        Ok(())
    }
}

/// The character set that an XML declaration names.
fn encoding(declaration: &str) -> Option<&str> {
    let (_, rest) = declaration.split_once("encoding")?;
    let rest = rest.trim_ascii_start().strip_prefix('=')?.trim_ascii_start();
    let quote = rest.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    rest[1..].split_once(quote).map(|(name, _)| name)
}

/// The letter with this number, decimal or after an `x` hexadecimal.
fn numbered(number: &str) -> Option<char> {
    let (digits, base) = match number.strip_prefix('x') {
        Some(hexadecimal) => (hexadecimal, 16),
        None => (number, 10),
    };
    if !digits.bytes().all(|it| it.is_ascii_hexdigit()) {
        return None;
    }
    let letter = u32::from_str_radix(digits, base).ok().and_then(char::from_u32)?;
    (!is_control(letter)).then_some(letter)
}

/// Where a character stands that XML does not allow.
fn find_control(text: &str) -> Option<usize> {
    text.find(|letter| is_control(letter) && letter != '\r')
}

const fn is_control(letter: char) -> bool {
    matches!(letter, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}')
        || matches!(letter, '\u{fffe}' | '\u{ffff}')
}
