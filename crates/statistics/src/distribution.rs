//! The distributions that tests and intervals need, over `statrs`.

use statrs::distribution::{ChiSquared, ContinuousCDF, FisherSnedecor, Normal, StudentsT};
use statrs::function::gamma::{gamma_lr, ln_gamma};

use crate::comparison::root::root;

/// `P(Z <= z)` of the standard normal.
pub fn normal_cdf(z: f64) -> f64 {
    Normal::standard().cdf(z)
}

/// The `p` quantile of the standard normal, `0 < p < 1`.
pub fn normal_quantile(p: f64) -> f64 {
    Normal::standard().inverse_cdf(p)
}

/// Two-sided p-value of `z` under the standard normal.
pub fn normal_p(z: f64) -> f64 {
    2.0 * normal_cdf(-z.abs())
}

/// `P(T <= t)` of Student's t; `df` positive, infinite `df` is the normal.
pub fn t_cdf(t: f64, df: f64) -> f64 {
    // Beyond this rounding in the beta function costs more than the next term of Fisher's expansion.
    if df > 1e6 {
        let density = (-0.5 * t * t).exp() / std::f64::consts::TAU.sqrt();
        let first = if density > 0.0 { density * t * (t * t + 1.0) / (4.0 * df) } else { 0.0 };
        return (normal_cdf(t) - first).clamp(0.0, 1.0);
    }
    StudentsT::new(0.0, 1.0, df).map_or_else(|_| normal_cdf(t), |it| it.cdf(t))
}

/// The `p` quantile of Student's t; `df` positive, infinite `df` is the normal.
///
/// With many degrees of freedom the expansion of Cornish and Fisher (Abramowitz and Stegun 26.7.5),
/// whose rest is below 1e-12 there; else the root of the upper tail.
pub fn t_quantile(p: f64, df: f64) -> f64 {
    if df > MANY {
        return t_quantile_of_many(normal_quantile(p), df);
    }
    let tail = p.min(1.0 - p);
    let beyond = |t: f64| 0.5 * beta_cdf(df / (df + t * t), 0.5 * df, 0.5);
    let mut high = 2.0;
    while beyond(high) > tail && high < f64::MAX / 4.0 {
        high *= 2.0;
    }
    let reach = root(0.0, high, |t| beyond(t) - tail);
    if p < 0.5 { -reach } else { reach }
}

fn t_quantile_of_many(z: f64, df: f64) -> f64 {
    let z2 = z * z;
    let first = z * (z2 + 1.0) / 4.0;
    let second = z * ((5.0 * z2 + 16.0) * z2 + 3.0) / 96.0;
    let third = z * (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) / 384.0;
    z + (first + (second + third / df) / df) / df
}

/// Two-sided p-value of `t` with `df` degrees of freedom.
pub fn t_p(t: f64, df: f64) -> f64 {
    2.0 * t_cdf(-t.abs(), df)
}

/// `P(X > x)` of the chi-squared distribution; 1 when `df` is not positive.
pub fn chi_squared_p(x: f64, df: f64) -> f64 {
    ChiSquared::new(df).map_or(1.0, |it| it.sf(x))
}

/// The `p` quantile of the chi-squared distribution; 0 when `df` is not positive.
pub fn chi_squared_quantile(p: f64, df: f64) -> f64 {
    ChiSquared::new(df).map_or(0.0, |it| it.inverse_cdf(p))
}

/// `P(F > f)` with `df1` and `df2` degrees of freedom; 1 when one of them is not positive.
pub fn f_p(f: f64, df1: f64, df2: f64) -> f64 {
    FisherSnedecor::new(df1, df2).map_or(1.0, |it| it.sf(f))
}

/// `P(X <= x)` of the gamma distribution with `shape` above 0 and scale 1.
pub fn gamma_cdf(x: f64, shape: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if shape > LARGE {
        // Wilson and Hilferty (1931); here its error is far below that of the series.
        let spread = 1.0 / (9.0 * shape);
        return normal_cdf(((x / shape).cbrt() - 1.0 + spread) / spread.sqrt());
    }
    gamma_lr(shape, x)
}

/// The `p` quantile of the gamma distribution with `shape` above 0 and scale 1.
pub fn gamma_quantile(p: f64, shape: f64) -> f64 {
    let mut high = shape + 10.0 * shape.sqrt() + 10.0;
    while gamma_cdf(high, shape) < p && high < f64::MAX / 4.0 {
        high *= 2.0;
    }
    root(0.0, high, |x| gamma_cdf(x, shape) - p)
}

/// `P(X <= x)` of the beta distribution; `a` and `b` above 0.
pub fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return if x <= 0.0 { 0.0 } else { 1.0 };
    }
    let log_front = a * x.ln() + b * (-x).ln_1p() + ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b);
    if x < (a + 1.0) / (a + b + 2.0) {
        log_front.exp() * beta_fraction(x, a, b) / a
    } else {
        1.0 - log_front.exp() * beta_fraction(1.0 - x, b, a) / b
    }
}

/// The `p` quantile of the beta distribution; `a` and `b` above 0.
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    root(0.0, 1.0, |x| beta_cdf(x, a, b) - p)
}

/// `P(X <= k)` of the Poisson distribution with `mean` of 0 or more; `k` is a whole number.
pub fn poisson_cdf(k: f64, mean: f64) -> f64 {
    if k < 0.0 {
        return 0.0;
    }
    if mean <= 0.0 { 1.0 } else { 1.0 - gamma_cdf(mean, k + 1.0) }
}

/// `P(X <= k)` of the binomial distribution with `n` trials of chance `p`; `k` is a whole number.
pub fn binomial_cdf(k: f64, n: f64, p: f64) -> f64 {
    if k < 0.0 {
        return 0.0;
    }
    if k >= n { 1.0 } else { 1.0 - beta_cdf(p, k + 1.0, n - k) }
}

/// From so many degrees of freedom on Student's t is a correction of the normal.
const MANY: f64 = 1e4;
/// Above this shape a gamma distribution is normal on the cube root scale to double precision.
const LARGE: f64 = 1e8;

/// The continued fraction of the incomplete beta function (Lentz's method; DLMF 8.17.22).
fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    let tiny = 1e-300;
    let away = |it: f64| if it.abs() < tiny { tiny } else { it };
    let (mut c, mut d) = (1.0, 1.0 / away(1.0 - (a + b) * x / (a + 1.0)));
    let mut h = d;
    // It converges in a number of steps of the order of the root of the larger parameter.
    for step in 1..1_000_000 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for coefficient in [even, odd] {
            d = 1.0 / away(1.0 + coefficient * d);
            c = away(1.0 + coefficient / c);
            change = c * d;
            h *= change;
        }
        if (change - 1.0).abs() < 1e-15 {
            break;
        }
    }
    h
}

#[cfg(test)]
mod tests {
    use super::*;

    /// scipy 1.16: `norm.ppf`, `t.ppf`, `chi2.ppf`, `chi2.sf`, `f.sf`, `t.sf`; both sides claim
    /// about 1e-13, inversions about 1e-9.
    #[test]
    fn agrees_with_scipy() {
        for (name, value, expected, tolerance) in [
            ("norm.ppf(.975)", normal_quantile(0.975), 1.959_963_984_540_054, 1e-12),
            ("t.ppf(.975,11)", t_quantile(0.975, 11.0), 2.200_985_160_082_949, 1e-9),
            ("t.ppf(.1,.3)", t_quantile(0.1, 0.3), -64.786_545_637_096_85, 1e-9),
            ("t.ppf(.6,.05)", t_quantile(0.6, 0.05), 9.890_410_499_368_235, 1e-11),
            ("t.ppf(.975,1)", t_quantile(0.975, 1.0), 12.706_204_736_174_694, 1e-11),
            ("t.ppf(.975,340)", t_quantile(0.975, 340.0), 1.966_965_734_089_285_7, 1e-11),
            ("t.ppf(.975,1e4)", t_quantile(0.975, 1e4), 1.960_201_239_890_626, 1e-10),
            ("t.ppf(.975,1e5)", t_quantile(0.975, 1e5), 1.959_987_707_534_609_5, 1e-12),
            ("t.ppf(.1,1e8)", t_quantile(0.1, 1e8), -1.281_551_574_010_448, 1e-12),
            ("t.cdf(2,1e12)", t_cdf(2.0, 1e12), 0.977_249_868_051_685_8, 1e-11),
            ("t.cdf(2,1e7)", t_cdf(2.0, 1e7), 0.977_249_854_554_078_5, 1e-11),
            ("t.cdf(2,1e5)", t_cdf(2.0, 1e5), 0.977_248_518_271_246_7, 1e-11),
            ("chi2.ppf(.95,3)", chi_squared_quantile(0.95, 3.0), 7.814_727_903_251_179, 1e-9),
            ("chi2.sf(3.84,1)", chi_squared_p(3.84, 1.0), 0.050_043_521_248_705_25, 1e-12),
            ("2*t.sf(2.2,11)", t_p(2.2, 11.0), 0.050_086_110_981_804_28, 1e-12),
            ("gamma.cdf(2,.5)", gamma_cdf(2.0, 0.5), 0.954_499_736_103_641_6, 1e-14),
            ("gamma.ppf(.001,50)", gamma_quantile(0.001, 50.0), 30.958_969_603_468_31, 1e-11),
            ("gamma.ppf(.975,1e9)", gamma_quantile(0.975, 1e9), 1000061980.450378, 1e-2),
            (
                "beta.ppf(.025,41,48)",
                beta_quantile(0.025, 41.0, 48.0),
                0.358_784_513_309_723_05,
                1e-13,
            ),
            ("beta.cdf(.5,3e5,3e5+9)", beta_cdf(0.5, 3e5, 300_009.0), 0.504_635_154_589_166, 1e-8),
            ("poisson.cdf(3,2.5)", poisson_cdf(3.0, 2.5), 0.757_576_133_133_066_2, 1e-14),
            ("binom.cdf(8,50,.3)", binomial_cdf(8.0, 50.0, 0.3), 0.018_253_346_758_134_1, 1e-14),
            ("f.sf(3,2,20)", f_p(3.0, 2.0, 20.0), 0.072_538_150_286_405_71, 1e-12),
        ] {
            assert!((value - expected).abs() < tolerance, "{name}: {value} against {expected}");
        }
    }
}
