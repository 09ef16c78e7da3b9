//! Cox's proportional hazards: how a characteristic changes the pace of leaving.
//!
//! Cox, D. R. (1972). Regression models and life-tables. *JRSS B* 34(2), 187-220. Ties: Efron, B.
//! (1977). *JASA* 72(359), 557-565, or Breslow (1974). Robust errors: Lin, D. Y. & Wei, L. J.
//! (1989). *JASA* 84(408), 1074-1078, over clusters without a small-sample factor (as R's
//! `coxph`).

use faer::Mat;

use super::observations::Durations;
use super::partial_likelihood::{Likelihood, Value};
use crate::distribution::{chi_squared_p, normal_p, normal_quantile};
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::linear::{independent_columns, inverse};

/// How events at the same time are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ties {
    /// Efron: the tied leave one after another in an unknown order.
    #[default]
    Efron,
    /// Breslow: all tied share the whole risk set.
    Breslow,
}

/// How to fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Tied events.
    pub ties: Ties,
    /// Stratum of each row, each with its own baseline; empty for one.
    pub strata: Vec<String>,
    /// Cluster of each row for robust standard errors; empty for none.
    pub cluster: Vec<String>,
    /// Robust standard errors also without clusters (each row its own).
    pub robust: bool,
    /// The cause that counts as event, the others as censored; `None` for any.
    pub cause: Option<u32>,
    /// Coverage of the intervals.
    pub level: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            ties: Ties::default(),
            strata: Vec::new(),
            cluster: Vec::new(),
            robust: false,
            cause: None,
            level: 0.95,
        }
    }
}

/// One coefficient: the logarithm of a hazard ratio.
#[derive(Debug, Clone, PartialEq)]
pub struct Coefficient {
    /// The covariate.
    pub name: String,
    /// Logarithm of the hazard ratio per unit of the covariate.
    pub estimate: f64,
    /// Standard error: robust when asked, else from the information.
    pub standard_error: f64,
    /// Standard error from the information.
    pub model_standard_error: f64,
    /// Two-sided p-value (normal).
    pub p: f64,
    /// Interval of the coefficient.
    pub low: f64,
    /// Upper end of that interval.
    pub high: f64,
}

/// A fitted model.
#[derive(Debug, Clone, PartialEq)]
pub struct Cox {
    /// Coefficients of the covariates that were kept.
    pub coefficients: Vec<Coefficient>,
    /// Covariance of the coefficients (robust when asked).
    pub covariance: Mat<f64>,
    /// Inverse of the information.
    pub model_covariance: Mat<f64>,
    /// Log partial likelihood at 0 and at the estimate.
    pub log_likelihood: (f64, f64),
    /// Number of subjects.
    pub subjects: usize,
    /// Number of events.
    pub events: usize,
    /// Number of clusters when errors are robust.
    pub clusters: Option<usize>,
    /// Method for ties.
    pub ties: Ties,
    /// Schoenfeld residuals, one row per event: end time, then one per coefficient.
    pub(crate) schoenfeld: Vec<(f64, Vec<f64>)>,
    warnings: Vec<Warning>,
}

/// Fits the model of `covariates` (by name, one value per row).
///
/// # Errors
///
/// Faulty columns, no event, no covariate that varies within a risk set, or a coefficient that
/// runs to infinity (a group in which nobody, or everybody first, leaves).
pub fn cox(
    durations: &Durations,
    covariates: &[(String, Vec<f64>)],
    options: &Options,
) -> Result<Cox, Fault> {
    check(durations, covariates, options)?;
    let own = |it: &u32| options.cause.is_none_or(|cause| cause == *it);
    let mut durations = durations.clone();
    durations.cause.iter_mut().for_each(|it| *it = u32::from(*it > 0 && own(it)));
    let events = durations.cause.iter().filter(|it| **it > 0).count();
    if events == 0 {
        return Err(Fault::not_identified("Niemand heeft een einde: er is niets te verklaren."));
    }
    let (names, likelihood) = prepare(&durations, covariates, options)?;
    let (beta, value) = maximise(&likelihood, names.len())?;
    let model_covariance = inverse(value.information.as_ref())?;
    let robust = options.robust || !options.cluster.is_empty();
    let (covariance, clusters) = if robust {
        let residuals = likelihood.score_residuals(&beta);
        let (covariance, clusters) = sandwich(&model_covariance, &residuals, &options.cluster);
        (covariance, Some(clusters))
    } else {
        (model_covariance.clone(), None)
    };
    let log_likelihood =
        (likelihood.value(&vec![0.0; beta.len()]).log_likelihood, value.log_likelihood);
    // From scaled covariates back to the units of the user.
    let scale = |at: usize| names[at].1;
    let unscaled = |it: Mat<f64>| {
        Mat::from_fn(beta.len(), beta.len(), |a, b| it[(a, b)] / (scale(a) * scale(b)))
    };
    let (covariance, model_covariance) = (unscaled(covariance), unscaled(model_covariance));
    let schoenfeld = likelihood.schoenfeld(&beta).into_iter().map(|(row, residual)| {
        let residual = residual.iter().enumerate().map(|(at, it)| it * scale(at)).collect();
        (durations.time[row], residual)
    });
    Ok(Cox {
        coefficients: coefficients(&names, &beta, &covariance, &model_covariance, options.level),
        schoenfeld: schoenfeld.collect(),
        covariance,
        model_covariance,
        log_likelihood,
        subjects: durations.time.len(),
        events,
        clusters,
        ties: options.ties,
        warnings: warnings(covariates, &names, events, clusters),
    })
}

fn check(
    durations: &Durations,
    covariates: &[(String, Vec<f64>)],
    options: &Options,
) -> Result<(), Fault> {
    durations.check()?;
    let rows = durations.time.len();
    if covariates.is_empty() {
        return Err(Fault::argument("aantal kenmerken", "1 of meer", 0));
    }
    if !(options.level > 0.0 && options.level < 1.0) {
        return Err(Fault::argument("level", "een getal tussen 0 en 1", options.level));
    }
    for (column, found) in [("stratum", options.strata.len()), ("cluster", options.cluster.len())] {
        if found != 0 && found != rows {
            return Err(Fault::Length { column: column.to_owned(), expected: rows, found });
        }
    }
    for (column, values) in covariates {
        if values.len() != rows {
            let (column, found) = (column.clone(), values.len());
            return Err(Fault::Length { column, expected: rows, found });
        }
        if let Some(row) = values.iter().position(|it| !it.is_finite()) {
            let (column, value) = (column.clone(), values[row]);
            return Err(Fault::NotFinite { column, row: row + 1, value });
        }
    }
    Ok(())
}

/// Keeps the covariates that the information at 0 can tell apart, scaled to unit spread.
fn prepare<'a>(
    durations: &'a Durations,
    covariates: &[(String, Vec<f64>)],
    options: &Options,
) -> Result<(Vec<(String, f64)>, Likelihood<'a>), Fault> {
    let rows = durations.time.len();
    let spread = |values: &[f64]| {
        let mean = values.iter().map(|it| it / rows as f64).sum::<f64>();
        let largest = values.iter().map(|it| (it - mean).abs()).fold(0.0, f64::max);
        if largest > 0.0 && largest.is_finite() { largest } else { 1.0 }
    };
    let scales: Vec<f64> = covariates.iter().map(|(_, values)| spread(values)).collect();
    let build = |kept: &[usize]| {
        let mut x = Vec::with_capacity(rows * kept.len());
        for row in 0..rows {
            x.extend(kept.iter().map(|&it| covariates[it].1[row] / scales[it]));
        }
        Likelihood::new(durations, x, kept.len(), &options.strata, options.ties)
    };
    let all: Vec<usize> = (0..covariates.len()).collect();
    let information = build(&all).value(&vec![0.0; all.len()]).information;
    // A covariate that is constant within every risk set has no information but rounding.
    let floor = 1e-12 * rows as f64;
    let kept: Vec<usize> = independent_columns(information.as_ref(), 1e-9)
        .into_iter()
        .filter(|&it| information[(it, it)] > floor)
        .collect();
    if kept.is_empty() {
        return Err(Fault::not_identified(
            "Geen van de kenmerken verschilt tussen mensen die tegelijk in beeld zijn; er is geen \
             effect te schatten.",
        ));
    }
    let names = kept.iter().map(|&it| (covariates[it].0.clone(), scales[it])).collect();
    let likelihood = build(&kept);
    Ok((names, likelihood))
}

const ITERATIONS: usize = 40;

/// Covariates have a largest deviation of 1: beyond this the hazard ratio is no number of people.
const INFINITE: f64 = 25.0;

fn maximise(likelihood: &Likelihood<'_>, width: usize) -> Result<(Vec<f64>, Value), Fault> {
    let mut beta = vec![0.0; width];
    let mut value = likelihood.value(&beta);
    for _ in 0..ITERATIONS {
        let Ok(inverse) = inverse(value.information.as_ref()) else { return Err(infinite()) };
        let step = |row: usize| -> f64 {
            (0..width).map(|column| inverse[(row, column)] * value.score[column]).sum()
        };
        let step: Vec<f64> = (0..width).map(step).collect();
        let mut length = 1.0;
        let next = loop {
            let moved: Vec<f64> = beta.iter().zip(&step).map(|(b, s)| b + length * s).collect();
            let next = likelihood.value(&moved);
            let slack = 1e-12 * value.log_likelihood.abs();
            if next.log_likelihood >= value.log_likelihood - slack {
                beta = moved;
                break next;
            }
            length /= 2.0;
            if length < 1e-10 {
                return Ok((beta, value));
            }
        };
        let largest =
            |values: &[f64]| values.iter().fold(0.0, |largest: f64, it| largest.max(it.abs()));
        value = next;
        if largest(&beta) > INFINITE {
            return Err(infinite());
        }
        if largest(&step) * length < 1e-10 {
            return Ok((beta, value));
        }
    }
    Err(infinite())
}

fn infinite() -> Fault {
    Fault::not_identified(
        "Een coëfficiënt loopt naar oneindig: in een groep eindigt niemand, of eindigt iedereen \
         als eerste. Voeg groepen samen of laat het kenmerk weg.",
    )
}

/// `I^-1 (sum over clusters of u u') I^-1` and the number of clusters.
fn sandwich(bread: &Mat<f64>, residuals: &[f64], cluster: &[String]) -> (Mat<f64>, usize) {
    let width = bread.nrows();
    let mut sums: std::collections::BTreeMap<(usize, &str), Vec<f64>> =
        std::collections::BTreeMap::new();
    for (row, residual) in residuals.chunks_exact(width).enumerate() {
        let key = cluster.get(row).map_or((row, ""), |it| (0, it.as_str()));
        let sum = sums.entry(key).or_insert_with(|| vec![0.0; width]);
        sum.iter_mut().zip(residual).for_each(|(sum, it)| *sum += it);
    }
    let mut meat = Mat::<f64>::zeros(width, width);
    for sum in sums.values() {
        for a in 0..width {
            for b in 0..width {
                meat[(a, b)] += sum[a] * sum[b];
            }
        }
    }
    (bread * &meat * bread, sums.len())
}

fn coefficients(
    names: &[(String, f64)],
    beta: &[f64],
    covariance: &Mat<f64>,
    model_covariance: &Mat<f64>,
    level: f64,
) -> Vec<Coefficient> {
    let z = normal_quantile(0.5 + level / 2.0);
    let one = |(at, (name, scale)): (usize, &(String, f64))| {
        let estimate = beta[at] / scale;
        let standard_error = covariance[(at, at)].max(0.0).sqrt();
        let p = if standard_error > 0.0 { normal_p(estimate / standard_error) } else { 1.0 };
        Coefficient {
            name: name.clone(),
            estimate,
            standard_error,
            model_standard_error: model_covariance[(at, at)].max(0.0).sqrt(),
            p,
            low: estimate - z * standard_error,
            high: estimate + z * standard_error,
        }
    };
    names.iter().enumerate().map(one).collect()
}

fn warnings(
    covariates: &[(String, Vec<f64>)],
    names: &[(String, f64)],
    events: usize,
    clusters: Option<usize>,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let dropped = covariates.iter().filter(|(it, _)| !names.iter().any(|(name, _)| name == it));
    for (name, _) in dropped {
        warnings.push(Warning::new(
            "collinear",
            format!("Het kenmerk ‘{name}’ is weggelaten: het voegt niets toe aan de andere."),
        ));
    }
    if events < 10 * names.len() {
        warnings.push(Warning::new(
            "few-events",
            format!(
                "Er zijn {events} eindes voor {} kenmerken; reken op ten minste 10 per kenmerk.",
                names.len()
            ),
        ));
    }
    if let Some(clusters) = clusters.filter(|it| *it < 30) {
        warnings.push(Warning::new(
            "few-clusters",
            format!("Er zijn {clusters} clusters; de robuuste standaardfout is dan te klein."),
        ));
    }
    warnings
}

impl Estimate for Cox {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        let prefix = match self.ties {
            Ties::Efron => "cox",
            Ties::Breslow => "coxbreslow",
        };
        for it in &self.coefficients {
            let key = format!("{prefix}_{}", it.name);
            figures.add_with_se(&key, it.estimate, it.standard_error);
            figures.add(format!("lo_{key}"), it.low);
            figures.add(format!("hi_{key}"), it.high);
            figures.add(format!("p_{key}"), it.p);
        }
        let (none, all) = self.log_likelihood;
        let ratio = 2.0 * (all - none);
        figures.add("loglik_null", none);
        figures.add("loglik", all);
        figures.add("lr_chisq", ratio);
        figures.add("lr_p", chi_squared_p(ratio, self.coefficients.len() as f64));
        figures
    }

    fn summary(&self) -> String {
        let mut lines = vec![format!("{} mensen, {} keer een einde.", self.subjects, self.events)];
        for it in &self.coefficients {
            lines.push(format!(
                "‘{}’: het tempo van uitstroom is {:.3} keer zo hoog per eenheid (interval {:.3} \
                 tot {:.3}, p = {:.4}).",
                it.name,
                it.estimate.exp(),
                it.low.exp(),
                it.high.exp(),
                it.p
            ));
        }
        lines.join("\n")
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
