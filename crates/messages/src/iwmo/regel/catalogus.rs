//! The rules of iWmo 3.2 as a catalogue: code, level, return code, messages, and what guards them.
//!
//! The table `catalogus.tsv` beside this module holds every rule in our own words.

use std::{collections::HashMap, fmt, sync::LazyLock};

/// A rule of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Controleregel {
    /// The published code, such as `TR302`.
    pub code: &'static str,
    /// The level of checking 1-4; `None` for what no check of a message can show.
    pub niveau: Option<u8>,
    /// The code of list WJ001 with which a message that breaks it is returned.
    pub retourcode: Option<&'static str>,
    /// The messages it holds for, as numbers with spaces between them, or `alle`.
    pub berichten: &'static str,
    /// What guards it here.
    pub bewaking: Bewaking,
    /// What it asks, in Dutch.
    pub tekst: &'static str,
    /// Through which other rule it is guarded, or why it cannot be; empty where nothing is to say.
    pub toelichting: &'static str,
}

/// What guards a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bewaking {
    /// The reader: structure, types and code lists.
    Lezer,
    /// A check within the message.
    Bericht,
    /// A check against earlier messages.
    Keten,
    /// A check against date, product list, contract and tariff.
    Register,
    /// The way messages are made here.
    Maken,
    /// A timer on what is expected.
    Termijn,
    /// Nothing: it is about the work of people, or cannot be seen in a message.
    Proces,
}

impl Bewaking {
    /// The words in a table.
    pub const fn naam(self) -> &'static str {
        match self {
            Bewaking::Lezer => "het lezen",
            Bewaking::Bericht => "controle binnen het bericht",
            Bewaking::Keten => "controle tegen eerdere berichten",
            Bewaking::Register => "controle tegen het register",
            Bewaking::Maken => "het maken van berichten",
            Bewaking::Termijn => "termijnen",
            Bewaking::Proces => "geen controle",
        }
    }

    fn from_naam(naam: &str) -> Bewaking {
        match naam {
            "lezer" => Bewaking::Lezer,
            "bericht" => Bewaking::Bericht,
            "keten" => Bewaking::Keten,
            "register" => Bewaking::Register,
            "maken" => Bewaking::Maken,
            "termijn" => Bewaking::Termijn,
            _ => Bewaking::Proces,
        }
    }
}

impl Controleregel {
    /// Whether a check of its own looks at messages, so that its code can come out of one.
    pub const fn is_controle(&self) -> bool {
        let looks =
            matches!(self.bewaking, Bewaking::Bericht | Bewaking::Keten | Bewaking::Register);
        looks && self.niveau.is_some()
    }
}

/// As one line: `TR302 (niveau 2, retourcode 0001, bericht 301): ...`.
impl fmt::Display for Controleregel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (", self.code)?;
        if let Some(niveau) = self.niveau {
            write!(f, "niveau {niveau}, ")?;
        }
        if let Some(code) = self.retourcode {
            write!(f, "retourcode {code}, ")?;
        }
        write!(f, "bericht {}): {}", self.berichten, self.tekst)
    }
}

/// Every rule, in the published order.
pub fn regels() -> &'static [Controleregel] {
    &REGELS
}

/// The rule with this code.
pub fn regel(code: &str) -> Option<&'static Controleregel> {
    INDEX.get(code).map(|at| &REGELS[*at])
}

static REGELS: LazyLock<Vec<Controleregel>> = LazyLock::new(|| {
    let lines = include_str!("catalogus.tsv").lines();
    lines.filter(|it| !it.starts_with(';')).map(parse).collect()
});

static INDEX: LazyLock<HashMap<&'static str, usize>> =
    LazyLock::new(|| REGELS.iter().enumerate().map(|(at, it)| (it.code, at)).collect());

fn parse(line: &'static str) -> Controleregel {
    let mut cells = line.split('\t');
    let mut next = || cells.next().unwrap_or_default();
    let (code, niveau, retourcode, berichten) = (next(), next(), next(), next());
    Controleregel {
        code,
        niveau: niveau.parse().ok(),
        retourcode: (!retourcode.is_empty()).then_some(retourcode),
        berichten,
        bewaking: Bewaking::from_naam(next()),
        tekst: next(),
        toelichting: next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iwmo::codelijst;

    #[test]
    fn the_catalogue_is_whole() {
        assert_eq!(regels().len(), 296);
        assert_eq!(INDEX.len(), 296, "a code comes twice");
        for it in regels() {
            assert!(!it.tekst.is_empty() && !it.berichten.is_empty(), "{}", it.code);
            let unguarded = it.bewaking == Bewaking::Proces;
            assert!(!unguarded || !it.toelichting.is_empty(), "{}: say why", it.code);
            if let Some(code) = it.retourcode {
                assert!(codelijst::retourcode(code).is_some(), "{}: {code}", it.code);
            }
        }
        let asked = "TR302 (niveau 2, retourcode 0001, bericht 301): Een product is op elke dag \
                     hooguit een keer toegewezen; hulpmiddelen (11-14) mogen stapelen";
        assert_eq!(regel("TR302").unwrap().to_string(), asked);
        assert_eq!(regel("TR999"), None);
    }
}
