//! Agreement beyond chance: Cohen's kappa, weighted kappa and Fleiss' kappa.
//!
//! Cohen, J. (1960). A coefficient of agreement for nominal scales. *Educational and Psychological
//! Measurement* 20(1), 37-46. <https://doi.org/10.1177/001316446002000104>; standard errors: Fleiss,
//! J. L., Cohen, J. & Everitt, B. S. (1969). Large sample standard errors of kappa and weighted
//! kappa. *Psychological Bulletin* 72(5), 323-327. <https://doi.org/10.1037/h0028106>; more raters:
//! Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. *Psychological
//! Bulletin* 76(5), 378-382. <https://doi.org/10.1037/h0031619>; its standard error under no
//! agreement: Fleiss, J. L., Nee, J. C. M. & Landis, J. R. (1979). *Psychological Bulletin* 86(5),
//! 974-977.

use crate::comparison::shape::{check_level, check_rows};
use crate::comparison::words::{decimal, percent};
use crate::distribution::normal_quantile;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};

/// How far apart two categories are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// Equal or not.
    #[default]
    Nominal,
    /// By the number of steps.
    Linear,
    /// By the square of the number of steps.
    Quadratic,
}

/// Agreement beyond chance.
#[derive(Debug, Clone, PartialEq)]
pub struct Kappa {
    /// 1 is full agreement, 0 is that of chance.
    pub kappa: f64,
    /// Standard error; with more than two raters `None`.
    pub error: Option<f64>,
    /// Standard error if there were no agreement beyond chance; for a test of that.
    pub error_null: f64,
    /// Interval from the standard error.
    pub interval: Option<(f64, f64)>,
    /// Level of the interval.
    pub level: f64,
    /// Share of (weighted) agreement that was seen.
    pub observed: f64,
    /// Share that chance would give.
    pub expected: f64,
    /// Number of cases that were rated.
    pub subjects: u64,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

impl Estimate for Kappa {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        figures.add("kappa", self.kappa);
        if let Some(error) = self.error {
            figures.add("se_kappa", error);
        }
        figures.add("se0_kappa", self.error_null);
        if let Some((low, high)) = self.interval {
            figures.add("low", low);
            figures.add("high", high);
        }
        figures.add("observed", self.observed);
        figures.add("expected", self.expected);
        figures
    }

    fn summary(&self) -> String {
        let interval = self.interval.map_or_else(String::new, |(low, high)| {
            format!(
                " ({}-interval {} tot {})",
                percent(self.level),
                decimal(low, 2),
                decimal(high, 2)
            )
        });
        format!(
            "Overeenstemming boven toeval: kappa {}{interval}; gezien {}, door toeval {}, bij {} \
             gevallen.",
            decimal(self.kappa, 2),
            percent(self.observed),
            percent(self.expected),
            self.subjects,
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// Agreement of two raters; `table[i][j]` counts the cases in category `i` of the first and `j` of
/// the second.
///
/// # Errors
///
/// A table that is not square or has fewer than two categories, no cases, one category for all
/// cases, a level outside 0 to 1.
///
/// ```
/// use statistics::comparison::kappa::{Weight, cohen};
/// let it = cohen(&[vec![20, 5], vec![10, 15]], Weight::Nominal, 0.95).unwrap();
/// assert!((it.kappa - 0.4).abs() < 1e-12);
/// ```
pub fn cohen(table: &[Vec<u64>], weight: Weight, level: f64) -> Result<Kappa, Fault> {
    check_level(level)?;
    let k = table.len();
    if k < 2 || table.iter().any(|row| row.len() != k) {
        return Err(Fault::argument("tabel", "evenveel rijen als kolommen, ten minste twee", k));
    }
    let subjects = table.iter().flatten().fold(0_u64, |sum, it| sum.saturating_add(*it));
    check_rows("de tabel", usize::from(subjects > 0))?;
    let n = subjects as f64;
    let p = |i: usize, j: usize| table[i][j] as f64 / n;
    let w = |i: usize, j: usize| agreement(weight, i.abs_diff(j), k);
    let row: Vec<f64> = (0..k).map(|i| (0..k).map(|j| p(i, j)).sum()).collect();
    let column: Vec<f64> = (0..k).map(|j| (0..k).map(|i| p(i, j)).sum()).collect();
    let cells = || (0..k).flat_map(|i| (0..k).map(move |j| (i, j)));
    let observed: f64 = cells().map(|(i, j)| w(i, j) * p(i, j)).sum();
    let expected: f64 = cells().map(|(i, j)| w(i, j) * row[i] * column[j]).sum();
    if 1.0 - expected < 1e-12 {
        return Err(one_category());
    }
    let kappa = (observed - expected) / (1.0 - expected);
    let row_mean: Vec<f64> = (0..k).map(|i| (0..k).map(|j| w(i, j) * column[j]).sum()).collect();
    let column_mean: Vec<f64> = (0..k).map(|j| (0..k).map(|i| w(i, j) * row[i]).sum()).collect();
    let spread = cells().map(|(i, j)| {
        let mean = row_mean[i] + column_mean[j];
        let full = p(i, j) * (w(i, j) - mean * (1.0 - kappa)).powi(2);
        (full, row[i] * column[j] * (w(i, j) - mean).powi(2))
    });
    let (full, null) = spread.fold((0.0, 0.0), |(a, b), (x, y)| (a + x, b + y));
    let part = kappa - expected * (1.0 - kappa);
    let error =
        |sum: f64, less: f64| (sum - less * less).max(0.0).sqrt() / (1.0 - expected) / n.sqrt();
    let (error, error_null) = (error(full, part), error(null, expected));
    let reach = normal_quantile(0.5 + level / 2.0) * error;
    Ok(Kappa {
        kappa,
        error: Some(error),
        error_null,
        interval: Some((kappa - reach, (kappa + reach).min(1.0))),
        level,
        observed,
        expected,
        subjects,
        warnings: few(subjects),
    })
}

/// Agreement of the same number of raters on every case; `table[case][category]` counts raters.
///
/// # Errors
///
/// No cases, rows of different length, fewer than two raters, a different number of raters per
/// case, one category for all cases.
pub fn fleiss(table: &[Vec<u64>]) -> Result<Kappa, Fault> {
    check_rows("de tabel", table.len())?;
    let (k, raters) = (table[0].len(), sum(&table[0]));
    for (at, row) in table.iter().enumerate() {
        if row.len() != k || sum(row) != raters {
            let asked = format!("{raters} beoordelaars en {k} categorieën");
            return Err(Fault::argument(format!("rij {}", at + 1), asked, sum(row)));
        }
    }
    if raters < 2 {
        return Err(Fault::argument("aantal beoordelaars", "ten minste 2", raters));
    }
    let (n, m) = (table.len() as f64, raters as f64);
    let shares: Vec<f64> =
        (0..k).map(|j| table.iter().map(|row| row[j] as f64 / m / n).sum()).collect();
    let pairs = |row: &Vec<u64>| {
        row.iter().map(|it| *it as f64 * (*it as f64 - 1.0)).sum::<f64>() / (m * (m - 1.0))
    };
    let observed = table.iter().map(pairs).sum::<f64>() / n;
    let expected: f64 = shares.iter().map(|it| it * it).sum();
    if 1.0 - expected < 1e-12 {
        return Err(one_category());
    }
    let left: f64 = shares.iter().map(|p| p * (1.0 - p)).sum();
    let skew: f64 = shares.iter().map(|p| p * (1.0 - p) * (1.0 - 2.0 * p)).sum();
    let null = (2.0 / (n * m * (m - 1.0))).sqrt() * (left * left - skew).max(0.0).sqrt() / left;
    Ok(Kappa {
        kappa: (observed - expected) / (1.0 - expected),
        error: None,
        error_null: null,
        interval: None,
        level: 0.95,
        observed,
        expected,
        subjects: table.len() as u64,
        warnings: few(table.len() as u64),
    })
}

fn sum(row: &[u64]) -> u64 {
    row.iter().fold(0, |sum, it| sum.saturating_add(*it))
}

/// 1 for equal categories, down to 0 for the ones that are furthest apart.
fn agreement(weight: Weight, steps: usize, categories: usize) -> f64 {
    let share = steps as f64 / (categories - 1) as f64;
    match weight {
        Weight::Nominal => f64::from(u8::from(steps == 0)),
        Weight::Linear => 1.0 - share,
        Weight::Quadratic => 1.0 - share * share,
    }
}

fn one_category() -> Fault {
    Fault::not_identified(
        "Alle gevallen staan in één categorie: overeenstemming boven toeval bestaat dan niet.",
    )
}

fn few(subjects: u64) -> Vec<Warning> {
    if subjects >= 30 {
        return Vec::new();
    }
    vec![Warning::new(
        "few-cases",
        format!("Met {subjects} gevallen is de standaardfout van kappa een ruwe benadering."),
    )]
}
