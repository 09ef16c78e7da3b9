//! Few treated units: synthetic controls and interrupted time series.

mod cast;
pub mod conformal;
pub mod control;
mod control_figures;
pub mod control_placebo;
mod design;
mod importance;
mod pool;
pub mod sdid;
mod sdid_figures;
mod sdid_variance;
pub mod simplex;

pub use sdid_variance::Spread;
