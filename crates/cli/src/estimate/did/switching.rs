//! Treatment that goes on and off.

use statistics::did::{
    chaisemartin_dhaultfoeuille::{Direction, Options, estimate},
    treatment_path::{PathColumns, TreatmentPaths},
};

use crate::estimate::{
    tabel::Tabel,
    uitvoer::Uitkomst,
    vlag::{CLUSTER, DIRECTION, EFFECTS, OUTCOME, PERIOD, PLACEBOS, TREATMENT, UNIT},
    vraag::Vraag,
};

pub(super) fn run(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let options = Options {
        effects: vraag.count(&EFFECTS)?,
        placebos: vraag.count(&PLACEBOS)?,
        direction: match vraag.text(&DIRECTION) {
            Some("up") => Direction::Up,
            Some("down") => Direction::Down,
            _ => Direction::Both,
        },
        level: vraag.level()?,
    };
    let paths = TreatmentPaths::new(PathColumns {
        unit: tabel.texts(vraag.need(&UNIT)?)?,
        period: tabel.wholes(vraag.need(&PERIOD)?)?,
        treatment: tabel.numbers(vraag.need(&TREATMENT)?)?,
        outcome: tabel.numbers(vraag.need(&OUTCOME)?)?,
        cluster: vraag.text(&CLUSTER).map(|it| tabel.texts(it)).transpose()?.unwrap_or_default(),
    })
    .map_err(|fault| tabel.fault(fault))?;
    Ok(Uitkomst::new(tabel.len(), &estimate(&paths, &options)?))
}
