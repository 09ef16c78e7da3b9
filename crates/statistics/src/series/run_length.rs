//! How many points a chart lets pass, on average, before it signals.
//!
//! The average run length is the number of points until a false alarm when nothing changed, and
//! the delay when the mean shifted by `shift` standard deviations from the first point on. For
//! normal points it solves an integral equation (Page 1954 for the cumulative sum; Crowder, S. V.
//! (1987). A simple method for studying run-length distributions of exponentially weighted moving
//! average charts. *Technometrics* 29(4), 401-407) by Gauss-Legendre quadrature; for counts the
//! Markov chain of Brook, D. & Evans, D. A. (1972). An approach to the probability distribution of
//! cusum run length. *Biometrika* 59(3), 539-549. <https://doi.org/10.1093/biomet/59.3.539> is exact.

use faer::Mat;
use faer::linalg::solvers::Solve as _;

use crate::comparison::root::root;
use crate::distribution::{normal_cdf, poisson_cdf};
use crate::fault::Fault;
use crate::series::cusum::{Options, check_options};

/// The average run length of the upper cumulative sum.
///
/// ```
/// use statistics::series::{cusum::Options, run_length::cusum_upper};
/// let false_alarm = cusum_upper(Options { k: 0.5, h: 4.0 }, 0.0).unwrap();
/// assert!((false_alarm - 335.4).abs() < 0.1);
/// ```
///
/// # Errors
///
/// Options or a shift out of range, a run length too long to compute.
pub fn cusum_upper(options: Options, shift: f64) -> Result<f64, Fault> {
    check_options(options)?;
    check_shift(shift)?;
    let Options { k, h } = options;
    let nodes = gauss_legendre(nodes_for(h, 1.0));
    let size = nodes.len() + 1;
    // The sum stands at 0 with a chance of its own, and anywhere up to h with a density.
    let place = |at: usize| if at == 0 { 0.0 } else { h * nodes[at - 1].0 };
    let step = |from: usize, to: usize| {
        let drift = k - place(from) - shift;
        if to == 0 { normal_cdf(drift) } else { h * nodes[to - 1].1 * density(place(to) + drift) }
    };
    Ok(mean_steps(size, step)?[0])
}

/// The average run length of the upper and lower sum together.
///
/// # Errors
///
/// As [`cusum_upper`].
pub fn cusum_two_sided(options: Options, shift: f64) -> Result<f64, Fault> {
    // A side that hardly ever signals adds nothing to the rate of signals.
    let rate = |shift: f64| match cusum_upper(options, shift) {
        Ok(length) => Ok(1.0 / length),
        Err(Fault::NotIdentified { .. }) => Ok(0.0),
        Err(fault) => Err(fault),
    };
    let rate = rate(shift)? + rate(-shift)?;
    if rate > 0.0 { Ok(1.0 / rate) } else { Err(too_long()) }
}

/// The `h` with which a chart without a shift runs `length` points on average.
///
/// # Errors
///
/// A `k` out of range, a length that no `h` up to 30 gives.
pub fn cusum_threshold(k: f64, length: f64, two_sided: bool) -> Result<f64, Fault> {
    let run = |h: f64| {
        let options = Options { k, h };
        if two_sided { cusum_two_sided(options, 0.0) } else { cusum_upper(options, 0.0) }
    };
    let (low, mut high) = (1e-6, 1.0);
    // Doubling, since far above the answer the run length is too long to compute.
    while run(high)? < length {
        high *= 2.0;
        if high > 30.0 {
            return Err(Fault::argument("looplengte", "een lengte die een h tot 30 haalt", length));
        }
    }
    if !(length.is_finite() && run(low)? < length) {
        return Err(Fault::argument("looplengte", "een lengte boven die van h = 0", length));
    }
    Ok(root(low, high, |h| run(h).map_or(0.0, |it| it.ln() - length.ln())))
}

/// The average run length of an exponentially weighted moving average between constant limits
/// `limit` of its standard deviations from the mean, starting there.
///
/// # Errors
///
/// A weight outside 0.01 to 1, a limit outside 0 to 10, a shift out of range, a run length too
/// long to compute.
pub fn ewma(weight: f64, limit: f64, shift: f64) -> Result<f64, Fault> {
    check_shift(shift)?;
    if !(0.01..=1.0).contains(&weight) {
        return Err(Fault::argument("gewicht", "een getal van 0,01 tot en met 1", weight));
    }
    if !(limit > 0.0 && limit <= 10.0) {
        return Err(Fault::argument("grens", "een getal boven 0, hooguit 10", limit));
    }
    let h = limit * (weight / (2.0 - weight)).sqrt();
    let nodes = gauss_legendre(nodes_for(2.0 * h, weight));
    let place = |at: usize| h * (2.0 * nodes[at].0 - 1.0);
    let chance = |from: f64, to: usize| {
        2.0 * h * nodes[to].1 / weight
            * density((place(to) - (1.0 - weight) * from) / weight - shift)
    };
    let lengths = mean_steps(nodes.len(), |from, to| chance(place(from), to))?;
    // From the mean itself, which need not be a node.
    Ok(1.0 + (0..nodes.len()).map(|to| chance(0.0, to) * lengths[to]).sum::<f64>())
}

/// The average run length of the cumulative sum `max(0, sum + x - k)` of Poisson counts `x`, which
/// signals above `h`; exact for `k` and `h` in hundredths.
///
/// # Errors
///
/// A mean, `k` or `h` not above zero or so large that the chain has more than 1,500 states.
pub fn poisson_cusum(mean: f64, k: f64, h: f64) -> Result<f64, Fault> {
    for (what, value) in [("gemiddelde", mean), ("k", k), ("h", h)] {
        if !(value > 0.0 && value < 1e6) {
            return Err(Fault::argument(what, "een getal boven 0, hooguit een miljoen", value));
        }
    }
    let (k, h) = ((100.0 * k).round(), (100.0 * h).round());
    let unit = [100.0, 50.0, 25.0, 20.0, 10.0, 5.0, 4.0, 2.0]
        .into_iter()
        .find(|it| k % it == 0.0 && h % it == 0.0)
        .unwrap_or(1.0);
    // Steps of 1 / parts; a state is a number of steps.
    let (parts, k, states) = (100.0 / unit, k / unit, h / unit + 1.0);
    if !(1.0..=1500.0).contains(&states) {
        return Err(Fault::argument(
            "h",
            "zo klein of rond dat er hooguit 1500 standen zijn",
            h / 100.0,
        ));
    }
    // The count that moves the sum by this many steps, if it is one.
    let chance = |move_by: f64| {
        let count = (move_by + k) / parts;
        if count.fract() == 0.0 {
            poisson_cdf(count, mean) - poisson_cdf(count - 1.0, mean)
        } else {
            0.0
        }
    };
    let size = (0..1500).take_while(|it| f64::from(*it) < states).count();
    let step = |from: usize, to: usize| {
        let (from, to) = (from as f64, to as f64);
        if to == 0.0 { poisson_cdf(((k - from) / parts).floor(), mean) } else { chance(to - from) }
    };
    Ok(mean_steps(size, step)?[0])
}

/// The chain of Brook and Evans for normal points, with the sum rounded to `states` values; the
/// error falls with their square.
///
/// # Errors
///
/// As [`cusum_upper`], and fewer than 2 or more than 1,500 states.
pub fn brook_evans(options: Options, shift: f64, states: usize) -> Result<f64, Fault> {
    check_options(options)?;
    check_shift(shift)?;
    if !(2..=1500).contains(&states) {
        return Err(Fault::argument("standen", "2 tot en met 1500", states));
    }
    let width = 2.0 * options.h / (2.0 * states as f64 - 1.0);
    let step = |from: usize, to: usize| {
        let edge = (to as f64 - from as f64 + 0.5) * width + options.k - shift;
        let below = if to == 0 { 0.0 } else { normal_cdf(edge - width) };
        normal_cdf(edge) - below
    };
    Ok(mean_steps(states, step)?[0])
}

fn check_shift(shift: f64) -> Result<(), Fault> {
    if shift.abs() <= 20.0 {
        return Ok(());
    }
    Err(Fault::argument("verschuiving", "een getal van -20 tot en met 20", shift))
}

/// Solves `length = 1 + step length` for every state.
fn mean_steps(size: usize, step: impl Fn(usize, usize) -> f64) -> Result<Vec<f64>, Fault> {
    let stay =
        Mat::from_fn(size, size, |from, to| f64::from(u8::from(from == to)) - step(from, to));
    let lengths = stay.partial_piv_lu().solve(&Mat::from_fn(size, 1, |_, _| 1.0));
    let lengths: Vec<f64> = (0..size).map(|at| lengths[(at, 0)]).collect();
    // Beyond this the chance of a signal drowns in rounding.
    if lengths.iter().all(|it| it.is_finite() && *it > 0.0 && *it < 1e12) {
        return Ok(lengths);
    }
    Err(too_long())
}

fn too_long() -> Fault {
    Fault::not_identified(
        "De gemiddelde looplengte is te lang om te berekenen; neem een lagere grens.",
    )
}

fn density(z: f64) -> f64 {
    (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt()
}

/// Enough nodes for a kernel of this width over this length.
fn nodes_for(length: f64, width: f64) -> usize {
    let wanted = 40.0 + 8.0 * length / width;
    let mut nodes = 40;
    while nodes < 600 && (nodes as f64) < wanted {
        nodes += 10;
    }
    nodes
}

/// Nodes and weights on 0 to 1.
fn gauss_legendre(points: usize) -> Vec<(f64, f64)> {
    let n = points as f64;
    (0..points)
        .map(|i| {
            let mut x = (std::f64::consts::PI * (i as f64 + 0.75) / (n + 0.5)).cos();
            let mut slope = 1.0;
            for _ in 0..100 {
                let (mut value, mut before) = (1.0, 0.0);
                for degree in 1..=points {
                    let k = degree as f64;
                    (value, before) =
                        (((2.0 * k - 1.0) * x * value - (k - 1.0) * before) / k, value);
                }
                slope = n * (x * value - before) / (x * x - 1.0);
                let step = value / slope;
                x -= step;
                if step.abs() < 1e-15 {
                    break;
                }
            }
            (0.5 * (1.0 - x), 1.0 / ((1.0 - x * x) * slope * slope))
        })
        .collect()
}
