//! Panel regression: fixed effects, sandwich variances, Poisson, bootstrap, randomisation.
