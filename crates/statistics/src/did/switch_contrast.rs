//! The contrast of switchers and not yet switched units at one distance from the switch.

use std::collections::BTreeMap;

use crate::did::chaisemartin_dhaultfoeuille::Direction;
use crate::did::treatment_path::TreatmentPaths;

/// Forwards or backwards from the period before the switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Contrast {
    Effect,
    Placebo,
}

/// One contrast with what each unit adds to it.
pub(super) struct Horizon {
    pub(super) length: usize,
    pub(super) estimate: f64,
    /// By unit; the variance is the sum of squares over clusters.
    pub(super) influence: Vec<f64>,
    pub(super) switchers: usize,
    /// Average signed treatment above the baseline at this horizon.
    pub(super) dose: f64,
    /// The same summed over the periods since the switch.
    pub(super) exposure: f64,
}

/// The contrast `length` periods from the period before the switch; nothing when no switcher can
/// be compared.
pub(super) fn contrast(
    paths: &TreatmentPaths,
    length: usize,
    kind: Contrast,
    direction: Direction,
) -> Option<Horizon> {
    let mut it = Horizon {
        length,
        estimate: 0.0,
        influence: vec![0.0; paths.units().len()],
        switchers: 0,
        dose: 0.0,
        exposure: 0.0,
    };
    for units in by_baseline(paths) {
        for period in length..paths.periods().len() {
            it.add(paths, &units, period, kind, direction);
        }
    }
    if it.switchers == 0 {
        return None;
    }
    let n = it.switchers as f64;
    for total in [&mut it.estimate, &mut it.dose, &mut it.exposure] {
        *total /= n;
    }
    it.influence.iter_mut().for_each(|it| *it /= n);
    Some(it)
}

/// Units with the same treatment in the first period.
fn by_baseline(paths: &TreatmentPaths) -> Vec<Vec<usize>> {
    let mut classes: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (unit, group) in paths.groups().iter().enumerate() {
        // Minus zero is zero.
        classes.entry((group.baseline + 0.0).to_bits()).or_default().push(unit);
    }
    classes.into_values().collect()
}

impl Horizon {
    /// Adds the units with one baseline that are `length` periods from their switch in `period`.
    fn add(
        &mut self,
        paths: &TreatmentPaths,
        units: &[usize],
        period: usize,
        kind: Contrast,
        direction: Direction,
    ) {
        let groups = paths.groups();
        let first = period + 1 - self.length;
        let back = match kind {
            Contrast::Effect => true,
            Contrast::Placebo => period >= 2 * self.length,
        };
        let switched = |unit: &usize| {
            let it = &groups[*unit];
            it.first == first && period < it.end && direction.holds(it.sign)
        };
        let switchers: Vec<usize> =
            units.iter().copied().filter(|unit| back && switched(unit)).collect();
        let controls: Vec<usize> =
            units.iter().copied().filter(|unit| groups[*unit].first > period).collect();
        if switchers.is_empty() || controls.is_empty() {
            return;
        }
        let change = |unit: usize| {
            let before = paths.outcome(unit, period - self.length);
            match kind {
                Contrast::Effect => paths.outcome(unit, period) - before,
                Contrast::Placebo => paths.outcome(unit, period - 2 * self.length) - before,
            }
        };
        let mean = |of: &[usize]| of.iter().map(|it| change(*it)).sum::<f64>() / of.len() as f64;
        let both: Vec<usize> = switchers.iter().chain(&controls).copied().collect();
        let union = (mean(&both), widening(paths, &both));
        let centre = |of: &[usize]| {
            if distinct_clusters(paths, of) > 1 { (mean(of), widening(paths, of)) } else { union }
        };

        let control_mean = mean(&controls);
        for cohort in by_switch(paths, &switchers) {
            let (middle, wider) = centre(&cohort);
            for unit in cohort {
                let sign = groups[unit].sign;
                self.estimate += sign * (change(unit) - control_mean);
                self.influence[unit] += sign * wider * (change(unit) - middle);
                let dose = |at: usize| sign * (paths.treatment(unit, at) - groups[unit].baseline);
                self.dose += dose(period);
                self.exposure += (first..=period).map(dose).sum::<f64>();
            }
        }
        let signs: f64 = switchers.iter().map(|it| groups[*it].sign).sum();
        let (middle, wider) = centre(&controls);
        for &unit in &controls {
            let share = signs / controls.len() as f64;
            self.influence[unit] -= share * wider * (change(unit) - middle);
        }
        self.switchers += switchers.len();
    }
}

/// Switchers by the treatment that they switch to.
fn by_switch(paths: &TreatmentPaths, switchers: &[usize]) -> Vec<Vec<usize>> {
    let mut cohorts: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for &unit in switchers {
        cohorts.entry((paths.groups()[unit].after + 0.0).to_bits()).or_default().push(unit);
    }
    cohorts.into_values().collect()
}

fn distinct_clusters(paths: &TreatmentPaths, units: &[usize]) -> usize {
    let mut clusters: Vec<usize> = units.iter().map(|it| paths.cluster(*it)).collect();
    clusters.sort_unstable();
    clusters.dedup();
    clusters.len()
}

/// `sqrt(n/(n-1))` over `n` clusters; 1 when there is only one.
fn widening(paths: &TreatmentPaths, units: &[usize]) -> f64 {
    let n = distinct_clusters(paths, units) as f64;
    if n > 1.0 { (n / (n - 1.0)).sqrt() } else { 1.0 }
}
