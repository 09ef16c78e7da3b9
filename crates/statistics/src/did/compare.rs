//! Two-way fixed effects beside the estimators that are made for staggered timing.

use super::bacon::{Bacon, Kind, bacon};
use super::callaway_santanna::{CallawaySantanna, Options, callaway_santanna};
use super::sun_abraham::{SunAbraham, sun_abraham};
use super::twfe::{TwoWay, twfe};
use super::twfe_weights::{TwfeWeights, twfe_weights};
use crate::fault::Fault;
use crate::figures::{Estimate, Figures, Warning};
use crate::panel::Panel;
use crate::regression;

/// A difference of this many standard errors of Callaway and Sant'Anna is worth a warning.
const LIMIT: f64 = 2.0;

/// Three answers to one question, and what explains their differences.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// Callaway and Sant'Anna.
    pub callaway_santanna: CallawaySantanna,
    /// Two-way fixed effects, where it can be computed.
    pub twfe: Option<TwoWay>,
    /// Sun and Abraham, where it can be computed.
    pub sun_abraham: Option<SunAbraham>,
    /// The comparisons that two-way fixed effects is made of (balanced panels).
    pub bacon: Option<Bacon>,
    /// Its weights per cohort and period (balanced panels).
    pub weights: Option<TwfeWeights>,
    warnings: Vec<Warning>,
}

impl Comparison {
    /// Two-way fixed effects less Callaway and Sant'Anna, in standard errors of the latter.
    pub fn distance(&self) -> Option<f64> {
        let robust = self.callaway_santanna.simple;
        let gap = self.twfe.as_ref()?.effect.estimate - robust.estimate;
        robust.standard_error.map(|it| gap / it)
    }
}

/// Estimates the effect in three ways; warns when two-way fixed effects misleads.
///
/// # Errors
///
/// Those of [`callaway_santanna`]; the others are left out where they fail.
pub fn compare(panel: &Panel, options: &Options) -> Result<Comparison, Fault> {
    let callaway_santanna = callaway_santanna(panel, options)?;
    let plain = regression::ols::Options { level: options.level, ..Default::default() };
    let mut found = Comparison {
        warnings: callaway_santanna.warnings.clone(),
        callaway_santanna,
        twfe: twfe(panel, &plain).ok(),
        sun_abraham: sun_abraham(panel, &plain).ok(),
        bacon: bacon(panel).ok(),
        weights: twfe_weights(panel).ok(),
    };
    if let Some(warning) = found.misleading() {
        found.warnings.push(warning);
    }
    Ok(found)
}

impl Comparison {
    fn misleading(&self) -> Option<Warning> {
        let distance = self.distance().filter(|it| it.abs() > LIMIT)?;
        let twfe = self.twfe.as_ref()?.effect.estimate;
        let robust = self.callaway_santanna.simple.estimate;
        let weights = self.bacon.as_ref().map_or_else(String::new, |it| {
            let part = |kind: Kind| it.of(kind).map_or(0.0, |(weight, _)| 100.0 * weight);
            format!(
                " Volgens Goodman-Bacon rust TWFE voor {:.0}% op nooit behandelde eenheden, voor \
                 {:.0}% op later behandelde en voor {:.0}% op al behandelde eenheden.",
                part(Kind::TreatedUntreated),
                part(Kind::EarlierLater),
                100.0 * it.forbidden()
            )
        });
        Some(Warning::new(
            "twfe-misleads",
            format!(
                "TWFE geeft {twfe:.4} en Callaway-Sant'Anna {robust:.4}: een verschil van {:.1} \
                 standaardfouten. Bij invoering op verschillende momenten met effecten die groeien \
                 of verschillen is TWFE geen gemiddeld effect; gebruik Callaway-Sant'Anna.{weights}",
                distance.abs()
            ),
        ))
    }
}

impl Estimate for Comparison {
    fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        let simple = self.callaway_santanna.simple;
        figures.add("cs_att", simple.estimate);
        figures.add("se_cs_att", simple.standard_error.unwrap_or(f64::NAN));
        if let Some(it) = &self.sun_abraham {
            figures.add_with_se("sunab_att", it.att.estimate, it.att.standard_error);
        }
        if let Some(it) = &self.twfe {
            figures.add_with_se("twfe", it.effect.estimate, it.effect.standard_error);
        }
        if let Some(it) = self.distance() {
            figures.add("distance_in_se", it);
        }
        if let Some(it) = &self.bacon {
            figures.add("bacon_forbidden", it.forbidden());
        }
        if let Some(it) = &self.weights {
            let (count, sum) = it.negative();
            figures.add("twfe_n_negative", count as f64);
            figures.add("twfe_sum_negative", sum);
        }
        figures
    }

    fn summary(&self) -> String {
        let parts = [
            Some(self.callaway_santanna.summary()),
            self.sun_abraham.as_ref().map(Estimate::summary),
            self.twfe.as_ref().map(Estimate::summary),
            self.bacon.as_ref().map(Estimate::summary),
            self.weights.as_ref().map(Estimate::summary),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
