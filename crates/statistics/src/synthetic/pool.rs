//! The outcomes of a block design, with the sums from which any choice of donors gets its weights.

use crate::{
    fault::Fault,
    panel::Panel,
    synthetic::simplex::{Problem, Solver},
};

/// How the counterfactual of the treated units is put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Estimator {
    /// Unit weights and period weights, with fixed effects: synthetic difference-in-differences.
    SyntheticDid,
    /// Unit weights only, without intercept: a synthetic control on the outcomes.
    SyntheticControl,
    /// Equal weights everywhere: difference-in-differences.
    DifferenceInDifferences,
}

impl Estimator {
    /// The key under which its figures go.
    pub const fn key(self) -> &'static str {
        match self {
            Self::SyntheticDid => "sdid",
            Self::SyntheticControl => "sc",
            Self::DifferenceInDifferences => "did",
        }
    }
}

/// Outcomes of the units, treated from one period on, scaled and with each period's mean taken off.
///
/// Neither changes an effect (weights sum to one in all three estimators) but both keep the digits.
#[derive(Debug, Clone)]
pub(crate) struct Pool {
    pub(crate) units: usize,
    pub(crate) before: usize,
    pub(crate) after: usize,
    pub(crate) scale: f64,
    /// Outcomes, units by periods.
    outcome: Vec<f64>,
    /// Mean outcome of each unit over the treated periods.
    post: Vec<f64>,
    /// Gram matrices of the units' untreated outcomes: with the unit's own mean taken off, and raw.
    gram: [Vec<f64>; 2],
    /// Sums over all units of products of the untreated outcomes and `post`.
    moments: Vec<f64>,
    /// Sum and sum of squares of each unit's untreated first differences.
    change: Vec<(f64, f64)>,
}

/// One choice of donors and treated units.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Draw<'a> {
    /// How often each unit of the pool counts as a donor; 0 is not.
    pub(crate) donors: &'a [f64],
    /// The treated units; one may stand there more than once.
    pub(crate) treated: &'a [usize],
}

/// The weights of one draw.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weights {
    /// Weight of each unit of the pool.
    pub(crate) unit: Vec<f64>,
    /// Weight of each untreated period.
    pub(crate) period: Vec<f64>,
}

/// Buffers of one thread.
#[derive(Debug, Clone, Default)]
pub(crate) struct Work {
    solver: Solver,
    pub(crate) weights: Weights,
    linear: Vec<f64>,
    ridge: Vec<f64>,
    moments: Vec<f64>,
    gram: Vec<f64>,
    start: Vec<usize>,
    row: Vec<f64>,
}

/// The two ridge penalties; the unit one is of the estimator in question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Zeta {
    pub(crate) unit: f64,
    pub(crate) period: f64,
}

impl Pool {
    /// Reads the outcomes of `units` (positions in the panel), treated from position `before` on.
    pub(crate) fn new(panel: &Panel, units: &[usize], before: usize) -> Result<Self, Fault> {
        panel.require_balanced()?;
        let (count, periods) = (units.len(), panel.periods.len());
        let mut outcome: Vec<f64> = Vec::with_capacity(count * periods);
        for &unit in units {
            outcome.extend_from_slice(&panel.outcome[unit * periods..][..periods]);
        }
        let raw = outcome.clone();
        for period in 0..periods {
            let mean = (0..count).map(|unit| outcome[unit * periods + period] / count as f64);
            let mean: f64 = mean.sum();
            (0..count).for_each(|unit| outcome[unit * periods + period] -= mean);
        }
        let largest = outcome.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
        if !largest.is_finite() {
            return Err(too_large());
        }
        let scale = if largest > 0.0 { largest } else { 1.0 };
        outcome.iter_mut().for_each(|value| *value /= scale);
        let mut it = Self {
            units: count,
            before,
            after: periods - before,
            scale,
            outcome,
            post: Vec::new(),
            gram: [Vec::new(), Vec::new()],
            moments: Vec::new(),
            change: raw.chunks_exact(periods).map(|row| changes(&row[..before], scale)).collect(),
        };
        it.sum_up();
        Ok(it)
    }

    fn sum_up(&mut self) {
        let (before, after) = (self.before as f64, self.after as f64);
        self.post = self.rows().map(|row| row[self.before..].iter().sum::<f64>() / after).collect();
        let raw: Vec<Vec<f64>> = self.rows().map(|row| row[..self.before].to_vec()).collect();
        let centred = raw.iter().map(|row| {
            let mean = row.iter().sum::<f64>() / before;
            row.iter().map(|value| value - mean).collect()
        });
        self.gram = [gram(&centred.collect::<Vec<Vec<f64>>>()), gram(&raw)];
        let size = self.before + 1;
        let mut moments = vec![0.0; size * (size + 1)];
        let mut row = Vec::with_capacity(size + 1);
        for unit in 0..self.units {
            self.augmented(unit, &mut row);
            add_outer(&mut moments, &row, 1.0);
        }
        self.moments = moments;
    }

    fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.outcome.chunks_exact(self.before + self.after)
    }

    /// Untreated outcomes of a unit, its treated mean, and a one.
    fn augmented(&self, unit: usize, row: &mut Vec<f64>) {
        let periods = self.before + self.after;
        row.clear();
        row.extend_from_slice(&self.outcome[unit * periods..][..self.before]);
        row.push(self.post[unit]);
        row.push(1.0);
    }

    /// Standard deviation of the donors' untreated first differences, in scaled units.
    pub(crate) fn noise(&self, donors: &[f64]) -> f64 {
        let (mut count, mut sum, mut square) = (0.0, 0.0, 0.0);
        for (weight, change) in donors.iter().zip(&self.change) {
            count += weight * (self.before as f64 - 1.0);
            sum += weight * change.0;
            square += weight * change.1;
        }
        if count > 1.0 {
            ((square - sum * sum / count) / (count - 1.0)).max(0.0).sqrt()
        } else {
            0.0
        }
    }

    /// The penalties of Arkhangelsky et al. (2021), with the constants of the authors' code.
    pub(crate) fn zeta(&self, estimator: Estimator, draw: Draw<'_>) -> Zeta {
        let noise = self.noise(draw.donors);
        let period = 1e-6 * noise;
        let unit = match estimator {
            Estimator::SyntheticDid => {
                ((draw.treated.len() * self.after) as f64).powf(0.25) * noise
            }
            _ => period,
        };
        Zeta { unit, period }
    }

    /// Computes the weights of `estimator` for `draw` into `work.weights`.
    ///
    /// `warm` are the weights of a related draw, from whose periods the search starts.
    pub(crate) fn weigh(
        &self,
        estimator: Estimator,
        draw: Draw<'_>,
        zeta: Zeta,
        warm: Option<&Weights>,
        work: &mut Work,
    ) -> Result<(), Fault> {
        let equal = 1.0 / self.before as f64;
        work.weights.period.clear();
        match estimator {
            Estimator::DifferenceInDifferences => {
                let total: f64 = draw.donors.iter().sum();
                work.weights.unit.clear();
                work.weights.unit.extend(draw.donors.iter().map(|it| it / total));
                work.weights.period.resize(self.before, equal);
            }
            Estimator::SyntheticControl => {
                self.weigh_units(1, draw, zeta, work)?;
                work.weights.period.resize(self.before, 0.0);
            }
            Estimator::SyntheticDid => {
                self.weigh_units(0, draw, zeta, work)?;
                self.weigh_periods(draw, zeta, warm, work)?;
            }
        }
        Ok(())
    }

    fn weigh_units(
        &self,
        kind: usize,
        draw: Draw<'_>,
        zeta: Zeta,
        work: &mut Work,
    ) -> Result<(), Fault> {
        let gram = &self.gram[kind];
        work.linear.clear();
        work.linear.resize(self.units, 0.0);
        let share = 1.0 / draw.treated.len() as f64;
        for &unit in draw.treated {
            let row = &gram[unit * self.units..][..self.units];
            work.linear.iter_mut().zip(row).for_each(|(sum, value)| *sum += share * value);
        }
        let ridge = self.before as f64 * zeta.unit * zeta.unit;
        work.ridge.clear();
        // A donor drawn m times carries its weight in m equal parts.
        work.ridge.extend(
            draw.donors.iter().map(
                |&count| {
                    if count > 0.0 { ridge / count } else { f64::INFINITY }
                },
            ),
        );
        let problem = Problem { gram, linear: &work.linear, ridge: &work.ridge };
        let weights = work.solver.solve(problem, &[])?;
        work.weights.unit.clear();
        work.weights.unit.extend_from_slice(weights);
        Ok(())
    }

    fn weigh_periods(
        &self,
        draw: Draw<'_>,
        zeta: Zeta,
        warm: Option<&Weights>,
        work: &mut Work,
    ) -> Result<(), Fault> {
        let size = self.before + 2;
        work.moments.clone_from(&self.moments);
        for (unit, &count) in draw.donors.iter().enumerate() {
            if count != 1.0 {
                self.augmented(unit, &mut work.row);
                add_outer(&mut work.moments, &work.row, count - 1.0);
            }
        }
        let donors: f64 = draw.donors.iter().sum();
        let sum = |period: usize| work.moments[period * size + size - 1];
        let centred = |a: usize, b: usize| work.moments[a * size + b] - sum(a) * sum(b) / donors;
        work.gram.clear();
        work.linear.clear();
        for row in 0..self.before {
            work.gram.extend((0..self.before).map(|at| centred(row.min(at), row.max(at))));
            work.linear.push(centred(row, self.before));
        }
        work.ridge.clear();
        work.ridge.resize(self.before, donors * zeta.period * zeta.period);
        work.start.clear();
        if let Some(warm) = warm {
            let held = warm.period.iter().enumerate().filter(|(_, weight)| **weight > 0.0);
            work.start.extend(held.map(|(period, _)| period));
        }
        let problem = Problem { gram: &work.gram, linear: &work.linear, ridge: &work.ridge };
        let weights = work.solver.solve(problem, &work.start)?;
        work.weights.period.clear();
        work.weights.period.extend_from_slice(weights);
        Ok(())
    }

    /// The effect with these weights, in the units of the outcome.
    pub(crate) fn effect(&self, weights: &Weights, treated: &[usize]) -> f64 {
        let share = 1.0 / treated.len() as f64;
        let own: f64 = treated.iter().map(|&unit| share * self.gain(unit, weights)).sum();
        let used = weights.unit.iter().enumerate().filter(|(_, weight)| **weight != 0.0);
        let control: f64 = used.map(|(unit, weight)| weight * self.gain(unit, weights)).sum();
        (own - control) * self.scale
    }

    fn gain(&self, unit: usize, weights: &Weights) -> f64 {
        let row = &self.outcome[unit * (self.before + self.after)..][..self.before];
        let past: f64 = row.iter().zip(&weights.period).map(|(y, weight)| y * weight).sum();
        self.post[unit] - past
    }

    /// Treated mean minus weighted donors, for each period, in the units of the outcome.
    pub(crate) fn gaps(&self, weights: &Weights, treated: &[usize]) -> Vec<f64> {
        let periods = self.before + self.after;
        let share = 1.0 / treated.len() as f64;
        let at = |unit: usize, period: usize| self.outcome[unit * periods + period];
        (0..periods)
            .map(|period| {
                let own: f64 = treated.iter().map(|&unit| share * at(unit, period)).sum();
                let weighted = weights.unit.iter().enumerate();
                let control: f64 = weighted.map(|(unit, weight)| weight * at(unit, period)).sum();
                (own - control) * self.scale
            })
            .collect()
    }
}

pub(crate) fn too_large() -> Fault {
    Fault::argument("uitkomst", "getallen waarmee gerekend kan worden", "te grote getallen")
}

fn changes(row: &[f64], scale: f64) -> (f64, f64) {
    row.windows(2)
        .map(|pair| pair[1] / scale - pair[0] / scale)
        .fold((0.0, 0.0), |(sum, square), change| (sum + change, square + change * change))
}

fn gram(rows: &[Vec<f64>]) -> Vec<f64> {
    let size = rows.len();
    let mut gram = vec![0.0; size * size];
    for a in 0..size {
        for b in a..size {
            let value: f64 = rows[a].iter().zip(&rows[b]).map(|(a, b)| a * b).sum();
            gram[a * size + b] = value;
            gram[b * size + a] = value;
        }
    }
    gram
}

/// Adds `factor * row * row'` to the upper triangle; the last row of the triangle is not kept.
fn add_outer(moments: &mut [f64], row: &[f64], factor: f64) {
    let size = row.len();
    for (a, &own) in row[..size - 1].iter().enumerate() {
        let times = factor * own;
        let target = &mut moments[a * size + a..(a + 1) * size];
        target.iter_mut().zip(&row[a..]).for_each(|(sum, value)| *sum += times * value);
    }
}
