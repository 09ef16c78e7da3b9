//! Simulates synthetic difference-in-differences: `cargo run --release -p statistics --example
//! simulate_synthetic`.
//!
//! Prints how often the test over all placebos rejects at 5%, how often the 95% interval holds the
//! truth, and the bias, in panels of 24 units and 20 periods whose units follow a common factor
//! each in its own measure.

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use statistics::panel::{Columns, Panel};
use statistics::random::generator;
use statistics::synthetic::sdid::{Estimator, Options, synthetic_did};

const UNITS: usize = 24;
const PERIODS: usize = 20;
const BEFORE: usize = 14;

#[cfg_attr(test, expect(dead_code, reason = "the test calls `study` with fewer panels"))]
#[expect(clippy::print_stdout, reason = "the outcome of the study")]
fn main() {
    let repetitions = 2000;
    println!("{repetitions} panels of {UNITS} units, treated\teffect\trejected\theld\tbias");
    for (treated, effect) in [(1, 0.0), (2, 0.0), (1, 1.5), (2, 1.5)] {
        let (rejected, held, bias) = study(treated, effect, repetitions);
        println!("{treated}\t{effect}\t{rejected:.4}\t{held:.4}\t{bias:.4}");
    }
}

/// Levels, a common trend, one factor with own loadings and autoregressive noise.
pub(crate) fn panel(random: &mut ChaCha8Rng, treated: usize, effect: f64) -> Panel {
    let mut noise = || (0..4).map(|_| random.random_range(-0.5..0.5)).sum::<f64>();
    let mut columns = Columns::default();
    let mut level = 0.0;
    let factor: Vec<f64> = (0..PERIODS)
        .map(|_| {
            level += noise();
            level
        })
        .collect();
    for unit in 0..UNITS {
        let (own, loading) = (3.0 * noise(), noise());
        let mut error = noise();
        for (period, factor) in factor.iter().enumerate() {
            error = 0.6 * error + noise();
            let late = unit < treated && period >= BEFORE;
            columns.unit.push(format!("u{unit}"));
            columns.period.push(i64::try_from(period).expect("few periods"));
            columns.first_treated.push((unit < treated).then_some(14));
            columns.outcome.push(own + loading * factor + error + if late { effect } else { 0.0 });
        }
    }
    Panel::new(columns).expect("finite columns")
}

/// Share rejected at 5% by rank, share of 95% intervals that hold the truth, bias.
pub(crate) fn study(treated: usize, effect: f64, repetitions: u64) -> (f64, f64, f64) {
    let options = Options { estimators: vec![Estimator::SyntheticDid], ..Options::default() };
    let one = |repetition: u64| {
        let it = panel(&mut generator(11, repetition), treated, effect);
        let found = synthetic_did(&it, &options).expect("an estimate");
        let first = &found.effects[0];
        let (low, high) = first.interval.expect("an interval");
        let p = first.spread.and_then(|it| it.p).expect("a placebo test");
        (p <= 0.05, (low..=high).contains(&effect), first.estimate - effect)
    };
    let all: Vec<(bool, bool, f64)> = (0..repetitions).into_par_iter().map(one).collect();
    let number = repetitions as f64;
    let share =
        |of: fn(&(bool, bool, f64)) -> bool| all.iter().filter(|it| of(it)).count() as f64 / number;
    (share(|it| it.0), share(|it| it.1), all.iter().map(|it| it.2 / number).sum())
}
