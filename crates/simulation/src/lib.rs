//! A made-up municipality from a seed, with known truth.
