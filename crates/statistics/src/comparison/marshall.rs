//! Empirical Bayes rates by the method of moments.
//!
//! Marshall, R. J. (1991). Mapping disease and mortality rates using empirical Bayes estimators.
//! *Journal of the Royal Statistical Society C* 40(2), 283-294. <https://doi.org/10.2307/2347593>

use crate::comparison::shape::{check_length, check_not_negative, check_positive, check_rows};
use crate::comparison::words::decimal;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};

/// Rates shrunk towards the overall rate.
#[derive(Debug, Clone, PartialEq)]
pub struct Marshall {
    /// Variance of the true rates.
    pub variance: f64,
    /// Overall rate.
    pub mean: f64,
    /// Raw and shrunken rate of each unit.
    pub rates: Vec<(f64, f64)>,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

impl Estimate for Marshall {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        figures.add("a", self.variance);
        figures.add("b", self.mean);
        for (at, (raw, shrunken)) in self.rates.iter().enumerate() {
            figures.add(format!("raw_{}", at + 1), *raw);
            figures.add(format!("eb_{}", at + 1), *shrunken);
        }
        figures
    }

    fn summary(&self) -> String {
        format!(
            "{} eenheden, gemiddeld {} per eenheid van omvang; kleine eenheden zijn naar dat \
             gemiddelde toe gehaald (standaardafwijking tussen eenheden {}).",
            self.rates.len(),
            decimal(self.mean, 5),
            decimal(self.variance.sqrt(), 5),
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// Shrinks the rates `events / population`.
///
/// ```
/// let it = statistics::comparison::marshall::marshall(&[1.0, 90.0], &[10.0, 300.0]).unwrap();
/// assert!(it.rates[0].1 > it.rates[0].0 && it.rates[1].1 < it.rates[1].0);
/// ```
///
/// # Errors
///
/// No units, columns of different length, events below zero, a population not above zero.
pub fn marshall(events: &[f64], population: &[f64]) -> Result<Marshall, Fault> {
    check_rows("", events.len())?;
    check_length("bevolking", events.len(), population.len())?;
    check_not_negative("aantal gebeurtenissen", events)?;
    check_positive("bevolking", population)?;
    let total: f64 = population.iter().sum();
    let mean = events.iter().sum::<f64>() / total;
    if !mean.is_finite() || total.is_infinite() {
        return Err(Fault::argument("bevolking", "getallen om mee te rekenen", total));
    }
    let raw = |at: usize| events[at] / population[at];
    let units = 0..events.len();
    let spread: f64 =
        units.clone().map(|at| population[at] / total * (raw(at) - mean).powi(2)).sum();
    // What chance adds to the spread: the mean over the mean population.
    let variance = (spread - mean * events.len() as f64 / total).max(0.0);
    let mut warnings = Vec::new();
    if variance <= 0.0 {
        warnings.push(Warning::new(
            "no-variation",
            "De eenheden verschillen niet meer dan toeval: alle zijn op het gemiddelde gezet.",
        ));
    }
    let shrunken = |at: usize| {
        let chance = mean / population[at];
        let keep = if variance > 0.0 { variance / (variance + chance) } else { 0.0 };
        (raw(at), mean + keep * (raw(at) - mean))
    };
    Ok(Marshall { variance, mean, rates: units.map(shrunken).collect(), warnings })
}
