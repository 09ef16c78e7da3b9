//! Regressions with an effect for every cohort in every period.

use statistics::did::{etwfe, etwfe_design::Comparison, etwfe_poisson};
use statistics::panel::Panel;

use crate::estimate::{
    paneel::{columns, panel},
    tabel::Tabel,
    uitvoer::Uitkomst,
    vlag::{ANTICIPATION, CONTROL, COVARIATE, EXPOSURE},
    vraag::Vraag,
};

pub(super) fn run_etwfe(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let options = etwfe::Options {
        comparison: comparison(vraag),
        anticipation: vraag.count(&ANTICIPATION)?.unwrap_or(0),
        covariates: vraag.has(&COVARIATE),
        level: vraag.level()?,
    };
    let found = etwfe::estimate(&panel(vraag, tabel)?, &options)?;
    Ok(Uitkomst::new(tabel.len(), &found))
}

pub(super) fn run_etwfe_poisson(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let exposure = vraag.text(&EXPOSURE).map(str::to_owned);
    let options = etwfe_poisson::Options {
        comparison: comparison(vraag),
        anticipation: vraag.count(&ANTICIPATION)?.unwrap_or(0),
        covariates: vraag.has(&COVARIATE),
        exposure: exposure.clone(),
        level: vraag.level()?,
    };
    let mut columns = columns(vraag, tabel)?;
    if let Some(name) = exposure {
        let numbers = tabel.numbers(&name)?;
        columns.covariates.push((name, numbers));
    }
    let panel = Panel::new(columns).map_err(|fault| tabel.fault(fault))?;
    let found = etwfe_poisson::estimate(&panel, &options)?;
    Ok(Uitkomst::new(tabel.len(), &found))
}

/// Not yet treated rows take part unless only the never treated are asked.
fn comparison(vraag: &Vraag) -> Comparison {
    match vraag.text(&CONTROL) {
        Some("never") => Comparison::NeverTreated,
        _ => Comparison::NotYetTreated,
    }
}
