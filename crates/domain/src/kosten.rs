//! What an order costs: volume x tariff over some days, in whole eurocents.
//!
//! For a budget a week counts as seven days and a broken month by its days; the published maxima
//! for checking a declaratie are another count and do not belong here.

use jiff::ToSpan;

use crate::{
    Bedrag, Frequentie, Leveringsvorm, Maand, Omvang, Periode, Register, Voorziening,
    periode::days_between,
};

/// What a volume at a tariff costs within a window; without an end it runs to the window's end.
///
/// `tarief` is the price of one unit; for [`crate::Eenheid::Euro`] the volume itself is in cents
/// and the tariff is one cent. A volume in total is spread evenly over the days of the term, and
/// costs nothing where the term has no end.
pub fn omvang_in_periode(
    omvang: Omvang,
    tarief: Bedrag,
    geldig: Periode,
    venster: Periode,
) -> Bedrag {
    let Some(deel) = geldig.doorsnede(&venster) else { return Bedrag::NUL };
    let Some(dagen) = deel.dagen() else { return Bedrag::NUL };
    let per_keer = Bedrag(tarief.0 * i64::from(omvang.volume));
    match omvang.frequentie {
        Frequentie::Dag => per_keer.times(dagen, 1),
        Frequentie::Week => per_keer.times(dagen, 7),
        Frequentie::VierWeken => per_keer.times(dagen, 28),
        Frequentie::Maand => per_maand(per_keer, deel),
        Frequentie::Jaar => per_jaar(per_keer, deel),
        Frequentie::Totaal => match geldig.dagen() {
            Some(looptijd) => per_keer.times(dagen, looptijd),
            None => Bedrag::NUL,
        },
    }
}

/// What a granted provision costs within a window, at the tariffs of its days.
///
/// `None` when a tariff is missing: then the price is unknown, which is not nothing. A provision in
/// kind without a provider or without a volume has no price either.
pub fn voorziening_in_periode(
    register: &Register,
    voorziening: &Voorziening,
    venster: Periode,
) -> Option<Bedrag> {
    let Some(deel) = voorziening.geldig.doorsnede(&venster) else { return Some(Bedrag::NUL) };
    match voorziening.vorm {
        Leveringsvorm::Pgb { jaarbedrag } => Some(per_jaar(jaarbedrag, deel)),
        Leveringsvorm::Zin { aanbieder } => {
            let (omvang, code) = (voorziening.omvang?, voorziening.product.code()?);
            let mut total = Bedrag::NUL;
            let mut van = deel.van();
            while van <= deel.einde() {
                let tarief = register.tarief(aanbieder?, code, van)?;
                let stuk = Periode::new(van, Some(tarief.geldig.einde().min(deel.einde())))?;
                let prijs = tarief.per_eenheid(omvang.eenheid)?;
                total += omvang_in_periode(omvang, prijs, voorziening.geldig, stuk);
                van = stuk.einde().checked_add(1.day()).ok()?;
            }
            Some(total)
        }
    }
}

/// The value of an order over its whole term; without an end, over one year.
pub fn waarde_over_looptijd(register: &Register, voorziening: &Voorziening) -> Option<Bedrag> {
    let van = voorziening.geldig.van();
    let einde = voorziening
        .geldig
        .tot_en_met()
        .unwrap_or(van.saturating_add(1.year()).saturating_sub(1.day()));
    let venster = Periode::new(van, Some(einde))?;
    voorziening_in_periode(register, voorziening, venster)
}

fn per_maand(bedrag: Bedrag, deel: Periode) -> Bedrag {
    let maanden = Maand::van_dag(deel.van()).tot_en_met(Maand::van_dag(deel.einde()));
    maanden
        .filter_map(|maand| {
            let gedeeld = deel.doorsnede(&maand.periode())?.dagen()?;
            Some(bedrag.times(gedeeld, maand.periode().dagen()?))
        })
        .sum()
}

fn per_jaar(bedrag: Bedrag, deel: Periode) -> Bedrag {
    let mut total = Bedrag::NUL;
    for jaar in deel.van().year()..=deel.einde().year() {
        let (first, last) = (jiff::civil::date(jaar, 1, 1), jiff::civil::date(jaar, 12, 31));
        let shared = Periode::new(first, Some(last)).and_then(|it| it.doorsnede(&deel));
        if let Some(dagen) = shared.and_then(|it| it.dagen()) {
            total += bedrag.times(dagen, days_between(first, last) + 1);
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::Eenheid;

    fn omvang(volume: u32, frequentie: Frequentie) -> Omvang {
        Omvang { volume, eenheid: Eenheid::Uur, frequentie }
    }

    /// Worked by hand; `domein` arithmetic counts days / 7 for a budget.
    #[test]
    fn an_order_costs_volume_times_tariff() {
        let half_year = Periode::new(date(2025, 1, 1), Some(date(2025, 6, 30))).unwrap();
        let january = Maand::new(2025, 1).unwrap().periode();
        let broken = Periode::new(date(2025, 1, 1), Some(date(2025, 2, 14))).unwrap();
        for (what, volume, geldig, venster, cents) in [
            ("3 hours a week in January", omvang(3, Frequentie::Week), half_year, january, 66_429),
            ("10 hours a month", omvang(10, Frequentie::Maand), half_year, january, 50_000),
            ("a month and a half", omvang(10, Frequentie::Maand), broken, half_year, 75_000),
            ("181 hours in total", omvang(181, Frequentie::Totaal), half_year, january, 155_000),
            ("1 hour a day", omvang(1, Frequentie::Dag), half_year, january, 155_000),
        ] {
            let bedrag = omvang_in_periode(volume, Bedrag(5000), geldig, venster);
            assert_eq!(bedrag, Bedrag(cents), "{what}");
        }
    }
}
