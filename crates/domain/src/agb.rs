//! The AGB code of a care provider: eight digits without a check digit.

use std::{fmt, str::FromStr};

/// An AGB code in the right form; whether it exists is for the national register to say. iWmo RS036.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgbCode([u8; 8]);

impl AgbCode {
    /// The eight digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only digits are ever stored")
    }
}

impl FromStr for AgbCode {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match <[u8; 8]>::try_from(text.as_bytes()) {
            Ok(digits) if digits.iter().all(u8::is_ascii_digit) => Ok(AgbCode(digits)),
            _ => Err("een AGB-code heeft precies acht cijfers"),
        }
    }
}

impl fmt::Display for AgbCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agb_code_is_eight_digits() {
        for (text, valid) in [
            ("42420001", true),
            ("00000001", true),
            ("4242001", false),
            ("424200011", false),
            ("4242-001", false),
        ] {
            assert_eq!(text.parse::<AgbCode>().is_ok(), valid, "{text}");
        }
    }
}
