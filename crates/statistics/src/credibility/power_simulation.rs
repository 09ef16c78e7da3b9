//! How large must an effect be to be seen in these data? Pretend, over and over, in one's own past.
//!
//! In data without treatment a stretch of periods and a group of units are drawn and called
//! treated. The difference-in-differences that comes out is pure noise, of just the kind that the
//! real estimate will have: serial correlation, outliers and seasons included. Adding an effect
//! moves the estimate and leaves its standard error alone, so one set of draws answers every
//! effect. See Bertrand, Duflo & Mullainathan (2004), *QJE* 119(1), 249-275
//! (<https://doi.org/10.1162/003355304772839588>) for placebo treatments and for one mean before
//! and after per unit, and Black, Hollingsworth, Nunes & Simon (2022), *Journal of Public
//! Economics* 213 for simulated power in observational data.

use rand::RngExt as _;
use rand::seq::SliceRandom as _;
use rayon::prelude::*;

use crate::credibility::power::{Plan, changes};
use crate::distribution::t_quantile;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::panel::Panel;
use crate::quantile::quantile;
use crate::random::generator;

/// What calls an estimate an alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Critical {
    /// It lies beyond what `1 - alpha` of the pretended treatments show: holds with one or two
    /// treated units too.
    #[default]
    Randomisation,
    /// A t-test on one change per unit; right only with a fair number of treated units.
    StudentT,
}

/// How to simulate.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Number of pretended treatments.
    pub replications: usize,
    /// Seed of the draws.
    pub seed: u64,
    /// Chance of an alarm when there is no effect.
    pub alpha: f64,
    /// Chance with which the smallest effect must be seen.
    pub power: f64,
    /// What calls an estimate an alarm.
    pub critical: Critical,
    /// Effects to report the power of.
    pub effects: Vec<f64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            replications: 2000,
            seed: 1,
            alpha: 0.05,
            power: 0.8,
            critical: Critical::Randomisation,
            effects: Vec::new(),
        }
    }
}

/// What can be seen in these data.
#[derive(Debug, Clone, PartialEq)]
pub struct PowerSimulation {
    /// The plan.
    pub plan: Plan,
    /// Share of alarms without an effect; far above alpha says that the test is not to be trusted.
    pub size: f64,
    /// Standard deviation of the estimates without an effect.
    pub standard_deviation: f64,
    /// The smallest effect that is seen with the chance asked, on average over both signs.
    pub minimum_detectable_effect: f64,
    /// Chance with which that effect must be seen.
    pub power: f64,
    /// Chance of seeing each effect asked, in order.
    pub curve: Vec<(f64, f64)>,
    /// Number of pretended treatments.
    pub replications: usize,
    /// Number of stretches of periods that could be drawn.
    pub stretches: usize,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

/// Simulates what `plan` can see, in a `panel` without treatment.
///
/// The number of units of the plan must be that of the panel.
///
/// # Errors
///
/// A plan that cannot be or does not fit the panel, gaps, fewer than 100 replications, `alpha` or
/// `power` outside their range, no noise at all.
pub fn simulate(panel: &Panel, plan: &Plan, options: &Options) -> Result<PowerSimulation, Fault> {
    plan.check()?;
    check(panel, plan, options)?;
    let changes = changes(plan, panel)?;
    let draws: Vec<Draw> = (0..options.replications as u64)
        .into_par_iter()
        .map(|stream| Draw::new(&changes, plan.treated, options.seed, stream))
        .collect();
    let alarms = Alarms::new(draws, plan, options);
    let size = alarms.share(0.0);
    let standard_deviation = alarms.standard_deviation();
    if !(standard_deviation > 0.0 && standard_deviation.is_finite()) {
        return Err(Fault::not_identified(
            "De uitkomst verandert bij alle eenheden precies even veel; er is geen ruis om een \
             effect tegen af te zetten.",
        ));
    }
    let mut warnings = Vec::new();
    if changes.len() < 5 {
        warnings.push(Warning::new(
            "few-stretches",
            format!(
                "Er passen maar {} verschillende perioden van deze lengte in de gegevens; het toeval \
                 van juist die jaren weegt zwaar.",
                changes.len()
            ),
        ));
    }
    if size > 1.5 * options.alpha {
        warnings.push(Warning::new(
            "oversized",
            format!(
                "Zonder effect slaat deze toets in {:.1}% van de gevallen alarm in plaats van in \
                 {:.1}%; gebruik de grens uit de loting zelf.",
                100.0 * size,
                100.0 * options.alpha
            ),
        ));
    }
    Ok(PowerSimulation {
        plan: *plan,
        size,
        standard_deviation,
        minimum_detectable_effect: alarms.smallest(options.power, standard_deviation),
        power: options.power,
        curve: options.effects.iter().map(|it| (*it, alarms.share(*it))).collect(),
        replications: options.replications,
        stretches: changes.len(),
        warnings,
    })
}

impl Estimate for PowerSimulation {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        figures.add("size", self.size);
        figures.add("sd", self.standard_deviation);
        figures.add("mde", self.minimum_detectable_effect);
        for (effect, power) in &self.curve {
            figures.add(format!("power_{effect}"), *power);
        }
        figures
    }

    fn summary(&self) -> String {
        let mut text = format!(
            "Met {} behandelde van {} eenheden, {} perioden vooraf en {} erna is een effect van {:.4} \
             nog met {:.0}% kans te zien. Dat volgt uit {} keer een behandeling voorwenden in {} \
             perioden zonder behandeling; zonder effect was er in {:.1}% alarm.",
            self.plan.treated,
            self.plan.units,
            self.plan.before,
            self.plan.after,
            self.minimum_detectable_effect,
            100.0 * self.power,
            self.replications,
            self.stretches,
            100.0 * self.size
        );
        for warning in &self.warnings {
            text.push(' ');
            text.push_str(&warning.text);
        }
        text
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

fn check(panel: &Panel, plan: &Plan, options: &Options) -> Result<(), Fault> {
    if panel.units.len() != plan.units {
        let expected = format!("{}, zoals in de gegevens", panel.units.len());
        return Err(Fault::argument("aantal eenheden", expected, plan.units));
    }
    if options.replications < 100 {
        return Err(Fault::argument("aantal herhalingen", "minstens 100", options.replications));
    }
    if !(options.alpha > 0.0 && options.alpha < 1.0) {
        return Err(Fault::argument("alfa", "een getal tussen 0 en 1", options.alpha));
    }
    if !(options.power > options.alpha && options.power < 1.0) {
        let expected = format!("een getal tussen {} en 1", options.alpha);
        return Err(Fault::argument("onderscheidend vermogen", expected, options.power));
    }
    match panel.cohort.iter().flatten().next() {
        Some(first) if panel.periods.last() >= Some(first) => Err(Fault::argument(
            "gegevens",
            "alleen perioden vóór de behandeling",
            format!("een behandeling vanaf {first}"),
        )),
        _ => Ok(()),
    }
}

/// One pretended treatment.
struct Draw {
    estimate: f64,
    standard_error: f64,
}

impl Draw {
    fn new(changes: &[Vec<f64>], treated: usize, seed: u64, stream: u64) -> Self {
        let mut random = generator(seed, stream);
        let change = &changes[random.random_range(0..changes.len())];
        let mut units: Vec<usize> = (0..change.len()).collect();
        let (on, off) = units.partial_shuffle(&mut random, treated);
        let mean = |of: &[usize]| of.iter().map(|it| change[*it]).sum::<f64>() / of.len() as f64;
        let (on_mean, off_mean) = (mean(on), mean(off));
        let squares =
            |of: &[usize], mean: f64| of.iter().map(|it| (change[*it] - mean).powi(2)).sum::<f64>();
        let spread = (squares(on, on_mean) + squares(off, off_mean)) / (change.len() as f64 - 2.0);
        let sizes = 1.0 / on.len() as f64 + 1.0 / off.len() as f64;
        Self { estimate: on_mean - off_mean, standard_error: (spread * sizes).sqrt() }
    }
}

/// The draws with the limit beyond which each is an alarm.
struct Alarms {
    estimates: Vec<f64>,
    limits: Vec<f64>,
}

impl Alarms {
    fn new(draws: Vec<Draw>, plan: &Plan, options: &Options) -> Self {
        let estimates: Vec<f64> = draws.iter().map(|it| it.estimate).collect();
        let limits = match options.critical {
            Critical::StudentT => {
                let critical = t_quantile(1.0 - options.alpha / 2.0, plan.units as f64 - 2.0);
                draws.iter().map(|it| critical * it.standard_error).collect()
            }
            Critical::Randomisation => {
                let mut sizes: Vec<f64> = estimates.iter().map(|it| it.abs()).collect();
                sizes.sort_by(f64::total_cmp);
                let limit = quantile(&sizes, 1.0 - options.alpha).unwrap_or(f64::INFINITY);
                vec![limit; estimates.len()]
            }
        };
        Self { estimates, limits }
    }

    fn share(&self, effect: f64) -> f64 {
        let pairs = self.estimates.iter().zip(&self.limits);
        let alarms = pairs.filter(|(estimate, limit)| (**estimate + effect).abs() > **limit);
        alarms.count() as f64 / self.estimates.len() as f64
    }

    fn standard_deviation(&self) -> f64 {
        let n = self.estimates.len() as f64;
        let mean = self.estimates.iter().sum::<f64>() / n;
        (self.estimates.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt()
    }

    /// The smallest effect with the chance asked, by halving.
    fn smallest(&self, power: f64, scale: f64) -> f64 {
        let both = |effect: f64| (self.share(effect) + self.share(-effect)) / 2.0;
        let (mut low, mut high) = (0.0, scale);
        for _ in 0..60 {
            if both(high) >= power {
                break;
            }
            high *= 2.0;
        }
        for _ in 0..60 {
            let middle = f64::midpoint(low, high);
            if both(middle) >= power { high = middle } else { low = middle }
        }
        high
    }
}
