//! Kaplan-Meier: the share that is still there after each time, with delayed entry.
//!
//! Kaplan, E. L. & Meier, P. (1958). Nonparametric estimation from incomplete observations.
//! *JASA* 53(282), 457-481. <https://doi.org/10.1080/01621459.1958.10501452>. Variance:
//! Greenwood, M. (1926). The median is the midpoint of the interval on which the curve is exactly
//! one half (the convention of R's `survival`; others take its left end).

use super::observations::{ALL, Durations};
use super::risk::RiskTable;
use crate::distribution::normal_quantile;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};

/// What to report.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Times at which the curve is reported.
    pub times: Vec<f64>,
    /// End of the restricted mean; `None` leaves it out.
    pub restricted_mean_until: Option<f64>,
    /// Only what happens after this time counts; see [`Durations::from_landmark`].
    pub landmark: Option<f64>,
    /// Coverage of the intervals.
    pub level: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { times: Vec::new(), restricted_mean_until: None, landmark: None, level: 0.95 }
    }
}

/// The scale on which an interval is symmetric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// The logarithm of the survival.
    Log,
    /// The logarithm of minus the logarithm of the survival; stays between 0 and 1 by itself.
    LogLog,
    /// The survival itself.
    Plain,
}

/// One step down of a curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// When.
    pub time: f64,
    /// Number at risk just before.
    pub at_risk: f64,
    /// Number of events.
    pub events: f64,
    /// Survival from this time on.
    pub survival: f64,
    /// Greenwood's sum: the variance of the logarithm of the survival.
    pub log_variance: f64,
}

/// The curve of one group.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// The group; `all` where there are no groups.
    pub group: String,
    /// Number of subjects.
    pub subjects: usize,
    /// Number of events.
    pub events: f64,
    /// Steps, ascending in time.
    pub steps: Vec<Step>,
    /// Median; `None` when the curve stays above one half.
    pub median: Option<f64>,
    table: RiskTable,
    z: f64,
}

/// The curves of all groups.
#[derive(Debug, Clone, PartialEq)]
pub struct KaplanMeier {
    /// One curve per group.
    pub curves: Vec<Curve>,
    options: Options,
    warnings: Vec<Warning>,
}

/// The share without any event (of whatever cause), by group.
///
/// ```
/// use statistics::duration::kaplan_meier::{Options, kaplan_meier};
/// use statistics::duration::observations::Durations;
/// let durations = Durations {
///     time: vec![2.0, 3.0, 3.0, 5.0],
///     cause: vec![1, 1, 0, 1],
///     ..Durations::default()
/// };
/// let it = kaplan_meier(&durations, &Options::default()).unwrap();
/// assert_eq!(it.curves[0].survival_at(3.0), 0.5);
/// assert_eq!(it.curves[0].median, Some(4.0));
/// ```
///
/// # Errors
///
/// Faulty columns, a level outside 0-1, or nobody left after the landmark.
pub fn kaplan_meier(durations: &Durations, options: &Options) -> Result<KaplanMeier, Fault> {
    durations.check()?;
    if !(options.level > 0.0 && options.level < 1.0) {
        return Err(Fault::argument("level", "een getal tussen 0 en 1", options.level));
    }
    let later = options.landmark.map(|landmark| durations.from_landmark(landmark));
    let durations = later.as_ref().unwrap_or(durations);
    if durations.time.is_empty() {
        return Err(Fault::Empty { of: "de periode na het ijkmoment".to_owned() });
    }
    let causes = durations.causes();
    let z = normal_quantile(0.5 + options.level / 2.0);
    let groups = durations.groups().into_iter();
    let curves: Vec<Curve> = groups
        .map(|(group, rows)| curve(group, RiskTable::new(durations, &rows, &causes), z))
        .collect();
    let warnings = curves.iter().filter_map(early_risk_set).collect();
    Ok(KaplanMeier { curves, options: options.clone(), warnings })
}

impl Curve {
    /// The share still there just after `time`.
    pub fn survival_at(&self, time: f64) -> f64 {
        self.step_at(time).map_or(1.0, |it| it.survival)
    }

    /// Greenwood's standard error of [`Curve::survival_at`].
    pub fn standard_error_at(&self, time: f64) -> f64 {
        self.step_at(time).map_or(0.0, |it| {
            if it.survival > 0.0 { it.survival * it.log_variance.sqrt() } else { 0.0 }
        })
    }

    /// Number at risk when the first one from `time` on leaves.
    pub fn at_risk(&self, time: f64) -> usize {
        self.table.at_risk_from(time)
    }

    /// Interval for [`Curve::survival_at`]; `None` where the curve is 0 (the interval is not
    /// defined there).
    pub fn interval_at(&self, time: f64, scale: Scale) -> Option<(f64, f64)> {
        let Some(step) = self.step_at(time) else { return Some((1.0, 1.0)) };
        interval(step, scale, self.z)
    }

    /// The interval of the median on the log scale; an open end is `None`.
    pub fn median_interval(&self) -> (Option<f64>, Option<f64>) {
        let first = |end: fn((f64, f64)) -> f64| {
            let below = |it: &&Step| {
                it.survival <= 0.0 || interval(it, Scale::Log, self.z).map(end) <= Some(0.5)
            };
            self.steps.iter().find(below).map(|it| it.time)
        };
        let low = first(|(low, _)| low);
        (low, first(|(_, high)| high))
    }

    /// Mean time until `until` with its standard error: the area below the curve.
    pub fn restricted_mean(&self, until: f64) -> (f64, f64) {
        let steps: Vec<&Step> = self.steps.iter().take_while(|it| it.time <= until).collect();
        let (mut area, mut variance, mut end) = (0.0, 0.0, until);
        for step in steps.iter().rev() {
            area += step.survival * (end - step.time);
            end = step.time;
            if step.at_risk > step.events {
                variance +=
                    area * area * step.events / (step.at_risk * (step.at_risk - step.events));
            }
        }
        (area + end, variance.sqrt())
    }

    fn step_at(&self, time: f64) -> Option<&Step> {
        self.steps[..self.steps.partition_point(|it| it.time <= time)].last()
    }
}

fn interval(step: &Step, scale: Scale, z: f64) -> Option<(f64, f64)> {
    let survival = step.survival;
    if survival <= 0.0 {
        return None;
    }
    let error = step.log_variance.sqrt();
    Some(match scale {
        Scale::Log => (survival * (-z * error).exp(), (survival * (z * error).exp()).min(1.0)),
        Scale::Plain => {
            let reach = z * error * survival;
            ((survival - reach).max(0.0), (survival + reach).min(1.0))
        }
        Scale::LogLog if survival >= 1.0 => (1.0, 1.0),
        Scale::LogLog => {
            let (centre, reach) = ((-survival.ln()).ln(), z * error / survival.ln().abs());
            ((-(centre + reach).exp()).exp(), (-(centre - reach).exp()).exp())
        }
    })
}

fn curve(group: String, table: RiskTable, z: f64) -> Curve {
    let (mut survival, mut log_variance, mut events) = (1.0, 0.0, 0.0);
    let mut steps = Vec::with_capacity(table.steps.len());
    for it in &table.steps {
        let ended: f64 = it.events.iter().sum();
        survival *= (it.at_risk - ended) / it.at_risk;
        if it.at_risk > ended {
            log_variance += ended / (it.at_risk * (it.at_risk - ended));
        }
        events += ended;
        let (time, at_risk) = (it.time, it.at_risk);
        steps.push(Step { time, at_risk, events: ended, survival, log_variance });
    }
    let (median, subjects) = (median(&steps, table.last()), table.subjects());
    Curve { group, subjects, events, steps, median, table, z }
}

fn median(steps: &[Step], last: f64) -> Option<f64> {
    /// A product of fractions that should be one half exactly is so within rounding.
    const ROUNDING: f64 = 1e-12;
    let at = steps.iter().position(|it| it.survival <= 0.5 + ROUNDING)?;
    if (steps[at].survival - 0.5).abs() > ROUNDING {
        return Some(steps[at].time);
    }
    let next = steps.get(at + 1).map_or(last, |it| it.time);
    Some((steps[at].time + next) / 2.0)
}

/// A risk set below this is too small to carry the whole later curve.
const FEW: f64 = 10.0;

/// With delayed entry the first risk sets can be tiny: one event then takes a large bite, or all,
/// out of the whole later curve.
fn early_risk_set(curve: &Curve) -> Option<Warning> {
    let peak = curve.steps.iter().map(|it| it.at_risk).fold(0.0, f64::max);
    let full = curve.steps.iter().position(|it| it.at_risk >= peak)?;
    let small = curve.steps[..full].iter().rfind(|it| it.at_risk < FEW)?;
    if !curve.table.entered_after(small.time) {
        return None;
    }
    let what = if small.survival <= 0.0 { "valt daar op 0" } else { "rust daar op weinig mensen" };
    Some(Warning::new(
        "early-risk-set",
        format!(
            "Groep ‘{}’: op {} waren nog maar {} van de {} mensen in beeld; de curve {what} en \
             zegt dan niets over wie later begon. Reken vanaf een ijkmoment van {} of later.",
            curve.group, small.time, small.at_risk, curve.subjects, small.time
        ),
    ))
}

impl Estimate for KaplanMeier {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for curve in &self.curves {
            let group = &curve.group;
            for time in &self.options.times {
                let key = format!("{group}_t{time}");
                let error = curve.standard_error_at(*time);
                figures.add_with_se(&format!("surv_{key}"), curve.survival_at(*time), error);
                figures.add(format!("nrisk_{key}"), curve.at_risk(*time) as f64);
                for (name, scale) in
                    [("log", Scale::Log), ("log-log", Scale::LogLog), ("plain", Scale::Plain)]
                {
                    if let Some((low, high)) = curve.interval_at(*time, scale) {
                        figures.add(format!("lo_{name}_{key}"), low);
                        figures.add(format!("hi_{name}_{key}"), high);
                    }
                }
            }
            if let Some(median) = curve.median {
                figures.add(format!("median_{group}"), median);
            }
            if let Some(until) = self.options.restricted_mean_until {
                let (mean, error) = curve.restricted_mean(until);
                let within = if group == ALL { String::new() } else { format!("{group}_") };
                figures.add_with_se(&format!("rmst_{within}{until}"), mean, error);
            }
        }
        figures
    }

    fn summary(&self) -> String {
        let mut lines = Vec::new();
        for curve in &self.curves {
            let median = curve.median.map_or_else(
                || "de mediaan is niet bereikt".to_owned(),
                |it| {
                    let end = |it: Option<f64>| it.map_or("?".to_owned(), |it| format!("{it:.2}"));
                    let (low, high) = curve.median_interval();
                    let level = self.options.level * 100.0;
                    format!("mediaan {it:.2} ({level}%-interval {} tot {})", end(low), end(high))
                },
            );
            lines.push(format!(
                "Groep ‘{}’: {} mensen, {} keer een einde; {median}.",
                curve.group, curve.subjects, curve.events
            ));
        }
        lines.join("\n")
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
