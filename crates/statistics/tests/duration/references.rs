//! The shared references, every key.

use statistics::duration::aalen_johansen::{self, Variance, aalen_johansen};
use statistics::duration::cox::{self, Ties, cox};
use statistics::duration::gray::gray;
use statistics::duration::kaplan_meier::{self, kaplan_meier};
use statistics::duration::log_rank::log_rank;
use statistics::duration::observations::Durations;
use statistics::figures::{Estimate as _, Figures};

use crate::common::Tolerance::{Abs, Rel};
use crate::common::{Table, data, reference};

fn whole(value: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "codes 0 to 3")]
    let code = value as u32;
    code
}

/// `lung`: status 2 is an event, 1 is censored.
fn lung(table: &Table, by_sex: bool) -> Durations {
    Durations {
        time: table.numbers("time"),
        cause: table.numbers("status").into_iter().map(|it| whole(it) - 1).collect(),
        group: if by_sex { table.texts("sex") } else { Vec::new() },
        ..Durations::default()
    }
}

fn synthetic(table: &Table) -> Durations {
    Durations {
        entry: table.numbers("entry"),
        time: table.numbers("time"),
        cause: table.numbers("event").into_iter().map(whole).collect(),
        group: table.texts("group"),
    }
}

fn join(parts: &[Figures]) -> Figures {
    let mut all = Figures::new();
    parts.iter().flat_map(Figures::iter).for_each(|(key, value)| all.add(key, value));
    all
}

#[test]
fn kaplan_meier_agrees_with_survival() {
    let rules = [("se_", Rel(1e-8)), ("median", Abs(0.0)), ("rmst", Abs(1e-6)), ("", Abs(1e-9))];
    if let Some(it) = reference("km__lung") {
        let options = kaplan_meier::Options {
            times: vec![100.0, 200.0, 365.0, 500.0, 730.0],
            restricted_mean_until: Some(365.0),
            ..Default::default()
        };
        it.compare(&kaplan_meier(&lung(&it.data, false), &options).unwrap().figures(), &rules);
    }
    if let Some(it) = reference("km_lt__open_durations") {
        let times = vec![3.0, 6.0, 12.0, 24.0, 36.0];
        let options = kaplan_meier::Options { times, ..Default::default() };
        let found = kaplan_meier(&synthetic(&it.data), &options).unwrap();
        it.compare(&found.figures(), &rules);
    }
}

#[test]
fn groups_of_lung_agree_with_survival() {
    let Some(it) = reference("km__lung_sex") else { return };
    let durations = lung(&it.data, true);
    let times = vec![100.0, 365.0, 730.0];
    let options = kaplan_meier::Options { times, ..Default::default() };
    let covariates = ["age", "sex"].map(|name| (name.to_owned(), it.data.numbers(name)));
    let fit = |ties| {
        let options = cox::Options { ties, ..Default::default() };
        cox(&durations, &covariates, &options).unwrap().figures()
    };
    let found = join(&[
        kaplan_meier(&durations, &options).unwrap().figures(),
        log_rank(&durations).unwrap().figures(),
        fit(Ties::Efron),
        fit(Ties::Breslow),
    ]);
    it.compare(
        &found,
        &[
            ("logrank", Abs(1e-8)),
            ("cox", Abs(1e-6)),
            ("se_cox", Abs(1e-6)),
            ("se_", Rel(1e-8)),
            ("", Abs(1e-9)),
        ],
    );
}

#[test]
fn cumulative_incidence_agrees_with_cmprsk_and_survival() {
    let aalen = |times: &[f64]| aalen_johansen::Options {
        times: times.to_vec(),
        variance: Variance::Aalen,
        ..Default::default()
    };
    let rules = [("se_", Rel(1e-6)), ("gray", Abs(1e-6)), ("", Abs(1e-9))];
    if let Some(it) = reference("cif__mgus2") {
        let column = |name: &str| it.data.numbers(name);
        let progressed = column("pstat");
        let pick = |yes: &[f64], no: &[f64]| -> Vec<f64> {
            let all = progressed.iter().zip(yes).zip(no);
            all.map(|((p, yes), no)| if *p > 0.0 { *yes } else { *no }).collect()
        };
        let dead: Vec<f64> = column("death").into_iter().map(|it| 2.0 * it).collect();
        let durations = Durations {
            time: pick(&column("ptime"), &column("futime")),
            cause: pick(&vec![1.0; dead.len()], &dead).into_iter().map(whole).collect(),
            group: it.data.texts("sex"),
            ..Durations::default()
        };
        let curves = aalen_johansen(&durations, &aalen(&[60.0, 120.0, 240.0])).unwrap();
        it.compare(&join(&[curves.figures(), gray(&durations).unwrap().figures()]), &rules);
    }
    let times = [6.0, 12.0, 24.0, 36.0];
    if let Some(it) = reference("cif__open_durations") {
        let from_start = it.data.filter("entry", |it| it.parse::<f64>() == Ok(0.0));
        let durations = Durations { group: Vec::new(), ..synthetic(&from_start) };
        it.compare(&aalen_johansen(&durations, &aalen(&times)).unwrap().figures(), &rules);
    }
    if let Some(it) = reference("cif_lt__open_durations") {
        let options = aalen_johansen::Options { times: times.to_vec(), ..Default::default() };
        let found = aalen_johansen(&synthetic(&it.data), &options).unwrap();
        it.compare(&found.figures(), &[("se_", Rel(1e-5)), ("", Abs(1e-9))]);
    }
}

/// Acceptance 14: delayed entry matters, and the ways out and the survival sum to 1.
#[test]
fn ignoring_delayed_entry_gives_another_curve() {
    let Some(table) = data("synth_open/durations.csv") else { return };
    let durations = synthetic(&table);
    let options = kaplan_meier::Options::default();
    let right = kaplan_meier(&durations, &options).unwrap();
    let wrong = Durations { entry: Vec::new(), ..durations.clone() };
    let wrong = kaplan_meier(&wrong, &options).unwrap();
    let (right, wrong) = (&right.curves[0], &wrong.curves[0]);
    let gap = wrong.survival_at(6.0) - right.survival_at(6.0);
    assert!(gap > 3.0 * right.standard_error_at(6.0), "the curves differ by {gap} only");

    let times = vec![1.0, 6.0, 12.0, 36.0];
    let shares = aalen_johansen::Options { times: times.clone(), ..Default::default() };
    let shares = aalen_johansen(&durations, &shares).unwrap();
    for (at, time) in times.iter().enumerate() {
        let group0 = shares.incidences.iter().filter(|it| it.group == "0");
        let sum: f64 = group0.map(|it| it.at[at].estimate).sum();
        assert!((sum + right.survival_at(*time) - 1.0).abs() < 1e-12, "at {time}");
    }
}
