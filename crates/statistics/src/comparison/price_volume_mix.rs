//! A change in cost split into volume, mix and price, exactly additive.
//!
//! Volume is what the total number of units adds at the old mean price; mix is the shift between
//! dear and cheap products at old prices; price is the new units times the change of their price
//! (Laspeyres for quantity, Paasche for price). A product that is new has no old price: its own
//! price stands in, so that it counts as mix and not as a price rise.

use crate::comparison::shape::{check_not_negative, check_rows};
use crate::comparison::words::decimal;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};

/// Units and price per unit of one product, before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct Product {
    /// The product.
    pub name: String,
    /// Units before, for instance hours or clients.
    pub units_before: f64,
    /// Price per unit before.
    pub price_before: f64,
    /// Units after.
    pub units_after: f64,
    /// Price per unit after.
    pub price_after: f64,
}

/// The split of the change.
#[derive(Debug, Clone, PartialEq)]
pub struct PriceVolumeMix {
    /// Cost before.
    pub before: f64,
    /// Cost after.
    pub after: f64,
    /// Through more or fewer units.
    pub volume: f64,
    /// Through other products.
    pub mix: f64,
    /// Through other prices.
    pub price: f64,
    /// Per product: its part of volume, mix and price.
    pub products: Vec<(String, f64, f64, f64)>,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

impl Estimate for PriceVolumeMix {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for (key, value) in [
            ("before", self.before),
            ("after", self.after),
            ("volume", self.volume),
            ("mix", self.mix),
            ("price", self.price),
        ] {
            figures.add(key, value);
        }
        for (name, volume, mix, price) in &self.products {
            figures.add(format!("volume_{name}"), *volume);
            figures.add(format!("mix_{name}"), *mix);
            figures.add(format!("price_{name}"), *price);
        }
        figures
    }

    fn summary(&self) -> String {
        format!(
            "Van {} naar {}: door volume {}, door een andere mix {} en door prijzen {} ({} \
             producten; een rekenkundige splitsing, geen oorzaak).",
            decimal(self.before, 0),
            decimal(self.after, 0),
            decimal(self.volume, 0),
            decimal(self.mix, 0),
            decimal(self.price, 0),
            self.products.len(),
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// Splits the change in cost.
///
/// ```
/// use statistics::comparison::price_volume_mix::{Product, price_volume_mix};
/// let product = |name: &str, u0, p0, u1, p1| Product {
///     name: name.into(), units_before: u0, price_before: p0, units_after: u1, price_after: p1,
/// };
/// let it = price_volume_mix(&[
///     product("licht", 100.0, 40.0, 120.0, 42.0),
///     product("zwaar", 100.0, 60.0, 130.0, 63.0),
/// ]).unwrap();
/// assert_eq!((it.volume, it.mix, it.price), (2500.0, 100.0, 630.0));
/// ```
///
/// # Errors
///
/// No products, a number below zero or not finite, no units before or too large numbers.
pub fn price_volume_mix(products: &[Product]) -> Result<PriceVolumeMix, Fault> {
    check_rows("de producten", products.len())?;
    for it in products {
        let numbers = [it.units_before, it.price_before, it.units_after, it.price_after];
        check_not_negative(&it.name, &numbers)?;
    }
    let sum = |part: fn(&Product) -> f64| products.iter().map(part).sum::<f64>();
    let (before, after) =
        (sum(|it| it.units_before * it.price_before), sum(|it| it.units_after * it.price_after));
    let (units_before, units_after) = (sum(|it| it.units_before), sum(|it| it.units_after));
    if units_before <= 0.0 || !(before + after + units_before + units_after).is_finite() {
        return Err(Fault::not_identified(
            "Zonder eenheden in de eerste periode is er geen gemiddelde prijs om van uit te gaan.",
        ));
    }
    let growth = (units_after - units_before) / units_before;
    let mean = before / units_before;
    let mut fresh = Vec::new();
    let parts: Vec<(String, f64, f64, f64)> = products
        .iter()
        .map(|it| {
            let is_new = it.units_before <= 0.0 && it.units_after > 0.0;
            if is_new {
                fresh.push(it.name.clone());
            }
            let old = if is_new { it.price_after } else { it.price_before };
            let volume = growth * it.units_before * mean;
            // A product's units beyond what its old share of the total would be.
            let shifted = it.units_after - it.units_before * (1.0 + growth);
            let mix = shifted * old + growth * it.units_before * (old - mean);
            (it.name.clone(), volume, mix, it.units_after * (it.price_after - old))
        })
        .collect();
    let total = |part: fn(&(String, f64, f64, f64)) -> f64| parts.iter().map(part).sum::<f64>();
    let mut warnings = Vec::new();
    if !fresh.is_empty() {
        warnings.push(Warning::new(
            "new-products",
            format!("Nieuw en daarom geheel onder mix: {}.", fresh.join(", ")),
        ));
    }
    Ok(PriceVolumeMix {
        before,
        after,
        volume: total(|it| it.1),
        mix: total(|it| it.2),
        price: total(|it| it.3),
        products: parts,
        warnings,
    })
}
