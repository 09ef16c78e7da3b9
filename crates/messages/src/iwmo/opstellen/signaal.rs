//! Allocations of one client that overlap at different providers: a signal of our own.

use domain::{Dossier, Productcategorie, toewijzing::Toewijzing};

use crate::Problem;

/// Warns for each pair of allocations of different providers that overlap in time and product.
///
/// The standard forbids overlap per provider only (TR302), since a message goes to one provider;
/// across providers it may be right, and is worth a look. Aids (categories 11-14) may pile up.
pub fn stapeling(dossier: &Dossier) -> Vec<Problem> {
    let standing: Vec<&Toewijzing> = dossier.toewijzingen.iter().filter(|it| it.telt()).collect();
    let mut found = Vec::new();
    for (at, one) in standing.iter().enumerate() {
        for other in &standing[at + 1..] {
            if piles_up(one, other) {
                let text = format!(
                    "toewijzing {} en {} zijn van twee aanbieders en overlappen elkaar in tijd en \
                     product; ga na of dat zo bedoeld is",
                    one.nummer.0, other.nummer.0
                );
                let problem = Problem::waarschuwing("WMO301", "STAPEL", text);
                found.push(problem.in_element("ToegewezenProduct"));
            }
        }
    }
    found
}

fn piles_up(one: &Toewijzing, other: &Toewijzing) -> bool {
    let (one, other) = (&one.opdracht, &other.opdracht);
    if one.aanbieder == other.aanbieder || !one.geldig.overlapt(&other.geldig) {
        return false;
    }
    let aid = |it: Option<Productcategorie>| it.is_some_and(|it| (11..=14).contains(&it.nummer()));
    let categories = (one.product.categorie(), other.product.categorie());
    if aid(categories.0) || aid(categories.1) {
        return false;
    }
    match (one.product.code(), other.product.code(), categories) {
        (Some(one), Some(other), _) => one == other,
        (_, _, (Some(one), Some(other))) => one == other,
        _ => true,
    }
}
