//! Regression: least squares and counts with fixed effects, and tests for few clusters.

use statistics::{
    did::twfe::twfe,
    fault::Fault,
    panel::Panel,
    regression::{
        covariance::Variance,
        design::Design,
        ols::{self, Fit, ols},
        poisson::poisson,
        randomisation::{self, Statistic, randomisation_of_panel},
        wild_bootstrap::{self, Weights, wild_bootstrap},
    },
};

use super::{
    methode::Methode,
    paneel::{codes, panel, period_codes},
    tabel::Tabel,
    uitvoer::Uitkomst,
    vlag::{
        CLUSTER, COVARIATE, DRAW_WEIGHTS, DRAWS, EXACT, EXPOSURE, FIRST_TREATED, FIXED_EFFECT,
        HYPOTHESIS, LAGS, LEVEL, OUTCOME, PERIOD, STATISTIC, UNIT, UNRESTRICTED, VARIANCE, Vlag,
        WEIGHT,
    },
    vraag::Vraag,
};

/// What a panel with a treatment needs.
const PANEL: &[&Vlag] = &[&UNIT, &PERIOD, &FIRST_TREATED, &OUTCOME];

/// The regressor of who is treated.
const TREATED: &str = "treated";

pub(super) const METHODEN: &[Methode] = &[
    Methode {
        naam: "ols",
        ook: &["wls"],
        wat: "kleinste kwadraten, gewogen of niet, met vaste effecten naar keuze",
        bron: "Correia 2016; MacKinnon, Nielsen en Webb 2023",
        nodig: &[&OUTCOME, &COVARIATE],
        mag: &[&FIXED_EFFECT, &WEIGHT, &CLUSTER, &PERIOD, &VARIANCE, &LAGS, &LEVEL],
        run: run_ols,
    },
    Methode {
        naam: "fixed-effects",
        ook: &["twfe"],
        wat: "effect van de behandeling met vaste effecten van eenheid en periode",
        bron: "Wooldridge 2010",
        nodig: PANEL,
        mag: &[&COVARIATE, &WEIGHT, &CLUSTER, &VARIANCE, &LAGS, &LEVEL],
        run: run_twfe,
    },
    Methode {
        naam: "poisson-fixed-effects",
        ook: &["ppml"],
        wat: "aantallen, met vaste effecten van eenheid en periode",
        bron: "Santos Silva en Tenreyro 2006; Correia e.a. 2020",
        nodig: PANEL,
        mag: &[&EXPOSURE, &COVARIATE, &WEIGHT, &CLUSTER, &VARIANCE, &LAGS, &LEVEL],
        run: run_poisson,
    },
    Methode {
        naam: "wild-bootstrap",
        ook: &["wild-cluster-bootstrap"],
        wat: "toets van de behandeling bij weinig clusters",
        bron: "Cameron, Gelbach en Miller 2008; Roodman e.a. 2019",
        nodig: PANEL,
        mag: &[
            &COVARIATE,
            &WEIGHT,
            &CLUSTER,
            &HYPOTHESIS,
            &UNRESTRICTED,
            &DRAWS,
            &DRAW_WEIGHTS,
            &LEVEL,
        ],
        run: run_wild_bootstrap,
    },
    Methode {
        naam: "randomisation-inference",
        ook: &["randomization-inference"],
        wat: "hoe vaak een andere toewijzing zo'n verschil geeft",
        bron: "Fisher 1935; Young 2019",
        nodig: PANEL,
        mag: &[&STATISTIC, &EXACT, &DRAWS],
        run: run_randomisation,
    },
];

/// Standard errors and coverage of a regression.
pub(super) fn ols_options(vraag: &Vraag) -> anyhow::Result<ols::Options> {
    let lags = vraag.count(&LAGS)?;
    let variance = match vraag.text(&VARIANCE) {
        Some("cluster") => Variance::Cluster,
        Some("jackknife") => Variance::Jackknife,
        Some("classical") => Variance::Classical,
        Some("hc1") => Variance::Hc1,
        Some("hc2") => Variance::Hc2,
        Some("hc3") => Variance::Hc3,
        Some("driscoll-kraay") => Variance::DriscollKraay(lags),
        _ => Variance::Auto,
    };
    if lags.is_some() && !matches!(variance, Variance::DriscollKraay(_)) {
        anyhow::bail!("--lags hoort bij --variance driscoll-kraay");
    }
    Ok(ols::Options { variance, level: vraag.level()?, ..ols::Options::default() })
}

/// Whether each row is treated, as a regressor.
fn treated(panel: &Panel) -> Vec<f64> {
    (0..panel.rows()).map(|row| f64::from(u8::from(panel.treated(row)))).collect()
}

/// Two-way fixed effects with the treatment and then the covariates as regressors.
fn design(panel: &Panel) -> Design<'_> {
    let mut design = Design::two_way(panel).column(TREATED, treated(panel));
    for (name, values) in &panel.covariates {
        design = design.column(name.clone(), &values[..]);
    }
    design
}

fn run_ols(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let mut design = Design::new(tabel.numbers(vraag.need(&OUTCOME)?)?);
    for name in vraag.texts(&COVARIATE) {
        design = design.column(name.clone(), tabel.numbers(name)?);
    }
    for name in vraag.texts(&FIXED_EFFECT) {
        design = design.effect(codes(&tabel.texts(name)?));
    }
    if let Some(name) = vraag.text(&CLUSTER) {
        design = design.cluster(codes(&tabel.texts(name)?));
    }
    if let Some(name) = vraag.text(&PERIOD) {
        design = design.period(period_codes(&tabel.wholes(name)?));
    }
    if let Some(name) = vraag.text(&WEIGHT) {
        design = design.weight(tabel.numbers(name)?);
    }
    let found = ols(&design, &ols_options(vraag)?).map_err(|fault| tabel.fault(fault))?;
    Ok(Uitkomst::new(tabel.len(), &found))
}

fn run_twfe(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let found = twfe(&panel(vraag, tabel)?, &ols_options(vraag)?)?;
    Ok(Uitkomst::new(tabel.len(), &found))
}

fn run_poisson(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let mut columns = super::paneel::columns(vraag, tabel)?;
    if let Some(name) = vraag.text(&EXPOSURE) {
        let logs = tabel.each(name, |text| {
            let number = tabel.number(text).filter(|it| *it > 0.0);
            number.map(f64::ln).ok_or("een getal boven 0")
        })?;
        columns.covariates.push((name.to_owned(), logs));
    }
    let mut panel = Panel::new(columns).map_err(|fault| tabel.fault(fault))?;
    let offset = vraag.has(&EXPOSURE).then(|| panel.covariates.pop()).flatten();
    let mut design = design(&panel);
    if let Some((_, logs)) = offset {
        design = design.offset(logs);
    }
    let found = poisson(&design, &ols_options(vraag)?)?;
    Ok(Uitkomst::new(tabel.len(), &found))
}

fn run_wild_bootstrap(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let defaults = wild_bootstrap::Options::default();
    let options = wild_bootstrap::Options {
        draws: vraag.count(&DRAWS)?.unwrap_or(defaults.draws),
        weights: match vraag.text(&DRAW_WEIGHTS) {
            Some("rademacher") => Weights::Rademacher,
            Some("webb") => Weights::Webb,
            Some(_) => anyhow::bail!(
                "`mammen` past niet bij wild-bootstrap: kies --draw-weights rademacher of webb"
            ),
            None => Weights::Auto,
        },
        impose_null: !vraag.has(&UNRESTRICTED),
        hypothesis: vraag.number(&HYPOTHESIS)?.unwrap_or(defaults.hypothesis),
        level: vraag.level()?,
        seed: vraag.seed()?,
    };
    let panel = panel(vraag, tabel)?;
    let design = design(&panel);
    let fit = Fit::new(&design, &ols::Options::default())?;
    if !fit.names.iter().any(|it| it == TREATED) {
        return Err(Fault::not_identified(
            "Wie wanneer behandeld is, valt samen met de eenheden en perioden: er is geen \
             vergelijking.",
        )
        .into());
    }
    let found = wild_bootstrap(&fit, TREATED, &options)?;
    let uitkomst = Uitkomst::new(tabel.len(), &found);
    Ok(if found.enumerated { uitkomst } else { uitkomst.with_seed(options.seed) })
}

fn run_randomisation(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let defaults = randomisation::Options::default();
    let options = randomisation::Options {
        statistic: match vraag.text(&STATISTIC) {
            Some("t") => Statistic::T,
            _ => Statistic::Coefficient,
        },
        exact: vraag.count(&EXACT)?.unwrap_or(defaults.exact),
        draws: vraag.count(&DRAWS)?.unwrap_or(defaults.draws),
        seed: vraag.seed()?,
    };
    let found = randomisation_of_panel(&panel(vraag, tabel)?, &options)?;
    let uitkomst = Uitkomst::new(tabel.len(), &found);
    Ok(if found.exact { uitkomst } else { uitkomst.with_seed(options.seed) })
}
