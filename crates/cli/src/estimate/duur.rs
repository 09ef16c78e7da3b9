//! How long something lasts, how it ends and what that depends on.

use anyhow::bail;
use statistics::duration::{
    aalen_johansen::{self, Variance, aalen_johansen},
    cox::{self, Ties, cox},
    gray::gray,
    kaplan_meier::{self, kaplan_meier},
    log_rank::log_rank,
    observations::Durations,
    proportional_hazards::{Clock, proportional_hazards},
};

use super::{
    hulp::{dummies, numbers},
    methode::Methode,
    tabel::Tabel,
    uitvoer::Uitkomst,
    vlag::{CLUSTER, COVARIATE, LEVEL},
    vlag_meer::{
        CAUSE, ENTRY, EVENT, FACTOR, GROUP, HORIZON, LANDMARK, ROBUST, STATUS, STRATUM, TIES, TIME,
        TIMES, VARIANCE_FORMULA,
    },
    vraag::Vraag,
};

pub(super) const METHODEN: &[Methode] = &[
    Methode {
        naam: "kaplan-meier",
        ook: &["km"],
        wat: "deel dat nog loopt na een tijd, en of groepen verschillen",
        bron: "Kaplan en Meier 1958; Mantel 1966",
        nodig: &[&TIME, &STATUS],
        mag: &[&EVENT, &ENTRY, &GROUP, &TIMES, &HORIZON, &LANDMARK, &LEVEL],
        run: run_kaplan_meier,
    },
    Methode {
        naam: "aalen-johansen",
        ook: &["cumulative-incidence"],
        wat: "deel dat om elke reden is geëindigd na een tijd",
        bron: "Aalen en Johansen 1978; Gray 1988",
        nodig: &[&TIME, &STATUS],
        mag: &[&ENTRY, &GROUP, &TIMES, &VARIANCE_FORMULA, &LANDMARK, &LEVEL],
        run: run_aalen_johansen,
    },
    Methode {
        naam: "cox",
        ook: &[],
        wat: "wat de kans op een einde hoger of lager maakt",
        bron: "Cox 1972; Grambsch en Therneau 1994",
        nodig: &[&TIME, &STATUS],
        mag: &[
            &COVARIATE, &FACTOR, &EVENT, &ENTRY, &CAUSE, &STRATUM, &CLUSTER, &ROBUST, &TIES, &LEVEL,
        ],
        run: run_cox,
    },
];

fn run_kaplan_meier(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let durations = durations(vraag, tabel)?;
    let options = kaplan_meier::Options {
        times: numbers(vraag, &TIMES)?.unwrap_or_default(),
        restricted_mean_until: vraag.number(&HORIZON)?,
        landmark: vraag.number(&LANDMARK)?,
        level: vraag.level()?,
    };
    let uitkomst = Uitkomst::new(tabel.len(), &kaplan_meier(&durations, &options)?);
    Ok(match has_groups(&durations) {
        true => uitkomst.and(&log_rank(&after(durations, options.landmark))?),
        false => uitkomst,
    })
}

fn run_aalen_johansen(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let durations = durations(vraag, tabel)?;
    let options = aalen_johansen::Options {
        times: numbers(vraag, &TIMES)?.unwrap_or_default(),
        variance: match vraag.text(&VARIANCE_FORMULA) {
            Some("aalen") => Variance::Aalen,
            _ => Variance::InfinitesimalJackknife,
        },
        landmark: vraag.number(&LANDMARK)?,
        level: vraag.level()?,
    };
    let uitkomst = Uitkomst::new(tabel.len(), &aalen_johansen(&durations, &options)?);
    // Gray's test knows no delayed entry, which a landmark makes too.
    let plain = durations.entry.is_empty() && options.landmark.is_none();
    Ok(match has_groups(&durations) && plain {
        true => uitkomst.and(&gray(&durations)?),
        false => uitkomst,
    })
}

fn run_cox(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let mut covariates = dummies(vraag, tabel)?;
    for column in vraag.texts(&COVARIATE) {
        covariates.push((column.clone(), tabel.numbers(column)?));
    }
    if covariates.is_empty() {
        bail!("de methode cox vraagt --covariate KOLOM of --factor KOLOM");
    }
    let strata: Vec<Vec<String>> =
        vraag.texts(&STRATUM).iter().map(|it| tabel.texts(it)).collect::<anyhow::Result<_>>()?;
    let row = |row: usize| strata.iter().map(|it| it[row].as_str()).collect::<Vec<_>>().join("/");
    let options = cox::Options {
        ties: match vraag.text(&TIES) {
            Some("breslow") => Ties::Breslow,
            _ => Ties::Efron,
        },
        strata: if strata.is_empty() { Vec::new() } else { (0..tabel.len()).map(row).collect() },
        cluster: vraag.text(&CLUSTER).map(|it| tabel.texts(it)).transpose()?.unwrap_or_default(),
        robust: vraag.has(&ROBUST),
        cause: vraag.count(&CAUSE)?,
        level: vraag.level()?,
    };
    let found = cox(&durations(vraag, tabel)?, &covariates, &options)?;
    let uitkomst = Uitkomst::new(tabel.len(), &found);
    // All events at one moment leave a model, but no test over time.
    Ok(match proportional_hazards(&found, Clock::default()) {
        Ok(test) => uitkomst.and(&test),
        Err(_) => uitkomst,
    })
}

fn durations(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Durations> {
    let column = |it: &str| tabel.counts(it);
    let status = column(vraag.need(&STATUS)?)?;
    let event: Option<u64> = vraag.count(&EVENT)?;
    let cause = |it: u64| match event {
        Some(event) => Ok(u32::from(it == event)),
        None => u32::try_from(it),
    };
    let Ok(cause) = status.into_iter().map(cause).collect::<Result<Vec<u32>, _>>() else {
        bail!("de kolom `{}` heeft te grote getallen", vraag.need(&STATUS)?);
    };
    let durations = Durations {
        entry: vraag.text(&ENTRY).map(|it| tabel.numbers(it)).transpose()?.unwrap_or_default(),
        time: tabel.numbers(vraag.need(&TIME)?)?,
        cause,
        group: vraag.text(&GROUP).map(|it| tabel.texts(it)).transpose()?.unwrap_or_default(),
    };
    durations.check().map_err(|fault| tabel.fault(fault))?;
    Ok(durations)
}

fn after(durations: Durations, landmark: Option<f64>) -> Durations {
    match landmark {
        Some(it) => durations.from_landmark(it),
        None => durations,
    }
}

fn has_groups(durations: &Durations) -> bool {
    durations.group.windows(2).any(|pair| pair[0] != pair[1])
}
