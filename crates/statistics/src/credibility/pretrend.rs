//! Pre-trend tests, what they could have found, and what passing them does to the estimate.
//!
//! Roth, J. (2022). Pretest with caution: event-study estimates after testing for parallel trends.
//! *AER: Insights* 4(3), 305-322. <https://doi.org/10.1257/aeri.20210236>. The tests are shown
//! with their power against a straight line and never serve as a gate: passing proves nothing, and
//! among studies that pass a remaining trend biases the estimate more.

use rand::RngExt as _;

use super::event_study::EventStudy;
use crate::distribution::{chi_squared_p, normal_quantile};
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::linear::solve;
use crate::random::generator;

/// What to compute.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Slope of a linear violation, per period, whose power and bias are asked; `None` takes the
    /// slope that the test finds half of the time.
    pub slope: Option<f64>,
    /// Level of the tests.
    pub alpha: f64,
    /// Number of draws of the estimates before the base period.
    pub draws: u32,
    /// Seed of the draws.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { slope: None, alpha: 0.05, draws: 20_000, seed: 1 }
    }
}

/// A linear violation as seen after the start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bias {
    /// Periods after the base period.
    pub distance: usize,
    /// Bias of the estimate: the violation itself.
    pub always: f64,
    /// Expected bias in the studies that pass; `None` when (nearly) none does.
    pub after_passing: Option<f64>,
}

/// The tests and their power.
#[derive(Debug, Clone, PartialEq)]
pub struct PreTrend {
    /// Joint Wald test: chi-squared, degrees of freedom, p-value.
    pub wald: (f64, usize, f64),
    /// Largest absolute t-value of a single coefficient before.
    pub largest_t: f64,
    /// Slope of the violation that `power` and `bias` are about.
    pub slope: f64,
    /// Chance that some single coefficient is significant under that slope.
    pub power: f64,
    /// Slopes that the test finds in 50% and 80% of the studies.
    pub slope_50: f64,
    /// See `slope_50`.
    pub slope_80: f64,
    /// Bias per period after the base period.
    pub bias: Vec<Bias>,
    /// Number of coefficients before.
    pub pre: usize,
    warnings: Vec<Warning>,
}

/// Tests the coefficients before the base period of `study` and says what the tests are worth.
///
/// # Errors
///
/// A level outside 0-0.5, fewer than 1000 draws, or a slope that is not finite.
pub fn pre_trend(study: &EventStudy, options: &Options) -> Result<PreTrend, Fault> {
    if !(options.alpha > 0.0 && options.alpha < 0.5) {
        return Err(Fault::argument("alpha", "een getal tussen 0 en 0,5", options.alpha));
    }
    if options.draws < 1000 {
        return Err(Fault::argument("aantal trekkingen", "1000 of meer", options.draws));
    }
    if let Some(slope) = options.slope.filter(|it| !it.is_finite()) {
        return Err(Fault::argument("helling", "een eindig getal", slope));
    }
    let pretest = Pretest::new(study, options)?;
    let (slope_50, slope_80) = (pretest.slope_with(0.5), pretest.slope_with(0.8));
    let slope = options.slope.unwrap_or(slope_50);
    let (power, mean) = pretest.under(slope);
    let pre = study.pre();
    let block = study.covariance().submatrix(0, 0, pre, pre);
    let estimates = faer::Mat::from_fn(pre, 1, |at, _| study.estimates()[at]);
    let solved = solve(block, estimates.as_ref())?;
    let chi_squared: f64 = (0..pre).map(|at| estimates[(at, 0)] * solved[(at, 0)]).sum();
    let wald = (chi_squared, pre, chi_squared_p(chi_squared, pre as f64));
    let t = |at: usize| (study.estimates()[at] / pretest.errors[at]).abs();
    Ok(PreTrend {
        wald,
        largest_t: (0..pre).map(t).fold(0.0, f64::max),
        slope,
        power,
        slope_50,
        slope_80,
        bias: bias(study, slope, mean.as_deref())?,
        pre,
        warnings: warnings(wald, study, slope_80),
    })
}

/// Bias after the base period: `slope * s`, plus what selecting on the periods before adds,
/// `S12 S22^-1 (E[before | passed] - E[before])`.
fn bias(study: &EventStudy, slope: f64, mean: Option<&[f64]>) -> Result<Vec<Bias>, Fault> {
    let pre = study.pre();
    let shift = match mean {
        None => None,
        Some(mean) => {
            let block = study.covariance().submatrix(0, 0, pre, pre);
            let moved = faer::Mat::from_fn(pre, 1, |at, _| mean[at] + slope * (pre - at) as f64);
            Some(solve(block, moved.as_ref())?)
        }
    };
    let one = |after: usize| {
        let always = slope * (after + 1) as f64;
        let covariance = study.covariance();
        let selected = |it: &faer::Mat<f64>| -> f64 {
            (0..pre).map(|at| covariance[(pre + after, at)] * it[(at, 0)]).sum()
        };
        let after_passing = shift.as_ref().map(|it| always + selected(it));
        Bias { distance: after + 1, always, after_passing }
    };
    Ok((0..study.post()).map(one).collect())
}

fn warnings(wald: (f64, usize, f64), study: &EventStudy, slope_80: f64) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if wald.2 < 0.05 {
        warnings.push(Warning::new(
            "pretrend-violated",
            format!(
                "De groepen liepen vooraf al uiteen (p = {:.4}). Een gewone verschil-in-verschil \
                 is hier geen effect; kijk naar HonestDiD.",
                wald.2
            ),
        ));
    }
    let mut first = vec![0.0; study.estimates().len()];
    first[study.pre()] = 1.0;
    let (estimate, _) = study.combination(&first);
    if slope_80 > estimate.abs() {
        warnings.push(Warning::new(
            "pretrend-test-weak",
            format!(
                "De toets vooraf vindt pas een helling van {slope_80:.4} per periode in 80% van \
                 de gevallen; dat is meer dan het eerste effect ({estimate:.4}). Dat er vooraf \
                 niets te zien is, zegt hier weinig."
            ),
        ));
    }
    warnings
}

/// Draws of the estimates before the base period around 0.
struct Pretest {
    draws: Vec<f64>,
    errors: Vec<f64>,
    critical: f64,
}

impl Pretest {
    fn new(study: &EventStudy, options: &Options) -> Result<Self, Fault> {
        let (pre, factor) = (study.pre(), study.factor()?);
        let mut random = generator(options.seed, 0);
        let smallest = 0.5 / 2.0_f64.powi(53);
        let mut draws = Vec::new();
        let mut normal = vec![0.0; pre];
        for _ in 0..options.draws {
            for it in &mut normal {
                *it = normal_quantile(random.random::<f64>().max(smallest));
            }
            // The first rows of the factor of all are the factor of the periods before.
            draws
                .extend((0..pre).map(|a| (0..=a).map(|b| factor[(a, b)] * normal[b]).sum::<f64>()));
        }
        let errors = (0..pre).map(|at| study.covariance()[(at, at)].sqrt()).collect();
        Ok(Self { draws, errors, critical: normal_quantile(1.0 - options.alpha / 2.0) })
    }

    /// Power of the single tests under `slope`, and the mean of the estimates that pass.
    fn under(&self, slope: f64) -> (f64, Option<Vec<f64>>) {
        /// Fewer passing draws say nothing of their mean.
        const FEW: usize = 100;
        let pre = self.errors.len();
        let (mut passed, mut mean) = (0_usize, vec![0.0; pre]);
        let shift: Vec<f64> = (0..pre).map(|at| -slope * (pre - at) as f64).collect();
        for draw in self.draws.chunks_exact(pre) {
            let within =
                |at: usize| (draw[at] + shift[at]).abs() <= self.critical * self.errors[at];
            if (0..pre).all(within) {
                passed += 1;
                mean.iter_mut().zip(draw.iter().zip(&shift)).for_each(|(m, (d, s))| *m += d + s);
            }
        }
        let all = self.draws.len() / pre;
        mean.iter_mut().for_each(|it| *it /= passed as f64);
        (1.0 - passed as f64 / all as f64, (passed >= FEW).then_some(mean))
    }

    /// The slope above 0 that is found with chance `power`.
    fn slope_with(&self, power: f64) -> f64 {
        let scale = self.errors.iter().fold(f64::INFINITY, |least, it| least.min(*it));
        let (mut low, mut high) = (0.0, scale);
        while self.under(high).0 < power && high < 1e6 * scale {
            low = high;
            high *= 2.0;
        }
        for _ in 0..40 {
            let middle = f64::midpoint(low, high);
            if self.under(middle).0 < power {
                low = middle;
            } else {
                high = middle;
            }
        }
        f64::midpoint(low, high)
    }
}

impl Estimate for PreTrend {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        figures.add("wald_chisq", self.wald.0);
        figures.add("wald_df", self.wald.1 as f64);
        figures.add("wald_p", self.wald.2);
        figures.add("largest_t", self.largest_t);
        figures.add("slope", self.slope);
        figures.add("power", self.power);
        figures.add("slope_50", self.slope_50);
        figures.add("slope_80", self.slope_80);
        for it in &self.bias {
            figures.add(format!("bias_{}", it.distance), it.always);
            if let Some(bias) = it.after_passing {
                figures.add(format!("bias_passed_{}", it.distance), bias);
            }
        }
        figures
    }

    fn summary(&self) -> String {
        let mut lines = vec![
            format!(
                "Toets op gelijk verloop vooraf ({} perioden): chi-kwadraat {:.2}, p = {:.4}.",
                self.pre, self.wald.0, self.wald.2
            ),
            format!(
                "De losse toetsen vinden een rechte afwijking van {:.4} per periode in 50% en van \
                 {:.4} in 80% van de gevallen.",
                self.slope_50, self.slope_80
            ),
        ];
        for it in self.bias.iter().take(1) {
            let passed = it.after_passing.map_or_else(String::new, |bias| {
                format!(", en {bias:.4} in de onderzoeken die de toets doorstaan")
            });
            lines.push(format!(
                "Een afwijking van {:.4} per periode vertekent het eerste effect met {:.4}{passed}.",
                self.slope, it.always
            ));
        }
        lines.join("\n")
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
