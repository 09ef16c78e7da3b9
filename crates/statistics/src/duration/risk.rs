//! Who is at risk at each time at which something happens.

use super::observations::Durations;

/// One time at which at least one subject of the rows had an event.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RiskStep {
    /// The time.
    pub(crate) time: f64,
    /// Subjects with `entry < time <= end`.
    pub(crate) at_risk: f64,
    /// Events of each cause, in the order of the causes asked.
    pub(crate) events: Vec<f64>,
}

/// Risk sets of a group of subjects.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RiskTable {
    /// Event times, ascending.
    pub(crate) steps: Vec<RiskStep>,
    entries: Vec<f64>,
    ends: Vec<f64>,
}

impl RiskTable {
    /// The risk sets of `rows`; an event of a cause outside `causes` counts as censored.
    pub(crate) fn new(durations: &Durations, rows: &[usize], causes: &[u32]) -> Self {
        let mut entries: Vec<f64> = rows.iter().map(|&row| durations.entry_of(row)).collect();
        let mut ends: Vec<f64> = rows.iter().map(|&row| durations.time[row]).collect();
        entries.sort_unstable_by(f64::total_cmp);
        ends.sort_unstable_by(f64::total_cmp);
        let position = |row: &usize| causes.iter().position(|it| *it == durations.cause[*row]);
        let mut events: Vec<(f64, usize)> =
            rows.iter().filter_map(|row| Some((durations.time[*row], position(row)?))).collect();
        events.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let mut table = Self { steps: Vec::new(), entries, ends };
        for (time, cause) in events {
            if table.steps.last().is_none_or(|it| it.time < time) {
                let at_risk = table.at_risk(time) as f64;
                table.steps.push(RiskStep { time, at_risk, events: vec![0.0; causes.len()] });
            }
            if let Some(step) = table.steps.last_mut() {
                step.events[cause] += 1.0;
            }
        }
        table
    }

    /// Number of subjects with `entry < time <= end`.
    pub(crate) fn at_risk(&self, time: f64) -> usize {
        let ended = self.ends.partition_point(|it| *it < time);
        let entered = self.entries.partition_point(|it| *it < time);
        entered - ended
    }

    /// Number at risk at the first end from `time` on, as R's `survival` reports it.
    pub(crate) fn at_risk_from(&self, time: f64) -> usize {
        let next = self.ends.partition_point(|it| *it < time);
        self.ends.get(next).map_or(0, |end| self.at_risk(*end))
    }

    /// Number of subjects.
    pub(crate) fn subjects(&self) -> usize {
        self.ends.len()
    }

    /// The last time at which somebody was observed.
    pub(crate) fn last(&self) -> f64 {
        self.ends.last().copied().unwrap_or(0.0)
    }

    /// Whether somebody enters at or after `time`.
    pub(crate) fn entered_after(&self, time: f64) -> bool {
        self.entries.last().is_some_and(|it| *it >= time)
    }
}
