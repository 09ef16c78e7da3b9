//! A letter as data: who writes to whom, about what, and what it says.
//!
//! [`html`](html()) and [`pdf`](pdf()) show the same letter; neither knows what it is about.

mod html;
mod pdf;
mod tekens;

use jiff::civil::Date;

pub use html::html;
pub use pdf::{Zetfout, pdf};

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Brief {
    /// Who writes.
    pub afzender: Afzender,
    /// Name and address of who it is for, line by line.
    pub geadresseerde: Vec<String>,
    /// The day on the letter; none while it is not sent.
    pub datum: Option<Date>,
    /// Names and values by which the letter is found again.
    pub kenmerken: Vec<(String, String)>,
    /// What it is about; becomes the heading and the title.
    pub onderwerp: String,
    /// The salutation, with its comma.
    pub aanhef: String,
    /// What it says, in order.
    pub delen: Vec<Deel>,
    /// The closing lines, with name and function of who signs.
    pub ondertekening: Vec<String>,
}

/// Who writes a letter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Afzender {
    /// The name at the top.
    pub naam: String,
    /// Address and ways to reach the writer, line by line.
    pub regels: Vec<String>,
}

/// One part of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deel {
    /// A heading.
    Kop(String),
    /// A paragraph; a line break in it stays.
    Alinea(String),
    /// A list of points.
    Lijst(Vec<String>),
    /// Names with their values.
    Gegevens(Vec<(String, String)>),
    /// A table with a heading per column.
    Tabel {
        /// The headings.
        kop: Vec<String>,
        /// The rows, as wide as the headings.
        rijen: Vec<Vec<String>>,
    },
    /// Something the reader must not overlook.
    LetOp(String),
    /// A strip that the reader fills in and sends back.
    Strook {
        /// What to do with it.
        uitleg: String,
        /// Boxes to tick.
        vakjes: Vec<String>,
        /// Lines to write on, with what belongs there; without a name one goes on.
        regels: Vec<String>,
    },
}

impl Brief {
    /// Adds a heading.
    pub fn kop(&mut self, tekst: &str) -> &mut Brief {
        self.deel(Deel::Kop(tekst.to_owned()))
    }

    /// Adds a paragraph.
    pub fn alinea(&mut self, tekst: impl Into<String>) -> &mut Brief {
        self.deel(Deel::Alinea(tekst.into()))
    }

    /// Adds a text that somebody typed: an empty line starts a new paragraph.
    pub fn getypt(&mut self, tekst: &str) -> &mut Brief {
        let text = tekst.replace("\r\n", "\n").replace('\r', "\n");
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        for paragraph in lines.split(|it| it.trim().is_empty()).filter(|it| !it.is_empty()) {
            self.alinea(paragraph.join("\n"));
        }
        self
    }

    /// Adds a part.
    pub fn deel(&mut self, deel: Deel) -> &mut Brief {
        self.delen.push(deel);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_text_falls_into_paragraphs_and_keeps_its_lines() {
        for (typed, expected) in [
            ("een", &["een"][..]),
            ("een\ntwee", &["een\ntwee"]),
            ("een\r\n\r\n  \r\ntwee  \r\ndrie\r\n", &["een", "twee\ndrie"]),
            ("\n \n", &[]),
        ] {
            let mut brief = Brief::default();
            brief.getypt(typed);
            let expected: Vec<Deel> =
                expected.iter().map(|it| Deel::Alinea((*it).to_owned())).collect();
            assert_eq!(brief.delen, expected, "{typed:?}");
        }
    }
}
