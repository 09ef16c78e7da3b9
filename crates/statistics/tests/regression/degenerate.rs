//! Whatever finite data come in: a result or a fault, never a panic, an endless loop or a NaN.

use proptest::prelude::*;
use statistics::did::event_study::event_study;
use statistics::did::twfe::twfe;
use statistics::did::two_by_two::two_by_two;
use statistics::fault::Fault;
use statistics::figures::{Estimate, Figures};
use statistics::panel::{Columns, Panel};
use statistics::regression::covariance::Variance;
use statistics::regression::design::Design;
use statistics::regression::ols::{Fit, Options, ols};
use statistics::regression::poisson::poisson;
use statistics::regression::randomisation::randomisation_of_panel;
use statistics::regression::wild_bootstrap::{self, wild_bootstrap};

const VARIANCES: [Variance; 8] = [
    Variance::Auto,
    Variance::Classical,
    Variance::Hc1,
    Variance::Hc2,
    Variance::Hc3,
    Variance::Cluster,
    Variance::Jackknife,
    Variance::DriscollKraay(None),
];

/// Runs everything on a panel; the texts of the faults.
fn all(panel: &Panel) -> Vec<String> {
    let mut faults = Vec::new();
    let mut note = |result: Result<Figures, Fault>| match result {
        Ok(figures) => assert!(figures.iter().all(|it| it.1.is_finite())),
        Err(fault) => faults.push(fault.to_string()),
    };
    let show = |it: &dyn Estimate| {
        assert!(!it.summary().contains("NaN"), "{}", it.summary());
        it.figures()
    };
    let options = Options::default();
    note(twfe(panel, &options).map(|it| show(&it)));
    note(event_study(panel, &Default::default()).map(|it| show(&it)));
    note(two_by_two(panel, &options).map(|it| show(&it)));
    note(randomisation_of_panel(panel, &Default::default()).map(|it| show(&it)));
    let treated: Vec<f64> =
        (0..panel.rows()).map(|row| f64::from(u8::from(panel.treated(row)))).collect();
    let design = Design::two_way(panel).column("treated", &treated[..]);
    let twice: Vec<f64> = treated.iter().map(|it| 2.0 * it).collect();
    let design = design.column("twice", twice);
    for variance in VARIANCES {
        note(ols(&design, &Options { variance, ..options }).map(|it| {
            assert!(it.coefficients.iter().chain(&it.residuals).all(|it| it.is_finite()));
            show(&it)
        }));
    }
    note(poisson(&design, &options).map(|it| show(&it)));
    let draws = wild_bootstrap::Options { draws: 64, ..Default::default() };
    note(
        Fit::new(&design, &options)
            .and_then(|fit| wild_bootstrap(&fit, "treated", &draws).map(|it| show(&it))),
    );
    faults
}

fn panel(units: i64, periods: i64, treated: i64, outcome: impl Fn(i64, i64) -> f64) -> Panel {
    let mut columns = Columns::default();
    for unit in 0..units {
        for period in 0..periods {
            columns.unit.push(unit.to_string());
            columns.period.push(period);
            columns.first_treated.push((unit < treated).then_some(periods / 2));
            columns.outcome.push(outcome(unit, period));
        }
    }
    Panel::new(columns).expect("a panel")
}

#[test]
fn strange_panels_give_a_result_or_a_dutch_sentence() {
    let varied = |unit: i64, period: i64| ((7 * unit * unit + 3 * period * unit) % 11) as f64;
    for (name, panel, expected) in [
        ("constant outcome", panel(6, 4, 3, |_, _| 3.0), "geen spreiding"),
        ("one unit", panel(1, 4, 1, varied), "geen vergelijking"),
        ("one period", panel(6, 1, 3, varied), "geen vergelijking"),
        ("nobody treated", panel(6, 4, 0, varied), "Geen enkele eenheid is behandeld"),
        ("everybody treated", panel(6, 4, 6, varied), "geen vergelijking"),
        ("two units", panel(2, 2, 1, varied), "blijft niets"),
        ("one treated", panel(6, 4, 1, varied), "hangt de schatting aan één cluster"),
        ("huge", panel(6, 4, 3, |unit, period| 1e60 * varied(unit, period)), ""),
        ("tiny", panel(6, 4, 3, |unit, period| 1e-150 * varied(unit, period)), ""),
        ("negative counts", panel(6, 4, 3, |unit, period| -varied(unit, period)), "0 of meer"),
    ] {
        let faults = all(&panel);
        let found = faults.iter().any(|it| it.contains(expected)) || expected.is_empty();
        assert!(found, "{name}: {faults:#?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_panel_gives_a_result_or_a_fault(
        rows in prop::collection::vec((0_u8..6, 0_i64..5, -1e6..1e6_f64), 1..40),
        first in prop::collection::vec(prop::option::of(0_i64..6), 6),
        size in prop::sample::select(vec![0.0, 1e-200, 1e-9, 1.0, 1e9, 1e60]),
    ) {
        let mut columns = Columns::default();
        let mut seen = std::collections::HashSet::new();
        for (unit, period, value) in rows.into_iter().filter(|it| seen.insert((it.0, it.1))) {
            columns.unit.push(unit.to_string());
            columns.period.push(period);
            columns.first_treated.push(first[usize::from(unit)]);
            columns.outcome.push(size * value.round());
        }
        all(&Panel::new(columns).unwrap());
    }
}
