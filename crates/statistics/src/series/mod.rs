//! A series in time: charts and forecasts.

pub mod cusum;
pub mod ewma;
pub mod likelihood_cusum;
pub mod proportion_chart;
pub mod rare_event;
pub mod run_length;
pub mod xmr;

mod baseline;
