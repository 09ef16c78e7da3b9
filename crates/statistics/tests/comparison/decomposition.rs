//! Decompositions add up, whatever the numbers.

use proptest::prelude::*;
use statistics::comparison::kitagawa::{Factor, kitagawa};
use statistics::comparison::price_volume_mix::{Product, price_volume_mix};
use statistics::comparison::shift_share::{Kind, shift_share};

/// By hand, three factors in one cell: 2*3*5 to 3*3*7 is 33; the first adds
/// (3*5 + 3*7)/3 + (3*7 + 3*5)/6 = 18, the second nothing, the third 3 (2*2 + 3*2)/2 = 15.
#[test]
fn three_factors_by_hand() {
    let factor = |name: &str, before: f64, after: f64| Factor {
        name: name.into(),
        before: vec![before],
        after: vec![after],
    };
    let it = kitagawa(&[factor("a", 2.0, 3.0), factor("b", 3.0, 3.0), factor("c", 5.0, 7.0)]);
    let effects: Vec<f64> = it.unwrap().effects.iter().map(|it| it.1).collect();
    for (found, expected) in effects.iter().zip([18.0, 0.0, 15.0]) {
        assert!((found - expected).abs() < 1e-12, "{effects:?}");
    }
}

#[test]
fn a_new_product_is_mix_and_not_price() {
    let product = |name: &str, before: (f64, f64), after: (f64, f64)| Product {
        name: name.into(),
        units_before: before.0,
        price_before: before.1,
        units_after: after.0,
        price_after: after.1,
    };
    let it = price_volume_mix(&[
        product("oud", (10.0, 50.0), (10.0, 50.0)),
        product("nieuw", (0.0, 0.0), (10.0, 80.0)),
    ])
    .unwrap();
    assert_eq!((it.volume, it.mix, it.price), (500.0, 300.0, 0.0));
    assert_eq!(it.warnings[0].code, "new-products");
}

proptest! {
    #[test]
    fn the_parts_add_up(
        rows in prop::collection::vec((0.0..1e4_f64, 0.0..1e3_f64, 0.0..1e4_f64, 0.0..1e3_f64), 1..9)
    ) {
        let near = |a: f64, b: f64, size: f64| (a - b).abs() <= 1e-9 * (1.0 + size);
        let name = |at: usize| format!("p{at}");
        let products: Vec<Product> = rows.iter().enumerate().map(|(at, it)| Product {
            name: name(at), units_before: it.0 + 1.0, price_before: it.1, units_after: it.2,
            price_after: it.3,
        }).collect();
        let it = price_volume_mix(&products).unwrap();
        prop_assert!(near(it.volume + it.mix + it.price, it.after - it.before, it.after + it.before));

        let column = |part: fn(&(f64, f64, f64, f64)) -> f64| rows.iter().map(part).collect();
        let factors = [
            Factor { name: "a".into(), before: column(|it| it.0), after: column(|it| it.2) },
            Factor { name: "b".into(), before: column(|it| it.1), after: column(|it| it.3) },
            Factor { name: "c".into(), before: column(|it| it.3), after: column(|it| it.0) },
        ];
        let it = kitagawa(&factors).unwrap();
        let sum: f64 = it.effects.iter().map(|it| it.1).sum();
        prop_assert!(near(sum, it.after - it.before, it.after.abs() + it.before.abs()));

        let kinds: Vec<Kind> = rows.iter().enumerate().map(|(at, it)| Kind {
            name: name(at), own: (it.0, it.2), whole: (it.0 + it.1 + 1.0, it.2 + it.3),
        }).collect();
        let it = shift_share(&kinds).unwrap();
        // A kind that grows much in the whole makes large parts that cancel.
        let size = it.mix.abs() + it.own.abs() + it.whole.abs();
        prop_assert!(near(it.whole + it.mix + it.own, it.after - it.before, size));
    }
}
