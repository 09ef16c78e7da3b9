//! What a two-way fixed effects estimate is made of when treatment starts at different times.
//!
//! Goodman-Bacon, A. (2021). Difference-in-differences with variation in treatment timing. Journal
//! of Econometrics 225(2), 254-277, theorem 1. <https://doi.org/10.1016/j.jeconom.2021.03.014>.

use std::collections::BTreeMap;

use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::panel::Panel;

/// Which two-by-two comparison a pair is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Treated against never treated.
    TreatedUntreated,
    /// An earlier cohort against a later one, while the later is untreated.
    EarlierLater,
    /// A later cohort against an earlier one that is already treated: the forbidden comparison.
    LaterEarlier,
    /// Treated against units that were treated in every period: as forbidden.
    LaterAlways,
}

impl Kind {
    const ALL: [Self; 4] =
        [Self::TreatedUntreated, Self::EarlierLater, Self::LaterEarlier, Self::LaterAlways];

    /// Name in the figures.
    pub fn key(self) -> &'static str {
        match self {
            Self::TreatedUntreated => "treated_vs_untreated",
            Self::EarlierLater => "earlier_vs_later_treated",
            Self::LaterEarlier => "later_vs_earlier_treated",
            Self::LaterAlways => "later_vs_always_treated",
        }
    }

    /// Whether the comparison units are themselves treated.
    pub fn forbidden(self) -> bool {
        matches!(self, Self::LaterEarlier | Self::LaterAlways)
    }
}

/// One two-by-two comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// First treated period of the cohort.
    pub treated: i64,
    /// First treated period of the comparison cohort; `None` for never.
    pub compared: Option<i64>,
    /// Which comparison it is.
    pub kind: Kind,
    /// Its difference-in-differences.
    pub estimate: f64,
    /// Its weight in the two-way fixed effects estimate; all sum to 1.
    pub weight: f64,
}

/// The decomposition.
#[derive(Debug, Clone, PartialEq)]
pub struct Bacon {
    /// The two-way fixed effects estimate.
    pub twfe: f64,
    /// All comparisons.
    pub pairs: Vec<Pair>,
    /// Number of units.
    pub units: usize,
    /// Number of periods.
    pub periods: usize,
    warnings: Vec<Warning>,
}

impl Bacon {
    /// Total weight of one kind of comparison and its weighted mean, when there are any.
    pub fn of(&self, kind: Kind) -> Option<(f64, f64)> {
        let own = || self.pairs.iter().filter(|it| it.kind == kind);
        let weight: f64 = own().map(|it| it.weight).sum();
        let mean: f64 = own().map(|it| it.weight / weight * it.estimate).sum();
        own().next().map(|_| (weight, mean))
    }

    /// Weight of the comparisons with units that are already treated.
    pub fn forbidden(&self) -> f64 {
        self.pairs.iter().filter(|it| it.kind.forbidden()).map(|it| it.weight).sum()
    }
}

/// Units that start in the same period: how many, how long treated, and their mean outcomes.
struct Cohort {
    first: Option<i64>,
    units: f64,
    /// Number of periods before the start.
    before: usize,
    means: Vec<f64>,
}

impl Cohort {
    fn treated_share(&self) -> f64 {
        (self.means.len() - self.before) as f64 / self.means.len() as f64
    }
}

/// Decomposes the two-way fixed effects estimate into all two-by-two comparisons.
///
/// # Errors
///
/// A panel with gaps or with weights, fewer than two cohorts, nobody who becomes treated.
///
/// ```
/// use statistics::did::bacon::bacon;
/// use statistics::panel::{Columns, Panel};
///
/// let panel = Panel::new(Columns {
///     unit: ["a", "a", "b", "b"].map(str::to_owned).to_vec(),
///     period: vec![1, 2, 1, 2],
///     first_treated: vec![Some(2), Some(2), None, None],
///     outcome: vec![1.0, 4.0, 1.0, 2.0],
///     ..Columns::default()
/// })?;
/// let found = bacon(&panel)?;
/// assert_eq!((found.pairs[0].estimate, found.pairs[0].weight), (2.0, 1.0));
/// # Ok::<(), statistics::fault::Fault>(())
/// ```
pub fn bacon(panel: &Panel) -> Result<Bacon, Fault> {
    panel.require_balanced()?;
    if panel.weight.windows(2).any(|it| it[0] != it[1]) {
        return Err(Fault::not_identified(
            "De Goodman-Bacon-decompositie geldt voor ongewogen panels; laat de gewichten weg.",
        ));
    }
    let cohorts = cohorts(panel);
    let mut pairs = Vec::new();
    for treated in cohorts.iter().filter(|it| it.before > 0 && it.before < it.means.len()) {
        pairs.extend(cohorts.iter().filter_map(|compared| pair(treated, compared)));
    }
    let total: f64 = pairs.iter().map(|it| it.weight).sum();
    if pairs.is_empty() || total <= 0.0 {
        return Err(Fault::not_identified(
            "Er zijn geen twee groepen waarvan er één tijdens de waargenomen periodes start.",
        ));
    }
    pairs.iter_mut().for_each(|it| it.weight /= total);
    let twfe: f64 = pairs.iter().map(|it| it.weight * it.estimate).sum();
    if !twfe.is_finite() {
        return Err(Fault::not_identified("De uitkomsten zijn te groot om mee te rekenen."));
    }
    let (units, periods) = (panel.units.len(), panel.periods.len());
    let mut found = Bacon { twfe, pairs, units, periods, warnings: Vec::new() };
    let forbidden = found.forbidden();
    if forbidden > 0.0 {
        found.warnings.push(Warning::new(
            "forbidden-comparisons",
            format!(
                "{:.0}% van de TWFE-schatting vergelijkt met eenheden die zelf al behandeld zijn; \
                 als het effect groeit of per cohort verschilt, telt dat mee met het verkeerde \
                 teken.",
                100.0 * forbidden
            ),
        ));
    }
    Ok(found)
}

fn cohorts(panel: &Panel) -> Vec<Cohort> {
    let periods = panel.periods.len();
    let last = panel.periods.last().copied().unwrap_or(i64::MIN);
    let mut by_start: BTreeMap<(usize, Option<i64>), (f64, Vec<f64>)> = BTreeMap::new();
    for (unit, outcomes) in panel.outcome.chunks_exact(periods).enumerate() {
        let first = panel.cohort[unit].filter(|it| *it <= last);
        let before = first.map_or(periods, |first| panel.periods.partition_point(|it| *it < first));
        let (units, sums) =
            by_start.entry((before, first)).or_insert_with(|| (0.0, vec![0.0; periods]));
        *units += 1.0;
        sums.iter_mut().zip(outcomes).for_each(|(sum, value)| *sum += value);
    }
    by_start
        .into_iter()
        .map(|((before, first), (units, sums))| Cohort {
            first,
            units,
            before,
            means: sums.into_iter().map(|it| it / units).collect(),
        })
        .collect()
}

fn pair(treated: &Cohort, compared: &Cohort) -> Option<Pair> {
    let periods = treated.means.len();
    let (kind, used) = match compared.before {
        it if it == treated.before => return None,
        it if it == periods => (Kind::TreatedUntreated, 0..periods),
        0 => (Kind::LaterAlways, 0..periods),
        it if it > treated.before => (Kind::EarlierLater, 0..it),
        it => (Kind::LaterEarlier, it..periods),
    };
    let mean = |cohort: &Cohort, periods: std::ops::Range<usize>| {
        let count = periods.len() as f64;
        cohort.means[periods].iter().map(|it| it / count).sum::<f64>()
    };
    let change = |cohort: &Cohort| {
        mean(cohort, treated.before..used.end) - mean(cohort, used.start..treated.before)
    };
    Some(Pair {
        treated: treated.first?,
        compared: compared.first,
        kind,
        estimate: change(treated) - change(compared),
        weight: unscaled_weight(treated, compared, kind),
    })
}

/// The weight of the pair times a factor that all pairs share.
fn unscaled_weight(treated: &Cohort, compared: &Cohort, kind: Kind) -> f64 {
    let share = treated.units / (treated.units + compared.units);
    let both = treated.units + compared.units;
    let (own, other) = (treated.treated_share(), compared.treated_share());
    let spread = share * (1.0 - share);
    match kind {
        Kind::TreatedUntreated | Kind::LaterAlways => both.powi(2) * spread * own * (1.0 - own),
        Kind::EarlierLater => both.powi(2) * spread * (own - other) * (1.0 - own),
        Kind::LaterEarlier => both.powi(2) * spread * own * (other - own),
    }
}

impl Estimate for Bacon {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        figures.add("sum_weighted", self.twfe);
        figures.add("n", self.pairs.len() as f64);
        for kind in Kind::ALL {
            if let Some((weight, mean)) = self.of(kind) {
                figures.add(format!("w_{}", kind.key()), weight);
                figures.add(format!("avg_{}", kind.key()), mean);
            }
        }
        for it in &self.pairs {
            let compared = it.compared.map_or_else(|| "Inf".to_owned(), |it| it.to_string());
            figures.add(format!("est_T{}_U{compared}", it.treated), it.estimate);
            figures.add(format!("wt_T{}_U{compared}", it.treated), it.weight);
        }
        figures
    }

    fn summary(&self) -> String {
        let part = |kind: Kind, text: &str| {
            self.of(kind).map_or_else(String::new, |(weight, mean)| {
                format!(" {text}: gewicht {:.1}%, gemiddeld {mean:.4}.", 100.0 * weight)
            })
        };
        format!(
            "TWFE-schatting {:.4} uit {} vergelijkingen ({} eenheden, {} periodes).{}{}{}{}",
            self.twfe,
            self.pairs.len(),
            self.units,
            self.periods,
            part(Kind::TreatedUntreated, "Behandeld tegen nooit behandeld"),
            part(Kind::EarlierLater, "Eerder tegen later behandeld"),
            part(Kind::LaterEarlier, "Later tegen al behandeld"),
            part(Kind::LaterAlways, "Behandeld tegen altijd behandeld"),
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
