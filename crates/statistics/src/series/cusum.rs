//! The tabular cumulative sum chart for a lasting shift of the mean.
//!
//! Page, E. S. (1954). Continuous inspection schemes. *Biometrika* 41(1/2), 100-115.
//! <https://doi.org/10.1093/biomet/41.1-2.100>; in the form of Montgomery, D. C. *Introduction to
//! statistical quality control*, chapter 9: with `z = (x - mean) / sigma` the upper sum is
//! `max(0, sum + z - k)`, the lower one mirrors it, and either above `h` is a signal. How long a
//! chart waits is in [`crate::series::run_length`].

use crate::comparison::words::decimal;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::series::baseline::check;

/// What the chart watches for, in standard deviations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Half the shift that must be seen.
    pub k: f64,
    /// The sum above which it is a signal.
    pub h: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { k: 0.5, h: 5.0 }
    }
}

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Cusum {
    /// Upper and lower sum after each point.
    pub sums: Vec<(f64, f64)>,
    /// Points with a sum above `h`, counted from 1.
    pub signals: Vec<usize>,
    /// The point at which the sum of the first signal left zero: the likely onset.
    pub onset: Option<usize>,
    /// How it was made.
    pub options: Options,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

impl Estimate for Cusum {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        if let Some(first) = self.signals.first() {
            figures.add("cusum_first_signal", *first as f64);
        }
        for (at, (high, low)) in self.sums.iter().enumerate() {
            figures.add(format!("cusum_hi_{}", at + 1), *high);
            figures.add(format!("cusum_lo_{}", at + 1), *low);
        }
        figures
    }

    fn summary(&self) -> String {
        let points = self.sums.len();
        match (self.signals.first(), self.onset) {
            (Some(first), Some(onset)) => format!(
                "{points} punten: signaal bij punt {first} (grens {}); de verschuiving begon \
                 waarschijnlijk bij punt {onset}.",
                decimal(self.options.h, 1)
            ),
            _ => format!("{points} punten: geen blijvende verschuiving gezien."),
        }
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// The sums of `values` around `mean` with standard deviation `sigma`.
///
/// ```
/// use statistics::series::cusum::{Options, cusum};
/// let it = cusum(&[0.0, 2.0, 2.0, 2.0, 2.0], 0.0, 1.0, Options::default()).unwrap();
/// assert_eq!((it.signals, it.onset), (vec![5], Some(2)));
/// ```
///
/// # Errors
///
/// Fewer than two values, a value that is not finite, a `sigma` or `h` not above zero, a `k` below
/// zero.
pub fn cusum(values: &[f64], mean: f64, sigma: f64, options: Options) -> Result<Cusum, Fault> {
    check(values, &(0..values.len()))?;
    let sound = sigma > 0.0 && sigma.is_finite() && mean.is_finite();
    if !sound {
        return Err(Fault::argument("sigma", "een getal boven 0", sigma));
    }
    check_options(options)?;
    let (mut high, mut low) = (0.0_f64, 0.0_f64);
    let (mut high_from, mut low_from) = (1, 1);
    let mut chart =
        Cusum { sums: Vec::new(), signals: Vec::new(), onset: None, options, warnings: Vec::new() };
    for (value, point) in values.iter().zip(1..) {
        let z = (value - mean) / sigma;
        (high, low) = ((high + z - options.k).max(0.0), (low - z - options.k).max(0.0));
        if !(high + low).is_finite() {
            return Err(Fault::argument("waarden", "getallen om mee te rekenen", value));
        }
        if high == 0.0 {
            high_from = point + 1;
        }
        if low == 0.0 {
            low_from = point + 1;
        }
        if high > options.h || low > options.h {
            chart.signals.push(point);
            let from = if high > options.h { high_from } else { low_from };
            chart.onset = chart.onset.or(Some(from));
        }
        chart.sums.push((high, low));
    }
    Ok(chart)
}

/// `k` of 0 or more, `h` above 0, both of a size that a run length can be computed for.
pub(super) fn check_options(options: Options) -> Result<(), Fault> {
    if !(0.0..=10.0).contains(&options.k) {
        return Err(Fault::argument("k", "een getal van 0 tot en met 10", options.k));
    }
    if !(options.h > 0.0 && options.h <= 50.0) {
        return Err(Fault::argument("h", "een getal boven 0, hooguit 50", options.h));
    }
    Ok(())
}
