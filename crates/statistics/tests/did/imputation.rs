//! Imputation against R's `didimputation` (shared), and pyfixest and diff-diff (own toy data).

use statistics::did::imputation::{Adjustment, Imputation, Options, estimate};
use statistics::did::pre_trend::Leads;
use statistics::did::{etwfe, etwfe_poisson};
use statistics::figures::Estimate as _;
use statistics::panel::Panel;

use crate::common::Tolerance::{Abs, Rel};
use crate::common::{check, data, reference};
use crate::toy;

/// fixest stops its fixed-effect iterations at 1e-6, so R is up to 8e-7 off the exact solution.
const ESTIMATE: f64 = 1e-6;
const STANDARD_ERROR: f64 = 1e-5;

const IDS: [&str; 7] = [
    "bjs__base_stagg",
    "bjs__castle",
    "bjs__mpdta",
    "bjs__open_stag_cov",
    "bjs__open_stag_het",
    "bjs__open_stag_hom",
    "bjs__open_stag_no_never",
];

#[test]
fn agrees_with_didimputation() {
    for id in IDS {
        let Some(it) = reference(id) else { return };
        let panel = it.data.panel(&[]);
        let found = estimate(&panel, &Options::default()).unwrap();
        let figures = found.figures();
        // On two synthetic sets R keeps a lead that is collinear with the unit effects (standard
        // error 1311): there only the difference from the last lead means something.
        let singular = it.expected().iter().find(|(key, _)| key == "dyn_-1").map(|(_, it)| *it);
        let lead = |key: &str| key.contains("dyn_-");
        let expected: Vec<(String, f64)> = it
            .expected()
            .iter()
            .filter(|(key, _)| singular.is_none() || !(key.starts_with("se_") && lead(key)))
            .filter(|(key, _)| singular.is_none() || key != "dyn_-1")
            .map(|(key, value)| {
                let from = if lead(key) { singular.unwrap_or(0.0) } else { 0.0 };
                (key.clone(), value - from)
            })
            .collect();
        check(id, &expected, &figures, &[("se_", Rel(STANDARD_ERROR)), ("", Abs(ESTIMATE))]);
        assert!(found.summary().contains("onbehandelde"), "{id}");
    }
}

/// Synthetic sets: within three standard errors of the truth; without `x` the set whose trends
/// differ by `x` is not.
#[test]
fn finds_the_planted_effect() {
    for (id, truth, adjustment, near) in [
        ("bjs__open_stag_het", 0.343_017_990_074_441_67, Adjustment::None, true),
        ("bjs__open_stag_hom", 0.131, Adjustment::None, true),
        ("bjs__open_stag_no_never", 0.312_354_452_054_794_56, Adjustment::None, true),
        ("bjs__open_stag_cov", 0.08, Adjustment::None, false),
        ("bjs__open_stag_cov", 0.08, Adjustment::ByPeriod, true),
    ] {
        let Some(it) = reference(id) else { return };
        let covariates: &[&str] = if id.ends_with("cov") { &["x"] } else { &[] };
        let options = Options { adjustment, ..Options::default() };
        let overall = estimate(&it.data.panel(covariates), &options).unwrap().overall;
        let away = (overall.estimate - truth).abs() / overall.standard_error;
        assert_eq!(away < 3.0, near, "{id}: {away} standard errors");
    }
}

#[test]
fn without_never_treated_units_it_says_what_it_cannot_impute() {
    let Some(it) = reference("bjs__open_stag_no_never") else { return };
    let panel = it.data.panel(&[]);
    let found = estimate(&panel, &Options::default()).unwrap();
    assert!(found.left_out.iter().all(|(_, period)| *period >= 13));
    let cohorts: Vec<i64> = found.by_cohort.iter().map(|it| it.0).collect();
    assert_eq!(cohorts, [5, 9]);
    assert!(found.warnings.iter().any(|it| it.code == "not-imputed"));
}

/// `reference/did_imputation.py`: diff-diff 3.13 (effects), pyfixest 0.60 (leads). diff-diff
/// iterates its fixed effects to 1e-10.
#[test]
fn agrees_with_python_on_own_data() {
    let run = |covariates: &[&str], cluster: Option<&str>, options: Options| -> Imputation {
        estimate(&toy::panel("y", covariates, cluster), &options).unwrap()
    };
    let plain = run(&[], None, Options::default());
    let rules = [("se_", Rel(1e-7)), ("", Abs(1e-8))];
    check("imputation", &toy::expected("imputation"), &plain.figures(), &rules);

    let linear = Options { adjustment: Adjustment::Linear, ..Options::default() };
    let with_x = run(&["x"], None, linear);
    check("imputation_x", &toy::expected("imputation_x"), &with_x.figures(), &rules);

    let by_region = run(&[], Some("region"), Options::default());
    check("imputation_region", &toy::expected("imputation_region"), &by_region.figures(), &rules);
    assert_eq!(by_region.clusters, 10);

    let gaps = estimate(&toy::panel_with_gaps(), &Options::default()).unwrap();
    check("imputation_gaps", &toy::expected("imputation_gaps"), &gaps.figures(), &rules);

    let leads = plain.pre_trend.unwrap();
    for (place, (key, expected)) in toy::expected("leads").iter().enumerate() {
        let found = leads.leads[place / 3];
        let found =
            [found.estimate, found.standard_error, found.homoskedastic_standard_error][place % 3];
        assert!((found - expected).abs() < 1e-9, "{key}: {found}, expected {expected}");
    }
    let expected = toy::expected("leads_wald")[0].1;
    assert!((leads.statistic - expected).abs() < 1e-7 * expected, "{}", leads.statistic);
}

/// By hand: with one treated cell of four units the deviation from the average of the other three
/// is four thirds of the deviation from the average of all four.
#[test]
fn leaving_a_cluster_out_of_its_own_average_widens() {
    let panel = toy::panel("y", &[], None);
    let [plain, out] = [false, true].map(|leave_one_out| {
        estimate(&panel, &Options { leave_one_out, ..Options::default() }).unwrap()
    });
    assert_eq!(plain.overall.estimate, out.overall.estimate);
    assert!(out.overall.standard_error > plain.overall.standard_error);
    let expected = toy::expected("imputation_leave_one_out")[0].1;
    assert!((out.overall.standard_error - expected).abs() < 1e-9);
}

#[test]
fn the_last_leads_are_compared_with_all_earlier_periods() {
    let options = Options { leads: Leads::Last(2), ..Options::default() };
    let leads = estimate(&toy::panel("y", &[], None), &options).unwrap().pre_trend.unwrap();
    let horizons: Vec<i64> = leads.leads.iter().map(|it| it.horizon).collect();
    assert_eq!(horizons, [-2, -1]);
    for (lead, (key, expected)) in leads.leads.iter().zip(toy::expected("last_leads")) {
        assert!((lead.estimate - expected).abs() < 1e-9, "{key}: {}", lead.estimate);
    }
}

/// A different trend shows in the leads: the set was made so.
#[test]
fn the_leads_show_a_trend_that_differed() {
    let Some(table) = data("synth_open/pretrend.csv") else { return };
    let leads = estimate(&table.panel(&[]), &Options::default()).unwrap().pre_trend.unwrap();
    assert!(leads.p_value < 0.01, "{}", leads.summary());
}

/// To anticipate one period is to be treated one period earlier.
#[test]
fn anticipation_moves_the_first_treated_period() {
    let anticipated = Options { anticipation: 1, ..Options::default() };
    let moved = toy::panel_with(|columns| {
        columns.first_treated.iter_mut().flatten().for_each(|it| *it -= 1);
    });
    let moved = estimate(&moved, &Options::default()).unwrap();
    let found = estimate(&toy::panel("y", &[], None), &anticipated).unwrap();
    assert_eq!(found.overall, moved.overall);
    for ((horizon, effect), (later, expected)) in found.by_horizon.iter().zip(&moved.by_horizon) {
        assert_eq!((horizon + 1, effect), (*later, expected));
    }
}

/// A unit that counts three times is three units that count once.
#[test]
fn weights_count_as_copies() {
    let copies = |unit: &str| if unit.ends_with('3') { 3 } else { 1 };
    let copied = toy::panel_with(|columns| {
        let rows: Vec<(usize, i32)> = (0..columns.unit.len())
            .flat_map(|row| (0..copies(&columns.unit[row])).map(move |copy| (row, copy)))
            .collect();
        columns.unit = rows.iter().map(|it| format!("{} {}", columns.unit[it.0], it.1)).collect();
        columns.period = rows.iter().map(|it| columns.period[it.0]).collect();
        columns.first_treated = rows.iter().map(|it| columns.first_treated[it.0]).collect();
        columns.outcome = rows.iter().map(|it| columns.outcome[it.0].abs()).collect();
    });
    let weighted = toy::panel_with(|columns| {
        columns.weight = columns.unit.iter().map(|it| f64::from(copies(it))).collect();
        columns.outcome.iter_mut().for_each(|it| *it = it.abs());
    });
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} against {b}");
    let by_imputation = |it: &Panel| estimate(it, &Options::default()).unwrap().overall.estimate;
    near(by_imputation(&weighted), by_imputation(&copied));
    let by_etwfe = |it: &Panel| {
        etwfe::estimate(it, &etwfe::Options::default()).unwrap().averages.overall.estimate
    };
    near(by_etwfe(&weighted), by_etwfe(&copied));
    let by_poisson = |it: &Panel| {
        etwfe_poisson::estimate(it, &etwfe_poisson::Options::default()).unwrap().log_ratio.estimate
    };
    near(by_poisson(&weighted), by_poisson(&copied));
}

/// The test that cohorts differ: with two cohorts it is the square of a t-test by hand; on the
/// synthetic sets it sees the planted differences and none where there are none.
#[test]
fn cohorts_that_differ_are_told_apart() {
    let two = toy::panel_with(|columns| {
        columns.first_treated.iter_mut().for_each(|it| *it = it.filter(|it| *it != 7));
    });
    let it = estimate(&two, &Options::default()).unwrap();
    let (a, b, v) = (it.by_cohort[0].1, it.by_cohort[1].1, &it.covariance_by_cohort);
    assert!((v[0][0].sqrt() - a.standard_error).abs() < 1e-15);
    let expected = (a.estimate - b.estimate).powi(2) / (v[0][0] + v[1][1] - 2.0 * v[0][1]);
    let test = it.cohort_test.unwrap();
    assert!((test.statistic / expected - 1.0).abs() < 1e-9 && test.differences == 1, "{test:?}");

    for (id, differ) in [("bjs__open_stag_het", true), ("bjs__open_stag_hom", false)] {
        let Some(it) = reference(id) else { return };
        let found = estimate(&it.data.panel(&[]), &Options::default()).unwrap();
        assert_eq!(found.cohort_test.unwrap().p_value < 0.01, differ, "{id}");
    }
}
