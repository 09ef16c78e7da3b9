//! A small linear program solved for many objectives: `max g'y` over `g >= 0`, `X'g = 0`, `s'g = 1`.
//!
//! The set of `g` stays, so that each solution starts from the last one (primal simplex on a dense
//! tableau; Bland's rule against cycling, since most right-hand sides are 0).

use crate::fault::Fault;

const ZERO: f64 = 1e-9;

/// The feasible set with a current basis.
#[derive(Debug, Clone)]
pub(super) struct Program {
    /// Constraint rows in the current basis, right-hand side last.
    rows: Vec<Vec<f64>>,
    /// Basic variable of each row.
    basis: Vec<usize>,
    variables: usize,
}

impl Program {
    /// `constraints` are the columns of `X`, each with one number per variable; `scale` is `s`.
    ///
    /// # Errors
    ///
    /// No `g` fulfils the constraints.
    pub(super) fn new(constraints: &[Vec<f64>], scale: &[f64]) -> Result<Self, Fault> {
        let (variables, count) = (scale.len(), constraints.len() + 1);
        let mut rows: Vec<Vec<f64>> = Vec::with_capacity(count);
        for (at, row) in constraints.iter().chain([&scale.to_vec()]).enumerate() {
            let mut full = row.clone();
            full.extend((0..count).map(|other| if other == at { 1.0 } else { 0.0 }));
            full.push(if at + 1 == count { 1.0 } else { 0.0 });
            rows.push(full);
        }
        let mut program = Self { rows, basis: (variables..variables + count).collect(), variables };
        // First the artificial variables go.
        let mut objective = vec![0.0; variables];
        objective.extend(vec![-1.0; count]);
        if program.maximise(&objective)? < -ZERO {
            return Err(Fault::not_identified(
                "De voorwaarden aan het verloop zijn met deze perioden niet te toetsen.",
            ));
        }
        program.drop_artificial();
        Ok(program)
    }

    /// The largest `g'objective` with the `g` that attains it.
    pub(super) fn solve(&mut self, objective: &[f64]) -> Result<(f64, Vec<f64>), Fault> {
        let value = self.maximise(objective)?;
        let mut point = vec![0.0; self.variables];
        for (row, &variable) in self.rows.iter().zip(&self.basis) {
            point[variable] = row.last().copied().unwrap_or(0.0).max(0.0);
        }
        Ok((value, point))
    }

    fn maximise(&mut self, objective: &[f64]) -> Result<f64, Fault> {
        let scale = objective.iter().fold(0.0, |largest: f64, it| largest.max(it.abs()));
        let width = objective.len();
        let mut reduced = vec![0.0; width];
        let limit = 200 * (width + self.rows.len());
        for iteration in 0..limit {
            reduced.copy_from_slice(objective);
            for (row, &variable) in self.rows.iter().zip(&self.basis) {
                let cost = objective[variable];
                if cost != 0.0 {
                    reduced.iter_mut().zip(row).for_each(|(it, value)| *it -= cost * value);
                }
            }
            let gain = |it: &usize| reduced[*it] > ZERO * scale;
            // The steepest first; when that takes long the first one (Bland), which cannot cycle.
            let entering = if iteration < limit / 4 {
                (0..width).filter(gain).max_by(|a, b| reduced[*a].total_cmp(&reduced[*b]))
            } else {
                (0..width).find(gain)
            };
            let Some(entering) = entering else {
                let last = |row: &Vec<f64>| row.last().copied().unwrap_or(0.0);
                let rows = self.rows.iter().zip(&self.basis);
                return Ok(rows.map(|(row, it)| objective[*it] * last(row)).sum());
            };
            let Some(leaving) = self.leaving(entering) else { break };
            self.pivot(leaving, entering);
        }
        Err(Fault::NotConverged { method: "Het lineaire programma".to_owned(), iterations: limit })
    }

    /// The row with the smallest ratio; among equals the one with the first variable (Bland).
    fn leaving(&self, entering: usize) -> Option<usize> {
        let mut best: Option<(f64, usize)> = None;
        for (at, row) in self.rows.iter().enumerate() {
            if row[entering] <= ZERO {
                continue;
            }
            let ratio = row.last().copied().unwrap_or(0.0) / row[entering];
            let better = match best {
                None => true,
                Some((least, other)) => {
                    ratio < least - 1e-12
                        || (ratio <= least + 1e-12 && self.basis[at] < self.basis[other])
                }
            };
            if better {
                best = Some((ratio, at));
            }
        }
        best.map(|it| it.1)
    }

    fn pivot(&mut self, leaving: usize, entering: usize) {
        let factor = 1.0 / self.rows[leaving][entering];
        self.rows[leaving].iter_mut().for_each(|it| *it *= factor);
        let pivot = self.rows[leaving].clone();
        for (at, row) in self.rows.iter_mut().enumerate() {
            let factor = row[entering];
            if at != leaving && factor != 0.0 {
                row.iter_mut().zip(&pivot).for_each(|(it, value)| *it -= factor * value);
                row[entering] = 0.0;
            }
        }
        self.basis[leaving] = entering;
    }

    /// Pivots artificial variables out; a row that has nothing else says nothing and goes.
    fn drop_artificial(&mut self) {
        let mut at = 0;
        while at < self.rows.len() {
            if self.basis[at] >= self.variables {
                match (0..self.variables).find(|it| self.rows[at][*it].abs() > ZERO) {
                    Some(entering) => self.pivot(at, entering),
                    None => {
                        self.rows.remove(at);
                        self.basis.remove(at);
                        continue;
                    }
                }
            }
            at += 1;
        }
        for row in &mut self.rows {
            let right = row.pop().unwrap_or(0.0);
            row.truncate(self.variables);
            row.push(right);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against all vertices: `g1 + g2 + g3 = 1`, `g1 = g2`.
    #[test]
    fn the_best_vertex_is_found_for_one_objective_after_another() {
        let mut program = Program::new(&[vec![1.0, -1.0, 0.0]], &[1.0, 1.0, 1.0]).unwrap();
        for (objective, value, point) in [
            ([1.0, 2.0, 0.0], 1.5, [0.5, 0.5, 0.0]),
            ([1.0, 2.0, 4.0], 4.0, [0.0, 0.0, 1.0]),
            ([-1.0, -2.0, -3.0], -1.5, [0.5, 0.5, 0.0]),
        ] {
            assert_eq!(program.solve(&objective).unwrap(), (value, point.to_vec()));
        }
        assert!(Program::new(&[vec![1.0, 1.0]], &[1.0, 1.0]).is_err());
    }
}
