//! Whatever comes in: a result with finite numbers, or a fault; never a panic or endless loop.

use proptest::prelude::*;
use statistics::duration::aalen_johansen::{self, Variance, aalen_johansen};
use statistics::duration::cox::{self, Ties, cox};
use statistics::duration::gray::gray;
use statistics::duration::kaplan_meier::{self, kaplan_meier};
use statistics::duration::log_rank::log_rank;
use statistics::duration::observations::Durations;
use statistics::duration::proportional_hazards::{Clock, proportional_hazards};

type Row = (f64, f64, u32, u8, f64);

/// Few distinct values, so that ties, empty groups and collapsing risk sets are common.
fn rows() -> impl Strategy<Value = (Vec<Row>, bool, f64)> {
    let row = (0_u8..5, 0_u8..6, 0_u32..3, 0_u8..3, prop_oneof![Just(0.0), -2.0..2.0_f64]);
    let row = row.prop_map(|(entry, length, cause, group, x)| {
        let entry = f64::from(entry);
        (entry, entry + f64::from(length), cause, group, x)
    });
    let scale = prop_oneof![Just(1.0), Just(1e-6), Just(1e9)];
    (prop::collection::vec(row, 0..25), any::<bool>(), scale)
}

proptest! {
    #[test]
    fn durations_never_panic((rows, late, scale) in rows()) {
        let pick = |part: fn(&Row) -> f64| rows.iter().map(|it| part(it) * scale).collect();
        let durations = Durations {
            entry: if late { pick(|it| it.0) } else { Vec::new() },
            time: pick(|it| it.1),
            cause: rows.iter().map(|it| it.2).collect(),
            group: rows.iter().map(|it| it.3.to_string()).collect(),
        };
        let times = vec![0.0, 2.0 * scale, 20.0 * scale];
        let until = Some(3.0 * scale);
        let options = kaplan_meier::Options {
            times: times.clone(), restricted_mean_until: until, ..Default::default()
        };
        if let Ok(it) = kaplan_meier(&durations, &options) {
            for curve in &it.curves {
                for time in &times {
                    prop_assert!((0.0..=1.0).contains(&curve.survival_at(*time)));
                }
                let (mean, error) = curve.restricted_mean(3.0 * scale);
                prop_assert!(mean.is_finite() && error.is_finite());
            }
        }
        for variance in [Variance::Aalen, Variance::InfinitesimalJackknife] {
            let options = aalen_johansen::Options {
                times: times.clone(), variance, landmark: Some(scale), level: 0.9
            };
            if let Ok(it) = aalen_johansen(&durations, &options) {
                for share in it.incidences.iter().flat_map(|it| &it.at) {
                    prop_assert!((-1e-9..1.0 + 1e-9).contains(&share.estimate));
                    prop_assert!(share.standard_error.is_finite());
                    prop_assert!(share.low.is_finite() && share.high.is_finite());
                }
            }
        }
        if let Ok(it) = log_rank(&durations) {
            prop_assert!(it.chi_squared.is_finite() && (0.0..=1.0).contains(&it.p));
        }
        if let Ok(it) = gray(&durations) {
            prop_assert!(it.tests.iter().all(|it| it.chi_squared.is_finite()));
        }
        let covariates = [
            ("x".to_owned(), pick(|it| it.4)),
            ("twice".to_owned(), pick(|it| 2.0 * it.4)),
            ("group".to_owned(), pick(|it| f64::from(it.3))),
        ];
        for ties in [Ties::Efron, Ties::Breslow] {
            let options = cox::Options { ties, robust: late, ..Default::default() };
            if let Ok(it) = cox(&durations, &covariates, &options) {
                for it in &it.coefficients {
                    prop_assert!(it.estimate.is_finite() && it.standard_error.is_finite());
                }
                if let Ok(it) = proportional_hazards(&it, Clock::Rank) {
                    prop_assert!(it.all.0.is_finite());
                }
            }
        }
    }
}
