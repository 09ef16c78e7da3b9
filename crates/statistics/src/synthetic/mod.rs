//! Few treated units: synthetic controls and interrupted time series.

mod design;
mod pool;
pub mod sdid;
mod sdid_figures;
mod sdid_variance;
pub mod simplex;

pub use sdid_variance::Spread;
