//! The spread of an effect in a block design: placebo, jackknife and bootstrap (Arkhangelsky et al.
//! 2021, Algorithms 2 to 4), and every placebo there is.

use rand::{RngExt as _, seq::SliceRandom as _};
use rayon::prelude::*;

use crate::{
    fault::Fault,
    random::generator,
    synthetic::{
        design::{Assignment, Design},
        pool::{Estimator, Weights, Work},
        sdid::Inference,
    },
};

/// The most placebo sets that are enumerated.
const MOST_SETS: usize = 200_000;

/// What the replications say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Standard error.
    pub standard_error: f64,
    /// Share of placebos at least as far from zero, the actual assignment included; for placebos.
    pub p: Option<f64>,
    /// Number of replications.
    pub replications: usize,
}

/// The spread of `estimate`, or nothing when none is asked.
pub(crate) fn spread(
    design: &Design,
    estimator: Estimator,
    weights: &[Weights],
    estimate: f64,
    inference: Inference,
) -> Result<Option<Spread>, Fault> {
    Ok(match inference {
        Inference::None => None,
        Inference::PlaceboAll => Some(every_placebo(design, estimator, weights, estimate)?),
        Inference::Placebo { draws, seed } => {
            enough_draws(draws)?;
            enough_controls(design)?;
            let effects = replicate(design, estimator, weights, draws, |draw| {
                let mut controls: Vec<usize> = (0..design.controls).collect();
                controls.shuffle(&mut generator(seed, draw));
                Ok(design.pretend(&controls[design.controls - design.treated()..]))
            })?;
            Some(Spread { p: Some(share_beyond(&effects, estimate)), ..sampled(&effects) })
        }
        Inference::Jackknife => Some(jackknife(design, weights)?),
        Inference::Bootstrap { draws, seed } => {
            enough_draws(draws)?;
            if design.treated() < 2 {
                return Err(one_treated("bootstrap"));
            }
            let effects =
                replicate(design, estimator, weights, draws, |draw| resample(design, seed, draw))?;
            Some(sampled(&effects))
        }
    })
}

/// Effects of `draws` assignments, in order, whatever the number of threads.
fn replicate(
    design: &Design,
    estimator: Estimator,
    weights: &[Weights],
    draws: usize,
    assignment: impl Fn(u64) -> Result<Assignment, Fault> + Sync,
) -> Result<Vec<f64>, Fault> {
    (0..draws as u64)
        .into_par_iter()
        .map_init(Work::default, |work, draw| {
            design.effect(estimator, &assignment(draw)?, weights, work)
        })
        .collect()
}

fn every_placebo(
    design: &Design,
    estimator: Estimator,
    weights: &[Weights],
    estimate: f64,
) -> Result<Spread, Fault> {
    enough_controls(design)?;
    let (n, k) = (design.controls, design.treated());
    let sets = combinations(n, k).filter(|sets| *sets <= MOST_SETS);
    let (Some(sets), 1) = (sets, design.cohorts.len()) else {
        return Err(Fault::argument(
            "toets",
            "een placebotoets met een aantal trekkingen, want alle placebo's langslopen kan alleen \
             bij één startperiode en weinig behandelde eenheden",
            format!("alle placebo's van {k} uit {n} eenheden"),
        ));
    };
    let effects = replicate(design, estimator, weights, sets, |rank| {
        let rank = usize::try_from(rank).unwrap_or(usize::MAX);
        Ok(design.pretend(&unrank(n, k, rank)))
    })?;
    Ok(Spread { p: Some(share_beyond(&effects, estimate)), ..sampled(&effects) })
}

fn jackknife(design: &Design, weights: &[Weights]) -> Result<Spread, Fault> {
    if design.cohorts.iter().any(|it| it.treated.len() < 2) {
        return Err(one_treated("jackknife"));
    }
    if weights.iter().any(|it| it.unit.iter().filter(|weight| **weight > 0.0).count() < 2) {
        return Err(Fault::not_identified(
            "De vergelijking bestaat uit één controle-eenheid; de jackknife kan die niet weglaten. \
             Kies een placebotoets.",
        ));
    }
    let effects: Vec<f64> = (0..design.units.len())
        .map(|left_out| {
            let (mut sum, mut cells) = (0.0, 0.0);
            for (cohort, weights) in design.cohorts.iter().zip(weights) {
                let keep = |unit: &usize| *unit != left_out;
                let treated: Vec<usize> = cohort.treated.iter().copied().filter(keep).collect();
                let mut weights = weights.clone();
                weights.unit[left_out] = 0.0;
                let total: f64 = weights.unit.iter().sum();
                weights.unit.iter_mut().for_each(|weight| *weight /= total);
                let weight = (treated.len() * cohort.pool.after) as f64;
                sum += weight * cohort.pool.effect(&weights, &treated);
                cells += weight;
            }
            sum / cells
        })
        .collect();
    let factor = (effects.len() as f64 - 1.0).sqrt();
    let it = sampled(&effects);
    Ok(Spread { standard_error: factor * it.standard_error, ..it })
}

/// Units drawn with replacement until there is a control and a treated one.
fn resample(design: &Design, seed: u64, draw: u64) -> Result<Assignment, Fault> {
    let mut random = generator(seed, draw);
    let (units, mut it) = (design.units.len(), design.actual());
    for _ in 0..1000 {
        it.donors.fill(0.0);
        it.treated.iter_mut().for_each(Vec::clear);
        let mut treated = 0_usize;
        for _ in 0..units {
            let unit = random.random_range(0..units);
            if unit < design.controls {
                it.donors[unit] += 1.0;
                continue;
            }
            treated += 1;
            for (cohort, place) in design.cohorts.iter().zip(&mut it.treated) {
                if cohort.treated.contains(&unit) {
                    place.push(unit);
                }
            }
        }
        if treated > 0 && treated < units {
            return Ok(it);
        }
    }
    Err(Fault::NotConverged { method: "De bootstrap".to_owned(), iterations: 1000 })
}

/// Population standard deviation: `sqrt((B - 1) / B)` times that of a sample.
fn sampled(effects: &[f64]) -> Spread {
    let n = effects.len() as f64;
    let mean: f64 = effects.iter().map(|it| it / n).sum();
    // Scaled, so that the squares of large effects stay finite.
    let most = effects.iter().fold(0.0_f64, |most, it| most.max((it - mean).abs()));
    let scale = if most > 0.0 { most } else { 1.0 };
    let square: f64 = effects.iter().map(|it| ((it - mean) / scale).powi(2)).sum();
    Spread { standard_error: scale * (square / n).sqrt(), p: None, replications: effects.len() }
}

/// Never below `1 / (n + 1)`: what happened is one of the assignments.
pub(crate) fn share_beyond(placebos: &[f64], estimate: f64) -> f64 {
    let least = estimate.abs() * (1.0 - 1e-10);
    let beyond = placebos.iter().filter(|it| it.abs() >= least).count();
    (1 + beyond) as f64 / (1 + placebos.len()) as f64
}

fn enough_draws(draws: usize) -> Result<(), Fault> {
    if draws >= 2 { Ok(()) } else { Err(Fault::argument("trekkingen", "2 of meer", draws)) }
}

fn enough_controls(design: &Design) -> Result<(), Fault> {
    let (controls, treated) = (design.controls, design.treated());
    if controls > treated + 1 {
        return Ok(());
    }
    Err(Fault::not_identified(format!(
        "Een placebotoets zet {treated} controle-eenheden op de plaats van de behandelde en houdt er \
         minstens 2 over; er zijn er maar {controls}."
    )))
}

fn one_treated(method: &str) -> Fault {
    Fault::not_identified(format!(
        "De {method} vraagt minstens twee behandelde eenheden per startperiode. Kies een \
         placebotoets."
    ))
}

fn combinations(n: usize, k: usize) -> Option<usize> {
    let mut count: usize = 1;
    for step in 0..k.min(n - k) {
        count = count.checked_mul(n - step)? / (step + 1);
    }
    Some(count)
}

/// The set with number `rank` in lexicographic order.
fn unrank(n: usize, k: usize, mut rank: usize) -> Vec<usize> {
    let mut set = Vec::with_capacity(k);
    let mut next = 0;
    while set.len() < k {
        let with_next = combinations(n - next - 1, k - set.len() - 1).unwrap_or(usize::MAX);
        if rank < with_next {
            set.push(next);
        } else {
            rank -= with_next;
        }
        next += 1;
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_comes_once() {
        let count = combinations(7, 3).unwrap();
        let mut all: Vec<Vec<usize>> = (0..count).map(|rank| unrank(7, 3, rank)).collect();
        assert_eq!((count, &all[0], &all[34]), (35, &vec![0, 1, 2], &vec![4, 5, 6]));
        all.dedup();
        assert_eq!(all.len(), 35);
        assert_eq!(combinations(342, 40), None);
    }
}
