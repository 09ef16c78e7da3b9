//! The optimal fixed-length interval under smoothness.
//!
//! An estimator `v' beta_pre + l' beta_post` is unbiased for a linear trend when
//! `sum v_s s = sum l_s s` (`s` the distance to the base period). Write `c_i` for the weight that
//! it gives to the second difference of `delta` at `i` periods before the base. Then `c_0` is
//! fixed by that condition, `v` is the second difference of `c`, and the largest bias is `M` times
//! a constant plus `M sum |c_i|`: minimising the variance at a given bias is a lasso, whose whole
//! path is known piece by piece. On each piece the half length is minimised in one dimension.

use faer::Mat;

use crate::credibility::event_study::EventStudy;
use crate::distribution::{normal_cdf, normal_quantile};
use crate::fault::Fault;
use crate::linear::solve;

/// The shortest interval of fixed length for `weights' tau` when the slope of `delta` changes by
/// at most `bound` a period.
pub(super) fn interval(
    study: &EventStudy,
    weights: &[f64],
    bound: f64,
    alpha: f64,
) -> Result<(f64, f64), Fault> {
    let problem = Problem::new(study, weights);
    let (half, free) = problem.shortest(bound, alpha)?;
    let (estimate, _) = study.combination(&problem.weights(&free));
    Ok((estimate - half, estimate + half))
}

struct Problem<'a> {
    study: &'a EventStudy,
    /// Weights on the periods after.
    post: &'a [f64],
    /// `c_0`: the weighted distance of the periods after.
    distance: f64,
    /// Bias per unit of the bound that no choice of `c` takes away.
    fixed: f64,
    /// Hessian and gradient (at `c = 0`) of half the variance.
    hessian: Mat<f64>,
    gradient: Vec<f64>,
}

/// One piece of the lasso path: `c = start - lambda * slope` on the active coordinates.
struct Piece {
    active: Vec<usize>,
    start: Vec<f64>,
    slope: Vec<f64>,
}

impl<'a> Problem<'a> {
    fn new(study: &'a EventStudy, post: &'a [f64]) -> Self {
        let far = |s: usize| (s + 1) as f64;
        let distance = post.iter().enumerate().map(|(s, weight)| weight * far(s)).sum::<f64>();
        let later: f64 = (1..post.len())
            .map(|j| {
                let beyond = post.iter().enumerate().skip(j);
                beyond.map(|(s, weight)| weight * (s + 1 - j) as f64).sum::<f64>().abs()
            })
            .sum();
        let free = study.pre() - 1;
        let mut it = Self {
            study,
            post,
            distance,
            fixed: distance.abs() + later,
            hessian: Mat::zeros(free, free),
            gradient: vec![0.0; free],
        };
        let base = it.weights(&vec![0.0; free]);
        let directions: Vec<Vec<f64>> = (0..free)
            .map(|at| {
                let mut unit = vec![0.0; free];
                unit[at] = 1.0;
                it.weights(&unit).iter().zip(&base).map(|(with, base)| with - base).collect()
            })
            .collect();
        for a in 0..free {
            it.gradient[a] = study.product(&directions[a], &base);
            for b in 0..free {
                it.hessian[(a, b)] = study.product(&directions[a], &directions[b]);
            }
        }
        it
    }

    /// Weights on all coefficients when the free `c_1, c_2, ...` are `free`.
    fn weights(&self, free: &[f64]) -> Vec<f64> {
        let pre = self.study.pre();
        let c = |i: usize| match i {
            0 => self.distance,
            i => free.get(i - 1).copied().unwrap_or(0.0),
        };
        let before = |s: usize| c(s - 1) - 2.0 * c(s) + c(s + 1);
        (0..pre).map(|at| before(pre - at)).chain(self.post.iter().copied()).collect()
    }

    fn half_length(&self, free: &[f64], bound: f64, alpha: f64) -> f64 {
        let weights = self.weights(free);
        let error = self.study.product(&weights, &weights).max(0.0).sqrt();
        let bias = bound * (self.fixed + free.iter().map(|it| it.abs()).sum::<f64>());
        if error > 0.0 { error * folded_normal_quantile(bias / error, alpha) } else { bias }
    }

    fn shortest(&self, bound: f64, alpha: f64) -> Result<(f64, Vec<f64>), Fault> {
        let zero = vec![0.0; self.gradient.len()];
        let mut best = (self.half_length(&zero, bound, alpha), zero);
        let mut lambda = self.gradient.iter().fold(0.0, |largest: f64, it| largest.max(it.abs()));
        let Some(first) = self.gradient.iter().position(|it| it.abs() >= lambda) else {
            return Ok(best);
        };
        let mut active = vec![first];
        let mut signs = vec![-self.gradient[first].signum()];
        for _ in 0..(20 + 20 * self.gradient.len()) {
            if lambda <= 0.0 {
                return Ok(best);
            }
            let piece = self.piece(&active, &signs)?;
            let (next, change) = self.next_knot(&piece, lambda);
            let at = |lambda: f64| piece.at(lambda, self.gradient.len());
            let found = golden(next, lambda, |it| self.half_length(&at(it), bound, alpha));
            for lambda in [found, next] {
                let free = at(lambda);
                let half = self.half_length(&free, bound, alpha);
                if half < best.0 {
                    best = (half, free);
                }
            }
            match change {
                Change::End => return Ok(best),
                Change::Leaves(position) => {
                    active.remove(position);
                    signs.remove(position);
                }
                Change::Joins(coordinate, sign) => {
                    active.push(coordinate);
                    signs.push(sign);
                }
            }
            lambda = next;
        }
        Ok(best)
    }

    fn piece(&self, active: &[usize], signs: &[f64]) -> Result<Piece, Fault> {
        let size = active.len();
        let hessian = Mat::from_fn(size, size, |a, b| self.hessian[(active[a], active[b])]);
        let right = Mat::from_fn(size, 2, |a, column| match column {
            0 => -self.gradient[active[a]],
            _ => signs[a],
        });
        let solved = solve(hessian.as_ref(), right.as_ref())?;
        Ok(Piece {
            active: active.to_vec(),
            start: (0..size).map(|a| solved[(a, 0)]).collect(),
            slope: (0..size).map(|a| solved[(a, 1)]).collect(),
        })
    }

    /// The largest penalty below `lambda` at which the active set changes.
    fn next_knot(&self, piece: &Piece, lambda: f64) -> (f64, Change) {
        let mut next = (0.0, Change::End);
        let limit = lambda * (1.0 - 1e-10);
        let mut offer = |at: f64, change: Change| {
            if at > next.0 && at < limit {
                next = (at, change);
            }
        };
        for (position, (start, slope)) in piece.start.iter().zip(&piece.slope).enumerate() {
            offer(start / slope, Change::Leaves(position));
        }
        for coordinate in (0..self.gradient.len()).filter(|it| !piece.active.contains(it)) {
            let along = |values: &[f64]| -> f64 {
                let pairs = piece.active.iter().zip(values);
                pairs.map(|(&other, value)| self.hessian[(coordinate, other)] * value).sum()
            };
            // Gradient at lambda: level - lambda * slope; it joins where that is +-lambda.
            let level = self.gradient[coordinate] + along(&piece.start);
            let slope = along(&piece.slope);
            offer(level / (slope + 1.0), Change::Joins(coordinate, -1.0));
            offer(level / (slope - 1.0), Change::Joins(coordinate, 1.0));
        }
        next
    }
}

enum Change {
    End,
    Leaves(usize),
    Joins(usize, f64),
}

impl Piece {
    fn at(&self, lambda: f64, size: usize) -> Vec<f64> {
        let mut free = vec![0.0; size];
        for (position, &coordinate) in self.active.iter().enumerate() {
            free[coordinate] = self.start[position] - lambda * self.slope[position];
        }
        free
    }
}

/// Where `function` is smallest between `low` and `high` (golden section; it is convex there).
fn golden(low: f64, high: f64, function: impl Fn(f64) -> f64) -> f64 {
    let ratio = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = (low, high);
    let (mut a, mut b) = (high - ratio * (high - low), low + ratio * (high - low));
    let (mut at_a, mut at_b) = (function(a), function(b));
    for _ in 0..60 {
        if at_a < at_b {
            (high, b, at_b) = (b, a, at_a);
            a = high - ratio * (high - low);
            at_a = function(a);
        } else {
            (low, a, at_a) = (a, b, at_b);
            b = low + ratio * (high - low);
            at_b = function(b);
        }
    }
    f64::midpoint(low, high)
}

/// The `1 - alpha` quantile of `|N(shift, 1)|`.
pub(super) fn folded_normal_quantile(shift: f64, alpha: f64) -> f64 {
    let shift = shift.abs();
    // Beyond this the other tail is nil.
    if shift > 10.0 {
        return shift + normal_quantile(1.0 - alpha);
    }
    let excess = |c: f64| normal_cdf(shift - c) + normal_cdf(-c - shift) - alpha;
    let (mut low, mut high) = (0.0, shift + normal_quantile(1.0 - alpha / 2.0) + 1e-9);
    while high - low > 1e-13 * high {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if excess(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::folded_normal_quantile;

    /// scipy 1.17: `foldnorm.ppf(0.95, shift)`.
    #[test]
    fn the_folded_normal_agrees_with_scipy() {
        for (shift, expected) in [
            (0.0, 1.959_963_984_540_054),
            (0.5, 2.181_477_442_328_154),
            (3.0, 4.644_853_626_951_574),
        ] {
            let found = folded_normal_quantile(shift, 0.05);
            assert!((found - expected).abs() < 1e-8, "{shift}: {found}");
        }
    }
}
