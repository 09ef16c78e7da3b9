//! Few treated units: synthetic controls and interrupted time series.

use anyhow::{anyhow, bail};
use statistics::panel::Panel;
use statistics::synthetic::{
    augmented::{self, augmented_control},
    conformal::conformal,
    control::{self, Importance, Predictor, synthetic_control},
    control_placebo::{leave_one_out, placebo_in_space},
    interrupted::{self, Errors, Season, interrupted_series},
    sdid::{self, Inference, synthetic_did},
};

use super::{
    hulp::Reeks,
    methode::Methode,
    paneel::columns,
    tabel::Tabel,
    uitvoer::Uitkomst,
    vlag::{DRAWS, FIRST_TREATED, LAGS, LEVEL, OUTCOME, PERIOD, SEED, TREATMENT, UNIT, Vlag},
    vlag_meer::{
        DONOR, ERRORS, HARMONICS, IMPORTANCE, INFERENCE, LAMBDA, ORDER, PREDICTOR, SEASON, START,
        STARTS, TREATED_UNIT,
    },
    vraag::Vraag,
};

/// What every panel here needs; how the treatment is told stands in the other flags.
const PANEL: &[&Vlag] = &[&UNIT, &PERIOD, &OUTCOME];

pub(super) const METHODEN: &[Methode] = &[
    Methode {
        naam: "synthetic-control",
        ook: &["sc"],
        wat: "vergelijking met een gewogen mengsel van andere eenheden",
        bron: "Abadie, Diamond en Hainmueller 2010",
        nodig: PANEL,
        mag: &[
            &FIRST_TREATED,
            &TREATED_UNIT,
            &START,
            &TREATMENT,
            &DONOR,
            &PREDICTOR,
            &IMPORTANCE,
            &STARTS,
            &INFERENCE,
            &LEVEL,
            &SEED,
        ],
        run: run_control,
    },
    Methode {
        naam: "sdid",
        ook: &["synthetic-did"],
        wat: "verschil-in-verschillen met gewogen eenheden en periodes",
        bron: "Arkhangelsky e.a. 2021",
        nodig: PANEL,
        mag: &[
            &FIRST_TREATED,
            &TREATED_UNIT,
            &START,
            &TREATMENT,
            &INFERENCE,
            &DRAWS,
            &SEED,
            &LEVEL,
        ],
        run: run_sdid,
    },
    Methode {
        naam: "augmented-synthetic-control",
        ook: &["ascm"],
        wat: "synthetische controle, met ridge verbeterd waar het mengsel niet past",
        bron: "Ben-Michael, Feller en Rothstein 2021",
        nodig: PANEL,
        mag: &[&FIRST_TREATED, &TREATED_UNIT, &START, &TREATMENT, &DONOR, &LAMBDA, &LEVEL],
        run: run_augmented,
    },
    Methode {
        naam: "interrupted-time-series",
        ook: &["its"],
        wat: "verandering van niveau en helling in één reeks",
        bron: "Wagner e.a. 2002",
        nodig: &[&OUTCOME, &START],
        mag: &[&PERIOD, &ERRORS, &LAGS, &ORDER, &SEASON, &HARMONICS, &LEVEL],
        run: run_interrupted,
    },
];

fn run_control(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let panel = treated_panel(vraag, tabel)?;
    let seed = vraag.seed()?;
    let options = control::Options {
        donors: vraag.texts(&DONOR).to_vec(),
        predictors: predictors(vraag, tabel, &panel)?,
        importance: match vraag.text(&IMPORTANCE) {
            Some("equal") => Importance::Equal,
            _ => Importance::Search { starts: vraag.count(&STARTS)?.unwrap_or(8), seed },
        },
    };
    let n = tabel.len();
    let uitkomst = match vraag.text(&INFERENCE) {
        None | Some("none") => Uitkomst::new(n, &synthetic_control(&panel, &options)?),
        Some("placebo" | "placebo-all") => Uitkomst::new(n, &placebo_in_space(&panel, &options)?),
        Some("leave-one-out") => Uitkomst::new(n, &leave_one_out(&panel, &options)?),
        Some("conformal") => Uitkomst::new(n, &synthetic_control(&panel, &options)?)
            .and(&conformal(&panel, &options, vraag.level()?)?),
        Some(it) => bail!(
            "`{it}` past niet bij synthetic-control: kies --inference none, placebo, \
             leave-one-out of conformal"
        ),
    };
    let searched = !options.predictors.is_empty() && options.importance != Importance::Equal;
    Ok(if searched { uitkomst.with_seed(seed) } else { uitkomst })
}

fn run_sdid(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let seed = vraag.seed()?;
    let draws = vraag.count(&DRAWS)?.unwrap_or(200);
    let inference = match vraag.text(&INFERENCE) {
        None | Some("placebo-all") => Inference::PlaceboAll,
        Some("placebo") => Inference::Placebo { draws, seed },
        Some("bootstrap") => Inference::Bootstrap { draws, seed },
        Some("jackknife") => Inference::Jackknife,
        Some("none") => Inference::None,
        Some(it) => bail!(
            "`{it}` past niet bij sdid: kies --inference placebo-all, placebo, jackknife, \
             bootstrap of none"
        ),
    };
    let options =
        sdid::Options { inference, confidence: vraag.level()?, ..sdid::Options::default() };
    let uitkomst =
        Uitkomst::new(tabel.len(), &synthetic_did(&treated_panel(vraag, tabel)?, &options)?);
    Ok(match inference {
        Inference::Placebo { .. } | Inference::Bootstrap { .. } => uitkomst.with_seed(seed),
        _ => uitkomst,
    })
}

fn run_augmented(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let options = augmented::Options {
        donors: vraag.texts(&DONOR).to_vec(),
        lambda: vraag.number(&LAMBDA)?,
        confidence: Some(vraag.level()?),
    };
    let found = augmented_control(&treated_panel(vraag, tabel)?, &options)?;
    Ok(Uitkomst::new(tabel.len(), &found))
}

fn run_interrupted(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let reeks = Reeks::read(vraag, tabel)?;
    let harmonics = vraag.count(&HARMONICS)?;
    let season = vraag.count(&SEASON)?;
    if season.is_none() && harmonics.is_some() {
        bail!("--harmonics vraagt ook --season; bijvoorbeeld: {}", SEASON.example());
    }
    let errors = match vraag.text(&ERRORS) {
        Some("autoregressive") => {
            Errors::Autoregressive { order: vraag.count(&ORDER)?.unwrap_or(1) }
        }
        _ => Errors::NeweyWest { lags: vraag.count(&LAGS)? },
    };
    let options = interrupted::Options {
        errors,
        season: season.map(|length| Season { length, harmonics: harmonics.unwrap_or(1) }),
        confidence: vraag.level()?,
    };
    let before = reeks.before(vraag.need(&START)?)?;
    let found = interrupted_series(&reeks.values, before, &options)?;
    Ok(Uitkomst::new(tabel.len(), &found))
}

/// The panel, with the treatment by first period, by name and start, or by a path of 0 and 1.
fn treated_panel(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Panel> {
    let mut columns = columns(vraag, tabel)?;
    let units = vraag.texts(&TREATED_UNIT);
    if !units.is_empty() {
        let start = vraag.need(&START)?;
        let start = start
            .parse()
            .map_err(|_| anyhow!("`{start}` past niet bij --start: kies een geheel getal"))?;
        if let Some(unknown) = units.iter().find(|it| !columns.unit.contains(it)) {
            bail!("er is geen eenheid `{unknown}` (bij --treated-unit)");
        }
        columns.first_treated =
            columns.unit.iter().map(|it| units.contains(it).then_some(start)).collect();
    } else if !vraag.has(&FIRST_TREATED) && !vraag.has(&TREATMENT) {
        bail!(
            "geef aan wie wanneer behandeld is: --first-treated KOLOM, of --treatment KOLOM met 0 \
             en 1, of --treated-unit NAAM met --start PERIODE"
        );
    }
    Panel::new(columns).map_err(|fault| tabel.fault(fault).into())
}

/// The predictors: `column`, `column:1988` or `name=column:1980-1988`; without periods all before.
fn predictors(vraag: &Vraag, tabel: &Tabel, panel: &Panel) -> anyhow::Result<Vec<Predictor>> {
    let asked = vraag.texts(&PREDICTOR);
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let (unit, period) = (tabel.texts(vraag.need(&UNIT)?)?, tabel.wholes(vraag.need(&PERIOD)?)?);
    let start = panel.cohorts().first().copied().unwrap_or(i64::MAX);
    let one = |text: &String| -> anyhow::Result<Predictor> {
        let (name, what) = match text.split_once('=') {
            Some((name, what)) if !tabel.has(text) => (Some(name), what),
            _ => (None, text.as_str()),
        };
        let (column, window) = match what.rsplit_once(':') {
            Some((column, window)) if !tabel.has(what) => (column, Some(window)),
            _ => (what, None),
        };
        let (from, to) = match window {
            Some(it) => years(it).ok_or_else(|| {
                anyhow!("`{text}` past niet bij --predictor; bijvoorbeeld: {}", PREDICTOR.example())
            })?,
            None => (i64::MIN, start - 1),
        };
        let values = tabel.optional(column)?;
        let mean = |wanted: &String| -> anyhow::Result<f64> {
            let rows = (0..unit.len())
                .filter(|row| unit[*row] == *wanted && (from..=to).contains(&period[*row]));
            let found: Vec<f64> = rows.filter_map(|row| values[row]).collect();
            if found.is_empty() {
                bail!("`{text}` heeft geen enkele waarde voor eenheid ‘{wanted}’");
            }
            Ok(found.iter().sum::<f64>() / found.len() as f64)
        };
        let values = panel.units.iter().map(mean).collect::<anyhow::Result<_>>()?;
        let name = name.map_or_else(|| what.replace([':', '-'], "_"), str::to_owned);
        Ok(Predictor { name, values })
    };
    asked.iter().map(one).collect()
}

fn years(window: &str) -> Option<(i64, i64)> {
    match window.split_once('-') {
        Some((from, to)) => from.parse().ok().zip(to.parse().ok()),
        None => window.parse().ok().map(|it| (it, it)),
    }
}
