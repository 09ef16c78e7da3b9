//! Does an effect stay the same in time? The test on scaled Schoenfeld residuals.
//!
//! Grambsch, P. M. & Therneau, T. M. (1994). Proportional hazards tests and diagnostics based on
//! weighted residuals. *Biometrika* 81(3), 515-526. <https://doi.org/10.1093/biomet/81.3.515>.
//! The form that takes the covariance of the residuals as constant in time (as `lifelines`, and
//! R's `cox.zph` before version 3).

use faer::Mat;

use super::cox::Cox;
use crate::distribution::chi_squared_p;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::linear::solve;

/// The scale on which a change of the effect is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    /// The rank of the event times.
    #[default]
    Rank,
    /// Time itself.
    Identity,
    /// The logarithm of time; events at time 0 are not allowed.
    Log,
}

/// One test per coefficient and one for all together.
#[derive(Debug, Clone, PartialEq)]
pub struct ProportionalHazards {
    /// Covariate, chi-squared with one degree of freedom, p-value.
    pub tests: Vec<(String, f64, f64)>,
    /// All coefficients: chi-squared, degrees of freedom, p-value.
    pub all: (f64, usize, f64),
    /// Number of events.
    pub events: usize,
    warnings: Vec<Warning>,
}

/// Tests whether the coefficients of `model` change with time.
///
/// # Errors
///
/// Fewer than two different event times, or an event at 0 on the log scale.
pub fn proportional_hazards(model: &Cox, clock: Clock) -> Result<ProportionalHazards, Fault> {
    let times: Vec<f64> = model.schoenfeld.iter().map(|it| it.0).collect();
    let mut moments = transform(&times, clock)?;
    let events = times.len() as f64;
    let mean = moments.iter().sum::<f64>() / events;
    moments.iter_mut().for_each(|it| *it -= mean);
    let spread: f64 = moments.iter().map(|it| it * it).sum();
    if spread <= 0.0 {
        return Err(Fault::not_identified(
            "Alle eindes vallen op hetzelfde moment; of een effect in de tijd verandert is niet \
             te zeggen.",
        ));
    }
    let width = model.coefficients.len();
    let mut drift = vec![0.0; width];
    for ((_, residual), moment) in model.schoenfeld.iter().zip(&moments) {
        drift.iter_mut().zip(residual).for_each(|(drift, it)| *drift += it * moment);
    }
    let variance = &model.model_covariance;
    let scaled: Vec<f64> =
        (0..width).map(|a| (0..width).map(|b| variance[(a, b)] * drift[b]).sum()).collect();
    let test = |at: usize| {
        let chi_squared = scaled[at] * scaled[at] * events / (variance[(at, at)] * spread);
        (model.coefficients[at].name.clone(), chi_squared, chi_squared_p(chi_squared, 1.0))
    };
    let right = Mat::from_fn(width, 1, |a, _| scaled[a]);
    let back = solve(variance.as_ref(), right.as_ref())?;
    let all = (0..width).map(|a| scaled[a] * back[(a, 0)]).sum::<f64>() * events / spread;
    let tests: Vec<_> = (0..width).map(test).collect();
    let warnings = tests.iter().filter(|it| it.2 < 0.05).map(|(name, _, p)| {
        Warning::new(
            "not-proportional",
            format!(
                "Het effect van ‘{name}’ verandert in de tijd (p = {p:.4}); één verhouding voor \
                 de hele duur vat het niet samen."
            ),
        )
    });
    Ok(ProportionalHazards {
        warnings: warnings.collect(),
        tests,
        all: (all, width, chi_squared_p(all, width as f64)),
        events: times.len(),
    })
}

fn transform(times: &[f64], clock: Clock) -> Result<Vec<f64>, Fault> {
    Ok(match clock {
        Clock::Identity => times.to_vec(),
        Clock::Log => {
            if times.iter().any(|it| *it <= 0.0) {
                return Err(Fault::argument("duur", "een duur boven 0 (logschaal)", 0));
            }
            times.iter().map(|it| it.ln()).collect()
        }
        Clock::Rank => {
            let mut sorted = times.to_vec();
            sorted.sort_unstable_by(f64::total_cmp);
            let rank = |it: &f64| {
                let first = sorted.partition_point(|other| other < it);
                let last = sorted.partition_point(|other| other <= it);
                (first + last + 1) as f64 / 2.0
            };
            times.iter().map(rank).collect()
        }
    })
}

impl Estimate for ProportionalHazards {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for (name, chi_squared, p) in &self.tests {
            figures.add(format!("ph_chisq_{name}"), *chi_squared);
            figures.add(format!("ph_p_{name}"), *p);
        }
        figures.add("ph_chisq_all", self.all.0);
        figures.add("ph_p_all", self.all.2);
        figures
    }

    fn summary(&self) -> String {
        let mut lines = vec![format!(
            "Toets op gelijke verhoudingen in de tijd, {} eindes: chi-kwadraat {:.2} met {} \
             vrijheidsgraden, p = {:.4}.",
            self.events, self.all.0, self.all.1, self.all.2
        )];
        let line = |(name, chi_squared, p): &(String, f64, f64)| {
            format!("‘{name}’: chi-kwadraat {chi_squared:.2}, p = {p:.4}.")
        };
        lines.extend(self.tests.iter().map(line));
        lines.join("\n")
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
