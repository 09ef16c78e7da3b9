//! Effects of a treatment that switches on and off, by time since the first switch.
//!
//! de Chaisemartin, C. & D'Haultfoeuille, X. (2024). Difference-in-differences estimators of
//! intertemporal treatment effects. *Review of Economics and Statistics*.
//! <https://doi.org/10.1162/rest_a_01414>
//!
//! `DID_{g,l}`: the change of unit `g` from the period before its first switch to `l` periods on,
//! minus that of units with the same treatment in the first period that have not switched by
//! then. `DID_l` averages those with a minus where the treatment went down, so it is the effect of
//! having been exposed to more treatment for `l` periods, whatever came after the first switch. The
//! placebos do the same backwards from the period before the switch. Spread: units count from the
//! mean of their cohort (baseline, first switch, treatment at the switch), controls from the mean
//! of the controls, with `n/(n-1)`; a cohort of one counts from the mean of itself and its controls.

use crate::did::effect::{Effect, check_level};
use crate::did::switch_contrast::{Contrast, Horizon, contrast};
use crate::did::treatment_path::TreatmentPaths;
use crate::distribution::chi_squared_p;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::linear;

/// Which first switches are averaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// Both, with a minus for switches down.
    #[default]
    Both,
    /// Only where the treatment goes up.
    Up,
    /// Only where the treatment goes down.
    Down,
}

/// What to estimate and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Most periods since the first switch; nothing means as many as the data carry.
    pub effects: Option<usize>,
    /// Most placebo periods; nothing means as many as the data carry.
    pub placebos: Option<usize>,
    /// Which first switches are averaged.
    pub direction: Direction,
    /// Level of the intervals.
    pub level: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { effects: None, placebos: None, direction: Direction::Both, level: 0.95 }
    }
}

/// The effect at one horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SwitchEffect {
    /// Number of periods since the period before the first switch: 1 is the period of the switch.
    pub horizon: usize,
    /// The average effect of having been exposed to another treatment for so long.
    pub effect: Effect,
    /// Average treatment above (or below) the baseline summed over those periods: what the effect
    /// is divided by to get the normalised effect. Nothing when that is zero.
    pub exposure: Option<f64>,
    /// Number of units that switched.
    pub switchers: usize,
}

/// Effects of a treatment that switches on and off.
#[derive(Debug, Clone, PartialEq)]
pub struct Switching {
    /// By horizon from 1.
    pub effects: Vec<SwitchEffect>,
    /// Placebos by number of periods before the period before the switch.
    pub placebos: Vec<SwitchEffect>,
    /// Joint chi-squared test that all placebos are zero: statistic, degrees of freedom, p-value.
    pub placebo_test: Option<(f64, usize, f64)>,
    /// Average total effect per unit of treatment: the sum of all effects over the sum of all
    /// treatment above the baseline. Nothing when that sum is zero.
    pub total: Option<Effect>,
    /// Covariance of the effects, row by row.
    pub covariance: Vec<Vec<f64>>,
    /// Number of units.
    pub units: usize,
    /// Number of units that switch without another unit to compare with at any horizon.
    pub not_compared: usize,
    /// Number of clusters.
    pub clusters: usize,
    /// Level of the intervals.
    pub level: f64,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

/// Estimates the effects of a treatment that may switch on and off.
///
/// ```
/// use statistics::did::chaisemartin_dhaultfoeuille::{estimate, Options};
/// use statistics::did::treatment_path::{PathColumns, TreatmentPaths};
///
/// let mut columns = PathColumns::default();
/// for (unit, path) in [
///     ("on and off", [0.0, 1.0, 0.0]),
///     ("on", [0.0, 1.0, 1.0]),
///     ("never", [0.0, 0.0, 0.0]),
///     ("nor", [0.0, 0.0, 0.0]),
/// ] {
///     for (period, treatment) in (1..=3).zip(path) {
///         columns.unit.push(unit.to_owned());
///         columns.period.push(period);
///         columns.treatment.push(treatment);
///         columns.outcome.push(period as f64 + 2.0 * treatment);
///     }
/// }
/// let it = estimate(&TreatmentPaths::new(columns)?, &Options::default())?;
/// assert_eq!(it.effects[0].effect.estimate, 2.0);
/// assert_eq!(it.effects[1].effect.estimate, 1.0); // one of the two is off again
/// assert_eq!(it.total.map(|it| it.estimate), Some(2.0));
/// # Ok::<(), statistics::fault::Fault>(())
/// ```
///
/// # Errors
///
/// No unit switches, none that switches can be compared, fewer than two clusters.
pub fn estimate(paths: &TreatmentPaths, options: &Options) -> Result<Switching, Fault> {
    check_level(options.level)?;
    let clusters = clusters(paths)?;
    let effects = horizons(paths, options, options.effects, Contrast::Effect);
    if effects.is_empty() {
        return Err(nothing_to_compare(paths, options));
    }
    let placebos = horizons(paths, options, options.placebos, Contrast::Placebo);
    let influences: Vec<Vec<f64>> = effects.iter().map(|it| by_cluster(paths, it)).collect();
    let df = f64::INFINITY;
    let not_compared = not_compared(paths, options);
    Ok(Switching {
        total: total(&effects, &influences, df, options.level)?,
        placebo_test: placebo_test(paths, &placebos),
        covariance: influences
            .iter()
            .map(|a| influences.iter().map(|b| product(a, b)).collect())
            .collect(),
        warnings: warnings(&effects, not_compared, clusters),
        effects: results(paths, &effects, df, options.level)?,
        placebos: results(paths, &placebos, df, options.level)?,
        units: paths.units().len(),
        not_compared,
        clusters,
        level: options.level,
    })
}

impl Estimate for Switching {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for (name, effects) in [("effect", &self.effects), ("placebo", &self.placebos)] {
            for it in effects {
                let key = format!("{name}_{}", it.horizon);
                figures.add_with_se(&key, it.effect.estimate, it.effect.standard_error);
                figures.add(format!("n_{key}"), it.switchers as f64);
                if let Some(exposure) = it.exposure {
                    figures.add_with_se(
                        &format!("normalized_{key}"),
                        it.effect.estimate / exposure,
                        it.effect.standard_error / exposure.abs(),
                    );
                }
            }
        }
        if let Some(total) = &self.total {
            figures.add_with_se("total", total.estimate, total.standard_error);
        }
        if let Some((statistic, df, p)) = self.placebo_test {
            figures.add("placebo_chi2", statistic);
            figures.add("placebo_df", df as f64);
            figures.add("placebo_p", p);
        }
        figures
    }

    fn summary(&self) -> String {
        let mut text = String::new();
        if let Some(total) = &self.total {
            text.push_str(&format!(
                "Gemiddeld effect per eenheid behandeling {}. ",
                total.text(self.level)
            ));
        }
        for it in &self.effects {
            text.push_str(&format!(
                "In periode {} na de eerste wisseling: {}, over {} wisselaars. ",
                it.horizon,
                it.effect.text(self.level),
                it.switchers
            ));
        }
        if let Some((_, df, p)) = self.placebo_test {
            text.push_str(&format!(
                "Vóór de wisseling: {df} placebo's samen getoetst, p = {p:.3}. Een hoge p bewijst \
                 niet dat de trends gelijk liepen. "
            ));
        }
        text.push_str(&format!(
            "Er zijn {} eenheden; de spreiding rekent met {} clusters.",
            self.units, self.clusters
        ));
        for warning in &self.warnings {
            text.push(' ');
            text.push_str(&warning.text);
        }
        text
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// The contrast at each horizon until the data carry no more.
fn horizons(
    paths: &TreatmentPaths,
    options: &Options,
    most: Option<usize>,
    kind: Contrast,
) -> Vec<Horizon> {
    let most = most.unwrap_or(usize::MAX).min(paths.periods().len());
    (1..=most).map_while(|length| contrast(paths, length, kind, options.direction)).collect()
}

fn results(
    paths: &TreatmentPaths,
    horizons: &[Horizon],
    df: f64,
    level: f64,
) -> Result<Vec<SwitchEffect>, Fault> {
    horizons
        .iter()
        .map(|it| {
            let influence = by_cluster(paths, it);
            let se = product(&influence, &influence).sqrt();
            Ok(SwitchEffect {
                horizon: it.length,
                effect: Effect::new(it.estimate, se, it.switchers, df, level)?,
                exposure: (it.exposure != 0.0).then_some(it.exposure),
                switchers: it.switchers,
            })
        })
        .collect()
}

/// All effects summed over all treatment above the baseline.
fn total(
    effects: &[Horizon],
    influences: &[Vec<f64>],
    df: f64,
    level: f64,
) -> Result<Option<Effect>, Fault> {
    let switchers = |it: &Horizon| it.switchers as f64;
    let dose: f64 = effects.iter().map(|it| switchers(it) * it.dose).sum();
    if dose == 0.0 {
        return Ok(None);
    }
    let sum: f64 = effects.iter().map(|it| switchers(it) * it.estimate).sum();
    let mut influence = vec![0.0; influences[0].len()];
    for (it, own) in effects.iter().zip(influences) {
        for (total, own) in influence.iter_mut().zip(own) {
            *total += switchers(it) * own / dose;
        }
    }
    let rows = effects.iter().map(|it| it.switchers).sum();
    let se = product(&influence, &influence).sqrt();
    Effect::new(sum / dose, se, rows, df, level).map(Some)
}

fn placebo_test(paths: &TreatmentPaths, placebos: &[Horizon]) -> Option<(f64, usize, f64)> {
    let influences: Vec<Vec<f64>> = placebos.iter().map(|it| by_cluster(paths, it)).collect();
    let size = placebos.len();
    let all = faer::Mat::from_fn(size, size, |a, b| product(&influences[a], &influences[b]));
    let kept = linear::independent_columns(all.as_ref(), 1e-9);
    if kept.is_empty() {
        return None;
    }
    let part = faer::Mat::from_fn(kept.len(), kept.len(), |a, b| all[(kept[a], kept[b])]);
    let right = faer::Mat::from_fn(kept.len(), 1, |row, _| placebos[kept[row]].estimate);
    let solved = linear::solve(part.as_ref(), right.as_ref()).ok()?;
    let statistic: f64 = (0..kept.len()).map(|it| right[(it, 0)] * solved[(it, 0)]).sum();
    Some((statistic, kept.len(), chi_squared_p(statistic, kept.len() as f64)))
}

fn by_cluster(paths: &TreatmentPaths, horizon: &Horizon) -> Vec<f64> {
    let mut sums = vec![0.0; paths.clusters()];
    for (unit, value) in horizon.influence.iter().enumerate() {
        sums[paths.cluster(unit)] += value;
    }
    sums
}

fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn clusters(paths: &TreatmentPaths) -> Result<usize, Fault> {
    if paths.clusters() < 2 {
        return Err(Fault::not_identified(
            "Alle waarnemingen horen bij één cluster; een spreiding vraagt er minstens twee.",
        ));
    }
    Ok(paths.clusters())
}

impl Direction {
    /// Whether a first switch with this sign is averaged.
    pub(super) fn holds(self, sign: f64) -> bool {
        match self {
            Self::Both => sign != 0.0,
            Self::Up => sign > 0.0,
            Self::Down => sign < 0.0,
        }
    }
}

/// Switchers for which nobody with the same baseline is still unswitched at their switch.
fn not_compared(paths: &TreatmentPaths, options: &Options) -> usize {
    let groups = paths.groups();
    let alone = |it: &&super::treatment_path::Group| {
        options.direction.holds(it.sign)
            && !groups.iter().any(|other| other.baseline == it.baseline && other.first > it.first)
    };
    groups.iter().filter(alone).count()
}

fn nothing_to_compare(paths: &TreatmentPaths, options: &Options) -> Fault {
    if paths.groups().iter().any(|it| options.direction.holds(it.sign)) {
        return Fault::not_identified(
            "Van geen enkele eenheid die wisselt is er een andere met dezelfde behandeling in de \
             eerste periode die dan nog niet gewisseld is.",
        );
    }
    Fault::not_identified(
        "Geen enkele eenheid wisselt in deze perioden van behandeling in de gevraagde richting.",
    )
}

fn warnings(effects: &[Horizon], not_compared: usize, clusters: usize) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if not_compared > 0 {
        warnings.push(Warning::new(
            "not-compared",
            format!(
                "{not_compared} eenheden die wisselen tellen niet mee: niemand met dezelfde \
                 behandeling in de eerste periode was toen nog niet gewisseld."
            ),
        ));
    }
    if let Some(it) = effects.iter().find(|it| it.switchers < 10) {
        warnings.push(Warning::new(
            "few-switchers",
            format!(
                "Vanaf periode {} na de wisseling rust het effect op maar {} wisselaars; het \
                 interval kan te smal zijn.",
                it.length, it.switchers
            ),
        ));
    }
    if clusters < 30 {
        warnings.push(Warning::new(
            "few-clusters",
            format!("Er zijn maar {clusters} clusters; het interval kan te smal zijn."),
        ));
    }
    warnings
}
