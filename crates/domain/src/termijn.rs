//! Legal terms in weeks: how they end and how they stand still.
//!
//! A term that would end on a Saturday, Sunday or public holiday runs on to the next day that is
//! none of these (Algemene termijnenwet, art. 1 lid 1); a day that a royal decree puts on a par with
//! a holiday is one of them (art. 3 lid 3). The law holds for terms of up to twelve
//! weeks (art. 4); every term here is shorter.

use jiff::{ToSpan, civil::Date};

use crate::{
    Dossier, DossierEvent, Omstandigheid, Refusal, ZaakId,
    feestdag::{is_gelijkgesteld, is_werkdag},
    intake::not_before,
    periode::days_between,
};

/// The last day of a term of some weeks, standing still during some days.
///
/// # Panics
///
/// When the term is longer than twelve weeks, for which the law has another rule.
pub fn uiterste_dag(start: Date, weken: u8, opgeschort_dagen: u32) -> Date {
    assert!(weken <= 12, "the Algemene termijnenwet does not extend terms of {weken} weeks");
    let days = i64::from(weken) * 7 + i64::from(opgeschort_dagen);
    einde_op_of_na(start.saturating_add(days.days()))
}

/// The first day from this one on with which a term may end. Algemene termijnenwet, art. 1 and 3.
pub fn einde_op_of_na(dag: Date) -> Date {
    first_from(dag, |it| is_werkdag(it) && !is_gelijkgesteld(it))
}

/// The day itself, or the first working day after it.
pub fn werkdag_op_of_na(dag: Date) -> Date {
    first_from(dag, is_werkdag)
}

fn first_from(dag: Date, fits: impl Fn(Date) -> bool) -> Date {
    let mut day = dag;
    while !fits(day) && day < Date::MAX {
        day = day.saturating_add(1.day());
    }
    day
}

/// The day that many working days later.
pub fn plus_werkdagen(dag: Date, aantal: u32) -> Date {
    (0..aantal).fold(dag, |day, _| werkdag_op_of_na(day.saturating_add(1.day())))
}

/// A time during which a term stood still. Awb, art. 4:15.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opschorting {
    /// Still standing still.
    Lopend {
        /// The day of the request for data; the term stands still from the next day.
        sinds: Date,
        /// Why.
        grond: Opschortingsgrond,
    },
    /// Over.
    Voorbij {
        /// The day of the request for data.
        sinds: Date,
        /// The last day of standing still.
        tot_en_met: Date,
        /// Why.
        grond: Opschortingsgrond,
    },
}

impl Opschorting {
    /// How many days the term stood still; a time still going on has not moved the end yet.
    pub fn dagen(&self) -> u32 {
        match self {
            Opschorting::Lopend { .. } => 0,
            Opschorting::Voorbij { sinds, tot_en_met, .. } => {
                u32::try_from(days_between(*sinds, *tot_en_met)).unwrap_or(0)
            }
        }
    }
}

/// Why a term stands still. Awb, art. 4:15.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Opschortingsgrond {
    /// The client was asked for data (lid 1, a).
    GegevensGevraagd,
    /// The client agreed in writing (lid 2, a).
    Instemming,
    /// The delay is the client's (lid 2, b).
    DoorClient,
    /// Circumstances beyond control (lid 2, c).
    Overmacht,
}

impl Opschortingsgrond {
    /// Every ground.
    pub const ALLE: [Opschortingsgrond; 4] = [
        Opschortingsgrond::GegevensGevraagd,
        Opschortingsgrond::Instemming,
        Opschortingsgrond::DoorClient,
        Opschortingsgrond::Overmacht,
    ];

    /// The words on a timeline.
    pub const fn naam(self) -> &'static str {
        match self {
            Opschortingsgrond::GegevensGevraagd => "gegevens gevraagd aan de cliënt",
            Opschortingsgrond::Instemming => "met instemming van de cliënt",
            Opschortingsgrond::DoorClient => "vertraging door de cliënt",
            Opschortingsgrond::Overmacht => "overmacht",
        }
    }
}

/// Lets the term for the decision stand still. Awb, art. 4:15.
pub(crate) fn schort_op(
    dossier: &Dossier,
    id: ZaakId,
    grond: Opschortingsgrond,
    bij: &Omstandigheid,
) -> Result<Vec<DossierEvent>, Refusal> {
    let zaak = dossier.open_zaak(id)?;
    let Some(aanvraag) = zaak.aanvraag else {
        return Err(Refusal::Ontbreekt { stap: "de aanvraag", artikel: "Awb, art. 4:15" });
    };
    not_before(bij.on, "de aanvraag", aanvraag)?;
    match zaak.opschortingen.last() {
        Some(Opschorting::Lopend { .. }) => Err(Refusal::AlGedaan("de opschorting")),
        Some(Opschorting::Voorbij { tot_en_met, .. }) if bij.on < *tot_en_met => {
            Err(Refusal::TeVroeg {
                op: bij.on,
                stap: "de vorige opschorting",
                niet_voor: *tot_en_met,
            })
        }
        _ => Ok(vec![DossierEvent::TermijnOpgeschort { zaak: id, grond }]),
    }
}

/// Lets the term run on.
pub(crate) fn hervat(
    dossier: &Dossier,
    id: ZaakId,
    bij: &Omstandigheid,
) -> Result<Vec<DossierEvent>, Refusal> {
    match dossier.open_zaak(id)?.opschortingen.last() {
        Some(Opschorting::Lopend { sinds, .. }) => {
            not_before(bij.on, "de opschorting", *sinds)?;
            Ok(vec![DossierEvent::TermijnHervat { zaak: id }])
        }
        _ => Err(Refusal::Ontbreekt { stap: "een lopende opschorting", artikel: "Awb, art. 4:15" }),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_term_ends_on_a_working_day() {
        for (start, weken, opgeschort, end) in [
            (date(2025, 1, 6), 6, 0, date(2025, 2, 17)), // Monday to Monday
            (date(2025, 1, 4), 6, 0, date(2025, 2, 17)), // Saturday 15 February runs on
            (date(2025, 12, 11), 2, 0, date(2025, 12, 29)), // Christmas Day, Boxing Day, weekend
            (date(2026, 3, 16), 2, 0, date(2026, 3, 30)),
            (date(2026, 3, 20), 2, 0, date(2026, 4, 7)), // Good Friday to Easter Monday
            (date(2025, 1, 6), 2, 10, date(2025, 1, 30)), // stood still for ten days
            (date(2020, 4, 13), 2, 0, date(2020, 4, 28)), // King's Day
            (date(2023, 4, 13), 2, 0, date(2023, 5, 1)), // and the Friday of the royal decree
        ] {
            assert_eq!(uiterste_dag(start, weken, opgeschort), end, "{start} + {weken}");
        }
    }

    #[test]
    fn working_days_skip_weekends_and_holidays() {
        assert_eq!(plus_werkdagen(date(2025, 4, 17), 1), date(2025, 4, 22));
        assert_eq!(plus_werkdagen(date(2025, 1, 6), 5), date(2025, 1, 13));
    }
}
