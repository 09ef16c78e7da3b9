//! The variance between units beyond chance, and the units shrunk towards their mean.
//!
//! `y_i` estimates the unit's own value with known variance `v_i`; the values have mean `mu` and
//! variance `tau2`. Method of moments: DerSimonian, R. & Laird, N. (1986). Meta-analysis in
//! clinical trials. *Controlled Clinical Trials* 7(3), 177-188.
//! <https://doi.org/10.1016/0197-2456(86)90046-2>. Generalised moments: Paule, R. C. & Mandel, J.
//! (1982). Consensus values and weighting factors. *Journal of Research of the National Bureau of
//! Standards* 87(5), 377-385. (Restricted) maximum likelihood: Viechtbauer, W. (2005). Bias and
//! efficiency of meta-analytic variance estimators. *Journal of Educational and Behavioral
//! Statistics* 30(3), 261-293. <https://doi.org/10.3102/10769986030003261>

use crate::comparison::root::root;
use crate::comparison::shape::{check_finite, check_length, check_positive};
use crate::comparison::words::decimal;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};

/// How `tau2` is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Moments of Q.
    DerSimonianLaird,
    /// The `tau2` at which the weighted Q equals its expectation.
    PauleMandel,
    /// Maximum likelihood.
    MaximumLikelihood,
    /// Restricted maximum likelihood.
    Restricted,
}

/// Mean, variance between units and shrunken units.
#[derive(Debug, Clone, PartialEq)]
pub struct Heterogeneity {
    /// How `tau2` was estimated.
    pub method: Method,
    /// Variance between units.
    pub tau2: f64,
    /// Mean over units.
    pub mu: f64,
    /// Its standard error.
    pub se_mu: f64,
    /// Cochran's Q.
    pub q: f64,
    /// Percentage of the variation beyond chance, from `tau2` and the typical variance.
    pub i2: f64,
    /// For each unit the shrunken value and its standard error.
    pub shrunken: Vec<(f64, f64)>,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

impl Estimate for Heterogeneity {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        let part = match self.method {
            Method::DerSimonianLaird => "DL",
            Method::PauleMandel => "PM",
            Method::MaximumLikelihood => "ML",
            Method::Restricted => "REML",
        };
        figures.add(format!("tau2_{part}"), self.tau2);
        figures.add_with_se(&format!("mu_{part}"), self.mu, self.se_mu);
        if self.method == Method::DerSimonianLaird {
            figures.add("Q", self.q);
            figures.add("I2", self.i2);
            for (at, (value, error)) in self.shrunken.iter().enumerate() {
                figures.add_with_se(&format!("blup_{}", at + 1), *value, *error);
            }
        }
        figures
    }

    fn summary(&self) -> String {
        format!(
            "{} eenheden verschillen rond {} met een standaardafwijking van {} boven toeval ({}% \
             van de spreiding).",
            self.shrunken.len(),
            decimal(self.mu, 3),
            decimal(self.tau2.sqrt(), 3),
            decimal(self.i2, 0),
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// Estimates the variance between units and shrinks the units.
///
/// ```
/// use statistics::comparison::heterogeneity::{Method, heterogeneity};
/// let it = heterogeneity(&[0.1, 0.9, 0.5], &[0.01; 3], Method::DerSimonianLaird).unwrap();
/// assert!((it.tau2 - 0.15).abs() < 1e-12);
/// ```
///
/// # Errors
///
/// Fewer than two units, columns of different length, a value that is not finite, a variance not
/// above zero.
pub fn heterogeneity(
    values: &[f64],
    variances: &[f64],
    method: Method,
) -> Result<Heterogeneity, Fault> {
    check_length("variantie", values.len(), variances.len())?;
    check_finite("waarde", values)?;
    check_positive("variantie", variances)?;
    if values.len() < 2 {
        return Err(Fault::not_identified(
            "Spreiding tussen eenheden vraagt ten minste twee eenheden.",
        ));
    }
    let units = Units { values, variances };
    let k = values.len() as f64;
    let fixed = units.at(0.0);
    let w2: f64 = variances.iter().map(|v| v.powi(-2)).sum();
    let scale = fixed.weight - w2 / fixed.weight;
    let tau2 = match method {
        Method::DerSimonianLaird => ((fixed.q - (k - 1.0)) / scale).max(0.0),
        Method::PauleMandel => units.paule_mandel(),
        Method::MaximumLikelihood => units.likelihood(false),
        Method::Restricted => units.likelihood(true),
    };
    let it = units.at(tau2);
    if !(tau2.is_finite() && it.mu.is_finite() && it.weight > 0.0 && it.weight.is_finite()) {
        return Err(Fault::not_identified(
            "De waarden of varianties zijn te groot of te klein om mee te rekenen; kies een \
             andere eenheid.",
        ));
    }
    let typical = (k - 1.0) / scale;
    let shrunken = values.iter().zip(variances).map(|(y, v)| {
        let keep = tau2 / (tau2 + v);
        let variance = keep * v + (1.0 - keep).powi(2) / it.weight;
        (keep * y + (1.0 - keep) * it.mu, variance.sqrt())
    });
    Ok(Heterogeneity {
        method,
        tau2,
        mu: it.mu,
        se_mu: it.weight.sqrt().recip(),
        q: fixed.q,
        i2: 100.0 * tau2 / (tau2 + typical),
        shrunken: shrunken.collect(),
        warnings: few_units(values.len()),
    })
}

fn few_units(units: usize) -> Vec<Warning> {
    if units >= 5 {
        return Vec::new();
    }
    vec![Warning::new(
        "few-units",
        format!("Met {units} eenheden is de spreiding tussen eenheden nauwelijks te schatten."),
    )]
}

#[derive(Clone, Copy)]
struct Units<'a> {
    values: &'a [f64],
    variances: &'a [f64],
}

/// Weighted mean, sum of the weights and Q at one `tau2`.
struct At {
    mu: f64,
    weight: f64,
    q: f64,
}

impl Units<'_> {
    fn at(&self, tau2: f64) -> At {
        let weight: f64 = self.variances.iter().map(|v| 1.0 / (v + tau2)).sum();
        let pairs = || self.values.iter().zip(self.variances);
        let mu = pairs().map(|(y, v)| y / (v + tau2) / weight).sum::<f64>();
        let q = pairs().map(|(y, v)| (y - mu).powi(2) / (v + tau2)).sum();
        At { mu, weight, q }
    }

    /// An upper bound for `tau2`.
    fn most(&self) -> f64 {
        let (low, high) = self
            .values
            .iter()
            .fold((f64::MAX, f64::MIN), |(low, high), it| (low.min(*it), high.max(*it)));
        (high - low).powi(2) + self.variances.iter().copied().fold(0.0, f64::max)
    }

    fn paule_mandel(&self) -> f64 {
        let k = self.values.len() as f64;
        let gap = |tau2: f64| self.at(tau2).q - (k - 1.0);
        if gap(0.0) <= 0.0 { 0.0 } else { root(0.0, self.most(), gap) }
    }

    fn likelihood(&self, restricted: bool) -> f64 {
        let most = self.most();
        // The likelihood may have more than one top: look on a grid first, then at its slope.
        let at = |step: u32| most * (f64::from(step) / 200.0).powi(3);
        let best = (0..=200)
            .max_by(|a, b| {
                let value = |it: u32| self.log_likelihood(at(it), restricted);
                value(*a).total_cmp(&value(*b))
            })
            .unwrap_or(0);
        let slope = |tau2: f64| self.slope(tau2, restricted);
        if best == 0 && slope(0.0) <= 0.0 {
            return 0.0;
        }
        root(at(best.saturating_sub(1)), at((best + 1).min(200)), slope)
    }

    fn log_likelihood(&self, tau2: f64, restricted: bool) -> f64 {
        let it = self.at(tau2);
        let log: f64 = self.variances.iter().map(|v| (v + tau2).ln()).sum();
        let extra = if restricted { it.weight.ln() } else { 0.0 };
        -0.5 * (log + it.q + extra)
    }

    /// Twice the derivative of the log-likelihood in `tau2`.
    fn slope(&self, tau2: f64, restricted: bool) -> f64 {
        let it = self.at(tau2);
        let pairs = self.values.iter().zip(self.variances);
        let (mut slope, mut w2) = (0.0, 0.0);
        for (y, v) in pairs {
            let weight = 1.0 / (v + tau2);
            slope += weight * weight * (y - it.mu).powi(2) - weight;
            w2 += weight * weight;
        }
        if restricted { slope + w2 / it.weight } else { slope }
    }
}
