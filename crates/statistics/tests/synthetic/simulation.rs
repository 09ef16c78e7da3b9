//! Where nothing happened, a placebo test says so as often as it promises; where something did, the
//! interval holds it.

use statistics::random::generator;
use statistics::synthetic::sdid::{Estimator, Inference, Options, synthetic_did};

#[path = "../../examples/simulate_synthetic.rs"]
mod study;

use study::{panel, study};

/// With 400 repetitions a share of 5% or 95% has a standard error of 1.1 points.
#[test]
fn placebos_keep_their_size_and_intervals_their_coverage() {
    for (treated, effect) in [(1, 0.0), (2, 0.0), (2, 1.5)] {
        let (size, coverage, bias) = study(treated, effect, 400);
        eprintln!(
            "{treated} treated, effect {effect}: rejected {size}, held {coverage}, bias {bias:.3}"
        );
        assert!(bias.abs() < 0.12, "{bias}");
        assert!((0.91..=0.985).contains(&coverage), "{coverage}");
        if effect == 0.0 {
            assert!((0.015..=0.085).contains(&size), "{size}");
        } else {
            assert!(size > 0.3, "{size}");
        }
    }
}

#[test]
fn a_seed_gives_the_same_draws_on_any_number_of_threads() {
    let it = panel(&mut generator(5, 0), 2, 1.0);
    for inference in
        [Inference::Placebo { draws: 60, seed: 9 }, Inference::Bootstrap { draws: 60, seed: 9 }]
    {
        let run = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            pool.expect("threads")
                .install(|| synthetic_did(&it, &Options { inference, ..Options::default() }))
                .expect("an estimate")
        };
        assert_eq!(run(1), run(3));
    }
}

/// The random placebos, the bootstrap and the jackknife look at the same spread as all placebos.
#[test]
fn the_standard_errors_are_of_one_size() {
    let it = panel(&mut generator(7, 0), 4, 1.0);
    let error = |inference| {
        let estimators = vec![Estimator::SyntheticDid];
        let options = Options { inference, estimators, ..Options::default() };
        let found = synthetic_did(&it, &options).expect("an estimate");
        found.effects[0].spread.expect("a spread").standard_error
    };
    let all = error(Inference::PlaceboAll);
    let drawn = error(Inference::Placebo { draws: 400, seed: 2 });
    assert!((drawn / all - 1.0).abs() < 0.15, "{drawn} against {all}");
    for inference in [Inference::Jackknife, Inference::Bootstrap { draws: 200, seed: 2 }] {
        let other = error(inference);
        assert!((0.3..3.0).contains(&(other / all)), "{other} against {all}");
    }
}
