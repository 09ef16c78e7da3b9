//! Proportions and rates of units, and the contrast of each with one of them.

use anyhow::anyhow;
use statistics::comparison::{
    contrast::Contrast,
    proportion::{clopper_pearson, wilson_at},
    rate::garwood,
    two_proportions, two_rates,
};
use statistics::fault::Fault;
use statistics::figures::{Estimate as _, Figures, Warning};

use super::{
    tabel::Tabel,
    uitvoer::Uitkomst,
    vlag::{EXPOSURE, UNIT},
    vlag_meer::{AGAINST, COUNT, SIZE},
    vraag::Vraag,
};

/// What the units add up to.
#[derive(Default)]
struct Stand {
    figures: Figures,
    lines: Vec<String>,
    warnings: Vec<Warning>,
}

impl Stand {
    /// Adds a contrast, or as a warning why there is none.
    fn contrast(&mut self, kind: &str, name: &str, found: Result<Contrast, Fault>) {
        match found {
            Ok(it) => {
                for (key, value) in it.figures().iter() {
                    let key = if key == kind { kind.to_owned() } else { format!("{kind}_{key}") };
                    self.figures.add(format!("{key}_{name}"), value);
                }
                self.lines.push(format!("{name}: {}", it.summary()));
                let new: Vec<Warning> =
                    it.warnings.into_iter().filter(|it| !self.warnings.contains(it)).collect();
                self.warnings.extend(new);
            }
            Err(fault) => {
                self.warnings.push(Warning::new("no-contrast", format!("{name}: {fault}")))
            }
        }
    }

    fn uitkomst(self, n: usize) -> Uitkomst {
        Uitkomst::own(n, &self.figures, self.lines.join("\n"), self.warnings)
    }
}

pub(super) fn run_proportion(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let (names, level) = (tabel.texts(vraag.need(&UNIT)?)?, vraag.level()?);
    let pairs: Vec<(u64, u64)> = tabel
        .counts(vraag.need(&COUNT)?)?
        .into_iter()
        .zip(tabel.counts(vraag.need(&SIZE)?)?)
        .collect();
    let mut stand = Stand::default();
    for (name, (count, size)) in names.iter().zip(&pairs) {
        let sharp = clopper_pearson(*count, *size, level)?;
        let score = wilson_at(*count, *size, level)?;
        for (key, value) in [
            ("est", score.estimate),
            ("wilson_lo", score.low),
            ("wilson_hi", score.high),
            ("cp_lo", sharp.low),
            ("cp_hi", sharp.high),
        ] {
            stand.figures.add(format!("{key}_{name}"), value);
        }
        stand.lines.push(format!(
            "{name}: {count} van {size}, {:.1}% ({:.0}% interval {:.1}% tot {:.1}%).",
            100.0 * score.estimate,
            100.0 * level,
            100.0 * score.low,
            100.0 * score.high
        ));
    }
    for (own, other) in pairs_with_reference(vraag, &names)? {
        let (a, b) = (pairs[own], pairs[other]);
        let name = &names[own];
        stand.contrast("difference", name, two_proportions::difference(a, b, level));
        stand.contrast("ratio", name, two_proportions::ratio(a, b, level));
    }
    Ok(stand.uitkomst(tabel.len()))
}

pub(super) fn run_rate(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let (names, level) = (tabel.texts(vraag.need(&UNIT)?)?, vraag.level()?);
    let pairs: Vec<(u64, f64)> = tabel
        .counts(vraag.need(&COUNT)?)?
        .into_iter()
        .zip(tabel.numbers(vraag.need(&EXPOSURE)?)?)
        .collect();
    let mut stand = Stand::default();
    for (name, (count, exposure)) in names.iter().zip(&pairs) {
        let found = garwood(*count as f64, *exposure, level)?;
        for (key, value) in [("rate", found.estimate), ("lo", found.low), ("hi", found.high)] {
            stand.figures.add(format!("{key}_{name}"), value);
        }
        stand.lines.push(format!(
            "{name}: {count} op {exposure}, {:.4} per eenheid ({:.0}% interval {:.4} tot {:.4}).",
            found.estimate,
            100.0 * level,
            found.low,
            found.high
        ));
    }
    for (own, other) in pairs_with_reference(vraag, &names)? {
        let (a, b) = (pairs[own], pairs[other]);
        let name = &names[own];
        stand.contrast("difference", name, two_rates::difference(a, b, level));
        stand.contrast("ratio", name, two_rates::ratio(a, b, level));
    }
    Ok(stand.uitkomst(tabel.len()))
}

/// Every unit but the reference, with the place of the reference.
fn pairs_with_reference(vraag: &Vraag, names: &[String]) -> anyhow::Result<Vec<(usize, usize)>> {
    let Some(wanted) = vraag.text(&AGAINST) else { return Ok(Vec::new()) };
    let place = names
        .iter()
        .position(|it| it == wanted)
        .ok_or_else(|| anyhow!("er is geen eenheid `{wanted}` (bij --against)"))?;
    Ok((0..names.len()).filter(|it| *it != place).map(|it| (it, place)).collect())
}
