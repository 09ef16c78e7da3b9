//! Forecast means and intervals of a fitted model.

use super::moments::moments;
use super::{Ets, Model};
use crate::distribution::normal_quantile;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};

/// One step ahead.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Expected value.
    pub mean: f64,
    /// Variance, the parameters taken as known.
    pub variance: f64,
    /// Interval per level asked.
    pub intervals: Vec<(f64, f64)>,
}

/// Forecasts of the next observations.
#[derive(Debug, Clone, PartialEq)]
pub struct EtsForecast {
    /// The model.
    pub model: Model,
    /// Steps ahead, the first is the next observation.
    pub steps: Vec<Step>,
    /// Coverage of the intervals.
    pub levels: Vec<f64>,
    /// Number of observations behind the forecast.
    pub observations: usize,
    warnings: Vec<Warning>,
}

pub(super) fn forecast(model: &Ets, steps: usize, levels: &[f64]) -> Result<EtsForecast, Fault> {
    if steps == 0 {
        return Err(Fault::argument("aantal stappen", "1 of meer", steps));
    }
    if let Some(level) = levels.iter().find(|it| !(**it > 0.0 && **it < 1.0)) {
        return Err(Fault::argument("level", "een getal tussen 0 en 1", level));
    }
    let moments = moments(model, steps);
    if moments.iter().any(|(mean, variance)| !mean.is_finite() || !variance.is_finite()) {
        return Err(Fault::not_identified(
            "De verwachting loopt naar oneindig; kijk minder ver vooruit of kies een ander model.",
        ));
    }
    let step = |(mean, variance): (f64, f64)| {
        let interval = |level: &f64| {
            let reach = normal_quantile(0.5 + level / 2.0) * variance.max(0.0).sqrt();
            (mean - reach, mean + reach)
        };
        Step { mean, variance, intervals: levels.iter().map(interval).collect() }
    };
    let mut warnings = model.warnings().to_vec();
    if steps > model.observations / 2 {
        warnings.push(Warning::new(
            "far-ahead",
            format!(
                "Er wordt {steps} stappen vooruitgekeken op {} waarnemingen.",
                model.observations
            ),
        ));
    }
    Ok(EtsForecast {
        model: model.model,
        steps: moments.into_iter().map(step).collect(),
        levels: levels.to_vec(),
        observations: model.observations,
        warnings,
    })
}

impl Estimate for EtsForecast {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for (at, step) in self.steps.iter().enumerate() {
            figures.add(format!("fc_{}", at + 1), step.mean);
            for (level, (low, high)) in self.levels.iter().zip(&step.intervals) {
                figures.add(format!("lo{:.0}_{}", 100.0 * level, at + 1), *low);
                figures.add(format!("hi{:.0}_{}", 100.0 * level, at + 1), *high);
            }
        }
        figures
    }

    fn summary(&self) -> String {
        let mut lines = vec![format!("{} op {} waarnemingen.", self.model, self.observations)];
        for (at, step) in self.steps.iter().enumerate() {
            let mut line = format!("Stap {}: {:.1}", at + 1, step.mean);
            for (level, (low, high)) in self.levels.iter().zip(&step.intervals) {
                line += &format!(", {:.0}% {low:.1} tot {high:.1}", 100.0 * level);
            }
            lines.push(line + ".");
        }
        lines.push(
            "Het interval rekent de parameters als bekend en is daardoor iets te smal.".into(),
        );
        lines.join("\n")
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
