//! The XmR chart: single values, their moving range, and the rules that see a change.
//!
//! Shewhart, W. A. (1931). *Economic control of quality of manufactured product*; Wheeler, D. J.
//! (1993). *Understanding variation*; NIST/SEMATECH e-Handbook of statistical methods, section
//! 6.3.2.2. The limits are the mean plus and minus 2.66 times the mean moving range.
//!
//! The limits come from a baseline that the user names and do not move with new points; a new
//! baseline is a new [`Phase`], which says why.

use std::ops::Range;

use crate::comparison::words::decimal;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::series::baseline::{RANGE, check, mean_range, warnings};

/// What makes a point a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Outside the limits.
    Outside,
    /// The last of a run of points on one side of the mean.
    Run,
    /// The last of a series that only rises or only falls.
    Trend,
    /// The second of three successive points beyond two thirds of the way to a limit.
    TwoOfThree,
    /// A moving range above its limit: a jump from the point before.
    Range,
}

/// A point that breaks a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signal {
    /// The point, counted from 1.
    pub point: usize,
    /// The rule that it breaks.
    pub rule: Rule,
}

/// When the rules speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Points on one side of the mean that make a run.
    pub run: usize,
    /// Successive rises or falls, in points, that make a trend.
    pub trend: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { run: 8, trend: 7 }
    }
}

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Xmr {
    /// Mean of the baseline.
    pub mean: f64,
    /// Mean moving range of the baseline.
    pub mean_range: f64,
    /// Standard deviation by the moving range.
    pub sigma: f64,
    /// Lower and upper limit of a value.
    pub limits: (f64, f64),
    /// The same with the exact constant 3 / (2 / sqrt(pi)) instead of 2.66.
    pub limits_exact: (f64, f64),
    /// Upper limit of a moving range.
    pub range_limit: f64,
    /// Points that break a rule, in order.
    pub signals: Vec<Signal>,
    /// Points of the baseline, counted from 0.
    pub baseline: Range<usize>,
    /// Number of points.
    pub points: usize,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

impl Xmr {
    /// The points that break a rule, counted from 1.
    pub fn breaking(&self, rule: Rule) -> Vec<usize> {
        self.signals.iter().filter(|it| it.rule == rule).map(|it| it.point).collect()
    }
}

impl Estimate for Xmr {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for (key, value) in [
            ("mean", self.mean),
            ("mrbar", self.mean_range),
            ("sigma", self.sigma),
            ("ucl", self.limits.1),
            ("lcl", self.limits.0),
            ("url", self.range_limit),
            ("ucl_exact", self.limits_exact.1),
            ("lcl_exact", self.limits_exact.0),
        ] {
            figures.add(key, value);
        }
        figures
    }

    fn summary(&self) -> String {
        let verdict = match self.signals.first() {
            None => "geen punt wijkt af van wat toeval geeft".to_owned(),
            Some(it) => {
                let rule = match it.rule {
                    Rule::Outside => "buiten de grenzen",
                    Rule::Run => "te lang aan één kant van het gemiddelde",
                    Rule::Trend => "te lang stijgend of dalend",
                    Rule::TwoOfThree => "twee van drie dicht bij een grens",
                    Rule::Range => "een te grote sprong",
                };
                format!("punt {} is het eerste signaal ({rule})", it.point)
            }
        };
        format!(
            "{} punten, gemiddelde {} en grenzen {} tot {} uit punt {} tot en met {}: {verdict}.",
            self.points,
            decimal(self.mean, 1),
            decimal(self.limits.0, 1),
            decimal(self.limits.1, 1),
            self.baseline.start + 1,
            self.baseline.end,
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// The chart of `values` with limits from the points of `baseline` (counted from 0).
///
/// ```
/// use statistics::series::xmr::{Options, Rule, xmr};
/// let it = xmr(&[10.0, 12.0, 11.0, 9.0, 10.0, 11.0, 30.0], 0..6, Options::default()).unwrap();
/// assert_eq!(it.breaking(Rule::Outside), [7]);
/// ```
///
/// # Errors
///
/// No values, a value that is not finite, a baseline outside the values or of fewer than two
/// points, a baseline that does not vary, a rule of fewer than two points.
pub fn xmr(values: &[f64], baseline: Range<usize>, options: Options) -> Result<Xmr, Fault> {
    check(values, &baseline)?;
    for (what, points) in [("reeks aan één kant", options.run), ("trend", options.trend)] {
        if points < 2 {
            return Err(Fault::argument(what, "ten minste 2 punten", points));
        }
    }
    let base = &values[baseline.clone()];
    let mean = base.iter().map(|it| it / base.len() as f64).sum::<f64>();
    let range = mean_range(base);
    if !(range > 0.0 && (mean.abs() + 4.0 * range).is_finite()) {
        return Err(Fault::not_identified(
            "De punten van de basisperiode zijn alle gelijk of te groot: er is geen toeval om \
             grenzen uit te halen.",
        ));
    }
    let about = |reach: f64| (mean - reach, mean + reach);
    let exact = 3.0 * std::f64::consts::PI.sqrt() / 2.0;
    let mut chart = Xmr {
        mean,
        mean_range: range,
        sigma: range / RANGE,
        limits: about(2.66 * range),
        limits_exact: about(exact * range),
        range_limit: 3.267 * range,
        signals: Vec::new(),
        points: values.len(),
        warnings: warnings(base),
        baseline,
    };
    chart.signals = signals(values, &chart, options);
    Ok(chart)
}

/// A stretch with its own baseline, and why it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phase {
    /// First point of the phase, counted from 0.
    pub start: usize,
    /// Number of points, from the start on, that make its baseline.
    pub baseline: usize,
    /// Why the limits are drawn anew here: a decision or event, not a signal alone.
    pub reason: String,
}

/// One chart per phase; a phase ends where the next begins. Points count from the phase's start.
///
/// # Errors
///
/// No phases, phases that do not ascend, a phase without a reason, and what [`xmr`] refuses.
pub fn phased(values: &[f64], phases: &[Phase], options: Options) -> Result<Vec<Xmr>, Fault> {
    if phases.is_empty() {
        return Err(Fault::Empty { of: "de fasen".to_owned() });
    }
    let mut charts = Vec::with_capacity(phases.len());
    for (at, phase) in phases.iter().enumerate() {
        if phase.reason.trim().is_empty() {
            return Err(Fault::argument(
                "nieuwe basisperiode",
                "een reden (wat is er dan veranderd?)",
                "niets",
            ));
        }
        let end = phases.get(at + 1).map_or(values.len(), |it| it.start);
        if phase.start >= end || end > values.len() {
            return Err(Fault::argument(
                "begin van een fase",
                format!("oplopend en binnen de {} punten", values.len()),
                phase.start + 1,
            ));
        }
        charts.push(xmr(&values[phase.start..end], 0..phase.baseline, options)?);
    }
    Ok(charts)
}

fn signals(values: &[f64], chart: &Xmr, options: Options) -> Vec<Signal> {
    let mut signals = Vec::new();
    let (mut run, mut side) = (0, 0);
    let (mut trend, mut direction) = (1, 0);
    let warning = chart.mean_range * 2.66 * 2.0 / 3.0;
    let beyond = |it: f64| sign(it - chart.mean) * i32::from((it - chart.mean).abs() > warning);
    for (at, value) in values.iter().enumerate() {
        let mut add = |rule: Rule| signals.push(Signal { point: at + 1, rule });
        if *value < chart.limits.0 || *value > chart.limits.1 {
            add(Rule::Outside);
        }
        let now = sign(value - chart.mean);
        run = if now != 0 && now == side { run + 1 } else { usize::from(now != 0) };
        side = now;
        if run >= options.run {
            add(Rule::Run);
        }
        if at > 0 {
            let step = sign(value - values[at - 1]);
            trend =
                if step != 0 && step == direction { trend + 1 } else { 1 + usize::from(step != 0) };
            direction = step;
            if trend >= options.trend {
                add(Rule::Trend);
            }
            if (value - values[at - 1]).abs() > chart.range_limit {
                add(Rule::Range);
            }
        }
        let here = beyond(*value);
        let before = &values[at.saturating_sub(2)..at];
        if here != 0 && before.iter().any(|it| beyond(*it) == here) {
            add(Rule::TwoOfThree);
        }
    }
    signals
}

fn sign(value: f64) -> i32 {
    i32::from(value > 0.0) - i32::from(value < 0.0)
}
