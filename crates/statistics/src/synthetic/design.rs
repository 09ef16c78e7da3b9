//! Who is treated from when, and who may serve as a control: the cohorts of a block design.

use crate::{
    fault::Fault,
    figures::Warning,
    panel::Panel,
    synthetic::pool::{Draw, Estimator, Pool, Weights, Work, Zeta},
};

/// Units that start in the same period.
#[derive(Debug, Clone)]
pub(crate) struct Cohort {
    pub(crate) first: i64,
    pub(crate) pool: Pool,
    /// Positions in the pool.
    pub(crate) treated: Vec<usize>,
    /// Share of the treated cells.
    pub(crate) share: f64,
}

/// The never treated first, then the treated by cohort; every pool has the same units.
#[derive(Debug, Clone)]
pub(crate) struct Design {
    pub(crate) cohorts: Vec<Cohort>,
    /// Positions in the panel of the units of every pool.
    pub(crate) units: Vec<usize>,
    pub(crate) controls: usize,
    pub(crate) warnings: Vec<Warning>,
}

/// Who is a donor and who is treated per cohort, in one replication.
#[derive(Debug, Clone, Default)]
pub(crate) struct Assignment {
    pub(crate) donors: Vec<f64>,
    pub(crate) treated: Vec<Vec<usize>>,
}

impl Design {
    /// Reads the cohorts of a balanced panel.
    pub(crate) fn new(panel: &Panel) -> Result<Self, Fault> {
        panel.require_balanced()?;
        let last = *panel.periods.last().unwrap_or(&i64::MIN);
        let active = |unit: &usize| panel.cohort[*unit].filter(|first| *first <= last);
        let all = 0..panel.units.len();
        let mut units: Vec<usize> = all.clone().filter(|it| active(it).is_none()).collect();
        let controls = units.len();
        let mut firsts: Vec<i64> = all.clone().filter_map(|it| active(&it)).collect();
        firsts.sort_unstable();
        firsts.dedup();
        if firsts.is_empty() {
            return Err(Fault::not_identified("Geen enkele eenheid is behandeld in deze periode."));
        }
        if controls < 2 {
            return Err(Fault::not_identified(format!(
                "Er zijn {controls} eenheden die nooit behandeld zijn; er zijn er minstens 2 nodig \
                 om een vergelijking uit samen te stellen."
            )));
        }
        for first in &firsts {
            units.extend(all.clone().filter(|it| active(it) == Some(*first)));
        }
        let mut cohorts = Vec::with_capacity(firsts.len());
        for first in firsts {
            cohorts.push(cohort(panel, &units, controls, first)?);
        }
        let cells: f64 = cohorts.iter().map(Cohort::cells).sum();
        cohorts.iter_mut().for_each(|it| it.share = it.cells() / cells);
        let warnings = warnings(panel, controls, last, &cohorts);
        Ok(Self { cohorts, units, controls, warnings })
    }

    /// Number of treated units.
    pub(crate) fn treated(&self) -> usize {
        self.units.len() - self.controls
    }

    /// The assignment as it was.
    pub(crate) fn actual(&self) -> Assignment {
        let donor = |unit| if unit < self.controls { 1.0 } else { 0.0 };
        Assignment {
            donors: (0..self.units.len()).map(donor).collect(),
            treated: self.cohorts.iter().map(|it| it.treated.clone()).collect(),
        }
    }

    /// The controls in `chosen` take the place of the treated units, the others stay controls.
    pub(crate) fn pretend(&self, chosen: &[usize]) -> Assignment {
        let mut it = self.actual();
        let mut next = chosen.iter().copied();
        for treated in &mut it.treated {
            treated.iter_mut().zip(&mut next).for_each(|(place, unit)| *place = unit);
        }
        chosen.iter().for_each(|&unit| it.donors[unit] = 0.0);
        it
    }

    /// The effect under an assignment, with new weights; cohorts with nobody in them do not count.
    pub(crate) fn effect(
        &self,
        estimator: Estimator,
        assignment: &Assignment,
        warm: &[Weights],
        work: &mut Work,
    ) -> Result<f64, Fault> {
        let (mut sum, mut cells) = (0.0, 0.0);
        for (at, (cohort, treated)) in self.cohorts.iter().zip(&assignment.treated).enumerate() {
            if treated.is_empty() {
                continue;
            }
            let draw = Draw { donors: &assignment.donors, treated };
            let zeta = cohort.pool.zeta(estimator, draw);
            cohort.pool.weigh(estimator, draw, zeta, warm.get(at), work)?;
            let weight = (treated.len() * cohort.pool.after) as f64;
            sum += weight * cohort.pool.effect(&work.weights, treated);
            cells += weight;
        }
        Ok(sum / cells)
    }

    /// Weights and penalties of each cohort under the actual assignment.
    pub(crate) fn fit(&self, estimator: Estimator) -> Result<Vec<(Weights, Zeta)>, Fault> {
        let actual = self.actual();
        let mut work = Work::default();
        let mut fitted = Vec::with_capacity(self.cohorts.len());
        for (cohort, treated) in self.cohorts.iter().zip(&actual.treated) {
            let draw = Draw { donors: &actual.donors, treated };
            let zeta = cohort.pool.zeta(estimator, draw);
            cohort.pool.weigh(estimator, draw, zeta, None, &mut work)?;
            fitted.push((work.weights.clone(), zeta));
        }
        Ok(fitted)
    }
}

impl Cohort {
    fn cells(&self) -> f64 {
        (self.treated.len() * self.pool.after) as f64
    }
}

fn cohort(panel: &Panel, units: &[usize], controls: usize, first: i64) -> Result<Cohort, Fault> {
    let before = panel.periods.partition_point(|period| *period < first);
    let member = |at: &usize| panel.cohort[units[*at]] == Some(first);
    let treated: Vec<usize> = (controls..units.len()).filter(member).collect();
    if before < 2 {
        return Err(Fault::not_identified(format!(
            "Eenheid ‘{}’ begint in periode {first} en heeft {before} periodes daarvoor; er zijn er \
             minstens 2 nodig.",
            panel.units[units[treated[0]]]
        )));
    }
    Ok(Cohort { first, pool: Pool::new(panel, units, before)?, treated, share: 0.0 })
}

fn warnings(panel: &Panel, controls: usize, last: i64, cohorts: &[Cohort]) -> Vec<Warning> {
    let mut all = Vec::new();
    let later = panel.cohort.iter().flatten().filter(|first| **first > last).count();
    if later > 0 {
        all.push(Warning::new(
            "later-treated",
            format!(
                "{later} eenheden beginnen pas na de laatste periode ({last}) en tellen als nooit \
                 behandeld."
            ),
        ));
    }
    if controls < 10 {
        all.push(Warning::new(
            "few-donors",
            format!(
                "Er zijn maar {controls} controle-eenheden: een placebotoets kan geen p-waarde \
                 geven onder {:.2}.",
                1.0 / (controls as f64 + 1.0)
            ),
        ));
    }
    if let Some(short) = cohorts.iter().map(|it| it.pool.before).filter(|it| *it < 6).min() {
        all.push(Warning::new(
            "short-history",
            format!(
                "Er zijn maar {short} periodes voor de start: of de vergelijking ook zonder \
                 behandeling gelijk op was gegaan, is dan nauwelijks te zien."
            ),
        ));
    }
    all
}
