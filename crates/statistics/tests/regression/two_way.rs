//! Two-way fixed effects and the event study against fixest and pyfixest.

use statistics::did::event_study::{self, event_study};
use statistics::did::twfe::twfe;
use statistics::figures::Estimate as _;
use statistics::panel::Panel;
use statistics::regression::ols::Options;

use crate::common::Tolerance::{Abs, Rel};
use crate::common::{Reference, check, reference};

#[test]
fn twfe_agrees_with_fixest_and_pyfixest() {
    for id in [
        "twfe__base_stagg",
        "twfe__castle",
        "twfe__mpdta",
        "twfe__open_stag_cov",
        "twfe__open_stag_het",
        "twfe__open_stag_hom",
        "twfe__open_stag_no_never",
    ] {
        let Some(it) = reference(id) else { return };
        let with_x = it.expected().iter().any(|(key, _)| key == "coef_xperiod");
        let panel = it.data.panel(if with_x { &["x"] } else { &[] });
        let figures = twfe(&panel, &Options::default()).unwrap().figures();
        // t, p and interval follow from coefficient and standard error.
        let rules = [("se_crv3", Rel(1e-5)), ("se_", Rel(1e-6)), ("t", Rel(1e-6)), ("", Abs(1e-8))];
        it.compare(&figures, &rules);
        check(id, &crv3(&it), &figures, &rules);
    }
}

/// The jackknife error has one source, pyfixest. Where its CRV1 error differs from that of fixest
/// it took the period effects for nested in the units (`K`); its CRV3 error then has the same
/// factor too many.
fn crv3(it: &Reference) -> Vec<(String, f64)> {
    let number =
        |of: &[(String, f64)], name: &str| of.iter().find(|it| it.0 == name).map(|it| it.1);
    let peer = it.of("py_pyfixest");
    let ratio = number(it.expected(), "se_cluster").unwrap_or(1.0)
        / number(peer, "se_cluster").unwrap_or(1.0);
    let own = number(peer, "se_crv3").unwrap_or(0.0);
    vec![("se_crv3".to_owned(), own * ratio)]
}

#[test]
fn the_event_study_of_medicaid_agrees_with_fixest() {
    let Some(it) = reference("eventstudy__ehec") else { return };
    let data = it.data.filter("year", |it| it.parse::<i64>().is_ok_and(|year| year < 2016));
    let data = data.filter("yexp2", |it| it != "2015");
    let first = data.optional("yexp2").into_iter();
    let panel = Panel::new(statistics::panel::Columns {
        unit: data.texts("stfips"),
        period: data.integers("year"),
        first_treated: first.map(|it| (it == Some(2014.0)).then_some(2014)).collect(),
        outcome: data.numbers("dins"),
        ..Default::default()
    })
    .unwrap();
    let study = event_study(&panel, &event_study::Options::default()).unwrap();
    it.compare(&study.figures(), &[("se_", Rel(1e-6)), ("", Abs(1e-8))]);
    assert!(study.pre_trend.is_some_and(|it| it.2 > 0.05), "{:?}", study.pre_trend);
}
