//! Numbers, money and dates as a Dutch reader expects them.

use indicators::{Bedrag, Maand};
use jiff::civil::Date;

/// A number with this many decimals: `1.234,5`.
pub fn getal(waarde: f64, decimalen: u8) -> String {
    if !waarde.is_finite() {
        return "onbekend".to_owned();
    }
    let plain = format!("{:.*}", usize::from(decimalen), waarde.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let nothing = plain.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let sign = if waarde < 0.0 && !nothing { "-" } else { "" };
    let comma = if fraction.is_empty() { "" } else { "," };
    format!("{sign}{}{comma}{fraction}", grouped(whole))
}

/// A whole number: `1.234`.
pub fn aantal(aantal: i64) -> String {
    let sign = if aantal < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(&aantal.unsigned_abs().to_string()))
}

/// A share between 0 and 1 as a percentage with one decimal: `43,8 %`.
pub fn percentage(aandeel: f64) -> String {
    procent(aandeel, 1)
}

/// A share between 0 and 1 as a percentage with this many decimals: `44 %`.
pub fn procent(aandeel: f64, decimalen: u8) -> String {
    if aandeel.is_finite() {
        format!("{} %", getal(aandeel * 100.0, decimalen))
    } else {
        "onbekend".to_owned()
    }
}

/// A growth as a share, with its sign: `+43,8 %`.
pub fn groei(aandeel: f64) -> String {
    let text = percentage(aandeel);
    let rises = aandeel > 0.0 && text.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
    if rises { format!("+{text}") } else { text }
}

/// An amount in cents: `€ 1.234,56`.
pub fn bedrag(bedrag: Bedrag) -> String {
    bedrag.to_string()
}

/// An amount in few figures: `€ 950`, `€ 84.000`, `€ 4,21 mln`.
pub fn bedrag_kort(bedrag: Bedrag) -> String {
    let euro = bedrag.0 as f64 / 100.0;
    if euro.abs() >= 999_500.0 {
        format!("€ {} mln", getal(euro / 1e6, 2))
    } else if euro.abs() >= 10_000.0 {
        format!("€ {}", getal((euro / 1000.0).round() * 1000.0, 0))
    } else {
        format!("€ {}", getal(euro, 0))
    }
}

/// A day: `15-01-2018`.
pub fn datum(dag: Date) -> String {
    format!("{:02}-{:02}-{:04}", dag.day(), dag.month(), dag.year())
}

/// A day in words: `15 januari 2018`.
pub fn datum_lang(dag: Date) -> String {
    format!("{} {}", dag.day(), maand(Maand::van_dag(dag)))
}

/// A month: `december 2017`.
pub fn maand(maand: Maand) -> String {
    maand.naam()
}

/// A month in few letters: `dec 2017`.
pub fn maand_kort(maand: Maand) -> String {
    format!("{} {}", afkorting(maand), maand.jaar())
}

/// The months from one to another: `januari t/m maart 2017`.
pub fn periode(van: Maand, tot: Maand) -> String {
    if van == tot {
        maand(van)
    } else if van.jaar() == tot.jaar() {
        let name = maand(van);
        let first = name.split(' ').next().unwrap_or_default();
        format!("{first} t/m {}", maand(tot))
    } else {
        format!("{} t/m {}", maand(van), maand(tot))
    }
}

/// The name of a month in three letters.
pub(crate) fn afkorting(maand: Maand) -> &'static str {
    const KORT: [&str; 12] =
        ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
    KORT[usize::from(maand.nummer().unsigned_abs()) - 1]
}

fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn figures_read_as_in_a_dutch_letter() {
        for (shown, expected) in [
            (getal(1234.56, 1), "1.234,6"),
            (getal(-0.04, 1), "0,0"),
            (getal(-1_234_567.0, 0), "-1.234.567"),
            (getal(f64::NAN, 1), "onbekend"),
            (aantal(-1234), "-1.234"),
            (aantal(999), "999"),
            (percentage(0.4384), "43,8 %"),
            (procent(0.44, 0), "44 %"),
            (groei(0.4384), "+43,8 %"),
            (groei(-0.182), "-18,2 %"),
            (groei(0.0001), "0,0 %"),
            (bedrag(Bedrag(123_456)), "€ 1.234,56"),
            (bedrag_kort(Bedrag::euro(4_213_000)), "€ 4,21 mln"),
            (bedrag_kort(Bedrag::euro(84_321)), "€ 84.000"),
            (bedrag_kort(Bedrag::euro(-999_800)), "€ -1,00 mln"),
            (datum(date(2018, 1, 5)), "05-01-2018"),
            (datum_lang(date(2018, 1, 5)), "5 januari 2018"),
        ] {
            assert_eq!(shown, expected);
        }
    }

    #[test]
    fn a_period_names_a_year_once() {
        let month = |text: &str| text.parse::<Maand>().unwrap();
        for (van, tot, expected) in [
            ("2017-01", "2017-01", "januari 2017"),
            ("2017-01", "2017-03", "januari t/m maart 2017"),
            ("2015-01", "2017-12", "januari 2015 t/m december 2017"),
        ] {
            assert_eq!(periode(month(van), month(tot)), expected);
        }
    }
}
