//! Coverage of the intervals where the truth is known.

use rand::RngExt as _;
use statistics::duration::aalen_johansen::{self, Variance, aalen_johansen};
use statistics::duration::kaplan_meier::{self, Scale, kaplan_meier};
use statistics::duration::observations::Durations;
use statistics::random::generator;

const REPLICATIONS: u64 = 1000;

/// Constant hazards 0.06 and 0.03, censoring 0.02, a third enters late (after a uniform time).
fn draw(replication: u64) -> Durations {
    let mut random = generator(20_260_101, replication);
    let mut it = Durations::default();
    while it.time.len() < 200 {
        let mut wait = |hazard: f64| -(1.0 - random.random::<f64>()).ln() / hazard;
        let (first, second, censored) = (wait(0.06), wait(0.03), wait(0.02));
        let entry = if random.random::<f64>() < 0.3 { 8.0 * random.random::<f64>() } else { 0.0 };
        let end = first.min(second).min(censored);
        if end > entry {
            it.entry.push(entry);
            it.time.push(end);
            it.cause.push(if end == first { 1 } else { 2 * u32::from(end == second) });
        }
    }
    it
}

/// With 1000 replications the standard error of a coverage of 95% is 0.7 points.
#[test]
fn intervals_cover_the_truth_in_about_95_percent() {
    let time = 12.0;
    let survival = (-0.09_f64 * time).exp();
    let share = 0.06 / 0.09 * (1.0 - survival);
    let mut covered = [0_u32; 4];
    let mut bias = [0.0; 2];
    for replication in 0..REPLICATIONS {
        let durations = draw(replication);
        let curves = kaplan_meier(&durations, &kaplan_meier::Options::default()).unwrap();
        let curve = &curves.curves[0];
        bias[0] += (curve.survival_at(time) - survival) / REPLICATIONS as f64;
        for (at, scale) in [Scale::Log, Scale::LogLog].into_iter().enumerate() {
            let (low, high) = curve.interval_at(time, scale).unwrap();
            covered[at] += u32::from(low <= survival && survival <= high);
        }
        for (at, variance) in
            [Variance::InfinitesimalJackknife, Variance::Aalen].into_iter().enumerate()
        {
            let times = vec![time];
            let options =
                aalen_johansen::Options { times, variance, ..aalen_johansen::Options::default() };
            let it = aalen_johansen(&durations, &options).unwrap().incidences[0].at[0];
            bias[1] += (it.estimate - share) / (2 * REPLICATIONS) as f64;
            covered[2 + at] += u32::from(it.low <= share && share <= it.high);
        }
    }
    eprintln!("coverage (log, log-log, jackknife, Aalen) {covered:?}, bias {bias:?}");
    for covered in covered {
        assert!((930..=970).contains(&covered), "coverage {covered} of 1000");
    }
    assert!(bias.iter().all(|it| it.abs() < 0.004), "bias {bias:?}");
}
