//! Funnel limits with overdispersion, for standardised ratios and for proportions.
//!
//! Spiegelhalter, D. J. (2005a). Funnel plots for comparing institutional performance. *Statistics
//! in Medicine* 24(8), 1185-1202. <https://doi.org/10.1002/sim.1970>
//!
//! Spiegelhalter, D. J. (2005b). Handling over-dispersion of performance indicators. *Quality and
//! Safety in Health Care* 14(5), 347-351. <https://doi.org/10.1136/qshc.2005.013755>
//!
//! Each unit has `y` on a transformed scale with standard error `s` and target `t`. The spread
//! beyond chance, `tau2`, comes by the method of moments from the `z = (y - t) / s` after the
//! extreme ones were trimmed, so that an outlier does not hide itself; the adjusted
//! `z = (y - t) / sqrt(s2 + tau2)`. Limits are transformed back to the scale of the reader, the
//! root scale by squaring.

use crate::comparison::shape::{check_level, check_not_negative, check_positive};
use crate::comparison::words::{decimal, percent};
use crate::distribution::{binomial_cdf, normal_quantile};
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::quantile::quantile;

/// Numerator over denominator of one unit: observed over expected, or cases over trials.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// The unit: a team, a provider.
    pub name: String,
    /// Observed number.
    pub numerator: f64,
    /// Expected number, or number of trials.
    pub denominator: f64,
}

/// The scale on which units are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// The log of observed over expected; the target is 0 (the SHMI of the NHS).
    Log,
    /// The root of observed over expected; the target is 1 (the Care Quality Commission).
    Root,
    /// The arcsine of the root of a proportion; the target is the overall proportion.
    Arcsine,
}

/// What happens to the extreme units before the overdispersion is estimated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Trim {
    /// They count as the quantile at this share from either end.
    Winsorise(f64),
    /// This share on either end does not count.
    Truncate(f64),
    /// They count as they are.
    Nothing,
}

/// How a funnel is made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Scale of comparison.
    pub scale: Scale,
    /// Trimming.
    pub trim: Trim,
    /// Level outside which a unit is named, usually 0.998.
    pub level: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { scale: Scale::Root, trim: Trim::Winsorise(0.1), level: 0.998 }
    }
}

/// One unit in the funnel.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The unit.
    pub unit: Unit,
    /// Numerator divided by denominator.
    pub value: f64,
    /// Distance to the target in standard errors, without overdispersion.
    pub z: f64,
    /// The same with overdispersion.
    pub z_adjusted: f64,
    /// Whether the unit lies outside the adjusted limits.
    pub outside: bool,
}

/// A funnel.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// How it was made.
    pub options: Options,
    /// The units in the order given.
    pub units: Vec<Placed>,
    /// What every unit is compared with, on the reader's scale.
    pub target: f64,
    /// Mean squared z of the trimmed units.
    pub phi: f64,
    /// Mean squared z of all units.
    pub phi_raw: f64,
    /// Variance between units beyond chance, on the transformed scale.
    pub tau2: f64,
    /// Number of units from which `phi` and `tau2` come.
    pub used: usize,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

impl Funnel {
    /// Names of the units outside the limits.
    pub fn outside(&self) -> Vec<&str> {
        let outside = self.units.iter().filter(|it| it.outside);
        outside.map(|it| it.unit.name.as_str()).collect()
    }

    /// The limits at a denominator, with overdispersion, on the reader's scale.
    ///
    /// # Errors
    ///
    /// A denominator not above zero, a level outside 0 to 1.
    pub fn limits(&self, denominator: f64, level: f64) -> Result<(f64, f64), Fault> {
        check_level(level)?;
        check_positive("omvang", &[denominator])?;
        let error = standard_error(self.options.scale, denominator);
        let reach = normal_quantile(0.5 + level / 2.0) * (error * error + self.tau2).sqrt();
        let target = transformed(self.options.scale, self.target);
        let scale = self.options.scale;
        Ok((back(scale, target - reach), back(scale, target + reach)))
    }
}

impl Estimate for Funnel {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        let (part, sizes) = match self.options.scale {
            Scale::Log => ("_SHMI", ["E10", "E50", "E100", "E500"].as_slice()),
            Scale::Root => ("_CQC", ["E10", "E50", "E100", "E500"].as_slice()),
            Scale::Arcsine => ("", ["n10", "n50", "n200"].as_slice()),
        };
        if self.options.scale == Scale::Arcsine {
            figures.add("p0", self.target);
        }
        figures.add("n", self.units.len() as f64);
        figures.add("sum_num", self.units.iter().map(|it| it.unit.numerator).sum());
        figures.add("sum_den", self.units.iter().map(|it| it.unit.denominator).sum());
        figures.add(format!("phi{part}"), self.phi);
        figures.add(format!("tau2{part}"), self.tau2);
        figures.add(format!("n_used{part}"), self.used as f64);
        figures.add(format!("phi_raw{part}"), self.phi_raw);
        figures.add(format!("n_out_998{part}"), self.outside().len() as f64);
        for it in &self.units {
            figures.add(format!("z{part}_{}", it.unit.name), it.z);
            figures.add(format!("zadj{part}_{}", it.unit.name), it.z_adjusted);
        }
        for size in sizes {
            let denominator = size[1..].parse().unwrap_or(1.0);
            for (name, level) in [("95", 0.95), ("998", 0.998)] {
                if let Ok((low, high)) = self.limits(denominator, level) {
                    figures.add(format!("ll{name}od{part}_{size}"), low);
                    figures.add(format!("ul{name}od{part}_{size}"), high);
                }
            }
        }
        figures
    }

    fn summary(&self) -> String {
        let outside = self.outside();
        let names = if outside.is_empty() {
            "geen enkele eenheid ligt".to_owned()
        } else {
            format!(
                "buiten de grenzen: {}; daar is meer dan toeval te zien, niet waarom",
                outside.join(", ")
            )
        };
        format!(
            "Trechter van {} eenheden rond {}: {names} (grens {}, spreiding boven toeval {} op de \
             getransformeerde schaal uit {} eenheden).",
            self.units.len(),
            decimal(self.target, 3),
            percent(self.options.level),
            decimal(self.tau2.sqrt(), 3),
            self.used,
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// Places the units in a funnel.
///
/// ```
/// use statistics::comparison::funnel::{Options, Unit, funnel};
/// let unit = |name: &str, numerator| Unit { name: name.into(), numerator, denominator: 50.0 };
/// let units: Vec<Unit> =
///     [("a", 48.0), ("b", 53.0), ("c", 50.0), ("d", 47.0), ("e", 120.0)].map(|(n, o)| unit(n, o)).into();
/// let it = funnel(&units, Options { level: 0.95, ..Options::default() }).unwrap();
/// assert!(it.units[4].z > 5.0);
/// ```
///
/// # Errors
///
/// Fewer than two units, a numerator below zero, a denominator not above zero, a proportion above
/// 1, a level or share outside its range, no unit left after trimming.
pub fn funnel(units: &[Unit], options: Options) -> Result<Funnel, Fault> {
    check(units, options)?;
    let scale = options.scale;
    let target = match scale {
        Scale::Log | Scale::Root => 1.0,
        Scale::Arcsine => {
            let sum = |part: fn(&Unit) -> f64| units.iter().map(part).sum::<f64>();
            sum(|it| it.numerator) / sum(|it| it.denominator)
        }
    };
    let errors: Vec<f64> = units.iter().map(|it| standard_error(scale, it.denominator)).collect();
    let gaps: Vec<f64> = units
        .iter()
        .map(|it| transformed(scale, observed(scale, it)) - transformed(scale, target))
        .collect();
    let z: Vec<f64> = gaps.iter().zip(&errors).map(|(gap, error)| gap / error).collect();
    let (phi, tau2, used) = overdispersion(&z, &errors, options.trim)?;
    let bound = normal_quantile(0.5 + options.level / 2.0);
    let placed = |at: usize| {
        let z_adjusted = gaps[at] / (errors[at] * errors[at] + tau2).sqrt();
        Placed {
            unit: units[at].clone(),
            value: units[at].numerator / units[at].denominator,
            z: z[at],
            z_adjusted,
            outside: z_adjusted.abs() > bound,
        }
    };
    Ok(Funnel {
        options,
        units: (0..units.len()).map(placed).collect(),
        target,
        phi,
        phi_raw: z.iter().map(|it| it * it).sum::<f64>() / z.len() as f64,
        tau2,
        used,
        warnings: warnings(units, scale),
    })
}

/// The limits within which observed over `expected` lies by Poisson chance alone, without
/// overdispersion (exact, by the chi-squared distribution).
///
/// # Errors
///
/// An expected number not above zero, a level outside 0 to 1.
pub fn exact_ratio_limits(expected: f64, level: f64) -> Result<(f64, f64), Fault> {
    check_level(level)?;
    check_positive("verwacht aantal", &[expected])?;
    let (low, high) = crate::comparison::rate::bounds(expected, level);
    Ok((low / expected, high / expected))
}

/// The counts within which the cases in `trials` lie by binomial chance alone.
///
/// # Errors
///
/// A share or level outside 0 to 1.
pub fn exact_count_limits(share: f64, trials: u32, level: f64) -> Result<(u32, u32), Fault> {
    check_level(level)?;
    if !(0.0..=1.0).contains(&share) {
        return Err(Fault::argument("aandeel", "een getal van 0 tot en met 1", share));
    }
    let quantile = |p: f64| {
        let (mut low, mut high) = (0, trials);
        while low < high {
            let middle = low + (high - low) / 2;
            // A quantile is the smallest count whose distribution function reaches p.
            if binomial_cdf(f64::from(middle), f64::from(trials), share) >= p {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    };
    Ok((quantile((1.0 - level) / 2.0), quantile(0.5 + level / 2.0)))
}

fn check(units: &[Unit], options: Options) -> Result<(), Fault> {
    check_level(options.level)?;
    if let Trim::Winsorise(share) | Trim::Truncate(share) = options.trim
        && !(0.0..0.5).contains(&share)
    {
        return Err(Fault::argument("afgeknot aandeel", "een getal van 0 tot 0,5", share));
    }
    if units.len() < 2 {
        return Err(Fault::not_identified(
            "Een trechter vraagt ten minste twee eenheden om te vergelijken.",
        ));
    }
    for unit in units {
        check_not_negative(&unit.name, &[unit.numerator])?;
        check_positive(&unit.name, &[unit.denominator])?;
        if options.scale == Scale::Arcsine && unit.numerator > unit.denominator {
            let most = format!("hooguit {}", unit.denominator);
            return Err(Fault::argument(&unit.name, most, unit.numerator));
        }
    }
    Ok(())
}

fn warnings(units: &[Unit], scale: Scale) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let empty = units.iter().filter(|it| it.numerator <= 0.0).count();
    if scale == Scale::Log && empty > 0 {
        warnings.push(Warning::new(
            "zero-observed",
            format!(
                "{empty} eenheden hebben geen enkel geval en tellen op de logschaal als een half."
            ),
        ));
    }
    if units.len() < 10 {
        warnings.push(Warning::new(
            "few-units",
            format!(
                "Met {} eenheden is de spreiding boven toeval nauwelijks te schatten; de grenzen \
                 zijn onzeker.",
                units.len()
            ),
        ));
    }
    warnings
}

/// The ratio or proportion; on the log scale nothing observed counts as a half.
fn observed(scale: Scale, unit: &Unit) -> f64 {
    let floor = if scale == Scale::Log { 0.5 } else { 0.0 };
    let numerator = if unit.numerator > 0.0 { unit.numerator } else { floor };
    numerator / unit.denominator
}

fn transformed(scale: Scale, value: f64) -> f64 {
    match scale {
        Scale::Log => value.ln(),
        Scale::Root => value.sqrt(),
        Scale::Arcsine => value.sqrt().min(1.0).asin(),
    }
}

fn back(scale: Scale, value: f64) -> f64 {
    match scale {
        Scale::Log => value.exp(),
        // Below zero there is no ratio.
        Scale::Root => value.max(0.0).powi(2),
        Scale::Arcsine => value.clamp(0.0, std::f64::consts::FRAC_PI_2).sin().powi(2),
    }
}

fn standard_error(scale: Scale, denominator: f64) -> f64 {
    match scale {
        Scale::Log => 1.0 / denominator.sqrt(),
        Scale::Root | Scale::Arcsine => 0.5 / denominator.sqrt(),
    }
}

/// `phi`, `tau2` and the number of units that they come from.
fn overdispersion(z: &[f64], errors: &[f64], trim: Trim) -> Result<(f64, f64, usize), Fault> {
    let mut ascending = z.to_vec();
    ascending.sort_by(f64::total_cmp);
    let at = |share: f64| quantile(&ascending, share).unwrap_or(0.0);
    let kept: Vec<(f64, f64)> = match trim {
        Trim::Nothing => z.iter().copied().zip(errors.iter().copied()).collect(),
        Trim::Winsorise(share) => {
            let (low, high) = (at(share), at(1.0 - share));
            z.iter().map(|it| it.clamp(low, high)).zip(errors.iter().copied()).collect()
        }
        Trim::Truncate(share) => {
            let n = z.len() as f64;
            let (low, high) = ((n * share).floor(), (n * (1.0 - share)).ceil());
            let within = |it: &f64| {
                let rank = average_rank(&ascending, *it);
                low < rank && rank <= high
            };
            z.iter().copied().zip(errors.iter().copied()).filter(|(it, _)| within(it)).collect()
        }
    };
    if kept.len() < 2 {
        return Err(Fault::not_identified(
            "Na het afknotten blijven er minder dan twee eenheden over; knot minder af.",
        ));
    }
    let n = kept.len() as f64;
    let phi = kept.iter().map(|(z, _)| z * z).sum::<f64>() / n;
    // Products of pairs: `w - sum(w_i^2) / w` would lose the small weights beside a large one.
    let (w, pairs) = kept.iter().fold((0.0, 0.0), |(w, pairs), (_, error)| {
        let weight = 1.0 / (error * error);
        (w + weight, pairs + weight * w)
    });
    let tau2 = ((n * phi - (n - 1.0)) / (2.0 * pairs / w)).max(0.0);
    if !tau2.is_finite() {
        return Err(Fault::not_identified(
            "De eenheden verschillen te veel in omvang om de spreiding boven toeval te schatten.",
        ));
    }
    Ok((phi, tau2, kept.len()))
}

/// The rank from 1; equal values share the mean of their ranks.
fn average_rank(ascending: &[f64], value: f64) -> f64 {
    let below = ascending.partition_point(|it| *it < value);
    let up_to = ascending.partition_point(|it| *it <= value);
    (below as f64 + up_to as f64 + 1.0) / 2.0
}
