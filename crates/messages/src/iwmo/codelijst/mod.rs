//! The code lists of iWmo 3.2 as own data: code, meaning, valid from and until, and what to do.
//!
//! The files beside this module are tables of facts; their layout is explained at the top of each.
//! A list is found by its published name ([`lijst`]), a code in any list by [`zoek`].

use std::{collections::HashMap, sync::LazyLock};

use jiff::civil::Date;

/// A code list of the standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codelijst {
    /// The published name, such as `WJ756`.
    pub naam: &'static str,
    /// The element of a message in which the code stands.
    pub element: &'static str,
    /// What the list is, in Dutch.
    pub titel: &'static str,
    /// Its values, in the published order.
    pub waarden: Vec<Codewaarde>,
    index: HashMap<&'static str, usize>,
}

/// A code with its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Codewaarde {
    /// The published code.
    pub code: &'static str,
    /// What it means, in Dutch.
    pub betekenis: &'static str,
    /// The first day on which it may be used, if it was not always there.
    pub geldig_van: Option<Date>,
    /// The last day on which it may be used, if it ended.
    pub geldig_tot: Option<Date>,
    /// What to do when this code comes back, or what to know; empty where there is nothing to say.
    pub advies: &'static str,
}

impl Codelijst {
    /// The value with this code.
    pub fn waarde(&self, code: &str) -> Option<&Codewaarde> {
        self.index.get(code).map(|at| &self.waarden[*at])
    }
}

impl Codewaarde {
    /// Whether the code may be used on this day.
    pub fn geldt(&self, op: Date) -> bool {
        self.geldig_van.is_none_or(|it| it <= op) && self.geldig_tot.is_none_or(|it| op <= it)
    }
}

/// Every list, the short ones first.
pub fn lijsten() -> &'static [Codelijst] {
    &LIJSTEN
}

/// The list with this published name, such as `WJ001`.
pub fn lijst(naam: &str) -> Option<&'static Codelijst> {
    LIJSTEN.iter().find(|it| it.naam.eq_ignore_ascii_case(naam))
}

/// Every list that has this code, with its value.
pub fn zoek(code: &str) -> impl Iterator<Item = (&'static Codelijst, &'static Codewaarde)> {
    LIJSTEN.iter().filter_map(move |it| it.waarde(code).map(|waarde| (it, waarde)))
}

/// A return code of list WJ001.
pub fn retourcode(code: &str) -> Option<&'static Codewaarde> {
    lijst("WJ001").and_then(|it| it.waarde(code))
}

/// The name of a municipality by its CBS code, in the division of 1 January 2026.
pub fn gemeente(code: &str) -> Option<&'static str> {
    lijst("CBS").and_then(|it| it.waarde(code)).map(|it| it.betekenis)
}

static LIJSTEN: LazyLock<Vec<Codelijst>> = LazyLock::new(|| {
    let files = [
        include_str!("klein.tsv"),
        include_str!("retourcode.tsv"),
        include_str!("transport.tsv"),
        include_str!("land.tsv"),
        include_str!("gemeente.tsv"),
        include_str!("hulpmiddel.tsv"),
    ];
    files.into_iter().flat_map(parse).collect()
});

fn parse(file: &'static str) -> Vec<Codelijst> {
    let mut lists: Vec<Codelijst> = Vec::new();
    for line in file.lines().filter(|it| !it.is_empty() && !it.starts_with(';')) {
        let mut cells = line.split('\t');
        let mut next = || cells.next().unwrap_or_default();
        let first = next();
        if let Some(naam) = first.strip_prefix("= ") {
            let (element, titel) = (next(), next());
            let (waarden, index) = (Vec::new(), HashMap::new());
            lists.push(Codelijst { naam, element, titel, waarden, index });
        } else if let Some(list) = lists.last_mut() {
            let (betekenis, van, tot, advies) = (next(), next(), next(), next());
            let (geldig_van, geldig_tot) = (van.parse().ok(), tot.parse().ok());
            list.index.insert(first, list.waarden.len());
            let code = first;
            list.waarden.push(Codewaarde { code, betekenis, geldig_van, geldig_tot, advies });
        }
    }
    lists
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn each_list_is_whole_and_each_date_reads() {
        let sizes: Vec<(&str, usize)> =
            lijsten().iter().map(|it| (it.naam, it.waarden.len())).collect();
        for (naam, size) in [("WJ001", 59), ("WMO020", 18), ("COD032", 249), ("CBS", 342)] {
            assert!(sizes.contains(&(naam, size)), "{naam}: {sizes:?}");
        }
        for list in lijsten() {
            assert_eq!(list.index.len(), list.waarden.len(), "{}: a code comes twice", list.naam);
            assert!(list.waarden.iter().all(|it| !it.betekenis.is_empty()), "{}", list.naam);
        }
        let reden = lijst("wmo002").and_then(|it| it.waarde("01")).unwrap();
        assert!(reden.geldt(date(2022, 3, 31)) && !reden.geldt(date(2022, 4, 1)));
    }

    #[test]
    fn a_code_is_found_in_every_list_that_has_it() {
        let lists: Vec<&str> = zoek("04").map(|(list, _)| list.naam).collect();
        assert_eq!(lists, ["COD327", "COD472", "COD757", "WJ232", "WJ756", "WMO002", "WMO020"]);
        assert_eq!(gemeente("0296"), Some("Wijchen"));
        assert_eq!(zoek("9999").count(), 0);
        assert!(retourcode("9321").unwrap().advies.contains("maximum"));
    }
}
