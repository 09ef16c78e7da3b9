//! Two-stage difference-in-differences.
//!
//! Gardner, J. (2022). Two-stage differences in differences. arXiv:2207.05943.
//! <https://arxiv.org/abs/2207.05943>
//!
//! First stage: unit and period effects (and covariates) on untreated rows. Second stage: the
//! outcome minus what the first stage predicts, regressed on treatment. The points are those of
//! [`crate::did::imputation`]; the variance is that of both stages as one GMM problem, without a
//! small-sample factor. It counts effects that differ between cohorts as noise, so it is wider.

use crate::did::effect::{Effect, check_level};
use crate::did::imputation::{
    Adjustment, by_label, clusters, cohort_of, effects, fit_untreated, horizon_of, imputed,
    left_out, targets, units_treated, warnings,
};
use crate::did::imputation_variance::{Centre, influences};
use crate::did::untreated::treated_rows;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::panel::Panel;

/// What to estimate and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// How covariates enter the first stage.
    pub adjustment: Adjustment,
    /// Number of periods before the first treated one that may already be affected.
    pub anticipation: u32,
    /// Level of the intervals.
    pub level: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { adjustment: Adjustment::None, anticipation: 0, level: 0.95 }
    }
}

/// Effects in two stages.
#[derive(Debug, Clone, PartialEq)]
pub struct TwoStage {
    /// One coefficient for all treated rows.
    pub overall: Effect,
    /// One coefficient for each number of periods since the first treated one.
    pub by_horizon: Vec<(i64, Effect)>,
    /// One coefficient for each first treated period.
    pub by_cohort: Vec<(i64, Effect)>,
    /// Rows of the first stage.
    pub rows_fitted: usize,
    /// Treated rows of the second stage.
    pub rows_treated: usize,
    /// Treated rows that the first stage cannot predict, as (unit, period).
    pub left_out: Vec<(String, i64)>,
    /// Units with a treated row in the estimate.
    pub units_treated: usize,
    /// Number of clusters.
    pub clusters: usize,
    /// Degrees of freedom of the intervals: clusters minus one.
    pub degrees_of_freedom: f64,
    /// Level of the intervals.
    pub level: f64,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

/// Estimates effects in two stages.
///
/// ```
/// use statistics::did::two_stage::{estimate, Options};
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
/// assert!((effect.overall.estimate - 2.0).abs() < 1e-12);
/// # Ok::<(), statistics::fault::Fault>(())
/// ```
///
/// # Errors
///
/// No treated row, no untreated row, no treated row that can be predicted, one cluster, numbers
/// too large.
pub fn estimate(panel: &Panel, options: &Options) -> Result<TwoStage, Fault> {
    check_level(options.level)?;
    let treated = treated_rows(panel, options.anticipation);
    let fit = fit_untreated(panel, &treated, options.adjustment)?;
    let (targets, labels) = targets(&fit);
    let all = influences(&fit, &targets, Centre::Estimate)?;
    let clusters = clusters(panel, &fit)?;
    let df = clusters as f64 - 1.0;
    let effects = effects(&fit, &targets, &all, df, options.level)?;
    Ok(TwoStage {
        overall: effects[0],
        by_horizon: by_label(&labels, &effects, horizon_of),
        by_cohort: by_label(&labels, &effects, cohort_of),
        rows_fitted: fit.fit_rows(),
        rows_treated: imputed(&fit).count(),
        left_out: left_out(&fit),
        units_treated: units_treated(&fit),
        clusters,
        degrees_of_freedom: df,
        level: options.level,
        warnings: warnings(&fit, clusters, options.adjustment),
    })
}

impl Estimate for TwoStage {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        figures.add_with_se("att", self.overall.estimate, self.overall.standard_error);
        for (name, effects) in [("dyn", &self.by_horizon), ("group", &self.by_cohort)] {
            for (value, it) in effects {
                figures.add_with_se(&format!("{name}_{value}"), it.estimate, it.standard_error);
            }
        }
        figures
    }

    fn summary(&self) -> String {
        let mut text = format!(
            "Effect in twee stappen {}, over {} behandelde waarnemingen van {} eenheden; de eerste \
             stap rust op {} onbehandelde waarnemingen. De spreiding rekent met {} clusters.",
            self.overall.text(self.level),
            self.overall.rows,
            self.units_treated,
            self.rows_fitted,
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
