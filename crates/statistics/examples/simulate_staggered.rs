//! Simulates staggered designs: `cargo run --release -p statistics --example simulate_staggered`.
//!
//! 200 units in 8 periods, four equal groups that start in period 3, 5 or 7 or never, noise of which
//! half stays on to the next period. Effects grow with time and differ by group, or there are none;
//! counts grow by a fifth, or do not. Prints bias, coverage of 95% intervals, and how often a test
//! at 5% sees an effect where there is none.
#![expect(clippy::unwrap_used, reason = "a failing estimate must stop the study")]

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use statistics::did::effect::Effect;
use statistics::did::treatment_path::{PathColumns, TreatmentPaths};
use statistics::did::{chaisemartin_dhaultfoeuille, etwfe, etwfe_poisson, imputation, two_stage};
use statistics::distribution::normal_quantile;
use statistics::panel::{Columns, Panel};
use statistics::random::generator;

const UNITS: usize = 200;
const PERIODS: i64 = 8;
const GROUPS: [Option<i64>; 4] = [Some(3), Some(5), Some(7), None];

/// What an estimator does over all draws.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Outcome {
    /// Average estimate minus the truth.
    pub(crate) bias: f64,
    /// Share of intervals that hold the truth, with an effect.
    pub(crate) coverage: f64,
    /// Share of tests at 5% that see an effect where there is none.
    pub(crate) size: f64,
}

#[cfg_attr(test, expect(dead_code, reason = "the test calls `run` with fewer draws"))]
#[expect(clippy::print_stdout, reason = "the outcome of the study")]
fn main() {
    let draws = 2_000;
    println!("{draws} trekkingen\tbias\tdekking\tonterecht alarm");
    for (name, it) in run(draws) {
        println!("{name}\t{:.4}\t{:.4}\t{:.4}", it.bias, it.coverage, it.size);
    }
}

/// The outcome by estimator over `draws` draws, each with its own stream of one seed.
pub(crate) fn run(draws: u64) -> Vec<(&'static str, Outcome)> {
    let all: Vec<Vec<(&'static str, Outcome)>> =
        (0..draws).into_par_iter().map(|it| draw(&mut generator(20_150_101, it))).collect();
    let mut totals: Vec<(&'static str, Outcome)> =
        all[0].iter().map(|it| (it.0, Outcome::default())).collect();
    for it in &all {
        for ((_, total), (_, own)) in totals.iter_mut().zip(it) {
            total.bias += own.bias / draws as f64;
            total.coverage += own.coverage / draws as f64;
            total.size += own.size / draws as f64;
        }
    }
    totals
}

fn draw(random: &mut ChaCha8Rng) -> Vec<(&'static str, Outcome)> {
    let levels = Staggered::levels(random);
    let counts = Staggered::counts(random);
    let outcome = |truth: f64, [with, without]: [Effect; 2]| Outcome {
        bias: with.estimate - truth,
        coverage: share(with.low <= truth && truth <= with.high),
        size: share(without.p_value <= 0.05),
    };
    let mut found: Vec<(&'static str, Outcome)> = Vec::new();
    for (name, estimator) in ESTIMATORS {
        found.push((name, outcome(levels.truth, levels.panels.each_ref().map(estimator))));
    }
    let ratio = |panel: &Panel| {
        etwfe_poisson::estimate(panel, &etwfe_poisson::Options::default()).unwrap().log_ratio
    };
    found.push(("ETWFE Poisson", outcome(counts.truth, counts.panels.each_ref().map(ratio))));
    found
}

type Estimator = fn(&Panel) -> Effect;

const ESTIMATORS: [(&str, Estimator); 5] = [
    ("imputation", |panel| imputed(panel, false)),
    ("imputation, leave one out", |panel| imputed(panel, true)),
    ("two stages", |panel| {
        two_stage::estimate(panel, &two_stage::Options::default()).unwrap().overall
    }),
    ("ETWFE", |panel| etwfe::estimate(panel, &etwfe::Options::default()).unwrap().averages.overall),
    ("switching", switching),
];

fn imputed(panel: &Panel, leave_one_out: bool) -> Effect {
    let options = imputation::Options { leave_one_out, ..imputation::Options::default() };
    imputation::estimate(panel, &options).unwrap().overall
}

fn switching(panel: &Panel) -> Effect {
    let paths = TreatmentPaths::new(PathColumns {
        unit: panel.unit.iter().map(|it| panel.units[*it as usize].clone()).collect(),
        period: panel.period.iter().map(|it| panel.periods[*it as usize]).collect(),
        treatment: (0..panel.rows()).map(|row| share(panel.treated(row))).collect(),
        outcome: panel.outcome.clone(),
        cluster: Vec::new(),
    });
    let options = chaisemartin_dhaultfoeuille::Options::default();
    chaisemartin_dhaultfoeuille::estimate(&paths.unwrap(), &options).unwrap().total.unwrap()
}

fn share(yes: bool) -> f64 {
    f64::from(u8::from(yes))
}

/// The same noise with an effect and without.
struct Staggered {
    truth: f64,
    panels: [Panel; 2],
}

impl Staggered {
    /// Effects that grow with time, and differ by group: the truth is their average.
    fn levels(random: &mut ChaCha8Rng) -> Self {
        let effect = |first: i64, period: i64| {
            0.2 + 0.15 * (period - first) as f64 + 0.2 * share(first == 3)
        };
        let all: Vec<f64> = GROUPS
            .iter()
            .flatten()
            .flat_map(|first| (*first..=PERIODS).map(|period| effect(*first, period)))
            .collect();
        Self {
            truth: all.iter().sum::<f64>() / all.len() as f64,
            panels: panels(random, |random, unit, period, noise, first| {
                let _ = random;
                let base = (unit % 7) as f64 + 0.1 * period as f64 + noise;
                let added = first.filter(|it| period >= *it).map_or(0.0, |it| effect(it, period));
                [base + added, base]
            }),
        }
    }

    /// Counts with noise on their rate, which grows by a fifth.
    fn counts(random: &mut ChaCha8Rng) -> Self {
        let truth = 1.2_f64.ln();
        Self {
            truth,
            panels: panels(random, |random, unit, period, noise, first| {
                let rate =
                    (2.0 + 0.2 * (unit % 5) as f64 + 0.03 * period as f64 + 0.2 * noise).exp();
                let on = first.is_some_and(|it| period >= it);
                let with = if on { rate * truth.exp() } else { rate };
                [poisson(random, with), poisson(random, rate)]
            }),
        }
    }
}

/// Two panels with the outcomes that `outcome` gives for unit, period, noise and first treated
/// period.
fn panels(
    random: &mut ChaCha8Rng,
    outcome: impl Fn(&mut ChaCha8Rng, usize, i64, f64, Option<i64>) -> [f64; 2],
) -> [Panel; 2] {
    let mut columns = [Columns::default(), Columns::default()];
    for unit in 0..UNITS {
        let first = GROUPS[unit % GROUPS.len()];
        let mut noise = normal(random);
        for period in 1..=PERIODS {
            noise = 0.5 * noise + 0.75_f64.sqrt() * normal(random);
            let outcomes = outcome(random, unit, period, noise, first);
            for (columns, outcome) in columns.iter_mut().zip(outcomes) {
                columns.unit.push(unit.to_string());
                columns.period.push(period);
                columns.first_treated.push(first);
                columns.outcome.push(outcome);
            }
        }
    }
    columns.map(|it| Panel::new(it).unwrap())
}

fn normal(random: &mut ChaCha8Rng) -> f64 {
    normal_quantile(random.random_range(1e-12..1.0))
}

/// A Poisson draw by multiplying uniform draws; good for small rates.
fn poisson(random: &mut ChaCha8Rng, rate: f64) -> f64 {
    let (limit, mut product, mut count) = ((-rate).exp(), 1.0, -1.0);
    while product > limit {
        product *= random.random::<f64>();
        count += 1.0;
    }
    count
}
