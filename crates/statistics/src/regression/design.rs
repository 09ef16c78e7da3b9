//! What a regression is asked: outcome, regressors, fixed effects, clusters, weights.

use std::borrow::Cow;

use super::layout::levels;
use crate::fault::Fault;
use crate::panel::Panel;

/// A named regressor, one number per row.
pub type Column<'a> = (String, Cow<'a, [f64]>);

/// Outcome and regressors of a regression; codes are counted from 0.
///
/// ```
/// use statistics::regression::design::Design;
/// use statistics::regression::ols::ols;
/// let (x, y) = (vec![0.0, 1.0, 2.0, 4.0], [1.0, 3.0, 5.0, 9.0]);
/// let line = ols(&Design::new(&y[..]).column("x", x), &Default::default())?;
/// assert!((line.coefficients[1] - 2.0).abs() < 1e-12);
/// # Ok::<(), statistics::fault::Fault>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Design<'a> {
    /// Outcome of each row.
    pub outcome: Cow<'a, [f64]>,
    /// Regressors, without the constant.
    pub columns: Vec<Column<'a>>,
    /// Codes of each fixed effect.
    pub effects: Vec<Cow<'a, [u32]>>,
    /// Codes of each cluster dimension, none to two.
    pub clusters: Vec<Cow<'a, [u32]>>,
    /// Period of each row in order of time, for Driscoll and Kraay.
    pub period: Option<Cow<'a, [u32]>>,
    /// Weight of each row.
    pub weight: Option<Cow<'a, [f64]>>,
    /// What is added to the linear predictor with coefficient 1 (only for Poisson).
    pub offset: Option<Cow<'a, [f64]>>,
    /// Leaves out the constant, which there is only without fixed effects.
    pub no_constant: bool,
}

impl<'a> Design<'a> {
    /// Only an outcome yet.
    pub fn new(outcome: impl Into<Cow<'a, [f64]>>) -> Self {
        Self { outcome: outcome.into(), ..Self::default() }
    }

    /// Outcome, unit and period effects, weight and clusters of a panel, without regressors.
    pub fn two_way(panel: &'a Panel) -> Self {
        let design = Self::new(&panel.outcome[..])
            .effect(&panel.unit[..])
            .effect(&panel.period[..])
            .cluster(&panel.cluster[..])
            .period(&panel.period[..]);
        if panel.weight.is_empty() { design } else { design.weight(&panel.weight[..]) }
    }

    /// Adds a regressor.
    #[must_use]
    pub fn column(mut self, name: impl Into<String>, values: impl Into<Cow<'a, [f64]>>) -> Self {
        self.columns.push((name.into(), values.into()));
        self
    }

    /// Adds a fixed effect.
    #[must_use]
    pub fn effect(mut self, codes: impl Into<Cow<'a, [u32]>>) -> Self {
        self.effects.push(codes.into());
        self
    }

    /// Adds a dimension in which the errors cluster.
    #[must_use]
    pub fn cluster(mut self, codes: impl Into<Cow<'a, [u32]>>) -> Self {
        self.clusters.push(codes.into());
        self
    }

    /// Tells the period of each row.
    #[must_use]
    pub fn period(mut self, codes: impl Into<Cow<'a, [u32]>>) -> Self {
        self.period = Some(codes.into());
        self
    }

    /// Weighs the rows.
    #[must_use]
    pub fn weight(mut self, values: impl Into<Cow<'a, [f64]>>) -> Self {
        self.weight = Some(values.into());
        self
    }

    /// Sets the offset of a Poisson regression.
    #[must_use]
    pub fn offset(mut self, values: impl Into<Cow<'a, [f64]>>) -> Self {
        self.offset = Some(values.into());
        self
    }

    /// Leaves out the constant.
    #[must_use]
    pub fn without_constant(mut self) -> Self {
        self.no_constant = true;
        self
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.outcome.len()
    }

    /// The same design without copying its columns.
    pub(super) fn borrowed(&self) -> Design<'_> {
        Design {
            outcome: lend(&self.outcome),
            columns: self.columns.iter().map(|(name, it)| (name.clone(), lend(it))).collect(),
            effects: self.effects.iter().map(|it| lend(it)).collect(),
            clusters: self.clusters.iter().map(|it| lend(it)).collect(),
            period: self.period.as_ref().map(|it| lend(it)),
            weight: self.weight.as_ref().map(|it| lend(it)),
            offset: self.offset.as_ref().map(|it| lend(it)),
            no_constant: self.no_constant,
        }
    }

    /// The rows in `kept` only.
    pub(super) fn sample(&self, kept: &[u32]) -> Design<'static> {
        Design {
            outcome: pick(&self.outcome, kept),
            columns: self.columns.iter().map(|(name, it)| (name.clone(), pick(it, kept))).collect(),
            effects: self.effects.iter().map(|it| pick(it, kept)).collect(),
            clusters: self.clusters.iter().map(|it| pick(it, kept)).collect(),
            period: self.period.as_ref().map(|it| pick(it, kept)),
            weight: self.weight.as_ref().map(|it| pick(it, kept)),
            offset: self.offset.as_ref().map(|it| pick(it, kept)),
            no_constant: self.no_constant,
        }
    }

    /// Checks lengths, numbers and weights.
    pub(super) fn check(&self) -> Result<(), Fault> {
        let expected = self.rows();
        if expected == 0 {
            return Err(Fault::Empty { of: String::new() });
        }
        let numbers = [("uitkomst", &self.outcome)]
            .into_iter()
            .chain(self.columns.iter().map(|(name, it)| (name.as_str(), it)))
            .chain(self.weight.iter().map(|it| ("gewicht", it)))
            .chain(self.offset.iter().map(|it| ("offset", it)));
        for (name, values) in numbers {
            length(name, expected, values.len())?;
            if let Some(at) = values.iter().position(|it| !it.is_finite()) {
                let column = name.to_owned();
                return Err(Fault::NotFinite { column, row: at + 1, value: values[at] });
            }
        }
        let codes = self.effects.iter().map(|it| ("vast effect", it));
        let codes = codes.chain(self.clusters.iter().map(|it| ("cluster", it)));
        for (name, codes) in codes.chain(self.period.iter().map(|it| ("periode", it))) {
            length(name, expected, codes.len())?;
        }
        match self.weight.iter().flat_map(|it| it.iter()).find(|it| **it < 0.0) {
            Some(weight) => Err(Fault::argument("gewicht", "0 of meer", weight)),
            None if self.clusters.len() > 2 => {
                let found = self.clusters.len();
                Err(Fault::argument("aantal clusterdimensies", "0, 1 of 2", found))
            }
            None => Ok(()),
        }
    }

    /// Rows with a weight, and without the singletons (groups of one row) when `drop` says so.
    ///
    /// Returns the kept rows when some go, and the number of singletons found.
    pub(super) fn usable(&self, drop: bool) -> (Option<Vec<u32>>, usize) {
        let mut keep = vec![true; self.rows()];
        if let Some(weight) = &self.weight {
            keep.iter_mut().zip(weight.iter()).for_each(|(it, weight)| *it = *weight > 0.0);
        }
        let weighted = keep.iter().filter(|it| **it).count();
        let mut single = keep.clone();
        while self.effects.iter().any(|codes| mark_singletons(codes, &mut single)) {}
        let singletons = weighted - single.iter().filter(|it| **it).count();
        if drop {
            keep = single;
        }
        let all = keep.iter().all(|it| *it);
        let rows = (0_u32..).zip(&keep).filter(|it| *it.1).map(|it| it.0);
        ((!all).then(|| rows.collect()), singletons)
    }
}

/// Takes rows that are alone in their group out of `keep`; says whether there were any.
fn mark_singletons(codes: &[u32], keep: &mut [bool]) -> bool {
    let mut rows = vec![0_u8; levels(codes)];
    for (code, _) in codes.iter().zip(keep.iter()).filter(|it| *it.1) {
        let count = &mut rows[*code as usize];
        *count = (*count + 1).min(2);
    }
    let mut found = false;
    for (code, keep) in codes.iter().zip(keep).filter(|it| *it.1) {
        if rows[*code as usize] == 1 {
            *keep = false;
            found = true;
        }
    }
    found
}

fn lend<T: Clone>(values: &[T]) -> Cow<'_, [T]> {
    Cow::Borrowed(values)
}

fn pick<T: Copy>(values: &[T], kept: &[u32]) -> Cow<'static, [T]> {
    kept.iter().map(|row| values[*row as usize]).collect()
}

fn length(column: &str, expected: usize, found: usize) -> Result<(), Fault> {
    if found == expected {
        return Ok(());
    }
    Err(Fault::Length { column: column.to_owned(), expected, found })
}
