//! Simulates funnels and intervals: `cargo run --release -p statistics --example simulate_comparison`.
//!
//! Prints the share of teams outside a 95% funnel when they do not differ or differ by a known
//! spread, and the coverage of 95% intervals.
#![expect(clippy::unwrap_used, reason = "a failing estimate must stop the study")]

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use statistics::comparison::counts::{Counts, Family};
use statistics::comparison::funnel::{Options, Scale, Trim, Unit, funnel};
use statistics::comparison::generalised_mixed::{self, Level};
use statistics::comparison::proportion::{clopper_pearson, wilson_at};
use statistics::comparison::rate::garwood;
use statistics::comparison::{two_proportions, two_rates};
use statistics::distribution::normal_quantile;
use statistics::random::generator;

#[cfg_attr(test, expect(dead_code, reason = "the test calls `run` with fewer draws"))]
#[expect(clippy::print_stdout, reason = "the outcome of the study")]
fn main() {
    let draws = 10_000;
    println!("{draws} trekkingen");
    for (name, share) in run(draws) {
        println!("{name}\t{share:.4}");
    }
}

/// The shares by name over `draws` draws, each with its own stream of one seed.
pub(crate) fn run(draws: u64) -> Vec<(&'static str, f64)> {
    let all: Vec<Vec<(&'static str, f64)>> =
        (0..draws).into_par_iter().map(|it| draw(&mut generator(20_190_101, it))).collect();
    let mut shares = all[0].clone();
    for (at, (_, share)) in shares.iter_mut().enumerate() {
        *share = all.iter().map(|it| it[at].1).sum::<f64>() / draws as f64;
    }
    shares
}

fn draw(random: &mut ChaCha8Rng) -> Vec<(&'static str, f64)> {
    let mut found = funnels(random);
    found.extend(intervals(random));
    found.push(("mixed model intercept", mixed(random)));
    found
}

/// Shares of 60 teams outside the 95% limits.
fn funnels(random: &mut ChaCha8Rng) -> Vec<(&'static str, f64)> {
    let mut found = Vec::new();
    for (spread, [plain, adjusted, winsorised]) in [
        (
            0.0,
            [
                "funnel, chance only, no adjustment",
                "funnel, chance only, adjusted",
                "funnel, chance only, winsorised",
            ],
        ),
        (
            0.15,
            [
                "funnel, spread beyond chance, no adjustment",
                "funnel, spread beyond chance, adjusted",
                "funnel, spread beyond chance, winsorised",
            ],
        ),
    ] {
        let units: Vec<Unit> = (0..60)
            .map(|team| {
                let denominator = 40.0 + 5.0 * f64::from(team);
                let ratio = (spread * normal(random)).exp();
                Unit {
                    name: String::new(),
                    numerator: poisson(random, denominator * ratio),
                    denominator,
                }
            })
            .collect();
        let options = Options { scale: Scale::Root, trim: Trim::Nothing, level: 0.95 };
        let it = funnel(&units, options).unwrap();
        let bound = normal_quantile(0.975);
        let beyond = it.units.iter().filter(|it| it.z.abs() > bound).count();
        found.push((plain, beyond as f64 / 60.0));
        found.push((adjusted, it.outside().len() as f64 / 60.0));
        let it = funnel(&units, Options { trim: Trim::Winsorise(0.1), ..options }).unwrap();
        found.push((winsorised, it.outside().len() as f64 / 60.0));
    }
    found
}

fn intervals(random: &mut ChaCha8Rng) -> Vec<(&'static str, f64)> {
    let covers =
        |low: f64, high: f64, truth: f64| f64::from(u8::from(low <= truth && truth <= high));
    let (p, q) = (random.random_range(0.1..0.6), random.random_range(0.1..0.6));
    let (x, y) = (binomial(random, 60, p), binomial(random, 80, q).max(1));
    let (score, exact) = (wilson_at(x, 60, 0.95).unwrap(), clopper_pearson(x, 60, 0.95).unwrap());
    let difference = two_proportions::difference((x, 60), (y, 80), 0.95).unwrap();
    let ratio = two_proportions::ratio((x, 60), (y, 80), 0.95).unwrap();
    let events = poisson(random, 20.0 * p);
    let rate = garwood(events, 20.0, 0.95).unwrap();
    let counts = [30.0 * p, 40.0 * q].map(|mean| whole(poisson(random, mean)));
    let rates = two_rates::ratio((counts[0], 30.0), (counts[1].max(1), 40.0), 0.95).unwrap();
    vec![
        ("wilson", covers(score.low, score.high, p)),
        ("clopper-pearson", covers(exact.low, exact.high, p)),
        ("garwood", covers(rate.low, rate.high, p)),
        ("newcombe", covers(difference.low, difference.high, p - q)),
        ("koopman", covers(ratio.low, ratio.high, p / q)),
        ("rate ratio", covers(rates.low, rates.high, p / q)),
    ]
}

/// Whether the 95% interval of the intercept of a binomial model with 40 groups covers it.
fn mixed(random: &mut ChaCha8Rng) -> f64 {
    let (mut count, mut size, mut group) = (Vec::new(), Vec::new(), Vec::new());
    for team in 0..40 {
        let share = 1.0 / (1.0 + (0.7 - 0.4 * normal(random)).exp());
        let trials = 10 + team % 30;
        count.push(binomial(random, trials, share) as f64);
        size.push(trials as f64);
        group.push(team.to_string());
    }
    let counts = Counts { count, size, covariates: vec![] };
    let level = Level { name: "team".into(), group };
    let fit = generalised_mixed::fit(Family::Binomial, &counts, &level, None, Default::default())
        .unwrap();
    let off = (fit.coefficients[0] + 0.7).abs();
    f64::from(u8::from(off <= normal_quantile(0.975) * fit.standard_errors[0]))
}

fn normal(random: &mut ChaCha8Rng) -> f64 {
    normal_quantile(random.random_range(f64::EPSILON..1.0))
}

fn binomial(random: &mut ChaCha8Rng, trials: u64, share: f64) -> u64 {
    (0..trials).map(|_| u64::from(random.random_range(0.0..1.0) < share)).sum()
}

/// By inversion; the means here are far below where `exp` underflows.
fn poisson(random: &mut ChaCha8Rng, mean: f64) -> f64 {
    let mut left: f64 = random.random_range(0.0..1.0);
    let (mut count, mut mass) = (0.0, (-mean).exp());
    while left > mass && count < 1e4 {
        left -= mass;
        count += 1.0;
        mass *= mean / count;
    }
    count
}

#[expect(clippy::cast_possible_truncation, reason = "a count of at most ten thousand")]
#[expect(clippy::cast_sign_loss, reason = "a count")]
fn whole(count: f64) -> u64 {
    count as u64
}
