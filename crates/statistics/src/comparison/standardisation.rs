//! Indirect standardisation: what a group had against what its mix would lead one to expect.
//!
//! The expected number comes from the rates of all groups together, per stratum or from a logistic
//! or Poisson model, as the NHS does for its hospital mortality indicator (SHMI); the ratio of
//! observed to expected has the exact interval of Garwood (1936), with the expected number taken
//! as known (Breslow, N. E. & Day, N. E. (1987). *Statistical methods in cancer research*, volume
//! II, section 2.3). Two such ratios have different weights: compare a group with 1, not with
//! another group.

use crate::comparison::codes::codes;
use crate::comparison::counts::{Counts, Family};
use crate::comparison::glm::fit;
use crate::comparison::rate::bounds;
use crate::comparison::shape::{check_length, check_level, check_not_negative, check_rows};
use crate::comparison::words::{decimal, percent};
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};

/// Where the expected numbers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The overall rate of each stratum.
    Strata,
    /// A fitted logistic or Poisson model.
    Model,
}

/// Observed, expected and their ratio in one group.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratio {
    /// The group.
    pub group: String,
    /// Number of rows.
    pub rows: usize,
    /// Observed number.
    pub observed: f64,
    /// Expected number.
    pub expected: f64,
    /// Observed divided by expected.
    pub ratio: f64,
    /// Lower end of the exact interval.
    pub low: f64,
    /// Upper end of the exact interval.
    pub high: f64,
}

/// The standardised ratios of all groups.
#[derive(Debug, Clone, PartialEq)]
pub struct Standardised {
    /// Where the expected numbers come from.
    pub basis: Basis,
    /// One ratio per group, in the order of the data.
    pub groups: Vec<Ratio>,
    /// Level of the intervals.
    pub level: f64,
    /// Number of rows.
    pub rows: usize,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

impl Estimate for Standardised {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        let basis = match self.basis {
            Basis::Strata => "strat",
            Basis::Model => "glm",
        };
        let bound = |end: &str, group: &str| match self.basis {
            Basis::Strata => format!("smr_{end}95_{group}"),
            Basis::Model => format!("smr_glm_{end}95_{group}"),
        };
        for it in &self.groups {
            figures.add(format!("obs_{}", it.group), it.observed);
            figures.add(format!("exp_{basis}_{}", it.group), it.expected);
            figures.add(format!("smr_{basis}_{}", it.group), it.ratio);
            figures.add(bound("lo", &it.group), it.low);
            figures.add(bound("hi", &it.group), it.high);
        }
        figures
    }

    fn summary(&self) -> String {
        let apart = self.groups.iter().filter(|it| it.low > 1.0 || it.high < 1.0).count();
        format!(
            "Van {} groepen ({} rijen) ligt bij {apart} het {}-interval van waargenomen gedeeld \
             door verwacht buiten 1; bij zoveel vergelijkingen is dat bij {} ook zonder verschil \
             te verwachten. De groepen zijn elk met 1 te vergelijken, niet met elkaar.",
            self.groups.len(),
            self.rows,
            percent(self.level),
            decimal((1.0 - self.level) * self.groups.len() as f64, 1),
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// Standardises on strata: the expected number is the sum of the overall rates of the strata.
///
/// `count` over `size` (trials or exposure) is the rate; a stratum may hold any combination of
/// characteristics.
///
/// # Errors
///
/// No rows, columns of different length, counts below zero, sizes not above zero, a level outside
/// 0 to 1, a group with nothing expected.
///
/// ```
/// use statistics::comparison::counts::Counts;
/// use statistics::comparison::standardisation::by_strata;
/// let text = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
/// let cells = Counts { count: vec![8.0, 2.0], size: vec![20.0, 20.0], covariates: vec![] };
/// let it = by_strata(&cells, &text(&["a", "b"]), &text(&["65+", "65+"]), 0.95).unwrap();
/// assert_eq!(it.groups[0].expected, 5.0);
/// ```
pub fn by_strata(
    counts: &Counts,
    group: &[String],
    stratum: &[String],
    level: f64,
) -> Result<Standardised, Fault> {
    counts.check(Family::Poisson)?;
    let rows = counts.count.len();
    check_length("stratum", rows, stratum.len())?;
    let (names, code) = codes(stratum);
    let mut totals = vec![(0.0, 0.0); names.len()];
    for row in 0..rows {
        totals[code[row]].0 += counts.count[row];
        totals[code[row]].1 += counts.size_of(row);
    }
    let rate = |row: usize| totals[code[row]].0 / totals[code[row]].1;
    let expected: Vec<f64> = (0..rows).map(|row| counts.size_of(row) * rate(row)).collect();
    let mut warnings = Vec::new();
    let thin = totals.iter().filter(|it| it.0 > 0.0 && it.0 < 5.0).count();
    if thin > 0 {
        warnings.push(Warning::new(
            "thin-strata",
            format!(
                "{thin} van de {} strata hebben minder dan vijf gevallen; hun verwachting leunt \
                 op de groep zelf.",
                names.len()
            ),
        ));
    }
    grouped(Basis::Strata, &counts.count, &expected, group, level, warnings)
}

/// Standardises on the covariates of `counts` through a logistic or Poisson model.
///
/// # Errors
///
/// As [`by_strata`], and where the model cannot be fitted.
pub fn by_model(
    family: Family,
    counts: &Counts,
    group: &[String],
    level: f64,
) -> Result<Standardised, Fault> {
    let model = fit(family, counts)?;
    grouped(Basis::Model, &counts.count, &model.fitted, group, level, model.warnings)
}

fn grouped(
    basis: Basis,
    count: &[f64],
    expected: &[f64],
    group: &[String],
    level: f64,
    warnings: Vec<Warning>,
) -> Result<Standardised, Fault> {
    check_level(level)?;
    check_rows("", count.len())?;
    check_length("groep", count.len(), group.len())?;
    check_not_negative("verwacht aantal", expected)?;
    let (names, code) = codes(group);
    let mut sums = vec![(0, 0.0, 0.0); names.len()];
    for (row, code) in code.iter().enumerate() {
        let sum = &mut sums[*code];
        *sum = (sum.0 + 1, sum.1 + count[row], sum.2 + expected[row]);
    }
    let mut groups = Vec::with_capacity(names.len());
    for (group, (rows, observed, expected)) in names.into_iter().zip(sums) {
        if expected <= 0.0 {
            return Err(Fault::not_identified(format!(
                "Voor groep ‘{group}’ is niets verwacht: een verhouding bestaat dan niet."
            )));
        }
        let (low, high) = bounds(observed, level);
        groups.push(Ratio {
            group,
            rows,
            observed,
            expected,
            ratio: observed / expected,
            low: low / expected,
            high: high / expected,
        });
    }
    Ok(Standardised { basis, groups, level, rows: count.len(), warnings })
}
