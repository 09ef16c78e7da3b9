//! Extended two-way fixed effects: one effect per cohort and treated period.
//!
//! Wooldridge, J. M. (2021). Two-way fixed effects, the two-way Mundlak regression, and
//! difference-in-differences estimators. Published 2025 in *Empirical Economics* 69, 2545-2587.
//! <https://doi.org/10.1007/s00181-025-02807-z>
//!
//! Unit and period effects and a cell for every cohort and treated period, by least squares;
//! averages of cells weigh by rows and take the shares as fixed. Without covariates, on a balanced
//! panel, the points are those of [`crate::did::imputation`]. The covariance is clustered with
//! `G/(G-1) (N-1)/(N-K)`, where `K` leaves out unit effects that lie within one cluster.

use faer::Mat;

use crate::did::effect::{Effect, check_level};
use crate::did::etwfe_average::{Averages, Cell, Cells};
use crate::did::etwfe_design::{Comparison, Design, Level};
use crate::did::untreated::unit_starts;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::linear::{independent_columns, inverse};
use crate::panel::Panel;

/// What is left of a column after the unit effects, below which it is rounding.
const ROUNDING: f64 = 1e-12;
/// Relative to a column's own sum of squares: below this it adds nothing to the columns before it.
const COLLINEAR: f64 = 1e-10;

/// What to estimate and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Which untreated rows are compared with.
    pub comparison: Comparison,
    /// Number of periods before the first treated one that may already be affected.
    pub anticipation: u32,
    /// Whether the covariates of the panel enter, with periods, cohorts and cells.
    pub covariates: bool,
    /// Level of the intervals.
    pub level: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            comparison: Comparison::NotYetTreated,
            anticipation: 0,
            covariates: false,
            level: 0.95,
        }
    }
}

/// Effects by extended two-way fixed effects.
#[derive(Debug, Clone, PartialEq)]
pub struct Etwfe {
    /// Averages over cells.
    pub averages: Averages,
    /// Every cell.
    pub cells: Vec<Cell>,
    /// Rows in the model.
    pub rows: usize,
    /// Rows left out because nothing tells what they would have been.
    pub left_out: usize,
    /// Number of clusters.
    pub clusters: usize,
    /// Degrees of freedom of the intervals: clusters minus one.
    pub degrees_of_freedom: f64,
    /// Level of the intervals.
    pub level: f64,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

/// Estimates effects by extended two-way fixed effects.
///
/// ```
/// use statistics::did::etwfe::{estimate, Options};
/// use statistics::panel::{Columns, Panel};
///
/// let mut columns = Columns::default();
/// for (unit, first, jump) in [("a", Some(3), 2.0), ("b", Some(3), 2.0), ("c", None, 0.0)] {
///     for period in 1..=4 {
///         columns.unit.push(unit.to_owned());
///         columns.period.push(period);
///         columns.first_treated.push(first);
///         columns.outcome.push(period as f64 + if period >= 3 { jump } else { 0.0 });
///     }
/// }
/// let effect = estimate(&Panel::new(columns)?, &Options::default())?;
/// assert!((effect.averages.overall.estimate - 2.0).abs() < 1e-12);
/// # Ok::<(), statistics::fault::Fault>(())
/// ```
///
/// # Errors
///
/// No treated row that can be compared, fewer than two clusters, no more rows than parameters,
/// numbers too large.
pub fn estimate(panel: &Panel, options: &Options) -> Result<Etwfe, Fault> {
    check_level(options.level)?;
    let covariates: Vec<usize> =
        if options.covariates { (0..panel.covariates.len()).collect() } else { Vec::new() };
    let design =
        Design::new(panel, options.anticipation, options.comparison, Level::Unit, &covariates)?;
    let blocks = Blocks::of(&design);
    let (gram, product) = blocks.normal_equations(&design);
    if gram
        .col_iter()
        .flat_map(|it| it.iter().copied().collect::<Vec<_>>())
        .any(|it| !it.is_finite())
        || product.iter().any(|it| !it.is_finite())
    {
        return Err(Fault::not_identified(
            "De uitkomsten of covariaten zijn te groot om mee te rekenen; kies een andere eenheid.",
        ));
    }
    let kept = independent_columns(gram.as_ref(), COLLINEAR);
    let part = Mat::from_fn(kept.len(), kept.len(), |a, b| gram[(kept[a], kept[b])]);
    let bread = inverse(part.as_ref())?;
    let mut coefficients = vec![0.0; design.columns()];
    for (row, column) in kept.iter().enumerate() {
        coefficients[*column] =
            (0..kept.len()).map(|it| bread[(row, it)] * product[kept[it]]).sum();
    }
    let scores = blocks.scores(&design, &coefficients);
    let (covariance, clusters) = covariance(&design, &blocks, &kept, &bread, &scores)?;
    let df = clusters as f64 - 1.0;
    let cells = cells(&design, options, &kept, &coefficients, &covariance, df)?;
    Ok(Etwfe {
        averages: cells.averages()?,
        cells: cells.each()?,
        rows: design.rows.len(),
        left_out: design.left_out,
        clusters,
        degrees_of_freedom: df,
        level: options.level,
        warnings: warnings(&design, clusters, cells.keys.len()),
    })
}

impl Estimate for Etwfe {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        add_averages(&mut figures, &self.averages, &self.cells);
        figures
    }

    fn summary(&self) -> String {
        let overall = &self.averages.overall;
        let mut text = format!(
            "Gemiddeld effect {}, over {} behandelde waarnemingen in {} groepen per periode; het \
             model rust op {} waarnemingen. De spreiding rekent met {} clusters.",
            overall.text(self.level),
            overall.rows,
            self.cells.len(),
            self.rows,
            self.clusters
        );
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

/// Averages and cells under their published keys.
pub(super) fn add_averages(figures: &mut Figures, averages: &Averages, cells: &[Cell]) {
    let add = |figures: &mut Figures, key: &str, it: &Effect| {
        figures.add_with_se(key, it.estimate, it.standard_error);
    };
    add(figures, "att", &averages.overall);
    for (name, effects) in [
        ("dyn", &averages.by_horizon),
        ("group", &averages.by_cohort),
        ("calendar", &averages.by_period),
    ] {
        for (value, it) in effects {
            add(figures, &format!("{name}_{value}"), it);
        }
    }
    for cell in cells {
        add(figures, &format!("attgt_g{}_t{}", cell.cohort, cell.period), &cell.effect);
    }
}

pub(super) fn warnings(design: &Design<'_>, clusters: usize, cells: usize) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if design.left_out > 0 {
        warnings.push(Warning::new(
            "not-compared",
            format!(
                "{} waarnemingen tellen niet mee: van die eenheid is niets van vóór de behandeling \
                 te zien, of niemand was in die periode nog onbehandeld.",
                design.left_out
            ),
        ));
    }
    if cells < design.cells.len() {
        warnings.push(Warning::new(
            "cell-dropped",
            format!(
                "Van {} van de {} groepen per periode is geen effect te schatten.",
                design.cells.len() - cells,
                design.cells.len()
            ),
        ));
    }
    if clusters < 30 {
        warnings.push(Warning::new(
            "few-clusters",
            format!("Er zijn maar {clusters} clusters; het interval kan te smal zijn."),
        ));
    }
    warnings
}

/// The rows by unit, each outcome minus its unit's mean.
struct Blocks {
    /// First and last-but-one position in the design's rows.
    bounds: Vec<(usize, usize)>,
    weight: Vec<f64>,
    outcome: Vec<f64>,
}

impl Blocks {
    fn of(design: &Design<'_>) -> Self {
        let unit = |at: usize| design.panel.unit[design.rows[at]];
        let mut bounds: Vec<(usize, usize)> = Vec::new();
        for at in 0..design.rows.len() {
            match bounds.last_mut() {
                Some(last) if unit(last.0) == unit(at) => last.1 = at + 1,
                _ => bounds.push((at, at + 1)),
            }
        }
        let weigh = |it: &(usize, usize)| {
            (it.0..it.1).map(|at| design.weight(design.rows[at])).sum::<f64>()
        };
        let weight: Vec<f64> = bounds.iter().map(weigh).collect();
        let mut outcome: Vec<f64> =
            design.rows.iter().map(|row| design.panel.outcome[*row]).collect();
        for (&(from, to), total) in bounds.iter().zip(&weight) {
            let sum: f64 = (from..to).map(|at| design.weight(design.rows[at]) * outcome[at]).sum();
            outcome[from..to].iter_mut().for_each(|it| *it -= sum / total);
        }
        Self { bounds, weight, outcome }
    }

    /// `X'X` and `X'y` after the unit effects.
    fn normal_equations(&self, design: &Design<'_>) -> (Mat<f64>, Vec<f64>) {
        let size = design.columns();
        let (mut gram, mut product) = (Mat::<f64>::zeros(size, size), vec![0.0; size]);
        let mut raw = vec![0.0; size];
        let (mut terms, mut sums) = (Vec::new(), Sums::new(size));
        for (&(from, to), total) in self.bounds.iter().zip(&self.weight) {
            for at in from..to {
                let weight = design.weight(design.rows[at]);
                design.terms(design.rows[at], &mut terms);
                for &(a, x) in &terms {
                    sums.add(a, weight * x);
                    product[a] += weight * x * self.outcome[at];
                    raw[a] += weight * x * x;
                    for &(b, z) in &terms {
                        gram[(a, b)] += weight * x * z;
                    }
                }
            }
            for &a in &sums.touched {
                for &b in &sums.touched {
                    gram[(a, b)] -= sums.values[a] * sums.values[b] / total;
                }
            }
            sums.clear();
        }
        for (column, raw) in raw.into_iter().enumerate() {
            if gram[(column, column)] <= ROUNDING * raw {
                gram[(column, column)] = 0.0;
            }
        }
        (gram, product)
    }

    /// `X'e` of each cluster, after the unit effects: clusters by columns.
    fn scores(&self, design: &Design<'_>, coefficients: &[f64]) -> Mat<f64> {
        let mut scores = Mat::<f64>::zeros(design.panel.clusters.len(), design.columns());
        let mut terms = Vec::new();
        for (&(from, to), total) in self.bounds.iter().zip(&self.weight) {
            let mut residual: Vec<f64> = (from..to)
                .map(|at| {
                    design.terms(design.rows[at], &mut terms);
                    let fitted: f64 = terms.iter().map(|(a, x)| x * coefficients[*a]).sum();
                    self.outcome[at] - fitted
                })
                .collect();
            let weights = (from..to).map(|at| design.weight(design.rows[at]));
            let mean = weights.zip(&residual).map(|(w, e)| w * e).sum::<f64>() / total;
            residual.iter_mut().for_each(|it| *it -= mean);
            for (at, e) in (from..to).zip(residual) {
                let row = design.rows[at];
                let cluster = design.panel.cluster[row] as usize;
                design.terms(row, &mut terms);
                for &(a, x) in &terms {
                    scores[(cluster, a)] += design.weight(row) * x * e;
                }
            }
        }
        scores
    }
}

/// Sums by column, of which few are touched at a time.
struct Sums {
    values: Vec<f64>,
    touched: Vec<usize>,
}

impl Sums {
    fn new(size: usize) -> Self {
        Self { values: vec![0.0; size], touched: Vec::new() }
    }

    fn add(&mut self, column: usize, value: f64) {
        if !self.touched.contains(&column) {
            self.touched.push(column);
        }
        self.values[column] += value;
    }

    fn clear(&mut self) {
        for column in self.touched.drain(..) {
            self.values[column] = 0.0;
        }
    }
}

/// Clustered covariance of the kept columns, and the number of clusters.
fn covariance(
    design: &Design<'_>,
    blocks: &Blocks,
    kept: &[usize],
    bread: &Mat<f64>,
    scores: &Mat<f64>,
) -> Result<(Mat<f64>, usize), Fault> {
    let clusters = clusters(design)?;
    let (g, n) = (clusters as f64, design.rows.len() as f64);
    let cluster = &design.panel.cluster;
    let within = unit_starts(design.panel)
        .windows(2)
        .all(|it| cluster[it[0]..it[1]].iter().all(|c| *c == cluster[it[0]]));
    let units = if within { 1 } else { blocks.bounds.len() };
    let free = n - (kept.len() + units) as f64;
    if free <= 0.0 || n <= (kept.len() + blocks.bounds.len()) as f64 {
        return Err(Fault::not_identified(format!(
            "Het model heeft evenveel onbekenden als waarnemingen ({n}); er is geen spreiding te \
             schatten."
        )));
    }
    let part = Mat::from_fn(scores.nrows(), kept.len(), |row, it| scores[(row, kept[it])]);
    let half = &part * bread;
    Ok((half.transpose() * &half * faer::Scale(g / (g - 1.0) * (n - 1.0) / free), clusters))
}

/// Number of clusters in the model.
pub(super) fn clusters(design: &Design<'_>) -> Result<usize, Fault> {
    let mut used = vec![false; design.panel.clusters.len()];
    for row in &design.rows {
        used[design.panel.cluster[*row] as usize] = true;
    }
    let clusters = used.iter().filter(|it| **it).count();
    if clusters < 2 {
        return Err(Fault::not_identified(
            "Alle waarnemingen horen bij één cluster; een spreiding vraagt er minstens twee.",
        ));
    }
    Ok(clusters)
}

fn cells(
    design: &Design<'_>,
    options: &Options,
    kept: &[usize],
    coefficients: &[f64],
    covariance: &Mat<f64>,
    df: f64,
) -> Result<Cells, Fault> {
    let mut places = Vec::new();
    let mut estimated = Vec::new();
    for cell in 0..design.cells.len() {
        if let Ok(place) = kept.binary_search(&design.cell_column(cell)) {
            places.push(place);
            estimated.push(cell);
        }
    }
    if estimated.is_empty() {
        return Err(Fault::not_identified("Van geen enkele groep is een effect te schatten."));
    }
    let (rows, weights) = cell_sizes(design);
    Ok(Cells {
        keys: estimated.iter().map(|it| design.cells[*it]).collect(),
        rows: estimated.iter().map(|it| rows[*it]).collect(),
        weights: estimated.iter().map(|it| weights[*it]).collect(),
        estimates: estimated.iter().map(|it| coefficients[design.cell_column(*it)]).collect(),
        covariance: Mat::from_fn(places.len(), places.len(), |a, b| {
            covariance[(places[a], places[b])]
        }),
        anticipation: i64::from(options.anticipation),
        df,
        level: options.level,
    })
}

/// Number of rows and sum of weights of each cell.
pub(super) fn cell_sizes(design: &Design<'_>) -> (Vec<usize>, Vec<f64>) {
    let (mut rows, mut weights) = (vec![0; design.cells.len()], vec![0.0; design.cells.len()]);
    for &row in &design.rows {
        if let Some(cell) = design.cell(row) {
            rows[cell] += 1;
            weights[cell] += design.weight(row);
        }
    }
    (rows, weights)
}
