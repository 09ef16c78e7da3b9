//! Few treated units: synthetic controls and interrupted time series.

pub mod augmented;
mod cast;
pub mod conformal;
pub mod control;
mod control_figures;
pub mod control_placebo;
mod design;
mod importance;
pub mod interrupted;
mod interrupted_figures;
mod pool;
pub mod sdid;
mod sdid_figures;
mod sdid_variance;
mod segmented;
pub mod simplex;

pub use sdid_variance::Spread;
