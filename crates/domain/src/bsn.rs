//! The burgerservicenummer (citizen service number). Wmo 2015, art. 5.2.9.

use std::{fmt, str::FromStr};

/// A BSN that passes the elfproef. Only the edges and the persons store know it; no event does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bsn([u8; 9]);

/// Why a text is not a BSN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BsnFout {
    /// Not exactly nine digits.
    GeenNegenCijfers,
    /// Nine zeros pass the sum but belong to nobody.
    AlleenNullen,
    /// The weighted sum is not a multiple of eleven.
    ElfproefFaalt,
}

impl Bsn {
    /// The nine digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only digits are ever stored")
    }

    /// The BSN with all but the last four digits hidden, for a screen.
    pub fn masked(&self) -> String {
        format!("•••••{}", &self.as_str()[5..])
    }
}

impl FromStr for Bsn {
    type Err = BsnFout;

    fn from_str(text: &str) -> Result<Self, BsnFout> {
        let digits: [u8; 9] = text.as_bytes().try_into().map_err(|_| BsnFout::GeenNegenCijfers)?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err(BsnFout::GeenNegenCijfers);
        }
        if digits == *b"000000000" {
            return Err(BsnFout::AlleenNullen);
        }
        let weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
        let sum: i32 = digits.iter().zip(weights).map(|(d, w)| i32::from(d - b'0') * w).sum();
        if sum % 11 == 0 { Ok(Bsn(digits)) } else { Err(BsnFout::ElfproefFaalt) }
    }
}

/// Hides the number, so that no log line or panic message shows it.
impl fmt::Debug for Bsn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bsn(•••••••••)")
    }
}

impl fmt::Display for BsnFout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BsnFout::GeenNegenCijfers => "een BSN heeft precies negen cijfers",
            BsnFout::AlleenNullen => "negen nullen is geen BSN",
            BsnFout::ElfproefFaalt => "dit BSN voldoet niet aan de elfproef",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_nine_digits_that_pass_the_elfproef_are_a_bsn() {
        for (text, expected) in [
            ("999900006", None),
            ("999900018", None),
            ("999900007", Some(BsnFout::ElfproefFaalt)),
            ("999900060", Some(BsnFout::ElfproefFaalt)),
            ("000000000", Some(BsnFout::AlleenNullen)),
            ("99990006", Some(BsnFout::GeenNegenCijfers)),
            ("9999000060", Some(BsnFout::GeenNegenCijfers)),
            ("99990000X", Some(BsnFout::GeenNegenCijfers)),
        ] {
            assert_eq!(text.parse::<Bsn>().err(), expected, "{text}");
        }
    }

    #[test]
    fn a_bsn_does_not_show_itself() {
        let bsn: Bsn = "999900018".parse().unwrap();
        assert_eq!(format!("{bsn:?} {}", bsn.masked()), "Bsn(•••••••••) •••••0018");
    }
}
