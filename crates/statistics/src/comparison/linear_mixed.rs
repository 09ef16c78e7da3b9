//! A linear model with a random intercept per group, by (restricted) maximum likelihood.
//!
//! Laird, N. M. & Ware, J. H. (1982). Random-effects models for longitudinal data. *Biometrics*
//! 38(4), 963-974. <https://doi.org/10.2307/2529876>; profiled as in Bates, D., Maechler, M.,
//! Bolker, B. & Walker, S. (2015). *Journal of Statistical Software* 67(1).
//! <https://doi.org/10.18637/jss.v067.i01>
//!
//! `y = x beta + b_i + e` with `b_i` normal with variance `lambda sigma^2` and `e` with `sigma^2`.
//! Everything but `lambda` has a closed form through the sums per group, so one fit passes over the
//! rows once and searches one number.

use faer::Mat;

use crate::comparison::codes::codes;
use crate::comparison::counts::Design;
use crate::comparison::generalised_mixed::Level;
use crate::comparison::root::root;
use crate::comparison::shape::{check_finite, check_length, check_rows};
use crate::comparison::words::{decimal, percent};
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::linear::inverse;

/// What is maximised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Likelihood {
    /// The likelihood; variances are too small with few groups.
    Full,
    /// The restricted likelihood.
    #[default]
    Restricted,
}

/// A fitted linear mixed model.
#[derive(Debug, Clone, PartialEq)]
pub struct LinearMixed {
    /// What was maximised.
    pub likelihood: Likelihood,
    /// Names of the fixed effects; `b0` is the intercept.
    pub names: Vec<String>,
    /// Fixed effects.
    pub coefficients: Vec<f64>,
    /// Their standard errors, given the variances.
    pub standard_errors: Vec<f64>,
    /// Name of the level of grouping.
    pub level: String,
    /// Standard deviation between groups.
    pub sd_group: f64,
    /// Standard deviation within groups.
    pub sd_residual: f64,
    /// Share of the variance that lies between groups.
    pub intraclass: f64,
    /// (Restricted) log-likelihood.
    pub log_likelihood: f64,
    /// Group, conditional mode and its standard deviation, in the order of the data.
    pub groups: Vec<(String, f64, f64)>,
    /// Number of rows.
    pub rows: usize,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

impl Estimate for LinearMixed {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for (at, name) in self.names.iter().enumerate() {
            figures.add_with_se(name, self.coefficients[at], self.standard_errors[at]);
        }
        figures.add("loglik", self.log_likelihood);
        figures.add(format!("sd_{}", self.level), self.sd_group);
        figures.add("sd_residual", self.sd_residual);
        figures.add("icc", self.intraclass);
        for (group, mode, sd) in &self.groups {
            figures.add_with_se(&format!("re_{}_{group}", self.level), *mode, *sd);
        }
        figures
    }

    fn summary(&self) -> String {
        format!(
            "{} van de spreiding zit tussen de {} groepen ‘{}’ (standaardafwijking {}), de rest \
             binnen de groepen ({}); {} rijen.",
            percent(self.intraclass),
            self.groups.len(),
            self.level,
            decimal(self.sd_group, 3),
            decimal(self.sd_residual, 3),
            self.rows,
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// Fits `outcome` on the covariates with a random intercept per group.
///
/// # Errors
///
/// Columns of different length, values that are not finite, fewer than two groups, no group with
/// two rows, no variation within the groups, fewer rows than coefficients.
///
/// ```
/// use statistics::comparison::generalised_mixed::Level;
/// use statistics::comparison::linear_mixed::{Likelihood, fit};
/// let group = ["a", "a", "b", "b", "c", "c"].map(str::to_owned).to_vec();
/// let level = Level { name: "team".into(), group };
/// let it = fit(&[1.0, 2.0, 4.0, 5.0, 7.0, 8.0], &[], &level, Likelihood::Restricted).unwrap();
/// // Balanced: the mean squares of an analysis of variance, 18 between and 0.5 within.
/// assert!((it.sd_group.powi(2) - (18.0 - 0.5) / 2.0).abs() < 1e-9);
/// ```
pub fn fit(
    outcome: &[f64],
    covariates: &[(String, Vec<f64>)],
    level: &Level,
    likelihood: Likelihood,
) -> Result<LinearMixed, Fault> {
    check(outcome, covariates, level)?;
    let design = Design::new(covariates, outcome.len());
    let (names, code) = codes(&level.group);
    let scale = Scale::of(outcome)?;
    let sums = Sums::new(&design, outcome, &code, names.len(), &scale);
    if names.len() < 2 || outcome.len() <= design.width || names.len() == outcome.len() {
        return Err(Fault::not_identified(
            "Verschil tussen en binnen groepen vraagt ten minste twee groepen, ten minste één \
             groep met twee rijen en meer rijen dan kenmerken.",
        ));
    }
    let restricted = likelihood == Likelihood::Restricted;
    let lambda = best_lambda(&sums, restricted)?;
    let at = sums.at(lambda)?;
    // The outcome has a spread of 1 here.
    if at.rss < 1e-20 * outcome.len() as f64 {
        return Err(no_residual());
    }
    let df = sums.df(restricted);
    let sigma2 = at.rss / df;
    let width = design.width;
    let flat: Vec<f64> =
        (0..width * width).map(|it| sigma2 * at.inverse[(it / width, it % width)]).collect();
    let (mut coefficients, errors) = design.unscaled(&at.beta, &flat, width);
    coefficients.iter_mut().for_each(|it| *it *= scale.spread);
    coefficients[0] += scale.mean;
    let sd_residual = sigma2.sqrt() * scale.spread;
    let mode = |group: usize| {
        let n = sums.rows[group];
        let keep = lambda / (1.0 + n * lambda);
        (keep * sums.residual(group, &at.beta) * scale.spread, sd_residual * keep.sqrt())
    };
    let slopes = design.names.iter().map(|it| format!("b_{it}"));
    let mut warnings = design.warnings.clone();
    if lambda == 0.0 {
        warnings.push(Warning::new(
            "no-variation",
            format!("Tussen de groepen ‘{}’ is geen verschil boven toeval te vinden.", level.name),
        ));
    }
    let determinants = at.log_v + if restricted { at.log_a + design.log_scale() } else { 0.0 };
    let log_sigma2 = sigma2.ln() + 2.0 * scale.spread.ln();
    Ok(LinearMixed {
        likelihood,
        names: std::iter::once("b0".to_owned()).chain(slopes).collect(),
        coefficients,
        standard_errors: errors.iter().map(|it| it * scale.spread).collect(),
        level: level.name.clone(),
        sd_group: lambda.sqrt() * sd_residual,
        sd_residual,
        intraclass: lambda / (1.0 + lambda),
        log_likelihood: -0.5
            * (df * (std::f64::consts::TAU.ln() + log_sigma2 + 1.0) + determinants),
        groups: names
            .into_iter()
            .enumerate()
            .map(|(at, it)| (it, mode(at).0, mode(at).1))
            .collect(),
        rows: outcome.len(),
        warnings,
    })
}

fn check(outcome: &[f64], covariates: &[(String, Vec<f64>)], level: &Level) -> Result<(), Fault> {
    check_rows("", outcome.len())?;
    check_finite("uitkomst", outcome)?;
    check_length(&level.name, outcome.len(), level.group.len())?;
    for (name, values) in covariates {
        check_length(name, outcome.len(), values.len())?;
        check_finite(name, values)?;
    }
    Ok(())
}

fn no_residual() -> Fault {
    Fault::not_identified(
        "Binnen de groepen varieert de uitkomst niet: er is geen toeval om mee te vergelijken.",
    )
}

/// The variance ratio of the highest likelihood: a grid over the intraclass correlation, then the
/// slope's root beside the best point.
fn best_lambda(sums: &Sums, restricted: bool) -> Result<f64, Fault> {
    let lambda = |step: u32| {
        let share = 0.999_999 * (f64::from(step) / 100.0);
        share / (1.0 - share)
    };
    let mut best = (0, f64::INFINITY);
    for step in 0..=100 {
        let at = sums.at(lambda(step))?;
        let extra = if restricted { at.log_a } else { 0.0 };
        if at.rss <= 0.0 {
            return Err(no_residual());
        }
        let deviance = sums.df(restricted) * at.rss.ln() + at.log_v + extra;
        if deviance < best.1 {
            best = (step, deviance);
        }
    }
    let slope = |lambda: f64| sums.slope(lambda, restricted).unwrap_or(0.0);
    if best.0 == 0 && slope(0.0) >= 0.0 {
        return Ok(0.0);
    }
    if best.0 == 100 {
        return Err(no_residual());
    }
    Ok(root(lambda(best.0.saturating_sub(1)), lambda(best.0 + 1), slope))
}

/// Mean and spread of the outcome.
struct Scale {
    mean: f64,
    spread: f64,
}

impl Scale {
    fn of(outcome: &[f64]) -> Result<Self, Fault> {
        let n = outcome.len() as f64;
        let mean: f64 = outcome.iter().map(|it| it / n).sum();
        let largest = outcome.iter().map(|it| (it - mean).abs()).fold(0.0, f64::max);
        let varies = largest > 1e-12 * mean.abs() && largest.is_finite();
        if !varies {
            return Err(Fault::not_identified("De uitkomst is in elke rij gelijk."));
        }
        let square = outcome.iter().map(|it| ((it - mean) / largest).powi(2)).sum::<f64>() / n;
        Ok(Self { mean, spread: largest * square.sqrt() })
    }
}

/// Cross products of all rows and sums per group.
struct Sums {
    gram: Mat<f64>,
    xy: Vec<f64>,
    yy: f64,
    rows: Vec<f64>,
    x: Vec<Vec<f64>>,
    y: Vec<f64>,
}

/// The profile at one variance ratio.
struct At {
    beta: Vec<f64>,
    inverse: Mat<f64>,
    rss: f64,
    log_v: f64,
    log_a: f64,
}

impl Sums {
    fn new(design: &Design, outcome: &[f64], code: &[usize], groups: usize, scale: &Scale) -> Self {
        let width = design.width;
        let mut sums = Self {
            gram: Mat::zeros(width, width),
            xy: vec![0.0; width],
            yy: 0.0,
            rows: vec![0.0; groups],
            x: vec![vec![0.0; width]; groups],
            y: vec![0.0; groups],
        };
        for (row, value) in outcome.iter().enumerate() {
            let (x, y) = (design.row(row), (value - scale.mean) / scale.spread);
            let group = code[row];
            sums.yy += y * y;
            sums.y[group] += y;
            sums.rows[group] += 1.0;
            for i in 0..width {
                sums.xy[i] += x[i] * y;
                sums.x[group][i] += x[i];
                for j in 0..width {
                    sums.gram[(i, j)] += x[i] * x[j];
                }
            }
        }
        sums
    }

    fn df(&self, restricted: bool) -> f64 {
        let rows: f64 = self.rows.iter().sum();
        if restricted { rows - self.xy.len() as f64 } else { rows }
    }

    fn residual(&self, group: usize, beta: &[f64]) -> f64 {
        self.y[group] - self.x[group].iter().zip(beta).map(|(x, b)| x * b).sum::<f64>()
    }

    fn at(&self, lambda: f64) -> Result<At, Fault> {
        let width = self.xy.len();
        let (mut a, mut b) = (self.gram.clone(), self.xy.clone());
        let (mut yy, mut log_v) = (self.yy, 0.0);
        for (group, n) in self.rows.iter().enumerate() {
            let shrink = lambda / (1.0 + n * lambda);
            let (x, y) = (&self.x[group], self.y[group]);
            log_v += (n * lambda).ln_1p();
            yy -= shrink * y * y;
            for i in 0..width {
                b[i] -= shrink * x[i] * y;
                for j in 0..width {
                    a[(i, j)] -= shrink * x[i] * x[j];
                }
            }
        }
        let inverse = inverse(a.as_ref())?;
        let beta: Vec<f64> =
            (0..width).map(|i| (0..width).map(|j| inverse[(i, j)] * b[j]).sum()).collect();
        let rss = yy - b.iter().zip(&beta).map(|(x, y)| x * y).sum::<f64>();
        let factor = a.as_ref().llt(faer::Side::Lower);
        let log_a = factor.map_or(0.0, |it| (0..width).map(|i| 2.0 * it.L()[(i, i)].ln()).sum());
        Ok(At { beta, inverse, rss, log_v, log_a })
    }

    /// The derivative of the deviance in `lambda`.
    fn slope(&self, lambda: f64, restricted: bool) -> Result<f64, Fault> {
        let at = self.at(lambda)?;
        let width = self.xy.len();
        let (mut rss, mut log_v, mut log_a) = (0.0, 0.0, 0.0);
        for (group, n) in self.rows.iter().enumerate() {
            let wide = 1.0 + n * lambda;
            rss -= (self.residual(group, &at.beta) / wide).powi(2);
            log_v += n / wide;
            let x = &self.x[group];
            for i in 0..width {
                for j in 0..width {
                    log_a -= x[i] * x[j] * at.inverse[(i, j)] / (wide * wide);
                }
            }
        }
        let extra = if restricted { log_a } else { 0.0 };
        Ok(self.df(restricted) * rss / at.rss + log_v + extra)
    }
}
