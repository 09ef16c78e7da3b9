//! `/cta`: the CTA-overleg, its agenda, one case as the meeting needs it, and what it leads to.
//!
//! Nobody sees a whole dossier here. The agenda has numbers and reasons only; a case is opened on
//! the ground for which it is on the agenda, by who sits in the meeting and has no interest in it
//! (Wmo 2015, art. 5.1.1 lid 1; Awb, art. 2:4).

pub(crate) mod cijfers;
pub(crate) mod lijst;
pub(crate) mod overleg;
mod toegang;
mod verhaal;
pub(crate) mod zaak;

use domain::{
    OverlegId, Register,
    agenda::Agendapunt,
    cta::{Aanleiding, Overleg},
};
use indicators::overleg::Verschil;
use jiff::civil::Date;

use crate::{datum, fout::Fout};

/// The address of a meeting.
fn pad(overleg: OverlegId) -> String {
    format!("/cta/{}", overleg.0)
}

/// The address of a case on an agenda.
fn pad_zaak(overleg: OverlegId, zaak: domain::ZaakId) -> String {
    format!("/cta/{}/zaken/{zaak}", overleg.0)
}

/// The meeting that an address names.
fn find<'a>(register: &'a Register, deel: &str) -> Result<&'a Overleg, Fout> {
    let id = deel.parse().map(OverlegId).map_err(|_| Fout::NietGevonden)?;
    register.overleggen.get(&id).ok_or(Fout::NietGevonden)
}

/// Why a case is reviewed, in words.
fn redenen(aanleidingen: &[Aanleiding]) -> String {
    let words: Vec<&str> = aanleidingen.iter().map(|it| it.naam()).collect();
    words.join(", ")
}

/// The last day of a review and how far off it is.
fn termijn(punt: &Agendapunt, vandaag: Date) -> (String, String) {
    match punt.uiterlijk {
        Some(day) => (datum::kort(day), datum::nog(day, vandaag)),
        None => ("geen termijn".to_owned(), String::new()),
    }
}

/// What changed, in euros and in volume per week.
fn verschil(it: &Verschil) -> String {
    let mut words = Vec::new();
    if it.zonder_prijs > 0 {
        words.push("prijs niet bekend".to_owned());
    } else if it.bedrag != domain::Bedrag::NUL {
        words.push(it.bedrag.to_string());
    }
    words.extend(volumes(it));
    if words.is_empty() { "geen".to_owned() } else { words.join("; ") }
}

/// The change in volume, per unit: `-2,5 uur per week`.
fn volumes(it: &Verschil) -> Vec<String> {
    let words = it.per_week.iter().map(|(eenheid, hundredths)| {
        let sign = if *hundredths < 0 { "-" } else { "+" };
        let (whole, part) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
        let part = if part == 0 { String::new() } else { format!(",{part:02}") };
        let part = part.strip_suffix('0').unwrap_or(&part);
        format!("{sign}{whole}{part} {} per week", eenheid.naam(2))
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use domain::{Bedrag, Eenheid};

    use super::*;

    #[test]
    fn a_change_is_told_in_euros_and_per_unit() {
        let of = |cents, per_week: &[(Eenheid, i64)], zonder_prijs| Verschil {
            bedrag: Bedrag(cents),
            zonder_prijs,
            per_week: per_week.iter().copied().collect::<BTreeMap<_, _>>(),
        };
        for (it, told) in [
            (of(0, &[], 0), "geen"),
            (of(-12_000, &[(Eenheid::Uur, -250)], 0), "€ -120,00; -2,5 uur per week"),
            (
                of(500, &[(Eenheid::Uur, 100), (Eenheid::Dagdeel, -25)], 0),
                "€ 5,00; +1 uur per week; -0,25 dagdelen per week",
            ),
            (of(0, &[(Eenheid::Etmaal, 300)], 1), "prijs niet bekend; +3 etmalen per week"),
        ] {
            assert_eq!(verschil(&it), told);
        }
    }
}
