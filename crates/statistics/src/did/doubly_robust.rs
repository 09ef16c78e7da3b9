//! Two groups, two periods, parallel trends given covariates: the panel estimators.
//!
//! Sant'Anna, P.H.C. and Zhao, J. (2020). Doubly robust difference-in-differences estimators.
//! Journal of Econometrics 219(1), 101-122. <https://doi.org/10.1016/j.jeconom.2020.06.003>.
//! The inverse probability weights are normalised (Hajek), as that paper advises.

use super::propensity::{Covariates, Model, least_squares, logit};
use crate::fault::Fault;

/// How the controls are made comparable with the treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    /// Both models; right when one of them is.
    #[default]
    DoublyRobust,
    /// A model of the chance of treatment.
    InverseProbability,
    /// A model of the controls' outcome.
    Regression,
}

/// One row per unit: what changed between the two periods, and for whom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Changes<'a> {
    /// Outcome in the second period less that in the first.
    pub change: &'a [f64],
    /// Whether the unit is treated in the second period.
    pub treated: &'a [bool],
    /// One column per covariate; a constant is added.
    pub covariates: &'a [Vec<f64>],
    /// Weight of the unit.
    pub weight: &'a [f64],
}

/// Effect on the treated with the influence of every row.
#[derive(Debug, Clone, PartialEq)]
pub struct TwoByTwo {
    /// The estimate.
    pub estimate: f64,
    /// What each row adds to the estimation error; the variance is the sum of squares over
    /// independent units.
    pub influence: Vec<f64>,
    /// Largest estimated chance of treatment among the controls, where a model of it was fitted.
    pub largest_propensity: Option<f64>,
    /// Positions of covariates that were left out as linear combinations of earlier ones.
    pub dropped: Vec<usize>,
}

/// Effect on the treated from two periods of the same units.
///
/// # Errors
///
/// No treated unit or no control, covariates that separate them, or controls that do not identify
/// the outcome model.
///
/// ```
/// use statistics::did::doubly_robust::{Changes, Method, panel};
///
/// let changes = Changes {
///     change: &[3.0, 5.0, 1.0, 2.0],
///     treated: &[true, true, false, false],
///     covariates: &[],
///     weight: &[1.0; 4],
/// };
/// assert_eq!(panel(Method::Regression, &changes)?.estimate, 2.5);
/// # Ok::<(), statistics::fault::Fault>(())
/// ```
pub fn panel(method: Method, data: &Changes<'_>) -> Result<TwoByTwo, Fault> {
    let treated: Vec<f64> = (0..data.change.len()).map(|it| data.of(it, true)).collect();
    let control: Vec<f64> = (0..data.change.len()).map(|it| data.of(it, false)).collect();
    for (weights, of) in [(&treated, "de behandelde groep"), (&control, "de vergelijkingsgroep")] {
        if weights.iter().sum::<f64>() <= 0.0 {
            return Err(Fault::Empty { of: of.to_owned() });
        }
    }
    let x = Covariates::new(data.covariates, data.weight);
    match method {
        Method::DoublyRobust => doubly_robust(data, &x, &treated, &control),
        Method::InverseProbability => inverse_probability(data, &x, &treated, &control),
        Method::Regression => regression(data, &x, &treated, &control),
    }
}

impl Changes<'_> {
    /// The weight of `row` when it is (not) treated, else 0.
    fn of(&self, row: usize, treated: bool) -> f64 {
        if self.treated[row] == treated { self.weight[row] } else { 0.0 }
    }
}

fn doubly_robust(
    data: &Changes<'_>,
    x: &Covariates,
    treated: &[f64],
    control: &[f64],
) -> Result<TwoByTwo, Fault> {
    let chance = logit(x, data.treated, data.weight)?;
    let outcome = least_squares(x, data.change, control)?;
    let compared = odds(control, &chance);
    let rest: Vec<f64> = data.change.iter().zip(&outcome.fitted).map(|(y, fit)| y - fit).collect();
    let (of_treated, total_treated) = mean(&rest, treated);
    let (of_control, total_control) = mean(&rest, &compared);
    let about = |weight: &[f64], mean: f64| -> Vec<f64> {
        weight.iter().zip(&rest).map(|(weight, rest)| weight * (rest - mean)).collect()
    };
    let (of_each_treated, of_each_control) =
        (about(treated, of_treated), about(&compared, of_control));
    let through_chance = chance.influence(x, &x.weighted_sum(of_each_control.iter().copied()))?;
    // Both means shift with the outcome model: M1 / W1 - M3 / W0 in the paper's appendix.
    let shift: Vec<f64> = (0..rest.len())
        .map(|it| compared[it] / total_control - treated[it] / total_treated)
        .collect();
    let through_outcome = outcome.influence(x, &x.weighted_sum(shift.into_iter()))?;
    let influence = (0..rest.len()).map(|it| {
        of_each_treated[it] / total_treated
            - (of_each_control[it] + through_chance[it]) / total_control
            + through_outcome[it]
    });
    Ok(TwoByTwo {
        estimate: of_treated - of_control,
        influence: influence.collect(),
        largest_propensity: Some(largest(control, &chance)),
        dropped: x.dropped.clone(),
    })
}

fn inverse_probability(
    data: &Changes<'_>,
    x: &Covariates,
    treated: &[f64],
    control: &[f64],
) -> Result<TwoByTwo, Fault> {
    let chance = logit(x, data.treated, data.weight)?;
    let compared = odds(control, &chance);
    let (of_treated, total_treated) = mean(data.change, treated);
    let (of_control, total_control) = mean(data.change, &compared);
    let of_each_control: Vec<f64> =
        (0..treated.len()).map(|it| compared[it] * (data.change[it] - of_control)).collect();
    let through_chance = chance.influence(x, &x.weighted_sum(of_each_control.iter().copied()))?;
    let influence = (0..treated.len()).map(|it| {
        treated[it] * (data.change[it] - of_treated) / total_treated
            - (of_each_control[it] + through_chance[it]) / total_control
    });
    Ok(TwoByTwo {
        estimate: of_treated - of_control,
        influence: influence.collect(),
        largest_propensity: Some(largest(control, &chance)),
        dropped: x.dropped.clone(),
    })
}

fn regression(
    data: &Changes<'_>,
    x: &Covariates,
    treated: &[f64],
    control: &[f64],
) -> Result<TwoByTwo, Fault> {
    let outcome = least_squares(x, data.change, control)?;
    let (of_treated, total) = mean(data.change, treated);
    let (of_control, _) = mean(&outcome.fitted, treated);
    let through_outcome =
        outcome.influence(x, &x.weighted_sum(treated.iter().map(|weight| weight / total)))?;
    let influence = (0..treated.len()).map(|it| {
        let (observed, expected) = (data.change[it] - of_treated, outcome.fitted[it] - of_control);
        treated[it] * (observed - expected) / total - through_outcome[it]
    });
    Ok(TwoByTwo {
        estimate: of_treated - of_control,
        influence: influence.collect(),
        largest_propensity: None,
        dropped: x.dropped.clone(),
    })
}

/// Weights that give the controls the covariates of the treated.
pub(super) fn odds(control: &[f64], chance: &Model) -> Vec<f64> {
    control.iter().zip(&chance.fitted).map(|(weight, it)| weight * it / (1.0 - it)).collect()
}

pub(super) fn largest(control: &[f64], chance: &Model) -> f64 {
    let of_controls = control.iter().zip(&chance.fitted).filter(|(weight, _)| **weight > 0.0);
    of_controls.fold(0.0, |largest, (_, it)| largest.max(*it))
}

/// Weighted mean and total weight.
pub(super) fn mean(values: &[f64], weight: &[f64]) -> (f64, f64) {
    let total: f64 = weight.iter().sum();
    let sum: f64 = values.iter().zip(weight).map(|(value, weight)| value * weight).sum();
    (sum / total, total)
}
