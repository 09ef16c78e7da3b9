//! Exact means and variances of the observations ahead: Hyndman et al. (2008), chapter 6.

use faer::Mat;

use super::{Ets, Part, Trend};

/// Mean and variance of each of the next `steps` observations.
pub(super) fn moments(fitted: &Ets, steps: usize) -> Vec<(f64, f64)> {
    if fitted.model.season == Some(Part::Multiplicative) {
        return multiplicative_season(fitted, steps);
    }
    let variance = fitted.variance();
    let means: Vec<f64> = (1..=steps).map(|h| mean(fitted, h)).collect();
    let responses: Vec<f64> = (1..steps).map(|j| response(fitted, j)).collect();
    match fitted.model.error {
        // Class 1: the variance is that of a sum of past errors.
        Part::Additive => {
            let mut sum = 0.0;
            let after = |(h, mean): (usize, f64)| {
                sum += if h > 0 { responses[h - 1].powi(2) } else { 0.0 };
                (mean, variance * (1.0 + sum))
            };
            means.into_iter().enumerate().map(after).collect()
        }
        // Class 2: the error grows with the mean, so that uncertainty of the mean adds to it.
        Part::Multiplicative => {
            let mut theta: Vec<f64> = Vec::with_capacity(steps);
            for (h, mean) in means.iter().enumerate() {
                let past: f64 = (0..h).map(|j| responses[j].powi(2) * theta[h - 1 - j]).sum();
                theta.push(mean * mean + variance * past);
            }
            let of = |(mean, theta): (&f64, &f64)| (*mean, (1.0 + variance) * theta - mean * mean);
            means.iter().zip(&theta).map(of).collect()
        }
    }
}

/// Sum of `phi^1 + ... + phi^h`.
fn damped(phi: f64, h: usize) -> f64 {
    (0..h).fold((0.0, 1.0), |(sum, power), _| (sum + power * phi, power * phi)).0
}

fn mean(fitted: &Ets, h: usize) -> f64 {
    let last = &fitted.filtered.last;
    let period = last.season.len();
    let season = if period == 0 { 0.0 } else { last.season[period - 1 - (h - 1) % period] };
    last.level + damped(fitted.smoothing.phi, h) * last.slope + season
}

/// What an error does to the mean `j` steps later.
fn response(fitted: &Ets, j: usize) -> f64 {
    let it = &fitted.smoothing;
    let slope = match fitted.model.trend {
        Trend::None => 0.0,
        Trend::Additive | Trend::Damped => it.beta * damped(it.phi, j),
    };
    let season = fitted.model.season.is_some() && j.is_multiple_of(fitted.model.period);
    it.alpha + slope + if season { it.gamma } else { 0.0 }
}

/// Class 3 (section 6.4): the mean of level times season, with its covariance, step by step.
///
/// `M` is the matrix of products of (level, slope) and season; both factors move with the same
/// error, so that the product has a term in its square.
fn multiplicative_season(fitted: &Ets, steps: usize) -> Vec<(f64, f64)> {
    let system = System::new(fitted);
    let variance = fitted.variance();
    let last = &fitted.filtered.last;
    let level = [last.level, last.slope];
    let rows = system.trend.nrows();
    let mut mean = Mat::from_fn(rows, last.season.len(), |a, b| level[a] * last.season[b]);
    let size = rows * last.season.len();
    let mut covariance = Mat::<f64>::zeros(size, size);
    let mut moments = Vec::with_capacity(steps);
    for _ in 0..steps {
        let mu: f64 = (0..size).map(|at| system.output[at] * stacked(&mean, at)).sum();
        let mut spread = 0.0;
        for a in 0..size {
            for b in 0..size {
                spread += system.output[a] * covariance[(a, b)] * system.output[b];
            }
        }
        moments.push((mu, (1.0 + variance) * spread + variance * mu * mu));
        let second = Mat::from_fn(size, size, |a, b| stacked(&mean, a) * stacked(&mean, b));
        let with = |left: &Mat<f64>, middle: &Mat<f64>, right: &Mat<f64>| {
            left * middle * right.transpose()
        };
        let (f, g, k) = (&system.both, &system.squared, &system.single);
        let cross = with(f, &covariance, g);
        let first = &cross + cross.transpose() + with(k, &(&covariance + &second), k);
        let quadratic = with(g, &(3.0 * &covariance + 2.0 * &second), g);
        covariance = with(f, &covariance, f) + variance * (first + variance * quadratic);
        mean = &system.trend * &mean * system.season.transpose()
            + variance * (&system.trend_gain * &mean * system.season_gain.transpose());
    }
    moments
}

/// Entry `at` of the columns of `matrix` put below one another.
fn stacked(matrix: &Mat<f64>, at: usize) -> f64 {
    matrix[(at % matrix.nrows(), at / matrix.nrows())]
}

struct System {
    trend: Mat<f64>,
    trend_gain: Mat<f64>,
    season: Mat<f64>,
    season_gain: Mat<f64>,
    /// Kronecker products: both move on, one takes the error, both take it.
    both: Mat<f64>,
    single: Mat<f64>,
    squared: Mat<f64>,
    output: Vec<f64>,
}

impl System {
    fn new(fitted: &Ets) -> Self {
        let (it, period) = (&fitted.smoothing, fitted.model.period);
        let size = if fitted.model.trend == Trend::None { 1 } else { 2 };
        let observe = [1.0, it.phi];
        let gain = [it.alpha, it.beta];
        let trend = Mat::from_fn(size, size, |a, b| match (a, b) {
            (0, b) => observe[b],
            (_, 1) => it.phi,
            _ => 0.0,
        });
        let trend_gain = Mat::from_fn(size, size, |a, b| gain[a] * observe[b]);
        let season = Mat::from_fn(period, period, |a, b| {
            let from = if a == 0 { period - 1 } else { a - 1 };
            if b == from { 1.0 } else { 0.0 }
        });
        let corner = |a: usize, b: usize| a == 0 && b == period - 1;
        let season_gain =
            Mat::from_fn(period, period, |a, b| if corner(a, b) { it.gamma } else { 0.0 });
        let output = (0..size * period)
            .map(|at| if at / size == period - 1 { observe[at % size] } else { 0.0 });
        Self {
            both: kronecker(&season, &trend),
            single: kronecker(&season_gain, &trend) + kronecker(&season, &trend_gain),
            squared: kronecker(&season_gain, &trend_gain),
            output: output.collect(),
            trend,
            trend_gain,
            season,
            season_gain,
        }
    }
}

fn kronecker(left: &Mat<f64>, right: &Mat<f64>) -> Mat<f64> {
    let (rows, columns) = (right.nrows(), right.ncols());
    Mat::from_fn(left.nrows() * rows, left.ncols() * columns, |a, b| {
        left[(a / rows, b / columns)] * right[(a % rows, b % columns)]
    })
}
