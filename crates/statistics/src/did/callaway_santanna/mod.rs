//! Staggered adoption: effects per cohort and period, and their averages.
//!
//! Callaway, B. and Sant'Anna, P.H.C. (2021). Difference-in-differences with multiple time
//! periods. Journal of Econometrics 225(2), 200-230.
//! <https://doi.org/10.1016/j.jeconom.2020.12.001>.
//!
//! `ATT(g,t)` is the change of cohort `g` from its base period to `t`, less that of units that are
//! not treated by then. Its averages over cohorts weigh by the number of units; their standard
//! errors cover the estimation of those weights, as that paper's section 4 asks: they hold for the
//! population that the units are a draw of.

mod aggregate;
mod closed_form;
mod conditional;
mod design;
mod inference;
mod influence;
mod report;

use self::aggregate::Average;
use self::design::Design;
use self::inference::Inference;
use self::influence::{Clusters, Influence, Loading};
pub use super::bands::{Bootstrap, Weights};
pub use super::doubly_robust::Method;
use crate::fault::Fault;
use crate::figures::Warning;
use crate::panel::Panel;

/// What to compare and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Whom to compare with.
    pub control: Control,
    /// How covariates are used; without covariates the three are equal.
    pub method: Method,
    /// Base period of the effects before the start.
    pub base: BasePeriod,
    /// Number of periods before the start in which the treatment may already show.
    pub anticipation: u32,
    /// Whether the rows follow units through time.
    pub sampling: Sampling,
    /// Draws for standard errors and uniform bands; without it they are analytic and pointwise.
    pub bootstrap: Option<Bootstrap>,
    /// Coverage of the intervals.
    pub level: f64,
}

impl Default for Options {
    /// Never treated, doubly robust, varying base, a balanced panel, analytic, 95%.
    fn default() -> Self {
        Self {
            control: Control::Never,
            method: Method::DoublyRobust,
            base: BasePeriod::Varying,
            anticipation: 0,
            sampling: Sampling::Panel,
            bootstrap: None,
            level: 0.95,
        }
    }
}

/// Whom the treated are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Control {
    /// Units that are never treated in the periods of the data.
    #[default]
    Never,
    /// Units that are not treated by the period of the effect.
    NotYet,
}

/// What the periods before the start are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BasePeriod {
    /// The period before each.
    #[default]
    Varying,
    /// The last period before the start (and before any anticipation) for all.
    Universal,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sampling {
    /// Units followed through all periods; a gap is refused.
    #[default]
    Panel,
    /// Units followed through time; those with a gap are left out, with a warning.
    CompleteUnits,
    /// Other units in each period, or units that come and go.
    CrossSections,
}

/// An estimate and its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// The estimate.
    pub estimate: f64,
    /// Standard error; nothing where the estimate is 0 by construction.
    pub standard_error: Option<f64>,
}

impl Effect {
    /// The interval that reaches `critical` standard errors to both sides.
    pub fn interval(&self, critical: f64) -> Option<(f64, f64)> {
        let reach = critical * self.standard_error?;
        Some((self.estimate - reach, self.estimate + reach))
    }
}

/// Effect on one cohort in one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupTime {
    /// First treated period of the cohort.
    pub cohort: i64,
    /// The period.
    pub period: i64,
    /// The period that it is compared with.
    pub base: i64,
    /// The effect.
    pub effect: Effect,
    /// Units in the cohort.
    pub treated: usize,
    /// Units that it is compared with.
    pub controls: usize,
}

/// An average in parts: by event time, cohort or period.
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregation {
    /// The average of the parts (of event times from 0 on).
    pub overall: Effect,
    /// Event time, cohort or period, ascending, with its effect.
    pub parts: Vec<(i64, Effect)>,
    /// Critical value of the uniform band over the parts, when it was drawn.
    pub critical: Option<f64>,
    /// Analytic covariance of the parts, row by row.
    pub covariance: Vec<Vec<f64>>,
}

/// Wald test that all effects before the start are zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pretest {
    /// The statistic.
    pub statistic: f64,
    /// Degrees of freedom.
    pub df: usize,
    /// p-value under the chi-squared distribution.
    pub p: f64,
}

/// The estimates of [`callaway_santanna`].
#[derive(Debug, Clone, PartialEq)]
pub struct CallawaySantanna {
    /// Effects per cohort and period.
    pub effects: Vec<GroupTime>,
    /// Critical value of the uniform band over the effects, when it was drawn.
    pub critical: Option<f64>,
    /// Average over all treated units and periods.
    pub simple: Effect,
    /// Averages by time since the start.
    pub dynamic: Aggregation,
    /// Averages by cohort.
    pub group: Aggregation,
    /// Averages by period.
    pub calendar: Aggregation,
    /// Test of the effects before the start.
    pub pretest: Option<Pretest>,
    /// Units that take part.
    pub units: usize,
    /// Units in the cohorts that have an effect: they carry the estimate.
    pub treated: usize,
    /// Units that are never treated.
    pub never_treated: usize,
    /// Independent units (clusters) that the standard errors rest on.
    pub clusters: usize,
    /// Options of the estimate.
    pub options: Options,
    /// What limits the estimate.
    pub warnings: Vec<Warning>,
}

/// Estimates per cohort and period with their influence functions.
struct Estimates {
    /// Estimate and loading per cell of the design.
    effects: Vec<(f64, Loading)>,
    influence: Influence,
    totals: GroupTotals,
    warnings: Vec<Warning>,
}

/// Total weight of each group of the design.
struct GroupTotals(Vec<f64>);

/// Effects of a treatment that starts at different times and stays on.
///
/// Uses every covariate of the panel, measured in the earlier of the two periods of an effect.
/// Units are independent, or clusters where the panel has them.
///
/// # Errors
///
/// A panel with gaps (see [`Sampling`]), one period, no treated units, no units to compare with
/// (with [`Control::Never`]: nobody is never treated), no effect that the covariates identify, a
/// cluster or weight that changes within a unit, numbers too large to square.
///
/// ```
/// use statistics::did::callaway_santanna::{Options, callaway_santanna};
/// use statistics::panel::{Columns, Panel};
///
/// let unit = ["a", "a", "b", "b", "c", "c", "d", "d"];
/// let panel = Panel::new(Columns {
///     unit: unit.map(str::to_owned).to_vec(),
///     period: [2020, 2021].repeat(4),
///     first_treated: [vec![Some(2021); 4], vec![None; 4]].concat(),
///     outcome: vec![1.0, 4.0, 2.0, 6.0, 1.0, 2.0, 3.0, 5.0],
///     ..Columns::default()
/// })?;
/// let found = callaway_santanna(&panel, &Options::default())?;
/// assert_eq!(found.simple.estimate, 2.0);
/// # Ok::<(), statistics::fault::Fault>(())
/// ```
pub fn callaway_santanna(panel: &Panel, options: &Options) -> Result<CallawaySantanna, Fault> {
    check_options(options)?;
    let mut design = Design::new(panel, options)?;
    let starts = starts(panel);
    let clusters = Clusters::new(panel, &design);
    if options.sampling != Sampling::CrossSections {
        check_constant(panel, clusters.is_some())?;
    }
    check_weights(panel, &design, &starts)?;
    let clusters = clusters.as_ref();
    let estimates = if options.sampling == Sampling::CrossSections || !panel.covariates.is_empty() {
        conditional::estimate(panel, &mut design, options, &starts, clusters)?
    } else {
        closed_form::estimate(panel, &design, &starts, clusters)
    };
    let clusters = clusters.map_or(design.units(), |it| it.count);
    assemble(&design, estimates, options, clusters)
}

fn assemble(
    design: &Design,
    mut estimates: Estimates,
    options: &Options,
    clusters: usize,
) -> Result<CallawaySantanna, Fault> {
    let averages = Average::all(design, &estimates)?;
    let mut warnings = design.warnings.clone();
    warnings.append(&mut estimates.warnings);
    let found = Inference::new(&estimates, &averages, options)?;
    let pretest = inference::pretest(design, &estimates);
    if clusters < 30 {
        warnings.push(Warning::new(
            "few-clusters",
            format!(
                "De standaardfouten rusten op {clusters} onafhankelijke eenheden; onder de 30 zijn \
                 zij meestal te klein."
            ),
        ));
    }
    let of = |wanted: &dyn Fn(&design::Group) -> bool| -> usize {
        design.groups.iter().filter(|it| wanted(it)).map(|it| it.units.len()).sum()
    };
    let with_effect = |group: usize| design.cells.iter().any(|it| it.group == group);
    let groups = (0..design.groups.len()).filter(|it| with_effect(*it));
    let [dynamic, group, calendar] = found.aggregations;
    Ok(CallawaySantanna {
        effects: design.group_times(&found.effects),
        critical: found.critical,
        simple: found.simple,
        dynamic,
        group,
        calendar,
        pretest,
        units: design.units(),
        treated: groups.map(|it| design.groups[it].units.len()).sum(),
        never_treated: of(&|it| it.first.is_none()),
        clusters,
        options: options.clone(),
        warnings,
    })
}

impl Design {
    fn group_times(&self, effects: &[Effect]) -> Vec<GroupTime> {
        let units = |group: &usize| self.groups[*group].units.len();
        let row = |(cell, effect): (&design::Cell, &Effect)| GroupTime {
            cohort: self.groups[cell.group].first.unwrap_or_default(),
            period: self.periods[cell.period],
            base: self.periods[cell.base],
            effect: *effect,
            treated: units(&cell.group),
            controls: cell.controls.iter().map(units).sum(),
        };
        self.cells.iter().zip(effects).map(row).collect()
    }
}

fn check_options(options: &Options) -> Result<(), Fault> {
    if !(options.level > 0.0 && options.level < 1.0) {
        return Err(Fault::argument("betrouwbaarheid", "een getal tussen 0 en 1", options.level));
    }
    match options.bootstrap {
        Some(it) if it.draws < 20 => {
            Err(Fault::argument("aantal trekkingen", "20 of meer", it.draws))
        }
        _ => Ok(()),
    }
}

/// First row of each unit.
fn starts(panel: &Panel) -> Vec<usize> {
    let mut starts = Vec::with_capacity(panel.units.len());
    for (row, unit) in panel.unit.iter().enumerate() {
        if starts.len() == *unit as usize {
            starts.push(row);
        }
    }
    starts
}

/// A unit of a panel has one cluster and one weight.
fn check_constant(panel: &Panel, clustered: bool) -> Result<(), Fault> {
    let changes = |row: usize| {
        panel.unit[row] == panel.unit[row - 1]
            && (clustered && panel.cluster[row] != panel.cluster[row - 1]
                || !panel.weight.is_empty() && panel.weight[row] != panel.weight[row - 1])
    };
    if panel.weight.is_empty() && !clustered {
        return Ok(());
    }
    match (1..panel.rows()).find(|row| changes(*row)) {
        None => Ok(()),
        Some(row) => Err(Fault::not_identified(format!(
            "Eenheid ‘{}’ verandert in periode {} van cluster of gewicht; in een panel heeft een \
             eenheid er één van.",
            panel.units[panel.unit[row] as usize], panel.periods[panel.period[row] as usize]
        ))),
    }
}

/// Every group has some weight.
fn check_weights(panel: &Panel, design: &Design, starts: &[usize]) -> Result<(), Fault> {
    let weighty = |unit: &usize| panel.weight.get(starts[*unit]).is_none_or(|it| *it > 0.0);
    match design.groups.iter().find(|it| !it.units.iter().any(weighty)) {
        None => Ok(()),
        Some(it) => Err(Fault::Empty {
            of: it.first.map_or_else(
                || "de nooit behandelde groep (alle gewichten zijn 0)".to_owned(),
                |first| format!("cohort {first} (alle gewichten zijn 0)"),
            ),
        }),
    }
}
