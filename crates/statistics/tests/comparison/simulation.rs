//! How often a funnel cries wolf, and how often an interval covers, with a fixed seed.

#[path = "../../examples/simulate_comparison.rs"]
mod study;

#[test]
fn limits_and_intervals_hold_what_they_promise() {
    let found = study::run(400);
    eprintln!("{found:#?}");
    // The standard error of a share of 400 draws is about 1%; of the funnels' shares of 400 times
    // 60 teams it is below 0.2%.
    for (name, low, high) in [
        ("funnel, chance only, no adjustment", 0.035, 0.065),
        ("funnel, chance only, adjusted", 0.02, 0.055),
        ("funnel, chance only, winsorised", 0.03, 0.06),
        ("funnel, spread beyond chance, no adjustment", 0.15, 0.60),
        ("funnel, spread beyond chance, adjusted", 0.035, 0.065),
        // Winsorising takes part of the real spread for outliers.
        ("funnel, spread beyond chance, winsorised", 0.07, 0.14),
        ("wilson", 0.92, 0.98),
        ("clopper-pearson", 0.94, 1.0),
        ("garwood", 0.94, 1.0),
        ("newcombe", 0.92, 0.985),
        ("koopman", 0.92, 0.98),
        ("rate ratio", 0.94, 1.0),
        ("mixed model intercept", 0.90, 0.98),
    ] {
        let share = found.iter().find(|(it, _)| *it == name).unwrap().1;
        assert!((low..=high).contains(&share), "{name}: {share}");
    }
}
