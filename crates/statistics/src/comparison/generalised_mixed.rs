//! Binomial and Poisson regression with random intercepts, one level or two nested ones.
//!
//! The random intercepts are integrated out by Laplace's method or, for one level, by adaptive
//! Gauss-Hermite quadrature: Pinheiro, J. C. & Bates, D. M. (1995). Approximations to the
//! log-likelihood function in the nonlinear mixed-effects model. *Journal of Computational and
//! Graphical Statistics* 4(1), 12-35. <https://doi.org/10.1080/10618600.1995.10474663>; Bates, D.,
//! Maechler, M., Bolker, B. & Walker, S. (2015). Fitting linear mixed-effects models using lme4.
//! *Journal of Statistical Software* 67(1). <https://doi.org/10.18637/jss.v067.i01>
//!
//! With `u` and `v` standard normal, a row of group `j` in outer group `k` has linear predictor
//! `x beta + sd_inner u_j + sd_outer v_k`. The conditional modes of the intercepts are the shrunken
//! deviations of the groups; their standard deviation comes from the curvature there.

use std::cell::RefCell;

use faer::Mat;
use statrs::function::gamma::ln_gamma;

use crate::comparison::codes::codes;
use crate::comparison::counts::{Counts, Design, Family};
use crate::comparison::glm::{coefficients, kernel, linear, moments};
use crate::comparison::hermite::gauss_hermite;
use crate::comparison::maximum::maximum;
use crate::comparison::shape::check_length;
use crate::comparison::words::decimal;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::linear::inverse;

/// One level of grouping: what it is called and the group of each row.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// Name of the level, for instance `consultant`; it is part of the keys of the figures.
    pub name: String,
    /// The group of each row.
    pub group: Vec<String>,
}

/// How the model is fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Points of the adaptive quadrature; 1 is Laplace. Two levels allow 1 only.
    pub points: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { points: 1 }
    }
}

/// The random intercepts of one level.
#[derive(Debug, Clone, PartialEq)]
pub struct Intercepts {
    /// Name of the level.
    pub level: String,
    /// Standard deviation between groups.
    pub sd: f64,
    /// Group, conditional mode and its standard deviation, in the order of the data.
    pub groups: Vec<(String, f64, f64)>,
}

/// A fitted mixed model.
#[derive(Debug, Clone, PartialEq)]
pub struct GeneralisedMixed {
    /// Family of the counts.
    pub family: Family,
    /// Names of the fixed effects; `b0` is the intercept.
    pub names: Vec<String>,
    /// Fixed effects on the logit or log scale.
    pub coefficients: Vec<f64>,
    /// Their standard errors, from the curvature of the log-likelihood in all parameters.
    pub standard_errors: Vec<f64>,
    /// The levels, the inner one first.
    pub levels: Vec<Intercepts>,
    /// Log-likelihood with its constants.
    pub log_likelihood: f64,
    /// Number of rows.
    pub rows: usize,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

impl Estimate for GeneralisedMixed {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for (at, name) in self.names.iter().enumerate() {
            figures.add_with_se(name, self.coefficients[at], self.standard_errors[at]);
        }
        figures.add("loglik", self.log_likelihood);
        for level in &self.levels {
            figures.add(format!("sd_{}", level.level), level.sd);
        }
        for level in &self.levels {
            for (group, mode, sd) in &level.groups {
                figures.add_with_se(&format!("re_{}_{group}", level.level), *mode, *sd);
            }
        }
        figures
    }

    fn summary(&self) -> String {
        let levels = self.levels.iter().map(|it| {
            format!(
                "{} groepen ‘{}’ met standaardafwijking {}",
                it.groups.len(),
                it.level,
                decimal(it.sd, 3)
            )
        });
        let scale = match self.family {
            Family::Binomial => "logit",
            Family::Poisson => "log",
        };
        format!(
            "Gemengd model op {} rijen ({scale}-schaal): {}. De afwijking per groep is naar het \
             gemiddelde toe gehaald, meer naarmate de groep kleiner is.",
            self.rows,
            levels.collect::<Vec<_>>().join("; "),
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// Fits a model with a random intercept per group of `inner` and, when given, of `outer`.
///
/// # Errors
///
/// Unsound columns, fewer than two groups, an inner group in two outer ones, two levels with more
/// than one point of quadrature, and what [`crate::comparison::glm::fit`] refuses.
///
/// ```
/// use statistics::comparison::counts::{Counts, Family};
/// use statistics::comparison::generalised_mixed::{Level, Options, fit};
/// let counts = Counts {
///     count: vec![2.0, 9.0, 5.0, 1.0, 6.0, 9.0],
///     size: vec![10.0; 6],
///     covariates: vec![],
/// };
/// let group = ["a", "b", "c", "d", "e", "f"].map(str::to_owned).to_vec();
/// let inner = Level { name: "team".into(), group };
/// let it = fit(Family::Binomial, &counts, &inner, None, Options { points: 15 }).unwrap();
/// assert!(it.levels[0].sd > 0.5);
/// ```
pub fn fit(
    family: Family,
    counts: &Counts,
    inner: &Level,
    outer: Option<&Level>,
    options: Options,
) -> Result<GeneralisedMixed, Fault> {
    counts.check(family)?;
    let tree = Tree::new(inner, outer, counts.count.len())?;
    if !(1..=60).contains(&options.points) || (outer.is_some() && options.points > 1) {
        let most = if outer.is_some() { "1 bij twee niveaus" } else { "1 tot en met 60" };
        return Err(Fault::argument("aantal punten", most, options.points));
    }
    let design = Design::new(&counts.covariates, counts.count.len());
    let mut start = coefficients(family, counts, &design)?;
    let levels = 1 + usize::from(outer.is_some());
    start.extend(std::iter::repeat_n(0.5, levels));
    let model = Model {
        family,
        counts,
        design: &design,
        tree: &tree,
        nodes: gauss_hermite(options.points),
        constant: constant(family, counts),
        last: RefCell::new(tree.blocks.iter().map(|it| (0.0, vec![0.0; it.len()])).collect()),
    };
    let mut top = maximum(&start, |it| model.log_likelihood(it))?;
    let mut warnings = design.warnings.clone();
    for (name, at) in std::iter::once(inner).chain(outer).zip(design.width..) {
        // The likelihood is even in a standard deviation, so its sign means nothing.
        top.at[at] = top.at[at].abs();
        if top.at[at] < 1e-3 {
            top.at[at] = 0.0;
            warnings.push(no_variation(&name.name));
        }
    }
    let flat = covariance(&top.at, &top.curvature, design.width)?;
    let size = top.at.len();
    let (estimates, errors) = design.unscaled(&top.at[..design.width], &flat, size);
    let slopes = design.names.iter().map(|it| format!("b_{it}"));
    Ok(GeneralisedMixed {
        family,
        names: std::iter::once("b0".to_owned()).chain(slopes).collect(),
        coefficients: estimates,
        standard_errors: errors,
        levels: model.intercepts(&top.at, inner, outer),
        log_likelihood: top.value,
        rows: counts.count.len(),
        warnings,
    })
}

/// The inverse curvature, row by row; a standard deviation of zero lies at its bound and is left
/// out.
fn covariance(at: &[f64], curvature: &Mat<f64>, width: usize) -> Result<Vec<f64>, Fault> {
    let size = at.len();
    let free: Vec<usize> = (0..size).filter(|it| *it < width || at[*it] > 0.0).collect();
    let part = Mat::from_fn(free.len(), free.len(), |i, j| curvature[(free[i], free[j])]);
    let inverse = inverse(part.as_ref()).map_err(|_| {
        Fault::not_identified(
            "Met deze rijen is de aannemelijkheid te vlak om standaardfouten uit te halen; neem \
             meer rijen of minder kenmerken.",
        )
    })?;
    let mut flat = vec![0.0; size * size];
    for (i, row) in free.iter().enumerate() {
        for (j, column) in free.iter().enumerate() {
            flat[row * size + column] = inverse[(i, j)];
        }
    }
    Ok(flat)
}

fn no_variation(level: &str) -> Warning {
    Warning::new(
        "no-variation",
        format!("Tussen de groepen ‘{level}’ is geen verschil boven toeval te vinden."),
    )
}

/// The part of the log-likelihood that the parameters do not touch.
fn constant(family: Family, counts: &Counts) -> f64 {
    let row = |row: usize| {
        let (y, size) = (counts.count[row], counts.size_of(row));
        match family {
            Family::Binomial => ln_gamma(size + 1.0) - ln_gamma(y + 1.0) - ln_gamma(size - y + 1.0),
            Family::Poisson => y * size.ln() - ln_gamma(y + 1.0),
        }
    };
    (0..counts.count.len()).map(row).sum()
}

/// Rows within inner groups within blocks; a block is an outer group, or an inner one alone.
struct Tree {
    inner: Vec<String>,
    outer: Vec<String>,
    rows: Vec<Vec<usize>>,
    blocks: Vec<Vec<usize>>,
}

impl Tree {
    fn new(inner: &Level, outer: Option<&Level>, rows: usize) -> Result<Self, Fault> {
        check_length(&inner.name, rows, inner.group.len())?;
        let (names, code) = codes(&inner.group);
        let mut members = vec![Vec::new(); names.len()];
        for (row, code) in code.iter().enumerate() {
            members[*code].push(row);
        }
        let mut tree = Self {
            blocks: (0..names.len()).map(|it| vec![it]).collect(),
            inner: names,
            outer: Vec::new(),
            rows: members,
        };
        if let Some(outer) = outer {
            check_length(&outer.name, rows, outer.group.len())?;
            let (names, code) = codes(&outer.group);
            tree.blocks = vec![Vec::new(); names.len()];
            for (at, members) in tree.rows.iter().enumerate() {
                let block = code[members[0]];
                if let Some(other) = members.iter().find(|row| code[**row] != block) {
                    return Err(Fault::not_identified(format!(
                        "Groep ‘{}’ valt in twee groepen van ‘{}’ (zie rij {}); maak de namen \
                         per groep uniek.",
                        tree.inner[at],
                        outer.name,
                        other + 1,
                    )));
                }
                tree.blocks[block].push(at);
            }
            tree.outer = names;
        }
        if tree.blocks.len() < 2 {
            return Err(Fault::not_identified(
                "Verschil tussen groepen vraagt ten minste twee groepen.",
            ));
        }
        Ok(tree)
    }
}

struct Model<'a> {
    family: Family,
    counts: &'a Counts,
    design: &'a Design,
    tree: &'a Tree,
    nodes: Vec<(f64, f64)>,
    constant: f64,
    /// The last mode of each block, where the next search for it starts.
    last: RefCell<Vec<(f64, Vec<f64>)>>,
}

/// The mode of one block and the curvature there.
struct Mode {
    /// The joint log density of data and intercepts.
    value: f64,
    /// Intercept of the block and of its inner groups, standardised.
    v: f64,
    u: Vec<f64>,
    /// Per inner group: own curvature and that with the block.
    own: Vec<f64>,
    cross: Vec<f64>,
    /// What is left of the block's own curvature when the inner groups are solved out.
    schur: f64,
}

impl Model<'_> {
    fn deviations(&self, at: &[f64]) -> (f64, f64) {
        let width = self.design.width;
        (at[width], at.get(width + 1).copied().unwrap_or(0.0))
    }

    fn log_likelihood(&self, at: &[f64]) -> f64 {
        let (inner, outer) = self.deviations(at);
        if inner.abs().max(outer.abs()) > 50.0 {
            return f64::NEG_INFINITY;
        }
        let base: Vec<f64> = (0..self.counts.count.len())
            .map(|row| linear(self.design, row, &at[..self.design.width]))
            .collect();
        let mut sum = self.constant;
        for (place, block) in self.tree.blocks.iter().enumerate() {
            let Some(mode) = self.mode(place, &base, inner, outer) else {
                return f64::NEG_INFINITY;
            };
            sum += if self.nodes.len() > 1 {
                self.quadrature(block[0], &base, inner, &mode)
            } else {
                let log: f64 = mode.own.iter().map(|it| it.ln()).sum();
                mode.value - 0.5 * (log + mode.schur.ln())
            };
        }
        if sum.is_finite() { sum } else { f64::NEG_INFINITY }
    }

    /// The log of the integral over the intercept of a block of one group.
    fn quadrature(&self, group: usize, base: &[f64], sd: f64, mode: &Mode) -> f64 {
        let width = std::f64::consts::SQRT_2 / mode.own[0].sqrt();
        let mut sum = 0.0;
        for (x, weight) in &self.nodes {
            let u = mode.u[0] + width * x;
            let value = self.rows_value(group, base, sd * u) - 0.5 * u * u;
            sum += weight * (x * x + value - mode.value).exp();
        }
        mode.value + (width * sum / std::f64::consts::TAU.sqrt()).ln()
    }

    fn rows_value(&self, group: usize, base: &[f64], shift: f64) -> f64 {
        let row = |row: &usize| {
            let (y, size) = (self.counts.count[*row], self.counts.size_of(*row));
            kernel(self.family, y, size, base[*row] + shift)
        };
        self.tree.rows[group].iter().map(row).sum()
    }

    fn block_value(&self, block: &[usize], base: &[f64], sd: (f64, f64), v: f64, u: &[f64]) -> f64 {
        let shift = |u: f64| sd.0 * u + sd.1 * v;
        let groups = block.iter().zip(u);
        groups.map(|(it, u)| self.rows_value(*it, base, shift(*u)) - 0.5 * u * u).sum::<f64>()
            - 0.5 * v * v
    }

    /// Newton's method on the block; its curvature is an arrow, so each step is linear in size.
    fn mode(&self, place: usize, base: &[f64], inner: f64, outer: f64) -> Option<Mode> {
        let (block, sd) = (&self.tree.blocks[place], (inner, outer));
        let (mut v, mut u) = self.last.borrow()[place].clone();
        if !self.block_value(block, base, sd, v, &u).is_finite() {
            (v, u) = (0.0, vec![0.0; block.len()]);
        }
        for _ in 0..200 {
            let (dv, du) = self.arrow(block, base, sd, v, &u).step();
            let longest = du.iter().map(|it| it.abs()).fold(dv.abs(), f64::max);
            if !longest.is_finite() {
                return None;
            }
            // A short step of a concave function needs no check.
            let length = if longest < 0.1 {
                1.0
            } else {
                self.shortened((v, &u), (dv, &du), block, base, sd)
            };
            v += length * dv;
            u.iter_mut().zip(&du).for_each(|(u, d)| *u += length * d);
            // The error after this step is of the order of its square.
            if longest * length < 1e-7 {
                break;
            }
        }
        let value = self.block_value(block, base, sd, v, &u);
        if !value.is_finite() {
            return None;
        }
        let Arrow { own, cross, schur, .. } = self.arrow(block, base, sd, v, &u);
        self.last.borrow_mut()[place] = (v, u.clone());
        Some(Mode { value, v, u, own, cross, schur })
    }

    /// The share of the step, halving it, after which the value is not lower.
    fn shortened(
        &self,
        (v, u): (f64, &[f64]),
        (dv, du): (f64, &[f64]),
        block: &[usize],
        base: &[f64],
        sd: (f64, f64),
    ) -> f64 {
        let value = self.block_value(block, base, sd, v, u);
        let mut length = 1.0;
        while length > 1e-6 {
            let next: Vec<f64> = u.iter().zip(du).map(|(u, d)| u + length * d).collect();
            let reached = self.block_value(block, base, sd, v + length * dv, &next);
            if reached >= value - 1e-12 * value.abs().max(1.0) {
                break;
            }
            length /= 2.0;
        }
        length
    }

    fn arrow(&self, block: &[usize], base: &[f64], sd: (f64, f64), v: f64, u: &[f64]) -> Arrow {
        let mut arrow = Arrow::default();
        let (mut block_slope, mut block_own) = (-v, 1.0);
        for (group, u) in block.iter().zip(u) {
            let (mut residual, mut weight) = (0.0, 0.0);
            for row in &self.tree.rows[*group] {
                let eta = base[*row] + sd.0 * u + sd.1 * v;
                let (mean, variance) = moments(self.family, self.counts.size_of(*row), eta);
                residual += self.counts.count[*row] - mean;
                weight += variance;
            }
            arrow.slope.push(sd.0 * residual - u);
            arrow.own.push(sd.0 * sd.0 * weight + 1.0);
            arrow.cross.push(sd.0 * sd.1 * weight);
            block_slope += sd.1 * residual;
            block_own += sd.1 * sd.1 * weight;
        }
        let solved = arrow.cross.iter().zip(&arrow.own).map(|(c, a)| c * c / a).sum::<f64>();
        arrow.schur = block_own - solved;
        arrow.block_slope = block_slope;
        arrow
    }

    /// The conditional modes of both levels with their standard deviations.
    fn intercepts(&self, at: &[f64], inner: &Level, outer: Option<&Level>) -> Vec<Intercepts> {
        let (sd, sd_outer) = self.deviations(at);
        let base: Vec<f64> = (0..self.counts.count.len())
            .map(|row| linear(self.design, row, &at[..self.design.width]))
            .collect();
        let mut groups = vec![(0.0, 0.0); self.tree.inner.len()];
        let mut blocks = Vec::with_capacity(self.tree.blocks.len());
        for (at, block) in self.tree.blocks.iter().enumerate() {
            let Some(mode) = self.mode(at, &base, sd, sd_outer) else { continue };
            for (place, group) in block.iter().enumerate() {
                let lever = mode.cross[place] / mode.own[place];
                let variance = 1.0 / mode.own[place] + lever * lever / mode.schur;
                groups[*group] = (sd * mode.u[place], sd * variance.sqrt());
            }
            blocks.push((sd_outer * mode.v, sd_outer / mode.schur.sqrt()));
        }
        let named = |names: &[String], values: Vec<(f64, f64)>| {
            names.iter().cloned().zip(values).map(|(name, (mode, sd))| (name, mode, sd)).collect()
        };
        let mut levels = vec![Intercepts {
            level: inner.name.clone(),
            sd,
            groups: named(&self.tree.inner, groups),
        }];
        if let Some(outer) = outer {
            levels.push(Intercepts {
                level: outer.name.clone(),
                sd: sd_outer,
                groups: named(&self.tree.outer, blocks),
            });
        }
        levels
    }
}

/// Slope and curvature of a block: a diagonal for the groups, a row for the block.
#[derive(Default)]
struct Arrow {
    slope: Vec<f64>,
    own: Vec<f64>,
    cross: Vec<f64>,
    block_slope: f64,
    schur: f64,
}

impl Arrow {
    fn step(&self) -> (f64, Vec<f64>) {
        let groups = || self.own.iter().zip(&self.cross).zip(&self.slope);
        let moved: f64 = groups().map(|((own, cross), slope)| cross * slope / own).sum();
        let dv = (self.block_slope - moved) / self.schur;
        (dv, groups().map(|((own, cross), slope)| (slope - cross * dv) / own).collect())
    }
}
