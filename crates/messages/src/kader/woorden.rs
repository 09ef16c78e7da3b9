//! The words in the file for steps, consequences, conclusions and times.

use domain::{
    Frequentie,
    besluit::Afwijzingsgrond,
    kader::{Conclusie, Gevolg, Stapsoort, Wet},
};

/// A closed list of values with their words.
pub(super) trait Woord: Copy + 'static {
    /// Every value.
    fn alle() -> Vec<Self>;
    /// The word of a value.
    fn woord(self) -> String;

    /// The value with this word; capitals and space around it do not matter.
    fn lees(tekst: &str) -> Option<Self> {
        let text = tekst.trim().to_lowercase();
        Self::alle().into_iter().find(|it| it.woord().to_lowercase() == text)
    }

    /// Every word, for a reader who has to choose one.
    fn keuzes() -> String {
        let words: Vec<String> =
            Self::alle().into_iter().map(|it| format!("\"{}\"", it.woord())).collect();
        words.join(", ")
    }
}

impl Woord for Stapsoort {
    fn alle() -> Vec<Self> {
        Stapsoort::ALLE.to_vec()
    }

    fn woord(self) -> String {
        match self {
            Stapsoort::Grens(wet) => format!("grens {}", wet.naam()),
            other => other.naam().to_owned(),
        }
    }
}

impl Woord for Gevolg {
    fn alle() -> Vec<Self> {
        let grounds = Afwijzingsgrond::ALLE.into_iter().map(Gevolg::Dekt);
        let laws = Wet::ALLE.into_iter().map(Gevolg::Grens);
        [Gevolg::Verder, Gevolg::Deels].into_iter().chain(grounds).chain(laws).collect()
    }

    fn woord(self) -> String {
        match self {
            Gevolg::Verder => "verder".to_owned(),
            Gevolg::Deels => "deels".to_owned(),
            Gevolg::Dekt(grond) => format!("dekt {}", grond.naam()),
            Gevolg::Grens(wet) => format!("grens {}", wet.naam()),
        }
    }
}

impl Woord for Conclusie {
    fn alle() -> Vec<Self> {
        let grounds = Afwijzingsgrond::ALLE.into_iter().map(Conclusie::Gedekt);
        let laws = Wet::ALLE.into_iter().map(Conclusie::Grensgeval);
        [Conclusie::Maatwerk, Conclusie::Onvolledig]
            .into_iter()
            .chain(grounds)
            .chain(laws)
            .collect()
    }

    fn woord(self) -> String {
        match self {
            Conclusie::Maatwerk => "maatwerk".to_owned(),
            Conclusie::Onvolledig => "onvolledig".to_owned(),
            Conclusie::Gedekt(grond) => format!("gedekt {}", grond.naam()),
            Conclusie::Grensgeval(wet) => format!("grensgeval {}", wet.naam()),
        }
    }
}

impl Woord for Frequentie {
    fn alle() -> Vec<Self> {
        Frequentie::ALLE.to_vec()
    }

    fn woord(self) -> String {
        let word = match self {
            Frequentie::Dag => "dag",
            Frequentie::Week => "week",
            Frequentie::VierWeken => "vier weken",
            Frequentie::Maand => "maand",
            Frequentie::Jaar => "jaar",
            Frequentie::Totaal => "totaal",
        };
        word.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T: Woord + PartialEq + std::fmt::Debug>() {
        for it in T::alle() {
            assert_eq!(T::lees(&format!(" {} ", it.woord().to_uppercase())), Some(it));
        }
        assert_eq!(T::lees("iets anders"), None);
    }

    #[test]
    fn every_word_reads_as_it_is_written() {
        check::<Stapsoort>();
        check::<Gevolg>();
        check::<Conclusie>();
        check::<Frequentie>();
    }
}
