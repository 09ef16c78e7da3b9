//! Event study that is not contaminated by the effects of other periods and cohorts.
//!
//! Sun, L. and Abraham, S. (2021). Estimating dynamic treatment effects in event studies with
//! heterogeneous treatment effects. Journal of Econometrics 225(2), 175-199, section 4.
//! <https://doi.org/10.1016/j.jeconom.2020.09.006>.
//!
//! One regression with unit and period effects and an indicator per cohort and period (the last
//! period before the start left out), then averages over cohorts by their number of observations.
//! The standard errors take those numbers as given (fixed shares): they answer what the effect was
//! in these units. Those of Callaway and Sant'Anna answer what it is in units like these.

use std::collections::{BTreeMap, HashMap};

use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::panel::Panel;
use crate::regression::design::Design;
use crate::regression::ols::{Coefficient, Options, Regression, ols};

/// The averages of the cohort and period effects.
#[derive(Debug, Clone)]
pub struct SunAbraham {
    /// Average over all treated observations.
    pub att: Coefficient,
    /// By time since the start; the last period before it is the reference.
    pub dynamic: Vec<(i64, Coefficient)>,
    /// By cohort, over its treated periods.
    pub group: Vec<(i64, Coefficient)>,
    /// Effects per cohort and period, with the number of observations that weigh them.
    pub cells: Vec<CohortPeriod>,
    /// Number of observations.
    pub n: usize,
    /// Number of clusters.
    pub clusters: usize,
    /// Coverage of the intervals.
    pub level: f64,
    warnings: Vec<Warning>,
}

/// Effect on a cohort in a period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CohortPeriod {
    /// First treated period of the cohort.
    pub cohort: i64,
    /// The period.
    pub period: i64,
    /// The effect.
    pub estimate: f64,
    /// Weight of the observations in this cell.
    pub observations: f64,
}

/// Rows that take part.
struct Sample {
    rows: Vec<usize>,
    /// First period that is left out because everybody is treated by then.
    until: Option<i64>,
    warnings: Vec<Warning>,
}

/// Interaction-weighted effects; nobody never treated means that the last cohort is the reference
/// and the periods from its start on are left out.
///
/// # Errors
///
/// No treated units, nobody to compare with, or a regression that is not identified.
///
/// ```
/// use statistics::did::sun_abraham::sun_abraham;
/// use statistics::panel::{Columns, Panel};
/// use statistics::regression::ols::Options;
///
/// let unit = ["a", "a", "b", "b", "c", "c", "d", "d"];
/// let panel = Panel::new(Columns {
///     unit: unit.map(str::to_owned).to_vec(),
///     period: [2020, 2021].repeat(4),
///     first_treated: [vec![Some(2021); 4], vec![None; 4]].concat(),
///     outcome: vec![1.0, 4.0, 2.0, 6.0, 1.0, 2.0, 3.0, 5.0],
///     ..Columns::default()
/// })?;
/// let found = sun_abraham(&panel, &Options::default())?;
/// assert!((found.att.estimate - 2.0).abs() < 1e-12);
/// # Ok::<(), statistics::fault::Fault>(())
/// ```
pub fn sun_abraham(panel: &Panel, options: &Options) -> Result<SunAbraham, Fault> {
    let sample = Sample::new(panel)?;
    let cells = sample.cells(panel);
    let mut design = sample.design(panel);
    for (cell, (rows, _)) in &cells {
        let mut column = vec![0.0; sample.rows.len()];
        rows.iter().for_each(|row| column[*row] = 1.0);
        design = design.column(name(*cell), column);
    }
    let regression = ols(&design, options)?;
    let position: HashMap<&str, usize> =
        regression.names.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
    let weights: Vec<Weighted> = cells
        .iter()
        .filter_map(|((cohort, period), (_, weight))| {
            let at = *position.get(name((*cohort, *period)).as_str())?;
            Some(Weighted { at, cohort: *cohort, period: *period, weight: *weight })
        })
        .collect();
    assemble(sample, &regression, &weights, cells.len())
}

/// A coefficient of the regression with its cell.
#[derive(Clone, Copy)]
struct Weighted {
    at: usize,
    cohort: i64,
    period: i64,
    weight: f64,
}

impl Weighted {
    fn event(&self) -> i64 {
        self.period.saturating_sub(self.cohort)
    }
}

type Cells = BTreeMap<(i64, i64), (Vec<usize>, f64)>;

impl Sample {
    fn new(panel: &Panel) -> Result<Self, Fault> {
        let ends = (panel.periods.first(), panel.periods.last());
        let (Some(&first), Some(&last)) = ends else {
            return Err(Fault::Empty { of: String::new() });
        };
        let early = |unit: usize| panel.cohort[unit].is_some_and(|it| it <= first);
        let already = (0..panel.units.len()).filter(|unit| early(*unit)).count();
        let starts: Vec<i64> = panel.cohorts().into_iter().filter(|it| *it > first).collect();
        let within = starts.iter().filter(|it| **it <= last).max().copied();
        let Some(latest) = within else {
            return Err(Fault::not_identified(
                "Er zijn geen eenheden die tijdens de waargenomen periodes worden behandeld.",
            ));
        };
        let never = panel.cohort.iter().any(|it| it.is_none_or(|it| it > last));
        let until = (!never).then_some(latest);
        let kept = |row: &usize| {
            let period = panel.periods[panel.period[*row] as usize];
            !early(panel.unit[*row] as usize) && until.is_none_or(|until| period < until)
        };
        let rows: Vec<usize> = (0..panel.rows()).filter(kept).collect();
        let mut warnings = Vec::new();
        if already > 0 {
            warnings.push(Warning::new(
                "already-treated",
                format!(
                    "{already} eenheden waren in de eerste periode ({first}) al behandeld en zijn \
                     weggelaten: van hen is er geen meting van vóór de start."
                ),
            ));
        }
        if let Some(until) = until {
            warnings.push(Warning::new(
                "no-never-treated",
                format!(
                    "Niemand blijft onbehandeld: de laatste cohort ({until}) is de vergelijking en \
                     alleen de periodes vóór {until} tellen mee."
                ),
            ));
        }
        Ok(Self { rows, until, warnings })
    }

    /// Rows (positions in the sample) and total weight of each cohort and period, without the
    /// references.
    fn cells(&self, panel: &Panel) -> Cells {
        let last = panel.periods.last().copied().unwrap_or(i64::MAX);
        let mut cells = Cells::new();
        for (at, row) in self.rows.iter().enumerate() {
            let period = panel.periods[panel.period[*row] as usize];
            let cohort = panel.cohort[panel.unit[*row] as usize];
            let cohort = cohort.filter(|it| *it <= last && Some(*it) != self.until);
            let Some(cohort) = cohort else { continue };
            let start = panel.periods.partition_point(|it| *it < cohort);
            if start == 0 || panel.periods[start - 1] == period {
                continue;
            }
            let cell = cells.entry((cohort, period)).or_default();
            cell.0.push(at);
            cell.1 += panel.weight.get(*row).copied().unwrap_or(1.0);
        }
        cells
    }

    fn design(&self, panel: &Panel) -> Design<'static> {
        let codes = |it: &[u32]| self.rows.iter().map(|row| it[*row]).collect::<Vec<u32>>();
        let values = |it: &[f64]| self.rows.iter().map(|row| it[*row]).collect::<Vec<f64>>();
        let design = Design::new(values(&panel.outcome))
            .effect(codes(&panel.unit))
            .effect(codes(&panel.period))
            .cluster(codes(&panel.cluster))
            .period(codes(&panel.period));
        if panel.weight.is_empty() { design } else { design.weight(values(&panel.weight)) }
    }
}

fn name((cohort, period): (i64, i64)) -> String {
    format!("cohort {cohort}, periode {period}")
}

fn assemble(
    mut sample: Sample,
    regression: &Regression,
    cells: &[Weighted],
    asked: usize,
) -> Result<SunAbraham, Fault> {
    let post: Vec<&Weighted> = cells.iter().filter(|it| it.event() >= 0).collect();
    if post.is_empty() {
        return Err(Fault::not_identified(
            "Er is geen enkel effect te schatten in een periode na de start.",
        ));
    }
    if cells.len() < asked {
        sample.warnings.push(Warning::new(
            "effect-not-identified",
            format!(
                "{} van de {asked} cohort-periodes zijn niet te schatten en tellen niet mee in de \
                 gemiddelden.",
                asked - cells.len()
            ),
        ));
    }
    sample.warnings.extend(regression.warnings.iter().cloned());
    let by = |cells: &mut dyn Iterator<Item = &Weighted>, key: fn(&Weighted) -> i64| {
        let mut parts: BTreeMap<i64, Vec<&Weighted>> = BTreeMap::new();
        cells.for_each(|it| parts.entry(key(it)).or_default().push(it));
        parts.into_iter().map(|(at, own)| (at, average(regression, &own))).collect::<Vec<_>>()
    };
    Ok(SunAbraham {
        att: average(regression, &post),
        dynamic: by(&mut cells.iter(), Weighted::event),
        group: by(&mut post.iter().copied(), |it| it.cohort),
        cells: cells
            .iter()
            .map(|it| CohortPeriod {
                cohort: it.cohort,
                period: it.period,
                estimate: regression.coefficients[it.at],
                observations: it.weight,
            })
            .collect(),
        n: regression.n,
        clusters: regression.covariance.clusters.first().copied().unwrap_or(regression.n),
        level: regression.level,
        warnings: sample.warnings,
    })
}

/// Average by number of observations, which is taken as given.
fn average(regression: &Regression, cells: &[&Weighted]) -> Coefficient {
    let total: f64 = cells.iter().map(|it| it.weight).sum();
    let share = |it: &Weighted| it.weight / total;
    let estimate = cells.iter().map(|it| share(it) * regression.coefficients[it.at]).sum();
    let matrix = &regression.covariance.matrix;
    let variance: f64 = cells
        .iter()
        .map(|a| {
            let row: f64 = cells.iter().map(|b| share(b) * matrix[(a.at, b.at)]).sum();
            share(a) * row
        })
        .sum();
    let df = regression.covariance.df;
    Coefficient::new(estimate, variance.max(0.0).sqrt(), df, regression.level)
}

impl Estimate for SunAbraham {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        figures.add_with_se("att", self.att.estimate, self.att.standard_error);
        for (prefix, parts) in [("dyn", &self.dynamic), ("group", &self.group)] {
            for (at, it) in parts {
                figures.add_with_se(&format!("{prefix}_{at}"), it.estimate, it.standard_error);
            }
        }
        figures.add("nobs", self.n as f64);
        figures
    }

    fn summary(&self) -> String {
        format!(
            "Gemiddeld effect na de start (Sun-Abraham): {:.4}, {:.0}%-interval {:.4} tot {:.4} \
             (n = {}, {} clusters). De standaardfout neemt de omvang van de cohorten als gegeven: \
             hij geldt voor het effect in deze eenheden.",
            self.att.estimate,
            100.0 * self.level,
            self.att.interval.0,
            self.att.interval.1,
            self.n,
            self.clusters
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
