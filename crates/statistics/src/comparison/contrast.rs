//! The contrast of two groups: a difference or a ratio, with its interval.

use crate::comparison::words::{decimal, percent};
use crate::figures::{Estimate, Figures, Warning};

/// What is contrasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// The first minus the second; no difference is 0.
    Difference,
    /// The first divided by the second; no difference is 1.
    Ratio,
}

/// A difference or ratio of two groups.
#[derive(Debug, Clone, PartialEq)]
pub struct Contrast {
    /// Difference or ratio.
    pub measure: Measure,
    /// The first against the second.
    pub estimate: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Level of the interval, for instance 0.95.
    pub level: f64,
    /// Cases in the first and in the second group.
    pub cases: (u64, u64),
    /// Trials or exposure of the first and of the second group.
    pub of: (f64, f64),
    /// Two-sided p-value of no difference, where the method has one.
    pub p: Option<f64>,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

impl Contrast {
    /// Whether the interval leaves out the value of no difference.
    pub fn differs(&self) -> bool {
        let none = match self.measure {
            Measure::Difference => 0.0,
            Measure::Ratio => 1.0,
        };
        none < self.low || self.high < none
    }
}

impl Estimate for Contrast {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        let name = match self.measure {
            Measure::Difference => "difference",
            Measure::Ratio => "ratio",
        };
        figures.add(name, self.estimate);
        figures.add("low", self.low);
        figures.add("high", self.high);
        if let Some(p) = self.p {
            figures.add("p", p);
        }
        figures
    }

    fn summary(&self) -> String {
        let (name, verdict) = match (self.measure, self.differs()) {
            (Measure::Difference, true) => ("Het verschil", "0 ligt daarbuiten"),
            (Measure::Difference, false) => ("Het verschil", "geen verschil is dus mogelijk"),
            (Measure::Ratio, true) => ("De verhouding", "1 ligt daarbuiten"),
            (Measure::Ratio, false) => ("De verhouding", "geen verschil is dus mogelijk"),
        };
        format!(
            "{name} is {} ({}-interval {} tot {}; {verdict}), uit {} gevallen op {} en {} op {}.",
            decimal(self.estimate, 3),
            percent(self.level),
            decimal(self.low, 3),
            decimal(self.high, 3),
            self.cases.0,
            decimal(self.of.0, 0),
            self.cases.1,
            decimal(self.of.1, 0),
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// The warning for fewer than five cases in a group.
pub(super) fn few_cases(cases: (u64, u64)) -> Vec<Warning> {
    if cases.0.min(cases.1) >= 5 {
        return Vec::new();
    }
    vec![Warning::new(
        "few-cases",
        format!(
            "Een van de groepen heeft maar {} gevallen; toon zulke kleine aantallen niet buiten \
             de kring die ze mag zien.",
            cases.0.min(cases.1)
        ),
    )]
}
