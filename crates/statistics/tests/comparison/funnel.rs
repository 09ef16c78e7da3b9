//! Funnels for ratios and proportions.
#![expect(clippy::unwrap_used, reason = "a failing fit must stop the test")]

use statistics::comparison::counts::Family;
use statistics::comparison::funnel::{
    Funnel, Options, Scale, Trim, Unit, exact_count_limits, exact_ratio_limits, funnel,
};
use statistics::comparison::proportion::{clopper_pearson, wilson};
use statistics::comparison::standardisation::{Standardised, by_model};
use statistics::figures::{Estimate as _, Figures};

use super::standardisation::{stays, teams};
use crate::common::Tolerance::Abs;
use crate::common::{Reference, Table, reference};

fn units(it: &Standardised) -> Vec<Unit> {
    let unit = |it: &statistics::comparison::standardisation::Ratio| Unit {
        name: it.group.clone(),
        numerator: it.observed,
        denominator: it.expected,
    };
    it.groups.iter().map(unit).collect()
}

/// Log scale with truncation and root scale with winsorisation.
fn both(units: &[Unit]) -> [Funnel; 2] {
    [(Scale::Log, Trim::Truncate(0.1)), (Scale::Root, Trim::Winsorise(0.1))]
        .map(|(scale, trim)| funnel(units, Options { scale, trim, level: 0.998 }).unwrap())
}

fn merged(all: &[Figures]) -> Figures {
    let mut figures = Figures::new();
    for (key, value) in all.iter().flat_map(Figures::iter) {
        figures.add(key, value);
    }
    figures
}

fn check(it: &Reference, units: &[Unit], outside: [&[&str]; 2]) {
    let funnels = both(units);
    let mut exact = Figures::new();
    for expected in [10.0, 50.0, 100.0, 500.0] {
        for (name, level) in [("95", 0.95), ("998", 0.998)] {
            let (low, high) = exact_ratio_limits(expected, level).unwrap();
            exact.add(format!("ll{name}_exact_E{expected}"), low);
            exact.add(format!("ul{name}_exact_E{expected}"), high);
        }
    }
    let figures = merged(&[funnels[0].figures(), funnels[1].figures(), exact]);
    it.compare(&figures, &[("sum_", Abs(1e-6)), ("", Abs(1e-7))]);
    for (funnel, expected) in funnels.iter().zip(outside) {
        let mut found = funnel.outside();
        found.sort_unstable();
        assert_eq!(found, expected, "{}", funnel.summary());
    }
}

#[test]
fn hospital_stays() {
    let Some(it) = reference("funnel__medpar") else { return };
    let provider = it.data.texts("provnum");
    let ratios = by_model(Family::Poisson, &stays(&it.data), &provider, 0.95).unwrap();
    let log = ["30017", "30035", "30037", "30044", "30060", "30067", "30068", "30073", "32003"];
    check(&it, &units(&ratios), [&log, &["30073", "32003"]]);
}

#[test]
fn referrals_per_team() {
    let Some(it) = reference("funnel__open_teams") else { return };
    let (strata, _) = teams(&it.data);
    check(&it, &units(&strata), [&["2", "27", "38"], &["27", "38"]]);
}

/// The referral shares of the made-up consultants.
pub(crate) fn consultants(table: &Table) -> Vec<Unit> {
    let names = table.texts("consultant").into_iter();
    let counts = table.numbers("referred").into_iter().zip(table.numbers("n"));
    let unit = |(name, (numerator, denominator))| Unit { name, numerator, denominator };
    names.zip(counts).map(unit).collect()
}

#[test]
fn referral_shares_per_consultant() {
    let Some(it) = reference("funnel_pr__open_consultants") else { return };
    let units = consultants(&it.data);
    let options = Options { scale: Scale::Arcsine, trim: Trim::Winsorise(0.1), level: 0.998 };
    let placed = funnel(&units, options).unwrap();
    let mut exact = Figures::new();
    exact.add("n_out_998", placed.outside().len() as f64);
    for trials in [10, 50, 200] {
        let (low, high) = exact_count_limits(placed.target, trials, 0.998).unwrap();
        exact.add(format!("qbinom_lo998_n{trials}"), f64::from(low));
        exact.add(format!("qbinom_hi998_n{trials}"), f64::from(high));
    }
    let whole = |it: &str| it.parse::<u64>().unwrap();
    let texts = it.data.texts("referred").into_iter().zip(it.data.texts("n"));
    for (unit, (x, n)) in units.iter().zip(texts) {
        let sharp = clopper_pearson(whole(&x), whole(&n), 0.95).unwrap();
        let score = wilson(whole(&x), whole(&n)).unwrap();
        for (name, value) in [
            ("cp_lo", sharp.low),
            ("cp_hi", sharp.high),
            ("wilson_lo", score.low),
            ("wilson_hi", score.high),
        ] {
            exact.add(format!("{name}_{}", unit.name), value);
        }
    }
    it.compare(&merged(&[placed.figures(), exact]), &[("", Abs(1e-8))]);
}

/// By hand: four teams of 100 expected with 81, 100, 121 and 144 observed; on the root scale
/// z = 2 (9 - 10), 0, 2, 4, so phi = 24/4 = 6 and tau2 = (24 - 3) / (1600 - 400) = 0.0175.
#[test]
fn a_funnel_by_hand() {
    let numerators = [81.0, 100.0, 121.0, 144.0];
    let unit =
        |numerator: f64| Unit { name: format!("{numerator}"), numerator, denominator: 100.0 };
    let options = Options { trim: Trim::Nothing, ..Options::default() };
    let it = funnel(&numerators.map(unit), options).unwrap();
    assert!((it.phi - 6.0).abs() < 1e-12 && (it.tau2 - 0.0175).abs() < 1e-12, "{it:?}");
    assert!((it.units[3].z_adjusted - 0.2 / 0.02_f64.sqrt()).abs() < 1e-12);
    let (low, high) = it.limits(100.0, 0.95).unwrap();
    let reach = 1.959_963_984_540_054 * 0.02_f64.sqrt();
    assert!((low - (1.0 - reach).powi(2)).abs() < 1e-12, "{low}");
    assert!((high - (1.0 + reach).powi(2)).abs() < 1e-12, "{high}");
    assert_eq!(it.warnings[0].code, "few-units");
}

#[test]
fn a_tiny_unit_beside_a_huge_one_leaves_no_rounding_for_spread() {
    let unit = |denominator: f64| Unit { name: "a".into(), numerator: 0.0, denominator };
    let options = Options { scale: Scale::Arcsine, trim: Trim::Nothing, ..Options::default() };
    let it = funnel(&[unit(1e12), unit(1e-9)], options).unwrap();
    assert_eq!(it.tau2, 0.0, "{it:?}");
}
