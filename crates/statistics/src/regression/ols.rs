//! Ordinary and weighted least squares with any number of fixed effects.

use faer::Mat;
use rayon::prelude::*;

use super::covariance::{Covariance, Variance};
use super::design::Design;
use super::fixed_effects::{Absorber, Precision, occurring};
use crate::distribution::{t_p, t_quantile};
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::linear;

/// How to estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Which standard errors.
    pub variance: Variance,
    /// Leaves out rows that are alone in a group of a fixed effect; they never move a
    /// coefficient, but they count as observations.
    pub drop_singletons: bool,
    /// Coverage of the intervals.
    pub level: f64,
    /// When to stop taking out fixed effects.
    pub precision: Precision,
}

impl Default for Options {
    fn default() -> Self {
        let (variance, precision) = (Variance::Auto, Precision::default());
        Self { variance, drop_singletons: false, level: 0.95, precision }
    }
}

/// Estimates `design` by (weighted) least squares.
///
/// Regressors that the fixed effects or earlier regressors span are left out and named. Without
/// fixed effects there is a constant, the first coefficient, unless the design says no.
///
/// # Errors
///
/// Columns that do not fit together, nothing left to estimate, or standard errors that cannot be
/// computed as asked.
pub fn ols(design: &Design<'_>, options: &Options) -> Result<Regression, Fault> {
    let fit = Fit::new(design, options)?;
    let covariance = fit.covariance(options.variance)?;
    Ok(fit.into_regression(covariance))
}

/// A regression and its standard errors.
#[derive(Debug, Clone)]
pub struct Regression {
    /// Names of the coefficients.
    pub names: Vec<String>,
    /// Regressors left out because others span them.
    pub dropped: Vec<String>,
    /// Coefficients in the order of `names`.
    pub coefficients: Vec<f64>,
    /// Their covariance, with clusters and degrees of freedom.
    pub covariance: Covariance,
    /// Number of observations.
    pub n: usize,
    /// Rows of the design that took part, when not all did.
    pub sample: Option<Vec<u32>>,
    /// Observations alone in a group of a fixed effect.
    pub singletons: usize,
    /// Number of parameters, all fixed effects counted.
    pub parameters: usize,
    /// Weighted residual sum of squares.
    pub rss: f64,
    /// Share of the variance that is explained, fixed effects included.
    pub r2: f64,
    /// Share of what the fixed effects leave over that the regressors explain.
    pub within_r2: f64,
    /// Residual of each observation.
    pub residuals: Vec<f64>,
    /// Coverage of the intervals.
    pub level: f64,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

/// One coefficient with its uncertainty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coefficient {
    /// The estimate.
    pub estimate: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Estimate over standard error.
    pub t: f64,
    /// Two-sided p-value by Student's t.
    pub p: f64,
    /// Interval by Student's t.
    pub interval: (f64, f64),
    /// Degrees of freedom of that t.
    pub df: f64,
}

impl Regression {
    /// The coefficient called `name`; none when it was left out.
    pub fn coefficient(&self, name: &str) -> Option<Coefficient> {
        let at = self.names.iter().position(|it| it == name)?;
        let estimate = self.coefficients[at];
        Some(Coefficient::new(estimate, self.covariance.se(at), self.covariance.df, self.level))
    }
}

impl Coefficient {
    /// An estimate with its t-test and interval of coverage `level`.
    pub fn new(estimate: f64, standard_error: f64, df: f64, level: f64) -> Self {
        let t = if standard_error > 0.0 { estimate / standard_error } else { 0.0 };
        let reach = t_quantile(0.5 + level / 2.0, df) * standard_error;
        let p = if standard_error > 0.0 { t_p(t, df) } else { 1.0 };
        let interval = (estimate - reach, estimate + reach);
        Self { estimate, standard_error, t, p, interval, df }
    }
}

impl Estimate for Regression {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for (at, name) in self.names.iter().enumerate() {
            figures.add_with_se(name, self.coefficients[at], self.covariance.se(at));
        }
        figures.add("nobs", self.n as f64);
        figures.add("df", self.covariance.df);
        figures.add("r2", self.r2);
        figures.add("r2_within", self.within_r2);
        for (name, clusters) in ["clusters", "clusters_2"].iter().zip(&self.covariance.clusters) {
            figures.add(*name, *clusters as f64);
        }
        figures
    }

    fn summary(&self) -> String {
        let mut text = format!("Regressie op {} waarnemingen; {}.", self.n, self.covariance.kind());
        for name in &self.names {
            if let Some(it) = self.coefficient(name) {
                text += &format!(
                    "\n{name}: {:.4} (standaardfout {:.4}; {:.0}%-interval {:.4} tot {:.4}; p {:.3}).",
                    it.estimate,
                    it.standard_error,
                    100.0 * self.level,
                    it.interval.0,
                    it.interval.1,
                    it.p
                );
            }
        }
        if !self.dropped.is_empty() {
            text += &format!("\nWeggelaten: {}.", self.dropped.join(", "));
        }
        text
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// Least squares before the choice of standard errors.
#[derive(Debug, Clone)]
pub struct Fit<'a> {
    /// The rows that take part.
    pub design: Design<'a>,
    /// Names of the coefficients.
    pub names: Vec<String>,
    /// Regressors left out because others span them.
    pub dropped: Vec<String>,
    /// Coefficients in the order of `names`.
    pub coefficients: Vec<f64>,
    /// Demeaned regressors in the order of `names`.
    pub regressors: Vec<Vec<f64>>,
    /// Residual of each row.
    pub residuals: Vec<f64>,
    /// `(X'WX)^-1` of the demeaned regressors.
    pub bread: Mat<f64>,
    /// Number of levels of each fixed effect.
    pub levels: Vec<usize>,
    /// Observations alone in a group of a fixed effect.
    pub singletons: usize,
    pub(super) sample: Option<Vec<u32>>,
    pub(super) within: f64,
    pub(super) options: Options,
    pub(super) warnings: Vec<Warning>,
}

impl<'a> Fit<'a> {
    /// Estimates the coefficients.
    ///
    /// # Errors
    ///
    /// Columns that do not fit together, or nothing left to estimate.
    pub fn new(design: &'a Design<'_>, options: &Options) -> Result<Self, Fault> {
        design.check()?;
        if !(options.level > 0.0 && options.level < 1.0) {
            return Err(Fault::argument("betrouwbaarheid", "tussen 0 en 1", options.level));
        }
        let (sample, singletons) = design.usable(options.drop_singletons);
        let design = match &sample {
            Some(kept) => design.sample(kept),
            None => design.borrowed(),
        };
        if design.rows() == 0 {
            return Err(Fault::Empty { of: "de rijen met gewicht".to_owned() });
        }
        let levels: Vec<usize> = design.effects.iter().map(|codes| occurring(codes)).collect();
        let mut fit = Fit {
            names: Vec::new(),
            dropped: Vec::new(),
            coefficients: Vec::new(),
            regressors: Vec::new(),
            residuals: Vec::new(),
            bread: Mat::new(),
            within: 0.0,
            warnings: Vec::new(),
            options: *options,
            design,
            levels,
            singletons,
            sample,
        };
        fit.estimate()?;
        fit.warn();
        Ok(fit)
    }

    fn estimate(&mut self) -> Result<(), Fault> {
        let mut outcome = self.design.outcome.to_vec();
        let mut regressors = Vec::new();
        if self.levels.is_empty() && !self.design.no_constant {
            regressors.push(("constante".to_owned(), vec![1.0; outcome.len()]));
        }
        let columns = self.design.columns.iter();
        regressors.extend(columns.map(|(name, it)| (name.clone(), it.to_vec())));
        let before: Vec<f64> = regressors.iter().map(|it| self.spread(&it.1)).collect();
        if !self.levels.is_empty() {
            let absorber = self.absorber()?;
            absorber.demean(&mut outcome)?;
            for (_, values) in &mut regressors {
                absorber.demean(values)?;
            }
        }
        let weight = self.design.weight.as_deref();
        let mut varies = Vec::new();
        for ((name, values), floor) in regressors.into_iter().zip(before) {
            if self.levels.is_empty() || cross(&values, &values, weight) > floor {
                varies.push((name, values));
            } else {
                self.dropped.push(name);
            }
        }
        let kept = independent(&varies, weight);
        for (at, (name, values)) in varies.into_iter().enumerate() {
            if kept.contains(&at) {
                self.names.push(name);
                self.regressors.push(values);
            } else {
                self.dropped.push(name);
            }
        }
        self.within = cross(&outcome, &outcome, weight);
        self.residuals = outcome;
        self.solve()
    }

    /// Coefficients, with one step of refinement; leaves the residuals.
    fn solve(&mut self) -> Result<(), Fault> {
        let weight = self.design.weight.as_deref();
        let size = self.names.len();
        self.coefficients = vec![0.0; size];
        if size == 0 {
            return Ok(());
        }
        self.bread = scaled_inverse(&gram(&self.regressors, weight))?;
        for _ in 0..2 {
            let right: Vec<f64> =
                self.regressors.iter().map(|it| cross(it, &self.residuals, weight)).collect();
            let step: Vec<f64> = (0..size)
                .map(|row| (0..size).map(|at| self.bread[(row, at)] * right[at]).sum())
                .collect();
            for (column, step) in self.regressors.iter().zip(&step) {
                subtract(&mut self.residuals, column, *step);
            }
            self.coefficients.iter_mut().zip(&step).for_each(|(it, step)| *it += step);
        }
        match self.coefficients.iter().chain(&self.residuals).find(|it| !it.is_finite()) {
            None => Ok(()),
            Some(_) => Err(Fault::not_identified(
                "De getallen zijn te groot om mee te rekenen; druk ze uit in een grotere eenheid.",
            )),
        }
    }

    /// The effects of this fit, ready to take out of columns.
    ///
    /// # Errors
    ///
    /// There are no fixed effects.
    pub fn absorber(&self) -> Result<Absorber<'_>, Fault> {
        let effects: Vec<&[u32]> = self.design.effects.iter().map(|it| &**it).collect();
        Absorber::new(&effects, self.design.weight.as_deref(), self.options.precision)
    }

    /// The value of each fixed effect per level, as [`Absorber::coefficients`] gives them.
    ///
    /// # Errors
    ///
    /// There are no fixed effects, or they did not converge.
    pub fn effect_values(&self) -> Result<Vec<Vec<f64>>, Fault> {
        let mut left = self.design.outcome.to_vec();
        for (name, coefficient) in self.names.iter().zip(&self.coefficients) {
            if let Some((_, column)) = self.design.columns.iter().find(|it| it.0 == *name) {
                subtract(&mut left, column, *coefficient);
            }
        }
        self.absorber()?.coefficients(&left)
    }

    /// Number of rows.
    pub fn n(&self) -> usize {
        self.residuals.len()
    }

    /// Number of parameters: coefficients, and levels of the fixed effects less one each, plus one.
    pub fn parameters(&self) -> usize {
        let effects: usize = self.levels.iter().map(|it| it - 1).sum();
        self.names.len() + effects + usize::from(!self.levels.is_empty())
    }

    /// Weighted residual sum of squares.
    pub fn rss(&self) -> f64 {
        cross(&self.residuals, &self.residuals, self.design.weight.as_deref())
    }

    /// The fit with `covariance` as its standard errors.
    pub fn into_regression(self, covariance: Covariance) -> Regression {
        let (rss, weight) = (self.rss(), self.design.weight.as_deref());
        let total = if self.levels.is_empty() && self.design.no_constant {
            cross(&self.design.outcome, &self.design.outcome, weight)
        } else {
            self.centred(&self.design.outcome)
        };
        let share = |of: f64| if of > 0.0 { (1.0 - rss / of).clamp(0.0, 1.0) } else { 0.0 };
        let mut warnings = self.warnings.clone();
        warnings.extend(self.few(&covariance));
        Regression {
            parameters: self.parameters(),
            n: self.n(),
            r2: share(total),
            within_r2: share(if self.levels.is_empty() { total } else { self.within }),
            level: self.options.level,
            names: self.names,
            dropped: self.dropped,
            coefficients: self.coefficients,
            sample: self.sample,
            singletons: self.singletons,
            residuals: self.residuals,
            rss,
            covariance,
            warnings,
        }
    }

    fn centred(&self, values: &[f64]) -> f64 {
        let weight = self.design.weight.as_deref();
        let at = |row: usize| weight.map_or(1.0, |it| it[row]);
        let total: f64 = (0..values.len()).map(at).sum();
        let mean = values.iter().enumerate().map(|(row, it)| at(row) * it).sum::<f64>() / total;
        values.iter().enumerate().map(|(row, it)| at(row) * (it - mean).powi(2)).sum()
    }

    /// Sum of squares below which a demeaned column is a rest of rounding.
    fn spread(&self, values: &[f64]) -> f64 {
        let raw = cross(values, values, self.design.weight.as_deref());
        1e-14 * self.centred(values) + 1e-24 * raw
    }

    fn warn(&mut self) {
        if !self.dropped.is_empty() {
            let text = format!(
                "Weggelaten omdat andere variabelen of vaste effecten ze al bevatten: {}.",
                self.dropped.join(", ")
            );
            self.warnings.push(Warning::new("collinear", text));
        }
        if self.singletons > 0 && !self.options.drop_singletons {
            let text = format!(
                "{} waarnemingen staan alleen in hun groep en zeggen niets over het effect; ze \
                 tellen wel mee in n.",
                self.singletons
            );
            self.warnings.push(Warning::new("singletons", text));
        }
    }
}

/// Positions of the columns that earlier ones do not span.
fn independent(columns: &[(String, Vec<f64>)], weight: Option<&[f64]>) -> Vec<usize> {
    let values: Vec<&[f64]> = columns.iter().map(|it| &it.1[..]).collect();
    let gram = gram(&values, weight);
    linear::independent_columns(gram.as_ref(), 1e-10)
}

/// `X'WX`.
pub(super) fn gram<C: AsRef<[f64]>>(columns: &[C], weight: Option<&[f64]>) -> Mat<f64> {
    let mut gram = Mat::zeros(columns.len(), columns.len());
    for (row, one) in columns.iter().enumerate() {
        for (at, other) in columns.iter().enumerate().take(row + 1) {
            let value = cross(one.as_ref(), other.as_ref(), weight);
            gram[(row, at)] = value;
            gram[(at, row)] = value;
        }
    }
    gram
}

/// Inverse of a Gram matrix whose columns may be of very different size.
pub(super) fn scaled_inverse(gram: &Mat<f64>) -> Result<Mat<f64>, Fault> {
    let size = gram.nrows();
    let scale: Vec<f64> = (0..size).map(|at| gram[(at, at)].sqrt()).collect();
    let even = Mat::from_fn(size, size, |row, at| gram[(row, at)] / scale[row] / scale[at]);
    let inverse = linear::inverse(even.as_ref())?;
    Ok(Mat::from_fn(size, size, |row, at| inverse[(row, at)] / scale[row] / scale[at]))
}

const CHUNK: usize = 1 << 16;

/// `a'Wb`, added up in chunks that do not depend on the number of threads.
pub(super) fn cross(a: &[f64], b: &[f64], weight: Option<&[f64]>) -> f64 {
    let chunks: Vec<f64> = a
        .par_chunks(CHUNK)
        .zip(b.par_chunks(CHUNK))
        .enumerate()
        .map(|(at, (a, b))| match weight {
            None => a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>(),
            Some(weight) => {
                let weight = &weight[at * CHUNK..];
                a.iter().zip(b).zip(weight).map(|((a, b), w)| w * a * b).sum::<f64>()
            }
        })
        .collect();
    chunks.iter().sum()
}

/// `values -= step * column`.
pub(super) fn subtract(values: &mut [f64], column: &[f64], step: f64) {
    values.par_chunks_mut(CHUNK).zip(column.par_chunks(CHUNK)).for_each(|(values, column)| {
        values.iter_mut().zip(column).for_each(|(it, x)| *it -= step * x);
    });
}
