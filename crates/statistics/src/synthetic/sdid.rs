//! Synthetic difference-in-differences: Arkhangelsky, Athey, Hirshberg, Imbens & Wager (2021),
//! *American Economic Review* 111(12), doi:10.1257/aer.20190159.
//!
//! Unit weights `omega` make the controls move parallel to the treated before the start, period
//! weights `lambda` make the past of the controls like their later years:
//! `tau = (mean_post - lambda'pre)` of the treated minus that of the `omega`-weighted controls.
//! The weights are the exact optimum of equations (4) and (6), with the penalties of the authors'
//! code: `zeta_omega = (N1 T1)^(1/4) sigma` and `zeta_lambda = 1e-6 sigma`, `sigma` the standard
//! deviation of the controls' first differences. The same frame gives a plain synthetic control
//! (no intercept, no period weights) and difference-in-differences (equal weights). With several
//! starting periods each cohort is estimated against the never treated and the effects are
//! averaged by treated cells (Clarke, Pailañir, Athey & Imbens 2023, arXiv:2301.11859).

use crate::{
    distribution::{normal_quantile, t_quantile},
    fault::Fault,
    figures::Warning,
    panel::Panel,
    synthetic::{
        design::Design,
        pool::Weights,
        sdid_variance::{Spread, spread},
    },
};

pub use crate::synthetic::pool::Estimator;

/// How uncertainty is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Inference {
    /// Not at all.
    None,
    /// Every set of controls of the size of the treated group in its place, once each; for one
    /// starting period.
    #[default]
    PlaceboAll,
    /// Algorithm 4: random sets of controls in the place of the treated units.
    Placebo {
        /// Number of replications.
        draws: usize,
        /// Seed; each replication has its own stream.
        seed: u64,
    },
    /// Algorithm 3: without each unit in turn, with the weights fixed; needs two treated units.
    Jackknife,
    /// Algorithm 2: units drawn again with replacement; needs several treated units.
    Bootstrap {
        /// Number of replications.
        draws: usize,
        /// Seed; each replication has its own stream.
        seed: u64,
    },
}

/// What to estimate.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The estimators, in the order of the result.
    pub estimators: Vec<Estimator>,
    /// How uncertainty is measured.
    pub inference: Inference,
    /// Level of the interval, between 0 and 1.
    pub confidence: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            estimators: vec![
                Estimator::SyntheticDid,
                Estimator::SyntheticControl,
                Estimator::DifferenceInDifferences,
            ],
            inference: Inference::default(),
            confidence: 0.95,
        }
    }
}

/// The result: effects of one or more estimators on the same block of outcomes.
#[derive(Debug, Clone, PartialEq)]
pub struct SyntheticDid {
    /// One effect per estimator.
    pub effects: Vec<Effect>,
    /// What each cohort says, ascending by start.
    pub cohorts: Vec<CohortFit>,
    /// Number of control units.
    pub controls: usize,
    /// Number of treated units.
    pub treated: usize,
    /// Number of periods.
    pub periods: usize,
    /// How uncertainty was measured.
    pub inference: Inference,
    /// Level of the intervals.
    pub confidence: f64,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

/// The average effect on the treated cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// Estimator.
    pub estimator: Estimator,
    /// Effect, in the units of the outcome.
    pub estimate: f64,
    /// Standard error, placebo p-value and the number of replications behind them.
    pub spread: Option<Spread>,
    /// Interval; of placebos from Student's t with one degree of freedom less than there are
    /// controls (their spread is estimated from the controls), else from the normal distribution.
    pub interval: Option<(f64, f64)>,
}

/// The units that start in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct CohortFit {
    /// First treated period.
    pub first: i64,
    /// Number of treated units.
    pub treated: usize,
    /// Number of untreated periods, `T0`.
    pub before: usize,
    /// Number of treated periods, `T1`.
    pub after: usize,
    /// One fit per estimator, in the order of [`SyntheticDid::effects`].
    pub fits: Vec<Fit>,
}

/// Weights of one estimator in one cohort.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Estimator.
    pub estimator: Estimator,
    /// Effect in this cohort.
    pub estimate: f64,
    /// Penalty on the unit weights, in the units of the outcome.
    pub zeta_omega: f64,
    /// Penalty on the period weights, in the units of the outcome.
    pub zeta_lambda: f64,
    /// Weight of each control unit.
    pub unit_weights: Vec<(String, f64)>,
    /// Weight of each untreated period.
    pub period_weights: Vec<(i64, f64)>,
    /// Treated minus weighted controls in each period; a level difference is part of it.
    pub gaps: Vec<(i64, f64)>,
}

/// Estimates the effect of a treatment that starts and stays.
///
/// The panel must be balanced; a unit that starts after the last period counts as a control.
///
/// # Errors
///
/// A gap in the panel, nobody treated, fewer than two controls, fewer than two periods before a
/// start, or an inference that the number of units does not allow.
///
/// # Example
///
/// ```
/// use statistics::panel::{Columns, Panel};
/// use statistics::synthetic::sdid::{Inference, Options, synthetic_did};
///
/// let mut columns = Columns::default();
/// for (unit, level, effect) in [("a", 1.0, 0.0), ("b", 4.0, 0.0), ("c", 9.0, 0.0), ("p", 3.0, 2.0)] {
///     for period in 1..=6 {
///         columns.unit.push(unit.to_owned());
///         columns.period.push(period);
///         columns.first_treated.push((unit == "p").then_some(5));
///         let wave = [0.3, -0.1, 0.4, 0.2, 0.6, 0.5][usize::try_from(period - 1).unwrap()];
///         columns.outcome.push(level + wave + if period >= 5 { effect } else { 0.0 });
///     }
/// }
/// let options = Options { inference: Inference::None, ..Options::default() };
/// let result = synthetic_did(&Panel::new(columns)?, &options)?;
/// assert!((result.effects[0].estimate - 2.0).abs() < 1e-9);
/// # Ok::<(), statistics::fault::Fault>(())
/// ```
pub fn synthetic_did(panel: &Panel, options: &Options) -> Result<SyntheticDid, Fault> {
    if !(options.confidence > 0.0 && options.confidence < 1.0) {
        return Err(Fault::argument(
            "betrouwbaarheid",
            "een getal tussen 0 en 1",
            options.confidence,
        ));
    }
    let design = Design::new(panel)?;
    let level = 0.5 + options.confidence / 2.0;
    let z = match options.inference {
        Inference::PlaceboAll | Inference::Placebo { .. } => {
            t_quantile(level, design.controls as f64 - 1.0)
        }
        _ => normal_quantile(level),
    };
    let mut it = SyntheticDid {
        effects: Vec::new(),
        cohorts: design.cohorts.iter().map(cohort_fit).collect(),
        controls: design.controls,
        treated: design.treated(),
        periods: panel.periods.len(),
        inference: options.inference,
        confidence: options.confidence,
        warnings: design.warnings.clone(),
    };
    for &estimator in &options.estimators {
        let fitted = design.fit(estimator)?;
        let mut estimate = 0.0;
        for ((cohort, fit), (weights, zeta)) in
            design.cohorts.iter().zip(&mut it.cohorts).zip(&fitted)
        {
            let scale = cohort.pool.scale;
            let effect = cohort.pool.effect(weights, &cohort.treated);
            estimate += cohort.share * effect;
            fit.fits.push(Fit {
                estimator,
                estimate: effect,
                zeta_omega: zeta.unit * scale,
                zeta_lambda: zeta.period * scale,
                ..named(panel, &design, cohort, weights)
            });
        }
        if !estimate.is_finite() {
            return Err(crate::synthetic::pool::too_large());
        }
        let weights: Vec<Weights> = fitted.into_iter().map(|(weights, _)| weights).collect();
        let spread = spread(&design, estimator, &weights, estimate, options.inference)?;
        let interval =
            spread.map(|it| it.standard_error).map(|se| (estimate - z * se, estimate + z * se));
        it.effects.push(Effect { estimator, estimate, spread, interval });
    }
    Ok(it)
}

fn cohort_fit(cohort: &crate::synthetic::design::Cohort) -> CohortFit {
    CohortFit {
        first: cohort.first,
        treated: cohort.treated.len(),
        before: cohort.pool.before,
        after: cohort.pool.after,
        fits: Vec::new(),
    }
}

fn named(
    panel: &Panel,
    design: &Design,
    cohort: &crate::synthetic::design::Cohort,
    weights: &Weights,
) -> Fit {
    let name = |at: usize| panel.units[design.units[at]].clone();
    let gaps = cohort.pool.gaps(weights, &cohort.treated);
    Fit {
        estimator: Estimator::SyntheticDid,
        estimate: 0.0,
        zeta_omega: 0.0,
        zeta_lambda: 0.0,
        unit_weights: (0..design.controls).map(|at| (name(at), weights.unit[at])).collect(),
        period_weights: panel.periods.iter().copied().zip(weights.period.clone()).collect(),
        gaps: panel.periods.iter().copied().zip(gaps).collect(),
    }
}
