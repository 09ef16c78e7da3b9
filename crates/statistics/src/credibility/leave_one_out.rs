//! Does one unit, cohort or cluster carry the effect? Leave each out in turn.

use rayon::prelude::*;

use crate::credibility::refit::{Estimator, Point, part};
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::panel::Panel;

/// What is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    /// Each unit that is treated at some time.
    #[default]
    TreatedUnit,
    /// Each unit.
    Unit,
    /// Each first treated period with all its units.
    Cohort,
    /// Each cluster.
    Cluster,
}

/// The effects with each part left out.
#[derive(Debug, Clone, PartialEq)]
pub struct LeaveOneOut {
    /// On all data.
    pub full: Point,
    /// Without each part, in the order of the data.
    pub without: Vec<(String, Point)>,
    /// Parts without which there is no estimate, with the reason.
    pub refused: Vec<(String, Fault)>,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

/// Runs `estimator` with each part left out.
///
/// # Errors
///
/// The estimator refuses all data, or there is no such part.
pub fn leave_one_out(
    panel: &Panel,
    what: Part,
    estimator: &Estimator<'_>,
) -> Result<LeaveOneOut, Fault> {
    let full = estimator(panel)?;
    let parts = parts(panel, what);
    if parts.is_empty() {
        return Err(Fault::Empty { of: "wat weggelaten wordt".to_owned() });
    }
    let run = |(name, drops): &(String, Drops)| {
        let kept = part(panel, |row| !drops.row(panel, row), |unit| panel.cohort[unit]);
        (name.clone(), kept.and_then(|it| estimator(&it)))
    };
    let results: Vec<(String, Result<Point, Fault>)> = parts.par_iter().map(run).collect();
    let (mut without, mut refused) = (Vec::new(), Vec::new());
    for (name, result) in results {
        match result {
            Ok(point) => without.push((name, point)),
            Err(fault) => refused.push((name, fault)),
        }
    }
    let mut it = LeaveOneOut { full, without, refused, warnings: Vec::new() };
    it.warn();
    Ok(it)
}

impl LeaveOneOut {
    /// Lowest and highest estimate with a part left out; nothing when none could be estimated.
    pub fn range(&self) -> Option<(f64, f64)> {
        let estimates = self.without.iter().map(|it| it.1.estimate);
        let low = estimates.clone().min_by(f64::total_cmp)?;
        Some((low, estimates.max_by(f64::total_cmp)?))
    }

    /// The part without which the estimate moves most.
    pub fn most_influential(&self) -> Option<&(String, Point)> {
        let moved = |it: &(String, Point)| (it.1.estimate - self.full.estimate).abs();
        self.without.iter().max_by(|a, b| moved(a).total_cmp(&moved(b)))
    }

    fn warn(&mut self) {
        let Some((low, high)) = self.range() else { return };
        if low.signum() != high.signum() {
            self.warnings.push(Warning::new(
                "sign-changes",
                "Zonder een enkel onderdeel keert het teken van het effect om.",
            ));
        }
        let far = |it: &(String, Point)| {
            (it.1.estimate - self.full.estimate).abs() > self.full.standard_error
        };
        if let Some((name, _)) = self.most_influential().filter(|it| far(it)) {
            let text = format!(
                "Zonder ‘{name}’ verschuift het effect meer dan zijn standaardfout; het rust voor een \
                 groot deel daarop."
            );
            self.warnings.push(Warning::new("one-carries-it", text));
        }
    }
}

impl Estimate for LeaveOneOut {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        figures.add_with_se("full", self.full.estimate, self.full.standard_error);
        for (name, point) in &self.without {
            figures.add_with_se(&format!("without_{name}"), point.estimate, point.standard_error);
        }
        figures
    }

    fn summary(&self) -> String {
        let mut text = format!("Effect {:.4}.", self.full.estimate);
        if let (Some((low, high)), Some((name, point))) = (self.range(), self.most_influential()) {
            text.push_str(&format!(
                " Met steeds één van {} onderdelen weggelaten ligt het tussen {low:.4} en {high:.4}; \
                 het verschuift het meest zonder ‘{name}’ ({:.4}).",
                self.without.len(),
                point.estimate
            ));
        }
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

/// Which rows go.
enum Drops {
    Unit(usize),
    Cohort(i64),
    Cluster(usize),
}

impl Drops {
    fn row(&self, panel: &Panel, row: usize) -> bool {
        let unit = panel.unit[row] as usize;
        match self {
            Self::Unit(it) => unit == *it,
            Self::Cohort(it) => panel.cohort[unit] == Some(*it),
            Self::Cluster(it) => panel.cluster[row] as usize == *it,
        }
    }
}

fn parts(panel: &Panel, what: Part) -> Vec<(String, Drops)> {
    let units = || panel.units.iter().enumerate().map(|(at, it)| (it.clone(), Drops::Unit(at)));
    match what {
        Part::Unit => units().collect(),
        Part::TreatedUnit => {
            units().zip(&panel.cohort).filter(|(_, it)| it.is_some()).map(|(it, _)| it).collect()
        }
        Part::Cohort => {
            panel.cohorts().into_iter().map(|it| (it.to_string(), Drops::Cohort(it))).collect()
        }
        Part::Cluster => {
            let names = panel.clusters.iter().enumerate();
            names.map(|(at, it)| (it.clone(), Drops::Cluster(at))).collect()
        }
    }
}
