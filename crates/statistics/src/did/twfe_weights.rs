//! How two-way fixed effects weighs the effects per cohort and period, some of them negatively.
//!
//! de Chaisemartin, C. and D'Haultfoeuille, X. (2020). Two-way fixed effects estimators with
//! heterogeneous treatment effects. American Economic Review 110(9), 2964-2996, theorem 1.
//! <https://doi.org/10.1257/aer.20181169>.

use std::collections::BTreeMap;

use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::panel::Panel;

/// Weight of the effect on one cohort in one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CellWeight {
    /// First treated period of the cohort.
    pub cohort: i64,
    /// The period.
    pub period: i64,
    /// Share of the treated observations in this cell.
    pub share: f64,
    /// Weight of its effect; all sum to 1.
    pub weight: f64,
}

/// The weights with what they say about the estimate.
#[derive(Debug, Clone, PartialEq)]
pub struct TwfeWeights {
    /// The two-way fixed effects estimate.
    pub twfe: f64,
    /// Weights of the treated cells.
    pub cells: Vec<CellWeight>,
    warnings: Vec<Warning>,
}

impl TwfeWeights {
    /// Number of cells with a negative weight and the sum of those weights.
    pub fn negative(&self) -> (usize, f64) {
        let negative = self.cells.iter().filter(|it| it.weight < 0.0);
        (negative.clone().count(), negative.map(|it| it.weight).sum())
    }

    /// Smallest standard deviation of the effects over the treated cells at which the average
    /// effect can be 0 while the estimate is what it is (corollary 1); nothing when all weights
    /// equal the shares.
    pub fn heterogeneity_to_explain(&self) -> Option<f64> {
        let spread: f64 = self
            .cells
            .iter()
            .map(|it| it.share * (it.weight / it.share - 1.0).powi(2))
            .sum::<f64>()
            .sqrt();
        (spread > 1e-12).then(|| self.twfe.abs() / spread)
    }
}

/// Weights of all treated cells in the two-way fixed effects estimate.
///
/// # Errors
///
/// A panel with gaps or with weights, or a treatment that the fixed effects explain fully.
///
/// ```
/// use statistics::did::twfe_weights::twfe_weights;
/// use statistics::panel::{Columns, Panel};
///
/// let panel = Panel::new(Columns {
///     unit: ["a", "a", "b", "b"].map(str::to_owned).to_vec(),
///     period: vec![1, 2, 1, 2],
///     first_treated: vec![Some(2), Some(2), None, None],
///     outcome: vec![1.0, 4.0, 1.0, 2.0],
///     ..Columns::default()
/// })?;
/// assert_eq!(twfe_weights(&panel)?.cells[0].weight, 1.0);
/// # Ok::<(), statistics::fault::Fault>(())
/// ```
pub fn twfe_weights(panel: &Panel) -> Result<TwfeWeights, Fault> {
    panel.require_balanced()?;
    if panel.weight.windows(2).any(|it| it[0] != it[1]) {
        return Err(Fault::not_identified(
            "De TWFE-gewichten gelden voor ongewogen panels; laat de gewichten weg.",
        ));
    }
    let residual = Residual::new(panel);
    let mut cells: BTreeMap<(i64, i64), (f64, f64)> = BTreeMap::new();
    let (mut treated, mut total, mut product) = (0.0, 0.0, 0.0);
    for row in 0..panel.rows() {
        let (unit, period) = (panel.unit[row] as usize, panel.period[row] as usize);
        let own = residual.of(unit, period, panel.treated(row));
        product += own * panel.outcome[row];
        if let Some(cohort) = panel.cohort[unit].filter(|_| panel.treated(row)) {
            let cell = cells.entry((cohort, panel.periods[period])).or_default();
            *cell = (cell.0 + 1.0, cell.1 + own);
            treated += 1.0;
            total += own;
        }
    }
    // The sum of squared residuals, since they are orthogonal to the fixed effects.
    if total <= 1e-12 * panel.rows() as f64 {
        return Err(Fault::not_identified(
            "De behandeling valt samen met de vaste effecten: er is geen TWFE-schatting.",
        ));
    }
    let cells = cells.into_iter().map(|((cohort, period), (count, sum))| CellWeight {
        cohort,
        period,
        share: count / treated,
        weight: sum / total,
    });
    let twfe = product / total;
    if !twfe.is_finite() {
        return Err(Fault::not_identified("De uitkomsten zijn te groot om mee te rekenen."));
    }
    let mut found = TwfeWeights { twfe, cells: cells.collect(), warnings: Vec::new() };
    let (count, sum) = found.negative();
    if count > 0 {
        found.warnings.push(Warning::new(
            "negative-weights",
            format!(
                "TWFE weegt {count} van de {} cohort-periodes negatief (samen {sum:.3}); de \
                 schatting kan daardoor zelfs een ander teken hebben dan elk effect.",
                found.cells.len()
            ),
        ));
    }
    Ok(found)
}

/// What unit and period do not explain of the treatment.
struct Residual {
    by_unit: Vec<f64>,
    by_period: Vec<f64>,
    mean: f64,
}

impl Residual {
    fn new(panel: &Panel) -> Self {
        let (units, periods) = (panel.units.len() as f64, panel.periods.len() as f64);
        let (mut by_unit, mut by_period) =
            (vec![0.0; panel.units.len()], vec![0.0; panel.periods.len()]);
        for row in (0..panel.rows()).filter(|row| panel.treated(*row)) {
            by_unit[panel.unit[row] as usize] += 1.0 / periods;
            by_period[panel.period[row] as usize] += 1.0 / units;
        }
        let mean = by_period.iter().sum::<f64>() / periods;
        Self { by_unit, by_period, mean }
    }

    fn of(&self, unit: usize, period: usize, treated: bool) -> f64 {
        f64::from(u8::from(treated)) - self.by_unit[unit] - self.by_period[period] + self.mean
    }
}

impl Estimate for TwfeWeights {
    fn figures(&self) -> Figures {
        let (count, sum) = self.negative();
        let mut figures = Figures::new();
        figures.add("twfe", self.twfe);
        figures.add("n_negative", count as f64);
        figures.add("sum_negative", sum);
        if let Some(spread) = self.heterogeneity_to_explain() {
            figures.add("sd_to_explain", spread);
        }
        for it in &self.cells {
            figures.add(format!("w_g{}_t{}", it.cohort, it.period), it.weight);
        }
        figures
    }

    fn summary(&self) -> String {
        let (count, sum) = self.negative();
        format!(
            "TWFE-schatting {:.4} als gewogen som van {} effecten per cohort en periode; {count} \
             daarvan hebben een negatief gewicht (samen {sum:.3}).",
            self.twfe,
            self.cells.len()
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
