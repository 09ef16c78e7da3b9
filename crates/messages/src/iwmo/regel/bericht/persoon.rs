//! Who somebody is: CS002, TR002, TR134, CS139, CS050, CS318.

use domain::Bsn;
use jiff::{ToSpan, civil::Date, civil::date};

use crate::iwmo::{
    bericht::{
        Regel, Waarde,
        basis::{Geboortedatum, VolledigeNaam},
        gegevenstype::BurgerServicenummer,
    },
    regel::bevinding::{Melder, Plek, lijn},
};

const ONBEKEND: Date = date(1900, 1, 1);

/// The BSN, nine zeros included, which the schema and the published checks let through.
pub(super) fn bsn(m: &mut Melder, plek: Plek, klasse: Regel, bsn: &Waarde<BurgerServicenummer>) {
    if let Some(text) = bsn.get() {
        let right = text.parse::<Bsn>().is_ok();
        m.eis(right, "CS002", (plek, lijn(bsn, klasse), "Bsn"), "");
    }
}

/// A day of birth and how much of it is known.
pub(super) fn geboortedatum(m: &mut Melder, plek: Plek, geboren: &Geboortedatum, op: Date) {
    let Some(day) = geboren.datum.waarde() else { return };
    let at = lijn(&geboren.datum, geboren.regel);
    let gebruik = geboren.datum_gebruik.waarde();
    let onbekend = gebruik == Some("3") && day == ONBEKEND;
    if op != Date::MAX {
        let oldest = op.saturating_sub(120.years());
        m.eis(onbekend || day >= oldest, "TR002", (plek, at, "Datum"), "");
        m.eis(day <= op, "TR134", (plek, at, "Datum"), "de geboortedatum ligt erna");
    }
    let (first_day, first_month) = (day.day() == 1, day.month() == 1);
    let (right, found) = match gebruik {
        Some("1") => (first_day, "de dag is onbekend en staat niet op 01"),
        Some("2") => {
            (first_day && first_month, "dag en maand zijn onbekend en staan niet op 01-01")
        }
        Some("3") => (day == ONBEKEND, "de datum is onbekend en staat niet op 1900-01-01"),
        _ => return,
    };
    let waar = (plek, lijn(&geboren.datum_gebruik, geboren.regel), "DatumGebruik");
    m.eis(right, "CS139", waar, found);
}

/// Which name somebody goes by.
///
/// The published text allows 6 for a relation; the published check allows only 1 without the name
/// of a partner, so 5 and 6 are never sent.
pub(super) fn naam(m: &mut Melder, plek: Plek, naam: &VolledigeNaam) {
    let Some(gebruik) = naam.naam_gebruik.waarde() else { return };
    let waar = (plek, lijn(&naam.naam_gebruik, naam.regel), "NaamGebruik");
    let (right, found) = match naam.partnernaam {
        Some(_) => (matches!(gebruik, "1" | "2" | "3" | "4"), "er is een partnernaam"),
        None => (gebruik == "1", "er is geen partnernaam"),
    };
    m.eis(right, "CS050", waar, &format!("{found} en naamgebruik {gebruik}"));
    if matches!(plek, Plek::Client(_)) {
        m.eis(gebruik != "6", "CS318", waar, "");
    }
}
