//! Wild cluster bootstrap of a t-statistic, with an interval by inversion.
//!
//! Cameron, Gelbach and Miller (2008), doi 10.1162/rest.90.3.414; computed per cluster instead of
//! per row as in Roodman, Nielsen, MacKinnon and Webb (2019), "Fast and wild",
//! doi 10.1177/1536867X19830877. Everything that changes with a draw is linear in the weights of
//! the clusters, and the hypothesis enters linearly too, so that five numbers per draw give the
//! p-value of any hypothesis. With few treated clusters both variants fail (MacKinnon and Webb
//! 2018): use randomisation inference there.

use faer::Mat;
use rand::RngExt as _;
use rayon::prelude::*;

use super::cluster_moments::ClusterMoments;
use super::jackknife;
use super::ols::Fit;
use crate::distribution::t_p;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::linear;
use crate::random::generator;

/// Weights that the clusters draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weights {
    /// Webb below twelve clusters, Rademacher from twelve on.
    #[default]
    Auto,
    /// -1 or 1; all combinations when there are no more of those than draws.
    Rademacher,
    /// Six points (Webb 2023), for very few clusters.
    Webb,
}

/// What to draw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Number of draws.
    pub draws: usize,
    /// Weights of the clusters.
    pub weights: Weights,
    /// Imposes the hypothesis on the residuals (WCR); otherwise WCU.
    pub impose_null: bool,
    /// The value of the coefficient under the hypothesis.
    pub hypothesis: f64,
    /// Coverage of the interval.
    pub level: f64,
    /// Seed of the draws.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        let weights = Weights::Auto;
        Self { draws: 9_999, weights, impose_null: true, hypothesis: 0.0, level: 0.95, seed: 1 }
    }
}

/// Result of the bootstrap of one coefficient.
#[derive(Debug, Clone)]
pub struct WildBootstrap {
    /// The coefficient.
    pub estimate: f64,
    /// Its t-statistic, without small-sample factor.
    pub t: f64,
    /// Number of draws, or of all combinations.
    pub draws: usize,
    /// Whether all combinations were taken.
    pub enumerated: bool,
    /// Share of draws with a larger absolute t.
    pub p: f64,
    /// Share of draws with an absolute t at least as large.
    pub p_at_least: f64,
    /// Hypotheses that are not rejected; a side without bound is `None`.
    pub interval: (Option<f64>, Option<f64>),
    /// Coverage of the interval.
    pub level: f64,
    /// Clustered standard error; `K` is the regressors and one.
    pub se_crv1: f64,
    /// The same by the jackknife, where it can be computed.
    pub se_crv3: Option<f64>,
    /// Number of clusters.
    pub clusters: usize,
    /// Number of observations.
    pub n: usize,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

/// Tests coefficient `name` of `fit` over its only cluster dimension.
///
/// # Errors
///
/// No such coefficient, not one cluster dimension, fewer than two clusters, or no draws.
pub fn wild_bootstrap(
    fit: &Fit<'_>,
    name: &str,
    options: &Options,
) -> Result<WildBootstrap, Fault> {
    let at = fit.names.iter().position(|it| it == name).ok_or_else(|| {
        Fault::argument("coëfficiënt", format!("een van {}", fit.names.join(", ")), name)
    })?;
    if options.draws == 0 {
        return Err(Fault::argument("aantal trekkingen", "1 of meer", 0));
    }
    let moments = ClusterMoments::new(fit)?;
    let parts = Parts::new(fit, &moments, at)?;
    let weights = match options.weights {
        Weights::Auto if parts.size() < 12 => Weights::Webb,
        Weights::Auto => Weights::Rademacher,
        other => other,
    };
    let all = (parts.size() < 32).then(|| 1_usize << parts.size());
    let all = all.filter(|all| weights == Weights::Rademacher && *all <= options.draws);
    let draws: Vec<Draw> = (0..all.unwrap_or(options.draws))
        .into_par_iter()
        .map_init(
            || Scratch::new(&parts),
            |scratch, draw| {
                match (all, weights) {
                    (Some(_), _) => scratch.signs(draw),
                    (None, Weights::Webb) => scratch.webb(options.seed, draw),
                    (None, _) => scratch.rademacher(options.seed, draw),
                }
                parts.draw(scratch)
            },
        )
        .collect();
    let bread = fit.bread[(at, at)];
    let variance = bread * bread * parts.square();
    if variance <= 0.0 {
        return Err(Fault::not_identified(
            "De residuen zijn in elk cluster nul: er is geen spreiding om te trekken.",
        ));
    }
    let test = Test { draws, variance, impose_null: options.impose_null };
    let estimate = fit.coefficients[at];
    let delta = estimate - options.hypothesis;
    let (p, p_at_least) = test.p(delta);
    let (g, n) = (parts.size() as f64, fit.n() as f64);
    let factor = g / (g - 1.0) * (n - 1.0) / (n - fit.names.len() as f64 - 1.0);
    let jackknife = jackknife::squares(&moments, &fit.coefficients).ok();
    Ok(WildBootstrap {
        t: delta / variance.sqrt(),
        interval: test.interval(estimate, 1.0 - options.level),
        se_crv1: (factor * variance).sqrt(),
        se_crv3: jackknife.map(|it| (factor * it[(at, at)]).sqrt()),
        clusters: parts.size(),
        enumerated: all.is_some(),
        draws: test.draws.len(),
        level: options.level,
        n: fit.n(),
        warnings: warnings(fit),
        estimate,
        p,
        p_at_least,
    })
}

fn warnings(fit: &Fit<'_>) -> Vec<Warning> {
    fit.covariance(super::covariance::Variance::Auto).map_or_else(|_| Vec::new(), |it| fit.few(&it))
}

/// What a draw needs per cluster; `e` is the residual, `x` the regressor without what the others
/// and the effects explain of it.
struct Parts {
    /// `x_g'e_g` and `x_g'x_g`.
    own: Vec<[f64; 2]>,
    /// `Z_g'e_g` and `Z_g'x_g`, `Z` all columns.
    seen: Vec<[Vec<f64>; 2]>,
    /// `x_g'Z_g (Z'Z)^-1`.
    back: Vec<Vec<f64>>,
}

/// Five numbers that give the statistic of a draw under any hypothesis.
struct Draw {
    /// `x'(v e)` and `x'(v x)`.
    numerator: [f64; 2],
    /// Sum of squared scores: constant, linear and square part.
    squares: [f64; 3],
}

struct Scratch {
    weight: Vec<f64>,
    sums: [Vec<f64>; 2],
}

impl Parts {
    fn new(fit: &Fit<'_>, moments: &ClusterMoments, at: usize) -> Result<Self, Fault> {
        let last = moments.columns.len() - 1;
        let gram = moments.total.submatrix(0, 0, last, last);
        let kept = linear::independent_columns(gram, 1e-10);
        let part = Mat::from_fn(kept.len(), kept.len(), |row, at| gram[(kept[row], kept[at])]);
        let inverse = linear::inverse(part.as_ref())?;
        // Combination of the regressors that leaves the one of interest alone.
        let alone: Vec<f64> =
            (0..fit.names.len()).map(|it| fit.bread[(at, it)] / fit.bread[(at, at)]).collect();
        let mut parts = Self { own: Vec::new(), seen: Vec::new(), back: Vec::new() };
        for cluster in 0..moments.clusters.len() {
            let own = moments.of(cluster);
            let x = |column: usize| -> f64 {
                let regressors = alone.iter().enumerate();
                regressors.map(|(it, share)| share * own[(moments.dummies + it, column)]).sum()
            };
            let by_x: Vec<f64> = kept.iter().map(|it| x(*it)).collect();
            let by_e: Vec<f64> = kept.iter().map(|it| own[(*it, last)]).collect();
            let square: f64 =
                alone.iter().enumerate().map(|(it, share)| share * x(moments.dummies + it)).sum();
            parts.own.push([x(last), square]);
            parts.back.push(
                (0..kept.len())
                    .map(|to| (0..kept.len()).map(|it| by_x[it] * inverse[(it, to)]).sum())
                    .collect(),
            );
            parts.seen.push([by_e, by_x]);
        }
        Ok(parts)
    }

    fn size(&self) -> usize {
        self.own.len()
    }

    /// Sum of the squared scores of the fit itself.
    fn square(&self) -> f64 {
        self.own.iter().map(|it| it[0] * it[0]).sum()
    }

    fn draw(&self, scratch: &mut Scratch) -> Draw {
        let mut numerator = [0.0; 2];
        scratch.sums.iter_mut().for_each(|it| it.fill(0.0));
        for (cluster, weight) in scratch.weight.iter().enumerate() {
            for (part, numerator) in numerator.iter_mut().enumerate() {
                *numerator += weight * self.own[cluster][part];
                let sums = scratch.sums[part].iter_mut().zip(&self.seen[cluster][part]);
                sums.for_each(|(sum, it)| *sum += weight * it);
            }
        }
        let mut squares = [0.0; 3];
        for (cluster, weight) in scratch.weight.iter().enumerate() {
            let score = |part: usize| {
                let fitted: f64 =
                    self.back[cluster].iter().zip(&scratch.sums[part]).map(|(a, b)| a * b).sum();
                weight * self.own[cluster][part] - fitted
            };
            let (e, x) = (score(0), score(1));
            squares[0] += e * e;
            squares[1] += 2.0 * e * x;
            squares[2] += x * x;
        }
        Draw { numerator, squares }
    }
}

impl Scratch {
    fn new(parts: &Parts) -> Self {
        let columns = parts.back.first().map_or(0, Vec::len);
        Self { weight: vec![0.0; parts.size()], sums: [vec![0.0; columns], vec![0.0; columns]] }
    }

    fn signs(&mut self, draw: usize) {
        for (cluster, it) in self.weight.iter_mut().enumerate() {
            *it = if draw >> cluster & 1 == 1 { -1.0 } else { 1.0 };
        }
    }

    fn rademacher(&mut self, seed: u64, draw: usize) {
        let mut random = generator(seed, draw as u64);
        self.weight.iter_mut().for_each(|it| *it = if random.random() { 1.0 } else { -1.0 });
    }

    fn webb(&mut self, seed: u64, draw: usize) {
        let mut random = generator(seed, draw as u64);
        for it in &mut self.weight {
            let size = [0.5_f64, 1.0, 1.5][random.random_range(0..3)].sqrt();
            *it = if random.random() { size } else { -size };
        }
    }
}

struct Test {
    draws: Vec<Draw>,
    /// Square of the standard error without small-sample factor.
    variance: f64,
    impose_null: bool,
}

impl Test {
    /// Shares of draws with an absolute t above, and not below, that of an estimate `delta` from
    /// the hypothesis. Equal means equal to nine digits.
    fn p(&self, delta: f64) -> (f64, f64) {
        let observed = delta * delta / self.variance;
        let shift = if self.impose_null { delta } else { 0.0 };
        let (mut above, mut at_least) = (0_usize, 0_usize);
        for it in &self.draws {
            let numerator = it.numerator[0] + shift * it.numerator[1];
            let square = it.squares[0] + shift * (it.squares[1] + shift * it.squares[2]);
            let t = if square > 0.0 { numerator * numerator / square } else { 0.0 };
            above += usize::from(t > observed * (1.0 + 1e-9));
            at_least += usize::from(t >= observed * (1.0 - 1e-9));
        }
        let all = self.draws.len() as f64;
        (above as f64 / all, at_least as f64 / all)
    }

    /// The hypotheses around `estimate` with a p-value above `alpha`.
    fn interval(&self, estimate: f64, alpha: f64) -> (Option<f64>, Option<f64>) {
        let side = |sign: f64| {
            let rejected = |reach: f64| self.p(sign * reach).0 < alpha;
            let mut outer = self.variance.sqrt();
            let mut steps = 0;
            while !rejected(outer) {
                outer *= 2.0;
                steps += 1;
                if steps > 20 {
                    return None;
                }
            }
            let mut inner = if steps == 0 { 0.0 } else { outer / 2.0 };
            for _ in 0..60 {
                let middle = inner.midpoint(outer);
                *(if rejected(middle) { &mut outer } else { &mut inner }) = middle;
            }
            Some(estimate - sign * outer)
        };
        (side(1.0), side(-1.0))
    }
}

impl Estimate for WildBootstrap {
    fn figures(&self) -> Figures {
        let df = self.clusters as f64 - 1.0;
        let mut figures = Figures::new();
        figures.add("coef", self.estimate);
        figures.add("t_raw", self.t);
        figures.add("n_draws", self.draws as f64);
        figures.add("p_strict", self.p);
        figures.add("p_ge", self.p_at_least);
        figures.add("se_crv1", self.se_crv1);
        figures.add("p_crv1_tG1", t_p(self.estimate / self.se_crv1, df));
        if let Some(se) = self.se_crv3 {
            figures.add("se_crv3", se);
            figures.add("p_crv3_tG1", t_p(self.estimate / se, df));
        }
        if let (Some(low), Some(high)) = self.interval {
            figures.add("ci_lo", low);
            figures.add("ci_hi", high);
        }
        figures
    }

    fn summary(&self) -> String {
        let bound = |it: Option<f64>| it.map_or("onbegrensd".to_owned(), |it| format!("{it:.4}"));
        let how = if self.enumerated { "alle combinaties" } else { "trekkingen" };
        format!(
            "Wild cluster bootstrap ({} {how}, {} clusters, n = {}): {:.4}, {:.0}%-interval {} tot \
             {}; p = {:.4}.",
            self.draws,
            self.clusters,
            self.n,
            self.estimate,
            100.0 * self.level,
            bound(self.interval.0),
            bound(self.interval.1),
            self.p
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
