//! Two proportions: their difference after Newcombe and their ratio after Koopman.
//!
//! Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions:
//! comparison of eleven methods. *Statistics in Medicine* 17(8), 873-890 (method 10).
//!
//! Koopman, P. A. R. (1984). Confidence intervals for the ratio of two binomial proportions.
//! *Biometrics* 40(2), 513-517. <https://doi.org/10.2307/2531405>

use crate::comparison::contrast::{Contrast, Measure, few_cases};
use crate::comparison::proportion::{check, wilson_at};
use crate::comparison::root::root;
use crate::distribution::normal_quantile;
use crate::fault::Fault;

/// The share of the first `(successes, trials)` minus that of the second.
///
/// ```
/// use statistics::comparison::two_proportions::difference;
/// let it = difference((56, 70), (48, 80), 0.95).unwrap();
/// // Newcombe (1998), table II, row (a), method 10.
/// assert!((it.low - 0.0524).abs() < 5e-5 && (it.high - 0.3339).abs() < 5e-5);
/// ```
///
/// # Errors
///
/// No trials, more successes than trials, a level outside 0 to 1.
pub fn difference(first: (u64, u64), second: (u64, u64), level: f64) -> Result<Contrast, Fault> {
    let (a, b) = (wilson_at(first.0, first.1, level)?, wilson_at(second.0, second.1, level)?);
    let estimate = a.estimate - b.estimate;
    Ok(Contrast {
        measure: Measure::Difference,
        estimate,
        low: estimate - (a.estimate - a.low).hypot(b.high - b.estimate),
        high: estimate + (a.high - a.estimate).hypot(b.estimate - b.low),
        level,
        cases: (first.0, second.0),
        of: (first.1 as f64, second.1 as f64),
        p: None,
        warnings: few_cases((first.0, second.0)),
    })
}

/// The share of the first `(successes, trials)` divided by that of the second.
///
/// # Errors
///
/// No trials, more successes than trials, no success in the second group, a level outside 0 to 1.
pub fn ratio(first: (u64, u64), second: (u64, u64), level: f64) -> Result<Contrast, Fault> {
    check(first.0, first.1, level)?;
    check(second.0, second.1, level)?;
    if second.0 == 0 {
        return Err(Fault::not_identified(
            "De tweede groep heeft geen enkel geval: een verhouding bestaat dan niet. Bekijk het \
             verschil.",
        ));
    }
    let shares = [first, second].map(|(x, n)| (x as f64, n as f64));
    let z = normal_quantile(0.5 + level / 2.0);
    let estimate = (shares[0].0 / shares[0].1) / (shares[1].0 / shares[1].1);
    // The score falls as the ratio grows; the search is on the log scale.
    let at = |target: f64| root(-50.0, 50.0, |log| score(shares, log.exp()) - target).exp();
    Ok(Contrast {
        measure: Measure::Ratio,
        estimate,
        low: if first.0 == 0 { 0.0 } else { at(z) },
        high: at(-z),
        level,
        cases: (first.0, second.0),
        of: (shares[0].1, shares[1].1),
        p: None,
        warnings: few_cases((first.0, second.0)),
    })
}

/// The signed root of Koopman's statistic at `ratio`.
fn score([(x1, n1), (x2, n2)]: [(f64, f64); 2], ratio: f64) -> f64 {
    // The share of the second group by maximum likelihood when the ratio holds.
    let a = (n1 + n2) * ratio;
    let b = ratio * (n1 + x2) + x1 + n2;
    let c = x1 + x2;
    let p2 = 2.0 * c / (b + (b * b - 4.0 * a * c).max(0.0).sqrt());
    let p1 = (ratio * p2).min(1.0);
    let variance = p1 * (1.0 - p1) / n1 + ratio * ratio * p2 * (1.0 - p2) / n2;
    let gap = x1 / n1 - ratio * x2 / n2;
    if variance > 0.0 { gap / variance.sqrt() } else { gap.signum() * f64::MAX.sqrt() }
}
