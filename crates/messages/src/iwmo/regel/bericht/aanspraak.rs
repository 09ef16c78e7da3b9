//! What is allocated or asked for: CD041, CD075-CD080, CD095, CD096, CS003, CS338, CS343.

use crate::iwmo::{
    bericht::{
        Regel, Waarde,
        basis::{Omvang, Product},
        gegevenstype::{Budget, Datum},
    },
    regel::bevinding::{Melder, Plek, lijn},
};

/// A product with volume, budget and term, whatever class it stands in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Aanspraak<'a> {
    pub(super) plek: Plek,
    pub(super) regel: Regel,
    /// The product; `None` for a class that names an allocation instead.
    pub(super) product: Option<Option<&'a Product>>,
    pub(super) omvang: Option<&'a Omvang>,
    pub(super) budget: &'a Waarde<Budget>,
    pub(super) van: &'a Waarde<Datum>,
    pub(super) tot: (&'a Waarde<Datum>, &'static str),
    /// The rule that forbids a volume without a product code.
    pub(super) zonder_code: &'static str,
    /// The rule on units that go per week, per month or in total.
    pub(super) per_dag: &'static str,
}

/// The units that are never given per day.
const NIET_PER_DAG: [&str; 4] = ["14", "16", "83", "84"];

pub(super) fn check(m: &mut Melder, a: &Aanspraak<'_>) {
    let (tot, tot_naam) = a.tot;
    let at_end = (a.plek, lijn(tot, a.regel), tot_naam);
    if let (Some(van), Some(tot)) = (a.van.waarde(), tot.waarde()) {
        m.eis(van <= tot, "CS003", at_end, &format!("{tot} ligt voor {van}"));
    }
    let at_omvang = (a.plek, a.omvang.map_or(a.regel, |it| it.regel), "Omvang");
    if let Some(product) = a.product {
        check_product(m, a, product, at_omvang);
    }
    if a.budget.is_aanwezig() {
        let at_budget = (a.plek, lijn(a.budget, a.regel), "Budget");
        m.eis(tot.is_aanwezig(), "CD075", at_end, "");
        if a.omvang.is_some() {
            m.fout("CD077", at_omvang, "");
            m.fout("CD078", at_budget, "");
        }
    }
    let Some(omvang) = a.omvang else { return };
    let (eenheid, frequentie) = (omvang.eenheid.waarde(), omvang.frequentie.waarde());
    if frequentie == Some("2") {
        m.eis(tot.is_aanwezig(), "CD076", at_end, "");
    }
    if frequentie == Some("1") && eenheid.is_some_and(|it| NIET_PER_DAG.contains(&it)) {
        let waar = (a.plek, lijn(&omvang.frequentie, omvang.regel), "Frequentie");
        m.fout(a.per_dag, waar, "hier staat per dag");
    }
}

fn check_product(
    m: &mut Melder,
    a: &Aanspraak<'_>,
    product: Option<&Product>,
    at_omvang: (Plek, Regel, &'static str),
) {
    let has_code = product.is_some_and(|it| it.code.is_aanwezig());
    match (has_code, a.omvang) {
        (true, None) => m.fout("CD041", at_omvang, ""),
        // Allocations that ended before 2021 could have a volume without a code.
        (false, Some(_)) if !ended_before_2021(a) => m.fout(a.zonder_code, at_omvang, ""),
        _ => {}
    }
    let enough = product.is_some() || a.budget.is_aanwezig();
    m.eis(enough, "CD079", (a.plek, a.regel, "Product"), "");
}

fn ended_before_2021(a: &Aanspraak<'_>) -> bool {
    a.tot.0.waarde().is_some_and(|it| it.year() < 2021)
}
