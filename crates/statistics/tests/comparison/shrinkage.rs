//! Variance between units and empirical Bayes.

use statistics::comparison::heterogeneity::{Method, heterogeneity};
use statistics::comparison::marshall::marshall;
use statistics::comparison::poisson_gamma::poisson_gamma;
use statistics::figures::{Estimate as _, Figures};

use crate::common::Tolerance::{Abs, Rel};
use crate::common::reference;

#[test]
fn variance_between_vaccine_trials() {
    let Some(it) = reference("tau2__bcg") else { return };
    let [a, b, c, d] = ["tpos", "tneg", "cpos", "cneg"].map(|name| it.data.numbers(name));
    let rows = 0..a.len();
    let effect = |i: usize| (a[i] / (a[i] + b[i]) / (c[i] / (c[i] + d[i]))).ln();
    let variance = |i: usize| 1.0 / a[i] - 1.0 / (a[i] + b[i]) + 1.0 / c[i] - 1.0 / (c[i] + d[i]);
    let effects: Vec<f64> = rows.clone().map(effect).collect();
    let variances: Vec<f64> = rows.map(variance).collect();
    let mut figures = Figures::new();
    for method in [
        Method::DerSimonianLaird,
        Method::PauleMandel,
        Method::MaximumLikelihood,
        Method::Restricted,
    ] {
        let fit = heterogeneity(&effects, &variances, method).unwrap();
        fit.figures().iter().for_each(|(key, value)| figures.add(key, value));
    }
    it.compare(
        &figures,
        &[
            ("tau2_PM", Abs(3e-5)),
            ("mu_PM", Abs(3e-5)),
            ("se_mu_PM", Abs(3e-5)),
            ("tau2_REML", Abs(1e-6)),
            ("tau2_ML", Abs(1e-6)),
            ("mu_REML", Abs(1e-6)),
            ("mu_ML", Abs(1e-6)),
            ("se_mu_REML", Abs(1e-6)),
            ("se_mu_ML", Abs(1e-6)),
            ("", Abs(1e-7)),
        ],
    );
}

#[test]
fn ratios_of_teams_with_a_gamma_distribution() {
    let Some(it) = reference("eb_gamma__open_teams") else { return };
    let [names, observed] = ["team", "obs"].map(|name| it.data.texts(name));
    let observed: Vec<f64> = observed.iter().map(|it| it.parse().unwrap()).collect();
    let fit = poisson_gamma(&names, &observed, &it.data.numbers("exp_strat"), 0.95).unwrap();
    it.compare(&fit.figures(), &[("alpha", Rel(1e-4)), ("beta", Rel(1e-4)), ("", Abs(1e-5))]);
}

#[test]
fn rates_of_counties_by_moments() {
    let Some(it) = reference("eb_marshall__ncsids") else { return };
    let fit = marshall(&it.data.numbers("SID74"), &it.data.numbers("BIR74")).unwrap();
    it.compare(&fit.figures(), &[("", Rel(1e-9))]);
}

/// By brute force: no point of a fine grid beats the estimate, and the posterior mean is the
/// shrunken ratio.
#[test]
fn the_gamma_distribution_is_the_most_likely() {
    let names: Vec<String> = (0..6).map(|it| it.to_string()).collect();
    let observed = [4.0, 11.0, 30.0, 7.0, 25.0, 60.0];
    let expected = [8.0, 10.0, 20.0, 12.0, 26.0, 40.0];
    let fit = poisson_gamma(&names, &observed, &expected, 0.95).unwrap();
    let value = |alpha: f64, beta: f64| -> f64 {
        let ln_gamma = stirling;
        observed
            .iter()
            .zip(&expected)
            .map(|(o, e)| {
                ln_gamma(o + alpha) - ln_gamma(alpha) - ln_gamma(o + 1.0)
                    + alpha * (beta / (beta + e)).ln()
                    + o * (e / (beta + e)).ln()
            })
            .sum()
    };
    assert!((value(fit.alpha, fit.beta) - fit.log_likelihood).abs() < 1e-8);
    for i in -20..=20 {
        for j in -20..=20 {
            let (a, b) = (f64::from(i) * 0.05, f64::from(j) * 0.05);
            let other = value(fit.alpha * a.exp(), fit.beta * b.exp());
            assert!(other <= fit.log_likelihood + 1e-9, "{a} {b}");
        }
    }
    for (at, unit) in fit.units.iter().enumerate() {
        let mean = (observed[at] + fit.alpha) / (expected[at] + fit.beta);
        assert!((unit.ratio - mean).abs() < 1e-12 && unit.low < mean && mean < unit.high);
    }
}

/// Stirling's series after shifting the argument above 20.
fn stirling(x: f64) -> f64 {
    let mut shift = 0.0;
    let mut x = x;
    while x < 20.0 {
        shift += x.ln();
        x += 1.0;
    }
    let series = 1.0 / (12.0 * x) - 1.0 / (360.0 * x.powi(3)) + 1.0 / (1260.0 * x.powi(5));
    (x - 0.5) * x.ln() - x + 0.5 * std::f64::consts::TAU.ln() + series - shift
}
