//! Pretend that the treatment came earlier: before it came, there should be no effect.
//!
//! Every treated period is left out, the first treated period of each unit is moved `shift` periods
//! forward, and the same estimator is run again. An effect where there cannot be one says that
//! trends differed or that people acted on the announcement.

use rayon::prelude::*;

use crate::credibility::multiple_testing::adjust;
use crate::credibility::refit::{Estimator, Point, part};
use crate::distribution::normal_p;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::panel::Panel;

/// The effect at one pretended date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaceboDate {
    /// Number of periods that the treatment is moved forward.
    pub shift: u32,
    /// The effect of what was not there.
    pub point: Point,
    /// Two-sided p-value under the normal.
    pub p_value: f64,
    /// The same after Holm's correction for the number of dates.
    pub holm: f64,
}

/// The effects at pretended dates.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceboDates {
    /// Dates that could be estimated.
    pub dates: Vec<PlaceboDate>,
    /// Dates that could not, with the reason.
    pub refused: Vec<(u32, Fault)>,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

/// Runs `estimator` as if the treatment came `shifts` periods earlier, on untreated periods only.
///
/// # Errors
///
/// No shift, a shift of zero, or no date that could be estimated: the first reason.
pub fn placebo_dates(
    panel: &Panel,
    shifts: &[u32],
    estimator: &Estimator<'_>,
) -> Result<PlaceboDates, Fault> {
    if shifts.is_empty() || shifts.contains(&0) {
        return Err(Fault::argument("verschuiving", "een of meer perioden", "0 perioden"));
    }
    let run = |shift: &u32| {
        let early = |unit: usize| panel.cohort[unit].map(|it| it.saturating_sub(i64::from(*shift)));
        let moved = part(panel, |row| !panel.treated(row), early)?;
        let point = estimator(&moved)?;
        if point.standard_error > 0.0 {
            return Ok(point);
        }
        Err(Fault::not_identified("Er is geen spreiding om het effect tegen af te zetten."))
    };
    let results: Vec<(u32, Result<Point, Fault>)> =
        shifts.par_iter().map(|shift| (*shift, run(shift))).collect();
    let mut dates = Vec::new();
    let mut refused = Vec::new();
    for (shift, result) in results {
        match result {
            Ok(point) => {
                let p_value = normal_p(point.estimate / point.standard_error);
                dates.push(PlaceboDate { shift, point, p_value, holm: p_value });
            }
            Err(fault) => refused.push((shift, fault)),
        }
    }
    if dates.is_empty() {
        return Err(refused.remove(0).1);
    }
    let tests: Vec<(String, f64)> =
        dates.iter().map(|it| (it.shift.to_string(), it.p_value)).collect();
    for (date, holm) in dates.iter_mut().zip(adjust(&tests)?.holm) {
        date.holm = holm;
    }
    let mut warnings = Vec::new();
    let found: Vec<String> =
        dates.iter().filter(|it| it.holm <= 0.05).map(|it| it.shift.to_string()).collect();
    if !found.is_empty() {
        warnings.push(Warning::new(
            "placebo-effect",
            format!(
                "Er is een effect te zien waar er geen kan zijn: {} periode(n) vóór de behandeling.",
                found.join(", ")
            ),
        ));
    }
    Ok(PlaceboDates { dates, refused, warnings })
}

impl Estimate for PlaceboDates {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for it in &self.dates {
            let key = format!("placebo_{}", it.shift);
            figures.add_with_se(&key, it.point.estimate, it.point.standard_error);
            figures.add(format!("p_{key}"), it.p_value);
            figures.add(format!("holm_{key}"), it.holm);
        }
        figures
    }

    fn summary(&self) -> String {
        let mut text = String::from("Alsof de behandeling eerder kwam:");
        for it in &self.dates {
            text.push_str(&format!(
                " {} periode(n) eerder {:.4} (p = {:.3});",
                it.shift, it.point.estimate, it.p_value
            ));
        }
        text.push_str(&format!(" {} niet te schatten.", self.refused.len()));
        for warning in &self.warnings {
            text.push(' ');
            text.push_str(&warning.text);
        }
        text
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
