//! Reproducible random numbers: a seed and a stream number give the same draws on every machine.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// A generator for `stream` of `seed`.
///
/// Parallel work takes one stream per replication, so that the result does not depend on the
/// number of threads.
pub fn generator(seed: u64, stream: u64) -> ChaCha8Rng {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream(stream);
    generator
}
