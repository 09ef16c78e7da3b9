//! The CBS code of a municipality: four digits, leading zero kept.

use std::{fmt, str::FromStr};

/// A municipality code in the right form, such as `0296`. iWmo RS035.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gemeentecode([u8; 4]);

impl Gemeentecode {
    /// The four digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only digits are ever stored")
    }
}

impl FromStr for Gemeentecode {
    type Err = &'static str;

    /// Reads `0296`; the StatLine form `GM0296` is for the reader of CBS files to strip.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match <[u8; 4]>::try_from(text.as_bytes()) {
            Ok(digits) if digits.iter().all(u8::is_ascii_digit) => Ok(Gemeentecode(digits)),
            _ => Err("een gemeentecode heeft precies vier cijfers, zoals 0296"),
        }
    }
}

impl fmt::Display for Gemeentecode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gemeentecode_is_four_digits() {
        for (text, valid) in [("0296", true), ("9999", true), ("296", false), ("GM0296", false)] {
            assert_eq!(text.parse::<Gemeentecode>().is_ok(), valid, "{text}");
        }
    }
}
