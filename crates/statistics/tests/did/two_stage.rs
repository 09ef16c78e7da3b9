//! Two stages against diff-diff and pyfixest, and against imputation.

use statistics::did::imputation;
use statistics::did::two_stage::{Options, estimate};
use statistics::figures::Estimate as _;

use crate::common::Tolerance::{Abs, Rel};
use crate::common::{check, reference};
use crate::toy;

const IDS: [&str; 7] = [
    "did2s__base_stagg",
    "did2s__castle",
    "did2s__mpdta",
    "did2s__open_stag_cov",
    "did2s__open_stag_het",
    "did2s__open_stag_hom",
    "did2s__open_stag_no_never",
];

/// The stated tolerance of the standard error is 2e-2; ours is 1e-6, since it has no factor either.
#[test]
fn agrees_with_diff_diff() {
    for id in IDS {
        let Some(it) = reference(id) else { return };
        let found = estimate(&it.data.panel(&[]), &Options::default()).unwrap();
        it.compare(&found.figures(), &[("se_", Rel(1e-6)), ("", Abs(1e-6))]);
        assert!(found.summary().contains("twee stappen"), "{id}");
    }
}

#[test]
fn agrees_with_python_on_own_data() {
    let found = estimate(&toy::panel("y", &[], None), &Options::default()).unwrap();
    let rules = [("se_", Rel(1e-7)), ("", Abs(1e-8))];
    check("two_stage", &toy::expected("two_stage"), &found.figures(), &rules);
}

/// The points are those of imputation: the same first stage, the same averages.
#[test]
fn the_points_are_those_of_imputation() {
    let panel = toy::panel("y", &["x"], Some("region"));
    let adjustment = imputation::Adjustment::Linear;
    let two = estimate(&panel, &Options { adjustment, ..Options::default() }).unwrap();
    let options = imputation::Options { adjustment, ..imputation::Options::default() };
    let one = imputation::estimate(&panel, &options).unwrap().figures();
    for (key, value) in two.figures().iter().filter(|(key, _)| !key.starts_with("se_")) {
        assert_eq!(one.get(key), Some(value), "{key}");
    }
}
