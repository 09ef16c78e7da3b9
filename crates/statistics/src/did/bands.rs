//! Multiplier bootstrap of influence functions and the uniform bands that follow from it.
//!
//! Callaway, B. and Sant'Anna, P.H.C. (2021). Difference-in-differences with multiple time
//! periods. Journal of Econometrics 225(2), 200-230, Algorithm 1.
//! <https://doi.org/10.1016/j.jeconom.2020.12.001>. Weights: Mammen, E. (1993). Bootstrap and wild
//! bootstrap for high dimensional linear models. Annals of Statistics 21(1), 255-285.

use rand::Rng as _;
use rayon::prelude::*;

use crate::distribution::normal_quantile;
use crate::random::generator;

/// Rows that share one random stream; a constant, so that threads do not change the draws.
const CHUNK: usize = 8192;
/// Golden ratio: the weights are `1 - PHI` and `PHI`.
const PHI: f64 = 1.618_033_988_749_895;

/// How often to draw, and from which seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bootstrap {
    /// Number of draws.
    pub draws: usize,
    /// Seed of the random weights.
    pub seed: u64,
    /// Distribution of the random weights.
    pub weights: Weights,
}

impl Bootstrap {
    /// So many draws from `seed` with the default weights.
    pub fn new(draws: usize, seed: u64) -> Self {
        Self { draws, seed, weights: Weights::default() }
    }
}

/// Random weights with mean 0 and variance 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weights {
    /// -1 or 1; what R's `did` draws (it reproduces that package's published draws).
    #[default]
    Rademacher,
    /// `(1 - sqrt 5) / 2` or `(1 + sqrt 5) / 2`, with third moment 1; narrower with few clusters.
    Mammen,
}

impl Weights {
    /// The two weights; 64 rows get the first one where the bit of [`Weights::bits`] is set.
    fn values(self) -> (f64, f64) {
        match self {
            Self::Rademacher => (-1.0, 1.0),
            Self::Mammen => (1.0 - PHI, PHI),
        }
    }

    fn bits(self, mut word: impl FnMut() -> u64) -> u64 {
        match self {
            Self::Rademacher => word(),
            Self::Mammen => lower_weights(word),
        }
    }
}

/// A row-major matrix: one row per independent unit (or cluster), `width` numbers each.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// Numbers in a row.
    pub width: usize,
    /// All rows behind each other.
    pub values: Vec<f64>,
}

impl Rows {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

/// For each draw the sum over the rows of weight times row: `draws` rows of `rows.width`.
///
/// The weights have mean 0 and variance 1 and are drawn once per row and draw. Rows are taken
/// eight at a time: the 256 sums that their selections can have are made once, and every draw
/// looks its own up.
pub fn multiplier_sums(rows: &Rows, bootstrap: Bootstrap, stream: u64) -> Vec<f64> {
    let width = rows.width;
    let parts: Vec<Vec<f64>> = rows
        .values
        .par_chunks(CHUNK * width.max(1))
        .enumerate()
        .map(|(chunk, values)| selected_sums(values, width, bootstrap, stream + chunk as u64))
        .collect();
    let mut sums = vec![0.0; bootstrap.draws * width];
    for part in &parts {
        add(&mut sums, part);
    }
    let (chosen, other) = bootstrap.weights.values();
    let mut total = vec![0.0; width];
    for row in rows.values.chunks_exact(width.max(1)) {
        add(&mut total, row);
    }
    for sum in sums.chunks_exact_mut(width.max(1)) {
        for (value, total) in sum.iter_mut().zip(&total) {
            *value = other * total + (chosen - other) * *value;
        }
    }
    sums
}

/// Number of random streams that [`multiplier_sums`] takes for so many rows.
pub fn streams(rows: usize) -> u64 {
    rows.div_ceil(CHUNK) as u64
}

/// For each draw the sum of the rows that get the first of the two weights.
fn selected_sums(values: &[f64], width: usize, bootstrap: Bootstrap, stream: u64) -> Vec<f64> {
    let mut random = generator(bootstrap.seed, stream);
    let mut sums = vec![0.0; bootstrap.draws * width];
    let mut chosen = vec![0_u64; bootstrap.draws];
    let mut table = vec![0.0; 256 * width];
    for batch in values.chunks(64 * width) {
        chosen.iter_mut().for_each(|it| *it = bootstrap.weights.bits(|| random.next_u64()));
        for (byte, eight) in batch.chunks(8 * width).enumerate() {
            let selections = fill(&mut table, eight, width);
            for (sum, chosen) in sums.chunks_exact_mut(width).zip(&chosen) {
                let selection = usize::from(chosen.to_le_bytes()[byte]) & (selections - 1);
                add(sum, &table[selection * width..(selection + 1) * width]);
            }
        }
    }
    sums
}

/// The sums of all selections of at most eight rows; returns how many selections there are.
fn fill(table: &mut [f64], rows: &[f64], width: usize) -> usize {
    let selections = 1 << (rows.len() / width);
    for selection in 1_usize..selections {
        let (known, rest) = table.split_at_mut(selection * width);
        let without = (selection & (selection - 1)) * width;
        let row = selection.trailing_zeros() as usize * width;
        let terms = known[without..without + width].iter().zip(&rows[row..row + width]);
        for (sum, (a, b)) in rest[..width].iter_mut().zip(terms) {
            *sum = a + b;
        }
    }
    selections
}

/// 64 independent bits, each set with probability `PHI / sqrt(5)`, the chance of `1 - PHI`.
///
/// Compares 64 uniform numbers with the probability, one binary digit of all at a time, until
/// every comparison is decided: about seven words instead of 64.
fn lower_weights(mut word: impl FnMut() -> u64) -> u64 {
    // floor(2^64 * PHI / sqrt(5))
    const PROBABILITY: u64 = 13_348_189_408_090_370_666;
    let (mut below, mut undecided) = (0, u64::MAX);
    for digit in (0..64).rev() {
        let random = word();
        if PROBABILITY >> digit & 1 == 1 {
            below |= undecided & !random;
            undecided &= random;
        } else {
            undecided &= !random;
        }
        if undecided == 0 {
            break;
        }
    }
    below
}

fn add(to: &mut [f64], from: &[f64]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += from;
    }
}

/// Standard error from draws: the interquartile range over that of the standard normal.
pub fn interquartile_error(draws: &[f64]) -> f64 {
    let mut sorted = draws.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let range = empirical_quantile(&sorted, 0.75) - empirical_quantile(&sorted, 0.25);
    range / (normal_quantile(0.75) - normal_quantile(0.25))
}

/// Critical value of a uniform band: the `level` quantile of the largest absolute t over columns.
///
/// `columns` are pairs of draws and their standard error; a column without spread is left out.
/// Nothing when no column is left.
pub fn sup_t(columns: &[(&[f64], f64)], level: f64) -> Option<f64> {
    let spread: Vec<_> = columns.iter().filter(|(_, error)| *error > 0.0).collect();
    let draws = spread.first()?.0.len();
    let mut largest = vec![0.0_f64; draws];
    for (column, error) in spread {
        for (largest, draw) in largest.iter_mut().zip(*column) {
            *largest = largest.max((draw / error).abs());
        }
    }
    largest.sort_unstable_by(f64::total_cmp);
    (draws > 0).then(|| empirical_quantile(&largest, level))
}

/// Inverse of the empirical distribution function (type 1 of Hyndman and Fan).
fn empirical_quantile(sorted: &[f64], p: f64) -> f64 {
    let share = sorted.len() as f64 * p * (1.0 - 4.0 * f64::EPSILON);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 <= p <= 1")]
    let rank = share.ceil() as usize;
    sorted.get(rank.max(1) - 1).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_have_mean_zero_and_variance_one() {
        let mut random = generator(1, 0);
        let (draws, mut low) = (20_000, 0);
        for _ in 0..draws {
            low += lower_weights(|| random.next_u64()).count_ones();
        }
        let share = f64::from(low) / (64.0 * f64::from(draws));
        assert!((share - PHI / 5.0_f64.sqrt()).abs() < 0.001, "{share}");
        let moment = |power| share * (1.0 - PHI).powi(power) + (1.0 - share) * PHI.powi(power);
        assert!(moment(1).abs() < 0.002 && (moment(2) - 1.0).abs() < 0.002);
    }

    #[test]
    fn a_sum_is_that_of_its_own_weights() {
        for weights in [Weights::Rademacher, Weights::Mammen] {
            check_sums(weights);
        }
    }

    fn check_sums(weights: Weights) {
        let (width, rows) = (3, 77);
        let values: Vec<f64> = (0..rows * width).map(|it| (it as f64 * 0.7).sin()).collect();
        let bootstrap = Bootstrap { draws: 5, seed: 9, weights };
        let sums = multiplier_sums(&Rows { width, values: values.clone() }, bootstrap, 4);
        let mut random = generator(9, 4);
        let mut expected = vec![0.0; 5 * width];
        for batch in values.chunks(64 * width) {
            for draw in 0..5 {
                let chosen = weights.bits(|| random.next_u64());
                for (row, values) in batch.chunks(width).enumerate() {
                    let (first, second) = weights.values();
                    let weight = if chosen >> row & 1 == 1 { first } else { second };
                    for (column, value) in values.iter().enumerate() {
                        expected[draw * width + column] += weight * value;
                    }
                }
            }
        }
        for (found, expected) in sums.iter().zip(&expected) {
            assert!((found - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn quantiles_are_those_of_the_steps() {
        let sorted = [1.0, 2.0, 3.0, 4.0];
        for (p, expected) in [(0.0, 1.0), (0.25, 1.0), (0.26, 2.0), (0.75, 3.0), (1.0, 4.0)] {
            assert_eq!(empirical_quantile(&sorted, p), expected, "{p}");
        }
        assert_eq!(sup_t(&[(&[1.0, -4.0, 2.0], 2.0), (&[0.0; 3], 0.0)], 0.95), Some(2.0));
        assert_eq!(sup_t(&[], 0.95), None);
    }
}
