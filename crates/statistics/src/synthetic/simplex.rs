//! Least squares over the simplex: weights that are not negative and sum to one, exactly.
//!
//! A primal active-set method on the Gram matrix: the constrained sibling of the non-negative
//! least squares of Lawson & Hanson (1974), *Solving Least Squares Problems*, chapter 23, with the
//! factor of the support kept up to date as variables come and go. It ends at the optimum, not near
//! it, which is where it differs from the Frank-Wolfe steps of other programs.

use crate::fault::Fault;

/// Minimise `w'(G + diag(ridge))w / 2 - c'w` over `w >= 0`, `sum(w) = 1`.
///
/// `G = A'A` and `c = A'b` make it least squares of `b` on the columns of `A`.
#[derive(Debug, Clone, Copy)]
pub struct Problem<'a> {
    /// The Gram matrix `G`, `n` by `n`, row by row.
    pub gram: &'a [f64],
    /// The vector `c` of length `n`.
    pub linear: &'a [f64],
    /// Ridge of each variable; an infinite one keeps the variable at zero.
    pub ridge: &'a [f64],
}

/// The work space of the solver, to be used for many problems.
#[derive(Debug, Clone, Default)]
pub struct Solver {
    weight: Vec<f64>,
    support: Vec<usize>,
    inside: Vec<bool>,
    barred: Vec<bool>,
    /// Lower triangle of the Cholesky factor of the support, packed row by row.
    factor: Vec<f64>,
    /// The factor's forward solution of `c`, and of ones, on the support.
    forward: [Vec<f64>; 2],
    target: Vec<f64>,
    gradient: Vec<f64>,
    rotation: Vec<(f64, f64)>,
    lift: f64,
    scale: f64,
}

/// Weights on `columns` that sum to one, come closest to `target` and are not negative.
///
/// `ridge` is the penalty on the sum of squared weights. The columns have the length of `target`.
///
/// # Errors
///
/// No columns, a column of another length, a value that is not finite.
///
/// # Example
///
/// ```
/// use statistics::synthetic::simplex::least_squares;
///
/// // A target halfway between two donors.
/// let donors = [vec![0.0, 0.0], vec![2.0, 4.0], vec![9.0, -9.0]];
/// let weights = least_squares(&donors, &[1.0, 2.0], 0.0)?;
/// assert!((weights[0] - 0.5).abs() < 1e-12 && weights[2] == 0.0);
/// # Ok::<(), statistics::fault::Fault>(())
/// ```
pub fn least_squares(columns: &[Vec<f64>], target: &[f64], ridge: f64) -> Result<Vec<f64>, Fault> {
    check(columns, target)?;
    let size = columns.len();
    // The weights sum to one, so that a row's own level does not matter: take it off, and scale.
    let mut rows: Vec<Vec<f64>> = Vec::with_capacity(size + 1);
    let level: Vec<f64> = (0..target.len())
        .map(|row| columns.iter().map(|column| column[row] / size as f64).sum())
        .collect();
    for column in columns.iter().map(Vec::as_slice).chain([target]) {
        rows.push(column.iter().zip(&level).map(|(value, level)| value - level).collect());
    }
    let largest = rows.iter().flatten().fold(0.0_f64, |most, value| most.max(value.abs()));
    let scale = if largest > 0.0 { largest } else { 1.0 };
    rows.iter_mut().flatten().for_each(|value| *value /= scale);
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let gram: Vec<f64> =
        (0..size * size).map(|at| dot(&rows[at / size], &rows[at % size])).collect();
    let linear: Vec<f64> = rows[..size].iter().map(|row| dot(row, &rows[size])).collect();
    let ridge = vec![ridge / scale / scale; size];
    let mut solver = Solver::default();
    Ok(solver.solve(Problem { gram: &gram, linear: &linear, ridge: &ridge }, &[])?.to_vec())
}

impl Solver {
    /// The weights of `problem`, from the vertex that fits best or from equal weights on `start`.
    ///
    /// # Errors
    ///
    /// No variable that may have weight; no optimum within the steps that rounding can explain.
    pub fn solve(&mut self, problem: Problem<'_>, start: &[usize]) -> Result<&[f64], Fault> {
        self.prepare(problem, start)?;
        let most = 200 + 20 * problem.linear.len();
        for _ in 0..most {
            self.equality_solution();
            if self.step_was_blocked() {
                continue;
            }
            self.barred.fill(false);
            self.update_gradient(problem);
            if !self.widen(problem) {
                self.polish();
                return if self.weight.iter().all(|it| it.is_finite()) {
                    Ok(&self.weight)
                } else {
                    Err(not_converged(most))
                };
            }
        }
        Err(not_converged(most))
    }

    /// Positions of the variables with weight, in the order in which they came.
    pub fn support(&self) -> &[usize] {
        &self.support
    }

    fn prepare(&mut self, problem: Problem<'_>, start: &[usize]) -> Result<(), Fault> {
        let size = problem.linear.len();
        for buffer in [&mut self.weight, &mut self.gradient] {
            buffer.clear();
            buffer.resize(size, 0.0);
        }
        for flags in [&mut self.inside, &mut self.barred] {
            flags.clear();
            flags.resize(size, false);
        }
        self.support.clear();
        self.factor.clear();
        self.forward.iter_mut().for_each(Vec::clear);
        let own = |at: usize| problem.gram[at * size + at] + problem.ridge[at];
        let free = || (0..size).filter(|at| problem.ridge[*at].is_finite());
        let (mut total, mut count, mut largest) = (0.0, 0_u32, 0.0_f64);
        for at in free() {
            total += own(at);
            count += 1;
            largest = largest.max(own(at)).max(problem.linear[at].abs());
        }
        let loss = |at: usize| own(at) / 2.0 - problem.linear[at];
        let Some(best) = free().min_by(|a, b| loss(*a).total_cmp(&loss(*b))) else {
            return Err(Fault::Empty { of: "de controlegroep".to_owned() });
        };
        // Adding a constant to every entry of the Gram matrix changes nothing on the simplex and
        // makes a support of one more variable than the rank of G solvable.
        self.lift = if total > 0.0 { total / f64::from(count) } else { 1.0 };
        self.scale = largest.max(self.lift);
        for &at in start {
            if problem.ridge[at].is_finite() && !self.inside[at] {
                self.append(problem, at);
            }
        }
        if self.support.is_empty() && !self.append(problem, best) {
            return Err(not_converged(0));
        }
        let share = 1.0 / self.support.len() as f64;
        self.support.iter().for_each(|&at| self.weight[at] = share);
        Ok(())
    }

    /// Adds variable `at` to the support, unless it depends on those already there.
    fn append(&mut self, problem: Problem<'_>, at: usize) -> bool {
        let (size, count) = (problem.linear.len(), self.support.len());
        let row = &problem.gram[at * size..][..size];
        let begin = self.factor.len();
        for position in 0..count {
            let known = &self.factor[position * (position + 1) / 2..][..=position];
            let done = dot(&known[..position], &self.factor[begin..]);
            let value = (row[self.support[position]] + self.lift - done) / known[position];
            self.factor.push(value);
        }
        let own = row[at] + problem.ridge[at] + self.lift;
        let added = &self.factor[begin..];
        let left = own - dot(added, added);
        // Also refuses what is not a number.
        if !left.is_finite() || left <= 1e-13 * own {
            self.factor.truncate(begin);
            return false;
        }
        let pivot = left.sqrt();
        let values = [problem.linear[at], 1.0];
        for (forward, value) in self.forward.iter_mut().zip(values) {
            let done = dot(&self.factor[begin..], forward);
            forward.push((value - done) / pivot);
        }
        self.factor.push(pivot);
        self.support.push(at);
        self.inside[at] = true;
        true
    }

    /// Takes the variable at `position` out of the support and restores the triangle.
    fn remove(&mut self, position: usize) {
        let count = self.support.len();
        self.rotation.clear();
        for old in position + 1..count {
            let (from, to) = (old * (old + 1) / 2, (old - 1) * old / 2);
            let mut left = self.factor[from + position];
            self.factor.copy_within(from..from + position, to);
            for (step, &(cos, sin)) in self.rotation.iter().enumerate() {
                let right = self.factor[from + position + step + 1];
                self.factor[to + position + step] = cos * left + sin * right;
                left = cos * right - sin * left;
            }
            let right = self.factor[from + old];
            let length = left.hypot(right);
            self.factor[to + old - 1] = length;
            self.rotation.push((left / length, right / length));
        }
        for forward in &mut self.forward {
            let mut left = forward[position];
            for (step, &(cos, sin)) in self.rotation.iter().enumerate() {
                let right = forward[position + step + 1];
                forward[position + step] = cos * left + sin * right;
                left = cos * right - sin * left;
            }
            forward.pop();
        }
        self.factor.truncate(count * (count - 1) / 2);
        let at = self.support.remove(position);
        self.inside[at] = false;
        self.weight[at] = 0.0;
    }

    /// The optimum over the support with only the sum fixed, into `target`.
    fn equality_solution(&mut self) {
        let [linear, ones] = &self.forward;
        let price = (dot(ones, linear) - 1.0) / dot(ones, ones);
        self.target.clear();
        self.target.extend(linear.iter().zip(ones).map(|(c, one)| c - price * one));
        back_substitute(&self.factor, &mut self.target);
    }

    /// Goes to `target`, or until the first weight is zero: that one leaves the support.
    fn step_was_blocked(&mut self) -> bool {
        let mut first: Option<(f64, usize)> = None;
        for (position, (&at, &target)) in self.support.iter().zip(&self.target).enumerate() {
            if target < 0.0 {
                let from = self.weight[at];
                let step = from / (from - target);
                if first.is_none_or(|(shortest, _)| step < shortest) {
                    first = Some((step, position));
                }
            }
        }
        let step = first.map_or(1.0, |(step, _)| step);
        for (&at, &target) in self.support.iter().zip(&self.target) {
            let weight = &mut self.weight[at];
            *weight = if first.is_some() {
                (*weight + step * (target - *weight)).max(0.0)
            } else {
                target
            };
        }
        let Some((_, position)) = first else { return false };
        // One that leaves without a step would come straight back.
        if step <= 0.0 {
            self.barred[self.support[position]] = true;
        }
        self.remove(position);
        true
    }

    /// `Gw - c` plus the price of the sum: zero on the support, not negative outside it at the end.
    fn update_gradient(&mut self, problem: Problem<'_>) {
        let size = problem.linear.len();
        for (gradient, linear) in self.gradient.iter_mut().zip(problem.linear) {
            *gradient = -linear;
        }
        for &at in &self.support {
            let weight = self.weight[at];
            let row = &problem.gram[at * size..][..size];
            for (gradient, value) in self.gradient.iter_mut().zip(row) {
                *gradient += weight * value;
            }
            self.gradient[at] += weight * problem.ridge[at];
        }
        let price: f64 = self.support.iter().map(|&at| -self.gradient[at]).sum::<f64>()
            / self.support.len() as f64;
        self.gradient.iter_mut().for_each(|gradient| *gradient += price);
    }

    /// Lets the variable in that promises most; false when none does.
    fn widen(&mut self, problem: Problem<'_>) -> bool {
        loop {
            let mut best: Option<(f64, usize)> = None;
            for (at, &gradient) in self.gradient.iter().enumerate() {
                let least = best.map_or(-1e-13 * self.scale, |(least, _)| least);
                if gradient < least
                    && !self.inside[at]
                    && !self.barred[at]
                    && problem.ridge[at].is_finite()
                {
                    best = Some((gradient, at));
                }
            }
            let Some((_, at)) = best else { return false };
            if self.append(problem, at) {
                return true;
            }
            self.barred[at] = true;
        }
    }

    /// One step of iterative refinement: rounding in the factor goes, the support stays.
    fn polish(&mut self) {
        let ones = &self.forward[1];
        self.target.clear();
        for (position, &at) in self.support.iter().enumerate() {
            let row = &self.factor[position * (position + 1) / 2..][..=position];
            let done = dot(&row[..position], &self.target);
            self.target.push((-self.gradient[at] - done) / row[position]);
        }
        let missing = 1.0 - self.support.iter().map(|&at| self.weight[at]).sum::<f64>();
        let price = (dot(ones, &self.target) - missing) / dot(ones, ones);
        for (value, one) in self.target.iter_mut().zip(ones) {
            *value -= price * one;
        }
        back_substitute(&self.factor, &mut self.target);
        let better = self.support.iter().zip(&self.target);
        if better.clone().all(|(&at, change)| self.weight[at] + change >= 0.0) {
            better.for_each(|(&at, change)| self.weight[at] += change);
        }
    }
}

/// Solves `L'x = b` in place for the packed lower triangle `L`.
fn back_substitute(factor: &[f64], vector: &mut [f64]) {
    for position in (0..vector.len()).rev() {
        let row = &factor[position * (position + 1) / 2..][..=position];
        let (before, rest) = vector.split_at_mut(position);
        let value = rest[0] / row[position];
        rest[0] = value;
        for (left, entry) in before.iter_mut().zip(row) {
            *left -= value * entry;
        }
    }
}

/// The inner product over the length of the shorter one, in four lanes.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let length = a.len().min(b.len());
    let (head_a, tail_a) = a[..length].as_chunks::<4>();
    let (head_b, tail_b) = b[..length].as_chunks::<4>();
    let mut lanes = [0.0; 4];
    for (a, b) in head_a.iter().zip(head_b) {
        for lane in 0..4 {
            lanes[lane] += a[lane] * b[lane];
        }
    }
    let tail: f64 = tail_a.iter().zip(tail_b).map(|(a, b)| a * b).sum();
    (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]) + tail
}

fn check(columns: &[Vec<f64>], target: &[f64]) -> Result<(), Fault> {
    if columns.is_empty() || target.is_empty() {
        return Err(Fault::Empty { of: "de controlegroep".to_owned() });
    }
    for (name, column) in columns
        .iter()
        .enumerate()
        .map(|(at, column)| (format!("donor {}", at + 1), column.as_slice()))
        .chain([("doel".to_owned(), target)])
    {
        if column.len() != target.len() {
            let (expected, found) = (target.len(), column.len());
            return Err(Fault::Length { column: name, expected, found });
        }
        if let Some(row) = column.iter().position(|value| !value.is_finite()) {
            return Err(Fault::NotFinite { column: name, row: row + 1, value: column[row] });
        }
    }
    Ok(())
}

fn not_converged(iterations: usize) -> Fault {
    Fault::NotConverged { method: "Het zoeken van de gewichten".to_owned(), iterations }
}
