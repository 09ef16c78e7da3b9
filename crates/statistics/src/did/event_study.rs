//! Event study by two-way fixed effects: one coefficient per period around the start.
//!
//! Right for one cohort, or for effects that are the same in every cohort; with several cohorts
//! whose effects differ the coefficients contaminate each other (Sun and Abraham 2021,
//! doi 10.1016/j.jeconom.2020.09.006) and there is a warning.

use crate::distribution::chi_squared_p;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::linear;
use crate::panel::Panel;
use crate::regression::design::Design;
use crate::regression::ols::{self, Coefficient, Regression};

/// What to estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// The event time that is 0 by definition.
    pub reference: i64,
    /// Event times before this one are taken together with it.
    pub first: Option<i64>,
    /// Event times after this one are taken together with it.
    pub last: Option<i64>,
    /// How to estimate.
    pub regression: ols::Options,
}

impl Default for Options {
    fn default() -> Self {
        Self { reference: -1, first: None, last: None, regression: ols::Options::default() }
    }
}

/// Coefficients per event time.
#[derive(Debug, Clone)]
pub struct EventStudy {
    /// The regression behind it; names are `dyn_E`.
    pub regression: Regression,
    /// Event time and its coefficient, ascending, without the reference.
    pub path: Vec<(i64, Coefficient)>,
    /// The event time that is 0 by definition.
    pub reference: i64,
    /// Wald test that all coefficients before the reference are 0: statistic, number, p-value.
    pub pre_trend: Option<(f64, usize, f64)>,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

/// Estimates the path of the effect.
///
/// # Errors
///
/// Nobody is treated, the reference does not occur, or the coefficients are not identified.
pub fn event_study(panel: &Panel, options: &Options) -> Result<EventStudy, Fault> {
    let times = event_times(panel, options);
    let mut occurring: Vec<i64> = times.iter().flatten().copied().collect();
    occurring.sort_unstable();
    occurring.dedup();
    if occurring.is_empty() {
        return Err(Fault::not_identified("Geen enkele eenheid is behandeld."));
    }
    if !occurring.contains(&options.reference) {
        let expected = format!("een van {occurring:?}");
        return Err(Fault::argument("referentieperiode", expected, options.reference));
    }
    let mut design = Design::two_way(panel);
    for time in occurring.iter().filter(|it| **it != options.reference) {
        let column: Vec<f64> =
            times.iter().map(|it| f64::from(u8::from(*it == Some(*time)))).collect();
        design = design.column(format!("dyn_{time}"), column);
    }
    for (name, values) in &panel.covariates {
        design = design.column(name.clone(), &values[..]);
    }
    let regression = ols::ols(&design, &options.regression)?;
    let path: Vec<(i64, Coefficient)> = occurring
        .iter()
        .filter_map(|time| Some((*time, regression.coefficient(&format!("dyn_{time}"))?)))
        .collect();
    let mut warnings = regression.warnings.clone();
    if panel.cohorts().len() > 1 {
        let text = "Er zijn verschillende startmomenten. Verschilt het effect per startmoment, dan \
                    lopen de coëfficiënten door elkaar; gebruik Sun-Abraham of Callaway-Sant'Anna.";
        warnings.push(Warning::new("staggered", text));
    }
    let pre_trend = pre_trend(&regression, &path, options.reference);
    if pre_trend.is_some_and(|it| it.2 < 0.05) {
        let text = "Al vóór de start liepen de groepen uit elkaar: een gelijke trend is niet \
                    aannemelijk en het ‘effect’ kan die trend zijn.";
        warnings.push(Warning::new("pre-trend", text));
    }
    Ok(EventStudy { regression, path, reference: options.reference, pre_trend, warnings })
}

/// Event time of each row; none for units that are never treated.
fn event_times(panel: &Panel, options: &Options) -> Vec<Option<i64>> {
    (0..panel.rows())
        .map(|row| {
            let start = panel.cohort[panel.unit[row] as usize]?;
            let time = panel.periods[panel.period[row] as usize] - start;
            let time = options.first.map_or(time, |first| time.max(first));
            Some(options.last.map_or(time, |last| time.min(last)))
        })
        .collect()
}

fn pre_trend(
    regression: &Regression,
    path: &[(i64, Coefficient)],
    reference: i64,
) -> Option<(f64, usize, f64)> {
    let before: Vec<(usize, f64)> = path
        .iter()
        .filter(|it| it.0 < reference)
        .filter_map(|(time, it)| {
            let name = format!("dyn_{time}");
            Some((regression.names.iter().position(|it| *it == name)?, it.estimate))
        })
        .collect();
    let matrix = &regression.covariance.matrix;
    let size = before.len();
    let part = faer::Mat::from_fn(size, size, |row, at| matrix[(before[row].0, before[at].0)]);
    let right = faer::Mat::from_fn(size, 1, |row, _| before[row].1);
    let solved = linear::solve(part.as_ref(), right.as_ref()).ok()?;
    let wald: f64 = (0..size).map(|row| solved[(row, 0)] * before[row].1).sum();
    (size > 0 && wald.is_finite()).then(|| (wald, size, chi_squared_p(wald, size as f64)))
}

impl Estimate for EventStudy {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for (time, it) in &self.path {
            figures.add_with_se(&format!("dyn_{time}"), it.estimate, it.standard_error);
        }
        if let Some((wald, df, p)) = self.pre_trend {
            figures.add("wald_pretest", wald);
            figures.add("wald_df", df as f64);
            figures.add("wald_p", p);
        }
        figures.add("nobs", self.regression.n as f64);
        figures
    }

    fn summary(&self) -> String {
        let mut text = format!(
            "Effect per periode rond de start, ten opzichte van {} (n = {}; {}):",
            self.reference,
            self.regression.n,
            self.regression.covariance.kind()
        );
        for (time, it) in &self.path {
            let (low, high) = it.interval;
            text += &format!("\n{time:+}: {:.4} ({low:.4} tot {high:.4})", it.estimate);
        }
        if let Some((_, df, p)) = self.pre_trend {
            text += &format!(
                "\nToets op een gelijke trend vooraf ({df} perioden): p = {p:.3}. Niet verwerpen is \
                 geen bewijs voor een gelijke trend."
            );
        }
        text
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
