//! What a synthetic difference-in-differences shows: keys, sentences and warnings.

use crate::{
    figures::{Estimate, Figures, Warning},
    synthetic::sdid::{CohortFit, Effect, Estimator, Fit, Inference, SyntheticDid},
};

impl Estimate for SyntheticDid {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for effect in &self.effects {
            figures.add(effect.estimator.key(), effect.estimate);
        }
        figures.add("N0", self.controls as f64);
        figures.add("N1", self.treated as f64);
        if let [cohort] = self.cohorts.as_slice() {
            figures.add("T0", cohort.before as f64);
            figures.add("T1", cohort.after as f64);
            cohort.fits.iter().for_each(|fit| add_fit(&mut figures, fit, ""));
        } else {
            for cohort in &self.cohorts {
                add_cohort(&mut figures, cohort);
            }
        }
        for effect in &self.effects {
            self.add_spread(&mut figures, effect);
        }
        figures
    }

    fn summary(&self) -> String {
        let mut sentences: Vec<String> = self.effects.iter().map(|it| self.sentence(it)).collect();
        let starts: Vec<String> = self.cohorts.iter().map(|it| it.first.to_string()).collect();
        sentences.push(format!(
            "Behandeld: {} eenheden vanaf periode {}; vergeleken met {} nooit behandelde eenheden \
             over {} periodes.",
            self.treated,
            starts.join(", "),
            self.controls,
            self.periods
        ));
        sentences.extend(self.warnings.iter().map(|it| it.text.clone()));
        sentences.join(" ")
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

impl SyntheticDid {
    fn sentence(&self, effect: &Effect) -> String {
        let name = match effect.estimator {
            Estimator::SyntheticDid => "Synthetische verschil-in-verschillen",
            Estimator::SyntheticControl => "Synthetische controle",
            Estimator::DifferenceInDifferences => "Verschil-in-verschillen",
        };
        let mut text = format!("{name}: gemiddeld effect {:.4}", effect.estimate);
        if let (Some((low, high)), Some(spread)) = (effect.interval, effect.spread) {
            text += &format!(
                " ({:.0}%-interval {low:.4} tot {high:.4}, standaardfout {:.4} uit {} herhalingen",
                100.0 * self.confidence,
                spread.standard_error,
                spread.replications
            );
            if let Some(p) = spread.p {
                text += &format!(", placebo-p {p:.4}");
            }
            text += ")";
        }
        text + "."
    }

    fn add_spread(&self, figures: &mut Figures, effect: &Effect) {
        let (Some(spread), key) = (effect.spread, effect.estimator.key()) else { return };
        let (sets, se, p) = match (self.inference, self.treated) {
            (Inference::PlaceboAll, 1) => (None, "placebo_all", "p_rank_two_sided"),
            (Inference::PlaceboAll, 2) => (Some("n_pairs"), "allpairs", "p_two_sided"),
            (Inference::PlaceboAll, _) => (Some("n_sets"), "allsets", "p_two_sided"),
            (Inference::Placebo { .. }, _) => (Some("n_draws"), "placebo", "p_placebo"),
            (Inference::Jackknife, _) => (None, "jackknife", ""),
            (Inference::Bootstrap { .. }, _) => (Some("n_draws"), "bootstrap", ""),
            (Inference::None, _) => return,
        };
        if let Some(sets) = sets.filter(|sets| figures.get(sets).is_none()) {
            figures.add(sets, spread.replications as f64);
        }
        figures.add(format!("se_{se}_{key}"), spread.standard_error);
        if let Some(value) = spread.p {
            figures.add(format!("{p}_{key}"), value);
        }
    }
}

fn add_cohort(figures: &mut Figures, cohort: &CohortFit) {
    let tail = format!("_g{}", cohort.first);
    figures.add(format!("N1{tail}"), cohort.treated as f64);
    figures.add(format!("T0{tail}"), cohort.before as f64);
    figures.add(format!("T1{tail}"), cohort.after as f64);
    for fit in &cohort.fits {
        figures.add(format!("{}{tail}", fit.estimator.key()), fit.estimate);
        add_fit(figures, fit, &tail);
    }
}

fn add_fit(figures: &mut Figures, fit: &Fit, tail: &str) {
    let unit_key = match fit.estimator {
        Estimator::SyntheticDid => {
            figures.add(format!("zeta_omega{tail}"), fit.zeta_omega);
            figures.add(format!("zeta_lambda{tail}"), fit.zeta_lambda);
            for (period, weight) in &fit.period_weights {
                figures.add(format!("lambda{tail}_{period}"), *weight);
            }
            "omega"
        }
        Estimator::SyntheticControl => "scw",
        Estimator::DifferenceInDifferences => return,
    };
    for (unit, weight) in &fit.unit_weights {
        figures.add(format!("{unit_key}{tail}_{unit}"), *weight);
    }
}
