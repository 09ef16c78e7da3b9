//! The regression behind an interrupted time series: its terms, its fit and its covariance.

use std::f64::consts::TAU;

use faer::Mat;

use crate::{
    fault::Fault,
    linear::{independent_columns, inverse},
    synthetic::interrupted::{Errors, Options},
};

/// Most rounds of generalised least squares.
const ROUNDS: usize = 500;

/// A fit in the units of the outcome.
#[derive(Debug, Clone)]
pub(crate) struct Fitted {
    pub(crate) names: Vec<String>,
    pub(crate) rho: Vec<f64>,
    pub(crate) lags: usize,
    /// Residuals; of generalised least squares after whitening.
    pub(crate) white: Vec<f64>,
    rows: Vec<Vec<f64>>,
    estimate: Vec<f64>,
    covariance: Mat<f64>,
    /// Scale of each term, of the outcome, and the outcome's mean.
    size: Vec<f64>,
    scale: f64,
    centre: f64,
}

/// One weighted or plain least-squares fit.
struct Round {
    estimate: Vec<f64>,
    bread: Mat<f64>,
    residual: Vec<f64>,
}

/// Fits the series; arguments have been checked.
pub(crate) fn fit(outcome: &[f64], start: usize, options: &Options) -> Result<Fitted, Fault> {
    let n = outcome.len();
    let (names, mut rows) = terms(n, start, options);
    let size: Vec<f64> = (0..names.len())
        .map(|at| rows.iter().map(|row| row[at].abs()).fold(0.0, f64::max))
        .map(|it| if it > 0.0 { it } else { 1.0 })
        .collect();
    rows.iter_mut().for_each(|row| row.iter_mut().zip(&size).for_each(|(it, size)| *it /= size));
    let centre: f64 = outcome.iter().map(|it| it / n as f64).sum();
    let largest = outcome.iter().map(|it| (it - centre).abs()).fold(0.0, f64::max);
    if !largest.is_finite() {
        return Err(crate::synthetic::pool::too_large());
    }
    let scale = if largest > 0.0 { largest } else { 1.0 };
    let y: Vec<f64> = outcome.iter().map(|it| (it - centre) / scale).collect();
    let ordinary = least_squares(&rows, &y)?;
    let mut it = Fitted {
        rho: Vec::new(),
        lags: 0,
        white: ordinary.residual.clone(),
        estimate: ordinary.estimate.clone(),
        covariance: Mat::zeros(0, 0),
        names,
        rows,
        size,
        scale,
        centre,
    };
    match options.errors {
        Errors::NeweyWest { lags } => {
            let default = (0..n).take_while(|it| ((it + 1) as f64) <= rule(n)).count();
            it.lags = lags.unwrap_or(default).min(n - 1);
            it.covariance = newey_west(&it.rows, &ordinary, it.lags);
        }
        Errors::Autoregressive { order } => it.generalised(&y, ordinary, order)?,
    }
    Ok(it)
}

/// The usual number of lags, not yet rounded down.
fn rule(n: usize) -> f64 {
    4.0 * (n as f64 / 100.0).powf(2.0 / 9.0)
}

impl Fitted {
    /// A combination of the terms and its standard error.
    pub(crate) fn combine(&self, weights: &[f64]) -> (f64, f64) {
        let factor: Vec<f64> =
            weights.iter().zip(&self.size).map(|(weight, size)| weight / size).collect();
        let sum: f64 = factor.iter().zip(&self.estimate).map(|(a, b)| a * b).sum();
        let variance: f64 = (0..factor.len())
            .flat_map(|a| (0..factor.len()).map(move |b| (a, b)))
            .map(|(a, b)| factor[a] * self.covariance[(a, b)] * factor[b])
            .sum();
        (sum * self.scale + weights[0] * self.centre, variance.max(0.0).sqrt() * self.scale)
    }

    /// The line of before, continued, in each period from `start` on.
    pub(crate) fn expected(&self, start: usize) -> Vec<f64> {
        let without = |row: &Vec<f64>| -> f64 {
            let terms = row.iter().zip(&self.estimate).enumerate();
            terms.filter(|(at, _)| *at != 2 && *at != 3).map(|(_, (x, b))| x * b).sum()
        };
        self.rows[start..].iter().map(|row| without(row) * self.scale + self.centre).collect()
    }

    /// Alternates between the autoregression of the residuals and the terms.
    fn generalised(&mut self, y: &[f64], first: Round, order: usize) -> Result<(), Fault> {
        let mut round = first;
        for _ in 0..ROUNDS {
            let whitening = Whitening::of(&self.residual(y, &round.estimate), order)?;
            let x = whitening.rows(&self.rows);
            let next = least_squares(&x, &whitening.series(y))?;
            let moved = self.rho.len() != order
                || self.rho.iter().zip(&whitening.rho).any(|(a, b)| (a - b).abs() > 1e-12);
            self.rho.clone_from(&whitening.rho);
            round = next;
            if !moved {
                let df = y.len() - self.names.len();
                let square: f64 = round.residual.iter().map(|it| it * it).sum();
                let variance = square / df as f64;
                self.covariance = faer::Scale(variance) * &round.bread;
                self.estimate = round.estimate;
                self.white = round.residual;
                return Ok(());
            }
        }
        Err(Fault::NotConverged {
            method: "De regressie met autocorrelatie".to_owned(),
            iterations: ROUNDS,
        })
    }

    fn residual(&self, y: &[f64], estimate: &[f64]) -> Vec<f64> {
        let own = |row: &Vec<f64>| row.iter().zip(estimate).map(|(x, b)| x * b).sum::<f64>();
        y.iter().zip(&self.rows).map(|(y, row)| y - own(row)).collect()
    }
}

/// The names and the rows: constant, trend, level, slope, season.
fn terms(n: usize, start: usize, options: &Options) -> (Vec<String>, Vec<Vec<f64>>) {
    let mut names: Vec<String> = ["const", "trend", "level", "slope"].map(str::to_owned).to_vec();
    let harmonics = options.season.map_or(0, |it| it.harmonics);
    for wave in 1..=harmonics {
        names.extend([format!("sin{wave}"), format!("cos{wave}")]);
    }
    let row = |t: usize| {
        let after = t >= start;
        let level = f64::from(u8::from(after));
        let mut row = vec![1.0, t as f64, level, if after { (t - start) as f64 } else { 0.0 }];
        if let Some(season) = options.season {
            for wave in 1..=harmonics {
                let angle = TAU * (wave * (t % season.length)) as f64 / season.length as f64;
                row.extend([angle.sin(), angle.cos()]);
            }
        }
        row
    };
    (names, (0..n).map(row).collect())
}

fn least_squares(rows: &[Vec<f64>], y: &[f64]) -> Result<Round, Fault> {
    let count = rows[0].len();
    let product = |right: &dyn Fn(usize) -> f64, a: usize| -> f64 {
        rows.iter().enumerate().map(|(at, row)| row[a] * right(at)).sum()
    };
    let gram = Mat::from_fn(count, count, |a, b| product(&|at| rows[at][b], a));
    if independent_columns(gram.as_ref(), 1e-11).len() < count {
        return Err(Fault::not_identified(
            "De termen van de reeks (trend, niveau, helling, seizoen) hangen lineair van elkaar af: \
             neem minder golven of een langere reeks.",
        ));
    }
    let bread = inverse(gram.as_ref())?;
    let mut round = Round { estimate: vec![0.0; count], bread, residual: y.to_vec() };
    // The second time takes off what rounding left.
    for _ in 0..2 {
        let right: Vec<f64> = (0..count).map(|a| product(&|at| round.residual[at], a)).collect();
        for a in 0..count {
            round.estimate[a] += (0..count).map(|b| round.bread[(a, b)] * right[b]).sum::<f64>();
        }
        for (at, row) in rows.iter().enumerate() {
            let own: f64 = row.iter().zip(&round.estimate).map(|(x, b)| x * b).sum();
            round.residual[at] = y[at] - own;
        }
    }
    Ok(round)
}

/// Bartlett weights, with the factor `n / (n - k)`.
fn newey_west(rows: &[Vec<f64>], fit: &Round, lags: usize) -> Mat<f64> {
    let (n, count) = (rows.len(), rows[0].len());
    let score = |at: usize, a: usize| rows[at][a] * fit.residual[at];
    let meat = Mat::from_fn(count, count, |a, b| {
        (0..=lags)
            .map(|lag| {
                let weight = 1.0 - lag as f64 / (lags + 1) as f64;
                let pairs = (lag..n).map(|at| {
                    let one = score(at, a) * score(at - lag, b);
                    if lag == 0 { one } else { one + score(at - lag, a) * score(at, b) }
                });
                weight * pairs.sum::<f64>()
            })
            .sum::<f64>()
    });
    let factor = n as f64 / (n - count) as f64;
    faer::Scale(factor) * (&fit.bread * meat * &fit.bread)
}

/// The transformation that makes an autoregression white.
struct Whitening {
    rho: Vec<f64>,
    /// Weights of the first observations, a lower triangle.
    head: Vec<Vec<f64>>,
}

impl Whitening {
    /// Yule-Walker from the residuals (never explosive), and the exact covariance of the start.
    fn of(residual: &[f64], order: usize) -> Result<Self, Fault> {
        let square: f64 = residual.iter().map(|it| it * it).sum();
        let correlation: Vec<f64> = (0..=order)
            .map(|lag| {
                let product: f64 = residual.iter().zip(&residual[lag..]).map(|(a, b)| a * b).sum();
                // A perfect fit has nothing left that hangs together.
                if square > 1e-24 { product / square } else { f64::from(u8::from(lag == 0)) }
            })
            .collect();
        let toeplitz = Mat::from_fn(order, order, |a, b| correlation[a.abs_diff(b)]);
        let solved = inverse(toeplitz.as_ref())?;
        let rho: Vec<f64> = (0..order)
            .map(|a| (0..order).map(|b| solved[(a, b)] * correlation[b + 1]).sum())
            .collect();
        let innovation = 1.0 - rho.iter().zip(&correlation[1..]).map(|(a, b)| a * b).sum::<f64>();
        // Rows of the inverse Cholesky factor of the start, in units of the innovations.
        let mut head: Vec<Vec<f64>> = Vec::with_capacity(order);
        let mut lower: Vec<Vec<f64>> = Vec::with_capacity(order);
        for a in 0..order {
            let mut row: Vec<f64> = Vec::with_capacity(a + 1);
            for b in 0..a {
                let other: &Vec<f64> = &lower[b];
                let done: f64 = row.iter().zip(other).map(|(a, b)| a * b).sum();
                row.push((correlation[a - b] - done) / other[b]);
            }
            let pivot = (1.0 - row.iter().map(|it| it * it).sum::<f64>()).max(1e-300).sqrt();
            let mut inverse = vec![0.0; a + 1];
            inverse[a] = innovation.max(0.0).sqrt() / pivot;
            for (b, value) in row.iter().enumerate() {
                for (c, weight) in head[b].iter().enumerate() {
                    inverse[c] -= value * weight / pivot;
                }
            }
            row.push(pivot);
            lower.push(row);
            head.push(inverse);
        }
        Ok(Self { rho, head })
    }

    fn at(&self, t: usize, value: &dyn Fn(usize) -> f64) -> f64 {
        match self.head.get(t) {
            Some(weights) => {
                weights.iter().enumerate().map(|(at, weight)| weight * value(at)).sum()
            }
            None => {
                let past = self.rho.iter().enumerate();
                value(t) - past.map(|(lag, rho)| rho * value(t - lag - 1)).sum::<f64>()
            }
        }
    }

    fn series(&self, y: &[f64]) -> Vec<f64> {
        (0..y.len()).map(|t| self.at(t, &|at| y[at])).collect()
    }

    fn rows(&self, rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let one = |t: usize| (0..rows[0].len()).map(move |term| self.at(t, &|at| rows[at][term]));
        (0..rows.len()).map(|t| one(t).collect()).collect()
    }
}
