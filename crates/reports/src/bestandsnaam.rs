//! Names of files that leave the program.

use jiff::civil::Date;

/// A name that says what is in the file: `maandbeeld-noord-2026-11-21.csv`.
pub fn bestandsnaam(delen: &[&str], datum: Date, extensie: &str) -> String {
    let mut name = String::new();
    for part in delen.iter().map(|part| slug(part)).filter(|part| !part.is_empty()) {
        name.push_str(&part);
        name.push('-');
    }
    format!("{name}{datum}.{extensie}")
}

/// The text in small letters, digits and single dashes.
fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match without_accent(letter) {
            plain if plain.is_ascii_alphanumeric() => slug.push(plain),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    slug.trim_end_matches('-').chars().take(60).collect()
}

fn without_accent(letter: char) -> char {
    match letter {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_name_holds_only_what_every_disk_accepts() {
        for (parts, expected) in [
            (&["maandbeeld", "Noord"][..], "maandbeeld-noord-2026-11-21.csv"),
            (&["Cliënten: per wijk/buurt", ""], "clienten-per-wijk-buurt-2026-11-21.csv"),
            (&["../../etc", "  "], "etc-2026-11-21.csv"),
            (&[], "2026-11-21.csv"),
        ] {
            assert_eq!(bestandsnaam(parts, date(2026, 11, 21), "csv"), expected);
        }
    }
}
