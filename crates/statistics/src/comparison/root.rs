//! The root of a function between two points.

/// The point where `f` changes sign between `low` and `high` (Brent 1973, chapter 4).
///
/// Where the sign does not change it is the end with the smaller value.
pub(crate) fn root(low: f64, high: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (mut a, mut b) = (low, high);
    let (mut fa, mut fb) = (f(a), f(b));
    if fa * fb > 0.0 {
        return if fa.abs() < fb.abs() { a } else { b };
    }
    let (mut c, mut fc) = (a, fa);
    let mut step = b - a;
    let mut before = step;
    for _ in 0..200 {
        if fb * fc > 0.0 {
            (c, fc) = (a, fa);
            step = b - a;
            before = step;
        }
        if fc.abs() < fb.abs() {
            (a, b, c) = (b, c, b);
            (fa, fb, fc) = (fb, fc, fb);
        }
        let room = 2.0 * f64::EPSILON * b.abs() + f64::MIN_POSITIVE;
        let half = 0.5 * (c - b);
        if half.abs() <= room || fb == 0.0 {
            break;
        }
        let next = (before.abs() >= room && fa.abs() > fb.abs())
            .then(|| interpolated((a, fa), (b, fb), (c, fc)))
            .filter(|it| it.abs() < (1.5 * half.abs() - 0.5 * room).min(0.5 * before.abs()))
            .filter(|it| it * half > 0.0);
        before = if next.is_some() { step } else { half };
        step = next.unwrap_or(half);
        (a, fa) = (b, fb);
        b += if step.abs() > room { step } else { room.copysign(half) };
        fb = f(b);
    }
    b
}

/// The step from `b` by the secant, or by inverse quadratic interpolation where there are three
/// points.
fn interpolated((a, fa): (f64, f64), (b, fb): (f64, f64), (c, fc): (f64, f64)) -> f64 {
    let s = fb / fa;
    if a == c {
        return (c - b) * s / (1.0 - s);
    }
    let (q, r) = (fa / fc, fb / fc);
    let p = s * ((c - b) * q * (q - r) - (b - a) * (r - 1.0));
    -p / ((q - 1.0) * (r - 1.0) * (s - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_is_found_to_the_last_digit() {
        for (low, high, f, expected) in [
            (0.0, 2.0, (|x| x * x - 2.0) as fn(f64) -> f64, std::f64::consts::SQRT_2),
            (-4.0, 9.0, |x| (x - 1.0) * (1.0 + x * x), 1.0),
            (1e-9, 1.0, |x: f64| x.ln() + 10.0, (-10.0_f64).exp()),
            (0.0, 3.0, |x| x + 1.0, 0.0),
        ] {
            let found = root(low, high, f);
            assert!((found - expected).abs() <= 4.0 * f64::EPSILON * expected, "{found}");
        }
    }
}
