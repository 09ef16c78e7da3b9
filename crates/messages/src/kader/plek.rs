//! One table of the file, read key by key; what is wrong is noted with its line.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{CODE, woorden::Woord};
use crate::Problem;

/// How many problems are told at once.
const MEEST: usize = 100;

/// What was wrong so far.
pub(super) struct Klachten<'a> {
    bestand: &'a str,
    tekst: &'a str,
    pub(super) problems: Vec<Problem>,
}

impl<'a> Klachten<'a> {
    pub(super) fn new(bestand: &'a str, tekst: &'a str) -> Klachten<'a> {
        Klachten { bestand, tekst, problems: Vec::new() }
    }

    /// Notes what is wrong with a key, at this byte of the text.
    pub(super) fn fout(&mut self, begin: usize, sleutel: &str, tekst: impl Into<String>) {
        if self.problems.len() < MEEST {
            let before = self.tekst.as_bytes().iter().take(begin);
            let line = 1 + before.filter(|it| **it == b'\n').count();
            let line = u64::try_from(line).unwrap_or(u64::MAX);
            let problem = Problem::fout(self.bestand, CODE, tekst).on_line(line);
            self.problems.push(problem.in_element(sleutel));
        }
    }
}

/// One table, with where it begins and what it is called.
#[derive(Clone, Copy)]
pub(super) struct Plek<'t> {
    pub(super) tabel: &'t DeTable<'t>,
    pub(super) begin: usize,
    pub(super) naam: &'static str,
}

impl<'t> Plek<'t> {
    /// Notes every key that is not one of these.
    pub(super) fn alleen(self, klachten: &mut Klachten<'_>, bekend: &[&str]) {
        for key in self.tabel.keys().filter(|it| !bekend.contains(&it.get_ref().as_ref())) {
            let text = format!(
                "{} kent geen sleutel ‘{}’; verwacht: {}",
                self.naam,
                key.get_ref(),
                bekend.join(", ")
            );
            klachten.fout(key.span().start, key.get_ref(), text);
        }
    }

    /// Where a key stands; where the table begins when it is absent.
    pub(super) fn begin_van(self, sleutel: &str) -> usize {
        self.tabel.get(sleutel).map_or(self.begin, |it| it.span().start)
    }

    /// A text that may be absent.
    pub(super) fn mogelijke_tekst(
        self,
        klachten: &mut Klachten<'_>,
        sleutel: &str,
        lengte: usize,
    ) -> Option<String> {
        let found = self.tabel.get(sleutel)?;
        let DeValue::String(text) = found.get_ref() else {
            let text = format!("{sleutel} hoort tekst tussen aanhalingstekens te zijn");
            klachten.fout(found.span().start, sleutel, text);
            return None;
        };
        let text = text.trim();
        if text.chars().count() > lengte {
            let text = format!("{sleutel} mag hooguit {lengte} tekens hebben");
            klachten.fout(found.span().start, sleutel, text);
            return None;
        }
        if text.chars().any(|it| it.is_control() && it != '\n') {
            let text = format!("{sleutel} bevat een teken dat niet te lezen is, zoals een tab");
            klachten.fout(found.span().start, sleutel, text);
            return None;
        }
        Some(text.to_owned())
    }

    /// A text that must be there.
    pub(super) fn tekst(
        self,
        klachten: &mut Klachten<'_>,
        sleutel: &str,
        verwacht: &str,
        lengte: usize,
    ) -> Option<String> {
        let known = klachten.problems.len();
        let found = self.mogelijke_tekst(klachten, sleutel, lengte);
        if klachten.problems.len() > known {
            return None;
        }
        if found.as_deref().is_none_or(str::is_empty) {
            self.mist(klachten, sleutel, verwacht);
            return None;
        }
        found
    }

    /// A whole number from 1 that must be there.
    pub(super) fn getal<T: TryFrom<u64>>(
        self,
        klachten: &mut Klachten<'_>,
        sleutel: &str,
        verwacht: &str,
    ) -> Option<T> {
        let Some(found) = self.tabel.get(sleutel) else {
            self.mist(klachten, sleutel, verwacht);
            return None;
        };
        let number = number(found);
        if number.is_none() {
            let text = format!("{sleutel} hoort een heel getal vanaf 1 te zijn: {verwacht}");
            klachten.fout(found.span().start, sleutel, text);
        }
        number
    }

    /// A list of whole numbers from 1 that may be absent, each with where it stands.
    pub(super) fn getallen<T: TryFrom<u64>>(
        self,
        klachten: &mut Klachten<'_>,
        sleutel: &str,
        verwacht: &str,
    ) -> Vec<(T, usize)> {
        let Some(found) = self.tabel.get(sleutel) else { return Vec::new() };
        let expected = format!("{sleutel} hoort een rij met hele getallen te zijn: {verwacht}");
        let DeValue::Array(all) = found.get_ref() else {
            klachten.fout(found.span().start, sleutel, expected);
            return Vec::new();
        };
        let mut numbers = Vec::new();
        for it in all.iter() {
            match number(it) {
                Some(number) => numbers.push((number, it.span().start)),
                None => klachten.fout(it.span().start, sleutel, expected.clone()),
            }
        }
        numbers
    }

    /// True or false; false when absent.
    pub(super) fn ja_of_nee(self, klachten: &mut Klachten<'_>, sleutel: &str) -> Option<bool> {
        match self.tabel.get(sleutel) {
            None => Some(false),
            Some(found) => match found.get_ref() {
                DeValue::Boolean(it) => Some(*it),
                _ => {
                    let text = format!("{sleutel} hoort true of false te zijn");
                    klachten.fout(found.span().start, sleutel, text);
                    None
                }
            },
        }
    }

    /// One out of a list of words.
    pub(super) fn woord<T: Woord>(
        self,
        klachten: &mut Klachten<'_>,
        sleutel: &str,
        anders: Option<T>,
    ) -> Option<T> {
        let Some(found) = self.tabel.get(sleutel) else {
            if anders.is_none() {
                self.mist(klachten, sleutel, &format!("een van {}", T::keuzes()));
            }
            return anders;
        };
        let read = match found.get_ref() {
            DeValue::String(text) => T::lees(text),
            _ => None,
        };
        if read.is_none() {
            let text = format!("{sleutel} hoort een van deze te zijn: {}", T::keuzes());
            klachten.fout(found.span().start, sleutel, text);
        }
        read
    }

    /// The tables of a list such as `[[stap]]`; none when it is absent.
    pub(super) fn lijst(
        self,
        klachten: &mut Klachten<'_>,
        sleutel: &str,
        naam: &'static str,
    ) -> Vec<Plek<'t>> {
        let Some(found) = self.tabel.get(sleutel) else { return Vec::new() };
        let DeValue::Array(all) = found.get_ref() else {
            let text = format!("schrijf {naam} met twee vierkante haken aan elke kant");
            klachten.fout(found.span().start, sleutel, text);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for it in all.iter() {
            match it.get_ref() {
                DeValue::Table(tabel) => {
                    tables.push(Plek { tabel, begin: it.span().start, naam });
                }
                _ => klachten.fout(it.span().start, sleutel, format!("hier hoort {naam}")),
            }
        }
        tables
    }

    fn mist(self, klachten: &mut Klachten<'_>, sleutel: &str, verwacht: &str) {
        let text = format!("{} mist {sleutel}: {verwacht}", self.naam);
        klachten.fout(self.begin, sleutel, text);
    }
}

fn number<T: TryFrom<u64>>(found: &Spanned<DeValue<'_>>) -> Option<T> {
    let DeValue::Integer(it) = found.get_ref() else { return None };
    let number = u64::from_str_radix(it.as_str(), it.radix()).ok().filter(|it| *it > 0)?;
    T::try_from(number).ok()
}
