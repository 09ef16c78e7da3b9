//! Nodes and weights of Gauss-Hermite quadrature.

/// Nodes `x` and weights `w` so that the sum of `w f(x)` is the integral of `exp(-x^2) f(x)`.
///
/// Newton's method on the orthonormal Hermite polynomials from the outside in; up to about 60
/// points before the outer weights underflow.
pub(super) fn gauss_hermite(points: usize) -> Vec<(f64, f64)> {
    let n = points as f64;
    let mut roots: Vec<f64> = Vec::with_capacity(points.div_ceil(2));
    let mut nodes = Vec::with_capacity(points);
    for i in 0..points.div_ceil(2) {
        let mut x = match i {
            0 => (2.0 * n + 1.0).sqrt() - 1.855_75 * (2.0 * n + 1.0).powf(-1.0 / 6.0),
            1 => roots[0] - 1.14 * n.powf(0.426) / roots[0],
            2 => 1.86 * roots[1] - 0.86 * roots[0],
            3 => 1.91 * roots[2] - 0.91 * roots[1],
            _ => 2.0 * roots[i - 1] - roots[i - 2],
        };
        let mut derivative = 1.0;
        for _ in 0..100 {
            let (value, slope) = hermite(points, x);
            derivative = slope;
            let step = value / slope;
            x -= step;
            if step.abs() < 1e-14 {
                break;
            }
        }
        roots.push(x);
        let weight = 2.0 / (derivative * derivative);
        let middle = points % 2 == 1 && i == points / 2;
        nodes.push((if middle { 0.0 } else { x }, weight));
        if !middle {
            nodes.push((-x, weight));
        }
    }
    nodes
}

/// The orthonormal Hermite polynomial of degree `points` and its derivative.
fn hermite(points: usize, x: f64) -> (f64, f64) {
    let (mut value, mut before) = (std::f64::consts::PI.powf(-0.25), 0.0);
    for degree in 1..=points {
        let k = degree as f64;
        (value, before) = (x * (2.0 / k).sqrt() * value - ((k - 1.0) / k).sqrt() * before, value);
    }
    (value, (2.0 * points as f64).sqrt() * before)
}

#[test]
fn moments_of_the_normal_come_out_exactly() {
    for points in [1, 2, 9, 25, 50] {
        let nodes = gauss_hermite(points);
        assert_eq!(nodes.len(), points);
        let integral = |power: i32| nodes.iter().map(|(x, w)| w * x.powi(power)).sum::<f64>();
        let root_pi = std::f64::consts::PI.sqrt();
        assert!((integral(0) - root_pi).abs() < 1e-12, "{points}: {}", integral(0));
        assert!(integral(1).abs() < 1e-12);
        if points > 2 {
            assert!((integral(4) - 0.75 * root_pi).abs() < 1e-12, "{points}");
        }
    }
}
