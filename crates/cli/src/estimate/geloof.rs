//! How much to believe an effect: pre-trends, sensitivity, power, equivalence, many tests.

use std::{fs, path::Path};

use anyhow::{anyhow, bail};
use faer::Mat;
use statistics::credibility::{
    equivalence,
    event_study::EventStudy,
    honest_did::{self, honest_did},
    multiple_testing::{adjust, normal_draws},
    power::{ChangeVariance, Plan, power},
    power_simulation::{self, Critical, simulate},
    pretrend::{self, pre_trend},
};
use statistics::distribution::normal_p;
use statistics::figures::{Estimate as _, Figures};

use super::{
    hulp::numbers,
    methode::Methode,
    paneel::panel,
    tabel::Tabel,
    uitvoer::Uitkomst,
    vlag::{DRAWS, LEVEL, OUTCOME, PERIOD, SEED, UNIT},
    vlag_meer::{
        CRITICAL, DF, EFFECT, ESTIMATE, LOWER, P_VALUE, POST, POWER, PRE, RELATIVE, SE, SLOPE,
        SMOOTHNESS, START, TARGET, TREATED, UPPER, VCOV,
    },
    vraag::Vraag,
};

pub(super) const METHODEN: &[Methode] = &[
    Methode {
        naam: "honest-did",
        ook: &[],
        wat: "hoe ver de trends mogen verschillen voor een effect verdwijnt",
        bron: "Rambachan en Roth 2023",
        nodig: &[&ESTIMATE, &VCOV],
        mag: &[&PERIOD, &START, &PRE, &TARGET, &SMOOTHNESS, &RELATIVE, &DRAWS, &SEED, &LEVEL],
        run: run_honest,
    },
    Methode {
        naam: "pre-trends",
        ook: &[],
        wat: "toets op de trends ervoor, met wat die toets had kunnen zien",
        bron: "Roth 2022",
        nodig: &[&ESTIMATE, &VCOV],
        mag: &[&PERIOD, &START, &PRE, &SLOPE, &DRAWS, &SEED, &LEVEL],
        run: run_pre_trends,
    },
    Methode {
        naam: "power",
        ook: &["mde"],
        wat: "kleinste effect dat te zien is, uit het eigen verleden",
        bron: "Burlig, Preonas en Woerman 2020",
        nodig: &[&UNIT, &PERIOD, &OUTCOME, &TREATED, &PRE, &POST],
        mag: &[&POWER, &EFFECT, &CRITICAL, &DRAWS, &SEED, &LEVEL],
        run: run_power,
    },
    Methode {
        naam: "equivalence",
        ook: &["tost"],
        wat: "of een effect klein genoeg is om er niet toe te doen",
        bron: "Schuirmann 1987",
        nodig: &[&ESTIMATE, &SE, &LOWER, &UPPER],
        mag: &[&UNIT, &DF, &LEVEL],
        run: run_equivalence,
    },
    Methode {
        naam: "multiple-testing",
        ook: &[],
        wat: "overschrijdingskansen van veel toetsen tegelijk",
        bron: "Holm 1979; Benjamini en Hochberg 1995; Romano en Wolf 2005",
        nodig: &[&UNIT],
        mag: &[&P_VALUE, &ESTIMATE, &SE, &VCOV, &DRAWS, &SEED],
        run: run_multiple,
    },
];

fn run_honest(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let study = study(vraag, tabel)?;
    let (label, weights) = target(vraag, study.post())?;
    let seed = vraag.seed()?;
    let standard = honest_did::Options::default();
    let options = honest_did::Options {
        label,
        weights,
        smoothness: numbers(vraag, &SMOOTHNESS)?.unwrap_or_default(),
        relative: numbers(vraag, &RELATIVE)?.unwrap_or(standard.relative),
        alpha: 1.0 - vraag.level()?,
        draws: vraag.count(&DRAWS)?.unwrap_or(standard.draws),
        seed,
        breakdown: true,
    };
    Ok(Uitkomst::new(tabel.len(), &honest_did(&study, &options)?).with_seed(seed))
}

fn run_pre_trends(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let seed = vraag.seed()?;
    let options = pretrend::Options {
        slope: vraag.number(&SLOPE)?,
        alpha: 1.0 - vraag.level()?,
        draws: vraag.count(&DRAWS)?.unwrap_or(pretrend::Options::default().draws),
        seed,
    };
    let found = pre_trend(&study(vraag, tabel)?, &options)?;
    Ok(Uitkomst::new(tabel.len(), &found).with_seed(seed))
}

fn run_power(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let panel = panel(vraag, tabel)?;
    let plan = Plan {
        units: panel.units.len(),
        treated: vraag.count(&TREATED)?.unwrap_or(0),
        before: vraag.count(&PRE)?.unwrap_or(0),
        after: vraag.count(&POST)?.unwrap_or(0),
    };
    let (seed, alpha) = (vraag.seed()?, 1.0 - vraag.level()?);
    let wanted = vraag.number(&POWER)?.unwrap_or(0.8);
    let effects = numbers(vraag, &EFFECT)?.unwrap_or_default();
    let formula = power(&plan, ChangeVariance::from_panel(&plan, &panel)?, alpha)?;
    let options = power_simulation::Options {
        replications: vraag.count(&DRAWS)?.unwrap_or(2000),
        seed,
        alpha,
        power: wanted,
        critical: match vraag.text(&CRITICAL) {
            Some("t") => Critical::StudentT,
            _ => Critical::Randomisation,
        },
        effects: effects.clone(),
    };
    let found = simulate(&panel, &plan, &options)?;
    let mut uitkomst = Uitkomst::new(tabel.len(), &found).with_seed(seed);
    let smallest = formula.minimum_detectable_effect(wanted)?;
    let mut add = |key: String, value: f64| uitkomst.figures.push((key, value));
    add("formula_se".to_owned(), formula.standard_error);
    add("formula_df".to_owned(), formula.degrees_of_freedom);
    add("formula_mde".to_owned(), smallest);
    for effect in effects {
        add(format!("formula_power_{effect}"), formula.of(effect));
    }
    uitkomst.summary = format!(
        "{}\nVolgens de formule (zonder te loten) is het kleinste effect {smallest:.4}, bij een \
         standaardfout van {:.4}.",
        uitkomst.summary.trim_end(),
        formula.standard_error
    );
    Ok(uitkomst)
}

fn run_equivalence(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let (estimates, errors) =
        (tabel.numbers(vraag.need(&ESTIMATE)?)?, tabel.numbers(vraag.need(&SE)?)?);
    let names = vraag.text(&UNIT).map(|it| tabel.texts(it)).transpose()?;
    if names.is_none() && estimates.len() > 1 {
        bail!("er zijn {} rijen; geef met --unit aan hoe elk heet", estimates.len());
    }
    let bounds = (
        vraag.number(&LOWER)?.unwrap_or(f64::NEG_INFINITY),
        vraag.number(&UPPER)?.unwrap_or(f64::INFINITY),
    );
    let df = vraag.number(&DF)?.unwrap_or(f64::INFINITY);
    let alpha = 1.0 - vraag.level()?;
    let (mut figures, mut lines) = (Figures::new(), Vec::new());
    for (at, (estimate, error)) in estimates.into_iter().zip(errors).enumerate() {
        let found = equivalence::test(estimate, error, df, bounds, alpha)?;
        let name = names.as_ref().map(|it| it[at].as_str());
        let tail = name.map(|it| format!("_{it}")).unwrap_or_default();
        found.figures().iter().for_each(|(key, value)| figures.add(format!("{key}{tail}"), value));
        let head = name.map(|it| format!("{it}: ")).unwrap_or_default();
        lines.push(format!("{head}{}", found.summary()));
    }
    Ok(Uitkomst::own(tabel.len(), &figures, lines.join("\n"), Vec::new()))
}

fn run_multiple(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let names = tabel.texts(vraag.need(&UNIT)?)?;
    let estimates = vraag.text(&ESTIMATE).map(|it| tabel.numbers(it)).transpose()?;
    let covariance = vraag.text(&VCOV).map(|it| matrix(Path::new(it), names.len())).transpose()?;
    let errors = match (vraag.text(&SE), &covariance) {
        (Some(it), _) => Some(tabel.numbers(it)?),
        (None, Some(rows)) => Some((0..names.len()).map(|at| rows[at][at].sqrt()).collect()),
        (None, None) => None,
    };
    let statistics: Option<Vec<f64>> = estimates
        .zip(errors)
        .map(|(estimates, errors)| estimates.iter().zip(&errors).map(|(a, b)| a / b).collect());
    let p = match (vraag.text(&P_VALUE), &statistics) {
        (Some(it), _) => tabel.numbers(it)?,
        (None, Some(all)) => all.iter().map(|it| normal_p(*it)).collect(),
        (None, None) => bail!(
            "de methode multiple-testing vraagt --p-value KOLOM, of --estimate KOLOM met --se \
             KOLOM of --vcov BESTAND"
        ),
    };
    let tests: Vec<(String, f64)> = names.into_iter().zip(p).collect();
    let found = adjust(&tests)?;
    let Some(covariance) = covariance else { return Ok(Uitkomst::new(tabel.len(), &found)) };
    let Some(statistics) = statistics else {
        bail!("--vcov vraagt ook --estimate; bijvoorbeeld: {}", ESTIMATE.example());
    };
    let seed = vraag.seed()?;
    let draws = normal_draws(&covariance, vraag.count(&DRAWS)?.unwrap_or(9999), seed)?;
    Ok(Uitkomst::new(tabel.len(), &found.with_draws(&statistics, &draws)?).with_seed(seed))
}

/// The event study: by event time around `--start`, or the first `--pre` rows before it.
fn study(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<EventStudy> {
    let estimates = tabel.numbers(vraag.need(&ESTIMATE)?)?;
    let rows = matrix(Path::new(vraag.need(&VCOV)?), estimates.len())?;
    let covariance = Mat::from_fn(estimates.len(), estimates.len(), |a, b| rows[a][b]);
    match (vraag.text(&PERIOD), vraag.text(&START), vraag.count(&PRE)?) {
        (None, None, Some(pre)) => Ok(EventStudy::new(estimates, covariance, pre)?),
        (Some(column), Some(start), None) => {
            let start: i64 = start
                .parse()
                .map_err(|_| anyhow!("`{start}` past niet bij --start: kies een geheel getal"))?;
            let at = tabel.wholes(column)?;
            Ok(EventStudy::from_event_times(&at, &estimates, &covariance, start - 1)?)
        }
        _ => bail!(
            "geef aan welke schattingen van vóór de start zijn: --period KOLOM met --start \
             PERIODE, of alleen --pre AANTAL; de periode vlak voor de start is de basis"
        ),
    }
}

/// The label and the weights of the effect that is asked.
fn target(vraag: &Vraag, post: usize) -> anyhow::Result<(String, Vec<f64>)> {
    Ok(match vraag.text(&TARGET) {
        None | Some("first") => ("first".to_owned(), Vec::new()),
        Some("average") => ("avg".to_owned(), vec![1.0 / post as f64; post]),
        Some(_) => ("own".to_owned(), numbers(vraag, &TARGET)?.unwrap_or_default()),
    })
}

/// A square of numbers; a heading above it is passed over.
fn matrix(path: &Path, size: usize) -> anyhow::Result<Vec<Vec<f64>>> {
    let name = path.display();
    let text =
        fs::read_to_string(path).map_err(|_| anyhow!("{name} (bij --vcov) is niet te lezen"))?;
    let number = |it: &str| it.trim().trim_matches('"').parse::<f64>().ok();
    let mut rows = Vec::with_capacity(size);
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    for (at, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let cells: Option<Vec<f64>> = line.split([',', ';']).map(number).collect();
        match cells {
            None if at == 0 => {}
            Some(cells) if cells.len() == size => rows.push(cells),
            _ => bail!("{name} heeft in regel {} geen {size} getallen", at + 1),
        }
    }
    if rows.len() != size {
        bail!("{name} heeft {} rijen; verwacht worden er {size}, één per schatting", rows.len());
    }
    Ok(rows)
}
