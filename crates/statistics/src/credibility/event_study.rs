//! The part of an event study that sensitivity analyses need: coefficients and their covariance.

use faer::{Mat, Side};

use crate::fault::Fault;

/// Event-study coefficients around a base period, whose own coefficient is 0 and left out.
#[derive(Debug, Clone, PartialEq)]
pub struct EventStudy {
    /// Coefficients of the periods before the base period, oldest first, then of those after it.
    estimates: Vec<f64>,
    /// Their covariance.
    covariance: Mat<f64>,
    /// Number of periods before the base period.
    pre: usize,
}

impl EventStudy {
    /// `estimates` holds `pre` coefficients before the base period and then those after it.
    ///
    /// # Errors
    ///
    /// No coefficient before or after, a covariance of another size, that is not symmetric or not
    /// positive definite, or a number that is not finite.
    pub fn new(estimates: Vec<f64>, covariance: Mat<f64>, pre: usize) -> Result<Self, Fault> {
        let size = estimates.len();
        if pre == 0 || pre >= size {
            return Err(Fault::argument(
                "aantal perioden vooraf",
                format!("1 of meer, en minder dan het aantal coëfficiënten ({size})"),
                pre,
            ));
        }
        if covariance.nrows() != size || covariance.ncols() != size {
            return Err(Fault::Length {
                column: "covariantie".to_owned(),
                expected: size,
                found: covariance.nrows(),
            });
        }
        if let Some(row) = estimates.iter().position(|it| !it.is_finite()) {
            let value = estimates[row];
            return Err(Fault::NotFinite { column: "schatting".to_owned(), row: row + 1, value });
        }
        for a in 0..size {
            for b in 0..size {
                let (value, other) = (covariance[(a, b)], covariance[(b, a)]);
                if !value.is_finite() {
                    let column = "covariantie".to_owned();
                    return Err(Fault::NotFinite { column, row: a + 1, value });
                }
                let scale = (covariance[(a, a)] * covariance[(b, b)]).abs().sqrt();
                if (value - other).abs() > 1e-6 * scale {
                    return Err(Fault::argument("covariantie", "een symmetrische matrix", value));
                }
            }
        }
        let it = Self { estimates, covariance, pre };
        it.factor()?;
        Ok(it)
    }

    /// From coefficients by event time, the base period (with or without its 0) left out.
    ///
    /// `at` gives the event time of each coefficient. `base` is the reference period, usually -1;
    /// the coefficients must run on without a gap on both sides of it.
    ///
    /// # Errors
    ///
    /// A gap in event times, the same event time twice, or what [`EventStudy::new`] refuses.
    pub fn from_event_times(
        at: &[i64],
        estimates: &[f64],
        covariance: &Mat<f64>,
        base: i64,
    ) -> Result<Self, Fault> {
        if at.len() != estimates.len() || covariance.nrows() != at.len() {
            return Err(Fault::Length {
                column: "schatting".to_owned(),
                expected: at.len(),
                found: estimates.len().min(covariance.nrows()),
            });
        }
        let mut order: Vec<usize> = (0..at.len()).filter(|&it| at[it] != base).collect();
        order.sort_by_key(|&it| at[it]);
        let pre = order.iter().filter(|&&it| at[it] < base).count();
        for (position, &it) in order.iter().enumerate() {
            let steps = i64::try_from(position).expect("fewer than 2^63 periods")
                - i64::try_from(pre).expect("fewer than 2^63 periods");
            let expected = base + steps + i64::from(position >= pre);
            if at[it] != expected {
                return Err(Fault::not_identified(format!(
                    "De coëfficiënten sluiten niet aan: periode {expected} rond de basisperiode \
                     {base} ontbreekt of komt dubbel voor."
                )));
            }
        }
        let size = order.len();
        if covariance.ncols() != at.len() {
            let (expected, found) = (at.len(), covariance.ncols());
            return Err(Fault::Length { column: "covariantie".to_owned(), expected, found });
        }
        let picked = Mat::from_fn(size, size, |a, b| covariance[(order[a], order[b])]);
        Self::new(order.iter().map(|&it| estimates[it]).collect(), picked, pre)
    }

    /// Number of periods before the base period.
    pub fn pre(&self) -> usize {
        self.pre
    }

    /// Number of periods after the base period.
    pub fn post(&self) -> usize {
        self.estimates.len() - self.pre
    }

    /// All coefficients, oldest first.
    pub fn estimates(&self) -> &[f64] {
        &self.estimates
    }

    /// Their covariance.
    pub fn covariance(&self) -> &Mat<f64> {
        &self.covariance
    }

    /// The linear combination `weights` of all coefficients, and its standard error.
    pub fn combination(&self, weights: &[f64]) -> (f64, f64) {
        let estimate = self.estimates.iter().zip(weights).map(|(it, weight)| it * weight).sum();
        (estimate, self.product(weights, weights).max(0.0).sqrt())
    }

    /// `left' covariance right`.
    pub(crate) fn product(&self, left: &[f64], right: &[f64]) -> f64 {
        let size = self.estimates.len();
        let row = |a: usize| (0..size).map(|b| self.covariance[(a, b)] * right[b]).sum::<f64>();
        (0..size).map(|a| left[a] * row(a)).sum()
    }

    /// Lower Cholesky factor of the covariance.
    pub(crate) fn factor(&self) -> Result<Mat<f64>, Fault> {
        let factor = self.covariance.llt(Side::Lower).map_err(|_| {
            Fault::not_identified(
                "De covariantie van de coëfficiënten is niet positief definiet: coëfficiënten \
                 hangen van elkaar af, of er zijn minder clusters dan perioden.",
            )
        })?;
        Ok(factor.L().to_owned())
    }

    /// `weights` on the periods after the base period as weights on all coefficients.
    ///
    /// # Errors
    ///
    /// Another number of weights than periods after, weights that are all 0 or not finite.
    pub(crate) fn on_post(&self, weights: &[f64]) -> Result<Vec<f64>, Fault> {
        if weights.len() != self.post() {
            let (expected, found) = (self.post(), weights.len());
            return Err(Fault::Length { column: "gewichten".to_owned(), expected, found });
        }
        if weights.iter().any(|it| !it.is_finite()) || weights.iter().all(|it| *it == 0.0) {
            return Err(Fault::argument("gewichten", "getallen die niet alle 0 zijn", "0"));
        }
        let mut all = vec![0.0; self.pre];
        all.extend(weights);
        Ok(all)
    }
}
