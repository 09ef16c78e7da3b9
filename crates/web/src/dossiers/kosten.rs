//! What a provision costs per month, at the tariff of a day.

use domain::{Bedrag, Frequentie, Leveringsvorm, Periode, Register, Voorziening, kosten};
use jiff::{ToSpan, civil::Date};

/// The cost of an average month; `None` where no tariff is known or the volume is a total.
pub(crate) fn per_month(register: &Register, it: &Voorziening, op: Date) -> Option<Bedrag> {
    match it.vorm {
        Leveringsvorm::Pgb { jaarbedrag } => Some(jaarbedrag.times(1, 12)),
        Leveringsvorm::Zin { aanbieder } => {
            let (omvang, code) = (it.omvang?, it.product.code()?);
            if omvang.frequentie == Frequentie::Totaal {
                return None;
            }
            let day = op.clamp(it.geldig.van(), it.geldig.einde());
            let price = register.tarief(aanbieder?, code, day)?.per_eenheid(omvang.eenheid)?;
            let year =
                Periode::new(day, Some(day.saturating_add(1.year()).saturating_sub(1.day())))?;
            let open = Periode::vanaf(day);
            Some(kosten::omvang_in_periode(omvang, price, open, year).times(1, 12))
        }
    }
}
