//! Covariance of least-squares coefficients: classical, HC1-HC3, clustered, Driscoll-Kraay.
//!
//! Clustered (CRV1; Liang and Zeger 1986, Cameron, Gelbach and Miller 2011 for two ways): the sum
//! over clusters of the squared scores, times `(G/(G-1))((N-1)/(N-K))`, with Student's t on
//! `G - 1`. `K` counts the coefficients and the levels of the fixed effects (less one each, plus
//! one), without those of effects nested in a cluster. With two ways `G` is the smaller one.

use faer::{Mat, Side};

use super::jackknife;
use super::layout::levels;
use super::ols::Fit;
use crate::fault::Fault;
use crate::figures::Warning;

/// Which standard errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Variance {
    /// By the clusters of the design; without those by the first fixed effect (the unit of a
    /// panel); without both HC1.
    #[default]
    Auto,
    /// Independent errors of equal variance. Far too small on panel data.
    Classical,
    /// Independent errors of any variance, times `N/(N-K)`. Far too small on panel data.
    Hc1,
    /// As HC1, with each squared residual over one minus its leverage.
    Hc2,
    /// As HC1, with each residual over one minus its leverage.
    Hc3,
    /// Errors dependent within a cluster (CRV1).
    Cluster,
    /// Errors dependent within a cluster, by leaving out each cluster in turn (CRV3).
    Jackknife,
    /// Errors dependent within a period and over this many periods; `None` is the fourth root of
    /// the number of periods, rounded.
    DriscollKraay(Option<usize>),
}

/// Covariance of the coefficients.
#[derive(Debug, Clone)]
pub struct Covariance {
    /// Which one.
    pub variance: Variance,
    /// The matrix, in the order of the coefficients.
    pub matrix: Mat<f64>,
    /// Degrees of freedom of the t-distribution.
    pub df: f64,
    /// Number of clusters per dimension (periods for Driscoll and Kraay).
    pub clusters: Vec<usize>,
}

impl Covariance {
    /// Standard error of coefficient `at`.
    pub fn se(&self, at: usize) -> f64 {
        self.matrix[(at, at)].max(0.0).sqrt()
    }

    /// The standard errors in Dutch words.
    pub fn kind(&self) -> String {
        let clusters: Vec<String> = self.clusters.iter().map(ToString::to_string).collect();
        let clusters = clusters.join(" × ");
        match self.variance {
            Variance::Auto | Variance::Cluster => {
                format!("standaardfouten per cluster ({clusters} clusters)")
            }
            Variance::Jackknife => {
                format!("standaardfouten per cluster, jackknife ({clusters} clusters)")
            }
            Variance::Classical => "klassieke standaardfouten".to_owned(),
            Variance::Hc1 => "standaardfouten HC1".to_owned(),
            Variance::Hc2 => "standaardfouten HC2".to_owned(),
            Variance::Hc3 => "standaardfouten HC3".to_owned(),
            Variance::DriscollKraay(_) => {
                format!("standaardfouten volgens Driscoll en Kraay ({clusters} perioden)")
            }
        }
    }
}

impl Fit<'_> {
    /// The covariance of the coefficients.
    ///
    /// # Errors
    ///
    /// No degrees of freedom left, fewer than two clusters, or a leverage that cannot be computed.
    pub fn covariance(&self, variance: Variance) -> Result<Covariance, Fault> {
        let variance = match variance {
            Variance::Auto if self.clusters().is_empty() => Variance::Hc1,
            Variance::Auto => Variance::Cluster,
            other => other,
        };
        match variance {
            Variance::Auto | Variance::Cluster => self.clustered(),
            Variance::Jackknife => jackknife::crv3(self),
            Variance::DriscollKraay(lag) => self.driscoll_kraay(lag),
            Variance::Classical => {
                let free = self.free(&[])?;
                let matrix = faer::Scale(self.rss() / free) * &self.bread;
                Ok(Covariance { variance, matrix, df: free, clusters: Vec::new() })
            }
            Variance::Hc1 | Variance::Hc2 | Variance::Hc3 => self.robust(variance),
        }
    }

    /// Codes in which the errors cluster: those of the design, or the first fixed effect.
    pub(super) fn clusters(&self) -> Vec<&[u32]> {
        let own: Vec<&[u32]> = self.design.clusters.iter().map(|it| &**it).collect();
        if own.is_empty() {
            self.design.effects.iter().take(1).map(|it| &**it).collect()
        } else {
            own
        }
    }

    /// `N - K`, without the effects nested in one of `clusters`.
    pub(super) fn free(&self, clusters: &[&[u32]]) -> Result<f64, Fault> {
        let nested = self.design.effects.iter().zip(&self.levels);
        let nested = nested.filter(|it| clusters.iter().any(|cluster| nests(it.0, cluster)));
        let parameters = self.parameters() - nested.map(|it| it.1 - 1).sum::<usize>();
        if self.n() <= parameters {
            return Err(Fault::not_identified(format!(
                "Er zijn {} waarnemingen voor {parameters} te schatten getallen; er blijft niets \
                 over om de onzekerheid uit te schatten.",
                self.n()
            )));
        }
        Ok((self.n() - parameters) as f64)
    }

    /// Score of row `row` for coefficient `at`: `w x e`.
    fn score(&self, at: usize, row: usize) -> f64 {
        let weight = self.design.weight.as_deref().map_or(1.0, |it| it[row]);
        weight * self.regressors[at][row] * self.residuals[row]
    }

    /// Sums of the scores per level of `codes`, by coefficient.
    pub fn scores(&self, codes: &[u32]) -> Vec<Vec<f64>> {
        let size = levels(codes);
        (0..self.names.len())
            .map(|at| {
                let mut sums = vec![0.0; size];
                for (row, code) in codes.iter().enumerate() {
                    sums[*code as usize] += self.score(at, row);
                }
                sums
            })
            .collect()
    }

    fn clustered(&self) -> Result<Covariance, Fault> {
        let clusters = self.clusters();
        let counts = counts(&clusters)?;
        let free = self.free(&clusters)?;
        let mut matrix = self.sandwich(&outer(&self.scores(clusters[0])));
        if let [first, second] = clusters[..] {
            let both = pairs(first, second);
            matrix += self.sandwich(&outer(&self.scores(second)));
            matrix -= self.sandwich(&outer(&self.scores(&both)));
            matrix = positive(matrix);
        }
        let smallest = counts.iter().copied().min().unwrap_or(0) as f64;
        let factor = smallest / (smallest - 1.0) * (self.n() as f64 - 1.0) / free;
        Ok(Covariance {
            variance: Variance::Cluster,
            matrix: faer::Scale(factor) * matrix,
            df: smallest - 1.0,
            clusters: counts,
        })
    }

    /// `B M B` with the bread `B`.
    fn sandwich(&self, meat: &Mat<f64>) -> Mat<f64> {
        &self.bread * meat * &self.bread
    }

    fn robust(&self, variance: Variance) -> Result<Covariance, Fault> {
        let free = self.free(&[])?;
        let shrunk = match variance {
            Variance::Hc1 => vec![(self.n() as f64 / free).sqrt(); self.n()],
            _ => self.inflation(variance == Variance::Hc3)?,
        };
        let size = self.names.len();
        let mut meat = Mat::zeros(size, size);
        let mut score = vec![0.0; size];
        for (row, factor) in shrunk.iter().enumerate() {
            score.iter_mut().enumerate().for_each(|(at, it)| *it = factor * self.score(at, row));
            for one in 0..size {
                for two in 0..size {
                    meat[(one, two)] += score[one] * score[two];
                }
            }
        }
        let matrix = self.sandwich(&meat);
        Ok(Covariance { variance, matrix, df: free, clusters: Vec::new() })
    }

    /// Factor of each residual: `1/sqrt(1-h)` or, `full`, `1/(1-h)`.
    fn inflation(&self, full: bool) -> Result<Vec<f64>, Fault> {
        let mut leverage = match self.levels.is_empty() {
            true => vec![0.0; self.n()],
            false => self.absorber()?.leverage()?,
        };
        for (row, it) in leverage.iter_mut().enumerate() {
            let weight = self.design.weight.as_deref().map_or(1.0, |it| it[row]);
            let (mut square, mut size) = (0.0, 0.0);
            for (one, x) in self.regressors.iter().enumerate() {
                for (two, z) in self.regressors.iter().enumerate() {
                    square += x[row] * z[row] * self.bread[(one, two)];
                }
                size += weight * x[row] * x[row] * self.bread[(one, one)];
            }
            *it += weight * square;
            let left = 1.0 - *it;
            // A row that the fixed effects fit exactly has no score.
            *it = match (left > 1e-10, full) {
                (true, true) => 1.0 / left,
                (true, false) => 1.0 / left.sqrt(),
                (false, _) if size < 1e-12 => 0.0,
                (false, _) => {
                    return Err(Fault::not_identified(format!(
                        "Rij {} bepaalt een coëfficiënt helemaal alleen; HC2 en HC3 zijn dan niet \
                         te berekenen. Kies standaardfouten per cluster.",
                        row + 1
                    )));
                }
            };
        }
        Ok(leverage)
    }

    /// Driscoll and Kraay (1998), doi 10.1162/003465398557825: Bartlett weights over the sums of
    /// the scores per period, times `(T/(T-1))((N-1)/(N-K))` with all effects in `K`, t on `T - 1`.
    fn driscoll_kraay(&self, lag: Option<usize>) -> Result<Covariance, Fault> {
        let Some(period) = &self.design.period else {
            return Err(Fault::argument("periode", "een kolom, voor Driscoll en Kraay", "geen"));
        };
        let counts = counts(&[period])?;
        let periods = counts[0] as f64;
        let scores = self.scores(period);
        let long = scores.first().map_or(0, Vec::len);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small root")]
        let lag = lag.unwrap_or(periods.powf(0.25).round() as usize).min(long.saturating_sub(1));
        let mut meat = outer(&scores);
        for back in 1..=lag {
            let weight = 1.0 - back as f64 / (lag as f64 + 1.0);
            let size = scores.len();
            let shifted = Mat::from_fn(size, size, |one, two| {
                scores[one][back..].iter().zip(&scores[two]).map(|(a, b)| a * b).sum::<f64>()
            });
            meat += faer::Scale(weight) * (&shifted + shifted.transpose());
        }
        let free = self.free(&[])?;
        let factor = periods / (periods - 1.0) * (self.n() as f64 - 1.0) / free;
        Ok(Covariance {
            variance: Variance::DriscollKraay(Some(lag)),
            matrix: faer::Scale(factor) * self.sandwich(&meat),
            df: periods - 1.0,
            clusters: counts,
        })
    }

    /// Warnings about the number of clusters, and of clusters that differ in a 0/1 regressor.
    pub(super) fn few(&self, covariance: &Covariance) -> Vec<Warning> {
        let clustered = matches!(covariance.variance, Variance::Cluster | Variance::Jackknife);
        let mut warnings = Vec::new();
        let smallest = covariance.clusters.iter().copied().min().unwrap_or(0);
        if smallest > 0 && smallest < 30 {
            let text = format!(
                "Er zijn maar {smallest} clusters: de standaardfout is onzeker en meestal te klein. \
                 Leg er de wild cluster bootstrap of de randomisatietoets naast."
            );
            warnings.push(Warning::new("few-clusters", text));
        }
        if !clustered {
            if !self.levels.is_empty() && covariance.clusters.is_empty() {
                let text = "Deze standaardfouten nemen aan dat waarnemingen van dezelfde eenheid \
                            onafhankelijk zijn; in een panel zijn ze dan veel te klein.";
                warnings.push(Warning::new("unclustered", text));
            }
            return warnings;
        }
        for (name, column) in &self.design.columns {
            if !self.names.contains(name) || column.iter().any(|it| *it != 0.0 && *it != 1.0) {
                continue;
            }
            let codes = self.clusters()[0];
            let mut ever = vec![false; levels(codes)];
            codes
                .iter()
                .zip(column.iter())
                .for_each(|(code, it)| ever[*code as usize] |= *it > 0.0);
            let treated = ever.iter().filter(|it| **it).count();
            let other = covariance.clusters[0].saturating_sub(treated);
            if treated < 6 || (1..6).contains(&other) {
                let text = format!(
                    "‘{name}’ is 1 in {treated} van de {} clusters. Met zo weinig clusters aan één \
                     kant is elke standaardfout per cluster te klein, ook die van de wild cluster \
                     bootstrap; gebruik de randomisatietoets of een synthetische controle.",
                    covariance.clusters[0]
                );
                warnings.push(Warning::new("few-treated-clusters", text));
            }
        }
        warnings
    }
}

/// Number of clusters per dimension.
pub(super) fn counts(clusters: &[&[u32]]) -> Result<Vec<usize>, Fault> {
    if clusters.is_empty() {
        return Err(Fault::argument("cluster", "ten minste één kolom", "geen"));
    }
    let counts: Vec<usize> =
        clusters.iter().map(|it| super::fixed_effects::occurring(it)).collect();
    if counts.contains(&1) {
        return Err(Fault::not_identified(
            "Er is maar één cluster: de onzekerheid is niet te schatten. Neem een kleinere eenheid \
             als cluster.",
        ));
    }
    Ok(counts)
}

/// Whether every level of `effect` lies in one cluster.
pub(super) fn nests(effect: &[u32], cluster: &[u32]) -> bool {
    if std::ptr::eq(effect, cluster) {
        return true;
    }
    let mut of = vec![u32::MAX; levels(effect)];
    effect.iter().zip(cluster).all(|(level, cluster)| {
        let known = &mut of[*level as usize];
        let same = *known == u32::MAX || *known == *cluster;
        *known = *cluster;
        same
    })
}

/// `S'S` of the sums of scores.
fn outer(scores: &[Vec<f64>]) -> Mat<f64> {
    Mat::from_fn(scores.len(), scores.len(), |one, two| {
        scores[one].iter().zip(&scores[two]).map(|(a, b)| a * b).sum()
    })
}

/// Codes of the pairs that occur.
fn pairs(first: &[u32], second: &[u32]) -> Vec<u32> {
    let mut known = std::collections::HashMap::new();
    first
        .iter()
        .zip(second)
        .map(|pair| {
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            *known.entry(pair).or_insert(next)
        })
        .collect()
}

/// The nearest matrix without negative eigenvalues, when a diagonal element is negative.
fn positive(matrix: Mat<f64>) -> Mat<f64> {
    let size = matrix.nrows();
    if (0..size).all(|at| matrix[(at, at)] > 0.0) {
        return matrix;
    }
    match matrix.self_adjoint_eigen(Side::Lower) {
        Ok(eigen) => {
            let (vectors, values) = (eigen.U(), eigen.S().column_vector());
            Mat::from_fn(size, size, |row, at| {
                (0..size)
                    .map(|it| vectors[(row, it)] * values[it].max(0.0) * vectors[(at, it)])
                    .sum()
            })
        }
        Err(_) => matrix,
    }
}
