//! The difference between two rates split into its factors, exactly additive.
//!
//! Kitagawa, E. M. (1955). Components of a difference between two rates. *JASA* 50(272), 1168-1194.
//! <https://doi.org/10.1080/01621459.1955.10501299>; more factors: Das Gupta, P. (1993).
//! *Standardization and decomposition of rates: a user's manual*. US Bureau of the Census, P23-186.
//!
//! A rate is the sum over cells (age groups, products) of the product of factors, for instance the
//! share of the cell in the population times its rate of use. The effect of a factor is the change
//! when it alone moves, averaged over all orders in which the factors could move.

use crate::comparison::shape::{check_finite, check_length, check_rows};
use crate::comparison::words::decimal;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};

/// One factor by cell, before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct Factor {
    /// The factor, for instance `samenstelling` or `gebruik`.
    pub name: String,
    /// Its value in each cell before.
    pub before: Vec<f64>,
    /// Its value in each cell after.
    pub after: Vec<f64>,
}

/// The split of the difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Kitagawa {
    /// The rate before.
    pub before: f64,
    /// The rate after.
    pub after: f64,
    /// Each factor with its effect; they add up to the difference.
    pub effects: Vec<(String, f64)>,
    /// Number of cells.
    pub cells: usize,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

impl Estimate for Kitagawa {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        figures.add("before", self.before);
        figures.add("after", self.after);
        for (name, effect) in &self.effects {
            figures.add(format!("effect_{name}"), *effect);
        }
        figures
    }

    fn summary(&self) -> String {
        let effects = self.effects.iter().map(|(name, it)| format!("{name} {}", decimal(*it, 4)));
        format!(
            "Van {} naar {} over {} cellen: {} (een rekenkundige splitsing, geen oorzaak).",
            decimal(self.before, 4),
            decimal(self.after, 4),
            self.cells,
            effects.collect::<Vec<_>>().join(", "),
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// Splits the difference of the sum over cells of the product of `factors`.
///
/// ```
/// use statistics::comparison::kitagawa::{Factor, kitagawa};
/// let factor = |name: &str, before: [f64; 2], after: [f64; 2]| Factor {
///     name: name.into(), before: before.into(), after: after.into(),
/// };
/// let it = kitagawa(&[
///     factor("samenstelling", [0.8, 0.2], [0.7, 0.3]),
///     factor("gebruik", [0.01, 0.10], [0.01, 0.12]),
/// ]).unwrap();
/// // (0.12 + 0.10) / 2 * 0.1 - 0.01 * 0.1 and (0.2 + 0.3) / 2 * 0.02
/// assert!((it.effects[0].1 - 0.010).abs() < 1e-12);
/// assert!((it.effects[1].1 - 0.005).abs() < 1e-12);
/// ```
///
/// # Errors
///
/// Fewer than one or more than twelve factors, no cells, factors of different length, values that
/// are not finite.
pub fn kitagawa(factors: &[Factor]) -> Result<Kitagawa, Fault> {
    if factors.is_empty() || factors.len() > 12 {
        return Err(Fault::argument("aantal factoren", "1 tot en met 12", factors.len()));
    }
    let cells = factors[0].before.len();
    check_rows("de cellen", cells)?;
    for it in factors {
        for values in [&it.before, &it.after] {
            check_length(&it.name, cells, values.len())?;
            check_finite(&it.name, values)?;
        }
    }
    let count = factors.len();
    // The rate for every choice of factors that have moved, by bit.
    let rates: Vec<f64> = (0..1_usize << count).map(|moved| rate(factors, moved)).collect();
    if rates.iter().any(|it| !it.is_finite()) {
        return Err(Fault::argument("factoren", "getallen om mee te rekenen", "te grote getallen"));
    }
    let effect = |factor: usize| -> f64 {
        let others = (0..rates.len()).filter(|moved| moved >> factor & 1 == 0);
        others
            .map(|moved| {
                order_share(count, moved.count_ones()) * (rates[moved | 1 << factor] - rates[moved])
            })
            .sum()
    };
    let named = (0..count).map(|it| (factors[it].name.clone(), effect(it)));
    Ok(Kitagawa {
        before: rates[0],
        after: rates[rates.len() - 1],
        effects: named.collect(),
        cells,
        warnings: Vec::new(),
    })
}

fn rate(factors: &[Factor], moved: usize) -> f64 {
    let cell = |cell: usize| {
        let value = |(at, it): (usize, &Factor)| {
            if moved >> at & 1 == 1 { it.after[cell] } else { it.before[cell] }
        };
        factors.iter().enumerate().map(value).product::<f64>()
    };
    (0..factors[0].before.len()).map(cell).sum()
}

/// The share of all orders in which exactly these `before` factors move first:
/// `before! (count - 1 - before)! / count!`.
fn order_share(count: usize, before: u32) -> f64 {
    let factorial = |n: usize| (1..=n).map(|it| it as f64).product::<f64>();
    let before = before as usize;
    factorial(before) * factorial(count - 1 - before) / factorial(count)
}
