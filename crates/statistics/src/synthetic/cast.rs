//! One treated series and its donors, matched on outcomes or on predictors.

use crate::{
    fault::Fault,
    figures::Warning,
    panel::Panel,
    synthetic::{
        control::Options,
        pool::too_large,
        simplex::{Problem, Solver},
    },
};

/// The rows of a synthetic control: donors and, in the last place, the treated (their mean).
#[derive(Debug, Clone)]
pub(crate) struct Cast {
    pub(crate) names: Vec<String>,
    pub(crate) outcomes: Vec<Vec<f64>>,
    /// Predictors by row of `outcomes`.
    pub(crate) predictors: Vec<Vec<f64>>,
    pub(crate) predictor_names: Vec<String>,
    pub(crate) periods: Vec<i64>,
    pub(crate) before: usize,
    pub(crate) treated: Vec<String>,
    pub(crate) warnings: Vec<Warning>,
}

/// Matching variables of one target and its donors, each divided by its standard deviation.
#[derive(Debug, Clone)]
pub(crate) struct Scaled {
    pub(crate) target: Vec<f64>,
    pub(crate) donors: Vec<Vec<f64>>,
}

impl Cast {
    /// Chooses the donors and averages the treated.
    pub(crate) fn new(panel: &Panel, options: &Options) -> Result<Self, Fault> {
        panel.require_balanced()?;
        let last = *panel.periods.last().unwrap_or(&i64::MIN);
        let all = 0..panel.units.len();
        let start = |unit: usize| panel.cohort[unit].filter(|first| *first <= last);
        let treated: Vec<usize> = all.clone().filter(|it| start(*it).is_some()).collect();
        let Some(first) = treated.first().and_then(|it| start(*it)) else {
            return Err(Fault::not_identified("Geen enkele eenheid is behandeld in deze periode."));
        };
        if let Some(&other) = treated.iter().find(|it| start(**it) != Some(first)) {
            return Err(Fault::not_identified(format!(
                "‘{}’ begint in een andere periode dan ‘{}’. Een synthetische controle heeft één \
                 start; kies synthetische verschil-in-verschillen.",
                panel.units[other], panel.units[treated[0]]
            )));
        }
        let donors = donors(panel, options, &treated)?;
        let before = panel.periods.partition_point(|period| *period < first);
        if before < 2 {
            return Err(Fault::not_identified(format!(
                "Voor de start in periode {first} zijn er {before} periodes; er zijn er minstens 2 \
                 nodig."
            )));
        }
        let count = panel.periods.len();
        let series = |unit: &usize| panel.outcome[unit * count..][..count].to_vec();
        let mut outcomes: Vec<Vec<f64>> = donors.iter().map(series).collect();
        outcomes.push(mean(&treated.iter().map(series).collect::<Vec<_>>()));
        if outcomes.iter().flatten().any(|value| value.abs() > 1e140) {
            return Err(too_large());
        }
        Ok(Self {
            names: donors.iter().map(|it| panel.units[*it].clone()).collect(),
            outcomes,
            predictors: predictors(panel, options, &donors, &treated)?,
            predictor_names: options.predictors.iter().map(|it| it.name.clone()).collect(),
            periods: panel.periods.clone(),
            before,
            warnings: excluded(panel, options, &treated),
            treated: treated.iter().map(|it| panel.units[*it].clone()).collect(),
        })
    }

    /// Number of donors; the treated stand in that row.
    pub(crate) fn donors(&self) -> usize {
        self.names.len()
    }

    /// Matching variables of `target` and `donors` (rows): predictors, or untreated outcomes.
    pub(crate) fn scaled(&self, target: usize, donors: &[usize]) -> Scaled {
        let by_predictor = !self.predictor_names.is_empty();
        let row = |row: usize| -> Vec<f64> {
            if by_predictor {
                self.predictors[row].clone()
            } else {
                self.outcomes[row][..self.before].to_vec()
            }
        };
        let mut it = Scaled {
            target: row(target),
            donors: donors.iter().map(|donor| row(*donor)).collect(),
        };
        if by_predictor {
            it.divide();
        }
        it
    }

    /// Outcome of `target` minus the weighted donors, for each period.
    pub(crate) fn gaps(&self, target: usize, donors: &[usize], weights: &[f64]) -> Vec<f64> {
        let mut gaps = self.outcomes[target].clone();
        for (donor, weight) in donors.iter().zip(weights) {
            for (gap, value) in gaps.iter_mut().zip(&self.outcomes[*donor]) {
                *gap -= weight * value;
            }
        }
        gaps
    }
}

impl Scaled {
    /// Divides each variable by its standard deviation over all rows; one without spread becomes 0.
    fn divide(&mut self) {
        let count = (self.donors.len() + 1) as f64;
        for at in 0..self.target.len() {
            let rows = || self.donors.iter().chain([&self.target]).map(|row| row[at]);
            let mean = rows().map(|value| value / count).sum::<f64>();
            let square: f64 = rows().map(|value| (value - mean) * (value - mean)).sum();
            let deviation = (square / (count - 1.0)).sqrt();
            let factor = if deviation > 0.0 { 1.0 / deviation } else { 0.0 };
            self.donors.iter_mut().for_each(|row| row[at] *= factor);
            self.target[at] *= factor;
        }
    }

    /// Prepares for weights under many importances: each variable's mean over the donors goes.
    pub(crate) fn weigher(mut self) -> Weigher {
        let count = self.donors.len() as f64;
        let mut largest = 0.0_f64;
        for at in 0..self.target.len() {
            let mean: f64 = self.donors.iter().map(|row| row[at] / count).sum();
            for row in self.donors.iter_mut().chain([&mut self.target]) {
                row[at] -= mean;
                largest = largest.max(row[at].abs());
            }
        }
        let scale = if largest > 0.0 { largest } else { 1.0 };
        let rows = self.donors.iter_mut().chain([&mut self.target]);
        rows.flatten().for_each(|value| *value /= scale);
        Weigher {
            ridge: vec![0.0; self.donors.len()],
            scaled: self,
            solver: Solver::default(),
            gram: Vec::new(),
            linear: Vec::new(),
            times: Vec::new(),
        }
    }
}

/// Finds donor weights for one importance of the variables after the other.
#[derive(Debug, Clone)]
pub(crate) struct Weigher {
    pub(crate) scaled: Scaled,
    solver: Solver,
    ridge: Vec<f64>,
    gram: Vec<f64>,
    linear: Vec<f64>,
    times: Vec<f64>,
}

impl Weigher {
    /// Donor weights under importance `v` of the variables.
    pub(crate) fn weights(&mut self, v: &[f64]) -> Result<&[f64], Fault> {
        let donors = &self.scaled.donors;
        let size = donors.len();
        self.gram.resize(size * size, 0.0);
        self.linear.clear();
        for (a, row) in donors.iter().enumerate() {
            self.times.clear();
            self.times.extend(row.iter().zip(v).map(|(value, v)| value * v));
            let with =
                |other: &[f64]| -> f64 { self.times.iter().zip(other).map(|(a, b)| a * b).sum() };
            for (b, other) in donors[..=a].iter().enumerate() {
                let value = with(other);
                self.gram[a * size + b] = value;
                self.gram[b * size + a] = value;
            }
            self.linear.push(with(&self.scaled.target));
        }
        let problem = Problem { gram: &self.gram, linear: &self.linear, ridge: &self.ridge };
        self.solver.solve(problem, &[])
    }
}

fn mean(rows: &[Vec<f64>]) -> Vec<f64> {
    let share = 1.0 / rows.len() as f64;
    (0..rows[0].len()).map(|at| rows.iter().map(|row| share * row[at]).sum()).collect()
}

fn donors(panel: &Panel, options: &Options, treated: &[usize]) -> Result<Vec<usize>, Fault> {
    let chosen: Vec<usize> = if options.donors.is_empty() {
        (0..panel.units.len()).filter(|unit| !treated.contains(unit)).collect()
    } else {
        let mut chosen = Vec::with_capacity(options.donors.len());
        for name in &options.donors {
            let Some(unit) = panel.units.iter().position(|it| it == name) else {
                return Err(Fault::argument("donor", "een eenheid uit het bestand", name));
            };
            if treated.contains(&unit) {
                return Err(Fault::argument(
                    "donor",
                    "een eenheid die zelf nooit behandeld is",
                    name,
                ));
            }
            chosen.push(unit);
        }
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    };
    if chosen.len() < 2 {
        return Err(Fault::not_identified(format!(
            "Er zijn {} donoren; er zijn er minstens 2 nodig om een vergelijking uit samen te \
             stellen.",
            chosen.len()
        )));
    }
    Ok(chosen)
}

fn predictors(
    panel: &Panel,
    options: &Options,
    donors: &[usize],
    treated: &[usize],
) -> Result<Vec<Vec<f64>>, Fault> {
    for it in &options.predictors {
        if it.values.len() != panel.units.len() {
            let (expected, found) = (panel.units.len(), it.values.len());
            return Err(Fault::Length { column: it.name.clone(), expected, found });
        }
        if let Some(row) = it.values.iter().position(|it| !it.is_finite() || it.abs() > 1e140) {
            let value = it.values[row];
            return Err(Fault::NotFinite { column: it.name.clone(), row: row + 1, value });
        }
    }
    let row = |unit: &usize| options.predictors.iter().map(|it| it.values[*unit]).collect();
    let mut rows: Vec<Vec<f64>> = donors.iter().map(row).collect();
    let own: Vec<Vec<f64>> = treated.iter().map(row).collect();
    rows.push(mean(&own));
    Ok(rows)
}

fn excluded(panel: &Panel, options: &Options, treated: &[usize]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if treated.len() > 1 {
        let text = format!(
            "Er zijn {} behandelde eenheden; hun gemiddelde is vergeleken, en geen van hen is donor.",
            treated.len()
        );
        warnings.push(Warning::new("treated-averaged", text));
    }
    let later = panel.cohort.iter().flatten().count().saturating_sub(treated.len());
    if later > 0 && options.donors.is_empty() {
        let text = format!("{later} donoren beginnen na de laatste periode zelf ook.");
        warnings.push(Warning::new("later-treated", text));
    }
    warnings
}
