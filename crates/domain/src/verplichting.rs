//! What a team has granted against its budget, and which mandate bands tariffs have overtaken.

use jiff::civil::Date;

use crate::{
    AanbiederId, Bedrag, MandaatId, Periode, ProductCode, Register, State, TeamId, kosten,
    register::Tarief,
};

/// A team's budget of a year and what its grants commit in that year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budgetregel {
    /// The budget; none where none was set.
    pub budget: Option<Bedrag>,
    /// What the grants commit.
    pub vastgelegd: Bedrag,
    /// How many grants have no price, for want of a tariff.
    pub zonder_prijs: u32,
}

/// The budget line of a team in a calendar year.
pub fn budgetregel(state: &State, team: TeamId, jaar: i16) -> Budgetregel {
    let (first, last) = (jiff::civil::date(jaar, 1, 1), jiff::civil::date(jaar, 12, 31));
    let budget = state.register.budgetten.get(&(team, jaar)).copied();
    let mut regel = Budgetregel { budget, vastgelegd: Bedrag::NUL, zonder_prijs: 0 };
    let Some(venster) = Periode::new(first, Some(last)) else { return regel };
    for dossier in state.dossiers.values() {
        for it in dossier.voorzieningen.iter().filter(|it| it.telt() && it.team == Some(team)) {
            match kosten::voorziening_in_periode(&state.register, &it.voorziening, venster) {
                Some(amount) => regel.vastgelegd += amount,
                None => regel.zonder_prijs += 1,
            }
        }
    }
    regel
}

/// A mandate whose limit stayed while tariffs rose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IngehaaldeBand {
    /// The mandate.
    pub mandaat: MandaatId,
    /// Its limit.
    pub tot: Bedrag,
    /// The provider whose tariff rose most.
    pub aanbieder: AanbiederId,
    /// The product of that tariff.
    pub product: ProductCode,
    /// The tariff on the first day of the mandate.
    pub toen: Bedrag,
    /// The tariff now.
    pub nu: Bedrag,
    /// The first day on which a tariff lay that much above it.
    pub sinds: Date,
}

/// The mandates with a limit whose tariffs rose by at least this many percent since they began.
pub fn ingehaalde_banden(register: &Register, op: Date, procent: u16) -> Vec<IngehaaldeBand> {
    let limited = register.mandaten.values().filter(|it| it.geldig.bevat(op));
    limited
        .filter_map(|mandaat| {
            let tot = mandaat.tot?;
            let rises = register.tarieven.iter().filter_map(|((aanbieder, product), tarieven)| {
                let begin = mandaat.geldig.van();
                let (toen, nu) = (price(tarieven, begin)?, price(tarieven, op)?);
                let risen = |now: Bedrag| now.0 * 100 >= toen.0 * (100 + i64::from(procent));
                let later = tarieven.iter().map(|it| (it.geldig.van(), it.bedrag));
                let sinds = later
                    .filter(|(day, now)| *day > begin && *day <= op && risen(*now))
                    .map(|(day, _)| day)
                    .min();
                risen(nu).then_some(IngehaaldeBand {
                    mandaat: mandaat.id,
                    tot,
                    aanbieder: *aanbieder,
                    product: *product,
                    toen,
                    nu,
                    sinds: sinds.unwrap_or(begin),
                })
            });
            // Compared as fractions, nu/toen, without floats.
            rises.max_by(|a, b| (a.nu.0 * b.toen.0).cmp(&(b.nu.0 * a.toen.0)))
        })
        .collect()
}

fn price(tarieven: &[Tarief], op: Date) -> Option<Bedrag> {
    let held = tarieven.iter().rev().find(|it| it.geldig.bevat(op))?;
    (held.bedrag.0 > 0).then_some(held.bedrag)
}
