//! Every covariance on one small unbalanced panel; numbers by `reference/regression.py` (pyfixest
//! 0.60, statsmodels 0.15 for HC2 and HC3).

use std::borrow::Cow;

use statistics::regression::covariance::Variance;
use statistics::regression::design::Design;
use statistics::regression::ols::{Fit, Options, ols};
use statistics::regression::poisson::poisson;

struct Toy {
    unit: Vec<u32>,
    period: Vec<u32>,
    third: Vec<u32>,
    weight: Vec<f64>,
    x: Vec<f64>,
    z: Vec<f64>,
    y: Vec<f64>,
}

/// The panel of the script.
fn toy() -> Toy {
    let rows = (0..12_u32).flat_map(|unit| (0..8_u32).map(move |period| (unit, period)));
    let rows: Vec<(u32, u32)> = rows.filter(|(i, t)| (i + 3 * t) % 11 != 0).collect();
    let of = |value: fn(f64, f64) -> f64| -> Vec<f64> {
        rows.iter().map(|(i, t)| value(f64::from(*i), f64::from(*t))).collect()
    };
    let x = of(|i, t| (1.7 * i + 0.9 * t * t).sin());
    let rest = of(|i, t| 0.2 * i - 0.1 * t + (5.0 * i + 3.0 * t).sin());
    Toy {
        unit: rows.iter().map(|it| it.0).collect(),
        period: rows.iter().map(|it| it.1).collect(),
        third: rows.iter().map(|it| it.0 * it.1 % 4).collect(),
        weight: of(|i, t| 1.0 + (i + t) % 3.0),
        z: of(|i, t| (0.3 * i * t).cos()),
        y: x.iter().zip(&rest).map(|(x, rest)| 0.5 * x + rest).collect(),
        x,
    }
}

impl Toy {
    fn design(&self) -> Design<'_> {
        Design::new(&self.y[..])
            .column("x", &self.x[..])
            .column("z", &self.z[..])
            .effect(&self.unit[..])
            .effect(&self.period[..])
            .period(&self.period[..])
    }
}

/// Coefficients and standard errors of the first columns, `expected` in that order.
fn check(name: &str, design: &Design<'_>, variance: Variance, expected: &[f64]) {
    let it = ols(design, &Options { variance, ..Options::default() });
    let it = it.unwrap_or_else(|fault| panic!("{name}: {fault}"));
    let size = expected.len() / 2;
    let found = it.coefficients.iter().take(size).copied();
    let found: Vec<f64> = found.chain((0..size).map(|at| it.covariance.se(at))).collect();
    for (found, expected) in found.iter().zip(expected) {
        // pyfixest stops three effects at 1e-6.
        let room = if name == "three" { 1e-5 } else { 1e-8 };
        assert!((found - expected).abs() < room * expected.abs(), "{name}: {found} {expected}");
    }
}

#[test]
fn every_covariance_agrees_with_pyfixest_and_statsmodels() {
    let toy = toy();
    let both = [0.453_037_174_986, -0.241_342_496_95];
    for (name, variance, errors) in [
        ("iid", Variance::Classical, [0.131_533_562_548, 0.142_434_112_892]),
        ("hc1", Variance::Hc1, [0.123_365_319_336, 0.142_321_385_091]),
        ("hc2", Variance::Hc2, [0.124_086_250_152, 0.142_787_135_226]),
        ("hc3", Variance::Hc3, [0.143_345_901_803, 0.164_521_917_586]),
        ("unit", Variance::Auto, [0.081_505_300_898, 0.172_721_435_491]),
        ("crv3", Variance::Jackknife, [0.104_495_814_986, 0.217_662_840_702]),
        ("dk1", Variance::DriscollKraay(Some(1)), [0.050_280_986_564, 0.160_715_847_334]),
        ("dk2", Variance::DriscollKraay(Some(2)), [0.044_741_560_305, 0.132_780_375_348]),
    ] {
        check(name, &toy.design(), variance, &[both, errors].concat());
    }
}

#[test]
fn weights_three_effects_two_clusters_and_counts_agree_too() {
    let toy = toy();
    let weighted = toy.design().weight(&toy.weight[..]);
    let expected = [0.481_989_588_66, -0.233_231_868_167, 0.085_763_946_210_3, 0.200_141_461_42];
    check("weighted", &weighted, Variance::Auto, &expected);

    let mut one_effect = weighted.clone();
    one_effect.effects.truncate(1);
    let expected = [0.537_529_126_879, -0.091_044_489_727_6, 0.157_200_575_857, 0.150_570_767_134];
    check("weighted hc3", &one_effect, Variance::Hc3, &expected);

    let three = toy.design().effect(&toy.third[..]);
    let expected = [0.455_657_259_492, -0.206_584_164_65, 0.085_495_470_563_4, 0.154_522_964_648];
    check("three", &three, Variance::Auto, &expected);

    let mut two = toy.design().cluster(&toy.unit[..]).cluster(&toy.period[..]);
    two.columns.remove(0);
    check("two ways", &two, Variance::Cluster, &[-0.323_412_657_713, 0.211_047_959_793]);

    let counts: Vec<f64> = toy.y.iter().map(|y| (y.exp() * 2.0).floor()).collect();
    let mut design = toy.design();
    design.outcome = Cow::Owned(counts);
    let it = poisson(&design, &Options::default()).unwrap();
    let found = [it.coefficients[0], it.coefficients[1], it.covariance.se(0), it.covariance.se(1)];
    let expected = [0.568_520_757_498, -0.431_510_083_887, 0.093_418_240_509_8, 0.219_204_288_1];
    // pyfixest stops the weighted effects at 1e-6.
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-5 * expected.abs(), "{found} {expected}");
    }
}

/// The effects of a fit add up to what the regressors leave over, in any order of the rows.
#[test]
fn effects_and_residuals_add_up_to_the_outcome() {
    let toy = toy();
    for turned in [false, true] {
        let mut toy = Toy { third: Vec::new(), ..toy_of(&toy) };
        if turned {
            toy.unit.reverse();
            toy.period.reverse();
            [&mut toy.x, &mut toy.z, &mut toy.y].into_iter().for_each(|it| it.reverse());
        }
        let design = toy.design();
        let fit = Fit::new(&design, &Options::default()).unwrap();
        let effects = fit.effect_values().unwrap();
        for row in 0..toy.y.len() {
            let fitted = fit.coefficients[0] * toy.x[row]
                + fit.coefficients[1] * toy.z[row]
                + effects[0][toy.unit[row] as usize]
                + effects[1][toy.period[row] as usize];
            assert!((fitted + fit.residuals[row] - toy.y[row]).abs() < 1e-12);
        }
    }
}

fn toy_of(it: &Toy) -> Toy {
    Toy {
        unit: it.unit.clone(),
        period: it.period.clone(),
        third: Vec::new(),
        weight: it.weight.clone(),
        x: it.x.clone(),
        z: it.z.clone(),
        y: it.y.clone(),
    }
}

/// A column that the effects span and one that repeats another are left out by name.
#[test]
fn collinear_columns_are_named() {
    let toy = toy();
    let trend: Vec<f64> = toy.period.iter().map(|it| 2000.0 + f64::from(*it)).collect();
    let double: Vec<f64> = toy.x.iter().map(|it| 2.0 * it).collect();
    let design = toy.design().column("trend", trend).column("double", double);
    let it = ols(&design, &Options::default()).unwrap();
    assert_eq!(
        (it.names, it.dropped),
        (vec!["x".into(), "z".into()], vec!["trend".into(), "double".into()])
    );
    assert!(it.warnings.iter().any(|it| it.code == "few-clusters"));
}

/// Separation: a dummy that is 1 only where all counts are zero has no finite coefficient.
#[test]
fn separated_counts_are_left_out_and_told() {
    let counts = [0.0, 0.0, 1.0, 2.0, 3.0, 1.0, 4.0, 2.0];
    let dummy = vec![1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    let x = vec![0.1, 0.7, 0.3, 0.9, 0.4, 0.2, 0.8, 0.5];
    let design = Design::new(&counts[..]).column("dummy", dummy).column("x", x);
    let it = poisson(&design, &Options::default()).unwrap();
    assert_eq!((it.separated, it.n), (2, 6));
    assert_eq!(it.dropped, ["dummy"]);
    assert!(it.warnings.iter().any(|it| it.code == "separation"));
}

/// Large systems go by iteration; the answer is that of the dense solution.
#[test]
fn conjugate_gradients_and_the_dense_solution_agree() {
    use statistics::regression::fixed_effects::{Absorber, Precision};
    let rows = 20_000_u32;
    let first: Vec<u32> = (0..rows).map(|it| it.wrapping_mul(2_654_435_761) % 1009).collect();
    let second: Vec<u32> = (0..rows).map(|it| it.wrapping_mul(40_503) / 7 % 601).collect();
    let few: Vec<u32> = second.iter().map(|it| it % 40).collect();
    let value = |it: u32| (f64::from(it) * 0.37).sin() + f64::from(first[it as usize] % 7);
    let column: Vec<f64> = (0..rows).map(value).collect();
    for effects in [vec![&first[..], &second[..]], vec![&first[..], &second[..], &few[..]]] {
        let absorber =
            Absorber::new(&effects, None, Precision { tolerance: 1e-12, ..Precision::default() })
                .unwrap();
        let mut left = column.clone();
        absorber.demean(&mut left).unwrap();
        for codes in effects {
            let mut sums = vec![0.0; 1009];
            codes.iter().zip(&left).for_each(|(code, it)| sums[*code as usize] += it);
            assert!(
                sums.iter().all(|it| it.abs() < 1e-7),
                "{:?}",
                sums.iter().copied().fold(0.0, f64::max)
            );
        }
    }
}
