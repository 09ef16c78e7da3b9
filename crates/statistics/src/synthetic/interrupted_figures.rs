//! What an interrupted time series shows: keys and sentences.

use crate::{
    figures::{Estimate, Figures, Warning},
    synthetic::interrupted::InterruptedSeries,
};

impl Estimate for InterruptedSeries {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for term in self.terms.iter().chain([&self.mean_change, &self.last_change]) {
            figures.add_with_se(&term.name, term.estimate, term.standard_error);
            figures.add(format!("p_{}", term.name), term.p);
        }
        for (at, rho) in self.rho.iter().enumerate() {
            figures.add(format!("rho_{}", at + 1), *rho);
        }
        figures.add("durbin_watson", self.durbin_watson);
        figures.add("ljung_box", self.ljung_box.0);
        figures.add("p_ljung_box", self.ljung_box.2);
        figures.add("n", self.n as f64);
        figures.add("T0", self.before as f64);
        figures.add("T1", (self.n - self.before) as f64);
        figures.add("df", self.df as f64);
        figures.add("lags", self.lags as f64);
        figures
    }

    fn summary(&self) -> String {
        let shown = |name: &str| {
            let all = self.terms.iter().chain([&self.mean_change]);
            all.filter(|it| it.name == name)
                .map(|it| {
                    let (low, high) = it.interval;
                    format!("{:.4} ({low:.4} tot {high:.4})", it.estimate)
                })
                .collect::<String>()
        };
        let errors = if self.rho.is_empty() {
            format!("Newey-West over {} periodes", self.lags)
        } else {
            format!("autocorrelatie van orde {}", self.rho.len())
        };
        let mut text = format!(
            "Onderbroken tijdreeks van {} periodes, {} voor de start: verandering van niveau {}, van \
             helling {} per periode, gemiddeld na de start {}; intervallen van {:.0}% met {errors}. \
             Durbin-Watson {:.2}, Ljung-Box p {:.3}.",
            self.n,
            self.before,
            shown("level"),
            shown("slope"),
            shown("mean_change"),
            100.0 * self.confidence,
            self.durbin_watson,
            self.ljung_box.2
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
