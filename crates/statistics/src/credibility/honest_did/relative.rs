//! The conditional least-favourable interval under relative magnitudes.
//!
//! Andrews, I., Roth, J. & Pakes, A. (2023). Inference for linear conditional moment inequalities.
//! *Review of Economic Studies* 90(6), 2763-2791. <https://doi.org/10.1093/restud/rdad004>.
//! The restriction is a union over which move before the start was the largest, and its sign; in
//! each cell it is a set of linear inequalities, and the interval is the union over the cells.
//! Only the inequalities on the periods after are used (the default of the authors' package).

use faer::Mat;
use rand::RngExt as _;
use rayon::prelude::*;

use super::Options;
use super::program::Program;
use super::truncated::quantile;
use crate::credibility::event_study::EventStudy;
use crate::distribution::normal_quantile;
use crate::fault::Fault;
use crate::random::generator;

/// The interval for `weights' tau` when moves after are at most `bound` times the largest before.
pub(super) fn interval(
    study: &EventStudy,
    weights: &[f64],
    bound: f64,
    options: &Options,
) -> Result<(f64, f64), Fault> {
    let factor = study.factor()?;
    let cells: Vec<(usize, f64)> =
        (0..study.pre()).flat_map(|at| [(at, 1.0), (at, -1.0)]).collect();
    let intervals = cells
        .par_iter()
        .enumerate()
        .map(|(stream, &(largest, sign))| {
            let stream = u64::try_from(stream).unwrap_or(u64::MAX);
            let rows = inequalities(study, largest, sign, bound);
            Cell::new(study, weights, &rows, &factor, options, stream)?.interval()
        })
        .collect::<Result<Vec<_>, Fault>>()?;
    let ends = intervals.into_iter().flatten();
    ends.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).ok_or_else(|| {
        Fault::not_identified(format!(
            "Bij geen enkele waarde van het effect passen de gegevens bij hoogstens {bound} keer \
             het grootste verloop vooraf; neem een grotere grens."
        ))
    })
}

/// Rows `a` with `a' delta <= 0`: every move after is at most `bound` times move `largest` before
/// (counted from the oldest), which has `sign`.
fn inequalities(study: &EventStudy, largest: usize, sign: f64, bound: f64) -> Vec<Vec<f64>> {
    let (pre, size) = (study.pre(), study.pre() + study.post());
    // Position of a period in the coefficients; the base period has none.
    let add = |row: &mut [f64], period: usize, value: f64| {
        if period != pre {
            row[if period < pre { period } else { period - 1 }] += value;
        }
    };
    let mut rows = Vec::with_capacity(2 * study.post());
    for after in pre..size {
        for direction in [1.0, -1.0] {
            let mut row = vec![0.0; size];
            add(&mut row, after + 1, direction);
            add(&mut row, after, -direction);
            add(&mut row, largest + 1, -bound * sign);
            add(&mut row, largest, bound * sign);
            rows.push(row);
        }
    }
    rows
}

/// The test of one value of the parameter in one cell.
struct Cell {
    program: Program,
    /// Inequalities at the estimates, and what one unit of the parameter takes from each.
    level: Vec<f64>,
    slope: Vec<f64>,
    covariance: Mat<f64>,
    /// Above this the value is rejected at once.
    critical: f64,
    /// Size left for the conditional test.
    size: f64,
    /// Estimate and standard error of the parameter.
    centre: (f64, f64),
}

impl Cell {
    fn new(
        study: &EventStudy,
        weights: &[f64],
        rows: &[Vec<f64>],
        factor: &Mat<f64>,
        options: &Options,
        stream: u64,
    ) -> Result<Self, Fault> {
        let (count, pre) = (rows.len(), study.pre());
        let covariance = Mat::from_fn(count, count, |a, b| study.product(&rows[a], &rows[b]));
        let scale: Vec<f64> = (0..count).map(|at| covariance[(at, at)].sqrt()).collect();
        // tau = parameter * e_k / l_k plus free directions e_j - (l_j / l_k) e_k.
        let pivot = (0..weights.len())
            .max_by(|a, b| weights[*a].abs().total_cmp(&weights[*b].abs()))
            .unwrap_or(0);
        let free = (0..weights.len()).filter(|it| *it != pivot).map(|it| {
            let ratio = weights[it] / weights[pivot];
            rows.iter().map(|row| row[pre + it] - ratio * row[pre + pivot]).collect()
        });
        let mut program = Program::new(&free.collect::<Vec<Vec<f64>>>(), &scale)?;
        let kappa = options.alpha / 10.0;
        let critical = least_favourable(&mut program, rows, factor, 1.0 - kappa, options, stream)?;
        let dot = |row: &Vec<f64>| row.iter().zip(study.estimates()).map(|(a, b)| a * b).sum();
        Ok(Self {
            program,
            level: rows.iter().map(dot).collect(),
            slope: rows.iter().map(|row| row[pre + pivot] / weights[pivot]).collect(),
            covariance,
            critical,
            size: (options.alpha - kappa) / (1.0 - kappa),
            centre: study.combination(&study.on_post(weights)?),
        })
    }

    fn at(&self, value: f64) -> Vec<f64> {
        self.level.iter().zip(&self.slope).map(|(level, slope)| level - value * slope).collect()
    }

    /// The lowest and highest value that is not rejected, if any is left.
    fn interval(mut self) -> Result<Option<(f64, f64)>, Fault> {
        let Some((low, high)) = self.bracket()? else { return Ok(None) };
        let Some(first) = self.outermost(low, high)? else { return Ok(None) };
        let last = self.outermost(high, low)?.unwrap_or(first);
        Ok(Some((first, last)))
    }

    /// Where the statistic is below the least-favourable critical value; it is convex in `value`.
    fn bracket(&mut self) -> Result<Option<(f64, f64)>, Fault> {
        let (estimate, error) = self.centre;
        let mut reach = error;
        let mut least = self.smallest(estimate, reach)?;
        while least.1 > self.critical && reach < 1e6 * error {
            reach *= 8.0;
            least = self.smallest(estimate, reach)?;
        }
        if least.1 > self.critical {
            return Ok(None);
        }
        let mut ends = [0.0; 2];
        for (end, direction) in ends.iter_mut().zip([-1.0, 1.0]) {
            let (mut inside, mut step) = (least.0, error);
            while step < 1e9 * error && self.statistic(inside + direction * step)? <= self.critical
            {
                inside += direction * step;
                step *= 2.0;
            }
            let mut outside = inside + direction * step;
            while (outside - inside).abs() > 1e-7 * error {
                let middle = f64::midpoint(inside, outside);
                if middle == inside || middle == outside {
                    break;
                }
                if self.statistic(middle)? <= self.critical {
                    inside = middle;
                } else {
                    outside = middle;
                }
            }
            *end = inside;
        }
        Ok(Some((ends[0], ends[1])))
    }

    /// A value within `reach` of `centre` where the statistic is (nearly) smallest.
    fn smallest(&mut self, centre: f64, reach: f64) -> Result<(f64, f64), Fault> {
        let (mut low, mut high) = (centre - reach, centre + reach);
        for _ in 0..60 {
            let (a, b) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
            let (at_a, at_b) = (self.statistic(a)?, self.statistic(b)?);
            if at_a.min(at_b) <= self.critical {
                return Ok(if at_a < at_b { (a, at_a) } else { (b, at_b) });
            }
            if at_a < at_b {
                high = b;
            } else {
                low = a;
            }
        }
        let middle = f64::midpoint(low, high);
        Ok((middle, self.statistic(middle)?))
    }

    /// The value nearest to `from` (going to `to`) that is not rejected.
    fn outermost(&mut self, from: f64, to: f64) -> Result<Option<f64>, Fault> {
        const POINTS: u32 = 200;
        let point = |at: u32| from + (to - from) * f64::from(at) / f64::from(POINTS);
        for at in 0..=POINTS {
            if self.rejects(point(at))? {
                continue;
            }
            if at == 0 {
                return Ok(Some(from));
            }
            let (mut outside, mut inside) = (point(at - 1), point(at));
            while (outside - inside).abs() > 1e-6 * self.centre.1 {
                let middle = f64::midpoint(inside, outside);
                if middle == inside || middle == outside {
                    break;
                }
                if self.rejects(middle)? {
                    outside = middle;
                } else {
                    inside = middle;
                }
            }
            return Ok(Some(inside));
        }
        Ok(None)
    }

    fn statistic(&mut self, value: f64) -> Result<f64, Fault> {
        let at = self.at(value);
        Ok(self.program.solve(&at)?.0)
    }

    /// The hybrid test: least-favourable first, then conditional on which vertex is best.
    fn rejects(&mut self, value: f64) -> Result<bool, Fault> {
        let y = self.at(value);
        let (statistic, vertex) = self.program.solve(&y)?;
        if statistic > self.critical {
            return Ok(true);
        }
        if statistic <= 0.0 {
            return Ok(false);
        }
        let count = y.len();
        let spread: Vec<f64> = (0..count)
            .map(|a| (0..count).map(|b| self.covariance[(a, b)] * vertex[b]).sum())
            .collect();
        let variance: f64 = spread.iter().zip(&vertex).map(|(a, b)| a * b).sum();
        let largest = (0..count).map(|at| self.covariance[(at, at)]).fold(0.0, f64::max);
        if variance <= 1e-14 * largest {
            return Ok(true);
        }
        let error = variance.sqrt();
        let direction: Vec<f64> = spread.iter().map(|it| it / variance).collect();
        let line = Line { origin: &y, direction: &direction, statistic };
        let low = self.end_of_vertex((-40.0 * error).min(statistic), &line)?;
        let high = self.end_of_vertex(self.critical, &line)?;
        let limit = quantile(1.0 - self.size, low / error, high / error);
        Ok(statistic / error > limit.max(0.0))
    }

    /// How far from `statistic` towards `start` the vertex stays the best one.
    ///
    /// Along the line the value of the vertex is `v` itself, and the largest over all vertices is
    /// convex and piecewise linear: Newton's steps from outside end in the crossing.
    fn end_of_vertex(&mut self, start: f64, line: &Line<'_>) -> Result<f64, Fault> {
        let mut v = start;
        let tolerance = 1e-9 * (start.abs() + line.statistic.abs());
        for _ in 0..200 {
            let (value, vertex) = self.program.solve(&line.at(v))?;
            if value - v <= tolerance {
                return Ok(v);
            }
            let slope: f64 = vertex.iter().zip(line.direction).map(|(g, it)| g * it).sum();
            let moved = v + (value - v) / (1.0 - slope);
            // Never past the statistic itself, where the vertex is the best.
            if !moved.is_finite() || (moved - line.statistic) * (start - line.statistic) <= 0.0 {
                return Ok(line.statistic);
            }
            v = moved;
        }
        Ok(v)
    }
}

/// The moments as the value of the best vertex moves and what is independent of it stays.
struct Line<'a> {
    origin: &'a [f64],
    direction: &'a [f64],
    /// Value of the vertex at `origin`.
    statistic: f64,
}

impl Line<'_> {
    fn at(&self, v: f64) -> Vec<f64> {
        let moved = v - self.statistic;
        self.origin.iter().zip(self.direction).map(|(y, it)| y + it * moved).collect()
    }
}

/// The quantile of the statistic when all inequalities hold exactly, by simulation.
fn least_favourable(
    program: &mut Program,
    rows: &[Vec<f64>],
    factor: &Mat<f64>,
    p: f64,
    options: &Options,
    stream: u64,
) -> Result<f64, Fault> {
    let mut random = generator(options.seed, stream);
    let size = factor.nrows();
    let mut statistics = Vec::new();
    let half = 0.5 / 2.0_f64.powi(53);
    for _ in 0..options.draws {
        let normal: Vec<f64> =
            (0..size).map(|_| normal_quantile(random.random::<f64>().max(half))).collect();
        let draw: Vec<f64> =
            (0..size).map(|a| (0..=a).map(|b| factor[(a, b)] * normal[b]).sum()).collect();
        let moments: Vec<f64> = rows
            .iter()
            .map(|row| row.iter().zip(&draw).map(|(row, draw)| row * draw).sum())
            .collect();
        statistics.push(program.solve(&moments)?.0);
    }
    statistics.sort_unstable_by(f64::total_cmp);
    Ok(crate::quantile::quantile(&statistics, p).unwrap_or(f64::INFINITY))
}
