//! The result as published keys and as Dutch sentences.

use super::{Aggregation, CallawaySantanna, Control, Effect, Method, Sampling};
use crate::distribution::normal_quantile;
use crate::figures::{Estimate, Figures, Warning};

impl Estimate for CallawaySantanna {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for it in &self.effects {
            add(&mut figures, &format!("attgt_g{}_t{}", it.cohort, it.period), it.effect);
        }
        if let Some(it) = self.pretest {
            figures.add("wald_pretest", it.statistic);
            figures.add("wald_p", it.p);
            figures.add("wald_df", it.df as f64);
        }
        add(&mut figures, "agg_simple", self.simple);
        for (name, table) in self.tables() {
            add(&mut figures, &format!("agg_{name}"), table.overall);
            for (at, effect) in &table.parts {
                add(&mut figures, &format!("{name}_{at}"), *effect);
            }
        }
        if let Some(critical) = self.critical {
            figures.add("crit_attgt", critical);
        }
        for (name, table) in self.tables() {
            if let Some(critical) = table.critical {
                figures.add(format!("crit_{name}"), critical);
            }
        }
        figures.add("n_units", self.units as f64);
        figures.add("n_treated", self.treated as f64);
        figures.add("n_never_treated", self.never_treated as f64);
        figures.add("n_clusters", self.clusters as f64);
        figures
    }

    fn summary(&self) -> String {
        let level = self.options.level;
        let critical = normal_quantile(0.5 + level / 2.0);
        let interval = self.simple.interval(critical).map_or_else(String::new, |(low, high)| {
            format!(" ({:.0}%-interval {low:.4} tot {high:.4})", level * 100.0)
        });
        let mut text = format!(
            "Gemiddeld effect na de start: {:.4}{interval}. Geschat op {} behandelde eenheden \
             (van {} in totaal, {} nooit behandeld), vergeleken met {}{}. {}",
            self.simple.estimate,
            self.treated,
            self.units,
            self.never_treated,
            self.compared(),
            self.adjusted(),
            self.errors(),
        );
        if let Some(it) = self.pretest {
            text += &format!(
                " Toets van de periodes vóór de start: p = {:.3} ({} verschillen); een hoge p is \
                 geen bewijs dat de trends gelijk zouden zijn gelopen.",
                it.p, it.df
            );
        }
        text
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

impl CallawaySantanna {
    fn tables(&self) -> [(&'static str, &Aggregation); 3] {
        [("dynamic", &self.dynamic), ("group", &self.group), ("calendar", &self.calendar)]
    }

    fn compared(&self) -> &'static str {
        match self.options.control {
            Control::Never => "nooit behandelde eenheden",
            Control::NotYet => "op dat moment nog niet behandelde eenheden",
        }
    }

    fn adjusted(&self) -> &'static str {
        match (self.options.sampling, self.options.method) {
            (Sampling::CrossSections, _) => ", met andere waarnemingen in elke periode",
            (_, Method::DoublyRobust) => "",
            (_, Method::InverseProbability) => ", gewogen naar de kans op behandeling",
            (_, Method::Regression) => ", gecorrigeerd met regressie",
        }
    }

    fn errors(&self) -> String {
        let source = self
            .options
            .bootstrap
            .map_or_else(|| "analytisch".to_owned(), |it| format!("uit {} trekkingen", it.draws));
        format!(
            "De standaardfouten ({source}) rusten op {} onafhankelijke eenheden en tellen mee dat \
             de omvang van de cohorten op toeval berust.",
            self.clusters
        )
    }
}

fn add(figures: &mut Figures, key: &str, effect: Effect) {
    figures.add(key, effect.estimate);
    if let Some(standard_error) = effect.standard_error {
        figures.add(format!("se_{key}"), standard_error);
    }
}
