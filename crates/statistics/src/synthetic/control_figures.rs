//! What a synthetic control shows: keys and sentences.

use crate::{
    figures::{Estimate, Figures, Warning},
    synthetic::control::SyntheticControl,
};

impl Estimate for SyntheticControl {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        figures.add("sc", self.estimate);
        figures.add("loss_v", self.error_before * self.error_before);
        figures.add("rmspe_pre", self.error_before);
        figures.add("rmspe_post", self.error_after);
        figures.add("scaled_imbalance", self.imbalance);
        figures.add("N0", self.weights.len() as f64);
        figures.add("N1", self.treated.len() as f64);
        figures.add("T0", self.before as f64);
        figures.add("T1", (self.gaps.len() - self.before) as f64);
        for (unit, weight) in &self.weights {
            figures.add(format!("w_{unit}"), *weight);
        }
        for (at, predictor) in self.predictors.iter().enumerate() {
            figures.add(format!("v_{at}"), predictor.importance);
            figures.add(format!("x1scaled_{}", predictor.name), predictor.treated);
            figures.add(format!("x0scaled_{}", predictor.name), predictor.synthetic);
        }
        for (period, gap) in &self.gaps {
            figures.add(format!("gap_{period}"), *gap);
        }
        if let (Some(first), Some(last)) = (self.gaps.get(self.before), self.gaps.last()) {
            figures.add(format!("gap_mean_{}_{}", first.0, last.0), self.estimate);
        }
        figures
    }

    fn summary(&self) -> String {
        let mut largest: Vec<&(String, f64)> =
            self.weights.iter().filter(|it| it.1 >= 0.005).collect();
        largest.sort_by(|a, b| b.1.total_cmp(&a.1));
        let names: Vec<String> = largest
            .iter()
            .take(5)
            .map(|(name, weight)| format!("{name} {:.0}%", 100.0 * weight))
            .collect();
        let mut text = format!(
            "Synthetische controle: gemiddeld verschil na de start {:.4} over {} periodes, tegen een \
             gemiddelde fout van {:.4} in de {} periodes ervoor. De vergelijking bestaat uit {} van \
             de {} donoren ({}).",
            self.estimate,
            self.gaps.len() - self.before,
            self.error_before,
            self.before,
            largest.len(),
            self.weights.len(),
            names.join(", ")
        );
        for warning in &self.warnings {
            text.push(' ');
            text += &warning.text;
        }
        text
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
