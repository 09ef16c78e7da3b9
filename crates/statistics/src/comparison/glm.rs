//! Logistic and Poisson regression by iteratively reweighted least squares.
//!
//! Nelder, J. A. & Wedderburn, R. W. M. (1972). Generalized linear models. *Journal of the Royal
//! Statistical Society A* 135(3), 370-384. <https://doi.org/10.2307/2344614>

use faer::Mat;

use crate::comparison::counts::{Counts, Design, Family};
use crate::comparison::words::decimal;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::linear::inverse;

/// A fitted model.
#[derive(Debug, Clone, PartialEq)]
pub struct Glm {
    /// Family of the counts.
    pub family: Family,
    /// `b0` for the intercept, then the covariates that stayed.
    pub names: Vec<String>,
    /// Coefficients on the logit or log scale.
    pub coefficients: Vec<f64>,
    /// Their standard errors from the expected information.
    pub standard_errors: Vec<f64>,
    /// Expected count of each row.
    pub fitted: Vec<f64>,
    /// Twice the log-likelihood that the saturated model has more.
    pub deviance: f64,
    /// Pearson's chi-squared divided by the residual degrees of freedom.
    pub dispersion: Option<f64>,
    /// Number of rows.
    pub rows: usize,
    /// Rows minus coefficients.
    pub degrees_of_freedom: usize,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

impl Estimate for Glm {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for (at, name) in self.names.iter().enumerate() {
            figures.add_with_se(name, self.coefficients[at], self.standard_errors[at]);
        }
        figures.add("deviance", self.deviance);
        if let Some(dispersion) = self.dispersion {
            figures.add("pearson_disp", dispersion);
        }
        figures
    }

    fn summary(&self) -> String {
        let kind = match self.family {
            Family::Binomial => "Logistische regressie",
            Family::Poisson => "Poissonregressie",
        };
        let spread = self.dispersion.map_or_else(
            || "geen rijen over om de spreiding te schatten".to_owned(),
            |it| format!("spreiding {} (1 is louter toeval)", decimal(it, 2)),
        );
        format!("{kind} op {} rijen met {} kenmerken; {spread}.", self.rows, self.names.len() - 1)
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// Fits `counts` on their covariates.
///
/// ```
/// use statistics::comparison::counts::{Counts, Family};
/// use statistics::comparison::glm::fit;
/// let counts = Counts { count: vec![3.0, 5.0], size: vec![10.0, 10.0], covariates: vec![] };
/// let model = fit(Family::Binomial, &counts).unwrap();
/// assert!((model.coefficients[0] - (0.4_f64 / 0.6).ln()).abs() < 1e-10);
/// ```
///
/// # Errors
///
/// Unsound columns, no variation in the outcome, covariates that separate the outcome perfectly.
pub fn fit(family: Family, counts: &Counts) -> Result<Glm, Fault> {
    counts.check(family)?;
    let design = Design::new(&counts.covariates, counts.count.len());
    let beta = coefficients(family, counts, &design)?;
    Ok(described(family, counts, &design, &beta))
}

/// The coefficients on the scale of the design.
pub(super) fn coefficients(
    family: Family,
    counts: &Counts,
    design: &Design,
) -> Result<Vec<f64>, Fault> {
    let total: f64 = counts.count.iter().sum();
    let size: f64 = (0..counts.count.len()).map(|row| counts.size_of(row)).sum();
    let constant = total <= 0.0 || (family == Family::Binomial && total >= size);
    if constant || !size.is_finite() || !total.is_finite() {
        return Err(Fault::not_identified(
            "De uitkomst is in elke rij gelijk (nergens of overal een geval): er is niets te \
             schatten.",
        ));
    }
    let share = total / size;
    let mut beta = vec![0.0; design.width];
    beta[0] = match family {
        Family::Binomial => (share / (1.0 - share)).ln(),
        Family::Poisson => share.ln(),
    };
    let base = beta[0];
    let mut loglik = log_likelihood(family, counts, design, &beta);
    for _ in 0..100 {
        let step = newton_step(family, counts, design, &beta)?;
        let mut length = 1.0;
        let mut next: Vec<f64>;
        let mut value: f64;
        loop {
            next = beta.iter().zip(&step).map(|(b, s)| b + length * s).collect();
            value = log_likelihood(family, counts, design, &next);
            if value >= loglik - 1e-12 * loglik.abs().max(1.0) || length < 1e-10 {
                break;
            }
            length /= 2.0;
        }
        let moved = step.iter().map(|it| (it * length).abs()).fold(0.0, f64::max);
        (beta, loglik) = (next, value);
        let reach = (0..counts.count.len()).map(|row| (linear(design, row, &beta) - base).abs());
        if reach.fold(0.0, f64::max) > 25.0 {
            return Err(Fault::not_identified(
                "De kenmerken voorspellen de uitkomst volledig (in een groep komt hij nooit of \
                 altijd voor): de schatting loopt naar oneindig. Voeg groepen samen of laat een \
                 kenmerk weg.",
            ));
        }
        if moved < 1e-11 {
            return Ok(beta);
        }
    }
    Err(Fault::NotConverged { method: "De regressie".to_owned(), iterations: 100 })
}

/// The linear predictor of a row, without the log of its exposure.
pub(super) fn linear(design: &Design, row: usize, beta: &[f64]) -> f64 {
    design.row(row).iter().zip(beta).map(|(x, b)| x * b).sum()
}

/// The mean count and its variance at linear predictor `eta`.
pub(super) fn moments(family: Family, size: f64, eta: f64) -> (f64, f64) {
    match family {
        Family::Binomial => {
            let p = 1.0 / (1.0 + (-eta).exp());
            (size * p, size * p * (1.0 - p))
        }
        Family::Poisson => {
            let mean = size * eta.exp();
            (mean, mean)
        }
    }
}

/// The log-likelihood of a row without its constant.
pub(super) fn kernel(family: Family, count: f64, size: f64, eta: f64) -> f64 {
    match family {
        // log(1 + e^eta) without overflow.
        Family::Binomial => count * eta - size * (eta.max(0.0) + (-eta.abs()).exp().ln_1p()),
        Family::Poisson => count * eta - size * eta.exp(),
    }
}

fn log_likelihood(family: Family, counts: &Counts, design: &Design, beta: &[f64]) -> f64 {
    let row = |row: usize| {
        kernel(family, counts.count[row], counts.size_of(row), linear(design, row, beta))
    };
    (0..counts.count.len()).map(row).sum()
}

/// The inverse of the expected information, row by row.
fn covariance(
    family: Family,
    counts: &Counts,
    design: &Design,
    beta: &[f64],
) -> Result<(Mat<f64>, Vec<f64>), Fault> {
    let width = design.width;
    let mut information = Mat::<f64>::zeros(width, width);
    let mut score = vec![0.0; width];
    for row in 0..counts.count.len() {
        let x = design.row(row);
        let (mean, variance) = moments(family, counts.size_of(row), linear(design, row, beta));
        for i in 0..width {
            score[i] += x[i] * (counts.count[row] - mean);
            for j in 0..width {
                information[(i, j)] += x[i] * x[j] * variance;
            }
        }
    }
    Ok((inverse(information.as_ref())?, score))
}

fn newton_step(
    family: Family,
    counts: &Counts,
    design: &Design,
    beta: &[f64],
) -> Result<Vec<f64>, Fault> {
    let (inverse, score) = covariance(family, counts, design, beta)?;
    let width = design.width;
    Ok((0..width).map(|i| (0..width).map(|j| inverse[(i, j)] * score[j]).sum()).collect())
}

fn described(family: Family, counts: &Counts, design: &Design, beta: &[f64]) -> Glm {
    let width = design.width;
    let flat = covariance(family, counts, design, beta).map_or_else(
        |_| vec![0.0; width * width],
        |(it, _)| (0..width * width).map(|at| it[(at / width, at % width)]).collect(),
    );
    let (coefficients, standard_errors) = design.unscaled(beta, &flat, width);
    let rows = counts.count.len();
    let (mut deviance, mut pearson) = (0.0, 0.0);
    let mut fitted = Vec::with_capacity(rows);
    for row in 0..rows {
        let (y, size) = (counts.count[row], counts.size_of(row));
        let (mean, variance) = moments(family, size, linear(design, row, beta));
        deviance += 2.0 * (excess(y, mean) - (y - mean));
        if family == Family::Binomial {
            deviance += 2.0 * (excess(size - y, size - mean) + (y - mean));
        }
        pearson += (y - mean).powi(2) / variance;
        fitted.push(mean);
    }
    let degrees_of_freedom = rows - width.min(rows);
    Glm {
        family,
        names: std::iter::once("b0".to_owned()).chain(design.names.iter().cloned()).collect(),
        coefficients,
        standard_errors,
        fitted,
        deviance,
        dispersion: (degrees_of_freedom > 0).then(|| pearson / degrees_of_freedom as f64),
        rows,
        degrees_of_freedom,
        warnings: design.warnings.clone(),
    }
}

/// `y log(y / mean)`, which is 0 at 0.
fn excess(y: f64, mean: f64) -> f64 {
    if y > 0.0 { y * (y / mean).ln() } else { 0.0 }
}
