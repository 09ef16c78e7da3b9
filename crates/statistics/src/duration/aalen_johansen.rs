//! Aalen-Johansen: the share that has left by each way out, where there are several.
//!
//! Aalen, O. O. & Johansen, S. (1978). An empirical transition matrix for non-homogeneous Markov
//! chains based on censored observations. *Scandinavian Journal of Statistics* 5(3), 141-150.
//! One minus Kaplan-Meier per cause answers another question (as if the other ways out did not
//! exist) and is too large; it is not offered. The shares of all causes and the survival sum to 1.

use super::observations::{ALL, Durations};
use super::risk::RiskTable;
use crate::distribution::normal_quantile;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};

/// How the variance is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Variance {
    /// Sum of squared influences of the subjects (infinitesimal jackknife), as R's `survival`.
    #[default]
    InfinitesimalJackknife,
    /// Aalen's (1978) formula with a correction for ties, as R's `cmprsk`; it changes only where
    /// the cause itself has an event.
    Aalen,
}

/// What to report.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Times at which the shares are reported.
    pub times: Vec<f64>,
    /// Kind of variance.
    pub variance: Variance,
    /// Only what happens after this time counts; see [`Durations::from_landmark`].
    pub landmark: Option<f64>,
    /// Coverage of the intervals.
    pub level: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { times: Vec::new(), variance: Variance::default(), landmark: None, level: 0.95 }
    }
}

/// A share with its standard error and interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The share that has left by this way.
    pub estimate: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Lower end of the interval, on the complementary log-log scale.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// The cumulative incidence of one cause in one group.
#[derive(Debug, Clone, PartialEq)]
pub struct Incidence {
    /// The group; `all` where there are no groups.
    pub group: String,
    /// The cause.
    pub cause: u32,
    /// Number of subjects of the group.
    pub subjects: usize,
    /// Number of events of this cause.
    pub events: f64,
    /// The share at each of the times asked.
    pub at: Vec<Share>,
    /// Every step: time and share from then on.
    pub steps: Vec<(f64, f64)>,
}

/// Cumulative incidence by group and cause.
#[derive(Debug, Clone, PartialEq)]
pub struct AalenJohansen {
    /// One curve per group and cause.
    pub incidences: Vec<Incidence>,
    options: Options,
    warnings: Vec<Warning>,
}

/// The cumulative incidence of every cause that occurs, by group.
///
/// # Errors
///
/// Faulty columns, no event at all, or nobody left after the landmark.
pub fn aalen_johansen(durations: &Durations, options: &Options) -> Result<AalenJohansen, Fault> {
    durations.check()?;
    if !(options.level > 0.0 && options.level < 1.0) {
        return Err(Fault::argument("level", "een getal tussen 0 en 1", options.level));
    }
    let later = options.landmark.map(|landmark| durations.from_landmark(landmark));
    let durations = later.as_ref().unwrap_or(durations);
    let causes = durations.causes();
    if causes.is_empty() {
        return Err(Fault::not_identified(
            "Niemand heeft een einde: alle waarnemingen lopen nog. Er is geen uitstroom te \
             schatten.",
        ));
    }
    let (mut incidences, mut warnings) = (Vec::new(), Vec::new());
    for (group, rows) in durations.groups() {
        let path = Path::new(RiskTable::new(durations, &rows, &causes), causes.len());
        for (k, &cause) in causes.iter().enumerate() {
            let share = |time: &f64| {
                let estimate = path.share(k, *time);
                let variance = match options.variance {
                    Variance::Aalen => path.aalen_variance(k, *time),
                    Variance::InfinitesimalJackknife => {
                        path.jackknife_variance(k, cause, *time, durations, &rows)
                    }
                };
                interval(estimate, variance.max(0.0).sqrt(), options.level)
            };
            incidences.push(Incidence {
                group: group.clone(),
                cause,
                subjects: rows.len(),
                events: path.table.steps.iter().map(|it| it.events[k]).sum(),
                at: options.times.iter().map(share).collect(),
                steps: path.table.steps.iter().map(|it| it.time).zip(path.column(k)).collect(),
            });
        }
        warnings.extend(path.beyond(&group, &options.times));
    }
    Ok(AalenJohansen { incidences, options: options.clone(), warnings })
}

fn interval(estimate: f64, standard_error: f64, level: f64) -> Share {
    if estimate <= 0.0 || estimate >= 1.0 {
        return Share { estimate, standard_error, low: estimate, high: estimate };
    }
    let log = (1.0 - estimate).ln();
    let centre = (-log).ln();
    let reach =
        normal_quantile(0.5 + level / 2.0) * standard_error / ((1.0 - estimate) * log.abs());
    let end = |it: f64| 1.0 - (-it.exp()).exp();
    Share { estimate, standard_error, low: end(centre - reach), high: end(centre + reach) }
}

/// Survival and shares after each step.
struct Path {
    table: RiskTable,
    /// Survival just before and from each step on.
    survival: Vec<(f64, f64)>,
    /// Share of each cause from each step on, step by step.
    shares: Vec<Vec<f64>>,
}

impl Path {
    fn new(table: RiskTable, causes: usize) -> Self {
        let (mut before, mut share) = (1.0, vec![0.0; causes]);
        let (mut survival, mut shares) = (Vec::new(), Vec::new());
        for step in &table.steps {
            for (share, events) in share.iter_mut().zip(&step.events) {
                *share += before * events / step.at_risk;
            }
            let all: f64 = step.events.iter().sum();
            let after = before * (step.at_risk - all) / step.at_risk;
            survival.push((before, after));
            shares.push(share.clone());
            before = after;
        }
        Self { table, survival, shares }
    }

    fn column(&self, cause: usize) -> impl Iterator<Item = f64> + '_ {
        self.shares.iter().map(move |it| it[cause])
    }

    fn until(&self, time: f64) -> usize {
        self.table.steps.partition_point(|it| it.time <= time)
    }

    fn share(&self, cause: usize, time: f64) -> f64 {
        self.until(time).checked_sub(1).map_or(0.0, |at| self.shares[at][cause])
    }

    /// Aalen's variance at the last event of the cause up to `time`.
    ///
    /// With `F` the share and `S` the survival it is the sum over steps `u <= t` of
    /// `S(u-)^2 / n^2` times `d_k (1 - (F(t) - F(u))/S(u))^2` for events of the cause and
    /// `d_o ((F(t) - F(u))/S(u))^2` for others, each corrected for ties.
    fn aalen_variance(&self, cause: usize, time: f64) -> f64 {
        let steps = &self.table.steps[..self.until(time)];
        let Some(last) = steps.iter().rposition(|it| it.events[cause] > 0.0) else { return 0.0 };
        let end = self.shares[last][cause];
        let mut variance = 0.0;
        for (at, step) in steps[..=last].iter().enumerate() {
            let (before, after) = self.survival[at];
            let own = step.events[cause];
            let others = step.events.iter().sum::<f64>() - own;
            let still = if after > 0.0 { (end - self.shares[at][cause]) / after } else { 0.0 };
            let weight = |events: f64| {
                let ties =
                    if events > 1.0 { 1.0 - (events - 1.0) / (step.at_risk - 1.0) } else { 1.0 };
                (before / step.at_risk).powi(2) * ties * events
            };
            variance += weight(own) * (1.0 - still).powi(2);
            variance += weight(others) * still * still;
        }
        variance
    }

    /// Sum over subjects of the squared derivative of the share to the subject's weight.
    ///
    /// The derivative is the sum over steps `u` in the subject's time at risk of
    /// `S(u-) (dN_k - d_k/n) / n - (F(t) - F(u)) (dN - d/n) / (n - d)`; the parts that do not
    /// depend on the subject are prefix sums.
    fn jackknife_variance(
        &self,
        k: usize,
        cause: u32,
        time: f64,
        durations: &Durations,
        rows: &[usize],
    ) -> f64 {
        let steps = &self.table.steps[..self.until(time)];
        let Some(end) = steps.len().checked_sub(1).map(|at| self.shares[at][k]) else {
            return 0.0;
        };
        let mut prefix = Vec::with_capacity(steps.len() + 1);
        let mut sum = 0.0;
        prefix.push(0.0);
        for (at, step) in steps.iter().enumerate() {
            let (n, all) = (step.at_risk, step.events.iter().sum::<f64>());
            sum -= self.survival[at].0 * step.events[k] / (n * n);
            if n > all {
                sum += (end - self.shares[at][k]) * all / (n * (n - all));
            }
            prefix.push(sum);
        }
        let before = |time: f64| steps.partition_point(|it| it.time <= time);
        let influence = |row: &usize| {
            let (entered, left) = (before(durations.entry_of(*row)), before(durations.time[*row]));
            let mut it = prefix[left] - prefix[entered];
            if durations.cause[*row] > 0 && durations.time[*row] <= time {
                let at = left - 1;
                let (n, all) = (steps[at].at_risk, steps[at].events.iter().sum::<f64>());
                if durations.cause[*row] == cause {
                    it += self.survival[at].0 / n;
                }
                if n > all {
                    it -= (end - self.shares[at][k]) / (n - all);
                }
            }
            it
        };
        rows.iter().map(|row| influence(row).powi(2)).sum()
    }

    fn beyond(&self, group: &str, times: &[f64]) -> Option<Warning> {
        let last = self.table.last();
        let time = times.iter().find(|it| **it > last)?;
        Some(Warning::new(
            "beyond-observation",
            format!(
                "Groep ‘{group}’: na {last} is niemand meer in beeld; de aandelen op {time} zijn \
                 die van {last}."
            ),
        ))
    }
}

impl Estimate for AalenJohansen {
    /// `cifK_tT` without groups. With groups both forms in use: `cifK_gG_tT` and `cif_G_K_tT`.
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for it in &self.incidences {
            let (group, cause) = (&it.group, it.cause);
            for (time, share) in self.options.times.iter().zip(&it.at) {
                let mut add = |key: String| {
                    figures.add_with_se(&key, share.estimate, share.standard_error);
                    figures.add(format!("lo_{key}"), share.low);
                    figures.add(format!("hi_{key}"), share.high);
                };
                if group == ALL {
                    add(format!("cif{cause}_t{time}"));
                } else {
                    add(format!("cif{cause}_g{group}_t{time}"));
                    add(format!("cif_{group}_{cause}_t{time}"));
                }
            }
        }
        figures
    }

    fn summary(&self) -> String {
        let mut lines = Vec::new();
        for it in &self.incidences {
            lines.push(format!(
                "Groep ‘{}’, uitgang {}: {} van {} mensen.",
                it.group, it.cause, it.events, it.subjects
            ));
            for (time, share) in self.options.times.iter().zip(&it.at) {
                lines.push(format!(
                    "  na {time}: {:.1}% ({}%-interval {:.1}% tot {:.1}%)",
                    100.0 * share.estimate,
                    100.0 * self.options.level,
                    100.0 * share.low,
                    100.0 * share.high
                ));
            }
        }
        lines.join("\n")
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
