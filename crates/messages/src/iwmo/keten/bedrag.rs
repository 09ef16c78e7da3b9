//! What a billed line costs and how delivered time becomes a volume: whole units, whole cents.

use domain::{Bedrag, Eenheid};

/// What a volume costs at a tariff; `None` when the units do not fit together.
///
/// `tarief` is the price of one `tarief_eenheid`. Minutes at an hourly tariff are rounded once, on
/// the amount: a tariff per minute that is rounded first gives another, wrong amount (IV081). For
/// euros the volume is the amount and the tariff plays no part (CS339).
pub fn prestatiebedrag(
    volume: u64,
    eenheid: Eenheid,
    tarief_eenheid: Eenheid,
    tarief: Bedrag,
) -> Option<Bedrag> {
    let volume = i64::try_from(volume).ok()?;
    match (tarief_eenheid, eenheid) {
        (_, Eenheid::Euro) => Some(Bedrag(volume)),
        (Eenheid::Uur, Eenheid::Minuut) => {
            tarief.0.checked_mul(volume)?.checked_add(30).map(|it| Bedrag(it / 60))
        }
        (own, asked) if own == asked => tarief.0.checked_mul(volume).map(Bedrag),
        (Eenheid::Minuut, Eenheid::Uur) => {
            tarief.0.checked_mul(volume)?.checked_mul(60).map(Bedrag)
        }
        _ => None,
    }
}

/// The hours to bill for minutes delivered over a whole `ProductPeriode`: half up, at least one.
///
/// IV079. Nothing delivered is nothing to bill.
pub const fn uren_van_minuten(minuten: u64) -> u64 {
    match (minuten, minuten / 60 + (minuten % 60) / 30) {
        (0, _) => 0,
        (_, 0) => 1,
        (_, hours) => hours,
    }
}

/// A volume in the smaller unit of a pair that may be compared; itself where there is no pair.
///
/// Hours may be billed in minutes (TR341), so both are compared in minutes.
pub const fn vergelijkbaar(volume: u64, eenheid: Eenheid) -> u64 {
    match eenheid {
        Eenheid::Uur => volume.saturating_mul(60),
        _ => volume,
    }
}

/// Whether a bill in this unit fits an allocation in that one. iWmo TR341.
pub fn past_bij(gedeclareerd: Eenheid, toegewezen: Eenheid) -> bool {
    gedeclareerd == toegewezen || (gedeclareerd == Eenheid::Minuut && toegewezen == Eenheid::Uur)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_at_an_hourly_tariff_are_rounded_once() {
        use Eenheid::{Etmaal, Euro, Minuut, Uur};
        for (volume, eenheid, per, tarief, expected) in [
            (380, Minuut, Uur, 5550, Some(35_150)),
            (380, Minuut, Minuut, 93, Some(35_340)),
            (6, Uur, Uur, 5550, Some(33_300)),
            (2, Uur, Minuut, 93, Some(11_160)),
            (1, Minuut, Uur, 5550, Some(93)), // 92.5 cents
            (12_345, Euro, Etmaal, 1, Some(12_345)),
            (3, Etmaal, Uur, 5550, None),
        ] {
            let found = prestatiebedrag(volume, eenheid, per, Bedrag(tarief));
            assert_eq!(found, expected.map(Bedrag), "{volume} {eenheid:?} at {tarief}");
        }
        assert_eq!(prestatiebedrag(u64::MAX, Uur, Uur, Bedrag(1)), None);
    }

    #[test]
    fn minutes_become_whole_hours_with_at_least_one() {
        let found: Vec<u64> =
            [0, 1, 29, 30, 89, 90, 380, 390].map(uren_van_minuten).into_iter().collect();
        assert_eq!(found, [0, 1, 1, 1, 1, 2, 6, 7]);
    }

    #[test]
    fn hours_may_be_billed_in_minutes_and_not_the_other_way() {
        assert!(past_bij(Eenheid::Minuut, Eenheid::Uur));
        assert!(!past_bij(Eenheid::Uur, Eenheid::Minuut));
        assert_eq!(vergelijkbaar(6, Eenheid::Uur), vergelijkbaar(360, Eenheid::Minuut));
    }
}
