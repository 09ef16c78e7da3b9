//! Two groups, two periods, other people in each period: the cross-section estimators.
//!
//! Sant'Anna, P.H.C. and Zhao, J. (2020). Doubly robust difference-in-differences estimators.
//! Journal of Econometrics 219(1), 101-122. <https://doi.org/10.1016/j.jeconom.2020.06.003>.
//! The doubly robust one is the locally efficient estimator of that paper, which also models the
//! outcome of the treated. All assume that the composition of the groups does not change.

use super::doubly_robust::{Method, TwoByTwo, largest, mean, odds};
use super::propensity::{Covariates, Model, least_squares, logit};
use crate::fault::Fault;

/// One row per observation of one of the two periods.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observations<'a> {
    /// The outcome.
    pub outcome: &'a [f64],
    /// Whether the observation is of the second period.
    pub second: &'a [bool],
    /// Whether the observation is of the group that is treated in the second period.
    pub treated: &'a [bool],
    /// One column per covariate; a constant is added.
    pub covariates: &'a [Vec<f64>],
    /// Weight of the observation.
    pub weight: &'a [f64],
}

/// Effect on the treated from two cross-sections.
///
/// # Errors
///
/// One of the four groups is empty, the covariates separate treated from controls, or a group does
/// not identify its outcome model.
///
/// ```
/// use statistics::did::doubly_robust::Method;
/// use statistics::did::doubly_robust_cross_section::{Observations, cross_section};
///
/// let observations = Observations {
///     outcome: &[1.0, 6.0, 2.0, 3.0],
///     second: &[false, true, false, true],
///     treated: &[true, true, false, false],
///     covariates: &[],
///     weight: &[1.0; 4],
/// };
/// assert_eq!(cross_section(Method::Regression, &observations)?.estimate, 4.0);
/// # Ok::<(), statistics::fault::Fault>(())
/// ```
pub fn cross_section(method: Method, data: &Observations<'_>) -> Result<TwoByTwo, Fault> {
    let groups = Groups::new(data)?;
    let x = Covariates::new(data.covariates, data.weight);
    let mut sum = Sum { estimate: 0.0, influence: vec![0.0; data.outcome.len()] };
    let mut largest_propensity = None;
    if method == Method::Regression {
        sum.regression(data, &groups, &x)?;
    } else {
        let chance = logit(&x, data.treated, data.weight)?;
        let controls = [&groups.weights[0], &groups.weights[1]];
        let most = controls.map(|it| largest(it, &chance));
        largest_propensity = Some(most[0].max(most[1]));
        if method == Method::InverseProbability {
            sum.weighted(&groups, &x, &chance, data.outcome, None)?;
        } else {
            sum.doubly_robust(data, &groups, &x, &chance)?;
        }
    }
    let Sum { estimate, influence } = sum;
    Ok(TwoByTwo { estimate, influence, largest_propensity, dropped: x.dropped })
}

/// Weights of the rows in each of the four groups: controls before and after, treated before and
/// after; 0 outside the group.
struct Groups {
    weights: [Vec<f64>; 4],
}

impl Groups {
    fn new(data: &Observations<'_>) -> Result<Self, Fault> {
        let weights = [(false, false), (false, true), (true, false), (true, true)].map(|group| {
            let own = |it: usize| (data.treated[it], data.second[it]) == group;
            let weight = |it: usize| if own(it) { data.weight[it] } else { 0.0 };
            (0..data.outcome.len()).map(weight).collect::<Vec<f64>>()
        });
        if weights.iter().any(|it| it.iter().sum::<f64>() <= 0.0) {
            let of = "een van de vier groepen (behandeld of niet, voor of na)".to_owned();
            return Err(Fault::Empty { of });
        }
        Ok(Self { weights })
    }

    /// All rows of the treated, of both periods.
    fn treated(&self) -> Vec<f64> {
        self.weights[2].iter().zip(&self.weights[3]).map(|(a, b)| a + b).collect()
    }
}

/// Adds up the parts of the estimate with their influence.
struct Sum {
    estimate: f64,
    influence: Vec<f64>,
}

impl Sum {
    /// Adds `sign` times the mean of `values` under `weight`.
    fn add_mean(&mut self, sign: f64, values: &[f64], weight: &[f64]) {
        let (mean, total) = mean(values, weight);
        self.estimate += sign * mean;
        for (row, influence) in self.influence.iter_mut().enumerate() {
            *influence += sign * weight[row] * (values[row] - mean) / total;
        }
    }

    fn add(&mut self, sign: f64, influence: &[f64]) {
        for (sum, own) in self.influence.iter_mut().zip(influence) {
            *sum += sign * own;
        }
    }

    fn regression(
        &mut self,
        data: &Observations<'_>,
        groups: &Groups,
        x: &Covariates,
    ) -> Result<(), Fault> {
        let [before, after, treated_before, treated_after] = &groups.weights;
        let before = least_squares(x, data.outcome, before)?;
        let after = least_squares(x, data.outcome, after)?;
        let treated = groups.treated();
        let total: f64 = treated.iter().sum();
        let growth: Vec<f64> =
            after.fitted.iter().zip(&before.fitted).map(|(after, before)| after - before).collect();
        self.add_mean(1.0, data.outcome, treated_after);
        self.add_mean(-1.0, data.outcome, treated_before);
        self.add_mean(-1.0, &growth, &treated);
        let gradient = x.weighted_sum(treated.iter().map(|weight| weight / total));
        self.add(-1.0, &after.influence(x, &gradient)?);
        self.add(1.0, &before.influence(x, &gradient)?);
        Ok(())
    }

    /// The four means with the controls weighted to look like the treated; `models` are the
    /// outcome models of the controls before and after that were subtracted from `outcome`.
    fn weighted(
        &mut self,
        groups: &Groups,
        x: &Covariates,
        chance: &Model,
        outcome: &[f64],
        models: Option<[&Model; 2]>,
    ) -> Result<(), Fault> {
        for period in 0..2 {
            let sign = if period == 1 { 1.0 } else { -1.0 };
            let treated = &groups.weights[2 + period];
            let compared = odds(&groups.weights[period], chance);
            self.add_mean(sign, outcome, treated);
            self.add_mean(-sign, outcome, &compared);
            let (of_controls, total) = mean(outcome, &compared);
            let own = outcome.iter().zip(&compared);
            let gradient =
                x.weighted_sum(own.map(|(value, weight)| weight * (value - of_controls) / total));
            self.add(-sign, &chance.influence(x, &gradient)?);
            if let Some(models) = models {
                let total_treated: f64 = treated.iter().sum();
                let shift = compared.iter().zip(treated);
                let shift = shift.map(|(compared, own)| compared / total - own / total_treated);
                let gradient = x.weighted_sum(shift);
                self.add(sign, &models[period].influence(x, &gradient)?);
            }
        }
        Ok(())
    }

    fn doubly_robust(
        &mut self,
        data: &Observations<'_>,
        groups: &Groups,
        x: &Covariates,
        chance: &Model,
    ) -> Result<(), Fault> {
        let fit = |group: usize| least_squares(x, data.outcome, &groups.weights[group]);
        let models = [fit(0)?, fit(1)?];
        let of_treated = [fit(2)?, fit(3)?];
        let rest: Vec<f64> = (0..data.outcome.len())
            .map(|it| data.outcome[it] - models[usize::from(data.second[it])].fitted[it])
            .collect();
        self.weighted(groups, x, chance, &rest, Some([&models[0], &models[1]]))?;
        // Efficiency: the covariates of the treated of both periods instead of one.
        let treated = groups.treated();
        let total: f64 = treated.iter().sum();
        for period in 0..2 {
            let sign = if period == 1 { 1.0 } else { -1.0 };
            let own = &groups.weights[2 + period];
            let total_own: f64 = own.iter().sum();
            let (model, control) = (&of_treated[period], &models[period]);
            let gap: Vec<f64> =
                model.fitted.iter().zip(&control.fitted).map(|(a, b)| a - b).collect();
            self.add_mean(sign, &gap, &treated);
            self.add_mean(-sign, &gap, own);
            let shift = treated.iter().zip(own);
            let gradient = x.weighted_sum(shift.map(|(all, own)| all / total - own / total_own));
            self.add(sign, &model.influence(x, &gradient)?);
            self.add(-sign, &control.influence(x, &gradient)?);
        }
        Ok(())
    }
}
