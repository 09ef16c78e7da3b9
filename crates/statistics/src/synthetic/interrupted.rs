//! Interrupted time series: segmented regression of one series with a change of level and of slope.
//!
//! `y_t = b0 + b1 t + b2 D_t + b3 (t - t0) D_t + season + e_t` (Wagner, Soumerai, Zhang & Ross-Degnan
//! 2002, *Journal of Clinical Pharmacy and Therapeutics* 27(4)), with the season as pairs of sine
//! and cosine. The errors of a series hang together; either least squares keeps its estimate and
//! the standard errors allow for it (Newey & West 1987, *Econometrica* 55(3)), or generalised least
//! squares models it as an autoregression of order `p` with the first observations kept (Prais &
//! Winsten 1954 for `p = 1`), iterated to convergence.

use crate::{
    distribution::{chi_squared_p, t_p, t_quantile},
    fault::Fault,
    figures::Warning,
    synthetic::segmented::{Fitted, fit},
};

/// What is known about the errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errors {
    /// Least squares with Bartlett weights over so many lags; nothing means
    /// `floor(4 (n / 100)^(2/9))`.
    NeweyWest {
        /// Number of lags.
        lags: Option<usize>,
    },
    /// Generalised least squares with an autoregression of this order; 1 is Prais-Winsten.
    Autoregressive {
        /// Order.
        order: usize,
    },
}

/// A yearly or weekly pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Season {
    /// Periods in one round, for instance 12.
    pub length: usize,
    /// Number of sine and cosine pairs, at most half the length.
    pub harmonics: usize,
}

/// How to estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// What is known about the errors.
    pub errors: Errors,
    /// A pattern that returns, if any.
    pub season: Option<Season>,
    /// Level of the intervals, between 0 and 1.
    pub confidence: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { errors: Errors::NeweyWest { lags: None }, season: None, confidence: 0.95 }
    }
}

/// The change in one series.
#[derive(Debug, Clone, PartialEq)]
pub struct InterruptedSeries {
    /// Level at the start of the series, trend, change of level, change of slope.
    pub terms: Vec<Term>,
    /// Average change over the periods after the start, against the line of before.
    pub mean_change: Term,
    /// Change in the last period.
    pub last_change: Term,
    /// Number of observations.
    pub n: usize,
    /// Observations before the start.
    pub before: usize,
    /// Degrees of freedom of the t distribution.
    pub df: usize,
    /// Autoregressive coefficients; empty for least squares.
    pub rho: Vec<f64>,
    /// Lags in the standard errors; 0 for generalised least squares.
    pub lags: usize,
    /// Durbin-Watson of the residuals (of generalised least squares: after whitening).
    pub durbin_watson: f64,
    /// Ljung-Box statistic of the same residuals, its lags and p-value.
    pub ljung_box: (f64, usize, f64),
    /// What there would have been without the start, in each period after it.
    pub expected: Vec<f64>,
    /// Level of the intervals.
    pub confidence: f64,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

/// A number with its standard error.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// Key: `const`, `trend`, `level`, `slope`, `mean_change`, `last_change`, `sin1`, `cos1`.
    pub name: String,
    /// Estimate.
    pub estimate: f64,
    /// Standard error.
    pub standard_error: f64,
    /// Two-sided p-value.
    pub p: f64,
    /// Interval.
    pub interval: (f64, f64),
}

/// Estimates what changed from position `start` (the first period after the change) on.
///
/// # Errors
///
/// A value that is not finite; fewer than three periods before or two after the start; more terms
/// than the series can carry; a season that does not fit; collinear terms.
///
/// # Example
///
/// ```
/// use statistics::synthetic::interrupted::{Options, interrupted_series};
///
/// // A line that drops by 2 in the ninth period, with a small wave on it.
/// let series: Vec<f64> = (0..16)
///     .map(|t| 5.0 + 0.5 * f64::from(t) - if t >= 8 { 2.0 } else { 0.0 } + 0.1 * f64::from(t % 3))
///     .collect();
/// let it = interrupted_series(&series, 8, &Options::default())?;
/// assert!((it.terms[2].estimate + 2.0).abs() < 0.2);
/// # Ok::<(), statistics::fault::Fault>(())
/// ```
pub fn interrupted_series(
    outcome: &[f64],
    start: usize,
    options: &Options,
) -> Result<InterruptedSeries, Fault> {
    check(outcome, start, options)?;
    let fitted = fit(outcome, start, options)?;
    let n = outcome.len();
    let df = n - fitted.names.len();
    let quantile = t_quantile(0.5 + options.confidence / 2.0, df as f64);
    let term = |name: &str, weights: &[f64]| fitted.term(name, weights, df, quantile);
    let unit = |at: usize| -> Vec<f64> {
        (0..fitted.names.len()).map(|it| if it == at { 1.0 } else { 0.0 }).collect()
    };
    let change = |slope: f64| {
        let mut weights = vec![0.0; fitted.names.len()];
        (weights[2], weights[3]) = (1.0, slope);
        weights
    };
    let last = (n - start - 1) as f64;
    let lags = fitted.white.len().min(10).min((n / 5).max(1));
    let mut it = InterruptedSeries {
        terms: fitted.names.iter().enumerate().map(|(at, name)| term(name, &unit(at))).collect(),
        mean_change: term("mean_change", &change(last / 2.0)),
        last_change: term("last_change", &change(last)),
        n,
        before: start,
        df,
        rho: fitted.rho.clone(),
        lags: fitted.lags,
        durbin_watson: durbin_watson(&fitted.white),
        ljung_box: ljung_box(&fitted.white, lags),
        expected: fitted.expected(start),
        confidence: options.confidence,
        warnings: Vec::new(),
    };
    let numbers = it.terms.iter().chain([&it.mean_change, &it.last_change]);
    if numbers.into_iter().any(|it| !(it.estimate.is_finite() && it.standard_error.is_finite())) {
        return Err(crate::synthetic::pool::too_large());
    }
    it.warnings = warnings(&it);
    Ok(it)
}

impl Fitted {
    fn term(&self, name: &str, weights: &[f64], df: usize, quantile: f64) -> Term {
        let (estimate, standard_error) = self.combine(weights);
        let reach = quantile * standard_error;
        let p = if standard_error > 0.0 {
            t_p(estimate / standard_error, df as f64)
        } else if estimate == 0.0 {
            1.0
        } else {
            0.0
        };
        let interval = (estimate - reach, estimate + reach);
        Term { name: name.to_owned(), estimate, standard_error, p, interval }
    }
}

/// Squared first differences over squares: 2 without autocorrelation, towards 0 with much of it.
pub fn durbin_watson(residuals: &[f64]) -> f64 {
    let square: f64 = residuals.iter().map(|it| it * it).sum();
    let change: f64 = residuals.windows(2).map(|it| (it[1] - it[0]).powi(2)).sum();
    if square > 0.0 { change / square } else { 2.0 }
}

/// The statistic of Ljung & Box (1978), its lags, and its p-value without correction for what was
/// estimated.
pub fn ljung_box(residuals: &[f64], lags: usize) -> (f64, usize, f64) {
    let n = residuals.len() as f64;
    let mean = residuals.iter().sum::<f64>() / n;
    let centred: Vec<f64> = residuals.iter().map(|it| it - mean).collect();
    let square: f64 = centred.iter().map(|it| it * it).sum();
    let lags = lags.min(residuals.len().saturating_sub(1));
    if square <= 0.0 || lags == 0 {
        return (0.0, lags, 1.0);
    }
    let statistic: f64 = (1..=lags)
        .map(|lag| {
            let product: f64 = centred.iter().zip(&centred[lag..]).map(|(a, b)| a * b).sum();
            (product / square).powi(2) / (n - lag as f64)
        })
        .sum();
    let statistic = n * (n + 2.0) * statistic;
    (statistic, lags, chi_squared_p(statistic, lags as f64))
}

fn check(outcome: &[f64], start: usize, options: &Options) -> Result<(), Fault> {
    let n = outcome.len();
    if let Some(row) = outcome.iter().position(|value| !value.is_finite()) {
        let value = outcome[row];
        return Err(Fault::NotFinite { column: "uitkomst".to_owned(), row: row + 1, value });
    }
    if !(options.confidence > 0.0 && options.confidence < 1.0) {
        let found = options.confidence;
        return Err(Fault::argument("betrouwbaarheid", "een getal tussen 0 en 1", found));
    }
    if start < 3 || start + 2 > n {
        return Err(Fault::argument(
            "start",
            format!("een periode met minstens 3 periodes ervoor en 2 vanaf de start, van de {n}"),
            start,
        ));
    }
    let seasonal = options.season.map_or(0, |it| 2 * it.harmonics);
    if let Some(it) = options.season
        && (it.length < 2 || it.harmonics == 0 || 2 * it.harmonics >= it.length)
    {
        return Err(Fault::argument(
            "seizoen",
            "een lengte van 3 of meer en minder dan half zo veel golven",
            format!("lengte {} met {} golven", it.length, it.harmonics),
        ));
    }
    let order = match options.errors {
        Errors::Autoregressive { order: 0 } => {
            return Err(Fault::argument("orde", "1 of meer", 0));
        }
        Errors::Autoregressive { order } => order,
        Errors::NeweyWest { .. } => 0,
    };
    if n < 4 + seasonal + order + 2 {
        return Err(Fault::not_identified(format!(
            "De reeks heeft {n} periodes; met deze termen zijn er minstens {} nodig.",
            4 + seasonal + order + 2
        )));
    }
    Ok(())
}

fn warnings(it: &InterruptedSeries) -> Vec<Warning> {
    let mut warnings = vec![Warning::new(
        "no-comparison",
        "Er is geen vergelijkingsgroep: wat er in dezelfde tijd nog meer veranderde, zit in de \
         schatting.",
    )];
    let after = it.n - it.before;
    if it.before < 12 || after < 12 {
        warnings.push(Warning::new(
            "short-series",
            format!(
                "Er zijn {} periodes voor en {after} vanaf de start; met minder dan 12 aan een kant \
                 is de trend onzeker en zijn de intervallen te smal.",
                it.before
            ),
        ));
    }
    let (_, lags, p) = it.ljung_box;
    if !it.rho.is_empty() && p < 0.05 {
        warnings.push(Warning::new(
            "autocorrelation-left",
            format!(
                "Er blijft samenhang in de tijd over (Ljung-Box over {lags} periodes, p {p:.3}); \
                 kies een hogere orde of Newey-West."
            ),
        ));
    }
    warnings
}
