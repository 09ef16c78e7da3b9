//! Many tests at once: p-values that hold for all of them together.
//!
//! Holm, S. (1979). A simple sequentially rejective multiple test procedure. *Scandinavian Journal
//! of Statistics* 6(2), 65-70: at most `level` chance of any false alarm.
//! Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. *JRSS B* 57(1),
//! 289-300: at most a share `level` of the alarms is false, for tests that are independent or go
//! together.
//! Romano, J. P. & Wolf, M. (2016). Efficient computation of adjusted p-values for
//! resampling-based stepdown multiple testing. *Statistics & Probability Letters* 113, 38-40:
//! like Holm, but it uses that tests go together.

use rand::RngExt as _;
use rayon::prelude::*;

use crate::distribution::normal_quantile;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::random::generator;

/// P-values of several tests, each adjusted in every way.
#[derive(Debug, Clone, PartialEq)]
pub struct Adjusted {
    /// What was tested, in the order asked.
    pub names: Vec<String>,
    /// As they were.
    pub raw: Vec<f64>,
    /// Times the number of tests.
    pub bonferroni: Vec<f64>,
    /// Holm's steps down.
    pub holm: Vec<f64>,
    /// Benjamini and Hochberg's steps up: the smallest share of false alarms.
    pub benjamini_hochberg: Vec<f64>,
    /// Romano and Wolf's steps down, when there were draws.
    pub romano_wolf: Option<Vec<f64>>,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

/// Adjusts p-values in every way that needs nothing else.
///
/// ```
/// use statistics::credibility::multiple_testing::adjust;
///
/// let tests = [("clients".to_owned(), 0.01), ("cost".to_owned(), 0.04)];
/// let it = adjust(&tests)?;
/// assert_eq!((it.holm[0], it.holm[1]), (0.02, 0.04));
/// # Ok::<(), statistics::fault::Fault>(())
/// ```
///
/// # Errors
///
/// No tests, or a p-value outside 0 to 1.
pub fn adjust(tests: &[(String, f64)]) -> Result<Adjusted, Fault> {
    if tests.is_empty() {
        return Err(Fault::Empty { of: "de lijst van toetsen".to_owned() });
    }
    if let Some((name, p)) = tests.iter().find(|(_, p)| !(0.0..=1.0).contains(p)) {
        return Err(Fault::argument(format!("p-waarde van {name}"), "een getal van 0 tot 1", p));
    }
    let raw: Vec<f64> = tests.iter().map(|it| it.1).collect();
    let n = raw.len() as f64;
    Ok(Adjusted {
        names: tests.iter().map(|it| it.0.clone()).collect(),
        bonferroni: raw.iter().map(|p| (p * n).min(1.0)).collect(),
        holm: holm(&raw),
        benjamini_hochberg: benjamini_hochberg(&raw),
        romano_wolf: None,
        raw,
        warnings: Vec::new(),
    })
}

impl Adjusted {
    /// Adds the steps of Romano and Wolf, from test statistics and [`draws`](multiplier_draws) of
    /// them under the null.
    ///
    /// # Errors
    ///
    /// Another number of statistics than tests, or what [`romano_wolf`] refuses.
    pub fn with_draws(mut self, statistics: &[f64], draws: &[Vec<f64>]) -> Result<Self, Fault> {
        if statistics.len() != self.names.len() {
            return Err(Fault::Length {
                column: "toetsingsgrootheid".to_owned(),
                expected: self.names.len(),
                found: statistics.len(),
            });
        }
        self.romano_wolf = Some(romano_wolf(statistics, draws)?);
        if draws.len() < 999 {
            self.warnings.push(Warning::new(
                "few-draws",
                format!("Er zijn maar {} trekkingen; gebruik er minstens 999.", draws.len()),
            ));
        }
        Ok(self)
    }
}

impl Estimate for Adjusted {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for (at, name) in self.names.iter().enumerate() {
            figures.add(format!("p_{name}"), self.raw[at]);
            figures.add(format!("bonferroni_{name}"), self.bonferroni[at]);
            figures.add(format!("holm_{name}"), self.holm[at]);
            figures.add(format!("bh_{name}"), self.benjamini_hochberg[at]);
            if let Some(romano_wolf) = &self.romano_wolf {
                figures.add(format!("rw_{name}"), romano_wolf[at]);
            }
        }
        figures
    }

    fn summary(&self) -> String {
        let below = |p: &[f64]| p.iter().filter(|p| **p <= 0.05).count();
        let mut text = format!(
            "{} toetsen samen: {} onder 5% op zichzelf, {} na correctie voor het aantal (Holm), {} \
             als een twintigste van de meldingen vals mag zijn (Benjamini-Hochberg).",
            self.names.len(),
            below(&self.raw),
            below(&self.holm),
            below(&self.benjamini_hochberg)
        );
        if let Some(romano_wolf) = &self.romano_wolf {
            text.push_str(&format!(
                " Met de samenhang tussen de toetsen (Romano-Wolf): {}.",
                below(romano_wolf)
            ));
        }
        for warning in &self.warnings {
            text.push(' ');
            text.push_str(&warning.text);
        }
        text
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// Adjusted p-values by Romano and Wolf's steps down, two-sided.
///
/// `statistics` are estimates over their standard errors; each draw holds one value per statistic
/// under the null that all are zero.
///
/// # Errors
///
/// No statistics or draws, a draw of another length, a number that is not finite.
pub fn romano_wolf(statistics: &[f64], draws: &[Vec<f64>]) -> Result<Vec<f64>, Fault> {
    if statistics.is_empty() || draws.is_empty() {
        return Err(Fault::Empty { of: "de toetsen of de trekkingen".to_owned() });
    }
    for values in draws.iter().map(Vec::as_slice).chain([statistics]) {
        if values.len() != statistics.len() {
            return Err(Fault::Length {
                column: "trekking".to_owned(),
                expected: statistics.len(),
                found: values.len(),
            });
        }
        if let Some(row) = values.iter().position(|it| !it.is_finite()) {
            let (column, value) = ("toetsingsgrootheid".to_owned(), values[row]);
            return Err(Fault::NotFinite { column, row: row + 1, value });
        }
    }
    let order = order_by(|at| -statistics[at].abs(), statistics.len());
    // From the smallest statistic up: the running maximum of each draw over those not yet passed.
    let mut largest = vec![0.0_f64; draws.len()];
    let mut adjusted = vec![0.0; statistics.len()];
    for &at in order.iter().rev() {
        let mut beyond = 0;
        for (largest, draw) in largest.iter_mut().zip(draws) {
            *largest = largest.max(draw[at].abs());
            beyond += usize::from(*largest >= statistics[at].abs());
        }
        adjusted[at] = (1.0 + beyond as f64) / (1.0 + draws.len() as f64);
    }
    let mut before = 0.0_f64;
    for at in order {
        before = before.max(adjusted[at]);
        adjusted[at] = before;
    }
    Ok(adjusted)
}

/// Draws of test statistics under the null: each cluster's contributions get one random sign.
///
/// `influences` holds, for each test, what each cluster adds to its estimate; the sum of squares is
/// its variance. One random stream per draw.
///
/// # Errors
///
/// No tests, tests with another number of clusters, a test without spread.
pub fn multiplier_draws(
    influences: &[Vec<f64>],
    draws: usize,
    seed: u64,
) -> Result<Vec<Vec<f64>>, Fault> {
    let Some(first) = influences.first() else {
        return Err(Fault::Empty { of: "de lijst van toetsen".to_owned() });
    };
    let mut errors = Vec::with_capacity(influences.len());
    for it in influences {
        if it.len() != first.len() {
            return Err(Fault::Length {
                column: "bijdrage per cluster".to_owned(),
                expected: first.len(),
                found: it.len(),
            });
        }
        let error = it.iter().map(|it| it * it).sum::<f64>().sqrt();
        if !(error > 0.0 && error.is_finite()) {
            return Err(Fault::not_identified("Een van de toetsen heeft geen spreiding."));
        }
        errors.push(error);
    }
    let draw = |stream: u64| {
        let mut random = generator(seed, stream);
        let mut sums = vec![0.0; influences.len()];
        for cluster in 0..first.len() {
            let sign = if random.random::<bool>() { 1.0 } else { -1.0 };
            for (sum, it) in sums.iter_mut().zip(influences) {
                *sum += sign * it[cluster];
            }
        }
        sums.iter().zip(&errors).map(|(sum, error)| sum / error).collect()
    };
    Ok((0..draws as u64).into_par_iter().map(draw).collect())
}

/// Draws of test statistics under the null from the `covariance` of the estimates, row by row,
/// as if they are normal. One random stream per draw.
///
/// # Errors
///
/// No tests, rows of another length, an estimate without spread.
pub fn normal_draws(
    covariance: &[Vec<f64>],
    draws: usize,
    seed: u64,
) -> Result<Vec<Vec<f64>>, Fault> {
    let size = covariance.len();
    if size == 0 {
        return Err(Fault::Empty { of: "de lijst van toetsen".to_owned() });
    }
    for (at, row) in covariance.iter().enumerate() {
        if row.len() != size {
            let column = "covariantie".to_owned();
            return Err(Fault::Length { column, expected: size, found: row.len() });
        }
        if !(row[at] > 0.0 && row.iter().all(|it| it.is_finite())) {
            return Err(Fault::not_identified("Een van de toetsen heeft geen spreiding."));
        }
    }
    let root = root_of_correlation(covariance);
    let draw = |stream: u64| {
        let mut random = generator(seed, stream);
        let z: Vec<f64> =
            (0..size).map(|_| normal_quantile(random.random_range(1e-15..1.0))).collect();
        let own = |row: &Vec<f64>| row.iter().zip(&z).map(|(a, z)| a * z).sum();
        root.iter().map(own).collect()
    };
    Ok((0..draws as u64).into_par_iter().map(draw).collect())
}

/// A lower triangle `L` with `L L'` the correlation; what others explain gets no noise of its own.
fn root_of_correlation(covariance: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut root: Vec<Vec<f64>> = Vec::with_capacity(covariance.len());
    for (at, line) in covariance.iter().enumerate() {
        let mut row = vec![0.0; covariance.len()];
        for (other, earlier) in root.iter().enumerate() {
            let correlation = line[other] / (line[at] * covariance[other][other]).sqrt();
            let done: f64 = row.iter().zip(earlier).map(|(a, b)| a * b).sum();
            row[other] =
                if earlier[other] > 0.0 { (correlation - done) / earlier[other] } else { 0.0 };
        }
        let left = 1.0 - row.iter().map(|it| it * it).sum::<f64>();
        row[at] = if left > 1e-10 { left.sqrt() } else { 0.0 };
        root.push(row);
    }
    root
}

fn holm(raw: &[f64]) -> Vec<f64> {
    let mut adjusted = vec![0.0; raw.len()];
    let mut before = 0.0_f64;
    for (rank, at) in order_by(|at| raw[at], raw.len()).into_iter().enumerate() {
        before = before.max(((raw.len() - rank) as f64 * raw[at]).min(1.0));
        adjusted[at] = before;
    }
    adjusted
}

fn benjamini_hochberg(raw: &[f64]) -> Vec<f64> {
    let mut adjusted = vec![0.0; raw.len()];
    let mut after = 1.0_f64;
    for (rank, at) in order_by(|at| raw[at], raw.len()).into_iter().enumerate().rev() {
        after = after.min(raw[at] * raw.len() as f64 / (rank + 1) as f64);
        adjusted[at] = after;
    }
    adjusted
}

fn order_by(value: impl Fn(usize) -> f64, n: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| value(*a).total_cmp(&value(*b)).then(a.cmp(b)));
    order
}
