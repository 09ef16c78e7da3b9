//! Extended two-way fixed effects for counts and rates: effects in counts and as a ratio.
//!
//! Wooldridge, J. M. (2023). Simple approaches to nonlinear difference-in-differences with panel
//! data. *The Econometrics Journal* 26(3), C31-C66. <https://doi.org/10.1093/ectj/utad016>
//!
//! Poisson pseudo-likelihood with cohort and period effects and a cell for every cohort and treated
//! period: trends are parallel in growth rates, not in levels, and zeros are no problem. A cell's
//! effect is the average over its rows of the fitted mean minus the mean without the cell's terms;
//! spread by the delta method from a covariance clustered with `G/(G-1) (N-1)/(N-K)`. Counts need
//! not be Poisson: only the mean must be right.

use faer::Mat;

use crate::did::effect::{Effect, check_level};
use crate::did::etwfe::{add_averages, cell_sizes, clusters, warnings};
use crate::did::etwfe_average::{Averages, Cell, Cells};
use crate::did::etwfe_design::{Comparison, Design, Level};
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::linear::{independent_columns, inverse, solve};
use crate::panel::Panel;

const COLLINEAR: f64 = 1e-10;
const STEPS: usize = 100;
/// How far the log of a mean without treatment may lie above the largest count: a factor of 1e13.
const BEYOND: f64 = 30.0;

/// What to estimate and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Which untreated rows are compared with.
    pub comparison: Comparison,
    /// Number of periods before the first treated one that may already be affected.
    pub anticipation: u32,
    /// Name of the covariate that counts are proportional to, such as inhabitants.
    pub exposure: Option<String>,
    /// Whether the other covariates of the panel enter, with periods, cohorts and cells.
    pub covariates: bool,
    /// Level of the intervals.
    pub level: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            comparison: Comparison::NotYetTreated,
            anticipation: 0,
            exposure: None,
            covariates: false,
            level: 0.95,
        }
    }
}

/// Effects on counts or rates.
#[derive(Debug, Clone, PartialEq)]
pub struct EtwfePoisson {
    /// Averages over cells, in counts per row.
    pub averages: Averages,
    /// Every cell.
    pub cells: Vec<Cell>,
    /// Log of the sum of fitted counts over what it would have been, over all treated rows;
    /// `exp(x) - 1` is the change as a share.
    pub log_ratio: Effect,
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

/// Estimates effects on counts or rates by extended two-way fixed effects.
///
/// ```
/// use statistics::did::etwfe_poisson::{estimate, Options};
/// use statistics::panel::{Columns, Panel};
///
/// let mut columns = Columns::default();
/// for (unit, first, counts) in [
///     ("a", Some(3), [10.0, 20.0, 60.0]),
///     ("b", Some(3), [20.0, 40.0, 120.0]),
///     ("c", None, [30.0, 60.0, 90.0]),
/// ] {
///     for (period, count) in (1..=3).zip(counts) {
///         columns.unit.push(unit.to_owned());
///         columns.period.push(period);
///         columns.first_treated.push(first);
///         columns.outcome.push(count);
///     }
/// }
/// let effect = estimate(&Panel::new(columns)?, &Options::default())?;
/// assert!((effect.log_ratio.estimate.exp() - 2.0).abs() < 1e-9);
/// # Ok::<(), statistics::fault::Fault>(())
/// ```
///
/// # Errors
///
/// A count below zero, an exposure that is not positive or not there, no treated row that can be
/// compared, a cohort or period whose untreated rows are all zero, fewer than two clusters, no more
/// rows than parameters, no convergence.
pub fn estimate(panel: &Panel, options: &Options) -> Result<EtwfePoisson, Fault> {
    check_level(options.level)?;
    let (offset, covariates) = offset(panel, options)?;
    if let Some(count) = panel.outcome.iter().find(|it| **it < 0.0) {
        return Err(Fault::argument("uitkomst", "een aantal van 0 of meer", count));
    }
    let design =
        Design::new(panel, options.anticipation, options.comparison, Level::Cohort, &covariates)?;
    let empty = empty_cells(&design)?;
    let mut fit = Fit::new(&design, offset, empty)?;
    fit.converge()?;
    let (covariance, clusters) = fit.covariance()?;
    let df = clusters as f64 - 1.0;
    let margins = Margins::of(&fit)?;
    let cells = margins.cells(&fit, &covariance, options, df);
    let mut warnings = warnings(&design, clusters, cells.keys.len());
    if fit.empty.contains(&true) {
        warnings.push(Warning::new(
            "empty-cell",
            "In minstens een groep en periode is na de behandeling niets geteld; daar is het effect \
             alles wat er anders geweest zou zijn.",
        ));
    }
    Ok(EtwfePoisson {
        averages: cells.averages()?,
        log_ratio: margins.log_ratio(&cells, &covariance)?,
        cells: cells.each()?,
        rows: design.rows.len(),
        left_out: design.left_out,
        clusters,
        degrees_of_freedom: df,
        level: options.level,
        warnings,
    })
}

impl Estimate for EtwfePoisson {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        add_averages(&mut figures, &self.averages, &self.cells);
        let ratio = &self.log_ratio;
        figures.add_with_se("log_ratio", ratio.estimate, ratio.standard_error);
        figures
    }

    fn summary(&self) -> String {
        let overall = &self.averages.overall;
        let mut text = format!(
            "Gemiddeld effect {} per waarneming, ofwel {} ({} tot {}), over {} behandelde \
             waarnemingen; het model rust op {} waarnemingen. De spreiding rekent met {} clusters.",
            overall.text(self.level),
            share(self.log_ratio.estimate),
            share(self.log_ratio.low),
            share(self.log_ratio.high),
            overall.rows,
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

/// The change that a log ratio stands for, in words where it is too large to print.
fn share(log_ratio: f64) -> String {
    let share = 100.0 * log_ratio.exp_m1();
    if share > 1e9 { "meer dan 1 miljard%".to_owned() } else { format!("{share:.1}%") }
}

/// The log of the exposure of each panel row, and the positions of the covariates that enter.
fn offset(panel: &Panel, options: &Options) -> Result<(Vec<f64>, Vec<usize>), Fault> {
    let mut covariates: Vec<usize> =
        if options.covariates { (0..panel.covariates.len()).collect() } else { Vec::new() };
    let Some(name) = &options.exposure else { return Ok((vec![0.0; panel.rows()], covariates)) };
    let names = panel.covariates.iter();
    let Some(position) = names.clone().position(|it| it.0 == *name) else {
        let all: Vec<&str> = names.map(|it| it.0.as_str()).collect();
        return Err(Fault::argument("omvang", format!("een van: {}", all.join(", ")), name));
    };
    covariates.retain(|it| *it != position);
    let values = &panel.covariates[position].1;
    match values.iter().find(|it| **it <= 0.0) {
        Some(value) => Err(Fault::argument(name, "een getal groter dan 0", value)),
        None => Ok((values.iter().map(|it| it.ln()).collect(), covariates)),
    }
}

/// Which cells hold nothing but zeros; a cohort or period whose other rows are all zero is a fault.
fn empty_cells(design: &Design<'_>) -> Result<Vec<bool>, Fault> {
    let panel = design.panel;
    let mut counted = vec![false; design.cells.len()];
    let mut cohorts = std::collections::BTreeMap::new();
    let mut periods = std::collections::BTreeMap::new();
    for &row in &design.rows {
        let some = panel.outcome[row] > 0.0 && design.weight(row) > 0.0;
        match design.cell(row) {
            Some(cell) => counted[cell] |= some,
            None => {
                *cohorts.entry(panel.cohort[panel.unit[row] as usize]).or_insert(false) |= some;
                *periods.entry(panel.periods[panel.period[row] as usize]).or_insert(false) |= some;
            }
        }
    }
    if let Some((cohort, _)) = cohorts.iter().find(|it| !*it.1) {
        let who = cohort.map_or("die nooit behandeld wordt".to_owned(), |it| format!("van {it}"));
        return Err(Fault::not_identified(format!(
            "In de groep {who} is zonder behandeling niets geteld; een groei is dan niet te schatten."
        )));
    }
    if let Some((period, _)) = periods.iter().find(|it| !*it.1) {
        return Err(Fault::not_identified(format!(
            "In periode {period} is bij niemand zonder behandeling iets geteld; een groei is dan \
             niet te schatten."
        )));
    }
    Ok(counted.into_iter().map(|it| !it).collect())
}

/// The fit by Newton's method with halved steps.
struct Fit<'a> {
    design: &'a Design<'a>,
    offset: Vec<f64>,
    /// Cells without a count: their mean is zero, and their rows tell nothing about the rest.
    empty: Vec<bool>,
    /// Rows that are fitted.
    rows: Vec<usize>,
    kept: Vec<usize>,
    coefficients: Vec<f64>,
}

impl<'a> Fit<'a> {
    fn new(design: &'a Design<'a>, offset: Vec<f64>, empty: Vec<bool>) -> Result<Self, Fault> {
        let fitted = |row: &usize| {
            design.weight(*row) > 0.0 && design.cell(*row).is_none_or(|cell| !empty[cell])
        };
        let rows: Vec<usize> = design.rows.iter().copied().filter(fitted).collect();
        let mut fit =
            Self { design, offset, empty, rows, kept: Vec::new(), coefficients: Vec::new() };
        fit.coefficients = vec![0.0; design.columns()];
        let (gram, _) = fit.information(|_, _| (1.0, 0.0));
        fit.kept = independent_columns(gram.as_ref(), COLLINEAR);
        // Start at the overall rate.
        let weigh = |row: &usize| design.weight(*row);
        let counts: f64 = fit.rows.iter().map(|it| weigh(it) * design.panel.outcome[*it]).sum();
        let size: f64 = fit.rows.iter().map(|it| weigh(it) * fit.offset[*it].exp()).sum();
        fit.coefficients[0] = (counts / size).ln();
        if !fit.coefficients[0].is_finite() {
            return Err(Fault::not_identified(
                "De aantallen zijn te groot of te klein om mee te rekenen; kies een andere eenheid.",
            ));
        }
        Ok(fit)
    }

    fn converge(&mut self) -> Result<(), Fault> {
        let mut loss = self.loss();
        for _ in 0..STEPS {
            let (information, score) = self.information(|row, index| {
                let mean = index.exp();
                (mean, self.design.panel.outcome[row] - mean)
            });
            let part = self.square(&information);
            let right = Mat::from_fn(self.kept.len(), 1, |row, _| score[self.kept[row]]);
            let step = solve(part.as_ref(), right.as_ref())?;
            let gain: f64 = (0..self.kept.len()).map(|it| step[(it, 0)] * right[(it, 0)]).sum();
            let before = self.coefficients.clone();
            let mut size = 1.0;
            loop {
                for (row, column) in self.kept.iter().enumerate() {
                    self.coefficients[*column] = before[*column] + size * step[(row, 0)];
                }
                let now = self.loss();
                // Rounding may hide the last gain; a step that is worse than that is halved.
                if now <= loss + 1e-9 * (1.0 + loss.abs()) || size < 1e-6 {
                    loss = now;
                    break;
                }
                size /= 2.0;
            }
            if gain <= 1e-20 * (1.0 + loss.abs()) {
                return Ok(());
            }
        }
        Err(Fault::NotConverged { method: "Het Poissonmodel".to_owned(), iterations: STEPS })
    }

    /// Minus the log-likelihood, but for what does not depend on the coefficients.
    fn loss(&self) -> f64 {
        let mut terms = Vec::new();
        let own = |row: &usize| {
            let index = self.index(*row, &mut terms);
            self.design.weight(*row) * (index.exp() - self.design.panel.outcome[*row] * index)
        };
        self.rows.iter().map(own).sum()
    }

    fn index(&self, row: usize, terms: &mut Vec<(usize, f64)>) -> f64 {
        self.design.terms(row, terms);
        self.offset[row] + terms.iter().map(|(a, x)| x * self.coefficients[*a]).sum::<f64>()
    }

    /// `sum(w x x')` and `sum(e x)`, with `of(row, index)` giving `w` and `e`.
    fn information(&self, of: impl Fn(usize, f64) -> (f64, f64)) -> (Mat<f64>, Vec<f64>) {
        let size = self.design.columns();
        let (mut information, mut score) = (Mat::<f64>::zeros(size, size), vec![0.0; size]);
        let mut terms = Vec::new();
        for &row in &self.rows {
            let index = self.index(row, &mut terms);
            let (w, e) = of(row, index);
            let weight = self.design.weight(row);
            for &(a, x) in &terms {
                score[a] += weight * e * x;
                for &(b, z) in &terms {
                    information[(a, b)] += weight * w * x * z;
                }
            }
        }
        (information, score)
    }

    fn square(&self, all: &Mat<f64>) -> Mat<f64> {
        let kept = &self.kept;
        Mat::from_fn(kept.len(), kept.len(), |a, b| all[(kept[a], kept[b])])
    }

    /// Clustered covariance of all columns (zero where not kept), and the number of clusters.
    fn covariance(&self) -> Result<(Mat<f64>, usize), Fault> {
        let clusters = clusters(self.design)?;
        let (g, n) = (clusters as f64, self.design.rows.len() as f64);
        let columns = self.kept.len() + self.empty.iter().filter(|it| **it).count();
        let free = n - columns as f64;
        if free <= 0.0 {
            return Err(Fault::not_identified(
                "Het model heeft evenveel onbekenden als waarnemingen; er is geen spreiding te \
                 schatten.",
            ));
        }
        let (information, _) = self.information(|_, index| (index.exp(), 0.0));
        let bread = inverse(self.square(&information).as_ref())?;
        let place = self.places();
        let mut scores = Mat::<f64>::zeros(self.design.panel.clusters.len(), self.kept.len());
        let mut terms = Vec::new();
        for &row in &self.rows {
            let index = self.index(row, &mut terms);
            let e = self.design.weight(row) * (self.design.panel.outcome[row] - index.exp());
            for &(a, x) in &terms {
                if let Some(at) = place[a] {
                    scores[(self.design.panel.cluster[row] as usize, at)] += e * x;
                }
            }
        }
        let half = &scores * &bread;
        let factor = g / (g - 1.0) * (n - 1.0) / free;
        Ok((half.transpose() * &half * faer::Scale(factor), clusters))
    }

    /// Where each column stands among the kept ones.
    fn places(&self) -> Vec<Option<usize>> {
        let mut places = vec![None; self.design.columns()];
        for (place, column) in self.kept.iter().enumerate() {
            places[*column] = Some(place);
        }
        places
    }
}

/// Sums over the rows of each cell of the mean with and without treatment, and their slopes.
struct Margins {
    /// Cells with a column of their own, or without any count.
    estimated: Vec<usize>,
    with: Vec<f64>,
    without: Vec<f64>,
    /// Slopes by cell and kept column.
    slope_with: Mat<f64>,
    slope_without: Mat<f64>,
}

impl Margins {
    fn of(fit: &Fit<'_>) -> Result<Self, Fault> {
        let (design, columns) = (fit.design, fit.kept.len());
        let cells = design.cells.len();
        let place = fit.places();
        let own = |cell: &usize| fit.empty[*cell] || place[design.cell_column(*cell)].is_some();
        let mut it = Self {
            estimated: (0..cells).filter(own).collect(),
            with: vec![0.0; cells],
            without: vec![0.0; cells],
            slope_with: Mat::zeros(cells, columns),
            slope_without: Mat::zeros(cells, columns),
        };
        let largest = design.rows.iter().map(|it| design.panel.outcome[*it]).fold(0.0, f64::max);
        let mut terms = Vec::new();
        for &row in &design.rows {
            let Some(cell) = design.cell(row) else { continue };
            let index = fit.index(row, &mut terms);
            let own: f64 = terms
                .iter()
                .filter(|(a, _)| design.of_cell(*a))
                .map(|(a, x)| x * fit.coefficients[*a])
                .sum();
            let beyond = index - own - largest.ln();
            if beyond.is_nan() || beyond > BEYOND {
                return Err(Fault::not_identified(
                    "Bij de kenmerken van behandelde waarnemingen zijn er te weinig onbehandelde: \
                     zonder behandeling zou er meer dan 10.000 miljard keer het grootste aantal \
                     uitkomen. Neem minder kenmerken mee.",
                ));
            }
            let weight = design.weight(row);
            let with = if fit.empty[cell] { 0.0 } else { weight * index.exp() };
            let without = weight * (index - own).exp();
            it.with[cell] += with;
            it.without[cell] += without;
            for &(a, x) in &terms {
                if let Some(at) = place[a] {
                    it.slope_with[(cell, at)] += with * x;
                    if !design.of_cell(a) {
                        it.slope_without[(cell, at)] += without * x;
                    }
                }
            }
        }
        Ok(it)
    }

    fn cells(&self, fit: &Fit<'_>, covariance: &Mat<f64>, options: &Options, df: f64) -> Cells {
        let (rows, weights) = cell_sizes(fit.design);
        let keys = &fit.design.cells;
        let own = &self.estimated;
        let slopes = Mat::from_fn(own.len(), covariance.nrows(), |it, at| {
            let cell = own[it];
            (self.slope_with[(cell, at)] - self.slope_without[(cell, at)]) / weights[cell]
        });
        Cells {
            keys: own.iter().map(|cell| keys[*cell]).collect(),
            estimates: own
                .iter()
                .map(|cell| (self.with[*cell] - self.without[*cell]) / weights[*cell])
                .collect(),
            covariance: &slopes * covariance * slopes.transpose(),
            rows: own.iter().map(|cell| rows[*cell]).collect(),
            weights: own.iter().map(|cell| weights[*cell]).collect(),
            anticipation: i64::from(options.anticipation),
            df,
            level: options.level,
        }
    }

    /// Over the treated cells.
    fn log_ratio(&self, cells: &Cells, covariance: &Mat<f64>) -> Result<Effect, Fault> {
        let treated: Vec<usize> = cells.treated();
        let rows = treated.iter().map(|it| cells.rows[*it]).sum();
        let treated: Vec<usize> = treated.into_iter().map(|it| self.estimated[it]).collect();
        let total = |values: &[f64]| treated.iter().map(|it| values[*it]).sum::<f64>();
        let (with, without) = (total(&self.with), total(&self.without));
        if with <= 0.0 {
            return Err(Fault::not_identified(
                "Na de behandeling is nergens iets geteld; een verhouding is dan niet te schatten.",
            ));
        }
        let slope = Mat::from_fn(1, covariance.nrows(), |_, at| {
            let sum = |slopes: &Mat<f64>| treated.iter().map(|it| slopes[(*it, at)]).sum::<f64>();
            sum(&self.slope_with) / with - sum(&self.slope_without) / without
        });
        let variance = (&slope * covariance * slope.transpose())[(0, 0)].max(0.0);
        Effect::new((with / without).ln(), variance.sqrt(), rows, cells.df, cells.level)
    }
}
