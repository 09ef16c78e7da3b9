//! Standardised ratios shrunk by a gamma distribution of true ratios.
//!
//! Clayton, D. & Kaldor, J. (1987). Empirical Bayes estimates of age-standardized relative risks
//! for use in disease mapping. *Biometrics* 43(3), 671-681. <https://doi.org/10.2307/2532003>
//!
//! Observed `O_i` is Poisson with mean `E_i theta_i`, and `theta_i` is gamma with shape `alpha` and
//! rate `beta`; both by maximum likelihood of the negative binomial that results. Given `O_i` the
//! ratio is gamma with shape `O_i + alpha` and rate `E_i + beta`.

use statrs::function::gamma::ln_gamma;

use crate::comparison::maximum::maximum;
use crate::comparison::shape::{check_length, check_level, check_not_negative, check_positive};
use crate::comparison::words::decimal;
use crate::distribution::{gamma_cdf, gamma_quantile};
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};

/// One shrunken ratio.
#[derive(Debug, Clone, PartialEq)]
pub struct Shrunken {
    /// The unit.
    pub name: String,
    /// Posterior mean of the ratio.
    pub ratio: f64,
    /// Lower end of the posterior interval.
    pub low: f64,
    /// Upper end of the posterior interval.
    pub high: f64,
    /// Posterior chance that the true ratio is above 1.
    pub above_one: f64,
}

/// The gamma distribution of ratios and the ratio of each unit.
#[derive(Debug, Clone, PartialEq)]
pub struct PoissonGamma {
    /// Shape of the distribution of true ratios.
    pub alpha: f64,
    /// Its rate.
    pub beta: f64,
    /// Log-likelihood with its constants.
    pub log_likelihood: f64,
    /// The units in the order given.
    pub units: Vec<Shrunken>,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

impl Estimate for PoissonGamma {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        figures.add("alpha", self.alpha);
        figures.add("beta", self.beta);
        figures.add("loglik", self.log_likelihood);
        for it in &self.units {
            figures.add(format!("eb_{}", it.name), it.ratio);
            figures.add(format!("lo95_{}", it.name), it.low);
            figures.add(format!("hi95_{}", it.name), it.high);
            figures.add(format!("pgt1_{}", it.name), it.above_one);
        }
        figures
    }

    fn summary(&self) -> String {
        let sure = |it: &&Shrunken| it.above_one > 0.975 || it.above_one < 0.025;
        format!(
            "{} eenheden; de ware verhoudingen liggen rond {} met standaardafwijking {}. Bij {} is \
             meer dan 97,5% zeker dat zij boven of onder 1 liggen.",
            self.units.len(),
            decimal(self.alpha / self.beta, 3),
            decimal(self.alpha.sqrt() / self.beta, 3),
            self.units.iter().filter(sure).count(),
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// A larger shape is no variation at all to double precision.
const MOST: f64 = 1e7;

/// Shrinks observed over expected; `names` are the units.
///
/// # Errors
///
/// Fewer than two units, columns of different length, nothing observed at all, an expected number
/// not above zero, a level outside 0 to 1.
///
/// ```
/// use statistics::comparison::poisson_gamma::poisson_gamma;
/// let names = ["a", "b", "c"].map(str::to_owned);
/// let it = poisson_gamma(&names, &[2.0, 30.0, 80.0], &[4.0, 40.0, 50.0], 0.95).unwrap();
/// assert!(it.units[0].ratio > 0.5);
/// ```
pub fn poisson_gamma(
    names: &[String],
    observed: &[f64],
    expected: &[f64],
    level: f64,
) -> Result<PoissonGamma, Fault> {
    check_level(level)?;
    check_length("waargenomen", names.len(), observed.len())?;
    check_length("verwacht", names.len(), expected.len())?;
    check_not_negative("waargenomen", observed)?;
    check_positive("verwacht", expected)?;
    let (total, all) = (observed.iter().sum::<f64>(), expected.iter().sum::<f64>());
    let sound = total > 0.0 && total < 1e15 && all > 1e-15 && all < 1e15;
    if observed.len() < 2 || !sound {
        return Err(Fault::not_identified(
            "Krimpen vraagt ten minste twee eenheden met samen ten minste één geval en getallen \
             van een gewone omvang.",
        ));
    }
    let value = |it: &[f64]| log_likelihood(observed, expected, it[1].exp(), it[0].exp());
    let mean = total / all;
    // From a shape that fits the moments, over log mean and log shape.
    let start = [mean.ln(), moment_shape(observed, expected, mean).ln()];
    let cap = MOST.ln();
    let top = maximum(&start, |it| if it[1].abs() > cap { f64::NEG_INFINITY } else { value(it) });
    let (at, none) = match top {
        Ok(it) if it.at[1] < 0.8 * cap => (it.at, false),
        _ => (vec![mean.ln(), cap], true),
    };
    let alpha = at[1].exp();
    let beta = alpha / at[0].exp();
    let mut warnings = Vec::new();
    if none {
        warnings.push(Warning::new(
            "no-variation",
            "De eenheden verschillen niet meer dan toeval: alle zijn op het gemiddelde gezet.",
        ));
    }
    let tail = (1.0 - level) / 2.0;
    let shrunken = |unit: usize| {
        let (shape, rate) = (observed[unit] + alpha, expected[unit] + beta);
        Shrunken {
            name: names[unit].clone(),
            ratio: shape / rate,
            low: gamma_quantile(tail, shape) / rate,
            high: gamma_quantile(1.0 - tail, shape) / rate,
            above_one: 1.0 - gamma_cdf(rate, shape),
        }
    };
    Ok(PoissonGamma {
        alpha,
        beta,
        log_likelihood: value(&at),
        units: (0..names.len()).map(shrunken).collect(),
        warnings,
    })
}

fn moment_shape(observed: &[f64], expected: &[f64], mean: f64) -> f64 {
    let pairs = || observed.iter().zip(expected);
    let excess: f64 = pairs().map(|(o, e)| (o - mean * e).powi(2) - mean * e).sum();
    let room: f64 = pairs().map(|(_, e)| (mean * e).powi(2)).sum();
    if excess > 0.0 { (room / excess).clamp(1e-3, 1e4) } else { 1e3 }
}

/// The log-likelihood of the negative binomial with shape `alpha` and mean ratio `mean`.
fn log_likelihood(observed: &[f64], expected: &[f64], alpha: f64, mean: f64) -> f64 {
    let unit = |(o, e): (&f64, &f64)| {
        let mu = e * mean;
        ln_gamma(o + alpha) - ln_gamma(alpha) - ln_gamma(o + 1.0) - alpha * (mu / alpha).ln_1p()
            + if *o > 0.0 { o * (mu / (alpha + mu)).ln() } else { 0.0 }
    };
    observed.iter().zip(expected).map(unit).sum()
}
