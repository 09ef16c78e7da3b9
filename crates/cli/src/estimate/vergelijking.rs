//! Fair comparison of units: intervals, expected numbers, funnels, shrinkage, growth.

use anyhow::{anyhow, bail};
use statistics::comparison::{
    counts::{Counts, Family},
    funnel::{self, Scale, Trim, funnel},
    generalised_mixed::{self, Level},
    growth_outlier::growth_outliers,
    linear_mixed::{self, Likelihood},
    marshall::marshall,
    poisson_gamma::poisson_gamma,
    standardisation::{by_model, by_strata},
};

use super::{
    hulp::dummies,
    methode::Methode,
    tabel::Tabel,
    uitvoer::Uitkomst,
    verhouding,
    vlag::{COVARIATE, EXPOSURE, LEVEL, OUTCOME, PERIOD, UNIT},
    vlag_meer::{
        AGAINST, COUNT, EXPECTED, FACTOR, FAMILY, FDR, GROUP, LIKELIHOOD, OUTER_GROUP, POINTS,
        SCALE, SIZE, STRATUM, TRIM, TRIM_SHARE,
    },
    vraag::Vraag,
};

pub(super) const METHODEN: &[Methode] = &[
    Methode {
        naam: "proportion",
        ook: &[],
        wat: "aandeel per eenheid met interval, en verschil met een andere eenheid",
        bron: "Wilson 1927; Clopper en Pearson 1934; Newcombe 1998; Koopman 1984",
        nodig: &[&UNIT, &COUNT, &SIZE],
        mag: &[&AGAINST, &LEVEL],
        run: verhouding::run_proportion,
    },
    Methode {
        naam: "rate",
        ook: &[],
        wat: "aantal per omvang met interval, en verschil met een andere eenheid",
        bron: "Garwood 1936",
        nodig: &[&UNIT, &COUNT, &EXPOSURE],
        mag: &[&AGAINST, &LEVEL],
        run: verhouding::run_rate,
    },
    Methode {
        naam: "indirect-standardisation",
        ook: &["smr"],
        wat: "wat er is, naast wat bij deze mensen te verwachten was",
        bron: "Breslow en Day 1987",
        nodig: &[&GROUP, &COUNT],
        mag: &[&STRATUM, &COVARIATE, &FACTOR, &FAMILY, &SIZE, &EXPOSURE, &LEVEL],
        run: run_standardisation,
    },
    Methode {
        naam: "funnel",
        ook: &[],
        wat: "wie valt er buiten de trechter, met meer spreiding dan toeval",
        bron: "Spiegelhalter 2005",
        nodig: &[&UNIT, &COUNT],
        mag: &[&EXPECTED, &SIZE, &SCALE, &TRIM, &TRIM_SHARE, &LEVEL],
        run: run_funnel,
    },
    Methode {
        naam: "empirical-bayes-gamma",
        ook: &[],
        wat: "verhoudingen, naar het geheel getrokken met een gammaverdeling",
        bron: "Clayton en Kaldor 1987",
        nodig: &[&UNIT, &COUNT, &EXPECTED],
        mag: &[&LEVEL],
        run: run_gamma,
    },
    Methode {
        naam: "empirical-bayes-marshall",
        ook: &[],
        wat: "aandelen, naar het geheel getrokken met momenten",
        bron: "Marshall 1991",
        nodig: &[&COUNT, &EXPOSURE],
        mag: &[],
        run: run_marshall,
    },
    Methode {
        naam: "mixed-model",
        ook: &["glmm"],
        wat: "verschillen tussen groepen, met toeval per groep",
        bron: "Bates, Mächler, Bolker en Walker 2015",
        nodig: &[&FAMILY, &GROUP],
        mag: &[
            &OUTCOME,
            &COUNT,
            &SIZE,
            &EXPOSURE,
            &OUTER_GROUP,
            &COVARIATE,
            &FACTOR,
            &POINTS,
            &LIKELIHOOD,
        ],
        run: run_mixed,
    },
    Methode {
        naam: "growth-outliers",
        ook: &[],
        wat: "wie groeit harder dan toeval",
        bron: "DerSimonian en Laird 1986; Benjamini en Hochberg 1995",
        nodig: &[&UNIT, &PERIOD, &COUNT],
        mag: &[&FDR],
        run: run_growth,
    },
];

fn run_standardisation(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let (group, level) = (tabel.texts(vraag.need(&GROUP)?)?, vraag.level()?);
    let mut counts = counts(vraag, tabel)?;
    let strata = vraag.texts(&STRATUM);
    let by_covariates = !counts.covariates.is_empty();
    if strata.is_empty() && !by_covariates {
        bail!(
            "de methode indirect-standardisation vraagt --stratum KOLOM, of --factor of \
             --covariate KOLOM"
        );
    }
    let model = match by_covariates {
        true => Some(by_model(family(vraag)?, &counts, &group, level)?),
        false => None,
    };
    if strata.is_empty() {
        let Some(found) = model else { bail!("er is geen model") };
        return Ok(Uitkomst::new(tabel.len(), &found));
    }
    counts.covariates.clear();
    let parts: Vec<Vec<String>> =
        strata.iter().map(|it| tabel.texts(it)).collect::<anyhow::Result<_>>()?;
    let stratum: Vec<String> = (0..tabel.len())
        .map(|row| parts.iter().map(|it| it[row].as_str()).collect::<Vec<_>>().join("/"))
        .collect();
    let uitkomst = Uitkomst::new(tabel.len(), &by_strata(&counts, &group, &stratum, level)?);
    Ok(match model {
        Some(found) => uitkomst.and(&found),
        None => uitkomst,
    })
}

fn run_funnel(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let (denominator, standard) = match (vraag.text(&EXPECTED), vraag.text(&SIZE)) {
        (Some(it), None) => (it, Scale::Root),
        (None, Some(it)) => (it, Scale::Arcsine),
        _ => bail!(
            "geef aan waarmee wordt vergeleken: --expected KOLOM (verwacht aantal) of --size \
             KOLOM (aantal waaruit de gevallen komen)"
        ),
    };
    let scale = match vraag.text(&SCALE) {
        Some("log") => Scale::Log,
        Some("root") => Scale::Root,
        Some("arcsine") => Scale::Arcsine,
        _ => standard,
    };
    if (scale == Scale::Arcsine) != (standard == Scale::Arcsine) {
        bail!("--scale arcsine hoort bij --size; log en root horen bij --expected");
    }
    let share = vraag.number(&TRIM_SHARE)?.unwrap_or(0.1);
    let options = funnel::Options {
        scale,
        trim: match vraag.text(&TRIM) {
            Some("none") => Trim::Nothing,
            Some("truncate") => Trim::Truncate(share),
            _ => Trim::Winsorise(share),
        },
        level: vraag.number(&LEVEL)?.unwrap_or(0.998),
    };
    let names = tabel.texts(vraag.need(&UNIT)?)?;
    if let Some(twice) = names.iter().enumerate().find(|(at, it)| names[..*at].contains(it)) {
        bail!("eenheid ‘{}’ staat er twee keer in; verwacht wordt één rij per eenheid", twice.1);
    }
    let numbers = tabel.numbers(vraag.need(&COUNT)?)?.into_iter().zip(tabel.numbers(denominator)?);
    let unit = |(name, (numerator, denominator))| funnel::Unit { name, numerator, denominator };
    let units: Vec<funnel::Unit> = names.into_iter().zip(numbers).map(unit).collect();
    Ok(Uitkomst::new(tabel.len(), &funnel(&units, options)?))
}

fn run_gamma(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let found = poisson_gamma(
        &tabel.texts(vraag.need(&UNIT)?)?,
        &tabel.numbers(vraag.need(&COUNT)?)?,
        &tabel.numbers(vraag.need(&EXPECTED)?)?,
        vraag.level()?,
    )?;
    Ok(Uitkomst::new(tabel.len(), &found))
}

fn run_marshall(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let (count, exposure) =
        (tabel.numbers(vraag.need(&COUNT)?)?, tabel.numbers(vraag.need(&EXPOSURE)?)?);
    Ok(Uitkomst::new(tabel.len(), &marshall(&count, &exposure)?))
}

fn run_mixed(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let level = |column: &str| -> anyhow::Result<Level> {
        Ok(Level { name: column.to_owned(), group: tabel.texts(column)? })
    };
    let inner = level(vraag.need(&GROUP)?)?;
    if vraag.text(&FAMILY) == Some("linear") {
        if vraag.has(&OUTER_GROUP) {
            bail!("--outer-group past alleen bij --family binomial of poisson");
        }
        let likelihood = match vraag.text(&LIKELIHOOD) {
            Some("ml") => Likelihood::Full,
            _ => Likelihood::Restricted,
        };
        let outcome = tabel.numbers(vraag.need(&OUTCOME)?)?;
        let found = linear_mixed::fit(&outcome, &covariates(vraag, tabel)?, &inner, likelihood)?;
        return Ok(Uitkomst::new(tabel.len(), &found));
    }
    let outer = vraag.text(&OUTER_GROUP).map(level).transpose()?;
    let options = generalised_mixed::Options { points: vraag.count(&POINTS)?.unwrap_or(1) };
    let counts = counts(vraag, tabel)?;
    let found = generalised_mixed::fit(family(vraag)?, &counts, &inner, outer.as_ref(), options)?;
    Ok(Uitkomst::new(tabel.len(), &found))
}

fn run_growth(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let found = growth_outliers(
        &tabel.texts(vraag.need(&UNIT)?)?,
        &tabel.numbers(vraag.need(&PERIOD)?)?,
        &tabel.numbers(vraag.need(&COUNT)?)?,
        vraag.number(&FDR)?.unwrap_or(0.05),
    )?;
    Ok(Uitkomst::new(tabel.len(), &found))
}

fn family(vraag: &Vraag) -> anyhow::Result<Family> {
    match vraag.text(&FAMILY) {
        None | Some("binomial") => Ok(Family::Binomial),
        Some("poisson") => Ok(Family::Poisson),
        Some(it) => Err(anyhow!("`{it}` past hier niet: kies --family binomial of poisson")),
    }
}

fn counts(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Counts> {
    let size = match (vraag.text(&SIZE), vraag.text(&EXPOSURE)) {
        (Some(_), Some(_)) => bail!("kies --size (binomial) of --exposure (poisson), niet beide"),
        (Some(it), None) | (None, Some(it)) => tabel.numbers(it)?,
        (None, None) => Vec::new(),
    };
    Ok(Counts {
        count: tabel.numbers(vraag.need(&COUNT)?)?,
        size,
        covariates: covariates(vraag, tabel)?,
    })
}

/// The categories first, then the numbers.
fn covariates(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Vec<(String, Vec<f64>)>> {
    let mut all = dummies(vraag, tabel)?;
    for column in vraag.texts(&COVARIATE) {
        all.push((column.clone(), tabel.numbers(column)?));
    }
    Ok(all)
}
