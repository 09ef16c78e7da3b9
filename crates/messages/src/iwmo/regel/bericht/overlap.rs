//! Whether products are allocated or asked for twice on one day: TR302, TR386, TR410, TR361.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::iwmo::bericht::basis::Product;

/// A product during some time; without an end it runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Aanspraakperiode<'a> {
    pub(crate) categorie: Option<&'a str>,
    pub(crate) code: Option<&'a str>,
    pub(crate) van: Date,
    pub(crate) tot: Option<Date>,
}

impl<'a> Aanspraakperiode<'a> {
    /// Of a product that may be left out.
    pub(crate) fn van(product: Option<&'a Product>, van: Date, tot: Option<Date>) -> Self {
        let categorie = product.and_then(|it| it.categorie.waarde());
        let code = product.and_then(|it| it.code.get()).map(|it| &**it);
        Aanspraakperiode { categorie, code, van, tot }
    }
}

/// Which of these overlap one that starts before it; both ends count.
///
/// With a code on both sides the codes must be the same, with one code missing the categories, and
/// without a category everything overlaps. Aids (11-14) may pile up. Goes over them once, by start.
pub(crate) fn overlappend(perioden: &[Aanspraakperiode<'_>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..perioden.len())
        .filter(|at| !matches!(perioden[*at].categorie, Some("11" | "12" | "13" | "14")))
        .collect();
    order.sort_by_key(|at| perioden[*at].van);
    let mut ends = Einden::default();
    let mut found = Vec::new();
    for at in order {
        let one = &perioden[at];
        if ends.until(one).is_some_and(|it| it >= one.van) {
            found.push(at);
        }
        ends.add(one);
    }
    found.sort_unstable();
    found
}

/// The latest end so far, per what it would overlap with.
#[derive(Debug, Default)]
struct Einden<'a> {
    alles: Option<Date>,
    generiek: Option<Date>,
    categorie: HashMap<&'a str, Date>,
    zonder_code: HashMap<&'a str, Date>,
    code: HashMap<(&'a str, &'a str), Date>,
}

impl<'a> Einden<'a> {
    fn until(&self, one: &Aanspraakperiode<'a>) -> Option<Date> {
        match (one.categorie, one.code) {
            (None, _) => self.alles,
            (Some(categorie), None) => self.categorie.get(categorie).copied().max(self.generiek),
            (Some(categorie), Some(code)) => {
                let same = self.code.get(&(categorie, code)).copied();
                same.max(self.zonder_code.get(categorie).copied()).max(self.generiek)
            }
        }
    }

    fn add(&mut self, one: &Aanspraakperiode<'a>) {
        let end = one.tot.unwrap_or(Date::MAX);
        let later = |known: &mut Date| *known = (*known).max(end);
        self.alles = self.alles.max(Some(end));
        match (one.categorie, one.code) {
            (None, _) => self.generiek = self.generiek.max(Some(end)),
            (Some(categorie), code) => {
                self.categorie.entry(categorie).and_modify(later).or_insert(end);
                match code {
                    None => {
                        self.zonder_code.entry(categorie).and_modify(later).or_insert(end);
                    }
                    Some(code) => {
                        self.code.entry((categorie, code)).and_modify(later).or_insert(end);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn one<'a>(product: &'a str, van: i8, tot: Option<i8>) -> Aanspraakperiode<'a> {
        let (categorie, code) = (product.get(..2), product.get(2..).filter(|it| !it.is_empty()));
        let day = |it| date(2025, 1, it);
        Aanspraakperiode { categorie, code, van: day(van), tot: tot.map(day) }
    }

    #[test]
    fn the_same_product_overlaps_on_a_shared_day() {
        for (what, a, b, overlaps) in [
            ("same code, a shared day", one("02A03", 1, Some(10)), one("02A03", 10, None), true),
            (
                "same code, one after the other",
                one("02A03", 1, Some(9)),
                one("02A03", 10, None),
                false,
            ),
            ("other code", one("02A03", 1, None), one("02A04", 10, None), false),
            ("category and code in it", one("02", 1, None), one("02A04", 10, None), true),
            ("code and its category later", one("02A04", 1, None), one("02", 10, None), true),
            ("other category", one("02", 1, None), one("07", 10, None), false),
            ("no category at all", one("", 1, None), one("07A01", 10, None), true),
            ("aids", one("11X01", 1, None), one("11X01", 1, None), false),
            ("later one written first", one("02A03", 10, None), one("02A03", 1, Some(10)), true),
        ] {
            assert_eq!(!overlappend(&[a, b]).is_empty(), overlaps, "{what}");
        }
    }
}
