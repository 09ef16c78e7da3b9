//! The two working models of the conditional estimators: a weighted logit and weighted least
//! squares, each with the influence of every observation on its coefficients.

use faer::Mat;

use crate::fault::Fault;
use crate::linear::{independent_columns, solve};

/// Largest change of the linear predictor at which the logit has converged.
const TOLERANCE: f64 = 1e-10;
const MAX_STEPS: usize = 60;
/// A propensity at or above this leaves practically no comparable controls.
const SEPARATED: f64 = 1.0 - 1e-6;

/// Covariates with a constant first, row-major, standardised and without collinear columns.
///
/// The estimators do not change under a linear transformation of the covariates; standardising
/// them keeps the cross products well conditioned whatever the units of measurement.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Covariates {
    columns: usize,
    values: Vec<f64>,
    /// Positions of the covariates that were a linear combination of earlier ones.
    pub(super) dropped: Vec<usize>,
}

impl Covariates {
    /// One column per covariate, each as long as `weight`.
    pub(super) fn new(covariates: &[Vec<f64>], weight: &[f64]) -> Self {
        let rows = weight.len();
        let total: f64 = weight.iter().sum();
        let mut columns = vec![vec![1.0; rows]];
        columns.extend(covariates.iter().map(|it| standardised(it, weight, total)));
        let gram = Mat::from_fn(columns.len(), columns.len(), |a, b| {
            let product = columns[a].iter().zip(&columns[b]).zip(weight);
            product.map(|((a, b), weight)| a * b * weight).sum::<f64>()
        });
        let kept = independent_columns(gram.as_ref(), 1e-10);
        let of_row = |row: usize| kept.iter().map(|it| columns[*it][row]).collect::<Vec<f64>>();
        let values = (0..rows).flat_map(of_row).collect();
        let dropped = (1..columns.len()).filter(|it| !kept.contains(it)).map(|it| it - 1);
        Self { columns: kept.len(), values, dropped: dropped.collect() }
    }

    /// Number of columns, the constant included.
    pub(super) fn width(&self) -> usize {
        self.columns
    }

    /// The rows in order.
    pub(super) fn rows(&self) -> std::slice::ChunksExact<'_, f64> {
        self.values.chunks_exact(self.columns)
    }

    /// Sum over the rows of `factor` times row.
    pub(super) fn weighted_sum(&self, factor: impl Iterator<Item = f64>) -> Vec<f64> {
        let mut sum = vec![0.0; self.columns];
        for (row, factor) in self.rows().zip(factor) {
            for (sum, value) in sum.iter_mut().zip(row) {
                *sum += factor * value;
            }
        }
        sum
    }

    /// Cross product of the rows, each times `factor`.
    fn gram(&self, factor: impl Iterator<Item = f64>) -> Mat<f64> {
        let size = self.columns;
        let mut gram = Mat::zeros(size, size);
        for (row, factor) in self.rows().zip(factor).filter(|(_, factor)| *factor != 0.0) {
            for a in 0..size {
                for b in 0..=a {
                    gram[(a, b)] += factor * row[a] * row[b];
                }
            }
        }
        for a in 0..size {
            for b in 0..a {
                gram[(b, a)] = gram[(a, b)];
            }
        }
        gram
    }

    fn fitted(&self, coefficients: &[f64]) -> Vec<f64> {
        self.rows().map(|row| dot(row, coefficients)).collect()
    }
}

/// A working model: its prediction for every row, and how its coefficients hang on each row.
///
/// The influence of row `i` on the coefficients is `score[i] * (inverse information) * x_i`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Model {
    /// Prediction of every row, also of rows that the fit did not use.
    pub(super) fitted: Vec<f64>,
    score: Vec<f64>,
    information: Mat<f64>,
}

impl Model {
    /// Influence of every row on `gradient` times the coefficients.
    ///
    /// # Errors
    ///
    /// The information matrix is singular.
    pub(super) fn influence(&self, x: &Covariates, gradient: &[f64]) -> Result<Vec<f64>, Fault> {
        let gradient = column(gradient);
        let direction = solve(self.information.as_ref(), gradient.as_ref())?;
        let direction: Vec<f64> = (0..x.width()).map(|it| direction[(it, 0)]).collect();
        Ok(x.rows().zip(&self.score).map(|(row, score)| score * dot(row, &direction)).collect())
    }
}

/// Weighted least squares of `outcome`; rows with weight 0 are predicted but not used.
///
/// # Errors
///
/// The rows that are used do not identify the coefficients.
pub(super) fn least_squares(
    x: &Covariates,
    outcome: &[f64],
    weight: &[f64],
) -> Result<Model, Fault> {
    let information = x.gram(weight.iter().copied());
    if independent_columns(information.as_ref(), 1e-12).len() < x.width() {
        return Err(Fault::not_identified(
            "de covariaten van de vergelijkingsgroep hangen lineair van elkaar af, of er zijn te \
             weinig eenheden in die groep",
        ));
    }
    let right = x.weighted_sum(outcome.iter().zip(weight).map(|(y, weight)| y * weight));
    let coefficients = solve(information.as_ref(), column(&right).as_ref())?;
    let coefficients: Vec<f64> = (0..x.width()).map(|it| coefficients[(it, 0)]).collect();
    let fitted = x.fitted(&coefficients);
    let residual = outcome.iter().zip(&fitted).map(|(y, fit)| y - fit);
    let score = residual.zip(weight).map(|(residual, weight)| residual * weight).collect();
    Ok(Model { fitted, score, information })
}

/// Weighted logit of being treated, by Newton's method until the step is below 1e-10.
///
/// # Errors
///
/// The covariates separate treated from controls (perfectly or almost), so that the chance of
/// treatment has no finite estimate.
pub(super) fn logit(x: &Covariates, treated: &[bool], weight: &[f64]) -> Result<Model, Fault> {
    let mut coefficients = vec![0.0; x.width()];
    for _ in 0..MAX_STEPS {
        let chance: Vec<f64> = x.fitted(&coefficients).into_iter().map(logistic).collect();
        let score: Vec<f64> =
            (0..chance.len()).map(|it| weight[it] * (one(treated[it]) - chance[it])).collect();
        let information = x.gram(
            chance.iter().zip(weight).map(|(chance, weight)| weight * chance * (1.0 - chance)),
        );
        let gradient = x.weighted_sum(score.iter().copied());
        let step =
            solve(information.as_ref(), column(&gradient).as_ref()).map_err(|_| separated())?;
        let step: Vec<f64> = (0..x.width()).map(|it| step[(it, 0)]).collect();
        if !step.iter().all(|it| it.is_finite()) {
            return Err(separated());
        }
        let largest = step.iter().fold(0.0_f64, |largest, it| largest.max(it.abs()));
        if largest < TOLERANCE {
            if chance.iter().any(|it| *it >= SEPARATED) {
                return Err(separated());
            }
            return Ok(Model { fitted: chance, score, information });
        }
        // A step beyond the reach of the quadratic approximation is cut short.
        let damping = if largest > 5.0 { 5.0 / largest } else { 1.0 };
        coefficients.iter_mut().zip(&step).for_each(|(it, step)| *it += damping * step);
    }
    Err(separated())
}

fn separated() -> Fault {
    Fault::not_identified(
        "de covariaten scheiden de behandelde eenheden (bijna) volledig van de \
         vergelijkingsgroep, zodat er geen vergelijkbare eenheden overblijven",
    )
}

fn standardised(values: &[f64], weight: &[f64], total: f64) -> Vec<f64> {
    let mean = values.iter().zip(weight).map(|(value, weight)| value / total * weight).sum::<f64>();
    let largest = values.iter().fold(0.0_f64, |largest, it| largest.max((it - mean).abs()));
    // Differences that are rounding of the values themselves are no differences.
    if largest <= 1e-12 * mean.abs() || largest == 0.0 || !largest.is_finite() {
        return vec![0.0; values.len()];
    }
    values.iter().map(|value| (value - mean) / largest).collect()
}

fn logistic(predictor: f64) -> f64 {
    1.0 / (1.0 + (-predictor).exp())
}

fn one(yes: bool) -> f64 {
    f64::from(u8::from(yes))
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn column(values: &[f64]) -> Mat<f64> {
    Mat::from_fn(values.len(), 1, |row, _| values[row])
}
