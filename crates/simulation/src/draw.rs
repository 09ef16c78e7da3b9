//! Chance: one stream of draws per purpose, so that a new draw for one leaves the others alone.
//!
//! Only adding, multiplying, dividing and comparing are used, so that a seed gives the same bytes
//! on every machine.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// The streams of draws, one per purpose.
pub(crate) struct Draws {
    pub(crate) place: Draw,
    pub(crate) staff: Draw,
    pub(crate) offer: Draw,
    pub(crate) demand: Draw,
    pub(crate) people: Draw,
    pub(crate) process: Draw,
    pub(crate) outcome: Draw,
    pub(crate) choice: Draw,
    pub(crate) course: Draw,
    pub(crate) delivery: Draw,
    pub(crate) billing: Draw,
    pub(crate) lateness: Draw,
    pub(crate) names: Draw,
    pub(crate) waiting: Draw,
    pub(crate) access: Draw,
    /// Everything that came with the framework: proposal, review and what follows a decision.
    pub(crate) work: Draw,
}

impl Draws {
    pub(crate) fn new(seed: u64) -> Draws {
        let mut purpose = 0;
        let mut next = || {
            purpose += 1;
            Draw::new(seed, purpose)
        };
        Draws {
            place: next(),
            staff: next(),
            offer: next(),
            demand: next(),
            people: next(),
            process: next(),
            outcome: next(),
            choice: next(),
            course: next(),
            delivery: next(),
            billing: next(),
            lateness: next(),
            names: next(),
            waiting: next(),
            access: next(),
            work: next(),
        }
    }
}

/// One stream of draws.
pub(crate) struct Draw(ChaCha8Rng);

impl Draw {
    fn new(seed: u64, purpose: u64) -> Draw {
        let mut chacha = ChaCha8Rng::seed_from_u64(seed);
        chacha.set_stream(purpose);
        Draw(chacha)
    }

    /// A number from 0 up to but not including 1.
    pub(crate) fn unit(&mut self) -> f64 {
        const STEPS: f64 = (1_u64 << 53) as f64;
        (self.0.next_u64() >> 11) as f64 / STEPS
    }

    /// A number from `low` up to `high`.
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Whether something with this probability happens.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A whole number below `n`, which is at least one.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        let wide = u128::from(self.0.next_u64()) * (n as u128);
        usize::try_from(wide >> 64).expect("smaller than n")
    }

    /// A whole number from `low` up to and including `high`.
    pub(crate) fn days(&mut self, low: i64, high: i64) -> i64 {
        let width = usize::try_from(high - low).expect("low does not lie above high") + 1;
        low + i64::try_from(self.below(width)).expect("a small width")
    }

    /// One of the things, each as likely.
    pub(crate) fn pick<T: Copy>(&mut self, things: &[T]) -> T {
        things[self.below(things.len())]
    }

    /// The place of one of the weights, each as likely as its weight.
    pub(crate) fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.unit() * weights.iter().sum::<f64>();
        for (at, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return at;
            }
        }
        weights.iter().rposition(|it| *it > 0.0).expect("some weight is positive")
    }

    /// How many months pass until something with this probability per month happens.
    pub(crate) fn months(&mut self, per_month: f64) -> i64 {
        (1..=MONTHS_AT_MOST).find(|_| self.chance(per_month)).unwrap_or(MONTHS_AT_MOST)
    }

    /// How often something happens that is expected this often, nearly by the law of Poisson.
    pub(crate) fn count(&mut self, expected: f64) -> u32 {
        const STEP: f64 = 1.0 / 16.0;
        let mut left = expected;
        let mut found = 0;
        while left > 0.0 {
            found += u32::from(self.chance(left.min(STEP)));
            left -= STEP;
        }
        found
    }
}

const MONTHS_AT_MOST: i64 = 480;

/// A number rounded half up to a whole one.
#[expect(clippy::cast_possible_truncation, reason = "amounts and counts of a municipality fit")]
pub(crate) fn whole(value: f64) -> i64 {
    (value + 0.5).floor() as i64
}

/// A number rounded to a whole one that is not negative.
pub(crate) fn whole_u32(value: f64) -> u32 {
    u32::try_from(whole(value).max(0)).unwrap_or(u32::MAX)
}
