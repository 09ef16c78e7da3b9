//! Conformal intervals for a synthetic control: Chernozhukov, Wuthrich & Zhu (2021), *Journal of the
//! American Statistical Association* 116(536), doi:10.1080/01621459.2021.1920957.
//!
//! Under a hypothesis about the effect the treated outcomes without treatment are known in every
//! period. The weights are fitted to all of them, and the residuals of the treated periods are
//! compared with those of every other stretch of as many periods (moving blocks, cyclically). The
//! interval is the set of effects that this does not reject. It asks that the residuals behave
//! alike over time, not that there are many units.

use rayon::prelude::*;

use crate::{
    fault::Fault,
    figures::{Estimate, Figures, Warning},
    panel::Panel,
    synthetic::{cast::Cast, control::Options, simplex::least_squares},
};

/// Tests and intervals.
#[derive(Debug, Clone, PartialEq)]
pub struct Conformal {
    /// p-value of no effect in any treated period.
    pub p_none: f64,
    /// Effect and interval of each treated period, from the untreated periods and that one.
    pub periods: Vec<PeriodInterval>,
    /// Interval of an effect that is the same in all treated periods; nothing when every value is
    /// rejected.
    pub constant: Option<(f64, f64)>,
    /// Mean gap after the start.
    pub estimate: f64,
    /// Level of the intervals.
    pub confidence: f64,
    /// Number of untreated periods.
    pub before: usize,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

/// The effect in one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PeriodInterval {
    /// Period.
    pub period: i64,
    /// Treated minus synthetic control, with weights from the untreated periods.
    pub gap: f64,
    /// Effects that are not rejected; nothing when every value is.
    pub interval: Option<(f64, f64)>,
    /// p-value of no effect.
    pub p: f64,
}

/// Intervals at level `confidence` for outcomes matched on outcomes; predictors are not used.
///
/// # Errors
///
/// As [`crate::synthetic::control::synthetic_control`]; too few untreated periods for the level:
/// with `T0` of them a p-value cannot be below `1 / (T0 + 1)`.
pub fn conformal(panel: &Panel, options: &Options, confidence: f64) -> Result<Conformal, Fault> {
    let cast = Cast::new(panel, options)?;
    let alpha = 1.0 - confidence;
    if !(confidence > 0.0 && confidence < 1.0) {
        return Err(Fault::argument("betrouwbaarheid", "een getal tussen 0 en 1", confidence));
    }
    if 1.0 / (cast.before + 1) as f64 > alpha + 1e-12 {
        return Err(Fault::not_identified(format!(
            "Er zijn {} periodes voor de start; voor een interval van {:.0}% zijn er minstens {:.0} \
             nodig.",
            cast.before,
            100.0 * confidence,
            (1.0 / alpha - 1e-9).ceil() - 1.0
        )));
    }
    let count = cast.periods.len();
    let all: Vec<usize> = (0..count).collect();
    let past = Stretch::new(&cast, &all[..cast.before], cast.before)?;
    let weights = least_squares(&past.donors, &past.target, 0.0)?;
    let donors: Vec<usize> = (0..cast.donors()).collect();
    let gaps = cast.gaps(cast.donors(), &donors, &weights);
    let noise = crate::synthetic::control::mean_square(&gaps[..cast.before]).sqrt();
    let periods = (cast.before..count)
        .into_par_iter()
        .map(|period| {
            let rows: Vec<usize> = (0..cast.before).chain([period]).collect();
            let stretch = Stretch::new(&cast, &rows, cast.before)?;
            Ok(PeriodInterval {
                period: cast.periods[period],
                gap: gaps[period],
                interval: stretch.invert(gaps[period], noise, alpha)?,
                p: stretch.p(0.0)?,
            })
        })
        .collect::<Result<_, Fault>>()?;
    let whole = Stretch::new(&cast, &all, cast.before)?;
    let after = &gaps[cast.before..];
    let estimate = after.iter().sum::<f64>() / after.len() as f64;
    Ok(Conformal {
        p_none: whole.p(0.0)?,
        constant: whole.invert(estimate, noise, alpha)?,
        periods,
        estimate,
        confidence,
        before: cast.before,
        warnings: cast.warnings,
    })
}

/// Some periods of the cast: the untreated ones and those that are tested.
#[derive(Debug, Clone)]
struct Stretch {
    target: Vec<f64>,
    donors: Vec<Vec<f64>>,
    before: usize,
}

impl Stretch {
    fn new(cast: &Cast, rows: &[usize], before: usize) -> Result<Self, Fault> {
        let pick = |row: &Vec<f64>| rows.iter().map(|at| row[*at]).collect::<Vec<f64>>();
        let mut donors: Vec<Vec<f64>> = cast.outcomes.iter().map(pick).collect();
        let target = donors.pop().ok_or_else(|| Fault::Empty { of: String::new() })?;
        Ok(Self { target, donors, before })
    }

    /// Share of the cyclic shifts whose last residuals are at least as large under `effect`.
    fn p(&self, effect: f64) -> Result<f64, Fault> {
        let mut target = self.target.clone();
        target[self.before..].iter_mut().for_each(|value| *value -= effect);
        let weights = least_squares(&self.donors, &target, 0.0)?;
        for (donor, weight) in self.donors.iter().zip(&weights) {
            target.iter_mut().zip(donor).for_each(|(left, value)| *left -= weight * value);
        }
        let (count, tested) = (target.len(), target.len() - self.before);
        let size = |shift: usize| -> f64 {
            (0..tested).map(|at| target[(self.before + at + shift) % count].abs()).sum()
        };
        let own = size(0);
        let room = own * 1e-10;
        let beyond = (0..count).filter(|shift| size(*shift) >= own - room).count();
        Ok(beyond as f64 / count as f64)
    }

    /// The effects around `centre` that are not rejected at `alpha`.
    fn invert(&self, centre: f64, noise: f64, alpha: f64) -> Result<Option<(f64, f64)>, Fault> {
        let held = |effect: f64| self.p(effect).map(|p| p > alpha);
        let step = if noise > 0.0 { noise } else { centre.abs().max(1.0) * 1e-6 };
        let Some(inside) = self.inside(centre, step, alpha)? else { return Ok(None) };
        let mut ends = [inside; 2];
        for (end, sign) in ends.iter_mut().zip([-1.0, 1.0]) {
            let (mut good, mut reach) = (inside, step);
            while held(inside + sign * reach)? {
                good = inside + sign * reach;
                reach *= 2.0;
                if !reach.is_finite() || reach > 1e12 * step {
                    break;
                }
            }
            let mut bad = inside + sign * reach;
            for _ in 0..45 {
                let middle = f64::midpoint(good, bad);
                if held(middle)? {
                    good = middle;
                } else {
                    bad = middle;
                }
            }
            *end = good;
        }
        Ok(Some((ends[0], ends[1])))
    }

    /// An effect that is not rejected, near `centre`.
    fn inside(&self, centre: f64, step: f64, alpha: f64) -> Result<Option<f64>, Fault> {
        for at in 0..40_i32 {
            for sign in [1.0, -1.0] {
                let effect = centre + sign * f64::from(at) * step / 4.0;
                if self.p(effect)? > alpha {
                    return Ok(Some(effect));
                }
            }
        }
        Ok(None)
    }
}

impl Estimate for Conformal {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        figures.add("sc", self.estimate);
        figures.add("T0", self.before as f64);
        figures.add("T1", self.periods.len() as f64);
        figures.add("p_conformal", self.p_none);
        if let Some((low, high)) = self.constant {
            figures.add("ci_low", low);
            figures.add("ci_high", high);
        }
        for it in &self.periods {
            figures.add(format!("gap_{}", it.period), it.gap);
            figures.add(format!("p_{}", it.period), it.p);
            if let Some((low, high)) = it.interval {
                figures.add(format!("ci_low_{}", it.period), low);
                figures.add(format!("ci_high_{}", it.period), high);
            }
        }
        figures
    }

    fn summary(&self) -> String {
        let interval = self.constant.map_or_else(
            || "geen enkel gelijkblijvend effect past bij de gegevens".to_owned(),
            |(low, high)| {
                format!(
                    "{:.0}%-interval van een gelijkblijvend effect {low:.4} tot {high:.4}",
                    100.0 * self.confidence
                )
            },
        );
        format!(
            "Synthetische controle: gemiddeld verschil na de start {:.4}; {interval}; p-waarde van \
             geen enkel effect {:.3} (conforme toets over {} periodes voor en {} na de start).",
            self.estimate,
            self.p_none,
            self.before,
            self.periods.len()
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
