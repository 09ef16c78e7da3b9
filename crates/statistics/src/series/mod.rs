//! A series in time: charts and forecasts.
