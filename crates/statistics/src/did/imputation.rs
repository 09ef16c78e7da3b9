//! Imputation: what the treated would have been, told by the untreated.
//!
//! Borusyak, K., Jaravel, X. & Spiess, J. (2024). Revisiting event-study designs: robust and
//! efficient estimation. *Review of Economic Studies* 91(6), 3253-3285.
//! <https://doi.org/10.1093/restud/rdae007>
//!
//! Theorem 2: fit `y = alpha_i + lambda_t + x'beta` on untreated rows, impute the untreated outcome
//! of the treated rows, and average the differences with weights of one's own choice. Theorem 3:
//! a conservative variance that leaves room for effects that differ within a cohort and period.
//! Pre-trends are tested on the untreated rows alone, so the test and the estimate do not share
//! their noise in the treated rows.

use crate::did::effect::{Effect, check_level};
use crate::did::imputation_variance::{Centre, Influence, influences};
use crate::did::pre_trend::{self, Leads, PreTrend};
use crate::did::untreated::{Role, Untreated, treated_rows};
use crate::distribution::f_p;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::panel::Panel;

/// How the covariates of the panel enter the untreated outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Adjustment {
    /// Not at all.
    #[default]
    None,
    /// One coefficient per covariate; what is constant within units drops out.
    Linear,
    /// One coefficient per covariate and period: the covariate may shift the trend.
    ByPeriod,
}

/// What to estimate and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// How covariates enter.
    pub adjustment: Adjustment,
    /// Number of periods before the first treated one that may already be affected.
    pub anticipation: u32,
    /// Whether a cluster is left out of the average effect that it is compared with; better with
    /// small cohorts, impossible with a cohort of one.
    pub leave_one_out: bool,
    /// Which leads the pre-trend test holds.
    pub leads: Leads,
    /// Level of the intervals.
    pub level: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            adjustment: Adjustment::None,
            anticipation: 0,
            leave_one_out: false,
            leads: Leads::All,
            level: 0.95,
        }
    }
}

/// A joint test that all cohorts have the same effect.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CohortTest {
    /// Wald statistic of the differences from the first cohort, divided by their number.
    pub statistic: f64,
    /// Number of differences.
    pub differences: usize,
    /// Its p-value under F with (differences, clusters - 1) degrees of freedom.
    pub p_value: f64,
}

/// Effects by imputation.
#[derive(Debug, Clone, PartialEq)]
pub struct Imputation {
    /// Average over all treated rows that could be imputed.
    pub overall: Effect,
    /// By number of periods since the first treated one.
    pub by_horizon: Vec<(i64, Effect)>,
    /// By first treated period.
    pub by_cohort: Vec<(i64, Effect)>,
    /// Covariance of the effects by horizon, row by row.
    pub covariance_by_horizon: Vec<Vec<f64>>,
    /// Covariance of the effects by cohort, row by row.
    pub covariance_by_cohort: Vec<Vec<f64>>,
    /// Whether cohorts have different effects; nothing with one cohort or without spread.
    pub cohort_test: Option<CohortTest>,
    /// Leads on the untreated rows; nothing when there are too few periods before treatment.
    pub pre_trend: Option<PreTrend>,
    /// Rows that the untreated outcome was fitted on.
    pub rows_fitted: usize,
    /// Treated rows whose untreated outcome could be imputed.
    pub rows_imputed: usize,
    /// Treated rows that could not be imputed, as (unit, period).
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

/// Estimates effects by imputation.
///
/// ```
/// use statistics::did::imputation::{estimate, Options};
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
/// No treated row, no untreated row, no treated row that can be imputed, one cluster, numbers too
/// large; with `leave_one_out` a cohort and period with one cluster.
pub fn estimate(panel: &Panel, options: &Options) -> Result<Imputation, Fault> {
    check_level(options.level)?;
    let treated = treated_rows(panel, options.anticipation);
    let fit = fit_untreated(panel, &treated, options.adjustment)?;
    let (targets, labels) = targets(&fit);
    let centre = Centre::Cell { leave_one_out: options.leave_one_out };
    let all = influences(&fit, &targets, centre)?;
    let clusters = clusters(panel, &fit)?;
    let df = clusters as f64 - 1.0;
    let effects = effects(&fit, &targets, &all, df, options.level)?;
    let covariance = |wanted: fn(&Label) -> Option<i64>| -> Vec<Vec<f64>> {
        let own: Vec<&Influence> =
            labels.iter().zip(&all).filter(|it| wanted(it.0).is_some()).map(|it| it.1).collect();
        own.iter().map(|a| own.iter().map(|b| a.covariance(b)).collect()).collect()
    };
    let by_cohort = by_label(&labels, &effects, cohort_of);
    let covariance_by_cohort = covariance(cohort_of);
    let mut warnings = warnings(&fit, clusters, options.adjustment);
    let pre_trend =
        pre_trend::test(panel, &treated, adjust(panel, options.adjustment), options.leads)
            .map_err(|fault| warnings.push(Warning::new("no-pre-trend", fault.to_string())))
            .ok();
    Ok(Imputation {
        overall: effects[0],
        by_horizon: by_label(&labels, &effects, horizon_of),
        cohort_test: cohort_test(&by_cohort, &covariance_by_cohort, df),
        covariance_by_horizon: covariance(horizon_of),
        covariance_by_cohort,
        by_cohort,
        pre_trend,
        rows_fitted: fit.fit_rows(),
        rows_imputed: imputed(&fit).count(),
        left_out: left_out(&fit),
        units_treated: units_treated(&fit),
        clusters,
        degrees_of_freedom: df,
        level: options.level,
        warnings,
    })
}

impl Estimate for Imputation {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        figures.add_with_se("att", self.overall.estimate, self.overall.standard_error);
        if let Some(leads) = &self.pre_trend {
            for lead in &leads.leads {
                figures.add_with_se(
                    &format!("dyn_{}", lead.horizon),
                    lead.estimate,
                    lead.homoskedastic_standard_error,
                );
                figures.add(format!("cluster_se_dyn_{}", lead.horizon), lead.standard_error);
            }
        }
        for (name, effects) in [("dyn", &self.by_horizon), ("group", &self.by_cohort)] {
            for (value, it) in effects {
                figures.add_with_se(&format!("{name}_{value}"), it.estimate, it.standard_error);
            }
        }
        figures
    }

    fn summary(&self) -> String {
        let mut text = format!(
            "Gemiddeld effect {}, over {} behandelde waarnemingen van {} eenheden; wat er zonder \
             behandeling was gebeurd, is geschat op {} onbehandelde waarnemingen. De spreiding \
             rekent met {} clusters.",
            self.overall.text(self.level),
            self.overall.rows,
            self.units_treated,
            self.rows_fitted,
            self.clusters
        );
        if let Some(test) = &self.cohort_test {
            let p = test.p_value;
            text.push_str(&format!(" Of de groepen een verschillend effect hebben: p = {p:.3}."));
        }
        if let Some(leads) = &self.pre_trend {
            text.push(' ');
            text.push_str(&leads.summary());
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

/// Differences from the first cohort, tested together.
fn cohort_test(cohorts: &[(i64, Effect)], covariance: &[Vec<f64>], df: f64) -> Option<CohortTest> {
    let (first, others) = cohorts.split_first()?;
    let differences: Vec<f64> = others.iter().map(|it| it.1.estimate - first.1.estimate).collect();
    let spread: Vec<Vec<f64>> = (1..cohorts.len())
        .map(|a| {
            let with =
                |b| covariance[a][b] - covariance[a][0] - covariance[0][b] + covariance[0][0];
            (1..cohorts.len()).map(with).collect()
        })
        .collect();
    let (statistic, terms) = pre_trend::wald(&differences, &spread);
    let test =
        CohortTest { statistic, differences: terms, p_value: f_p(statistic, terms as f64, df) };
    (terms > 0 && statistic.is_finite()).then_some(test)
}

pub(super) enum Label {
    Overall,
    Horizon(i64),
    Cohort(i64),
}

pub(super) type Counts<'a> = Box<dyn Fn(usize) -> bool + Sync + 'a>;

/// What is averaged: all, by horizon, by cohort.
pub(super) fn targets<'a>(fit: &'a Untreated<'_>) -> (Vec<Counts<'a>>, Vec<Label>) {
    let cohort = |row: usize| fit.panel.cohort[fit.panel.unit[row] as usize].unwrap_or_default();
    let horizon = move |row: usize| {
        fit.panel.periods[fit.panel.period[row] as usize].saturating_sub(cohort(row))
    };
    let distinct = |value: &dyn Fn(usize) -> i64| {
        let mut all: Vec<i64> = imputed(fit).map(value).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let mut targets: Vec<Counts<'a>> = vec![Box::new(|_| true)];
    let mut labels = vec![Label::Overall];
    for wanted in distinct(&horizon) {
        targets.push(Box::new(move |row| horizon(row) == wanted));
        labels.push(Label::Horizon(wanted));
    }
    for wanted in distinct(&cohort) {
        targets.push(Box::new(move |row| {
            fit.panel.cohort[fit.panel.unit[row] as usize] == Some(wanted)
        }));
        labels.push(Label::Cohort(wanted));
    }
    (targets, labels)
}

/// Fits the untreated outcome, or says why nothing can be imputed.
pub(super) fn fit_untreated<'a>(
    panel: &'a Panel,
    treated: &[bool],
    adjustment: Adjustment,
) -> Result<Untreated<'a>, Fault> {
    if !treated.contains(&true) {
        return Err(Fault::not_identified(
            "Geen enkele eenheid wordt in deze periode behandeld; er is geen effect te meten.",
        ));
    }
    let fit = Untreated::fit(panel, treated, adjust(panel, adjustment))?;
    if imputed(&fit).next().is_none() {
        return Err(Fault::not_identified(
            "Van geen enkele behandelde waarneming is te zeggen hoe het zonder behandeling was \
             gegaan. Daarvoor is van dezelfde eenheid een waarneming van vóór de behandeling nodig, \
             en in dezelfde periode een andere eenheid die nog niet behandeld was.",
        ));
    }
    Ok(fit)
}

pub(super) fn imputed(fit: &Untreated<'_>) -> impl Iterator<Item = usize> {
    (0..fit.roles.len()).filter(|row| fit.roles[*row] == Role::Imputed)
}

/// Number of clusters that have a row in the estimate.
pub(super) fn clusters(panel: &Panel, fit: &Untreated<'_>) -> Result<usize, Fault> {
    let mut used = vec![false; panel.clusters.len()];
    for row in (0..panel.rows()).filter(|row| fit.roles[*row] != Role::Left) {
        used[panel.cluster[row] as usize] = true;
    }
    let clusters = used.iter().filter(|it| **it).count();
    if clusters < 2 {
        return Err(Fault::not_identified(
            "Alle waarnemingen horen bij één cluster; een spreiding vraagt er minstens twee.",
        ));
    }
    Ok(clusters)
}

/// Each target as an effect, with the number of rows in it.
pub(super) fn effects(
    fit: &Untreated<'_>,
    targets: &[Counts<'_>],
    influences: &[Influence],
    df: f64,
    level: f64,
) -> Result<Vec<Effect>, Fault> {
    let effect = |(it, counts): (&Influence, &Counts<'_>)| {
        let rows = imputed(fit).filter(|row| counts(*row)).count();
        Effect::new(it.estimate, it.standard_error(), rows, df, level)
    };
    influences.iter().zip(targets).map(effect).collect()
}

pub(super) fn by_label(
    labels: &[Label],
    effects: &[Effect],
    wanted: fn(&Label) -> Option<i64>,
) -> Vec<(i64, Effect)> {
    let pairs = labels.iter().zip(effects);
    pairs.filter_map(|(label, effect)| Some((wanted(label)?, *effect))).collect()
}

pub(super) fn horizon_of(label: &Label) -> Option<i64> {
    if let Label::Horizon(horizon) = label { Some(*horizon) } else { None }
}

pub(super) fn cohort_of(label: &Label) -> Option<i64> {
    if let Label::Cohort(cohort) = label { Some(*cohort) } else { None }
}

pub(super) fn left_out(fit: &Untreated<'_>) -> Vec<(String, i64)> {
    let panel = fit.panel;
    (0..panel.rows())
        .filter(|row| fit.roles[*row] == Role::Left && fit.weight[*row] > 0.0)
        .map(|row| {
            (
                panel.units[panel.unit[row] as usize].clone(),
                panel.periods[panel.period[row] as usize],
            )
        })
        .collect()
}

pub(super) fn units_treated(fit: &Untreated<'_>) -> usize {
    let mut units: Vec<u32> = imputed(fit).map(|row| fit.panel.unit[row]).collect();
    units.dedup();
    units.len()
}

/// The covariates as columns of the design.
pub(super) fn adjust(panel: &Panel, adjustment: Adjustment) -> Vec<Vec<f64>> {
    match adjustment {
        Adjustment::None => Vec::new(),
        Adjustment::Linear => panel.covariates.iter().map(|(_, values)| values.clone()).collect(),
        Adjustment::ByPeriod => panel
            .covariates
            .iter()
            .flat_map(|(_, values)| {
                (0..panel.periods.len()).map(|wanted| {
                    let own = |(value, period): (&f64, &u32)| {
                        if *period as usize == wanted { *value } else { 0.0 }
                    };
                    values.iter().zip(&panel.period).map(own).collect()
                })
            })
            .collect(),
    }
}

pub(super) fn warnings(
    fit: &Untreated<'_>,
    clusters: usize,
    adjustment: Adjustment,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let left_out = left_out(fit);
    if !left_out.is_empty() {
        let mut units: Vec<&String> = left_out.iter().map(|it| &it.0).collect();
        units.dedup();
        warnings.push(Warning::new(
            "not-imputed",
            format!(
                "{} behandelde waarnemingen van {} eenheden tellen niet mee: er is geen waarneming \
                 van vóór de behandeling, of niemand was in die periode nog onbehandeld.",
                left_out.len(),
                units.len()
            ),
        ));
    }
    if fit.components() > 1 {
        warnings.push(Warning::new(
            "not-connected",
            "De onbehandelde waarnemingen vallen uiteen in groepen zonder gedeelde periode; elke \
             groep wordt alleen met zichzelf vergeleken.",
        ));
    }
    if clusters < 30 {
        warnings.push(Warning::new(
            "few-clusters",
            format!(
                "Er zijn maar {clusters} clusters; het interval kan te smal zijn. Toets ook met \
                 randomisatie of een wild bootstrap."
            ),
        ));
    }
    for (position, (name, _)) in fit.panel.covariates.iter().enumerate() {
        if adjustment == Adjustment::Linear && !fit.estimated(position) {
            warnings.push(Warning::new(
                "covariate-dropped",
                format!(
                    "Covariaat ‘{name}’ verandert niet binnen eenheden of volgt uit de andere; \
                         zij telt niet mee."
                ),
            ));
        }
    }
    warnings
}
