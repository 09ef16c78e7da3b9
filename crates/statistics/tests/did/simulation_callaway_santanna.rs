//! Coverage and size; the larger study is `examples/simulate_callaway_santanna.rs`.

#[path = "../../examples/simulate_callaway_santanna.rs"]
mod study;

/// With 300 draws a true coverage of 95% shows as 91.7% to 98% in 99 of 100 studies.
#[test]
fn staggered_estimators_hold_the_truth_and_two_way_fixed_effects_does_not() {
    for (name, it) in study::run(300) {
        assert!((0.017..=0.09).contains(&it.size), "{name}: {it:?}");
        if name == "TWFE" {
            assert!(it.coverage < 0.7 && it.bias < -0.05, "{name}: {it:?}");
        } else {
            assert!((0.91..=0.983).contains(&it.coverage), "{name}: {it:?}");
            assert!(it.bias.abs() < 0.03, "{name}: {it:?}");
        }
    }
}
