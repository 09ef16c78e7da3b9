//! How unusual a synthetic control's gap is: placebos in space and in time, and without each donor
//! (Abadie, Diamond & Hainmueller 2010, section 3.4; 2015, section 4).

use rayon::prelude::*;

use crate::{
    fault::Fault,
    figures::{Estimate, Figures, Warning},
    panel::Panel,
    synthetic::{
        cast::Cast,
        control::{Matched, Options, SyntheticControl, matched, mean_square, result},
    },
};

/// Every donor in the place of the treated unit.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceboInSpace {
    /// The synthetic control itself.
    pub control: SyntheticControl,
    /// What happened where nothing happened.
    pub placebos: Vec<Placebo>,
    /// Share of units (the treated included) with at least its ratio of errors after and before.
    pub p: f64,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

/// One donor as if it were treated.
#[derive(Debug, Clone, PartialEq)]
pub struct Placebo {
    /// The donor.
    pub unit: String,
    /// Mean gap after the start.
    pub estimate: f64,
    /// Root mean squared gap before the start.
    pub error_before: f64,
    /// Error after the start over that before it.
    pub ratio: f64,
    /// Gap in each period.
    pub gaps: Vec<f64>,
}

/// The estimate without each donor that has weight.
#[derive(Debug, Clone, PartialEq)]
pub struct LeaveOneOut {
    /// With all donors.
    pub control: SyntheticControl,
    /// Donor left out, its weight, and the estimate without it.
    pub without: Vec<(String, f64, f64)>,
}

/// Gives every donor a synthetic control of the other donors; the treated never help.
///
/// # Errors
///
/// As [`crate::synthetic::control::synthetic_control`], and fewer than three donors.
pub fn placebo_in_space(panel: &Panel, options: &Options) -> Result<PlaceboInSpace, Fault> {
    let cast = Cast::new(panel, options)?;
    let donors: Vec<usize> = (0..cast.donors()).collect();
    if donors.len() < 3 {
        return Err(Fault::argument("donoren", "3 of meer voor een placebotoets", donors.len()));
    }
    let own = matched(&cast, cast.donors(), &donors, &options.importance)?;
    let mut control = result(&cast, &donors, &own)?;
    let placebos: Vec<Placebo> = donors
        .par_iter()
        .map(|&target| {
            let others: Vec<usize> = donors.iter().copied().filter(|it| *it != target).collect();
            let it = matched(&cast, target, &others, &options.importance)?;
            Ok(placebo(&cast, target, it))
        })
        .collect::<Result<_, Fault>>()?;
    let ratio = control.ratio() * (1.0 - 1e-10);
    let beyond = placebos.iter().filter(|it| it.ratio >= ratio).count();
    let p = (1 + beyond) as f64 / (1 + placebos.len()) as f64;
    let worse = placebos.iter().filter(|it| it.error_before > control.error_before).count();
    if control.error_before > 0.0 && 4 * worse < placebos.len() {
        control.warnings.push(Warning::new(
            "poor-fit-rank",
            format!(
                "Van de {} placebo’s volgen er {} de jaren voor de start beter dan de behandelde \
                 eenheid.",
                placebos.len(),
                placebos.len() - worse
            ),
        ));
    }
    let mut warnings = control.warnings.clone();
    if placebos.len() < 19 {
        warnings.push(Warning::new(
            "few-donors",
            format!(
                "Met {} donoren kan de p-waarde niet lager zijn dan {:.3}.",
                placebos.len(),
                1.0 / (placebos.len() + 1) as f64
            ),
        ));
    }
    Ok(PlaceboInSpace { control, placebos, p, warnings })
}

/// As if the treatment started at `start`, with only the periods before the real start.
///
/// An effect there is an effect of nothing.
///
/// # Errors
///
/// As [`crate::synthetic::control::synthetic_control`]; a start that leaves fewer than two periods
/// before it or none after it. Predictors are taken as given: they must be of before `start`.
pub fn placebo_in_time(
    panel: &Panel,
    options: &Options,
    start: i64,
) -> Result<SyntheticControl, Fault> {
    let mut cast = Cast::new(panel, options)?;
    let before = cast.periods.partition_point(|period| *period < start);
    if before < 2 || before >= cast.before {
        return Err(Fault::argument(
            "schijnstart",
            format!(
                "een periode vanaf {} en voor {}",
                cast.periods.get(2).copied().unwrap_or_default(),
                cast.periods[cast.before]
            ),
            start,
        ));
    }
    let real = cast.before;
    cast.before = before;
    cast.periods.truncate(real);
    cast.outcomes.iter_mut().for_each(|row| row.truncate(real));
    let donors: Vec<usize> = (0..cast.donors()).collect();
    result(&cast, &donors, &matched(&cast, cast.donors(), &donors, &options.importance)?)
}

/// Leaves out each donor that has weight, one at a time.
///
/// # Errors
///
/// As [`crate::synthetic::control::synthetic_control`], and fewer than three donors.
pub fn leave_one_out(panel: &Panel, options: &Options) -> Result<LeaveOneOut, Fault> {
    let cast = Cast::new(panel, options)?;
    let donors: Vec<usize> = (0..cast.donors()).collect();
    if donors.len() < 3 {
        return Err(Fault::argument("donoren", "3 of meer om er een weg te laten", donors.len()));
    }
    let own = matched(&cast, cast.donors(), &donors, &options.importance)?;
    let control = result(&cast, &donors, &own)?;
    let used: Vec<usize> = donors.iter().copied().filter(|it| own.weights[*it] > 1e-9).collect();
    let without = used
        .par_iter()
        .map(|&left_out| {
            let others: Vec<usize> = donors.iter().copied().filter(|it| *it != left_out).collect();
            let it = matched(&cast, cast.donors(), &others, &options.importance)?;
            let estimate = result(&cast, &others, &it)?.estimate;
            Ok((cast.names[left_out].clone(), own.weights[left_out], estimate))
        })
        .collect::<Result<_, Fault>>()?;
    Ok(LeaveOneOut { control, without })
}

fn placebo(cast: &Cast, target: usize, it: Matched) -> Placebo {
    let (before, after) = it.gaps.split_at(cast.before);
    let error_before = mean_square(before).sqrt();
    Placebo {
        unit: cast.names[target].clone(),
        estimate: after.iter().sum::<f64>() / after.len() as f64,
        error_before,
        ratio: ratio(error_before, mean_square(after).sqrt()),
        gaps: it.gaps,
    }
}

/// Error after over error before; where there is no error before, as large as numbers go.
fn ratio(before: f64, after: f64) -> f64 {
    match (before > 0.0, after > 0.0) {
        (true, _) => (after / before).min(f64::MAX),
        (false, true) => f64::MAX,
        (false, false) => 0.0,
    }
}

impl SyntheticControl {
    /// Root mean squared gap after the start over that before it.
    pub fn ratio(&self) -> f64 {
        ratio(self.error_before, self.error_after)
    }
}

impl LeaveOneOut {
    /// The lowest and the highest estimate.
    pub fn range(&self) -> (f64, f64) {
        let all = self.without.iter().map(|it| it.2).chain([self.control.estimate]);
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| (low.min(it), high.max(it)))
    }
}

impl Estimate for PlaceboInSpace {
    fn figures(&self) -> Figures {
        let mut figures = self.control.figures();
        figures.add("p_rmspe_ratio", self.p);
        figures.add("rmspe_ratio", self.control.ratio());
        for it in &self.placebos {
            figures.add(format!("rmspe_ratio_{}", it.unit), it.ratio);
        }
        figures
    }

    fn summary(&self) -> String {
        let rank = (self.p * (self.placebos.len() + 1) as f64).round();
        format!(
            "{} De fout na de start is {:.1} keer die ervoor; daarmee staat de behandelde eenheid \
             op plaats {rank} van {} (p {:.3}).",
            self.control.summary(),
            self.control.ratio(),
            self.placebos.len() + 1,
            self.p
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

impl Estimate for LeaveOneOut {
    fn figures(&self) -> Figures {
        let mut figures = self.control.figures();
        let (low, high) = self.range();
        figures.add("loo_min", low);
        figures.add("loo_max", high);
        for (unit, _, estimate) in &self.without {
            figures.add(format!("loo_{unit}"), *estimate);
        }
        figures
    }

    fn summary(&self) -> String {
        let (low, high) = self.range();
        format!(
            "{} Zonder telkens een van de {} donoren met gewicht ligt de schatting tussen {low:.4} \
             en {high:.4}.",
            self.control.summary(),
            self.without.len()
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.control.warnings
    }
}
