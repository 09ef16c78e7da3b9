//! Staggered effects that grow and differ: who finds them?
//! `cargo run --release -p statistics --example simulate_callaway_santanna`.
//!
//! 200 units in 8 periods that start in period 3, 5 or 7 or never, drawn with equal chances; noise
//! of which half stays on to the next period. Prints bias, coverage of 95% intervals, and how often
//! a test at 5% sees an effect where there is none. The truth of Callaway-Sant'Anna is the average
//! in the population that the units are drawn from, that of Sun-Abraham and of two-way fixed
//! effects the average in the units drawn.
#![expect(clippy::unwrap_used, reason = "a failing estimate must stop the study")]

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use statistics::did::callaway_santanna::{Bootstrap, Control, Options, callaway_santanna};
use statistics::did::sun_abraham::sun_abraham;
use statistics::did::twfe::twfe;
use statistics::distribution::normal_quantile;
use statistics::panel::{Columns, Panel};
use statistics::random::generator;
use statistics::regression::ols;

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
    let all: Vec<[Outcome; 5]> =
        (0..draws).into_par_iter().map(|it| draw(&mut generator(20_190_101, it))).collect();
    let mut totals = [Outcome::default(); 5];
    for own in &all {
        for (total, own) in totals.iter_mut().zip(own) {
            total.bias += own.bias / draws as f64;
            total.coverage += own.coverage / draws as f64;
            total.size += own.size / draws as f64;
        }
    }
    ["never", "not yet", "not yet, 199 draws", "Sun-Abraham", "TWFE"]
        .into_iter()
        .zip(totals)
        .collect()
}

fn effect(first: i64, period: i64) -> f64 {
    0.2 + 0.15 * (period - first) as f64 + 0.2 * share(first == 3)
}

fn share(yes: bool) -> f64 {
    f64::from(u8::from(yes))
}

/// Average of the effects over the treated periods of these starts.
fn average(starts: &[Option<i64>]) -> f64 {
    let all: Vec<f64> = starts
        .iter()
        .flatten()
        .flat_map(|first| (*first..=PERIODS).map(|period| effect(*first, period)))
        .collect();
    all.iter().sum::<f64>() / all.len() as f64
}

fn draw(random: &mut ChaCha8Rng) -> [Outcome; 5] {
    let starts: Vec<Option<i64>> = (0..UNITS).map(|_| GROUPS[random.random_range(0..4)]).collect();
    let (population, drawn) = (average(&GROUPS), average(&starts));
    let panels = panels(random, &starts);
    let seed = random.random();
    let staggered = |control, bootstrap| {
        let options = Options { control, bootstrap, ..Options::default() };
        outcome(population, &panels, |panel| {
            let simple = callaway_santanna(panel, &options).unwrap().simple;
            (simple.estimate, simple.standard_error.unwrap())
        })
    };
    let plain = ols::Options::default();
    [
        staggered(Control::Never, None),
        staggered(Control::NotYet, None),
        staggered(Control::NotYet, Some(Bootstrap::new(199, seed))),
        outcome(drawn, &panels, |panel| {
            let att = sun_abraham(panel, &plain).unwrap().att;
            (att.estimate, att.standard_error)
        }),
        outcome(drawn, &panels, |panel| {
            let effect = twfe(panel, &plain).unwrap().effect;
            (effect.estimate, effect.standard_error)
        }),
    ]
}

fn outcome(truth: f64, panels: &[Panel; 2], estimate: impl Fn(&Panel) -> (f64, f64)) -> Outcome {
    let critical = normal_quantile(0.975);
    let (with, with_error) = estimate(&panels[0]);
    let (without, without_error) = estimate(&panels[1]);
    Outcome {
        bias: with - truth,
        coverage: share((with - truth).abs() <= critical * with_error),
        size: share(without.abs() > critical * without_error),
    }
}

/// The same noise with the effects and without.
fn panels(random: &mut ChaCha8Rng, starts: &[Option<i64>]) -> [Panel; 2] {
    let mut columns = [Columns::default(), Columns::default()];
    for (unit, first) in starts.iter().enumerate() {
        let mut noise = normal(random);
        for period in 1..=PERIODS {
            noise = 0.5 * noise + 0.75_f64.sqrt() * normal(random);
            let base = (unit % 7) as f64 + 0.1 * period as f64 + noise;
            let added = first.filter(|it| period >= *it).map_or(0.0, |it| effect(it, period));
            for (columns, outcome) in columns.iter_mut().zip([base + added, base]) {
                columns.unit.push(unit.to_string());
                columns.period.push(period);
                columns.first_treated.push(*first);
                columns.outcome.push(outcome);
            }
        }
    }
    columns.map(|it| Panel::new(it).unwrap())
}

fn normal(random: &mut ChaCha8Rng) -> f64 {
    normal_quantile(random.random_range(1e-12..1.0))
}
