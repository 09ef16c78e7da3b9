//! Two-way fixed effects: one coefficient on "is treated now".
//!
//! `y_it = a_i + l_t + b D_it + e_it`. With staggered timing and effects that differ or grow, `b`
//! is no average of the effects (Goodman-Bacon 2021, doi 10.1016/j.jeconom.2021.03.014): lay
//! Callaway and Sant'Anna or the imputation estimator beside it.

use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::panel::Panel;
use crate::regression::covariance::Variance;
use crate::regression::design::Design;
use crate::regression::ols::{Coefficient, Fit, Options, Regression};

/// The coefficient with the standard errors that people ask for beside the clustered one.
#[derive(Debug, Clone)]
pub struct TwoWay {
    /// The regression, clustered; its first coefficient is the effect.
    pub regression: Regression,
    /// The effect.
    pub effect: Coefficient,
    /// Classical standard error; to compare, not to use.
    pub se_iid: f64,
    /// HC1 standard error; to compare, not to use.
    pub se_hetero: f64,
    /// Jackknife standard error per cluster, where it can be computed.
    pub se_crv3: Option<f64>,
    /// The effect and its clustered error with each covariate times each period.
    pub with_covariates: Option<Coefficient>,
}

/// Estimates the effect of being treated.
///
/// Covariates of the panel are multiplied by the periods, because a unit effect already holds what
/// does not change; that gives `with_covariates`.
///
/// # Errors
///
/// The unit and period effects already tell who is treated when, as when everybody starts at once.
pub fn twfe(panel: &Panel, options: &Options) -> Result<TwoWay, Fault> {
    let treated: Vec<f64> =
        (0..panel.rows()).map(|row| f64::from(u8::from(panel.treated(row)))).collect();
    let design = Design::two_way(panel).column("treated", &treated[..]);
    let fit = Fit::new(&design, options)?;
    if fit.names.is_empty() {
        return Err(Fault::not_identified(
            "Wie wanneer behandeld is, valt samen met de eenheden en perioden: er is geen \
             vergelijking. Nodig zijn eenheden die later of nooit behandeld zijn.",
        ));
    }
    let iid = fit.covariance(Variance::Classical)?;
    let hetero = fit.covariance(Variance::Hc1)?;
    let crv3 = fit.covariance(Variance::Jackknife).ok();
    let with_covariates = match panel.covariates.is_empty() {
        true => None,
        false => Some(interacted(panel, &treated, options)?),
    };
    let covariance = fit.covariance(options.variance)?;
    let regression = fit.into_regression(covariance);
    let effect = regression.coefficient("treated").ok_or_else(missing)?;
    Ok(TwoWay {
        se_iid: iid.se(0),
        se_hetero: hetero.se(0),
        se_crv3: crv3.map(|it| it.se(0)),
        regression,
        effect,
        with_covariates,
    })
}

fn interacted(panel: &Panel, treated: &[f64], options: &Options) -> Result<Coefficient, Fault> {
    let mut design = Design::two_way(panel).column("treated", treated);
    for (name, values) in &panel.covariates {
        for (code, period) in (0_u32..).zip(&panel.periods) {
            let column: Vec<f64> = values
                .iter()
                .zip(&panel.period)
                .map(|(value, at)| if *at == code { *value } else { 0.0 })
                .collect();
            design = design.column(format!("{name}:{period}"), column);
        }
    }
    let regression = crate::regression::ols::ols(&design, options)?;
    regression.coefficient("treated").ok_or_else(missing)
}

fn missing() -> Fault {
    Fault::not_identified("Met deze covariaten is het effect van de behandeling niet te schatten.")
}

impl Estimate for TwoWay {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        figures.add("coef", self.effect.estimate);
        figures.add("se_cluster", self.effect.standard_error);
        figures.add("t", self.effect.t);
        figures.add("p", self.effect.p);
        figures.add("ci_lo", self.effect.interval.0);
        figures.add("ci_hi", self.effect.interval.1);
        figures.add("se_iid", self.se_iid);
        figures.add("se_hetero", self.se_hetero);
        figures.add("nobs", self.regression.n as f64);
        if let Some(se) = self.se_crv3 {
            figures.add("se_crv3", se);
        }
        if let Some(it) = &self.with_covariates {
            figures.add("coef_xperiod", it.estimate);
            figures.add("se_xperiod", it.standard_error);
        }
        figures
    }

    fn summary(&self) -> String {
        let it = &self.effect;
        format!(
            "Effect volgens twee vaste effecten (eenheid en periode): {:.4}, {:.0}%-interval {:.4} \
             tot {:.4} (n = {}; {}). Bij invoering op verschillende momenten is dit geen gemiddelde \
             van de effecten; leg er Callaway-Sant'Anna naast.",
            it.estimate,
            100.0 * self.regression.level,
            it.interval.0,
            it.interval.1,
            self.regression.n,
            self.regression.covariance.kind()
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.regression.warnings
    }
}
