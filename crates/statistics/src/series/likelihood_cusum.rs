//! Cumulative sums of log likelihood ratios: for counts against an expected number, and for
//! outcomes against a risk of their own.
//!
//! Counts: Lucas, J. M. (1985). Counted data CUSUM's. *Technometrics* 27(2), 129-144.
//! <https://doi.org/10.1080/00401706.1985.10488030>. Outcomes adjusted for risk: Steiner, S. H.,
//! Cook, R. J., Farewell, V. T. & Treasure, T. (2000). Monitoring surgical performance using
//! risk-adjusted cumulative sum charts. *Biostatistics* 1(4), 441-452.
//! <https://doi.org/10.1093/biostatistics/1.4.441>
//!
//! The weight of a point is how much more likely it is when the rate (or the odds) is `ratio` times
//! what it should be; the sum does not fall below zero and signals above `h`.

use rand::RngExt as _;
use rayon::prelude::*;

use crate::comparison::words::decimal;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::random::generator;

/// What the chart watches for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// The rate or odds ratio that must be seen; above 1 for more, below 1 for fewer.
    pub ratio: f64,
    /// The sum above which it is a signal.
    pub h: f64,
    /// Whether the sum starts at zero again after a signal.
    pub restart: bool,
}

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct LikelihoodCusum {
    /// The sum after each point.
    pub sums: Vec<f64>,
    /// Points with a sum above `h`, counted from 1.
    pub signals: Vec<usize>,
    /// The point at which the sum of the first signal left zero.
    pub onset: Option<usize>,
    /// How it was made.
    pub options: Options,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

impl Estimate for LikelihoodCusum {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        if let Some(first) = self.signals.first() {
            figures.add("cusum_first_signal", *first as f64);
        }
        for (sum, point) in self.sums.iter().zip(1..) {
            figures.add(format!("cusum_{point}"), *sum);
        }
        figures
    }

    fn summary(&self) -> String {
        let (points, ratio) = (self.sums.len(), decimal(self.options.ratio, 2));
        match (self.signals.first(), self.onset) {
            (Some(first), Some(onset)) => format!(
                "{points} punten: bij punt {first} is {ratio} keer het verwachte \
                 aannemelijker dan het verwachte; waarschijnlijk vanaf punt {onset}."
            ),
            _ => format!("{points} punten: geen teken van {ratio} keer het verwachte."),
        }
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// Counts against their expected numbers.
///
/// ```
/// use statistics::series::likelihood_cusum::{Options, counts};
/// let options = Options { ratio: 2.0, h: 2.0, restart: false };
/// let it = counts(&[3.0, 2.0, 7.0, 8.0], &[3.0; 4], options).unwrap();
/// assert_eq!((it.signals, it.onset), (vec![4], Some(3)));
/// ```
///
/// # Errors
///
/// No points, columns of different length, counts below zero, an expected number not above zero,
/// options out of range.
pub fn counts(count: &[f64], expected: &[f64], options: Options) -> Result<LikelihoodCusum, Fault> {
    check(count, expected, "verwacht aantal", |it| it > 0.0)?;
    if let Some(bad) = count.iter().find(|it| **it < 0.0) {
        return Err(Fault::argument("aantal", "0 of meer", bad));
    }
    check_options(options)?;
    let weight = |(x, e): (&f64, &f64)| x * options.ratio.ln() - e * (options.ratio - 1.0);
    summed(count.iter().zip(expected).map(weight), options)
}

/// Outcomes (did it happen?) against the risk of each.
///
/// # Errors
///
/// No points, columns of different length, a risk outside 0 to 1, options out of range.
pub fn outcomes(
    happened: &[bool],
    risk: &[f64],
    options: Options,
) -> Result<LikelihoodCusum, Fault> {
    let count: Vec<f64> = happened.iter().map(|it| f64::from(u8::from(*it))).collect();
    check(&count, risk, "kans", |it| it > 0.0 && it < 1.0)?;
    check_options(options)?;
    let weight = |(y, p): (&bool, &f64)| outcome_weight(*y, *p, options.ratio);
    summed(happened.iter().zip(risk).map(weight), options)
}

/// The average number of outcomes until a false alarm, and its standard error, by simulation:
/// risks are drawn from `risk` and outcomes happen at those risks.
///
/// A run is cut off after a million outcomes.
///
/// # Errors
///
/// No risks, a risk outside 0 to 1, options out of range, fewer than two runs.
pub fn outcome_run_length(
    risk: &[f64],
    options: Options,
    runs: u64,
    seed: u64,
) -> Result<(f64, f64), Fault> {
    check(risk, risk, "kans", |it| it > 0.0 && it < 1.0)?;
    check_options(options)?;
    if runs < 2 {
        return Err(Fault::argument("aantal simulaties", "ten minste 2", runs));
    }
    let run = |stream: u64| {
        let mut random = generator(seed, stream);
        let mut sum = 0.0_f64;
        for length in 1..1_000_000_u32 {
            let p = risk[random.random_range(0..risk.len())];
            let happened = random.random_range(0.0..1.0) < p;
            sum = (sum + outcome_weight(happened, p, options.ratio)).max(0.0);
            if sum > options.h {
                return f64::from(length);
            }
        }
        1e6
    };
    let lengths: Vec<f64> = (0..runs).into_par_iter().map(run).collect();
    let n = runs as f64;
    let mean = lengths.iter().sum::<f64>() / n;
    let variance = lengths.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / (n - 1.0);
    Ok((mean, (variance / n).sqrt()))
}

fn outcome_weight(happened: bool, risk: f64, ratio: f64) -> f64 {
    let base = -(1.0 - risk + ratio * risk).ln();
    if happened { base + ratio.ln() } else { base }
}

fn check(
    values: &[f64],
    against: &[f64],
    name: &str,
    sound: impl Fn(f64) -> bool,
) -> Result<(), Fault> {
    if values.is_empty() {
        return Err(Fault::Empty { of: "de reeks".to_owned() });
    }
    if values.len() != against.len() {
        let (expected, found) = (values.len(), against.len());
        return Err(Fault::Length { column: name.to_owned(), expected, found });
    }
    for (column, values) in [("aantal", values), (name, against)] {
        if let Some(row) = values.iter().position(|it| !it.is_finite()) {
            return Err(Fault::NotFinite {
                column: column.to_owned(),
                row: row + 1,
                value: values[row],
            });
        }
    }
    match against.iter().find(|it| !sound(**it)) {
        Some(bad) => Err(Fault::argument(name, "een getal binnen zijn grenzen (boven 0)", bad)),
        None => Ok(()),
    }
}

fn check_options(options: Options) -> Result<(), Fault> {
    let Options { ratio, h, .. } = options;
    if !(0.01..=100.0).contains(&ratio) || ratio == 1.0 {
        return Err(Fault::argument("verhouding", "0,01 tot en met 100, niet 1", ratio));
    }
    if !(h > 0.0 && h.is_finite()) {
        return Err(Fault::argument("h", "een getal boven 0", h));
    }
    Ok(())
}

fn summed(weights: impl Iterator<Item = f64>, options: Options) -> Result<LikelihoodCusum, Fault> {
    let mut chart = LikelihoodCusum {
        sums: Vec::new(),
        signals: Vec::new(),
        onset: None,
        options,
        warnings: Vec::new(),
    };
    let (mut sum, mut from) = (0.0_f64, 1);
    for (weight, point) in weights.zip(1..) {
        sum = (sum + weight).max(0.0);
        if !sum.is_finite() {
            return Err(Fault::argument("aantallen", "getallen om mee te rekenen", weight));
        }
        chart.sums.push(sum);
        if sum > options.h {
            chart.signals.push(point);
            chart.onset = chart.onset.or(Some(from));
            if options.restart {
                sum = 0.0;
            }
        }
        if sum == 0.0 {
            from = point + 1;
        }
    }
    Ok(chart)
}
