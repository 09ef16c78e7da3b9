//! Difference-in-differences: methods for treatment that starts at different moments.

use statistics::did::callaway_santanna::{
    self, BasePeriod, Bootstrap, Control, Sampling, Weights, callaway_santanna,
};
use statistics::did::doubly_robust;

use super::{
    methode::Methode,
    paneel::panel,
    tabel::Tabel,
    uitvoer::Uitkomst,
    vlag::{
        ANTICIPATION, BASE, CLUSTER, CONTROL, COVARIATE, DRAW_WEIGHTS, DRAWS, ESTIMATOR,
        FIRST_TREATED, LEVEL, OUTCOME, PERIOD, SAMPLING, SEED, UNIT, Vlag, WEIGHT,
    },
    vraag::Vraag,
};

/// What a staggered panel needs.
const PANEL: &[&Vlag] = &[&UNIT, &PERIOD, &FIRST_TREATED, &OUTCOME];

pub(super) const METHODEN: &[Methode] = &[Methode {
    naam: "callaway-santanna",
    ook: &["cs"],
    wat: "effect per cohort en periode, en gemiddelden daarvan",
    bron: "Callaway en Sant'Anna 2021",
    nodig: PANEL,
    mag: &[
        &COVARIATE,
        &CONTROL,
        &ESTIMATOR,
        &BASE,
        &SAMPLING,
        &ANTICIPATION,
        &WEIGHT,
        &CLUSTER,
        &DRAWS,
        &DRAW_WEIGHTS,
        &SEED,
        &LEVEL,
    ],
    run: run_callaway_santanna,
}];

fn run_callaway_santanna(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let options = callaway_santanna_options(vraag)?;
    let found = callaway_santanna(&panel(vraag, tabel)?, &options)?;
    let uitkomst = Uitkomst::new(tabel.len(), &found);
    Ok(match options.bootstrap {
        Some(it) => uitkomst.with_seed(it.seed),
        None => uitkomst,
    })
}

fn callaway_santanna_options(vraag: &Vraag) -> anyhow::Result<callaway_santanna::Options> {
    let draws: Option<usize> = vraag.count(&DRAWS)?;
    let weights = match vraag.text(&DRAW_WEIGHTS) {
        Some("webb") => anyhow::bail!(
            "`webb` past niet bij callaway-santanna: kies --draw-weights rademacher of mammen"
        ),
        Some("mammen") => Weights::Mammen,
        _ => Weights::Rademacher,
    };
    // A seed without a number of draws asks for draws as well.
    let draws = draws.or_else(|| vraag.has(&SEED).then_some(999));
    let seed = vraag.seed()?;
    Ok(callaway_santanna::Options {
        control: match vraag.text(&CONTROL) {
            Some("notyet") => Control::NotYet,
            _ => Control::Never,
        },
        method: match vraag.text(&ESTIMATOR) {
            Some("ipw") => doubly_robust::Method::InverseProbability,
            Some("reg") => doubly_robust::Method::Regression,
            _ => doubly_robust::Method::DoublyRobust,
        },
        base: match vraag.text(&BASE) {
            Some("universal") => BasePeriod::Universal,
            _ => BasePeriod::Varying,
        },
        anticipation: vraag.count(&ANTICIPATION)?.unwrap_or(0),
        sampling: match vraag.text(&SAMPLING) {
            Some("complete") => Sampling::CompleteUnits,
            Some("cross-sections") => Sampling::CrossSections,
            _ => Sampling::Panel,
        },
        bootstrap: draws.map(|draws| Bootstrap { draws, seed, weights }),
        level: vraag.level()?,
    })
}
