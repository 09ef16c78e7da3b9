//! Estimators over plain numbers; knows nothing of municipalities or law.
//!
//! One module per estimator. Each cites the paper it implements and is tested against another
//! source; `reference/reference.py` prints the numbers of the tests.

pub mod forecast;
pub mod growth;
pub mod proportion;
pub mod quantile;

/// 97.5% quantile of the standard normal, for a two-sided interval of 95%.
pub(crate) const Z_95: f64 = 1.959_963_984_540_054;
