//! The log-rank test: do the groups leave equally fast?
//!
//! Mantel, N. (1966); Peto, R. & Peto, J. (1972). Asymptotically efficient rank invariant test
//! procedures. *JRSS A* 135(2), 185-207. <https://doi.org/10.2307/2344317>. The variance is
//! hypergeometric at each event time; delayed entry enters through the risk sets.

use faer::Mat;

use super::observations::Durations;
use super::risk::RiskTable;
use crate::distribution::chi_squared_p;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::linear::{independent_columns, solve};

/// Observed and expected events per group, and the test.
#[derive(Debug, Clone, PartialEq)]
pub struct LogRank {
    /// Groups with subjects, observed events and events expected if all left equally fast.
    pub groups: Vec<(String, usize, f64, f64)>,
    /// The test statistic.
    pub chi_squared: f64,
    /// Degrees of freedom: groups minus one, without groups that no event can tell apart.
    pub df: usize,
    /// p-value.
    pub p: f64,
    warnings: Vec<Warning>,
}

/// Tests whether the groups of `durations` have the same hazard (of any cause).
///
/// # Errors
///
/// Faulty columns, fewer than two groups, or no event while two groups are at risk.
pub fn log_rank(durations: &Durations) -> Result<LogRank, Fault> {
    durations.check()?;
    let (groups, causes) = (durations.groups(), durations.causes());
    if groups.len() < 2 {
        return Err(Fault::argument("aantal groepen", "2 of meer", groups.len()));
    }
    let all: Vec<usize> = (0..durations.time.len()).collect();
    let pooled = RiskTable::new(durations, &all, &causes);
    let tables: Vec<RiskTable> =
        groups.iter().map(|(_, rows)| RiskTable::new(durations, rows, &causes)).collect();
    let count = groups.len();
    let mut expected = vec![0.0; count];
    let mut variance = Mat::<f64>::zeros(count, count);
    for step in &pooled.steps {
        let (n, d) = (step.at_risk, step.events.iter().sum::<f64>());
        let share: Vec<f64> = tables.iter().map(|it| it.at_risk(step.time) as f64 / n).collect();
        let spread = if n > 1.0 { d * (n - d) / (n - 1.0) } else { 0.0 };
        for a in 0..count {
            expected[a] += d * share[a];
            for b in 0..count {
                let same = if a == b { share[a] } else { 0.0 };
                variance[(a, b)] += spread * (same - share[a] * share[b]);
            }
        }
    }
    let observed: Vec<f64> = tables
        .iter()
        .map(|it| it.steps.iter().map(|step| step.events.iter().sum::<f64>()).sum())
        .collect();
    let difference: Vec<f64> = observed.iter().zip(&expected).map(|(o, e)| o - e).collect();
    let (chi_squared, df) = quadratic(&difference, &variance)?;
    let rows = groups.into_iter().zip(observed).zip(expected);
    Ok(LogRank {
        groups: rows.map(|(((name, rows), o), e)| (name, rows.len(), o, e)).collect(),
        chi_squared,
        df,
        p: chi_squared_p(chi_squared, df as f64),
        warnings: Vec::new(),
    })
}

/// `difference' variance^- difference` over the components that vary.
pub(crate) fn quadratic(difference: &[f64], variance: &Mat<f64>) -> Result<(f64, usize), Fault> {
    let kept = independent_columns(variance.as_ref(), 1e-9);
    if kept.is_empty() {
        return Err(Fault::not_identified(
            "Er is geen einde op een moment waarop meer dan één groep in beeld is; de groepen \
             zijn niet te vergelijken.",
        ));
    }
    let size = kept.len();
    let part = Mat::from_fn(size, size, |a, b| variance[(kept[a], kept[b])]);
    let right = Mat::from_fn(size, 1, |a, _| difference[kept[a]]);
    let solved = solve(part.as_ref(), right.as_ref())?;
    Ok(((0..size).map(|a| right[(a, 0)] * solved[(a, 0)]).sum(), size))
}

impl Estimate for LogRank {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        figures.add("logrank_chisq", self.chi_squared);
        figures.add("logrank_df", self.df as f64);
        figures.add("logrank_p", self.p);
        for (group, _, observed, expected) in &self.groups {
            figures.add(format!("observed_{group}"), *observed);
            figures.add(format!("expected_{group}"), *expected);
        }
        figures
    }

    fn summary(&self) -> String {
        let mut lines = vec![format!(
            "Log-rangtoets: chi-kwadraat {:.2} met {} vrijheidsgraden, p = {:.4}.",
            self.chi_squared, self.df, self.p
        )];
        for (group, subjects, observed, expected) in &self.groups {
            lines.push(format!(
                "Groep ‘{group}’: {subjects} mensen, {observed} keer een einde; verwacht bij \
                 gelijke snelheid {expected:.1}."
            ));
        }
        lines.join("\n")
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
