//! HonestDiD: what an event study still says when trends were not quite parallel.
//!
//! Rambachan, A. & Roth, J. (2023). A more credible approach to parallel trends. *Review of
//! Economic Studies* 90(5), 2555-2591. <https://doi.org/10.1093/restud/rdad018>. Two restrictions
//! on the difference in trend `delta`: smoothness (its slope changes by at most `M` a period) with
//! the optimal fixed-length interval, and relative magnitudes (after the start it moves at most
//! `Mbar` times as much a period as the largest move before) with the conditional
//! least-favourable test of Andrews, Roth & Pakes (2023).

mod fixed_length;
mod program;
mod relative;
mod truncated;

use crate::credibility::event_study::EventStudy;
use crate::distribution::normal_quantile;
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};

/// What to compute.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Name of the parameter in the keys, for instance `first` or `avg`.
    pub label: String,
    /// Weights on the periods after; empty means the first one only.
    pub weights: Vec<f64>,
    /// Bounds `M` on the change of slope a period, in the unit of the outcome.
    pub smoothness: Vec<f64>,
    /// Bounds `Mbar`, as multiples of the largest move before.
    pub relative: Vec<f64>,
    /// One minus the coverage.
    pub alpha: f64,
    /// Draws for the least-favourable critical value.
    pub draws: u32,
    /// Seed of those draws.
    pub seed: u64,
    /// Whether to look for the breakdown values.
    pub breakdown: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            label: "first".to_owned(),
            weights: Vec::new(),
            smoothness: Vec::new(),
            relative: vec![0.5, 1.0, 1.5, 2.0],
            alpha: 0.05,
            draws: 2000,
            seed: 1,
            breakdown: true,
        }
    }
}

/// A robust interval under one bound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Robust {
    /// The bound, `M` or `Mbar`.
    pub bound: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The largest bound under which the interval leaves out 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Breakdown {
    /// Already with bound 0 the interval holds 0.
    None,
    /// Up to this bound the interval leaves out 0.
    At(f64),
    /// Also at the largest bound tried it leaves out 0.
    Beyond(f64),
}

/// Robust intervals of one combination of effects.
#[derive(Debug, Clone, PartialEq)]
pub struct HonestDid {
    /// The estimate and its standard error.
    pub estimate: (f64, f64),
    /// The interval that takes trends as exactly parallel.
    pub original: (f64, f64),
    /// Intervals under smoothness.
    pub smoothness: Vec<Robust>,
    /// Intervals under relative magnitudes.
    pub relative: Vec<Robust>,
    /// Breakdown value of `M`.
    pub smoothness_breakdown: Option<Breakdown>,
    /// Breakdown value of `Mbar`.
    pub relative_breakdown: Option<Breakdown>,
    /// Number of periods before and after.
    pub periods: (usize, usize),
    label: String,
    alpha: f64,
    warnings: Vec<Warning>,
}

/// Robust intervals for a combination of the effects of `study`.
///
/// ```
/// use faer::Mat;
/// use statistics::credibility::event_study::EventStudy;
/// use statistics::credibility::honest_did::{Options, honest_did};
/// let covariance = Mat::from_fn(3, 3, |a, b| if a == b { 0.01 } else { 0.005 });
/// let study = EventStudy::new(vec![0.02, -0.01, 0.8], covariance, 2).unwrap();
/// let options = Options { smoothness: vec![0.0], relative: vec![1.0], ..Options::default() };
/// let it = honest_did(&study, &options).unwrap();
/// assert!(it.relative[0].low > 0.0 && it.relative[0].low < it.original.0);
/// ```
///
/// # Errors
///
/// Weights of another length than the periods after, a bound below 0, a level outside 0-0.5, too
/// few draws, or data that reject the restriction itself.
pub fn honest_did(study: &EventStudy, options: &Options) -> Result<HonestDid, Fault> {
    check(options)?;
    let weights = if options.weights.is_empty() {
        let mut first = vec![0.0; study.post()];
        first[0] = 1.0;
        first
    } else {
        options.weights.clone()
    };
    let all = study.on_post(&weights)?;
    let estimate = study.combination(&all);
    let reach = normal_quantile(1.0 - options.alpha / 2.0) * estimate.1;
    let smooth = |bound: f64| fixed_length::interval(study, &weights, bound, options.alpha);
    let relative = |bound: f64| relative::interval(study, &weights, bound, options);
    let of = |bounds: &[f64], interval: &dyn Fn(f64) -> Result<(f64, f64), Fault>| {
        let one = |&bound: &f64| interval(bound).map(|(low, high)| Robust { bound, low, high });
        bounds.iter().map(one).collect::<Result<Vec<_>, _>>()
    };
    let mut it = HonestDid {
        estimate,
        original: (estimate.0 - reach, estimate.0 + reach),
        smoothness: of(&options.smoothness, &smooth)?,
        relative: of(&options.relative, &relative)?,
        smoothness_breakdown: None,
        relative_breakdown: None,
        periods: (study.pre(), study.post()),
        label: options.label.clone(),
        alpha: options.alpha,
        warnings: Vec::new(),
    };
    if options.breakdown {
        // In M the estimate itself gives the scale; more than 5 times the largest move before is
        // no longer a question about parallel trends.
        let scale = estimate.0.abs() + estimate.1;
        it.smoothness_breakdown = Some(breakdown(&smooth, 10.0 * scale, 1e-6 * scale)?);
        it.relative_breakdown = Some(breakdown(&relative, 5.0, 5e-3)?);
    }
    it.warnings = it.limits();
    Ok(it)
}

fn check(options: &Options) -> Result<(), Fault> {
    if !(options.alpha > 0.0 && options.alpha < 0.5) {
        return Err(Fault::argument("alpha", "een getal tussen 0 en 0,5", options.alpha));
    }
    if options.draws < 200 {
        return Err(Fault::argument("aantal trekkingen", "200 of meer", options.draws));
    }
    let bounds = options.smoothness.iter().chain(&options.relative);
    match bounds.clone().find(|it| !(it.is_finite() && **it >= 0.0)) {
        Some(bound) => Err(Fault::argument("grens", "0 of meer", bound)),
        None => Ok(()),
    }
}

/// Bisects for the bound where the interval first holds 0; intervals grow with the bound.
fn breakdown(
    interval: &dyn Fn(f64) -> Result<(f64, f64), Fault>,
    largest: f64,
    tolerance: f64,
) -> Result<Breakdown, Fault> {
    let holds_zero = |bound: f64| interval(bound).map(|(low, high)| low <= 0.0 && high >= 0.0);
    if holds_zero(0.0)? {
        return Ok(Breakdown::None);
    }
    if !holds_zero(largest)? {
        return Ok(Breakdown::Beyond(largest));
    }
    let (mut low, mut high) = (0.0, largest);
    while high - low > tolerance {
        let middle = f64::midpoint(low, high);
        if holds_zero(middle)? {
            high = middle;
        } else {
            low = middle;
        }
    }
    Ok(Breakdown::At(low))
}

impl HonestDid {
    fn limits(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let original = self.original.0 > 0.0 || self.original.1 < 0.0;
        let weak = match self.relative_breakdown {
            Some(Breakdown::None) => true,
            Some(Breakdown::At(bound)) => bound < 1.0,
            _ => false,
        };
        if original && weak {
            warnings.push(Warning::new(
                "not-robust-to-trends",
                "Het effect houdt geen stand als de groepen na de start maar even ver uiteenlopen \
                 als ze daarvoor al deden. Noem het geen effect.",
            ));
        }
        if original && self.smoothness_breakdown == Some(Breakdown::None) {
            warnings.push(Warning::new(
                "linear-trend-explains",
                "Een rechte lijn door de verschillen van vooraf verklaart het hele effect.",
            ));
        }
        if self.periods.0 < 3 {
            warnings.push(Warning::new(
                "few-pre-periods",
                format!(
                    "Er zijn maar {} perioden vooraf om het verloop aan af te lezen.",
                    self.periods.0
                ),
            ));
        }
        warnings
    }
}

impl Estimate for HonestDid {
    fn figures(&self) -> Figures {
        let (mut figures, label) = (Figures::new(), &self.label);
        figures.add_with_se(&format!("est_{label}"), self.estimate.0, self.estimate.1);
        figures.add(format!("orig_{label}_lb"), self.original.0);
        figures.add(format!("orig_{label}_ub"), self.original.1);
        for (kind, bound, intervals) in
            [("sd", "M", &self.smoothness), ("rm", "Mbar", &self.relative)]
        {
            for it in intervals {
                figures.add(format!("{kind}_{label}_{bound}{}_lb", it.bound), it.low);
                figures.add(format!("{kind}_{label}_{bound}{}_ub", it.bound), it.high);
            }
        }
        for (kind, breakdown) in
            [("sd", self.smoothness_breakdown), ("rm", self.relative_breakdown)]
        {
            match breakdown {
                Some(Breakdown::None) => figures.add(format!("breakdown_{kind}_{label}"), 0.0),
                Some(Breakdown::At(bound) | Breakdown::Beyond(bound)) => {
                    figures.add(format!("breakdown_{kind}_{label}"), bound);
                }
                None => {}
            }
        }
        figures
    }

    fn summary(&self) -> String {
        let level = 100.0 * (1.0 - self.alpha);
        let mut lines = vec![format!(
            "Schatting {:.4}; {level}%-interval als de trends precies gelijk liepen: {:.4} tot \
             {:.4} ({} perioden vooraf, {} erna).",
            self.estimate.0, self.original.0, self.original.1, self.periods.0, self.periods.1
        )];
        for it in &self.smoothness {
            lines.push(format!(
                "Verandert het verschil in helling hoogstens {} per periode: {:.4} tot {:.4}.",
                it.bound, it.low, it.high
            ));
        }
        for it in &self.relative {
            lines.push(format!(
                "Lopen de groepen na de start hoogstens {} keer zo ver uiteen als vooraf: {:.4} \
                 tot {:.4}.",
                it.bound, it.low, it.high
            ));
        }
        match self.relative_breakdown {
            Some(Breakdown::None) => lines.push(
                "Ook als de groepen na de start niet verder uiteenlopen, is nul niet uit te \
                 sluiten."
                    .to_owned(),
            ),
            Some(Breakdown::At(bound)) => lines.push(format!(
                "Vanaf {bound:.2} keer het grootste verloop vooraf is nul niet meer uit te sluiten."
            )),
            Some(Breakdown::Beyond(bound)) => lines.push(format!(
                "Zelfs bij {bound} keer het grootste verloop vooraf blijft nul uitgesloten."
            )),
            None => {}
        }
        lines.join("\n")
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
