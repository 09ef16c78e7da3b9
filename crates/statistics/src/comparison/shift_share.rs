//! Growth of a region split into the national growth, its mix and its own part.
//!
//! Dunn, E. S. (1960). A statistical and analytical technique for regional analysis. *Papers in
//! Regional Science* 6(1), 97-112. <https://doi.org/10.1111/j.1435-5597.1960.tb01705.x>
//!
//! For a kind `i` with national growth `g_i`, total national growth `G` and own growth `r_i` the
//! change is `x_i G + x_i (g_i - G) + x_i (r_i - g_i)`: what the country would give, what comes of
//! having other kinds than the country, and the rest.

use crate::comparison::shape::{check_not_negative, check_rows};
use crate::comparison::words::decimal;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};

/// Numbers of one kind in the region and in the whole, before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct Kind {
    /// The kind, for instance a product or an age group.
    pub name: String,
    /// The region, before and after.
    pub own: (f64, f64),
    /// The whole to which it is compared, before and after.
    pub whole: (f64, f64),
}

/// The split of the growth.
#[derive(Debug, Clone, PartialEq)]
pub struct ShiftShare {
    /// Sum of the region before.
    pub before: f64,
    /// Sum of the region after.
    pub after: f64,
    /// What the growth of the whole gives.
    pub whole: f64,
    /// What comes of another mix than the whole.
    pub mix: f64,
    /// What is the region's own.
    pub own: f64,
    /// Per kind its part of the three.
    pub kinds: Vec<(String, f64, f64, f64)>,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

impl Estimate for ShiftShare {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for (key, value) in [
            ("before", self.before),
            ("after", self.after),
            ("whole", self.whole),
            ("mix", self.mix),
            ("own", self.own),
        ] {
            figures.add(key, value);
        }
        for (name, whole, mix, own) in &self.kinds {
            figures.add(format!("whole_{name}"), *whole);
            figures.add(format!("mix_{name}"), *mix);
            figures.add(format!("own_{name}"), *own);
        }
        figures
    }

    fn summary(&self) -> String {
        format!(
            "Van {} naar {}: {} als de groei van het geheel was gevolgd, {} door een andere \
             samenstelling en {} van de eenheid zelf ({} soorten; een splitsing, geen oorzaak).",
            decimal(self.before, 0),
            decimal(self.after, 0),
            decimal(self.whole, 1),
            decimal(self.mix, 1),
            decimal(self.own, 1),
            self.kinds.len(),
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// Splits the growth of the region.
///
/// ```
/// use statistics::comparison::shift_share::{Kind, shift_share};
/// let kind = |name: &str, own, whole| Kind { name: name.into(), own, whole };
/// let it = shift_share(&[
///     kind("licht", (100.0, 120.0), (1000.0, 1100.0)),
///     kind("zwaar", (100.0, 130.0), (1000.0, 1300.0)),
/// ]).unwrap();
/// assert!((it.whole - 40.0).abs() < 1e-9 && it.mix.abs() < 1e-9 && (it.own - 10.0).abs() < 1e-9);
/// ```
///
/// # Errors
///
/// No kinds, a number below zero or not finite, a kind of the region that the whole lacks before.
pub fn shift_share(kinds: &[Kind]) -> Result<ShiftShare, Fault> {
    check_rows("de soorten", kinds.len())?;
    for it in kinds {
        check_not_negative(&it.name, &[it.own.0, it.own.1, it.whole.0, it.whole.1])?;
        if it.whole.0 <= 0.0 && it.own.0 + it.own.1 > 0.0 {
            return Err(Fault::not_identified(format!(
                "Van ‘{}’ was er in het geheel vooraf niets: een groei bestaat dan niet. Voeg de \
                 soort bij een andere.",
                it.name
            )));
        }
    }
    let sum = |part: fn(&Kind) -> f64| kinds.iter().map(part).sum::<f64>();
    let whole = (sum(|it| it.whole.0), sum(|it| it.whole.1));
    if whole.0 <= 0.0 || !(whole.0 + whole.1).is_finite() {
        return Err(Fault::Empty { of: "het geheel".to_owned() });
    }
    let growth = whole.1 / whole.0 - 1.0;
    let part = |it: &Kind| {
        let ratio = if it.whole.0 > 0.0 { it.whole.1 / it.whole.0 - 1.0 } else { growth };
        (
            it.name.clone(),
            it.own.0 * growth,
            it.own.0 * (ratio - growth),
            it.own.1 - it.own.0 * (1.0 + ratio),
        )
    };
    let parts: Vec<(String, f64, f64, f64)> = kinds.iter().map(part).collect();
    let total = |part: fn(&(String, f64, f64, f64)) -> f64| parts.iter().map(part).sum::<f64>();
    let split = (total(|it| it.1), total(|it| it.2), total(|it| it.3));
    if !(split.0 + split.1 + split.2).is_finite() {
        return Err(Fault::argument(
            "aantallen",
            "getallen om mee te rekenen",
            "te grote getallen",
        ));
    }
    Ok(ShiftShare {
        before: sum(|it| it.own.0),
        after: sum(|it| it.own.1),
        whole: split.0,
        mix: split.1,
        own: split.2,
        kinds: parts,
        warnings: Vec::new(),
    })
}
