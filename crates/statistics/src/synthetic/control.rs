//! Synthetic control: Abadie, Diamond & Hainmueller (2010), *Journal of the American Statistical
//! Association* 105(490), doi:10.1198/jasa.2009.ap08746.
//!
//! `W = argmin (X1 - X0 W)'V(X1 - X0 W)` over weights that are not negative and sum to one. Without
//! predictors `X` holds all untreated outcomes and `V` is the identity, so that `W` minimises the
//! error before the start itself. With predictors, each is divided by its standard deviation over
//! all units and `V` is given, equal, or searched for: the `V` whose `W` follows the untreated
//! outcomes best. That outer problem has many local optima; the best of several starts is kept.

use crate::{
    fault::Fault,
    figures::Warning,
    panel::Panel,
    synthetic::{cast::Cast, importance::search},
};

/// One number per unit to match on: an average of a covariate, or an earlier outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Predictor {
    /// Name.
    pub name: String,
    /// Value of each unit, in the order of [`Panel::units`].
    pub values: Vec<f64>,
}

/// How much each predictor counts: the diagonal of `V`.
#[derive(Debug, Clone, PartialEq)]
pub enum Importance {
    /// All the same.
    Equal,
    /// As given; scaled to sum to one.
    Fixed(Vec<f64>),
    /// Searched for.
    Search {
        /// Number of random starts besides the fixed ones.
        starts: usize,
        /// Seed of the random starts.
        seed: u64,
    },
}

/// What to match, and on whom.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Names of the donors; empty means everyone who is never treated.
    pub donors: Vec<String>,
    /// What to match on; empty means all untreated outcomes.
    pub predictors: Vec<Predictor>,
    /// How much each predictor counts.
    pub importance: Importance,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            donors: Vec::new(),
            predictors: Vec::new(),
            importance: Importance::Search { starts: 8, seed: 1 },
        }
    }
}

/// A synthetic control and how far the treated are from it.
#[derive(Debug, Clone, PartialEq)]
pub struct SyntheticControl {
    /// The treated units.
    pub treated: Vec<String>,
    /// Weight of each donor.
    pub weights: Vec<(String, f64)>,
    /// Each predictor: name, importance, scaled value of the treated and of the synthetic control.
    pub predictors: Vec<MatchedPredictor>,
    /// Treated minus synthetic control in each period.
    pub gaps: Vec<(i64, f64)>,
    /// Number of untreated periods.
    pub before: usize,
    /// Mean gap after the start: the estimate.
    pub estimate: f64,
    /// Root mean squared gap before the start.
    pub error_before: f64,
    /// Root mean squared gap after the start.
    pub error_after: f64,
    /// Root mean squared gap before the start as a share of that with equal weights.
    pub imbalance: f64,
    /// What limits the result.
    pub warnings: Vec<Warning>,
}

/// A predictor in the units in which it was matched.
#[derive(Debug, Clone, PartialEq)]
pub struct MatchedPredictor {
    /// Name.
    pub name: String,
    /// Share in `V`.
    pub importance: f64,
    /// Value of the treated, divided by the standard deviation over all units.
    pub treated: f64,
    /// The same of the weighted donors.
    pub synthetic: f64,
}

/// Weights and gaps of one row of a cast.
#[derive(Debug, Clone)]
pub(crate) struct Matched {
    pub(crate) weights: Vec<f64>,
    pub(crate) importance: Vec<f64>,
    pub(crate) gaps: Vec<f64>,
}

/// Composes the treated from the donors.
///
/// # Errors
///
/// A gap in the panel, nobody treated, several starts, fewer than two donors or untreated periods,
/// a donor that is itself treated, a predictor of another length or not finite.
///
/// # Example
///
/// ```
/// use statistics::panel::{Columns, Panel};
/// use statistics::synthetic::control::{Options, synthetic_control};
///
/// let mut columns = Columns::default();
/// for (unit, values) in [("a", [0.0, 1.0, 0.0, 2.0]), ("b", [4.0, 3.0, 6.0, 2.0]), ("p", [1.0, 1.5, 1.5, 5.0])] {
///     for (at, value) in values.into_iter().enumerate() {
///         columns.unit.push(unit.to_owned());
///         columns.period.push(2018 + i64::try_from(at).unwrap());
///         columns.first_treated.push((unit == "p").then_some(2021));
///         columns.outcome.push(value);
///     }
/// }
/// let it = synthetic_control(&Panel::new(columns)?, &Options::default())?;
/// // Three quarters a and one quarter b follow p exactly: 2 in 2021, where p has 5.
/// assert!((it.estimate - 3.0).abs() < 1e-9);
/// # Ok::<(), statistics::fault::Fault>(())
/// ```
pub fn synthetic_control(panel: &Panel, options: &Options) -> Result<SyntheticControl, Fault> {
    let cast = Cast::new(panel, options)?;
    let donors: Vec<usize> = (0..cast.donors()).collect();
    let matched = matched(&cast, cast.donors(), &donors, &options.importance)?;
    result(&cast, &donors, &matched)
}

/// Composes row `target` from the rows `donors`.
pub(crate) fn matched(
    cast: &Cast,
    target: usize,
    donors: &[usize],
    importance: &Importance,
) -> Result<Matched, Fault> {
    let mut weigher = cast.scaled(target, donors).weigher();
    let count = weigher.scaled.target.len();
    let equal = || vec![1.0 / count as f64; count];
    let importance = match importance {
        _ if cast.predictor_names.is_empty() => vec![1.0; count],
        Importance::Equal => equal(),
        Importance::Fixed(given) => fixed(given, count)?,
        Importance::Search { starts, seed } => {
            let loss =
                |weights: &[f64]| mean_square(&cast.gaps(target, donors, weights)[..cast.before]);
            search(&mut weigher, &loss, *starts, *seed)?
        }
    };
    let weights = weigher.weights(&importance)?.to_vec();
    let gaps = cast.gaps(target, donors, &weights);
    Ok(Matched { weights, importance, gaps })
}

fn fixed(given: &[f64], count: usize) -> Result<Vec<f64>, Fault> {
    let total: f64 = given.iter().sum();
    if given.len() != count {
        let column = "gewicht van de voorspellers".to_owned();
        return Err(Fault::Length { column, expected: count, found: given.len() });
    }
    if !total.is_finite() || total <= 0.0 || given.iter().any(|it| *it < 0.0) {
        return Err(Fault::argument(
            "gewicht van de voorspellers",
            "getallen van 0 of meer, niet allemaal 0",
            format!("{given:?}"),
        ));
    }
    Ok(given.iter().map(|it| it / total).collect())
}

/// Puts names and sums to what was matched.
pub(crate) fn result(
    cast: &Cast,
    donors: &[usize],
    matched: &Matched,
) -> Result<SyntheticControl, Fault> {
    let (before, after) = matched.gaps.split_at(cast.before);
    let equal = vec![1.0 / donors.len() as f64; donors.len()];
    let plain = mean_square(&cast.gaps(cast.donors(), donors, &equal)[..cast.before]).sqrt();
    let error_before = mean_square(before).sqrt();
    let imbalance = if plain > 0.0 { error_before / plain } else { 0.0 };
    let mut it = SyntheticControl {
        treated: cast.treated.clone(),
        weights: donors
            .iter()
            .map(|donor| cast.names[*donor].clone())
            .zip(matched.weights.iter().copied())
            .collect(),
        predictors: predictors(cast, donors, matched),
        gaps: cast.periods.iter().copied().zip(matched.gaps.iter().copied()).collect(),
        before: cast.before,
        estimate: after.iter().map(|it| it / after.len() as f64).sum(),
        error_before,
        error_after: mean_square(after).sqrt(),
        imbalance,
        warnings: cast.warnings.clone(),
    };
    if !it.estimate.is_finite() || !it.error_after.is_finite() {
        return Err(crate::synthetic::pool::too_large());
    }
    it.warnings.extend(fit_warnings(&it));
    Ok(it)
}

fn predictors(cast: &Cast, donors: &[usize], matched: &Matched) -> Vec<MatchedPredictor> {
    if cast.predictor_names.is_empty() {
        return Vec::new();
    }
    let scaled = cast.scaled(cast.donors(), donors);
    let synthetic = |at: usize| {
        scaled.donors.iter().zip(&matched.weights).map(|(row, weight)| row[at] * weight).sum()
    };
    let one = |(at, name): (usize, &String)| MatchedPredictor {
        name: name.clone(),
        importance: matched.importance[at],
        treated: scaled.target[at],
        synthetic: synthetic(at),
    };
    cast.predictor_names.iter().enumerate().map(one).collect()
}

fn fit_warnings(it: &SyntheticControl) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if it.imbalance > 0.4 {
        warnings.push(Warning::new(
            "poor-fit",
            format!(
                "De samengestelde vergelijking volgt de jaren voor de start slecht: de fout is {:.0}% \
                 van die met gelijke gewichten. Gebruik de schatting niet zonder meer; kies \
                 synthetische verschil-in-verschillen of de aangevulde synthetische controle.",
                100.0 * it.imbalance
            ),
        ));
    }
    if let Some((name, weight)) = it.weights.iter().find(|(_, weight)| *weight > 0.75) {
        warnings.push(Warning::new(
            "one-donor",
            format!("De vergelijking bestaat voor {:.0}% uit ‘{name}’.", 100.0 * weight),
        ));
    }
    warnings
}

/// Mean of the squares.
pub(crate) fn mean_square(values: &[f64]) -> f64 {
    values.iter().map(|it| it * it).sum::<f64>() / values.len() as f64
}
