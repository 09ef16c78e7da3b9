//! What was wrong with outside input: where, which rule, and what was expected, in Dutch.

use std::fmt;

use domain::Refusal;

use crate::Bron;

/// Something in outside input that is wrong or worth a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, as the user named it.
    pub file: String,
    /// The line, counted from 1.
    pub line: Option<u64>,
    /// The column of a table, by its heading.
    pub column: Option<Box<str>>,
    /// The element of a message, by its name.
    pub element: Option<Box<str>>,
    /// A code that stays the same when the words change.
    pub code: &'static str,
    /// What is wrong and what is expected, in Dutch.
    pub text: String,
    /// Whether something was left out because of it.
    pub ernst: Ernst,
}

/// Whether something was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ernst {
    /// Worth a look; everything was taken in.
    Waarschuwing,
    /// What it is about was left out.
    Fout,
}

impl Problem {
    /// Something that was left out.
    pub fn fout(file: impl Into<String>, code: &'static str, text: impl Into<String>) -> Problem {
        Problem::new(file.into(), code, text.into(), Ernst::Fout)
    }

    /// Something that was taken in and is worth a look.
    pub fn waarschuwing(
        file: impl Into<String>,
        code: &'static str,
        text: impl Into<String>,
    ) -> Problem {
        Problem::new(file.into(), code, text.into(), Ernst::Waarschuwing)
    }

    /// The same, on this line.
    pub fn on_line(mut self, line: u64) -> Problem {
        self.line = Some(line);
        self
    }

    /// The same, in this column.
    pub fn in_column(mut self, column: impl Into<String>) -> Problem {
        self.column = Some(column.into().into_boxed_str());
        self
    }

    /// The same, in this element.
    pub fn in_element(mut self, element: impl Into<String>) -> Problem {
        self.element = Some(element.into().into_boxed_str());
        self
    }

    /// The same, at this place.
    pub fn at(mut self, bron: &Bron) -> Problem {
        self.file.clone_from(&bron.file);
        self.line = bron.line;
        self.element = bron.element.as_deref().map(Box::from);
        self
    }

    fn new(file: String, code: &'static str, text: String, ernst: Ernst) -> Problem {
        Problem { file, line: None, column: None, element: None, code, text, ernst }
    }
}

/// The problem of something that was understood, but may not be done.
pub fn refusal_problem(bron: &Bron, refusal: &Refusal) -> Problem {
    Problem::fout("", "WEIGER", refusal.to_string()).at(bron)
}

/// As one line of a list: `file, regel 12, Bsn: fout CS002: ...`.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", regel {line}")?;
        }
        for part in [&self.column, &self.element].into_iter().flatten() {
            write!(f, ", {part}")?;
        }
        let ernst = match self.ernst {
            Ernst::Waarschuwing => "let op",
            Ernst::Fout => "fout",
        };
        write!(f, ": {ernst} {}: {}", self.code, self.text)
    }
}
