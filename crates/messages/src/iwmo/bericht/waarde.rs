//! The value of an element: right, wrong with its own text, or not there; and where it stands.

use std::{borrow::Cow, fmt};

use crate::iwmo::bericht::{Berichtsoort, Gegevenstype};

/// The line on which something starts; none for what was not read from a file.
///
/// Where something stands is no part of what it says: any two lines are equal, so that a message
/// that was written and read again equals the first one.
#[derive(Debug, Clone, Copy, Default)]
pub struct Regel {
    nummer: u32,
    onvolledig: bool,
}

impl Regel {
    /// A line, counted from 1.
    pub const fn new(nummer: u32) -> Regel {
        Regel { nummer, onvolledig: false }
    }

    /// The line, counted from 1; 0 for what was not read from a file.
    pub const fn nummer(self) -> u32 {
        self.nummer
    }

    /// Whether an element of the class on this line could not be kept, because it lay in a wrong
    /// namespace: then what is not there may have been said all the same.
    pub const fn is_onvolledig(self) -> bool {
        self.onvolledig
    }

    /// The same line, with something on it that could not be kept.
    pub(crate) const fn onvolledig(self) -> Regel {
        Regel { onvolledig: true, ..self }
    }
}

impl PartialEq for Regel {
    fn eq(&self, _: &Regel) -> bool {
        true
    }
}

impl Eq for Regel {}

/// What lies in an element with a value of type `T` of the standard.
///
/// A value that is not there has no line; then the line of its class says where it should be.
#[derive(Clone, PartialEq, Eq)]
pub struct Waarde<T: Gegevenstype> {
    /// The line on which the element starts.
    pub regel: Regel,
    stand: Stand<T::Inhoud>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Stand<I> {
    Afwezig,
    Fout(Box<str>),
    Goed(I),
}

impl<T: Gegevenstype> Waarde<T> {
    /// A right value.
    pub fn van(inhoud: impl Into<T::Inhoud>) -> Waarde<T> {
        Waarde { regel: Regel::default(), stand: Stand::Goed(inhoud.into()) }
    }

    /// A value that is not there.
    pub const fn afwezig() -> Waarde<T> {
        Waarde { regel: Regel::new(0), stand: Stand::Afwezig }
    }

    /// A wrong value with its text.
    pub(crate) fn fout(tekst: &str, regel: Regel) -> Waarde<T> {
        Waarde { regel, stand: Stand::Fout(tekst.into()) }
    }

    /// The value that this text is in such a message, right or wrong.
    pub fn lees(tekst: &str, soort: Berichtsoort) -> Waarde<T> {
        let stand = match T::lees(tekst, soort) {
            Some(inhoud) => Stand::Goed(inhoud),
            None => Stand::Fout(tekst.into()),
        };
        Waarde { regel: Regel::default(), stand }
    }

    /// The value, if it is there and right.
    pub const fn get(&self) -> Option<&T::Inhoud> {
        match &self.stand {
            Stand::Goed(inhoud) => Some(inhoud),
            Stand::Afwezig | Stand::Fout(_) => None,
        }
    }

    /// A copy of the value, if it is there and right.
    pub fn waarde(&self) -> Option<T::Inhoud> {
        self.get().cloned()
    }

    /// Whether the element is there, right or wrong.
    pub const fn is_aanwezig(&self) -> bool {
        !matches!(self.stand, Stand::Afwezig)
    }

    /// Whether the element is there with a value that the standard does not allow.
    pub const fn is_fout(&self) -> bool {
        matches!(self.stand, Stand::Fout(_))
    }

    /// The text of the element: as it came when it is wrong, as the standard writes it when right.
    pub fn tekst(&self) -> Cow<'_, str> {
        match &self.stand {
            Stand::Afwezig => Cow::Borrowed(""),
            Stand::Fout(tekst) => Cow::Borrowed(tekst),
            Stand::Goed(inhoud) => T::schrijf(inhoud),
        }
    }

    /// Whether the text is this one, for instance a code of a list.
    pub fn is(&self, tekst: &str) -> bool {
        self.is_aanwezig() && self.tekst() == tekst
    }

    /// The line on which the element starts, for a problem.
    pub fn op_regel(&self) -> u64 {
        u64::from(self.regel.nummer)
    }
}

impl<T: Gegevenstype> Default for Waarde<T> {
    fn default() -> Waarde<T> {
        Waarde::afwezig()
    }
}

impl<T: Gegevenstype> From<Option<T::Inhoud>> for Waarde<T> {
    fn from(inhoud: Option<T::Inhoud>) -> Waarde<T> {
        inhoud.map_or_else(Waarde::afwezig, Waarde::van)
    }
}

impl<T: Gegevenstype> fmt::Debug for Waarde<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.stand {
            Stand::Afwezig => f.write_str("-"),
            Stand::Fout(tekst) => write!(f, "fout({tekst:?})"),
            Stand::Goed(inhoud) => inhoud.fmt(f),
        }
    }
}
