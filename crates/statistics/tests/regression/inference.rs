//! Bootstrap, randomisation and Poisson against enumeration, fixest and statsmodels.

use statistics::did::twfe::twfe;
use statistics::figures::{Estimate as _, Figures};
use statistics::panel::Panel;
use statistics::regression::covariance::Variance;
use statistics::regression::design::Design;
use statistics::regression::ols::{Fit, Options};
use statistics::regression::poisson::poisson;
use statistics::regression::randomisation::{self, randomisation_of_panel};
use statistics::regression::wild_bootstrap::{self, wild_bootstrap};

use crate::common::Tolerance::{Abs, Rel};
use crate::common::{data, reference};

fn treated(panel: &Panel) -> Vec<f64> {
    (0..panel.rows()).map(|row| f64::from(u8::from(panel.treated(row)))).collect()
}

#[test]
fn the_wild_bootstrap_agrees_with_full_enumeration() {
    for replication in ["rep1", "rep1_eff", "rep2", "rep2_eff", "rep3", "rep3_eff"] {
        let Some(it) = reference(&format!("wcb__open_12cl_{replication}")) else { return };
        let panel = it.data.panel(&[]);
        let design = Design::two_way(&panel).column("treated", treated(&panel));
        let fit = Fit::new(&design, &Options::default()).unwrap();
        let result = wild_bootstrap(&fit, "treated", &wild_bootstrap::Options::default()).unwrap();
        assert!(result.enumerated);
        it.compare(
            &result.figures(),
            &[("p_strict", Abs(1e-10)), ("p_ge", Abs(1e-10)), ("p_", Abs(1e-8)), ("", Rel(1e-9))],
        );
        let (Some(low), Some(high)) = result.interval else { panic!("no interval") };
        assert_eq!(low < 0.0 && 0.0 < high, result.p >= 0.05, "{low} {high} {}", result.p);
    }
}

#[test]
fn randomisation_agrees_with_all_pairs() {
    for id in ["ri__open_pilot2", "ri__open_pilot2_null"] {
        let Some(it) = reference(id) else { return };
        let result = randomisation_of_panel(&it.data.panel(&[]), &Default::default()).unwrap();
        it.compare(&result.figures(), &[("p_", Abs(1e-10)), ("", Rel(1e-9))]);
    }
}

#[test]
fn poisson_agrees_with_fixest_and_finds_the_rate_ratio() {
    let Some(it) = reference("ppml__open_counts") else { return };
    let panel = it.data.panel(&["pop"]);
    let population = &panel.covariates[0].1;
    let offset: Vec<f64> = population.iter().map(|it| it.ln()).collect();
    let design = Design::two_way(&panel).column("treated", treated(&panel));
    let result = poisson(&design.offset(offset), &Options::default()).unwrap();
    let mut figures = result.figures();

    let with_outcome = |outcome: Vec<f64>, weight: Vec<f64>| {
        let panel = Panel { outcome, weight, covariates: Vec::new(), ..panel.clone() };
        twfe(&panel, &Options::default()).unwrap().effect
    };
    let logs = with_outcome(panel.outcome.iter().map(|it| it.ln_1p()).collect(), Vec::new());
    figures.add_with_se("ols_log1p", logs.estimate, logs.standard_error);
    let rates = panel.outcome.iter().zip(population).map(|(y, pop)| y / pop).collect();
    figures.add("wls_rate", with_outcome(rates, population.clone()).estimate);
    it.compare(
        &figures,
        &[
            ("se_ols", Abs(1e-8)),
            ("se_", Rel(1e-6)),
            ("dev", Rel(1e-8)),
            ("coef", Abs(1e-7)),
            ("", Abs(1e-8)),
        ],
    );
    // Acceptance: within three standard errors of ln 1.14, and log(y+1) attenuated.
    let effect = result.coefficient("treated").unwrap();
    let truth = 1.14_f64.ln();
    assert!((effect.estimate - truth).abs() < 3.0 * effect.standard_error);
    assert!(logs.estimate < effect.estimate);
}

/// Rejection rates at 5% over 200 true nulls, 24 clusters of which 6 treated, AR(1) 0.8.
#[test]
fn serially_correlated_nulls_are_rejected_as_often_as_they_should() {
    let (Some(it), Some(table)) =
        (reference("size__open_mc_null_serial"), data("synth_open/mc_null_serial.csv"))
    else {
        return;
    };
    let names = ["iid", "hc1", "crv1_normal", "crv1_tG1", "crv3_tG1", "wcr11_B399", "ri_B399"];
    let mut rejected = [0.0; 7];
    for replication in 1..=200 {
        let panel = table.filter("rep", |it| it == replication.to_string()).panel(&[]);
        for (sum, p) in rejected.iter_mut().zip(p_values(&panel)) {
            *sum += f64::from(u8::from(p < 0.05)) / 200.0;
        }
    }
    let mut figures = Figures::new();
    names.iter().zip(rejected).for_each(|(name, it)| figures.add(*name, it));
    it.compare(&figures, &[("iid", Abs(0.05)), ("hc1", Abs(0.05)), ("", Abs(0.04))]);
    assert!(rejected[5] <= 0.10 && rejected[6] <= 0.10, "{rejected:?}");
}

pub(crate) fn p_values(panel: &Panel) -> [f64; 7] {
    let design = Design::two_way(panel).column("treated", treated(panel));
    let fit = Fit::new(&design, &Options::default()).expect("a balanced panel");
    let t = |variance| {
        let it = fit.covariance(variance).expect("enough clusters");
        (fit.coefficients[0] / it.se(0), it.df)
    };
    let p = |(t, df)| statistics::distribution::t_p(t, df);
    let wild = wild_bootstrap::Options { draws: 399, ..Default::default() };
    let random = randomisation::Options { exact: 0, draws: 399, ..Default::default() };
    [
        p(t(Variance::Classical)),
        p(t(Variance::Hc1)),
        statistics::distribution::normal_p(t(Variance::Cluster).0),
        p(t(Variance::Cluster)),
        p(t(Variance::Jackknife)),
        wild_bootstrap(&fit, "treated", &wild).expect("a bootstrap").p,
        randomisation_of_panel(panel, &random).expect("one start").p,
    ]
}
