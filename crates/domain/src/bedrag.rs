//! Money in whole eurocents.

use std::{
    fmt,
    iter::Sum,
    ops::{Add, AddAssign, Neg, Sub},
};

/// An amount in eurocents; negative for a credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Bedrag(pub i64);

impl Bedrag {
    /// Nothing.
    pub const NUL: Bedrag = Bedrag(0);

    /// Whole euros.
    pub const fn euro(euro: i64) -> Bedrag {
        Bedrag(euro * 100)
    }

    /// This amount times `numerator / denominator`, rounded half away from zero to whole cents.
    ///
    /// # Panics
    ///
    /// When the denominator is not positive, or the result exceeds the range of an `i64`.
    pub fn times(self, numerator: i64, denominator: i64) -> Bedrag {
        assert!(denominator > 0, "a share needs a positive denominator, not {denominator}");
        let product = i128::from(self.0) * i128::from(numerator);
        let denominator = i128::from(denominator);
        let half = if product < 0 { -denominator / 2 } else { denominator / 2 };
        Bedrag(i64::try_from((product + half) / denominator).expect("an amount of this size"))
    }
}

impl Add for Bedrag {
    type Output = Bedrag;
    fn add(self, other: Bedrag) -> Bedrag {
        Bedrag(self.0 + other.0)
    }
}

impl AddAssign for Bedrag {
    fn add_assign(&mut self, other: Bedrag) {
        self.0 += other.0;
    }
}

impl Sub for Bedrag {
    type Output = Bedrag;
    fn sub(self, other: Bedrag) -> Bedrag {
        Bedrag(self.0 - other.0)
    }
}

impl Neg for Bedrag {
    type Output = Bedrag;
    fn neg(self) -> Bedrag {
        Bedrag(-self.0)
    }
}

impl Sum for Bedrag {
    fn sum<I: Iterator<Item = Bedrag>>(amounts: I) -> Bedrag {
        amounts.fold(Bedrag::NUL, Add::add)
    }
}

/// Dutch notation: `€ 1.234,56`.
impl fmt::Display for Bedrag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (euros, cents) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        let digits = euros.to_string();
        let mut grouped = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push('.');
            }
            grouped.push(digit);
        }
        write!(f, "€ {sign}{grouped},{cents:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_in_a_dutch_letter() {
        for (cents, text) in [
            (0, "€ 0,00"),
            (5, "€ 0,05"),
            (123_456, "€ 1.234,56"),
            (-100_000_000, "€ -1.000.000,00"),
        ] {
            assert_eq!(Bedrag(cents).to_string(), text);
        }
    }

    #[test]
    fn a_share_is_rounded_half_away_from_zero() {
        assert_eq!(Bedrag(5550).times(380, 60), Bedrag(35_150));
        assert_eq!(Bedrag(1).times(1, 2), Bedrag(1));
        assert_eq!(Bedrag(-1).times(1, 2), Bedrag(-1));
    }
}
