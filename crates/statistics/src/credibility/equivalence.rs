//! Is the effect small enough to call it none? Two one-sided tests against bounds set beforehand.
//!
//! Schuirmann, D. J. (1987). A comparison of the two one-sided tests procedure and the power
//! approach for assessing the equivalence of average bioavailability. *Journal of Pharmacokinetics
//! and Biopharmaceutics* 15(6), 657-680. <https://doi.org/10.1007/BF01068419>
//!
//! A difference that is not significant is no proof of no difference. Here the null is an effect
//! beyond the bounds, and only a rejection of both sides says that there is no effect that matters.

use crate::distribution::{t_cdf, t_quantile};
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};

/// What the two tests say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The effect lies within the bounds.
    Equivalent,
    /// The effect lies outside the bounds.
    Different,
    /// The data cannot tell.
    Undecided,
}

/// The outcome of the two one-sided tests.
#[derive(Debug, Clone, PartialEq)]
pub struct Equivalence {
    /// The estimate.
    pub estimate: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Degrees of freedom; infinite for the normal.
    pub degrees_of_freedom: f64,
    /// Largest effect downwards that does not matter.
    pub lower_bound: f64,
    /// Largest effect upwards that does not matter.
    pub upper_bound: f64,
    /// Chance of so high an estimate if the effect were the lower bound.
    pub p_lower: f64,
    /// Chance of so low an estimate if the effect were the upper bound.
    pub p_upper: f64,
    /// The larger of the two.
    pub p_value: f64,
    /// Lower end of the interval of level `1 - 2 alpha`: equivalent when it lies within bounds.
    pub low: f64,
    /// Upper end of that interval.
    pub high: f64,
    /// Chance of calling an effect at the bound equivalent.
    pub alpha: f64,
    /// The smallest symmetric bounds about zero that would have been called equivalent.
    pub smallest_bound: f64,
    /// What the tests say.
    pub verdict: Verdict,
}

/// Tests whether an effect lies within `bounds`.
///
/// ```
/// use statistics::credibility::equivalence::{test, Verdict};
///
/// // CPB found 14%; is what we see at least clearly less than that?
/// let it = test(0.01, 0.03, 340.0, (-0.14, 0.14), 0.05)?;
/// assert_eq!(it.verdict, Verdict::Equivalent);
/// # Ok::<(), statistics::fault::Fault>(())
/// ```
///
/// # Errors
///
/// An estimate, standard error or bound that is not finite, no spread, bounds that do not hold
/// room, `alpha` not between 0 and 0.5, degrees of freedom that are not positive.
pub fn test(
    estimate: f64,
    standard_error: f64,
    degrees_of_freedom: f64,
    bounds: (f64, f64),
    alpha: f64,
) -> Result<Equivalence, Fault> {
    let (lower_bound, upper_bound) = bounds;
    if !(estimate.is_finite() && standard_error.is_finite() && standard_error > 0.0) {
        return Err(Fault::argument("standaardfout", "een getal groter dan 0", standard_error));
    }
    if !(lower_bound.is_finite() && upper_bound.is_finite() && lower_bound < upper_bound) {
        let found = format!("{lower_bound} tot {upper_bound}");
        return Err(Fault::argument("grenzen", "een ondergrens onder de bovengrens", found));
    }
    if !(alpha > 0.0 && alpha < 0.5) {
        return Err(Fault::argument("alfa", "een getal tussen 0 en 0,5", alpha));
    }
    if degrees_of_freedom.is_nan() || degrees_of_freedom <= 0.0 {
        return Err(Fault::argument(
            "vrijheidsgraden",
            "een getal groter dan 0",
            degrees_of_freedom,
        ));
    }
    let below = |t: f64| t_cdf(t, degrees_of_freedom);
    let p_lower = below((lower_bound - estimate) / standard_error);
    let p_upper = below((estimate - upper_bound) / standard_error);
    let p_value = p_lower.max(p_upper);
    let reach = t_quantile(1.0 - alpha, degrees_of_freedom) * standard_error;
    let (low, high) = (estimate - reach, estimate + reach);
    let verdict = if p_value <= alpha {
        Verdict::Equivalent
    } else if high < lower_bound || low > upper_bound {
        Verdict::Different
    } else {
        Verdict::Undecided
    };
    Ok(Equivalence {
        estimate,
        standard_error,
        degrees_of_freedom,
        lower_bound,
        upper_bound,
        p_lower,
        p_upper,
        p_value,
        low,
        high,
        alpha,
        smallest_bound: estimate.abs() + reach,
        verdict,
    })
}

impl Estimate for Equivalence {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        figures.add_with_se("estimate", self.estimate, self.standard_error);
        for (key, value) in [
            ("lower_bound", self.lower_bound),
            ("upper_bound", self.upper_bound),
            ("p_lower", self.p_lower),
            ("p_upper", self.p_upper),
            ("p", self.p_value),
            ("low", self.low),
            ("high", self.high),
            ("smallest_bound", self.smallest_bound),
        ] {
            figures.add(key, value);
        }
        figures
    }

    fn summary(&self) -> String {
        let verdict = match self.verdict {
            Verdict::Equivalent => "het effect ligt binnen de grenzen",
            Verdict::Different => "het effect ligt buiten de grenzen",
            Verdict::Undecided => {
                "de gegevens laten niet zien of het effect binnen de grenzen ligt"
            }
        };
        format!(
            "Effect {:.4}, met grenzen {} tot {}: {verdict} (p = {:.3}; {:.0}%-interval {:.4} tot \
             {:.4}). De kleinste grens waarbinnen het effect aantoonbaar ligt, is {:.4}.",
            self.estimate,
            self.lower_bound,
            self.upper_bound,
            self.p_value,
            100.0 * (1.0 - 2.0 * self.alpha),
            self.low,
            self.high,
            self.smallest_bound
        )
    }

    fn warnings(&self) -> &[Warning] {
        &[]
    }
}
