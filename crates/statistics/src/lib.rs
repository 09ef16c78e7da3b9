//! Estimators over plain numbers; knows nothing of municipalities or law.
//!
//! One method per file. Each cites the paper it implements and is tested against another source;
//! `reference/` holds the scripts that print the numbers of the tests. A question that the data
//! cannot answer gives a [`fault::Fault`], never a NaN; what limits an answer is a
//! [`figures::Warning`] beside it. Seeds are arguments.

pub mod comparison;
pub mod credibility;
pub mod did;
pub mod distribution;
pub mod duration;
pub mod fault;
pub mod figures;
pub mod forecast;
pub mod linear;
pub mod numbers;
pub mod panel;
pub mod quantile;
pub mod random;
pub mod regression;
pub mod series;
pub mod synthetic;

/// 97.5% quantile of the standard normal, for a two-sided interval of 95%.
pub(crate) const Z_95: f64 = 1.959_963_984_540_054;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
