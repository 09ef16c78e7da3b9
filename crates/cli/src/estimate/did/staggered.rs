//! Methods that compare each cohort only with units that are not treated yet.

use statistics::did::{
    callaway_santanna::{
        BasePeriod, Bootstrap, Control, Method, Options, Sampling, Weights, callaway_santanna,
    },
    compare::compare,
    imputation::{self, Adjustment},
    pre_trend::Leads,
    two_stage,
};

use crate::estimate::{
    paneel::panel,
    tabel::Tabel,
    uitvoer::Uitkomst,
    vlag::{
        ADJUSTMENT, ANTICIPATION, BASE, CONTROL, COVARIATE, DRAW_WEIGHTS, DRAWS, ESTIMATOR, LEADS,
        LEAVE_ONE_OUT, SAMPLING,
    },
    vraag::Vraag,
};

pub(super) fn run_callaway_santanna(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let options = group_time(vraag)?;
    let found = callaway_santanna(&panel(vraag, tabel)?, &options)?;
    Ok(seeded(Uitkomst::new(tabel.len(), &found), &options))
}

pub(super) fn run_compare(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let options = group_time(vraag)?;
    let found = compare(&panel(vraag, tabel)?, &options)?;
    Ok(seeded(Uitkomst::new(tabel.len(), &found), &options))
}

pub(super) fn run_imputation(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let options = imputation::Options {
        adjustment: adjustment(vraag)?,
        anticipation: vraag.count(&ANTICIPATION)?.unwrap_or(0),
        leave_one_out: vraag.has(&LEAVE_ONE_OUT),
        leads: vraag.count(&LEADS)?.map_or(Leads::All, Leads::Last),
        level: vraag.level()?,
    };
    let found = imputation::estimate(&panel(vraag, tabel)?, &options)?;
    Ok(Uitkomst::new(tabel.len(), &found))
}

pub(super) fn run_two_stage(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let options = two_stage::Options {
        adjustment: adjustment(vraag)?,
        anticipation: vraag.count(&ANTICIPATION)?.unwrap_or(0),
        level: vraag.level()?,
    };
    let found = two_stage::estimate(&panel(vraag, tabel)?, &options)?;
    Ok(Uitkomst::new(tabel.len(), &found))
}

fn adjustment(vraag: &Vraag) -> anyhow::Result<Adjustment> {
    match (vraag.has(&COVARIATE), vraag.text(&ADJUSTMENT)) {
        (false, None) => Ok(Adjustment::None),
        (false, Some(_)) => {
            anyhow::bail!("--adjustment zegt hoe covariaten meetellen, maar er is geen --covariate")
        }
        (true, Some("by-period")) => Ok(Adjustment::ByPeriod),
        (true, _) => Ok(Adjustment::Linear),
    }
}

fn group_time(vraag: &Vraag) -> anyhow::Result<Options> {
    let weights = match vraag.text(&DRAW_WEIGHTS) {
        Some("webb") => {
            anyhow::bail!("`webb` past hier niet: kies --draw-weights rademacher of mammen")
        }
        Some("mammen") => Weights::Mammen,
        _ => Weights::Rademacher,
    };
    let seed = vraag.seed()?;
    Ok(Options {
        control: match vraag.text(&CONTROL) {
            Some("notyet") => Control::NotYet,
            _ => Control::Never,
        },
        method: match vraag.text(&ESTIMATOR) {
            Some("ipw") => Method::InverseProbability,
            Some("reg") => Method::Regression,
            _ => Method::DoublyRobust,
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
        bootstrap: vraag.count(&DRAWS)?.map(|draws| Bootstrap { draws, seed, weights }),
        level: vraag.level()?,
    })
}

fn seeded(uitkomst: Uitkomst, options: &Options) -> Uitkomst {
    match options.bootstrap {
        Some(it) => uitkomst.with_seed(it.seed),
        None => uitkomst,
    }
}
