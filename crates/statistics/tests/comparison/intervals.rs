//! Intervals of one and two proportions and rates against statsmodels and scipy.

use statistics::comparison::proportion::clopper_pearson;
use statistics::comparison::{two_proportions, two_rates};

fn near(name: &str, found: &[f64], expected: &[f64], room: f64) {
    for (found, expected) in found.iter().zip(expected) {
        let off = (found - expected).abs();
        assert!(off < room * expected.abs().max(1.0), "{name}: {found}, expected {expected}");
    }
}

#[test]
fn one_proportion() {
    for ((x, n), expected) in [
        ((0, 7), [0.0, 0.409_616_397_225_003_4]),
        ((15, 20), [0.508_954_128_292_042_5, 0.913_428_530_898_565_3]),
        ((41, 88), [0.358_784_513_309_723_05, 0.575_393_116_682_198_4]),
        ((250, 1000), [0.223_430_406_264_680_4, 0.278_050_006_223_755_53]),
        ((20, 20), [0.831_566_529_016_914_6, 1.0]),
    ] {
        let it = clopper_pearson(x, n, 0.95).unwrap();
        near(&format!("{x}/{n}"), &[it.low, it.high], &expected, 1e-11);
    }
}

#[test]
fn a_difference_and_a_ratio_of_proportions() {
    for (a, b, newcombe, koopman) in [
        (
            (56, 70),
            (48, 80),
            [0.052_431_472_402_364_98, 0.333_872_654_036_906_14],
            [1.079_821_506_361_860_4, 1.670_805_578_019_122_4],
        ),
        (
            (9, 10),
            (3, 10),
            [0.170_522_723_934_502_9, 0.809_017_973_535_488],
            [1.353_237_193_866_724_5, 8.467_668_686_709_78],
        ),
        (
            (0, 12),
            (4, 15),
            [-0.519_504_340_559_805_7, 0.022_591_267_024_059_003],
            [0.0, 1.020_858_807_501_021_6],
        ),
    ] {
        let it = two_proportions::difference(a, b, 0.95).unwrap();
        near(&format!("{a:?} - {b:?}"), &[it.low, it.high], &newcombe, 1e-11);
        let it = two_proportions::ratio(a, b, 0.95).unwrap();
        // statsmodels stops its search at 1e-8.
        near(&format!("{a:?} / {b:?}"), &[it.low, it.high], &koopman, 1e-6);
    }
}

#[test]
fn a_difference_and_a_ratio_of_rates() {
    for (a, b, ratio, difference) in [
        (
            (502, 1.0),
            (349, 1.0),
            [1.252_234_535_895_059_7, 1.653_697_390_431_167_4, 1.751_069_634_848_664_1e-07],
            [95.243_197_736_059_2, 211.121_221_930_795_63],
        ),
        (
            (12, 100.0),
            (3, 90.0),
            [0.971_525_459_152_006_9, 19.879_458_207_967_637, 0.056_813_304_987_351_31],
            [0.000_239_336_736_085_921_1, 0.180_106_967_661_207_87],
        ),
        (
            (0, 2.0),
            (4, 1.0),
            [0.0, 0.757_433_429_682_970_6, 0.024_691_358_024_691_37],
            [-10.241_588_675_403_694, -0.554_591_250_611_180_5],
        ),
    ] {
        let it = two_rates::ratio(a, b, 0.95).unwrap();
        near(&format!("{a:?} / {b:?}"), &[it.low, it.high, it.p.unwrap()], &ratio, 1e-10);
        let it = two_rates::difference(a, b, 0.95).unwrap();
        near(&format!("{a:?} - {b:?}"), &[it.low, it.high], &difference, 1e-10);
    }
}

#[test]
fn no_case_in_the_second_group_is_refused() {
    let refused = two_proportions::ratio((3, 10), (0, 10), 0.95).unwrap_err().to_string();
    assert!(refused.contains("verschil"), "{refused}");
    assert!(two_rates::ratio((3, 1.0), (0, 1.0), 0.95).is_err());
    assert!(two_proportions::difference((3, 2), (0, 1), 0.95).is_err());
}
