//! Few treated units: synthetic controls and interrupted time series.
