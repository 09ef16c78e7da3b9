//! Estimators over plain numbers; knows nothing of municipalities or law.
