//! What a user sent in a form or a query, and what is wrong with it.

use axum::{
    extract::{FromRequest, FromRequestParts, Query, Request},
    http::request::Parts,
};
use jiff::civil::Date;

use crate::{datum, fout::Fout, staat::Web};

/// The fields of a form or query, without control characters, in the order they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Waarden(Vec<(String, String)>);

impl Waarden {
    fn from_pairs(pairs: Vec<(String, String)>) -> Waarden {
        let clean = |it: String| -> String {
            it.chars().filter(|it| !it.is_control() || *it == '\n').collect()
        };
        Waarden(pairs.into_iter().map(|(name, value)| (name, clean(value))).collect())
    }

    /// Every field with its value, in the order they came.
    pub(crate) fn paren(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(naam, waarde)| (naam.as_str(), waarde.as_str()))
    }

    /// Puts these fields in place of those of the same name.
    pub(crate) fn neem_over(&mut self, andere: Waarden) {
        self.0.retain(|(naam, _)| !andere.0.iter().any(|(it, _)| it == naam));
        self.0.extend(andere.0);
    }

    /// The first value of a field without space around it; empty when absent.
    pub(crate) fn get(&self, naam: &str) -> &str {
        self.0.iter().find(|(it, _)| it == naam).map_or("", |(_, value)| value.trim())
    }

    /// Every value of a field that can be ticked more than once.
    pub(crate) fn alle(&self, naam: &str) -> Vec<&str> {
        self.0.iter().filter(|(it, _)| it == naam).map(|(_, value)| value.trim()).collect()
    }

    /// Puts another value in place of what was sent.
    pub(crate) fn vervang(&mut self, naam: &str, waarde: impl Into<String>) {
        self.0.retain(|(it, _)| it != naam);
        self.0.push((naam.to_owned(), waarde.into()));
    }

    /// Fills in a field that was not sent.
    pub(crate) fn standaard(&mut self, naam: &str, waarde: impl Into<String>) {
        if !self.0.iter().any(|(it, _)| it == naam) {
            self.0.push((naam.to_owned(), waarde.into()));
        }
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Waarden {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Waarden {
        Waarden::from_pairs(pairs.into_iter().map(|(n, v)| (n.into(), v.into())).collect())
    }
}

/// The fields behind the question mark.
pub(crate) struct Zoekdeel(pub(crate) Waarden);

impl FromRequestParts<Web> for Zoekdeel {
    type Rejection = Fout;

    async fn from_request_parts(parts: &mut Parts, state: &Web) -> Result<Self, Fout> {
        let pairs = Query::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        let Query(pairs) = pairs.map_err(|_| Fout::Onleesbaar)?;
        Ok(Zoekdeel(Waarden::from_pairs(pairs)))
    }
}

/// The fields of a form that was sent.
pub(crate) struct Formulierdeel(pub(crate) Waarden);

impl FromRequest<Web> for Formulierdeel {
    type Rejection = Fout;

    async fn from_request(request: Request, state: &Web) -> Result<Self, Fout> {
        let pairs = axum::Form::<Vec<(String, String)>>::from_request(request, state).await;
        let axum::Form(pairs) = pairs.map_err(|_| Fout::Onleesbaar)?;
        Ok(Formulierdeel(Waarden::from_pairs(pairs)))
    }
}

/// Something wrong with one field, saying what is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Veldfout {
    pub(crate) veld: String,
    pub(crate) tekst: String,
}

/// Reads fields one by one and collects what is wrong with them.
pub(crate) struct Lezer<'a> {
    waarden: &'a Waarden,
    fouten: Vec<Veldfout>,
}

impl<'a> Lezer<'a> {
    pub(crate) fn new(waarden: &'a Waarden) -> Lezer<'a> {
        Lezer { waarden, fouten: Vec::new() }
    }

    /// Notes that something is wrong.
    pub(crate) fn fout(&mut self, veld: &str, tekst: impl Into<String>) {
        self.fouten.push(Veldfout { veld: veld.to_owned(), tekst: tekst.into() });
    }

    /// What was read, or everything that is wrong.
    pub(crate) fn klaar<T>(self, gelezen: Option<T>) -> Result<T, Vec<Veldfout>> {
        match gelezen {
            Some(it) if self.fouten.is_empty() => Ok(it),
            _ => Err(self.fouten),
        }
    }

    /// A text that must be there, of at most `lengte` characters.
    pub(crate) fn tekst(&mut self, veld: &str, wat: &str, lengte: usize) -> Option<String> {
        let text = self.mogelijke_tekst(veld, lengte)?;
        if text.is_empty() {
            self.fout(veld, format!("Vul {wat} in."));
            return None;
        }
        Some(text)
    }

    /// A text that may be empty, of at most `lengte` characters.
    pub(crate) fn mogelijke_tekst(&mut self, veld: &str, lengte: usize) -> Option<String> {
        let text = self.waarden.get(veld);
        if text.chars().count() > lengte {
            self.fout(veld, format!("Gebruik hoogstens {lengte} tekens."));
            return None;
        }
        Some(text.to_owned())
    }

    /// A date that must be there.
    pub(crate) fn datum(&mut self, veld: &str, wat: &str) -> Option<Date> {
        if self.waarden.get(veld).is_empty() {
            self.fout(veld, format!("Vul {wat} in, als 06-11-2017."));
            return None;
        }
        self.mogelijke_datum(veld).flatten()
    }

    /// A date that may be empty.
    pub(crate) fn mogelijke_datum(&mut self, veld: &str) -> Option<Option<Date>> {
        let text = self.waarden.get(veld);
        if text.is_empty() {
            return Some(None);
        }
        match datum::lees(text) {
            Ok(day) => Some(Some(day)),
            Err(expected) => {
                self.fout(veld, zin(expected));
                None
            }
        }
    }

    /// A value that must be one of those offered.
    pub(crate) fn keuze<T>(
        &mut self,
        veld: &str,
        wat: &str,
        lees: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let found = lees(self.waarden.get(veld));
        if found.is_none() {
            self.fout(veld, format!("Kies {wat}."));
        }
        found
    }

    /// A value that may be left open and otherwise must be one of those offered.
    pub(crate) fn mogelijke_keuze<T>(
        &mut self,
        veld: &str,
        wat: &str,
        lees: impl FnOnce(&str) -> Option<T>,
    ) -> Option<Option<T>> {
        if self.waarden.get(veld).is_empty() {
            return Some(None);
        }
        self.keuze(veld, wat, lees).map(Some)
    }

    /// A value with a fixed written form; the type says what is expected.
    pub(crate) fn vorm<T: std::str::FromStr<Err: std::fmt::Display>>(
        &mut self,
        veld: &str,
    ) -> Option<T> {
        match self.waarden.get(veld).parse() {
            Ok(it) => Some(it),
            Err(expected) => {
                self.fout(veld, zin(&format!("{expected}")));
                None
            }
        }
    }

    /// A whole number between two bounds.
    pub(crate) fn getal(&mut self, veld: &str, wat: &str, van: u32, tot: u32) -> Option<u32> {
        let text = self.waarden.get(veld).replace('.', "");
        let found = text.parse().ok().filter(|it| (van..=tot).contains(it));
        if found.is_none() {
            self.fout(veld, format!("Vul {wat} in: een heel getal van {van} tot en met {tot}."));
        }
        found
    }

    /// An amount in euros with at most two decimals.
    pub(crate) fn bedrag(&mut self, veld: &str, wat: &str) -> Option<domain::Bedrag> {
        let found = bedrag(self.waarden.get(veld));
        if found.is_none() {
            self.fout(veld, format!("Vul {wat} in als bedrag in euro, zoals 58,20."));
        }
        found
    }

    /// An amount that may be empty.
    pub(crate) fn mogelijk_bedrag(
        &mut self,
        veld: &str,
        wat: &str,
    ) -> Option<Option<domain::Bedrag>> {
        if self.waarden.get(veld).is_empty() {
            return Some(None);
        }
        self.bedrag(veld, wat).map(Some)
    }
}

/// The words as a sentence: a capital in front and a full stop behind.
pub(crate) fn zin(woorden: &str) -> String {
    let mut letters = woorden.chars();
    let first: String = letters.next().map(|it| it.to_uppercase().collect()).unwrap_or_default();
    let end = if woorden.ends_with('.') { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

fn bedrag(tekst: &str) -> Option<domain::Bedrag> {
    let text = tekst.trim_start_matches('€').trim();
    let (euros, cents) = text.split_once(',').unwrap_or((text, "00"));
    let euros = euros.replace('.', "");
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    if !digits(&euros) || !digits(cents) || cents.len() > 2 || euros.len() > 10 {
        return None;
    }
    let cents: i64 = format!("{cents:0<2}").parse().ok()?;
    Some(domain::Bedrag(euros.parse::<i64>().ok()? * 100 + cents))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_they_are_written() {
        for (text, cents) in [
            ("58,20", Some(5_820)),
            ("€ 1.234,5", Some(123_450)),
            ("58", Some(5_800)),
            ("-1", None),
            ("1,234", None),
            ("", None),
            ("99999999999", None),
        ] {
            assert_eq!(bedrag(text).map(|it| it.0), cents, "{text}");
        }
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let values: Waarden = [("naam", " "), ("van", "31-02-2017")].into_iter().collect();
        let mut lezer = Lezer::new(&values);
        let naam = lezer.tekst("naam", "een naam", 80);
        let van = lezer.datum("van", "de eerste dag");
        let faults = lezer.klaar(naam.zip(van)).unwrap_err();
        let texts: Vec<&str> = faults.iter().map(|it| it.tekst.as_str()).collect();
        assert_eq!(texts, ["Vul een naam in.", "Deze datum bestaat niet."]);
    }
}
