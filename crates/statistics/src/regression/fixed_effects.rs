//! Takes any number of fixed effects out of columns, exactly or to a tolerance.
//!
//! Frisch, Waugh and Lovell: the coefficients of a regression with fixed effects are those of the
//! regression of the demeaned outcome on the demeaned regressors. The effect with the most levels
//! (the units) is concentrated out exactly; what remains is a system in the levels of the other
//! effects (the periods), `S b = r` with `S = D2'W(I - P1)D2`. Is it small, it is solved at once;
//! otherwise by conjugate gradients, which is alternating projections with the best possible
//! acceleration (Correia 2016, "A feasible estimator for linear models with multi-way fixed
//! effects"; Gaure 2013, doi 10.1016/j.csda.2013.03.024). Memory is that of the columns plus one
//! number per level.

use std::borrow::Cow;

use faer::Mat;
use rayon::prelude::*;

use super::layout::{Layout, levels};
use crate::fault::Fault;
use crate::linear;

/// Up to this many levels beside the main effect the system is solved at once.
const DENSE: usize = 500;

/// How to stop the iterations that three or more effects, or two large ones, need.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Precision {
    /// Largest remaining group mean, relative to the size of the column.
    pub tolerance: f64,
    /// Largest number of iterations.
    pub iterations: usize,
}

impl Default for Precision {
    fn default() -> Self {
        Self { tolerance: 1e-9, iterations: 20_000 }
    }
}

/// Takes fixed effects out of columns.
///
/// ```
/// use statistics::regression::fixed_effects::{Absorber, Precision};
/// let (unit, period) = ([0, 0, 1, 1], [0, 1, 0, 1]);
/// let absorber = Absorber::new(&[&unit, &period], None, Precision::default())?;
/// let mut column = [0.0, 0.0, 0.0, 1.0];
/// absorber.demean(&mut column)?;
/// assert_eq!(column, [0.25, -0.25, -0.25, 0.25]);
/// # Ok::<(), statistics::fault::Fault>(())
/// ```
#[derive(Debug, Clone)]
pub struct Absorber<'a> {
    layout: Layout<'a>,
    effects: usize,
    weight: Option<Cow<'a, [f64]>>,
    /// Weight of each level of the other effects.
    mass: Vec<f64>,
    /// Pseudo-inverse of `S`, when it is small.
    inverse: Option<Mat<f64>>,
    precision: Precision,
}

impl<'a> Absorber<'a> {
    /// Prepares the effects, each a code per row counted from 0; `weight` per row or none.
    ///
    /// # Errors
    ///
    /// No effects, no rows, or columns of different length.
    pub fn new(
        effects: &[&'a [u32]],
        weight: Option<&'a [f64]>,
        precision: Precision,
    ) -> Result<Self, Fault> {
        let rows = effects.first().map_or(0, |it| it.len());
        if rows == 0 {
            return Err(Fault::Empty { of: "de vaste effecten".to_owned() });
        }
        let lengths = effects.iter().map(|it| it.len()).chain(weight.map(<[f64]>::len));
        if let Some(found) = lengths.into_iter().find(|it| *it != rows) {
            let column = "vast effect of gewicht".to_owned();
            return Err(Fault::Length { column, expected: rows, found });
        }
        let layout = Layout::new(effects)?;
        let mut it = Self {
            effects: effects.len(),
            mass: Vec::new(),
            weight: None,
            inverse: None,
            precision,
            layout,
        };
        it.reweigh(weight);
        Ok(it)
    }

    /// Takes other weights, as every step of an iterated regression does.
    pub fn reweigh(&mut self, weight: Option<&'a [f64]>) {
        self.weight = weight.map(|it| self.layout.ordered(it));
        self.prepare();
    }

    /// [`Absorber::reweigh`] with weights that the absorber keeps itself.
    pub fn reweigh_owned(&mut self, weight: &[f64]) {
        self.weight = Some(Cow::Owned(self.layout.ordered(weight).into_owned()));
        self.prepare();
    }

    fn prepare(&mut self) {
        let mut mass = vec![0.0; self.layout.size];
        for other in &self.layout.others {
            for (place, code) in other.codes.iter().enumerate() {
                mass[other.offset + *code as usize] += self.weight_at(place);
            }
        }
        self.mass = mass;
        self.inverse = self.affordable().then(|| pseudo_inverse(&self.system()));
    }

    fn weight_at(&self, place: usize) -> f64 {
        self.weight.as_deref().map_or(1.0, |it| it[place])
    }

    /// Whether the system in the other effects is small enough to solve at once.
    fn affordable(&self) -> bool {
        let (layout, kinds) = (&self.layout, self.layout.others.len());
        if layout.size == 0 || layout.size > DENSE {
            return false;
        }
        let mut cost = 0;
        for group in 0..layout.groups() {
            if !self.repeats(group) {
                let long = layout.places(group).len() * kinds;
                cost += long * long;
            }
        }
        cost <= 100 * layout.starts[layout.groups()] as usize + 10_000_000
    }

    /// Whether a group has the codes of the group before it, as in a balanced panel.
    fn repeats(&self, group: usize) -> bool {
        group > 0 && self.weight.is_none() && {
            let (own, before) = (self.layout.places(group), self.layout.places(group - 1));
            let others = &self.layout.others;
            own.len() == before.len()
                && others.iter().all(|it| it.codes[own.clone()] == it.codes[before.clone()])
        }
    }

    /// `S = D2'W(I - P1)D2`, added up per group so that what cancels, cancels exactly.
    fn system(&self) -> Mat<f64> {
        let size = self.layout.size;
        let mut system = Mat::zeros(size, size);
        let mut group = 0;
        while group < self.layout.groups() {
            let mut times = 1;
            while group + times < self.layout.groups() && self.repeats(group + times) {
                times += 1;
            }
            self.add_group(group, times as f64, &mut system);
            group += times;
        }
        system
    }

    fn add_group(&self, group: usize, times: f64, system: &mut Mat<f64>) {
        let places = self.layout.places(group);
        let total: f64 = places.clone().map(|it| self.weight_at(it)).sum();
        if total <= 0.0 {
            return;
        }
        let others = &self.layout.others;
        for first in places.clone() {
            let own = self.weight_at(first);
            for second in places.clone() {
                let both = own * self.weight_at(second) / total;
                let value = times * if first == second { own - both } else { -both };
                for one in others {
                    let row = one.offset + one.codes[first] as usize;
                    for two in others {
                        system[(row, two.offset + two.codes[second] as usize)] += value;
                    }
                }
            }
        }
    }

    /// Number of effects.
    pub fn effects(&self) -> usize {
        self.effects
    }

    /// Replaces `values` (one per row) by what the effects do not explain.
    ///
    /// # Errors
    ///
    /// The iterations did not reach the tolerance.
    pub fn demean(&self, values: &mut [f64]) -> Result<(), Fault> {
        self.layout.in_order(values, |values| {
            let (right, scale) = self.centre(values);
            if self.layout.size > 0 {
                let solution = self.solve_others(&right, scale)?;
                self.take_out(&solution, values);
            }
            Ok(())
        })
    }

    /// The coefficients of `values` on all effects, in the order of the effects; a level that
    /// does not occur, or that earlier levels already span, has 0.
    ///
    /// With two or more effects only sums within a connected set of levels are identified.
    ///
    /// # Errors
    ///
    /// The iterations did not reach the tolerance.
    pub fn coefficients(&self, values: &[f64]) -> Result<Vec<Vec<f64>>, Fault> {
        let mut sums = vec![0.0; self.layout.groups()];
        let mut centred = self.layout.ordered(values).into_owned();
        for (group, sum) in sums.iter_mut().enumerate() {
            *sum = self.layout.places(group).map(|it| self.weight_at(it) * centred[it]).sum();
        }
        let (right, scale) = self.centre(&mut centred);
        let others = self.solve_others(&right, scale)?;
        Ok(self.separate(&sums, &others))
    }

    /// Solves `D'W D a = right` for a right-hand side given per effect and level.
    ///
    /// # Errors
    ///
    /// A right-hand side of the wrong length, or iterations that did not reach the tolerance.
    pub fn solve(&self, right: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, Fault> {
        let layout = &self.layout;
        let size = layout.others.iter().map(|it| right.get(it.effect).map_or(0, Vec::len)).sum();
        let found = right.get(layout.main).map_or(0, Vec::len);
        if found != layout.groups() || layout.size != size {
            let (column, expected) = ("rechterlid".to_owned(), layout.groups() + layout.size);
            return Err(Fault::Length { column, expected, found: found + size });
        }
        let main = &right[layout.main];
        let mut rest: Vec<f64> =
            layout.others.iter().flat_map(|it| right[it.effect].iter().copied()).collect();
        let scale: f64 = rest.iter().zip(&self.mass).map(|(r, m)| r * r / m.max(1e-300)).sum();
        for (group, sum) in main.iter().enumerate() {
            let mean = sum / self.total(group).max(f64::MIN_POSITIVE);
            for other in &layout.others {
                for place in layout.places(group) {
                    let level = other.offset + other.codes[place] as usize;
                    rest[level] -= self.weight_at(place) * mean;
                }
            }
        }
        let others = self.solve_others(&rest, scale.max(1e-300))?;
        Ok(self.separate(main, &others))
    }

    fn total(&self, group: usize) -> f64 {
        match &self.weight {
            None => self.layout.places(group).len() as f64,
            Some(weight) => weight[self.layout.places(group)].iter().sum(),
        }
    }

    /// The coefficients per effect from the sums of the main effect and the solved others.
    fn separate(&self, sums: &[f64], others: &[f64]) -> Vec<Vec<f64>> {
        let layout = &self.layout;
        let mut all = vec![Vec::new(); self.effects];
        all[layout.main] = (0..layout.groups())
            .map(|group| {
                let fitted: f64 = layout
                    .places(group)
                    .map(|place| self.weight_at(place) * self.fitted(others, place))
                    .sum();
                let total = self.total(group);
                if total > 0.0 { (sums[group] - fitted) / total } else { 0.0 }
            })
            .collect();
        for (at, other) in layout.others.iter().enumerate() {
            let end = layout.others.get(at + 1).map_or(layout.size, |it| it.offset);
            all[other.effect] = others[other.offset..end].to_vec();
        }
        all
    }

    fn fitted(&self, others: &[f64], place: usize) -> f64 {
        self.layout.others.iter().map(|it| others[it.offset + it.codes[place] as usize]).sum()
    }

    /// Leverage of the effects per row: the diagonal of `W D (D'W D)^+ D'`.
    ///
    /// # Errors
    ///
    /// There are too many levels beside the main effect to solve the system at once.
    pub fn leverage(&self) -> Result<Vec<f64>, Fault> {
        let layout = &self.layout;
        if layout.size > 0 && self.inverse.is_none() {
            return Err(Fault::not_identified(format!(
                "De hefboom (leverage) van de rijen is met {} niveaus in de kleinere vaste effecten \
                 niet uit te rekenen; HC2 en HC3 kunnen hier niet. Kies standaardfouten per cluster.",
                layout.size
            )));
        }
        let mut leverage = vec![0.0; layout.starts[layout.groups()] as usize];
        for group in 0..layout.groups() {
            let total = self.total(group);
            if total > 0.0 {
                self.group_leverage(group, total, &mut leverage);
            }
        }
        if let Some(order) = &layout.order {
            let mut rows = vec![0.0; leverage.len()];
            for (place, row) in order.iter().enumerate() {
                rows[*row as usize] = leverage[place];
            }
            leverage = rows;
        }
        Ok(leverage)
    }

    fn group_leverage(&self, group: usize, total: f64, leverage: &mut [f64]) {
        let layout = &self.layout;
        let places = layout.places(group);
        let levels =
            |place: usize| layout.others.iter().map(move |it| it.offset + it.codes[place] as usize);
        // S^+ times the mean of the group's rows, and that mean's own quadratic form.
        let mut mean = vec![0.0; layout.size];
        let mut square = 0.0;
        if let Some(inverse) = &self.inverse {
            for (place, level) in places.clone().flat_map(|it| levels(it).map(move |at| (it, at))) {
                let share = self.weight_at(place) / total;
                mean.iter_mut()
                    .enumerate()
                    .for_each(|(at, it)| *it += share * inverse[(at, level)]);
            }
            for (place, level) in places.clone().flat_map(|it| levels(it).map(move |at| (it, at))) {
                square += self.weight_at(place) / total * mean[level];
            }
        }
        for place in places {
            let mut own = 1.0 / total + square;
            for one in levels(place) {
                own -= 2.0 * mean[one];
                if let Some(inverse) = &self.inverse {
                    own += levels(place).map(|two| inverse[(one, two)]).sum::<f64>();
                }
            }
            leverage[place] = self.weight_at(place) * own;
        }
    }

    /// Takes the mean of its group from each value; returns what the other effects still see in
    /// it (`D2'W v`) and its weighted sum of squares.
    fn centre(&self, values: &mut [f64]) -> (Vec<f64>, f64) {
        let parts = self.split(values);
        let sums: Vec<(Vec<f64>, f64)> = parts
            .into_par_iter()
            .map(|(chunk, values)| match self.weight.as_deref() {
                None => self.centre_chunk(chunk, values, |_| 1.0),
                Some(weight) => self.centre_chunk(chunk, values, |place| weight[place]),
            })
            .collect();
        let mut right = vec![0.0; self.layout.size];
        let mut scale = 0.0;
        for (sum, square) in sums {
            right.iter_mut().zip(sum).for_each(|(all, one)| *all += one);
            scale += square;
        }
        (right, scale)
    }

    fn centre_chunk(
        &self,
        chunk: usize,
        values: &mut [f64],
        weight: impl Fn(usize) -> f64,
    ) -> (Vec<f64>, f64) {
        let layout = &self.layout;
        let mut sums = vec![0.0; layout.size];
        let mut square = 0.0;
        let first = layout.starts[layout.chunks[chunk].start] as usize;
        for group in layout.chunks[chunk].clone() {
            let places = layout.places(group);
            let own = &mut values[places.start - first..places.end - first];
            let (mut total, mut sum) = (0.0, 0.0);
            for (place, value) in places.clone().zip(own.iter()) {
                total += weight(place);
                sum += weight(place) * value;
            }
            let mean = if total > 0.0 { sum / total } else { 0.0 };
            for (place, value) in places.clone().zip(own.iter_mut()) {
                *value -= mean;
                square += weight(place) * *value * *value;
            }
            for other in &layout.others {
                let codes = &other.codes[places.clone()];
                for ((place, code), value) in places.clone().zip(codes).zip(own.iter()) {
                    sums[other.offset + *code as usize] += weight(place) * value;
                }
            }
        }
        (sums, square)
    }

    /// Takes the fitted other effects, themselves centred per group, from `values`.
    fn take_out(&self, solution: &[f64], values: &mut [f64]) {
        self.split(values).into_par_iter().for_each(|(chunk, values)| {
            let layout = &self.layout;
            let first = layout.starts[layout.chunks[chunk].start] as usize;
            for group in layout.chunks[chunk].clone() {
                let places = layout.places(group);
                let mean = self.mean_fitted(solution, group);
                let own = &mut values[places.start - first..places.end - first];
                for (place, value) in places.zip(own) {
                    *value -= self.fitted(solution, place) - mean;
                }
            }
        });
    }

    fn mean_fitted(&self, solution: &[f64], group: usize) -> f64 {
        let (mut total, mut sum) = (0.0, 0.0);
        for place in self.layout.places(group) {
            let weight = self.weight_at(place);
            total += weight;
            sum += weight * self.fitted(solution, place);
        }
        if total > 0.0 { sum / total } else { 0.0 }
    }

    /// Each chunk with its own part of `values`.
    fn split<'v>(&self, mut values: &'v mut [f64]) -> Vec<(usize, &'v mut [f64])> {
        let layout = &self.layout;
        let mut parts = Vec::with_capacity(layout.chunks.len());
        for (at, chunk) in layout.chunks.iter().enumerate() {
            let long = (layout.starts[chunk.end] - layout.starts[chunk.start]) as usize;
            let (own, rest) = values.split_at_mut(long);
            parts.push((at, own));
            values = rest;
        }
        parts
    }

    /// Solves `S b = right`; `scale` is the sum of squares to which the tolerance relates.
    fn solve_others(&self, right: &[f64], scale: f64) -> Result<Vec<f64>, Fault> {
        match &self.inverse {
            _ if right.is_empty() => Ok(Vec::new()),
            Some(inverse) => Ok((0..right.len())
                .map(|row| (0..right.len()).map(|at| inverse[(row, at)] * right[at]).sum())
                .collect()),
            None => self.conjugate_gradients(right, scale),
        }
    }

    /// Conjugate gradients on `S b = right` with the diagonal as preconditioner.
    fn conjugate_gradients(&self, right: &[f64], scale: f64) -> Result<Vec<f64>, Fault> {
        let size = right.len();
        let by_mass = |residual: &[f64], out: &mut [f64]| {
            for ((it, value), mass) in out.iter_mut().zip(residual).zip(&self.mass) {
                *it = if *mass > 0.0 { value / mass } else { 0.0 };
            }
        };
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let (mut solution, mut residual) = (vec![0.0; size], right.to_vec());
        let (mut scaled, mut product) = (vec![0.0; size], vec![0.0; size]);
        let mut sums = vec![vec![0.0; size]; self.layout.chunks.len()];
        by_mass(&residual, &mut scaled);
        let mut direction = scaled.clone();
        let mut square = dot(&residual, &scaled);
        let enough = self.precision.tolerance.powi(2) * scale;
        for _ in 0..self.precision.iterations {
            if square <= enough {
                return Ok(solution);
            }
            self.apply(&direction, &mut product, &mut sums);
            let curvature = dot(&direction, &product);
            if curvature <= 0.0 {
                return Ok(solution);
            }
            let step = square / curvature;
            for at in 0..size {
                solution[at] += step * direction[at];
                residual[at] -= step * product[at];
            }
            by_mass(&residual, &mut scaled);
            let next = dot(&residual, &scaled);
            let keep = next / square;
            for (it, scaled) in direction.iter_mut().zip(&scaled) {
                *it = scaled + keep * *it;
            }
            square = next;
        }
        let method = "Het uitmiddelen van de vaste effecten".to_owned();
        Err(Fault::NotConverged { method, iterations: self.precision.iterations })
    }

    /// `product = S direction`, with one vector of sums per chunk.
    fn apply(&self, direction: &[f64], product: &mut [f64], sums: &mut [Vec<f64>]) {
        let layout = &self.layout;
        sums.par_iter_mut().zip(&layout.chunks).for_each(|(sums, chunk)| {
            sums.fill(0.0);
            if let ([other], None) = (&layout.others[..], &self.weight) {
                for group in chunk.clone() {
                    let codes = &other.codes[layout.places(group)];
                    let sum: f64 = codes.iter().map(|code| direction[*code as usize]).sum();
                    let mean = sum / codes.len().max(1) as f64;
                    for code in codes {
                        sums[*code as usize] += direction[*code as usize] - mean;
                    }
                }
                return;
            }
            for group in chunk.clone() {
                let mean = self.mean_fitted(direction, group);
                for place in layout.places(group) {
                    let value = self.weight_at(place) * (self.fitted(direction, place) - mean);
                    for other in &layout.others {
                        sums[other.offset + other.codes[place] as usize] += value;
                    }
                }
            }
        });
        product.par_iter_mut().enumerate().for_each(|(at, it)| {
            *it = sums.iter().map(|sums| sums[at]).sum();
        });
    }
}

/// Inverse on the independent levels, zero on the others.
fn pseudo_inverse(system: &Mat<f64>) -> Mat<f64> {
    let kept = linear::independent_columns(system.as_ref(), 1e-11);
    let part = Mat::from_fn(kept.len(), kept.len(), |row, at| system[(kept[row], kept[at])]);
    let mut all = Mat::zeros(system.nrows(), system.nrows());
    if let Ok(inverse) = linear::inverse(part.as_ref()) {
        for (row, to) in kept.iter().enumerate() {
            for (at, column) in kept.iter().enumerate() {
                all[(*to, *column)] = inverse[(row, at)];
            }
        }
    }
    all
}

/// Number of levels that occur.
pub fn occurring(codes: &[u32]) -> usize {
    let mut seen = vec![false; levels(codes)];
    codes.iter().for_each(|code| seen[*code as usize] = true);
    seen.iter().filter(|it| **it).count()
}

/// The connected set (counted from 0) of each level of `first`, over the levels of `second`; a
/// level that does not occur is a set of its own.
///
/// Two effects are identified together only within one set.
pub fn connected(first: &[u32], second: &[u32]) -> Vec<u32> {
    let (left, right) = (levels(first), levels(second));
    let mut parent: Vec<usize> = (0..left + right).collect();
    for (a, b) in first.iter().zip(second) {
        let (a, b) = (root(&mut parent, *a as usize), root(&mut parent, left + *b as usize));
        parent[a.max(b)] = a.min(b);
    }
    let mut number = vec![u32::MAX; left + right];
    let mut next = 0;
    (0..left)
        .map(|level| {
            let root = root(&mut parent, level);
            if number[root] == u32::MAX {
                number[root] = next;
                next += 1;
            }
            number[root]
        })
        .collect()
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}
