//! Amounts, numbers and days as other systems write them; no float ever touches money.

use std::fmt;

use jiff::civil::Date;

/// What stands between euros and cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimaalteken {
    /// `1.234,56`.
    Komma,
    /// `1,234.56`.
    Punt,
}

impl Decimaalteken {
    pub(super) const fn teken(self) -> char {
        match self {
            Decimaalteken::Komma => ',',
            Decimaalteken::Punt => '.',
        }
    }

    const fn scheidt_duizendtallen(self) -> char {
        match self {
            Decimaalteken::Komma => '.',
            Decimaalteken::Punt => ',',
        }
    }
}

/// In which order a day is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Datumvorm {
    /// `31-12-2017`.
    DagMaandJaar,
    /// `31/12/2017`.
    DagMaandJaarMetStreep,
    /// `2017-12-31`.
    JaarMaandDag,
    /// `20171231`.
    Aaneen,
}

impl Datumvorm {
    /// Every form.
    pub const ALLE: [Datumvorm; 4] = [
        Datumvorm::DagMaandJaar,
        Datumvorm::DagMaandJaarMetStreep,
        Datumvorm::JaarMaandDag,
        Datumvorm::Aaneen,
    ];

    /// The form as a mapping names it.
    pub const fn naam(self) -> &'static str {
        match self {
            Datumvorm::DagMaandJaar => "dd-mm-jjjj",
            Datumvorm::DagMaandJaarMetStreep => "dd/mm/jjjj",
            Datumvorm::JaarMaandDag => "jjjj-mm-dd",
            Datumvorm::Aaneen => "jjjjmmdd",
        }
    }

    /// The day as text.
    pub(super) fn schrijf(self, dag: Date) -> String {
        let (year, month, day) = (dag.year(), dag.month(), dag.day());
        match self {
            Datumvorm::DagMaandJaar => format!("{day:02}-{month:02}-{year:04}"),
            Datumvorm::DagMaandJaarMetStreep => format!("{day:02}/{month:02}/{year:04}"),
            Datumvorm::JaarMaandDag => format!("{year:04}-{month:02}-{day:02}"),
            Datumvorm::Aaneen => format!("{year:04}{month:02}{day:02}"),
        }
    }

    /// The text as a day; a time of day after it is dropped, a year of two digits is refused.
    pub(super) fn lees(self, text: &str) -> Option<Date> {
        let day_only = without_time(text)?;
        let parts: Vec<&str> = match self {
            Datumvorm::DagMaandJaar => day_only.split('-').rev().collect(),
            Datumvorm::DagMaandJaarMetStreep => day_only.split('/').rev().collect(),
            Datumvorm::JaarMaandDag => day_only.split('-').collect(),
            Datumvorm::Aaneen => {
                vec![day_only.get(..4)?, day_only.get(4..6)?, day_only.get(6..)?]
            }
        };
        let [year, month, day] = parts.try_into().ok()?;
        let digits = |it: &str, most| (1..=most).contains(&it.len()) && all_digits(it);
        if year.len() != 4 || !all_digits(year) || !digits(month, 2) || !digits(day, 2) {
            return None;
        }
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
    }
}

impl fmt::Display for Datumvorm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.naam())
    }
}

/// The text as hundredths: `1.234,5` is 123450. More than two decimals only when they are zeros.
pub(super) fn honderdsten(text: &str, teken: Decimaalteken) -> Option<i64> {
    let text = text.trim_matches(is_blank);
    let (text, minus_before) = strip_minus(text);
    let text = text.strip_prefix('€').or_else(|| text.strip_prefix("EUR")).unwrap_or(text);
    let (text, minus_after_sign) = strip_minus(text.trim_matches(is_blank));
    let (text, minus_behind) = match text.strip_suffix('-') {
        Some(rest) => (rest.trim_end_matches(is_blank), true),
        None => (text, false),
    };
    if [minus_before, minus_after_sign, minus_behind].into_iter().filter(|it| *it).count() > 1 {
        return None;
    }
    let (whole, decimals) = text.split_once(teken.teken()).unwrap_or((text, "0"));
    if decimals.is_empty() || !all_digits(decimals) || decimals.bytes().skip(2).any(|it| it != b'0')
    {
        return None;
    }
    let whole = ungrouped(whole, teken.scheidt_duizendtallen())?;
    let cents: i64 = format!("{decimals:0<2}").get(..2)?.parse().ok()?;
    let amount = whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)?;
    let negative = minus_before || minus_after_sign || minus_behind;
    Some(if negative { -amount } else { amount })
}

/// Hundredths as text, always with two decimals and without thousands.
pub(super) fn schrijf_honderdsten(waarde: i64, teken: Decimaalteken) -> String {
    let sign = if waarde < 0 { "-" } else { "" };
    let size = waarde.unsigned_abs();
    format!("{sign}{}{}{:02}", size / 100, teken.teken(), size % 100)
}

fn strip_minus(text: &str) -> (&str, bool) {
    match text.strip_prefix('-') {
        Some(rest) => (rest.trim_start_matches(is_blank), true),
        None => (text, false),
    }
}

/// The digits without separators; groups after the first have exactly three digits.
fn ungrouped(whole: &str, separator: char) -> Option<String> {
    let mut groups = whole.split(separator);
    let first = groups.next().filter(|it| !it.is_empty() && all_digits(it))?;
    let mut digits = first.to_owned();
    for group in groups {
        if first.len() > 3 || group.len() != 3 || !all_digits(group) {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

fn without_time(text: &str) -> Option<&str> {
    match text.split_once([' ', 'T']) {
        None => Some(text),
        Some((day, time)) => {
            let clock = |it: char| it.is_ascii_digit() || matches!(it, ':' | '.');
            (time.contains(':') && time.chars().all(clock)).then_some(day)
        }
    }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

fn is_blank(it: char) -> bool {
    it.is_whitespace() || it == '\u{a0}' || it == '\u{202f}'
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn amounts_are_read_to_the_cent_or_not_at_all() {
        for (text, expected) in [
            ("1.234,56", Some(123_456)),
            ("1234,56", Some(123_456)),
            ("€ 12,50", Some(1_250)),
            ("€\u{a0}12,5", Some(1_250)),
            ("-3,00", Some(-300)),
            ("€ -3,00", Some(-300)),
            ("3,00-", Some(-300)),
            ("1.234", Some(123_400)),
            ("12,5000", Some(1_250)),
            ("0,29", Some(29)),
            ("1234.56", None),
            ("1.23,45", None),
            ("12,345", None),
            ("12,", None),
            (",50", None),
            ("--3,00", None),
            ("1e3", None),
            ("", None),
            ("92233720368547758,08", None),
        ] {
            assert_eq!(honderdsten(text, Decimaalteken::Komma), expected, "{text}");
        }
        assert_eq!(honderdsten("1,234.56", Decimaalteken::Punt), Some(123_456));
        assert_eq!(schrijf_honderdsten(-5, Decimaalteken::Komma), "-0,05");
    }

    #[test]
    fn days_are_read_in_one_form_only() {
        let day = Some(date(2017, 12, 1));
        for (vorm, text, expected) in [
            (Datumvorm::DagMaandJaar, "01-12-2017", day),
            (Datumvorm::DagMaandJaar, "1-12-2017", day),
            (Datumvorm::DagMaandJaar, "01-12-2017 00:00:00", day),
            (Datumvorm::DagMaandJaar, "2017-12-01", None),
            (Datumvorm::DagMaandJaar, "31-02-2017", None),
            (Datumvorm::DagMaandJaar, "01-12-17", None),
            (Datumvorm::DagMaandJaarMetStreep, "01/12/2017", day),
            (Datumvorm::JaarMaandDag, "2017-12-01", day),
            (Datumvorm::JaarMaandDag, "2017-12-01T08:30:00.000", day),
            (Datumvorm::Aaneen, "20171201", day),
            (Datumvorm::Aaneen, "201é1201", None),
        ] {
            assert_eq!(vorm.lees(text), expected, "{vorm} {text}");
            if let Some(it) = expected {
                assert_eq!(vorm.lees(&vorm.schrijf(it)), expected);
            }
        }
    }
}
