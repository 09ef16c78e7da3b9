//! Which units grow faster than chance and faster than the others.
//!
//! Per unit a Poisson trend `log E(y_t) = a + g t` (the slope given the total is a one-parameter
//! multinomial, so it has a unique answer), a likelihood ratio test, and the Benjamini-Hochberg
//! procedure over the one-sided p-values (Benjamini, Y. & Hochberg, Y. (1995). *Journal of the Royal
//! Statistical Society B* 57(1), 289-300. <https://doi.org/10.1111/j.2517-6161.1995.tb02031.x>). The
//! slopes are then shrunk towards their mean with the moment estimator of DerSimonian and Laird
//! (1986), so that a small unit does not head the list by chance.

use crate::comparison::codes::codes;
use crate::comparison::heterogeneity::{Method, heterogeneity};
use crate::comparison::root::root;
use crate::comparison::shape::{
    check_finite, check_length, check_level, check_not_negative, check_rows,
};
use crate::comparison::words::{decimal, percent};
use crate::distribution::chi_squared_p;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};

/// Growth of one unit, in log points per period.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// The unit.
    pub unit: String,
    /// Sum of its counts.
    pub total: f64,
    /// Growth per period on the log scale.
    pub growth: f64,
    /// Its standard error.
    pub error: f64,
    /// Two-sided p-value of the likelihood ratio test of no growth.
    pub p: f64,
    /// One-sided p-value against growth above zero.
    pub p_above: f64,
    /// Growth shrunk towards the mean of all units.
    pub shrunken: f64,
    /// Whether the procedure of Benjamini and Hochberg names the unit.
    pub flagged: bool,
}

/// The growth of all units.
#[derive(Debug, Clone, PartialEq)]
pub struct GrowthOutliers {
    /// The units in the order of the data.
    pub units: Vec<Trend>,
    /// Mean growth over the units.
    pub mean: f64,
    /// Variance of growth between units beyond chance.
    pub tau2: f64,
    /// Share of false discoveries that is accepted among the flagged.
    pub rate: f64,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

impl GrowthOutliers {
    /// The units that are flagged, in the order of the data.
    pub fn flagged(&self) -> Vec<&str> {
        self.units.iter().filter(|it| it.flagged).map(|it| it.unit.as_str()).collect()
    }

    /// The units by shrunken growth, the fastest first.
    pub fn fastest(&self) -> Vec<&Trend> {
        let mut units: Vec<&Trend> = self.units.iter().collect();
        units.sort_by(|a, b| b.shrunken.total_cmp(&a.shrunken));
        units
    }
}

impl Estimate for GrowthOutliers {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for it in &self.units {
            figures.add_with_se(&format!("growth_{}", it.unit), it.growth, it.error);
            figures.add(format!("lrp_{}", it.unit), it.p);
        }
        figures.add("mean_growth_DL", self.mean);
        figures.add("tau2_DL", self.tau2);
        for it in &self.units {
            figures.add(format!("shrunk_{}", it.unit), it.shrunken);
        }
        figures.add("n_flag_bh05", self.flagged().len() as f64);
        figures
    }

    fn summary(&self) -> String {
        let flagged = self.flagged();
        let names = if flagged.is_empty() {
            "geen enkele groeit aantoonbaar".to_owned()
        } else {
            format!("aantoonbaar groeien {}", flagged.join(", "))
        };
        format!(
            "{} eenheden, gemiddelde groei {} per periode: {names} (hooguit {} vals). Groei zegt \
             niet waardoor zij komt.",
            self.units.len(),
            percent(self.mean.exp_m1()),
            decimal(100.0 * self.rate, 0) + "%",
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// Estimates the growth of every unit; a row is a unit in a period with its count.
///
/// Units with nothing counted, or with everything in the first or the last period, have no finite
/// growth: they are left out and named in a warning.
///
/// # Errors
///
/// No rows, columns of different length, counts below zero, a rate outside 0 to 1, fewer than two
/// units with a growth.
///
/// ```
/// use statistics::comparison::growth_outlier::growth_outliers;
/// let unit = ["a", "a", "a", "b", "b", "b"].map(str::to_owned);
/// let it =
///     growth_outliers(&unit, &[1.0, 2.0, 3.0, 1.0, 2.0, 3.0], &[20.0, 40.0, 80.0, 9.0, 9.0, 9.0], 0.05)
///         .unwrap();
/// assert_eq!(it.flagged(), ["a"]);
/// assert!((it.units[0].growth - 2.0_f64.ln()).abs() < 1e-12);
/// ```
pub fn growth_outliers(
    unit: &[String],
    period: &[f64],
    count: &[f64],
    rate: f64,
) -> Result<GrowthOutliers, Fault> {
    check_level(rate)?;
    check_rows("", unit.len())?;
    check_length("periode", unit.len(), period.len())?;
    check_length("aantal", unit.len(), count.len())?;
    check_finite("periode", period)?;
    check_not_negative("aantal", count)?;
    let (names, code) = codes(unit);
    let mut series = vec![Vec::new(); names.len()];
    for (row, code) in code.iter().enumerate() {
        series[*code].push((period[row], count[row]));
    }
    let mut left_out = Vec::new();
    let mut units = Vec::with_capacity(names.len());
    for (name, series) in names.into_iter().zip(series) {
        match trend(&name, &series) {
            Some(it) => units.push(it),
            None => left_out.push(name),
        }
    }
    if units.len() < 2 {
        return Err(Fault::not_identified(
            "Groei vergelijken vraagt ten minste twee eenheden met tellingen in meer perioden.",
        ));
    }
    flag(&mut units, rate);
    let growth: Vec<f64> = units.iter().map(|it| it.growth).collect();
    let variance: Vec<f64> = units.iter().map(|it| it.error * it.error).collect();
    let spread = heterogeneity(&growth, &variance, Method::DerSimonianLaird)?;
    for (unit, (shrunken, _)) in units.iter_mut().zip(&spread.shrunken) {
        unit.shrunken = *shrunken;
    }
    let mut warnings = spread.warnings;
    if !left_out.is_empty() {
        warnings.push(Warning::new(
            "no-growth",
            format!("Zonder te schatten groei en dus weggelaten: {}.", left_out.join(", ")),
        ));
    }
    Ok(GrowthOutliers { units, mean: spread.mu, tau2: spread.tau2, rate, warnings })
}

/// Flags by Benjamini-Hochberg on the one-sided p-values.
fn flag(units: &mut [Trend], rate: f64) {
    let mut order: Vec<usize> = (0..units.len()).collect();
    order.sort_by(|a, b| units[*a].p_above.total_cmp(&units[*b].p_above));
    let m = units.len() as f64;
    let last = order
        .iter()
        .zip(1..)
        .filter(|(unit, rank)| units[**unit].p_above <= rate * f64::from(*rank) / m)
        .map(|(_, rank)| rank)
        .max()
        .unwrap_or(0);
    for (unit, rank) in order.into_iter().zip(1..) {
        units[unit].flagged = rank <= last;
    }
}

/// The trend of one unit, or nothing when it has no finite one.
fn trend(name: &str, series: &[(f64, f64)]) -> Option<Trend> {
    let total: f64 = series.iter().map(|it| it.1).sum();
    let (first, last) =
        series.iter().fold((f64::MAX, f64::MIN), |(low, high), it| (low.min(it.0), high.max(it.0)));
    let span = last - first;
    let counted = |it: &&(f64, f64)| it.1 > 0.0;
    let inside = |at: f64| series.iter().filter(counted).all(|it| it.0 == at);
    if !(span > 0.0 && span.is_finite() && total > 0.0 && total.is_finite())
        || inside(first)
        || inside(last)
    {
        return None;
    }
    // Periods from 0 to 1 while estimating.
    let scaled: Vec<(f64, f64)> = series.iter().map(|(t, y)| ((t - first) / span, *y)).collect();
    let mean = scaled.iter().map(|(t, y)| t * y / total).sum::<f64>();
    let slope = root(-700.0, 700.0, |slope| multinomial(&scaled, slope).mean - mean);
    let (fitted, flat) = (multinomial(&scaled, slope), multinomial(&scaled, 0.0));
    let ratio = 2.0 * total * (slope * mean - fitted.log_sum + flat.log_sum);
    let error = (total * fitted.variance).sqrt().recip() / span;
    let p = chi_squared_p(ratio.max(0.0), 1.0);
    (error.is_finite() && error > 0.0).then(|| Trend {
        unit: name.to_owned(),
        total,
        growth: slope / span,
        error,
        p,
        p_above: if slope > 0.0 { p / 2.0 } else { 1.0 - p / 2.0 },
        shrunken: 0.0,
        flagged: false,
    })
}

/// Mean and variance of the period under shares proportional to `exp(slope t)`.
struct Shares {
    log_sum: f64,
    mean: f64,
    variance: f64,
}

fn multinomial(series: &[(f64, f64)], slope: f64) -> Shares {
    let top = series.iter().map(|(t, _)| slope * t).fold(f64::MIN, f64::max);
    let weight = |t: f64| (slope * t - top).exp();
    let sum: f64 = series.iter().map(|(t, _)| weight(*t)).sum();
    let mean = series.iter().map(|(t, _)| weight(*t) * t).sum::<f64>() / sum;
    let square = series.iter().map(|(t, _)| weight(*t) * (t - mean).powi(2)).sum::<f64>();
    Shares { log_sum: top + sum.ln(), mean, variance: square / sum }
}
