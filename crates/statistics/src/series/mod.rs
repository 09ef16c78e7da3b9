//! A series in time: charts and forecasts.

pub mod back_test;
pub mod cohort;
pub mod cusum;
pub mod ets;
pub mod ewma;
pub mod interval_score;
pub mod likelihood_cusum;
pub mod proportion_chart;
pub mod rare_event;
pub mod run_length;
pub mod xmr;

mod baseline;
