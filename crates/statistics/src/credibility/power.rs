//! How large must an effect be to be seen? The answer before the data, with correlated years.
//!
//! Burlig, F., Preonas, L. & Woerman, M. (2020). Panel data and experimental design. *Journal of
//! Development Economics* 144, 102458. <https://doi.org/10.1016/j.jdeveco.2020.102458>
//!
//! With `J` units of which a share `P` is treated, `m` periods before and `r` after, the variance
//! of a difference-in-differences is `V / (P (1-P) J)`, where `V` is the variance over units of the
//! mean after minus the mean before:
//! `V = (m+r)/(mr) sigma^2 + (m-1)/m psi_B + (r-1)/r psi_A - 2 psi_X`, with `psi` the average
//! covariance of two periods before, two after, and one of each. Noise without correlation between
//! years makes every extra year count in full, and promises far too much.

use crate::distribution::{t_cdf, t_quantile};
use crate::fault::Fault;
use crate::panel::Panel;

/// Variance over units of the mean outcome after minus the mean outcome before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChangeVariance(f64);

/// How many units and periods there will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Number of units.
    pub units: usize,
    /// Number of those that are treated.
    pub treated: usize,
    /// Number of periods before the treatment.
    pub before: usize,
    /// Number of periods from the treatment on.
    pub after: usize,
}

/// What a plan can see.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Power {
    /// Standard error that the estimate will have.
    pub standard_error: f64,
    /// Degrees of freedom: units minus two.
    pub degrees_of_freedom: f64,
    /// Chance of an alarm when there is no effect.
    pub alpha: f64,
}

impl Plan {
    /// Refuses a plan without treated or untreated units or without periods on either side.
    ///
    /// # Errors
    ///
    /// Fewer than three units, none treated, none untreated, no period before or after.
    pub fn check(&self) -> Result<(), Fault> {
        if self.units < 3 {
            return Err(Fault::argument("aantal eenheden", "minstens 3", self.units));
        }
        if self.treated == 0 || self.treated >= self.units {
            let expected = format!("minstens 1 en minder dan {}", self.units);
            return Err(Fault::argument("aantal behandelde eenheden", expected, self.treated));
        }
        if self.before == 0 || self.after == 0 {
            let found = format!("{} en {}", self.before, self.after);
            return Err(Fault::argument("perioden vóór en na", "minstens 1 en 1", found));
        }
        Ok(())
    }
}

impl ChangeVariance {
    /// From the variance of one period and the average covariance of two periods before, two
    /// after, and one of each.
    ///
    /// # Errors
    ///
    /// A plan that cannot be, or numbers that cannot be (co)variances of one series.
    pub fn from_components(
        plan: &Plan,
        variance: f64,
        before: f64,
        after: f64,
        across: f64,
    ) -> Result<Self, Fault> {
        plan.check()?;
        let (m, r) = (plan.before as f64, plan.after as f64);
        let value = (m + r) / (m * r) * variance + (m - 1.0) / m * before + (r - 1.0) / r * after
            - 2.0 * across;
        Self::checked(value)
    }

    /// From the autocovariance of the noise at lag 0, 1, 2 and on; lags beyond the list are zero.
    ///
    /// # Errors
    ///
    /// A plan that cannot be, or numbers that cannot be autocovariances.
    pub fn from_autocovariance(plan: &Plan, autocovariance: &[f64]) -> Result<Self, Fault> {
        plan.check()?;
        let weight = |at: usize| {
            if at < plan.before { -1.0 / plan.before as f64 } else { 1.0 / plan.after as f64 }
        };
        let periods = plan.before + plan.after;
        let mut value = 0.0;
        for a in 0..periods {
            for b in 0..periods {
                let lag = a.abs_diff(b);
                value += weight(a) * weight(b) * autocovariance.get(lag).copied().unwrap_or(0.0);
            }
        }
        Self::checked(value)
    }

    /// For noise of which a share `rho` of each period stays on in the next.
    ///
    /// # Errors
    ///
    /// A plan that cannot be, a variance that is not positive, `rho` not between -1 and 1.
    pub fn from_autoregression(plan: &Plan, variance: f64, rho: f64) -> Result<Self, Fault> {
        if !(rho > -1.0 && rho < 1.0) {
            return Err(Fault::argument("autocorrelatie", "een getal tussen -1 en 1", rho));
        }
        plan.check()?;
        let periods = plan.before + plan.after;
        let lags = (0..periods).scan(variance, |value, _| {
            let now = *value;
            *value *= rho;
            Some(now)
        });
        Self::from_autocovariance(plan, &lags.collect::<Vec<_>>())
    }

    /// From data without treatment: over every stretch of as many periods as the plan has, the
    /// variance over units of the mean of the last minus the mean of the first.
    ///
    /// # Errors
    ///
    /// A panel with gaps, with fewer periods than the plan, or with fewer than two units.
    pub fn from_panel(plan: &Plan, panel: &Panel) -> Result<Self, Fault> {
        let changes = changes(plan, panel)?;
        let variance = |change: &Vec<f64>| {
            let n = change.len() as f64;
            let mean = change.iter().sum::<f64>() / n;
            change.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / (n - 1.0)
        };
        Self::checked(changes.iter().map(variance).sum::<f64>() / changes.len() as f64)
    }

    /// The variance.
    pub fn value(self) -> f64 {
        self.0
    }

    fn checked(value: f64) -> Result<Self, Fault> {
        if value > 0.0 && value.is_finite() {
            return Ok(Self(value));
        }
        let expected =
            "spreidingen en samenhangen waarbij de verandering een spreiding boven 0 heeft";
        Err(Fault::argument("spreiding", expected, value))
    }
}

/// What a plan can see with so much noise.
///
/// ```
/// use statistics::credibility::power::{power, ChangeVariance, Plan};
///
/// let plan = Plan { units: 40, treated: 2, before: 24, after: 12 };
/// let noise = ChangeVariance::from_autoregression(&plan, 0.04, 0.6)?;
/// let it = power(&plan, noise, 0.05)?;
/// let smallest = it.minimum_detectable_effect(0.8)?;
/// assert!((it.of(smallest) - 0.8).abs() < 1e-3);
/// # Ok::<(), statistics::fault::Fault>(())
/// ```
///
/// # Errors
///
/// A plan that cannot be, `alpha` not between 0 and 1.
pub fn power(plan: &Plan, noise: ChangeVariance, alpha: f64) -> Result<Power, Fault> {
    plan.check()?;
    if !(alpha > 0.0 && alpha < 1.0) {
        return Err(Fault::argument("alfa", "een getal tussen 0 en 1", alpha));
    }
    let (units, treated) = (plan.units as f64, plan.treated as f64);
    Ok(Power {
        standard_error: (noise.0 * units / (treated * (units - treated))).sqrt(),
        degrees_of_freedom: units - 2.0,
        alpha,
    })
}

impl Power {
    /// Chance of an alarm when the effect is `effect`.
    pub fn of(&self, effect: f64) -> f64 {
        let critical = t_quantile(1.0 - self.alpha / 2.0, self.degrees_of_freedom);
        let away = effect / self.standard_error;
        let df = self.degrees_of_freedom;
        1.0 - t_cdf(critical - away, df) + t_cdf(-critical - away, df)
    }

    /// The effect that is seen with chance `power`: `(t_power + t_(1-alpha/2))` standard errors.
    ///
    /// # Errors
    ///
    /// `power` not between alpha and 1.
    pub fn minimum_detectable_effect(&self, power: f64) -> Result<f64, Fault> {
        if !(power > self.alpha && power < 1.0) {
            let expected = format!("een getal tussen {} en 1", self.alpha);
            return Err(Fault::argument("onderscheidend vermogen", expected, power));
        }
        let critical = t_quantile(1.0 - self.alpha / 2.0, self.degrees_of_freedom);
        Ok((critical + t_quantile(power, self.degrees_of_freedom)) * self.standard_error)
    }
}

/// For every stretch of as many periods as the plan has: by unit the mean after minus before.
pub(super) fn changes(plan: &Plan, panel: &Panel) -> Result<Vec<Vec<f64>>, Fault> {
    panel.require_balanced()?;
    let (periods, wanted) = (panel.periods.len(), plan.before + plan.after);
    if plan.before == 0 || plan.after == 0 {
        let found = format!("{} en {}", plan.before, plan.after);
        return Err(Fault::argument("perioden vóór en na", "minstens 1 en 1", found));
    }
    if periods < wanted {
        return Err(Fault::argument(
            "aantal perioden zonder behandeling",
            format!("minstens {wanted}"),
            periods,
        ));
    }
    if panel.units.len() < 2 {
        return Err(Fault::argument("aantal eenheden", "minstens 2", panel.units.len()));
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let change = |from: usize| {
        let own = |series: &[f64]| {
            let middle = from + plan.before;
            mean(&series[middle..from + wanted]) - mean(&series[from..middle])
        };
        panel.outcome.chunks(periods).map(own).collect()
    };
    Ok((0..=periods - wanted).map(change).collect())
}
