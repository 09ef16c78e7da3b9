//! Standard errors, uniform bands and the test of the periods before the start.

use faer::Mat;

use super::aggregate::{Averages, Table};
use super::design::Design;
use super::influence::Loading;
use super::{Aggregation, Effect, Estimates, Options, Pretest};
use crate::did::bands::{interquartile_error, sup_t};
use crate::distribution::chi_squared_p;
use crate::fault::Fault;
use crate::linear::{independent_columns, solve};

/// Everything with its standard error.
pub(super) struct Inference {
    pub(super) effects: Vec<Effect>,
    pub(super) critical: Option<f64>,
    pub(super) simple: Effect,
    pub(super) aggregations: [Aggregation; 3],
}

/// Estimates with the draws of their errors (none without a bootstrap).
struct Drawn {
    effects: Vec<Effect>,
    draws: Vec<Vec<f64>>,
}

impl Inference {
    pub(super) fn new(
        estimates: &Estimates,
        averages: &Averages,
        options: &Options,
    ) -> Result<Self, Fault> {
        let simple = (averages.simple.estimate, &averages.simple.loading);
        let mut all: Vec<(f64, &Loading)> =
            estimates.effects.iter().map(|(estimate, loading)| (*estimate, loading)).collect();
        all.push(simple);
        for table in &averages.tables {
            all.push((table.overall.estimate, &table.overall.loading));
            all.extend(table.parts.iter().map(|(_, it)| (it.estimate, &it.loading)));
        }
        let drawn = Drawn::new(estimates, &all, options)?;
        let cells = estimates.effects.len();
        let mut at = cells + 1;
        let mut next = |table: &Table| {
            let parts = at + 1..at + 1 + table.parts.len();
            let overall = drawn.effects[at];
            at = parts.end;
            drawn.aggregation(table, overall, parts, estimates, options.level)
        };
        let [dynamic, group, calendar] = &averages.tables;
        let aggregations = [next(dynamic), next(group), next(calendar)];
        Ok(Self {
            critical: drawn.critical(0..cells, options.level),
            simple: drawn.effects[cells],
            effects: drawn.effects[..cells].to_vec(),
            aggregations,
        })
    }
}

impl Drawn {
    fn new(
        estimates: &Estimates,
        all: &[(f64, &Loading)],
        options: &Options,
    ) -> Result<Self, Fault> {
        let influence = &estimates.influence;
        let loadings: Vec<&Loading> = all.iter().map(|(_, loading)| *loading).collect();
        let draws = options.bootstrap.map_or_else(Vec::new, |it| influence.draws(&loadings, it));
        let mut effects = Vec::with_capacity(all.len());
        for (at, (estimate, loading)) in all.iter().enumerate() {
            let analytic = influence.covariance(loading, loading).max(0.0).sqrt();
            let error = draws.get(at).map_or(analytic, |draws| interquartile_error(draws));
            if !(estimate.is_finite() && error.is_finite()) {
                return Err(Fault::not_identified(
                    "De uitkomsten zijn te groot om mee te rekenen; kies een grotere eenheid, \
                     bijvoorbeeld duizenden.",
                ));
            }
            // An estimate that is 0 by construction has no standard error.
            let standard_error = (analytic > 0.0).then_some(error);
            effects.push(Effect { estimate: *estimate, standard_error });
        }
        Ok(Self { effects, draws })
    }

    fn critical(&self, range: std::ops::Range<usize>, level: f64) -> Option<f64> {
        let column = |at: usize| -> Option<(&[f64], f64)> {
            Some((self.draws.get(at)?.as_slice(), self.effects[at].standard_error?))
        };
        sup_t(&range.filter_map(column).collect::<Vec<_>>(), level)
    }

    fn aggregation(
        &self,
        table: &Table,
        overall: Effect,
        parts: std::ops::Range<usize>,
        estimates: &Estimates,
        level: f64,
    ) -> Aggregation {
        let loadings: Vec<&Loading> = table.parts.iter().map(|(_, it)| &it.loading).collect();
        Aggregation {
            overall,
            critical: self.critical(parts.clone(), level),
            parts: table
                .parts
                .iter()
                .map(|(at, _)| *at)
                .zip(self.effects[parts].to_vec())
                .collect(),
            covariance: covariance(estimates, &loadings),
        }
    }
}

fn covariance(estimates: &Estimates, loadings: &[&Loading]) -> Vec<Vec<f64>> {
    let row =
        |a: &&Loading| loadings.iter().map(|b| estimates.influence.covariance(a, b)).collect();
    loadings.iter().map(row).collect()
}

/// Wald test of all effects before the start, or nothing when there are none or they depend on
/// each other.
pub(super) fn pretest(design: &Design, estimates: &Estimates) -> Option<Pretest> {
    let before = |(cell, _): &(&super::design::Cell, _)| {
        design.groups[cell.group].first.is_some_and(|first| design.periods[cell.period] < first)
            && !cell.reference()
    };
    let pairs = design.cells.iter().zip(&estimates.effects).filter(before);
    let (values, loadings): (Vec<f64>, Vec<&Loading>) =
        pairs.map(|(_, (estimate, loading))| (*estimate, loading)).unzip();
    let df = values.len();
    let covariance = covariance(estimates, &loadings);
    let covariance = Mat::from_fn(df, df, |a, b| covariance[a][b]);
    if df == 0 || independent_columns(covariance.as_ref(), 1e-10).len() < df {
        return None;
    }
    let right = Mat::from_fn(df, 1, |row, _| values[row]);
    let solved = solve(covariance.as_ref(), right.as_ref()).ok()?;
    let statistic: f64 = (0..df).map(|row| values[row] * solved[(row, 0)]).sum();
    statistic.is_finite().then(|| Pretest { statistic, df, p: chi_squared_p(statistic, df as f64) })
}
