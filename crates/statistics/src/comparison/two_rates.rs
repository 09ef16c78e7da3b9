//! Two rates: their ratio by the exact conditional method, their difference by MOVER.
//!
//! Given the total, the events of the first group are binomial (Przyborowski, J. & Wilenski, H.
//! (1940). Homogeneity of results in testing samples from Poisson series. *Biometrika* 31(3/4),
//! 313-323. <https://doi.org/10.1093/biomet/31.3-4.313>), so that a Clopper-Pearson interval of that
//! share is an exact interval of the ratio. The difference joins the two exact intervals
//! (Donner, A. & Zou, G. Y. (2012). Closed-form confidence intervals for functions of the normal
//! mean and standard deviation. *Statistical Methods in Medical Research* 21(4), 347-359).

use crate::comparison::contrast::{Contrast, Measure, few_cases};
use crate::comparison::proportion::clopper_pearson;
use crate::comparison::rate::garwood;
use crate::comparison::shape::{check_level, check_positive};
use crate::distribution::binomial_cdf;
use crate::fault::Fault;

/// The rate of the first `(events, exposure)` divided by that of the second, with the exact
/// two-sided p-value (twice the smaller tail) of equal rates.
///
/// ```
/// use statistics::comparison::two_rates::ratio;
/// // 349 clients against 502: +44%, from +25% to +65%.
/// let it = ratio((502, 1.0), (349, 1.0), 0.95).unwrap();
/// assert_eq!((it.low * 100.0).round(), 125.0);
/// assert_eq!((it.high * 100.0).round(), 165.0);
/// ```
///
/// # Errors
///
/// An exposure not above zero, no events in the second group, a level outside 0 to 1.
pub fn ratio(first: (u64, f64), second: (u64, f64), level: f64) -> Result<Contrast, Fault> {
    check_level(level)?;
    check_positive("blootstelling", &[first.1, second.1])?;
    if second.0 == 0 {
        return Err(Fault::not_identified(
            "De tweede groep heeft geen enkele gebeurtenis: een verhouding bestaat dan niet. \
             Bekijk het verschil.",
        ));
    }
    let total = first.0.saturating_add(second.0);
    let share = clopper_pearson(first.0, total, level)?;
    let scale = second.1 / first.1;
    let odds = |share: f64| scale * share / (1.0 - share);
    Ok(Contrast {
        measure: Measure::Ratio,
        estimate: scale * first.0 as f64 / second.0 as f64,
        low: odds(share.low),
        high: odds(share.high),
        level,
        cases: (first.0, second.0),
        of: (first.1, second.1),
        p: Some(equal_p(first, second)),
        warnings: few_cases((first.0, second.0)),
    })
}

/// The rate of the first `(events, exposure)` minus that of the second.
///
/// # Errors
///
/// An exposure not above zero, a level outside 0 to 1.
pub fn difference(first: (u64, f64), second: (u64, f64), level: f64) -> Result<Contrast, Fault> {
    let rate = |(events, exposure): (u64, f64)| garwood(events as f64, exposure, level);
    let (a, b) = (rate(first)?, rate(second)?);
    let estimate = a.estimate - b.estimate;
    Ok(Contrast {
        measure: Measure::Difference,
        estimate,
        low: estimate - (a.estimate - a.low).hypot(b.high - b.estimate),
        high: estimate + (a.high - a.estimate).hypot(b.estimate - b.low),
        level,
        cases: (first.0, second.0),
        of: (first.1, second.1),
        p: None,
        warnings: few_cases((first.0, second.0)),
    })
}

fn equal_p(first: (u64, f64), second: (u64, f64)) -> f64 {
    let (x, n) = (first.0 as f64, first.0.saturating_add(second.0) as f64);
    let share = 1.0 / (1.0 + second.1 / first.1);
    let below = binomial_cdf(x, n, share);
    let above = 1.0 - binomial_cdf(x - 1.0, n, share);
    (2.0 * below.min(above)).clamp(0.0, 1.0)
}
