//! The outer search of a synthetic control: which importance of the predictors follows the past best.

use rand::RngExt as _;

use crate::{fault::Fault, random::generator, synthetic::cast::Weigher};

/// Steps of one simplex search.
const STEPS: usize = 400;

/// The importance, summing to one, whose weights have the least `loss`.
///
/// Nelder & Mead (1965) on the logarithms, from equal importance, from each predictor alone, and
/// from random points; the best one is searched once more around its end.
pub(crate) fn search(
    weigher: &mut Weigher,
    loss: &dyn Fn(&[f64]) -> f64,
    starts: usize,
    seed: u64,
) -> Result<Vec<f64>, Fault> {
    let count = weigher.scaled.target.len();
    // Refuses once what would fail everywhere.
    weigher.weights(&softmax(&vec![0.0; count]))?;
    let mut value = |logs: &[f64]| weigher.weights(&softmax(logs)).map_or(f64::INFINITY, loss);
    let mut points = vec![vec![0.0; count]];
    for at in 0..count {
        points.push((0..count).map(|it| if it == at { 3.0 } else { 0.0 }).collect());
    }
    let mut random = generator(seed, 0);
    for _ in 0..starts {
        points.push((0..count).map(|_| random.random_range(-4.0..4.0)).collect());
    }
    let mut best: Option<(f64, Vec<f64>)> = None;
    for point in points {
        let found = descend(&mut value, &point, 2.0);
        if best.as_ref().is_none_or(|(least, _)| found.0 < *least) {
            best = Some(found);
        }
    }
    let Some((mut least, mut point)) = best else {
        return Err(Fault::Empty { of: "de voorspellers".to_owned() });
    };
    for reach in [1.5, 0.5, 0.1] {
        let found = descend(&mut value, &point, reach);
        if found.0 < least {
            (least, point) = found;
        }
    }
    Ok(softmax(&point))
}

fn softmax(logs: &[f64]) -> Vec<f64> {
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let values: Vec<f64> = logs.iter().map(|it| (it - most).exp()).collect();
    let total: f64 = values.iter().sum();
    values.iter().map(|it| it / total).collect()
}

/// The simplex search of Nelder & Mead from `start`, with edges of length `reach`.
fn descend(value: &mut dyn FnMut(&[f64]) -> f64, start: &[f64], reach: f64) -> (f64, Vec<f64>) {
    let count = start.len();
    let mut corners: Vec<(f64, Vec<f64>)> = vec![(value(start), start.to_vec())];
    for at in 0..count {
        let mut point = start.to_vec();
        point[at] += reach;
        corners.push((value(&point), point));
    }
    for _ in 0..STEPS {
        corners.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (least, most) = (corners[0].0, corners[count].0);
        if most - least <= 1e-12 * least.abs() {
            break;
        }
        let middle: Vec<f64> = (0..count)
            .map(|at| corners[..count].iter().map(|it| it.1[at]).sum::<f64>() / count as f64)
            .collect();
        let mut towards = |factor: f64| -> (f64, Vec<f64>) {
            let worst = &corners[count].1;
            let point: Vec<f64> =
                middle.iter().zip(worst).map(|(m, w)| m + factor * (m - w)).collect();
            (value(&point), point)
        };
        let reflected = towards(1.0);
        let next = if reflected.0 < least {
            let further = towards(2.0);
            if further.0 < reflected.0 { further } else { reflected }
        } else if reflected.0 < corners[count - 1].0 {
            reflected
        } else if reflected.0 < most {
            towards(0.5)
        } else {
            towards(-0.5)
        };
        if next.0 < most {
            corners[count] = next;
        } else {
            let (first, rest) = corners.split_at_mut(1);
            for (worth, point) in rest {
                point
                    .iter_mut()
                    .zip(&first[0].1)
                    .for_each(|(it, to)| *it = f64::midpoint(*it, *to));
                *worth = value(point);
            }
        }
    }
    corners.sort_by(|a, b| a.0.total_cmp(&b.0));
    corners.swap_remove(0)
}
