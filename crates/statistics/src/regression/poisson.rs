//! Poisson pseudo-maximum likelihood with fixed effects and an offset.
//!
//! `E[y] = exp(x b + effects + offset)`, right whatever the variance of `y` is (Santos Silva and
//! Tenreyro 2006, doi 10.1162/rest.88.4.641). Iterated weighted least squares with the effects
//! taken out in every step (Correia, Guimaraes and Zylkin 2020, doi 10.1177/1536867X20909691).
//! Rows that some combination of regressors and effects predicts as zero without limit are
//! separated: they are left out and counted ("Verifying the existence of maximum likelihood
//! estimates for generalized linear models", the same authors).

use super::covariance::Covariance;
use super::design::Design;
use super::layout::levels;
use super::ols::{Coefficient, Fit, Options};
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};

/// A Poisson regression and its standard errors.
#[derive(Debug, Clone)]
pub struct Poisson {
    /// Names of the coefficients.
    pub names: Vec<String>,
    /// Regressors left out because others span them.
    pub dropped: Vec<String>,
    /// Coefficients: changes of the logarithm of the mean.
    pub coefficients: Vec<f64>,
    /// Their covariance.
    pub covariance: Covariance,
    /// Number of observations that take part.
    pub n: usize,
    /// Rows of the design that take part.
    pub sample: Vec<u32>,
    /// Rows left out because their group has no counts at all.
    pub all_zero: usize,
    /// Rows left out because they are separated.
    pub separated: usize,
    /// Fitted mean of each row that takes part.
    pub fitted: Vec<f64>,
    /// Twice the distance to the saturated likelihood.
    pub deviance: f64,
    /// Number of iterations.
    pub iterations: usize,
    /// Coverage of the intervals.
    pub level: f64,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

impl Poisson {
    /// The coefficient called `name`; none when it was left out.
    pub fn coefficient(&self, name: &str) -> Option<Coefficient> {
        let at = self.names.iter().position(|it| it == name)?;
        let estimate = self.coefficients[at];
        Some(Coefficient::new(estimate, self.covariance.se(at), self.covariance.df, self.level))
    }
}

/// Estimates `design`, whose outcome is a count or another number of at least zero.
///
/// # Errors
///
/// An outcome below zero or zero everywhere, columns that do not fit together, or no convergence.
pub fn poisson(design: &Design<'_>, options: &Options) -> Result<Poisson, Fault> {
    design.check()?;
    if let Some(row) = design.outcome.iter().position(|it| *it < 0.0) {
        let found = format!("{} in rij {}", design.outcome[row], row + 1);
        return Err(Fault::argument("uitkomst", "0 of meer", found));
    }
    let (weighted, _) = design.usable(options.drop_singletons);
    let rows = u32::try_from(design.rows()).unwrap_or(u32::MAX);
    let mut sample = weighted.unwrap_or_else(|| (0..rows).collect());
    let before = sample.len();
    drop_all_zero(design, &mut sample);
    let all_zero = before - sample.len();
    if !sample.iter().any(|row| design.outcome[*row as usize] > 0.0) {
        return Err(Fault::not_identified("Alle tellingen zijn nul: er is niets te schatten."));
    }
    let separated = drop_separated(design, &mut sample, options)?;
    let own = design.sample(&sample);
    let mut steps = Steps::new(&own);
    while !steps.settled {
        steps.next(options)?;
    }
    let working = steps.working();
    let fit = Fit::new(&working, options)?;
    let covariance = fit.covariance(options.variance)?;
    let mut warnings = fit.few(&covariance);
    warnings.extend(fit.warnings.iter().cloned());
    warnings.extend(left_out(all_zero, separated));
    Ok(Poisson {
        names: fit.names,
        dropped: fit.dropped,
        coefficients: fit.coefficients,
        n: sample.len(),
        deviance: steps.deviance,
        iterations: steps.done,
        fitted: steps.mean,
        level: options.level,
        covariance,
        sample,
        all_zero,
        separated,
        warnings,
    })
}

fn left_out(all_zero: usize, separated: usize) -> Option<Warning> {
    if all_zero + separated == 0 {
        return None;
    }
    let text = format!(
        "Weggelaten: {all_zero} waarnemingen van eenheden of perioden met alleen nullen, en \
         {separated} waarnemingen die de variabelen samen als nul voorspellen (separatie). Zij \
         zeggen niets over het effect."
    );
    Some(Warning::new("separation", text))
}

/// Leaves out groups of a fixed effect whose outcomes are all zero, until there are none.
fn drop_all_zero(design: &Design<'_>, sample: &mut Vec<u32>) {
    loop {
        let before = sample.len();
        for codes in &design.effects {
            let mut counts = vec![false; levels(codes)];
            for row in sample.iter().map(|row| *row as usize) {
                counts[codes[row] as usize] |= design.outcome[row] > 0.0;
            }
            sample.retain(|row| counts[codes[*row as usize] as usize]);
        }
        if sample.len() == before {
            return;
        }
    }
}

/// Leaves out separated rows by the iterative rectifier: fits a variable that is zero where the
/// outcome is positive, and keeps the positive part of the fit, until the fit is exact.
fn drop_separated(
    design: &Design<'_>,
    sample: &mut Vec<u32>,
    options: &Options,
) -> Result<usize, Fault> {
    const HEAVY: f64 = 1e9;
    const SMALL: f64 = 1e-5;
    let own = design.sample(sample);
    let zero: Vec<bool> = own.outcome.iter().map(|it| *it == 0.0).collect();
    if !zero.contains(&true) {
        return Ok(0);
    }
    let weight: Vec<f64> = zero.iter().map(|it| if *it { 1.0 } else { HEAVY }).collect();
    let mut target: Vec<f64> = zero.iter().map(|it| f64::from(u8::from(*it))).collect();
    for _ in 0..200 {
        let mut step = own.borrowed().weight(&weight[..]);
        step.outcome = (&target[..]).into();
        let fit = Fit::new(&step, options)?;
        let exact = fit.residuals.iter().all(|it| it.abs() < SMALL);
        let fitted: Vec<f64> = target.iter().zip(&fit.residuals).map(|(a, b)| a - b).collect();
        if exact {
            let before = sample.len();
            let mut keep = fitted.iter().zip(&zero).map(|(it, zero)| !(*zero && *it > SMALL));
            sample.retain(|_| keep.next().unwrap_or(true));
            return Ok(before - sample.len());
        }
        for ((it, fitted), zero) in target.iter_mut().zip(fitted).zip(&zero) {
            *it = if *zero { fitted.max(0.0) } else { 0.0 };
        }
    }
    // Not settled: no row can be called separated with certainty.
    Ok(0)
}

/// The iterations.
struct Steps<'a> {
    design: &'a Design<'a>,
    mean: Vec<f64>,
    /// Logarithm of the mean.
    linear: Vec<f64>,
    deviance: f64,
    done: usize,
    settled: bool,
}

impl<'a> Steps<'a> {
    fn new(design: &'a Design<'a>) -> Self {
        let centre = design.outcome.iter().sum::<f64>() / design.rows() as f64;
        let mean: Vec<f64> = design.outcome.iter().map(|it| it.midpoint(centre)).collect();
        let linear = mean.iter().map(|it| it.ln()).collect();
        Self { design, mean, linear, deviance: f64::INFINITY, done: 0, settled: false }
    }

    fn offset(&self, row: usize) -> f64 {
        self.design.offset.as_ref().map_or(0.0, |it| it[row])
    }

    /// The weighted least squares of the current step.
    fn working(&self) -> Design<'_> {
        let mut design = self.design.borrowed();
        let rows = 0..self.mean.len();
        let outcome = rows.clone().map(|row| {
            let surprise = (self.design.outcome[row] - self.mean[row]) / self.mean[row];
            self.linear[row] - self.offset(row) + surprise
        });
        design.outcome = outcome.collect::<Vec<_>>().into();
        let own = |row: usize| self.design.weight.as_ref().map_or(1.0, |it| it[row]);
        design.weight = Some(rows.map(|row| own(row) * self.mean[row]).collect::<Vec<_>>().into());
        design
    }

    fn next(&mut self, options: &Options) -> Result<(), Fault> {
        let linear: Vec<f64> = {
            let working = self.working();
            let fit = Fit::new(&working, options)?;
            let fitted = working.outcome.iter().zip(&fit.residuals).enumerate();
            fitted.map(|(row, (it, left))| it - left + self.offset(row)).collect()
        };
        self.linear = linear;
        self.mean = self.linear.iter().map(|it| it.clamp(-200.0, 200.0).exp()).collect();
        let before = self.deviance;
        self.deviance = self.distance();
        self.done += 1;
        let change = (before - self.deviance).abs();
        self.settled = change <= 1e-12 * (self.deviance.abs() + 0.1);
        if self.done >= 200 && !self.settled {
            let method = "De Poisson-regressie".to_owned();
            return Err(Fault::NotConverged { method, iterations: self.done });
        }
        Ok(())
    }

    fn distance(&self) -> f64 {
        let weight = |row: usize| self.design.weight.as_ref().map_or(1.0, |it| it[row]);
        let rows = self.design.outcome.iter().zip(&self.mean).enumerate();
        rows.map(|(row, (y, mean))| {
            let log = if *y > 0.0 { y * (y / mean).ln() } else { 0.0 };
            2.0 * weight(row) * (log - (y - mean))
        })
        .sum()
    }
}

impl Estimate for Poisson {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        if let [name] = &self.names[..]
            && let Some(it) = self.coefficient(name)
        {
            figures.add("coef", it.estimate);
            figures.add("se_cluster", it.standard_error);
        }
        for (at, name) in self.names.iter().enumerate() {
            figures.add_with_se(name, self.coefficients[at], self.covariance.se(at));
        }
        figures.add("nobs", self.n as f64);
        figures.add("deviance", self.deviance);
        figures
    }

    fn summary(&self) -> String {
        let mut text =
            format!("Poisson-regressie op {} waarnemingen; {}.", self.n, self.covariance.kind());
        for name in &self.names {
            if let Some(it) = self.coefficient(name) {
                let percent = |it: f64| 100.0 * it.exp_m1();
                text += &format!(
                    "\n{name}: {:+.1}% ({:.0}%-interval {:+.1}% tot {:+.1}%; coëfficiënt {:.4}).",
                    percent(it.estimate),
                    100.0 * self.level,
                    percent(it.interval.0),
                    percent(it.interval.1),
                    it.estimate
                );
            }
        }
        text
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
