//! Whatever the columns: a result of finite numbers or a fault, never a panic.

use proptest::prelude::*;
use statistics::comparison::counts::{Counts, Family};
use statistics::comparison::funnel::{Options, Scale, Trim, Unit, funnel};
use statistics::comparison::generalised_mixed::{self, Level};
use statistics::comparison::growth_outlier::growth_outliers;
use statistics::comparison::heterogeneity::{Method, heterogeneity};
use statistics::comparison::kappa::{Weight, cohen, fleiss};
use statistics::comparison::linear_mixed::{self, Likelihood};
use statistics::comparison::marshall::marshall;
use statistics::comparison::poisson_gamma::poisson_gamma;
use statistics::comparison::proportion::{clopper_pearson, wilson_at};
use statistics::comparison::rate::garwood;
use statistics::comparison::standardisation::by_strata;
use statistics::comparison::{glm, two_proportions, two_rates};
use statistics::fault::Fault;
use statistics::figures::Estimate;

/// Figures leave out what is not finite, so the summary is looked at as well.
fn sound<T: Estimate>(result: Result<T, Fault>) -> Result<(), TestCaseError> {
    match result {
        Ok(it) => {
            prop_assert!(it.figures().iter().all(|(_, value)| value.is_finite()));
            let summary = it.summary();
            prop_assert!(!summary.contains("NaN") && !summary.contains("inf "), "{}", summary);
        }
        Err(fault) => prop_assert!(!fault.to_string().is_empty()),
    }
    Ok(())
}

/// Ordinary numbers, zero, equal ones, and very large and small ones.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        3 => 0.0..50.0_f64,
        2 => Just(0.0),
        2 => (0..5_u8).prop_map(f64::from),
        1 => Just(1e12),
        1 => Just(1e-9),
        1 => Just(-3.0),
    ]
}

fn names(codes: &[u8]) -> Vec<String> {
    codes.iter().map(ToString::to_string).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn columns(
        rows in prop::collection::vec((number(), number(), number(), 0..4_u8), 0..14),
        collinear in any::<bool>(),
    ) {
        let column = |part: fn(&(f64, f64, f64, u8)) -> f64| -> Vec<f64> {
            rows.iter().map(part).collect()
        };
        let (y, size, x) = (column(|it| it.0.round()), column(|it| it.1), column(|it| it.2));
        let group = names(&rows.iter().map(|it| it.3).collect::<Vec<_>>());
        let mut covariates = vec![("x".to_owned(), x.clone())];
        if collinear {
            covariates.push(("z".to_owned(), x.iter().map(|it| 3.0 - 2.0 * it).collect()));
        }
        let level = Level { name: "g".into(), group: group.clone() };
        for family in [Family::Binomial, Family::Poisson] {
            let counts = Counts { count: y.clone(), size: size.clone(), covariates: covariates.clone() };
            sound(glm::fit(family, &counts))?;
            let options = generalised_mixed::Options { points: 5 };
            sound(generalised_mixed::fit(family, &counts, &level, None, options))?;
            let outer = Level { name: "h".into(), group: vec!["1".into(); rows.len()] };
            sound(generalised_mixed::fit(family, &counts, &level, Some(&outer), Default::default()))?;
        }
        for likelihood in [Likelihood::Full, Likelihood::Restricted] {
            sound(linear_mixed::fit(&y, &covariates, &level, likelihood))?;
        }
        let counts = Counts { count: y.clone(), size, covariates: vec![] };
        sound(by_strata(&counts, &group, &group, 0.95))?;
        sound(growth_outliers(&group, &x, &y, 0.05))?;
        sound(marshall(&y, &x))?;
        sound(poisson_gamma(&group, &y, &x, 0.95))?;
        for method in [Method::DerSimonianLaird, Method::PauleMandel, Method::MaximumLikelihood,
            Method::Restricted]
        {
            sound(heterogeneity(&y, &x, method))?;
        }
    }

    #[test]
    fn units(
        rows in prop::collection::vec((number(), number()), 0..14),
        share in 0.0..0.6_f64,
        level in 0.0..1.1_f64,
    ) {
        let unit = |it: &(f64, f64)| Unit { name: "a".into(), numerator: it.0, denominator: it.1 };
        let units: Vec<Unit> = rows.iter().map(unit).collect();
        for scale in [Scale::Log, Scale::Root, Scale::Arcsine] {
            for trim in [Trim::Nothing, Trim::Winsorise(share), Trim::Truncate(share)] {
                sound(funnel(&units, Options { scale, trim, level }))?;
            }
        }
    }

    #[test]
    fn counts(a in 0..40_u64, b in 0..40_u64, n in any::<u32>(), m in 0..40_u64, e in number()) {
        let n = u64::from(n);
        let shares =
            [wilson_at(a, n, 0.99), clopper_pearson(a, n, 0.99), clopper_pearson(n / 2, n, 0.9)];
        for it in shares.into_iter().flatten() {
            prop_assert!(0.0 <= it.low && it.low <= it.estimate && it.estimate <= it.high);
            prop_assert!(it.high <= 1.0);
        }
        if let Ok(it) = garwood(e, e, 0.95) {
            prop_assert!(it.low <= it.estimate && it.estimate <= it.high && it.high.is_finite());
        }
        sound(two_proportions::difference((a, m), (b, n), 0.95))?;
        sound(two_proportions::ratio((a, m), (b, n), 0.95))?;
        sound(two_rates::difference((a, e), (b, 1.0), 0.95))?;
        sound(two_rates::ratio((a, e), (b, 1.0), 0.95))?;
    }

    #[test]
    fn ratings(cells in prop::collection::vec(prop::collection::vec(0..5_u64, 0..4), 0..4)) {
        for weight in [Weight::Nominal, Weight::Linear, Weight::Quadratic] {
            sound(cohen(&cells, weight, 0.95))?;
        }
        sound(fleiss(&cells))?;
    }
}
