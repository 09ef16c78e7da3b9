//! Kappa against statsmodels and scikit-learn.

use statistics::comparison::kappa::{Weight, cohen, fleiss};

#[test]
fn two_raters() {
    let table = [vec![20, 5, 1], vec![4, 18, 6], vec![2, 7, 25]];
    let check = |weight, [kappa, error, null, low, high]: [f64; 5]| {
        let it = cohen(&table, weight, 0.95).unwrap();
        let interval = it.interval.unwrap();
        for (found, expected) in [
            (it.kappa, kappa),
            (it.error.unwrap(), error),
            (it.error_null, null),
            (interval.0, low),
            (interval.1, high),
        ] {
            assert!((found - expected).abs() < 1e-10, "{weight:?}: {found}, expected {expected}");
        }
    };
    check(
        Weight::Nominal,
        [
            0.571_984_435_797_665_3,
            0.072_442_484_698_035_2,
            0.075_482_050_718_352_75,
            0.429_999_774_838_922_4,
            0.713_969_096_756_408_3,
        ],
    );
    check(
        Weight::Linear,
        [
            0.640_606_767_794_632_4,
            0.066_419_939_877_586_96,
            0.084_361_812_168_627_95,
            0.510_426_077_779_246_2,
            0.770_787_457_810_018_7,
        ],
    );
    check(
        Weight::Quadratic,
        [
            0.709_175_738_724_727_8,
            0.067_030_013_480_713_93,
            0.106_547_876_458_853_47,
            0.577_799_326_419_294_2,
            0.840_552_151_030_161_5,
        ],
    );
}

#[test]
fn five_raters() {
    let table =
        [[0, 0, 5], [1, 4, 0], [5, 0, 0], [2, 2, 1], [0, 3, 2], [4, 1, 0], [0, 0, 5], [3, 1, 1]]
            .map(|it| it.to_vec());
    let it = fleiss(&table).unwrap();
    assert!((it.kappa - 0.451_795_841_209_829_8).abs() < 1e-12, "{}", it.kappa);
    // Twenty-five times as many cases with the same shares: a fifth of the standard error, near
    // the spread that the script finds over 2000 tables of 200 cases rated at random.
    let many: Vec<Vec<u64>> = table.iter().cycle().take(200).cloned().collect();
    let error = fleiss(&many).unwrap().error_null;
    assert!((error - it.error_null / 5.0).abs() < 1e-12);
    assert!((error / 0.015_622_578_980_227_154 - 1.0).abs() < 0.05, "{error}");
}
