//! Cox's partial likelihood with its derivatives and residuals, over (entry, end] and strata.

use faer::Mat;

use super::cox::Ties;
use super::observations::Durations;

/// Subjects of one stratum in the two orders that the sweep needs.
struct Stratum {
    /// Rows by end, latest first.
    by_end: Vec<usize>,
    /// Rows by entry, latest first.
    by_entry: Vec<usize>,
}

/// The data of a Cox model, covariates centred.
pub(super) struct Likelihood<'a> {
    durations: &'a Durations,
    strata: Vec<Stratum>,
    /// Covariates by row, `width` each.
    x: Vec<f64>,
    width: usize,
    ties: Ties,
}

/// Sums over the risk set at one event time; the `tied` ones over who ends then.
struct Moment<'a> {
    time: f64,
    deaths: &'a [usize],
    risk: Sums,
    tied: Sums,
}

#[derive(Clone)]
struct Sums {
    zero: f64,
    first: Vec<f64>,
    second: Vec<f64>,
}

/// Value and derivatives at one `beta`.
pub(super) struct Value {
    pub(super) log_likelihood: f64,
    pub(super) score: Vec<f64>,
    pub(super) information: Mat<f64>,
}

impl<'a> Likelihood<'a> {
    /// `x` by row; `strata` by row, empty for one stratum.
    pub(super) fn new(
        durations: &'a Durations,
        mut x: Vec<f64>,
        width: usize,
        strata: &[String],
        ties: Ties,
    ) -> Self {
        let rows = durations.time.len();
        for column in 0..width {
            let mean = (0..rows).map(|row| x[row * width + column]).sum::<f64>() / rows as f64;
            (0..rows).for_each(|row| x[row * width + column] -= mean);
        }
        let mut members: std::collections::BTreeMap<&str, Vec<usize>> =
            std::collections::BTreeMap::new();
        for row in 0..rows {
            members.entry(strata.get(row).map_or("", String::as_str)).or_default().push(row);
        }
        let sorted = |rows: Vec<usize>| {
            let (mut by_end, mut by_entry) = (rows.clone(), rows);
            by_end.sort_by(|a, b| durations.time[*b].total_cmp(&durations.time[*a]));
            by_entry.sort_by(|a, b| durations.entry_of(*b).total_cmp(&durations.entry_of(*a)));
            Stratum { by_end, by_entry }
        };
        let strata = members.into_values().map(sorted).collect();
        Self { durations, strata, x, width, ties }
    }

    /// Log likelihood, score and information at `beta`.
    pub(super) fn value(&self, beta: &[f64]) -> Value {
        let width = self.width;
        let risk = self.risks(beta);
        let mut value = Value {
            log_likelihood: 0.0,
            score: vec![0.0; width],
            information: Mat::zeros(width, width),
        };
        for stratum in &self.strata {
            self.sweep(stratum, &risk, true, |moment| {
                for &row in moment.deaths {
                    value.log_likelihood += risk[row].ln();
                    for column in 0..width {
                        value.score[column] += self.x[row * width + column];
                    }
                }
                self.layers(moment, |weight, mean, fraction| {
                    value.log_likelihood -= weight.ln();
                    for a in 0..width {
                        value.score[a] -= mean[a];
                        for b in 0..width {
                            let second = moment.risk.second[a * width + b]
                                - fraction * moment.tied.second[a * width + b];
                            value.information[(a, b)] += second / weight - mean[a] * mean[b];
                        }
                    }
                });
            });
        }
        value
    }

    /// Schoenfeld residual of each subject with an event: row and covariates minus their mean.
    pub(super) fn schoenfeld(&self, beta: &[f64]) -> Vec<(usize, Vec<f64>)> {
        let risk = self.risks(beta);
        let mut residuals = Vec::new();
        for stratum in &self.strata {
            self.sweep(stratum, &risk, false, |moment| {
                let mean = self.mean_of_layers(moment);
                for &row in moment.deaths {
                    let own = &self.x[row * self.width..(row + 1) * self.width];
                    residuals.push((row, own.iter().zip(&mean).map(|(x, m)| x - m).collect()));
                }
            });
        }
        residuals
    }

    /// Score residual of each row: its part in the score at `beta`, and minus what its presence
    /// in the risk sets takes away.
    pub(super) fn score_residuals(&self, beta: &[f64]) -> Vec<f64> {
        let (width, risk) = (self.width, self.risks(beta));
        let mut residuals = vec![0.0; self.x.len()];
        for stratum in &self.strata {
            // Per event time: sum over layers of 1/weight and of mean/weight.
            let mut hazards: Vec<(f64, f64, Vec<f64>)> = Vec::new();
            self.sweep(stratum, &risk, false, |moment| {
                let mean = self.mean_of_layers(moment);
                let (mut hazard, mut moved) = (0.0, vec![0.0; width]);
                let (mut spared, mut spared_moved) = (0.0, vec![0.0; width]);
                self.layers(moment, |weight, mean, fraction| {
                    hazard += 1.0 / weight;
                    spared += fraction / weight;
                    for ((moved, spared), mean) in moved.iter_mut().zip(&mut spared_moved).zip(mean)
                    {
                        *moved += mean / weight;
                        *spared += fraction * mean / weight;
                    }
                });
                for &row in moment.deaths {
                    for column in 0..width {
                        let x = self.x[row * width + column];
                        residuals[row * width + column] +=
                            x - mean[column] + risk[row] * (x * spared - spared_moved[column]);
                    }
                }
                hazards.push((moment.time, hazard, moved));
            });
            self.take_exposure(stratum, &risk, hazards, &mut residuals);
        }
        residuals
    }

    fn take_exposure(
        &self,
        stratum: &Stratum,
        risk: &[f64],
        mut hazards: Vec<(f64, f64, Vec<f64>)>,
        residuals: &mut [f64],
    ) {
        let width = self.width;
        hazards.reverse();
        for at in 1..hazards.len() {
            let (done, rest) = hazards.split_at_mut(at);
            let (before, now) = (&done[at - 1], &mut rest[0]);
            now.1 += before.1;
            now.2.iter_mut().zip(&before.2).for_each(|(now, before)| *now += before);
        }
        let until = |time: f64| hazards.partition_point(|it| it.0 <= time).checked_sub(1);
        for &row in &stratum.by_end {
            let ends = [
                (until(self.durations.time[row]), 1.0),
                (until(self.durations.entry_of(row)), -1.0),
            ];
            for (end, sign) in ends {
                let Some(end) = end else { continue };
                let (_, hazard, moved) = &hazards[end];
                let own = row * width..(row + 1) * width;
                let x = self.x[own.clone()].iter().zip(moved);
                for (residual, (x, moved)) in residuals[own].iter_mut().zip(x) {
                    *residual -= sign * risk[row] * (x * hazard - moved);
                }
            }
        }
    }

    fn risks(&self, beta: &[f64]) -> Vec<f64> {
        let dot = |x: &[f64]| x.iter().zip(beta).map(|(x, b)| x * b).sum::<f64>().exp();
        self.x.chunks_exact(self.width).map(dot).collect()
    }

    fn mean_of_layers(&self, moment: &Moment<'_>) -> Vec<f64> {
        let mut mean = vec![0.0; self.width];
        self.layers(moment, |_, layer, _| {
            mean.iter_mut().zip(layer).for_each(|(mean, layer)| *mean += layer);
        });
        mean.iter_mut().for_each(|it| *it /= moment.deaths.len() as f64);
        mean
    }

    /// Calls `each` for every tied event with the weight of its risk set, the mean in it and the
    /// fraction of the tied ones that is taken out (0 with Breslow's method).
    fn layers(&self, moment: &Moment<'_>, mut each: impl FnMut(f64, &[f64], f64)) {
        let count = moment.deaths.len();
        let mut mean = vec![0.0; self.width];
        for layer in 0..count {
            let fraction = match self.ties {
                Ties::Efron => layer as f64 / count as f64,
                Ties::Breslow => 0.0,
            };
            let weight = moment.risk.zero - fraction * moment.tied.zero;
            for (column, mean) in mean.iter_mut().enumerate() {
                *mean = (moment.risk.first[column] - fraction * moment.tied.first[column]) / weight;
            }
            each(weight, &mean, fraction);
        }
    }

    /// Visits the event times of a stratum from the last to the first.
    fn sweep(
        &self,
        stratum: &Stratum,
        risk: &[f64],
        second: bool,
        mut visit: impl FnMut(&Moment<'_>),
    ) {
        let (time, cause) = (&self.durations.time, &self.durations.cause);
        let empty = Sums::zero(self.width);
        let mut moment =
            Moment { time: 0.0, deaths: &[], risk: empty.clone(), tied: empty.clone() };
        let (mut next, mut gone) = (0, 0);
        let mut deaths: Vec<usize> = Vec::new();
        while next < stratum.by_end.len() {
            let now = time[stratum.by_end[next]];
            deaths.clear();
            let (mut sums, mut tied) = (moment.risk, empty.clone());
            while let Some(&row) = stratum.by_end.get(next).filter(|row| time[**row] == now) {
                self.add(&mut sums, row, risk[row], second);
                if cause[row] > 0 {
                    self.add(&mut tied, row, risk[row], second);
                    deaths.push(row);
                }
                next += 1;
            }
            let entered = |row: &&usize| self.durations.entry_of(**row) >= now;
            while let Some(&row) = stratum.by_entry.get(gone).filter(entered) {
                self.add(&mut sums, row, -risk[row], second);
                gone += 1;
            }
            let here = Moment { time: now, deaths: &deaths, risk: sums, tied };
            if !here.deaths.is_empty() {
                visit(&here);
            }
            moment = Moment { deaths: &[], time: now, risk: here.risk, tied: empty.clone() };
        }
    }

    fn add(&self, sums: &mut Sums, row: usize, risk: f64, second: bool) {
        let x = &self.x[row * self.width..(row + 1) * self.width];
        sums.zero += risk;
        for a in 0..self.width {
            sums.first[a] += risk * x[a];
            if second {
                for b in 0..self.width {
                    sums.second[a * self.width + b] += risk * x[a] * x[b];
                }
            }
        }
    }
}

impl Sums {
    fn zero(width: usize) -> Self {
        Self { zero: 0.0, first: vec![0.0; width], second: vec![0.0; width * width] }
    }
}
