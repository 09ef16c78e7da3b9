//! The distributions that tests and intervals need, over `statrs`.

use statrs::distribution::{ChiSquared, ContinuousCDF, FisherSnedecor, Normal, StudentsT};

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
    StudentsT::new(0.0, 1.0, df).map_or_else(|_| normal_cdf(t), |it| it.cdf(t))
}

/// The `p` quantile of Student's t with `df` degrees of freedom.
pub fn t_quantile(p: f64, df: f64) -> f64 {
    if df.is_infinite() {
        return normal_quantile(p);
    }
    StudentsT::new(0.0, 1.0, df).map_or_else(|_| normal_quantile(p), |it| it.inverse_cdf(p))
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
            ("chi2.ppf(.95,3)", chi_squared_quantile(0.95, 3.0), 7.814_727_903_251_179, 1e-9),
            ("chi2.sf(3.84,1)", chi_squared_p(3.84, 1.0), 0.050_043_521_248_705_25, 1e-12),
            ("2*t.sf(2.2,11)", t_p(2.2, 11.0), 0.050_086_110_981_804_28, 1e-12),
            ("f.sf(3,2,20)", f_p(3.0, 2.0, 20.0), 0.072_538_150_286_405_71, 1e-12),
        ] {
            assert!((value - expected).abs() < tolerance, "{name}: {value} against {expected}");
        }
    }
}
