//! Maximum likelihood: a nonlinear least squares problem for every model.
//!
//! With a multiplicative error the likelihood is largest where the sum of squares of
//! `e_t (prod |mu_s|)^(1/n)` is smallest; without, that of `e_t`. Levenberg-Marquardt on those
//! residuals finds the smoothing parameters and all first states together, from a few starts.

use faer::Mat;

use super::forecast::{EtsForecast, forecast};
use super::start::heuristic;
use super::{Filtered, Model, Part, Smoothing, State, Trend};
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::linear::solve;

/// A fitted model.
#[derive(Debug, Clone, PartialEq)]
pub struct Ets {
    /// The model.
    pub model: Model,
    /// Smoothing parameters.
    pub smoothing: Smoothing,
    /// State before the first observation.
    pub first: State,
    /// What the recursion leaves behind.
    pub filtered: Filtered,
    /// Number of observations.
    pub observations: usize,
    warnings: Vec<Warning>,
}

/// The model with the smallest AICc, and what the others reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The best.
    pub best: Ets,
    /// Every model tried with its AICc, the best first.
    pub tried: Vec<(Model, f64)>,
}

impl Ets {
    /// A model with given parameters, for instance to go on from an earlier fit.
    ///
    /// # Errors
    ///
    /// A series that is too short or does not suit the model, or a state that does not.
    pub fn given(
        model: Model,
        series: &[f64],
        smoothing: Smoothing,
        first: State,
    ) -> Result<Self, Fault> {
        check(&model, series, 1)?;
        let expected = if model.season.is_some() { model.period } else { 0 };
        if first.season.len() != expected {
            let found = first.season.len();
            return Err(Fault::Length { column: "seizoen".to_owned(), expected, found });
        }
        let filtered = model.filter(series, &smoothing, &first);
        if !filtered.log_likelihood.is_finite() && filtered.errors.iter().any(|it| *it != 0.0) {
            return Err(degenerate());
        }
        let observations = series.len();
        Ok(Self { model, smoothing, first, filtered, observations, warnings: Vec::new() })
    }

    /// Error variance on the degrees of freedom that are left.
    pub fn variance(&self) -> f64 {
        let left = (self.observations + 1).saturating_sub(self.model.parameters()).max(1);
        self.filtered.errors.iter().map(|it| it * it).sum::<f64>() / left as f64
    }

    /// Akaike's criterion with correction for short series; infinite when the series is too short.
    pub fn aicc(&self) -> f64 {
        let (n, k) = (self.observations as f64, self.model.parameters() as f64);
        if n - k - 1.0 <= 0.0 {
            return f64::INFINITY;
        }
        -2.0 * self.filtered.log_likelihood + 2.0 * k + 2.0 * k * (k + 1.0) / (n - k - 1.0)
    }

    /// Means and intervals of the next `steps` observations.
    ///
    /// # Errors
    ///
    /// No steps, or a level outside 0-1.
    pub fn forecast(&self, steps: usize, levels: &[f64]) -> Result<EtsForecast, Fault> {
        forecast(self, steps, levels)
    }
}

/// Fits one model by maximum likelihood.
///
/// ```
/// use statistics::series::ets::{Model, fit};
/// let series = [12.0, 15.0, 14.0, 18.0, 17.0, 20.0, 22.0, 21.0, 25.0, 24.0];
/// let it = fit(&Model::parse("AAN", 1).unwrap(), &series).unwrap();
/// let next = it.forecast(2, &[0.95]).unwrap();
/// assert!(next.steps[1].mean > 25.0);
/// ```
///
/// # Errors
///
/// Fewer observations than parameters, a multiplicative model on a series that is not above 0, or
/// a value that is not finite.
pub fn fit(model: &Model, series: &[f64]) -> Result<Ets, Fault> {
    check(model, series, model.parameters() + 1)?;
    // Work on a scale where the typical value is 1.
    let size = series.iter().map(|it| it.abs()).sum::<f64>() / series.len() as f64;
    let scale = if size > 0.0 { size } else { 1.0 };
    let scaled: Vec<f64> = series.iter().map(|it| it / scale).collect();
    let start = heuristic(model, &scaled);
    let mut best: Option<(f64, Vec<f64>)> = None;
    for (alpha, beta, gamma) in
        [(0.3, 0.1, 0.1), (0.7, 0.05, 0.05), (0.05, 0.02, 0.02), (0.05, 0.5, 0.9)]
    {
        let problem = Problem { model, series: &scaled };
        let found = problem.minimise(problem.pack((alpha, beta, gamma), &start));
        if found.0.is_finite() && best.as_ref().is_none_or(|it| found.0 < it.0) {
            best = Some(found);
        }
    }
    let (_, parameters) = best.ok_or_else(degenerate)?;
    let (smoothing, mut first) = (Problem { model, series: &scaled }).unpack(&parameters);
    first.level *= scale;
    first.slope *= scale;
    if model.season == Some(Part::Additive) {
        first.season.iter_mut().for_each(|it| *it *= scale);
    }
    let mut it = Ets::given(*model, series, smoothing, first)?;
    if series.len() < 2 * model.parameters() {
        it.warnings.push(Warning::new(
            "short-series",
            format!(
                "De reeks telt {} waarnemingen voor {} parameters; het interval is eerder te smal.",
                series.len(),
                model.parameters()
            ),
        ));
    }
    Ok(it)
}

/// Fits every model that suits the series and keeps the one with the smallest AICc.
///
/// # Errors
///
/// Values that are not finite, a cycle of length 0, or a series too short for the simplest model.
pub fn fit_automatic(series: &[f64], period: usize) -> Result<Choice, Fault> {
    if period == 0 {
        return Err(Fault::argument("seizoenslengte", "1 of meer", period));
    }
    let positive = series.iter().all(|it| *it > 0.0);
    // A season can only be told from chance when the cycle was seen twice.
    let period = if series.len() >= 2 * period { period } else { 1 };
    let mut fitted: Vec<Ets> = Vec::new();
    let mut fault = None;
    for model in Model::all(period, positive) {
        match fit(&model, series) {
            Ok(it) if it.aicc() < f64::INFINITY => fitted.push(it),
            Ok(_) => {}
            Err(it) => {
                fault.get_or_insert(it);
            }
        }
    }
    fitted.sort_by(|a, b| a.aicc().total_cmp(&b.aicc()));
    let tried = fitted.iter().map(|it| (it.model, it.aicc())).collect();
    match fitted.into_iter().next() {
        Some(best) => Ok(Choice { best, tried }),
        None => Err(fault.unwrap_or_else(degenerate)),
    }
}

fn check(model: &Model, series: &[f64], least: usize) -> Result<(), Fault> {
    if series.len() < least.max(1) {
        return Err(Fault::argument(
            format!("aantal waarnemingen voor {model}"),
            format!("{least} of meer"),
            series.len(),
        ));
    }
    if let Some(row) = series.iter().position(|it| !it.is_finite()) {
        let value = series[row];
        return Err(Fault::NotFinite { column: "reeks".to_owned(), row: row + 1, value });
    }
    match series.iter().position(|it| *it <= 0.0).filter(|_| model.multiplies()) {
        Some(row) => Err(Fault::argument(
            format!("waarde in rij {} voor {model}", row + 1),
            "een getal boven 0",
            series[row],
        )),
        None => Ok(()),
    }
}

fn degenerate() -> Fault {
    Fault::not_identified("De reeks laat zich door dit model niet beschrijven: de fout loopt op.")
}

struct Problem<'a> {
    model: &'a Model,
    series: &'a [f64],
}

/// Bounds of the smoothing parameters, as R's `forecast` takes them.
const LOW: f64 = 1e-4;
const HIGH: f64 = 0.9999;
const DAMPING: (f64, f64) = (0.8, 0.98);

fn within(x: f64, low: f64, high: f64) -> f64 {
    low + (high - low) / (1.0 + (-x).exp())
}

fn outside(value: f64, low: f64, high: f64) -> f64 {
    let share = ((value - low) / (high - low)).clamp(1e-6, 1.0 - 1e-6);
    (share / (1.0 - share)).ln()
}

impl Problem<'_> {
    /// Smoothing parameters without their bounds, then the first states.
    fn pack(&self, (alpha, beta, gamma): (f64, f64, f64), start: &State) -> Vec<f64> {
        let mut parameters = vec![outside(alpha, LOW, HIGH)];
        if self.model.trend != Trend::None {
            parameters.push(outside(beta, LOW, alpha.max(2.0 * LOW)));
        }
        if self.model.season.is_some() {
            parameters.push(outside(gamma, LOW, (1.0 - alpha).max(2.0 * LOW)));
        }
        if self.model.trend == Trend::Damped {
            parameters.push(outside(0.95, DAMPING.0, DAMPING.1));
        }
        parameters.push(start.level);
        if self.model.trend != Trend::None {
            parameters.push(start.slope);
        }
        let free = start.season.len().saturating_sub(1);
        parameters.extend(&start.season[..free]);
        parameters
    }

    fn unpack(&self, parameters: &[f64]) -> (Smoothing, State) {
        let mut next = parameters.iter().copied();
        let mut take = || next.next().unwrap_or(0.0);
        let alpha = within(take(), LOW, HIGH);
        let trend = self.model.trend != Trend::None;
        let beta = if trend { within(take(), LOW, alpha.max(2.0 * LOW)) } else { 0.0 };
        let gamma = match self.model.season {
            None => 0.0,
            Some(_) => within(take(), LOW, (1.0 - alpha).max(2.0 * LOW)),
        };
        let damped = self.model.trend == Trend::Damped;
        let phi = if damped { within(take(), DAMPING.0, DAMPING.1) } else { 1.0 };
        let level = take();
        let slope = if trend { take() } else { 0.0 };
        let mut season: Vec<f64> = next.collect();
        let total: f64 = season.iter().sum();
        match self.model.season {
            None => season.clear(),
            Some(Part::Additive) => season.push(-total),
            Some(Part::Multiplicative) => season.push(self.model.period as f64 - total),
        }
        (Smoothing { alpha, beta, gamma, phi }, State { level, slope, season })
    }

    /// Residuals whose sum of squares is the likelihood, and that sum; infinite when a mean is not
    /// above 0 in a multiplicative model.
    fn residuals(&self, parameters: &[f64], residuals: &mut Vec<f64>) -> f64 {
        residuals.clear();
        let (smoothing, mut state) = self.unpack(parameters);
        let (mut logs, mut sound) = (0.0, true);
        if self.model.season == Some(Part::Multiplicative) {
            sound = state.season.iter().all(|it| *it > 0.0);
        }
        self.model.run(self.series, &smoothing, &mut state, |mean, error| {
            if self.model.error == Part::Multiplicative {
                sound &= mean > 0.0;
                logs += mean.abs().ln();
            }
            residuals.push(error);
        });
        let factor = (logs / self.series.len() as f64).exp();
        residuals.iter_mut().for_each(|it| *it *= factor);
        let sum: f64 = residuals.iter().map(|it| it * it).sum();
        if sound && sum.is_finite() { sum } else { f64::INFINITY }
    }

    fn minimise(&self, mut parameters: Vec<f64>) -> (f64, Vec<f64>) {
        const ITERATIONS: usize = 200;
        let (rows, width) = (self.series.len(), parameters.len());
        let (mut residuals, mut other) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
        let mut value = self.residuals(&parameters, &mut residuals);
        let mut damping = 1e-3;
        let mut jacobian = Mat::<f64>::zeros(rows, width);
        for _ in 0..ITERATIONS {
            if !value.is_finite() || value <= 0.0 {
                break;
            }
            for column in 0..width {
                let kept = parameters[column];
                let step = 1e-6 * kept.abs().max(0.1);
                parameters[column] = kept + step;
                self.residuals(&parameters, &mut other);
                parameters[column] = kept;
                for (row, (moved, here)) in other.iter().zip(&residuals).enumerate() {
                    jacobian[(row, column)] = (moved - here) / step;
                }
            }
            let gram = jacobian.transpose() * &jacobian;
            let right = Mat::from_fn(width, 1, |a, _| {
                -(0..rows).map(|row| jacobian[(row, a)] * residuals[row]).sum::<f64>()
            });
            let before = value;
            while damping < 1e12 {
                let mut damped = gram.clone();
                for at in 0..width {
                    damped[(at, at)] += damping * gram[(at, at)].max(1e-10);
                }
                if let Ok(step) = solve(damped.as_ref(), right.as_ref()) {
                    // A bounded parameter far out has no slope left: keep it within reach.
                    let moved: Vec<f64> = parameters
                        .iter()
                        .enumerate()
                        .map(|(at, it)| (it + step[(at, 0)]).clamp(-1e3, 1e3))
                        .collect();
                    let found = self.residuals(&moved, &mut other);
                    if found < value {
                        (parameters, value) = (moved, found);
                        std::mem::swap(&mut residuals, &mut other);
                        damping = (damping / 5.0).max(1e-12);
                        break;
                    }
                }
                damping *= 4.0;
            }
            if before - value <= 1e-11 * before {
                break;
            }
        }
        (value, parameters)
    }
}

impl Estimate for Ets {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        let trend = self.model.trend != Trend::None;
        let Smoothing { alpha, beta, gamma, phi } = self.smoothing;
        figures.add("alpha", alpha);
        if trend {
            figures.add("beta", beta);
        }
        if self.model.season.is_some() {
            figures.add("gamma", gamma);
        }
        if self.model.trend == Trend::Damped {
            figures.add("phi", phi);
        }
        figures.add("l0", self.first.level);
        if trend {
            figures.add("b0", self.first.slope);
        }
        let free = self.first.season.len().saturating_sub(1);
        for (at, it) in self.first.season[..free].iter().enumerate() {
            figures.add(format!("s{at}"), *it);
        }
        let (n, k) = (self.observations as f64, self.model.parameters() as f64);
        let likelihood = self.filtered.log_likelihood;
        figures.add("loglik", likelihood);
        figures.add("aic", 2.0 * k - 2.0 * likelihood);
        figures.add("aicc", self.aicc());
        figures.add("bic", k * n.ln() - 2.0 * likelihood);
        figures.add("sigma2", self.variance());
        let squares =
            self.filtered.fitted.iter().zip(&self.filtered.errors).map(|(mean, error)| {
                let error = if self.model.error == Part::Additive { *error } else { mean * error };
                error * error
            });
        figures.add("mse", squares.sum::<f64>() / n);
        for (name, state) in [("last", &self.filtered.last), ("init", &self.first)] {
            figures.add(format!("{name}_l"), state.level);
            if trend {
                figures.add(format!("{name}_b"), state.slope);
            }
            for (at, it) in state.season.iter().enumerate() {
                figures.add(format!("{name}_s{}", at + 1), *it);
            }
        }
        for (at, it) in self.filtered.fitted.iter().enumerate() {
            figures.add(format!("fitted_{}", at + 1), *it);
        }
        figures
    }

    fn summary(&self) -> String {
        let Smoothing { alpha, beta, gamma, phi } = self.smoothing;
        format!(
            "{} op {} waarnemingen: alfa {alpha:.3}, bèta {beta:.3}, gamma {gamma:.3}, demping \
             {phi:.3}; AICc {:.1}.",
            self.model,
            self.observations,
            self.aicc()
        )
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
