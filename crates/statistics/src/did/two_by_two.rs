//! Two groups, before and after: the difference in differences of means.
//!
//! The change of the treated less the change of the others, with a standard error clustered by
//! unit. With two neighbourhoods there are two clusters on one side: randomisation inference
//! (`regression::randomisation`) is then the only honest test.

use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::panel::Panel;
use crate::regression::design::Design;
use crate::regression::ols::{self, Coefficient, Regression};

/// The four means and their double difference.
#[derive(Debug, Clone)]
pub struct TwoByTwo {
    /// Mean outcome of the treated before the start and after it.
    pub treated: [f64; 2],
    /// The same of the others.
    pub others: [f64; 2],
    /// The effect.
    pub effect: Coefficient,
    /// The regression behind it.
    pub regression: Regression,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

/// The effect for one cohort, with "after" counted from its start.
///
/// # Errors
///
/// There is not exactly one start, one of the four cells is empty.
pub fn two_by_two(panel: &Panel, options: &ols::Options) -> Result<TwoByTwo, Fault> {
    let [start] = panel.cohorts()[..] else {
        let found = format!("{} startmomenten", panel.cohorts().len());
        return Err(Fault::argument("start van de behandeling", "één moment", found));
    };
    let flag = |it: bool| f64::from(u8::from(it));
    let group: Vec<f64> =
        panel.unit.iter().map(|it| flag(panel.cohort[*it as usize].is_some())).collect();
    let after: Vec<f64> =
        panel.period.iter().map(|it| flag(panel.periods[*it as usize] >= start)).collect();
    let both: Vec<f64> = group.iter().zip(&after).map(|(a, b)| a * b).collect();
    let mut means = [[0.0; 2]; 2];
    for (of, mean) in means.iter_mut().enumerate() {
        for (when, mean) in mean.iter_mut().enumerate() {
            let rows = (0..panel.rows())
                .filter(|row| group[*row] == of as f64 && after[*row] == when as f64);
            let weight = |row: usize| panel.weight.get(row).copied().unwrap_or(1.0);
            let (mut total, mut sum) = (0.0, 0.0);
            for row in rows {
                total += weight(row);
                sum += weight(row) * panel.outcome[row];
            }
            if total <= 0.0 {
                let who = ["niet behandelde", "behandelde"][of];
                let time = ["vóór", "na"][when];
                return Err(Fault::Empty { of: format!("de {who} groep {time} de start") });
            }
            *mean = sum / total;
        }
    }
    let mut design = Design::new(&panel.outcome[..])
        .column("behandeld", group)
        .column("na", after)
        .column("effect", both)
        .cluster(&panel.cluster[..]);
    if !panel.weight.is_empty() {
        design = design.weight(&panel.weight[..]);
    }
    let regression = ols::ols(&design, options)?;
    let effect = regression
        .coefficient("effect")
        .ok_or_else(|| Fault::not_identified("Het effect is niet te schatten."))?;
    let warnings = regression.warnings.clone();
    Ok(TwoByTwo { treated: means[1], others: means[0], effect, regression, warnings })
}

impl Estimate for TwoByTwo {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        figures.add("coef", self.effect.estimate);
        figures.add("se_cluster", self.effect.standard_error);
        figures.add("t", self.effect.t);
        figures.add("p", self.effect.p);
        figures.add("ci_lo", self.effect.interval.0);
        figures.add("ci_hi", self.effect.interval.1);
        figures.add("nobs", self.regression.n as f64);
        let means = self.treated.into_iter().chain(self.others);
        let names = ["treated_pre", "treated_post", "control_pre", "control_post"];
        for (name, mean) in names.iter().zip(means) {
            figures.add(format!("mean_{name}"), mean);
        }
        figures
    }

    fn summary(&self) -> String {
        let ([before, after], [before_other, after_other]) = (self.treated, self.others);
        let (low, high) = self.effect.interval;
        format!(
            "Behandeld: van {before:.4} naar {after:.4}; de anderen: van {before_other:.4} naar \
             {after_other:.4}. Verschil van de verschillen: {:.4}, {:.0}%-interval {low:.4} tot \
             {high:.4} (n = {}; {}). Dit is alleen het effect als beide groepen zonder de \
             verandering even hard waren gegroeid.",
            self.effect.estimate,
            100.0 * self.regression.level,
            self.regression.n,
            self.regression.covariance.kind()
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
