//! Augmented synthetic control with ridge: Ben-Michael, Feller & Rothstein (2021), *Journal of the
//! American Statistical Association* 116(536), doi:10.1080/01621459.2021.1929245.
//!
//! Where the synthetic control does not follow the past of the treated, a ridge regression of the
//! donors' outcomes on their past corrects for the difference (Lemma 1):
//! `w = w_sc + (x1 - X0'w_sc)'(X0'X0 + lambda I)^-1 X0'`, with the untreated outcomes `X0` centred
//! on the donors. The weights may become negative: that is extrapolation, as much as `lambda`
//! allows. `lambda` is chosen by leaving out untreated periods one at a time, as the largest one
//! within one standard error of the best. Intervals by the jackknife+ over untreated periods
//! (Barber, Candes, Ramdas & Tibshirani 2021, *Annals of Statistics* 49(1)).

use faer::Mat;
use rayon::prelude::*;

use crate::{
    fault::Fault,
    figures::{Estimate, Figures, Warning},
    linear::solve,
    panel::Panel,
    synthetic::{
        cast::Cast, control::Options as ControlOptions, control::mean_square,
        simplex::least_squares,
    },
};

/// Number of penalties that are tried, less one.
const GRID: i32 = 20;

/// What to match, and how much to extrapolate.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Names of the donors; empty means everyone who is never treated.
    pub donors: Vec<String>,
    /// Ridge penalty; nothing means chosen by leaving out periods.
    pub lambda: Option<f64>,
    /// Level of the intervals; nothing means none.
    pub confidence: Option<f64>,
}

impl Default for Options {
    fn default() -> Self {
        Self { donors: Vec::new(), lambda: None, confidence: Some(0.95) }
    }
}

/// An augmented synthetic control.
#[derive(Debug, Clone, PartialEq)]
pub struct AugmentedControl {
    /// The treated units.
    pub treated: Vec<String>,
    /// Mean gap after the start.
    pub estimate: f64,
    /// Interval of the mean gap.
    pub interval: Option<(f64, f64)>,
    /// Level of the intervals.
    pub confidence: Option<f64>,
    /// Ridge penalty used.
    pub lambda: f64,
    /// Donor, augmented weight, weight before the augmentation.
    pub weights: Vec<(String, f64, f64)>,
    /// Treated minus augmented control in each period.
    pub gaps: Vec<(i64, f64)>,
    /// Interval of each treated period.
    pub intervals: Vec<(i64, f64, f64)>,
    /// Number of untreated periods.
    pub before: usize,
    /// Root of the summed squared gaps before the start.
    pub imbalance: f64,
    /// That as a share of the same with equal weights.
    pub scaled_imbalance: f64,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

/// Composes the treated from the donors and corrects for what remains before the start.
///
/// # Errors
///
/// As [`crate::synthetic::control::synthetic_control`]; a penalty that is not positive; too few
/// untreated periods for the level of the interval.
pub fn augmented_control(panel: &Panel, options: &Options) -> Result<AugmentedControl, Fault> {
    let chosen = ControlOptions { donors: options.donors.clone(), ..ControlOptions::default() };
    let cast = Cast::new(panel, &chosen)?;
    let past = Past::new(&cast);
    let lambda = match options.lambda {
        None => past.choose()?,
        Some(given) if given > 0.0 && given.is_finite() => given / past.scale / past.scale,
        Some(given) => return Err(Fault::argument("lambda", "een getal boven 0", given)),
    };
    let all: Vec<usize> = (0..cast.before).collect();
    let (plain, weights) = past.weights(&all, lambda)?;
    let donors: Vec<usize> = (0..cast.donors()).collect();
    let gaps = cast.gaps(cast.donors(), &donors, &weights);
    let equal = vec![1.0 / donors.len() as f64; donors.len()];
    let length = |gaps: &[f64]| (mean_square(&gaps[..cast.before]) * cast.before as f64).sqrt();
    let (own, reference) = (length(&gaps), length(&cast.gaps(cast.donors(), &donors, &equal)));
    let after = cast.periods.len() - cast.before;
    let mut it = AugmentedControl {
        treated: cast.treated.clone(),
        estimate: gaps[cast.before..].iter().map(|gap| gap / after as f64).sum(),
        interval: None,
        confidence: options.confidence,
        lambda: lambda * past.scale * past.scale,
        weights: Vec::new(),
        gaps: cast.periods.iter().copied().zip(gaps.iter().copied()).collect(),
        intervals: Vec::new(),
        before: cast.before,
        imbalance: own,
        scaled_imbalance: if reference > 0.0 { own / reference } else { 0.0 },
        warnings: cast.warnings.clone(),
    };
    for ((name, weight), plain) in cast.names.iter().zip(&weights).zip(plain) {
        it.weights.push((name.clone(), *weight, plain));
    }
    if !it.estimate.is_finite() || !it.lambda.is_finite() {
        return Err(crate::synthetic::pool::too_large());
    }
    if let Some(confidence) = options.confidence {
        it.add_intervals(&cast, &past, lambda, confidence)?;
    }
    it.add_warnings();
    Ok(it)
}

/// Untreated outcomes by period, centred on the donors and scaled.
#[derive(Debug, Clone)]
struct Past {
    /// Periods by donors.
    donors: Vec<Vec<f64>>,
    treated: Vec<f64>,
    scale: f64,
}

impl Past {
    fn new(cast: &Cast) -> Self {
        let count = cast.donors();
        let mut it = Self { donors: Vec::new(), treated: Vec::new(), scale: 1.0 };
        for period in 0..cast.before {
            let row: Vec<f64> = cast.outcomes[..count].iter().map(|row| row[period]).collect();
            let mean = row.iter().map(|value| value / count as f64).sum::<f64>();
            it.donors.push(row.iter().map(|value| value - mean).collect());
            it.treated.push(cast.outcomes[count][period] - mean);
        }
        let largest = |most: f64, value: &f64| most.max(value.abs());
        let scale = it.donors.iter().flatten().chain(&it.treated).fold(0.0, largest);
        if scale > 0.0 {
            it.scale = scale;
            it.donors.iter_mut().flatten().chain(&mut it.treated).for_each(|value| *value /= scale);
        }
        it
    }

    /// Simplex weights and augmented weights from the periods `rows`.
    fn weights(&self, rows: &[usize], lambda: f64) -> Result<(Vec<f64>, Vec<f64>), Fault> {
        let plain = self.plain(rows)?;
        let weights = self.augment(rows, &plain, lambda)?;
        Ok((plain, weights))
    }

    fn plain(&self, rows: &[usize]) -> Result<Vec<f64>, Fault> {
        let target: Vec<f64> = rows.iter().map(|row| self.treated[*row]).collect();
        let column = |donor| rows.iter().map(|row| self.donors[*row][donor]).collect();
        let donors: Vec<Vec<f64>> = (0..self.donors[0].len()).map(column).collect();
        least_squares(&donors, &target, 0.0)
    }

    fn augment(&self, rows: &[usize], plain: &[f64], lambda: f64) -> Result<Vec<f64>, Fault> {
        let count = rows.len();
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let cross = Mat::from_fn(count, count, |a, b| {
            let ridge = if a == b { lambda } else { 0.0 };
            dot(&self.donors[rows[a]], &self.donors[rows[b]]) + ridge
        });
        let left = Mat::from_fn(count, 1, |row, _| {
            self.treated[rows[row]] - dot(&self.donors[rows[row]], plain)
        });
        let price = solve(cross.as_ref(), left.as_ref())?;
        let mut weights = plain.to_vec();
        for (at, row) in rows.iter().enumerate() {
            for (weight, value) in weights.iter_mut().zip(&self.donors[*row]) {
                *weight += price[(at, 0)] * value;
            }
        }
        Ok(weights)
    }

    /// The largest penalty within one standard error of the best, leaving out each untreated period
    /// but the last, as the authors' program does.
    fn choose(&self) -> Result<f64, Fault> {
        let count = self.donors.len();
        if count < 3 {
            return Err(Fault::not_identified(format!(
                "Er zijn {count} periodes voor de start; om de demping (lambda) te kiezen zijn er \
                 minstens 3 nodig. Geef lambda op."
            )));
        }
        let grid = self.grid();
        let folds: Vec<Vec<f64>> = (0..count - 1)
            .into_par_iter()
            .map(|held| {
                let rows: Vec<usize> = (0..count).filter(|row| *row != held).collect();
                let plain = self.plain(&rows)?;
                let error = |lambda: &f64| {
                    let weights = self.augment(&rows, &plain, *lambda)?;
                    let own: f64 = self.donors[held].iter().zip(&weights).map(|(a, b)| a * b).sum();
                    Ok((self.treated[held] - own).powi(2))
                };
                grid.iter().map(error).collect::<Result<Vec<f64>, Fault>>()
            })
            .collect::<Result<_, Fault>>()?;
        let number = folds.len() as f64;
        let mean = |at: usize| folds.iter().map(|it| it[at]).sum::<f64>() / number;
        let best = (0..grid.len()).min_by(|a, b| mean(*a).total_cmp(&mean(*b))).unwrap_or(0);
        let square: f64 = folds.iter().map(|it| (it[best] - mean(best)).powi(2)).sum();
        let error = (square / (number - 1.0).max(1.0) / number).sqrt();
        let within = (0..grid.len()).find(|at| mean(*at) <= mean(best) + error);
        Ok(grid[within.unwrap_or(best)])
    }

    /// Penalties from above the largest squared singular value of the past downwards.
    fn grid(&self) -> Vec<f64> {
        let count = self.donors.len();
        let matrix = Mat::from_fn(count, count, |a, b| {
            self.donors[a].iter().zip(&self.donors[b]).map(|(a, b)| a * b).sum::<f64>()
        });
        let values = matrix.self_adjoint_eigenvalues(faer::Side::Lower).unwrap_or_default();
        let largest = values.into_iter().fold(0.0, f64::max);
        let largest = if largest > 0.0 { largest } else { 1.0 };
        let factor = 1e-8_f64.powf(1.0 / f64::from(GRID));
        (0..=GRID).map(|step| largest * factor.powi(step - 1)).collect()
    }
}

impl AugmentedControl {
    /// Jackknife+: without each untreated period, plus and minus the error in that period.
    fn add_intervals(
        &mut self,
        cast: &Cast,
        past: &Past,
        lambda: f64,
        confidence: f64,
    ) -> Result<(), Fault> {
        let before = cast.before;
        let rank = ((before + 1) as f64 * confidence - 1e-9).ceil();
        if !(confidence > 0.0 && confidence < 1.0) {
            return Err(Fault::argument("betrouwbaarheid", "een getal tussen 0 en 1", confidence));
        }
        if rank > before as f64 {
            self.warnings.push(Warning::new(
                "no-interval",
                format!(
                    "Met {before} periodes voor de start is er geen interval van {:.0}% te geven.",
                    100.0 * confidence
                ),
            ));
            return Ok(());
        }
        let donors: Vec<usize> = (0..cast.donors()).collect();
        let fits: Vec<(Vec<f64>, f64)> = (0..before)
            .into_par_iter()
            .map(|held| {
                let rows: Vec<usize> = (0..before).filter(|row| *row != held).collect();
                let (_, weights) = past.weights(&rows, lambda)?;
                let gaps = cast.gaps(cast.donors(), &donors, &weights);
                let error = gaps[held].abs();
                Ok((gaps[before..].to_vec(), error))
            })
            .collect::<Result<_, Fault>>()?;
        let ends = |gap: &dyn Fn(&[f64]) -> f64| {
            let mut low: Vec<f64> = fits.iter().map(|(gaps, error)| gap(gaps) - error).collect();
            let mut high: Vec<f64> = fits.iter().map(|(gaps, error)| gap(gaps) + error).collect();
            low.sort_by(|a, b| b.total_cmp(a));
            high.sort_by(f64::total_cmp);
            let at = (1..=before).find(|it| *it as f64 >= rank).unwrap_or(before) - 1;
            (low[at], high[at])
        };
        for (at, (period, _)) in self.gaps[before..].iter().enumerate() {
            let (low, high) = ends(&|gaps| gaps[at]);
            self.intervals.push((*period, low, high));
        }
        self.interval = Some(ends(&|gaps| gaps.iter().sum::<f64>() / gaps.len() as f64));
        Ok(())
    }

    fn add_warnings(&mut self) {
        let negative: f64 = self.weights.iter().map(|it| (-it.1).max(0.0)).sum();
        if negative > 0.25 {
            self.warnings.push(Warning::new(
                "extrapolation",
                format!(
                    "De aanvulling gebruikt negatieve gewichten (samen {negative:.2}): de behandelde \
                     eenheid ligt buiten het bereik van de donoren."
                ),
            ));
        }
        if self.scaled_imbalance > 0.4 {
            self.warnings.push(Warning::new(
                "poor-fit",
                format!(
                    "Ook aangevuld volgt de vergelijking de jaren voor de start slecht: {:.0}% van \
                     de fout met gelijke gewichten.",
                    100.0 * self.scaled_imbalance
                ),
            ));
        }
    }
}

impl Estimate for AugmentedControl {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        figures.add("ascm", self.estimate);
        if let Some((low, high)) = self.interval {
            figures.add("ci_low", low);
            figures.add("ci_high", high);
        }
        figures.add("lambda", self.lambda);
        figures.add("l2_imbalance", self.imbalance);
        figures.add("scaled_imbalance", self.scaled_imbalance);
        figures.add("N0", self.weights.len() as f64);
        figures.add("N1", self.treated.len() as f64);
        figures.add("T0", self.before as f64);
        figures.add("T1", (self.gaps.len() - self.before) as f64);
        for (unit, weight, plain) in &self.weights {
            figures.add(format!("w_{unit}"), *weight);
            figures.add(format!("scw_{unit}"), *plain);
        }
        for (period, gap) in &self.gaps {
            figures.add(format!("gap_{period}"), *gap);
        }
        for (period, low, high) in &self.intervals {
            figures.add(format!("ci_low_{period}"), *low);
            figures.add(format!("ci_high_{period}"), *high);
        }
        figures
    }

    fn summary(&self) -> String {
        let interval = match (self.interval, self.confidence) {
            (Some((low, high)), Some(level)) => {
                format!(" ({:.0}%-interval {low:.4} tot {high:.4})", 100.0 * level)
            }
            _ => String::new(),
        };
        let mut text = format!(
            "Aangevulde synthetische controle: gemiddeld verschil na de start {:.4}{interval}, uit \
             {} donoren en {} periodes voor de start; wat er voor de start overblijft is {:.0}% van \
             het verschil met gelijke gewichten.",
            self.estimate,
            self.weights.len(),
            self.before,
            100.0 * self.scaled_imbalance
        );
        for warning in &self.warnings {
            text.push(' ');
            text += &warning.text;
        }
        text
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
