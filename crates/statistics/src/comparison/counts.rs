//! Counts with covariates: what a logistic or Poisson model is fitted to.

use faer::Mat;

use crate::comparison::shape::{
    check_finite, check_length, check_not_negative, check_positive, check_rows,
};
use crate::fault::Fault;
use crate::figures::Warning;
use crate::linear::independent_columns;

/// What a count follows, with its usual link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Successes in a number of trials; logit link.
    Binomial,
    /// Events over an exposure; log link.
    Poisson,
}

/// Columns of equal length, one row per person or per cell of equal persons.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counts {
    /// Successes or events of each row.
    pub count: Vec<f64>,
    /// Trials (binomial) or exposure (Poisson) of each row; empty means 1 everywhere.
    pub size: Vec<f64>,
    /// Covariates by name; the model has an intercept besides.
    pub covariates: Vec<(String, Vec<f64>)>,
}

impl Counts {
    /// Checks the columns for `family`.
    ///
    /// # Errors
    ///
    /// No rows, columns of different length, numbers that are not finite, a count below zero, a
    /// size not above zero, more successes than trials.
    pub fn check(&self, family: Family) -> Result<(), Fault> {
        let rows = self.count.len();
        check_rows("", rows)?;
        check_not_negative("aantal", &self.count)?;
        if !self.size.is_empty() {
            check_length("omvang", rows, self.size.len())?;
            check_positive("omvang", &self.size)?;
        }
        for (name, values) in &self.covariates {
            check_length(name, rows, values.len())?;
            check_finite(name, values)?;
        }
        if family == Family::Binomial {
            let over = (0..rows).find(|row| self.count[*row] > self.size_of(*row));
            if let Some(row) = over {
                let most = format!("hooguit {} in rij {}", self.size_of(row), row + 1);
                return Err(Fault::argument("aantal", most, self.count[row]));
            }
        }
        Ok(())
    }

    /// Trials or exposure of a row.
    pub fn size_of(&self, row: usize) -> f64 {
        self.size.get(row).copied().unwrap_or(1.0)
    }
}

/// The intercept and the covariates that do not depend on each other, centred and scaled.
#[derive(Debug, Clone)]
pub(super) struct Design {
    /// Names of the covariates that are kept.
    pub(super) names: Vec<String>,
    /// Row by row: 1, then each kept covariate minus its mean, divided by its spread.
    pub(super) rows: Vec<f64>,
    /// Number of columns with the intercept.
    pub(super) width: usize,
    /// Names the covariates that were dropped.
    pub(super) warnings: Vec<Warning>,
    centre: Vec<f64>,
    spread: Vec<f64>,
}

impl Design {
    /// The design of `rows` rows.
    pub(super) fn new(covariates: &[(String, Vec<f64>)], rows: usize) -> Self {
        let n = rows as f64;
        let mean = |values: &[f64]| values.iter().map(|it| it / n).sum::<f64>();
        let centre: Vec<f64> = covariates.iter().map(|(_, values)| mean(values)).collect();
        let spread: Vec<f64> = covariates
            .iter()
            .zip(&centre)
            .map(|((_, values), mean)| spread(values, *mean))
            .collect();
        let scaled = |row: usize, column: usize| {
            (covariates[column].1[row] - centre[column]) / spread[column]
        };
        let all = covariates.len();
        let x = Mat::from_fn(rows, all, scaled);
        let gram = x.transpose() * &x;
        let kept: Vec<usize> = independent_columns(gram.as_ref(), 1e-10)
            .into_iter()
            .filter(|column| gram[(*column, *column)] > 0.5)
            .collect();
        let dropped = (0..all).filter(|column| !kept.contains(column));
        let warnings = dropped.map(|column| dropped_warning(&covariates[column].0)).collect();
        let mut flat = Vec::with_capacity(rows * (kept.len() + 1));
        for row in 0..rows {
            flat.push(1.0);
            flat.extend(kept.iter().map(|column| x[(row, *column)]));
        }
        Self {
            names: kept.iter().map(|it| covariates[*it].0.clone()).collect(),
            rows: flat,
            width: kept.len() + 1,
            warnings,
            centre: kept.iter().map(|it| centre[*it]).collect(),
            spread: kept.iter().map(|it| spread[*it]).collect(),
        }
    }

    /// One row of the design.
    pub(super) fn row(&self, row: usize) -> &[f64] {
        &self.rows[row * self.width..(row + 1) * self.width]
    }

    /// What the log determinant of the cross products on the scale of the data has more.
    pub(super) fn log_scale(&self) -> f64 {
        self.spread.iter().map(|it| 2.0 * it.ln()).sum()
    }

    /// Coefficients and standard errors on the scale of the data, from those of the design;
    /// `covariance` is square with at least `width` rows, row by row, `stride` wide.
    pub(super) fn unscaled(
        &self,
        coefficients: &[f64],
        covariance: &[f64],
        stride: usize,
    ) -> (Vec<f64>, Vec<f64>) {
        let slopes = 1..self.width;
        let weight = |column: usize| -self.centre[column - 1] / self.spread[column - 1];
        let mut intercept = coefficients[0];
        let mut variance = covariance[0];
        for i in slopes.clone() {
            intercept += weight(i) * coefficients[i];
            variance += 2.0 * weight(i) * covariance[i];
            for j in slopes.clone() {
                variance += weight(i) * weight(j) * covariance[i * stride + j];
            }
        }
        let mut estimates = vec![intercept];
        let mut errors = vec![variance.max(0.0).sqrt()];
        for i in slopes {
            estimates.push(coefficients[i] / self.spread[i - 1]);
            errors.push(covariance[i * stride + i].max(0.0).sqrt() / self.spread[i - 1]);
        }
        (estimates, errors)
    }
}

/// The root mean square deviation; 1 for a covariate that does not vary.
fn spread(values: &[f64], mean: f64) -> f64 {
    let largest = values.iter().map(|it| (it - mean).abs()).fold(0.0, f64::max);
    if largest <= 1e-12 * mean.abs() || largest == 0.0 {
        return f64::INFINITY;
    }
    let n = values.len() as f64;
    largest * (values.iter().map(|it| ((it - mean) / largest).powi(2)).sum::<f64>() / n).sqrt()
}

fn dropped_warning(name: &str) -> Warning {
    Warning::new(
        "collinear",
        format!("‘{name}’ varieert niet of hangt af van de andere kenmerken en doet niet mee."),
    )
}
