//! A series in time: charts and forecasts.

use anyhow::{anyhow, bail};
use statistics::series::{
    cohort::{Group, cohort_forecast},
    cusum::{self, cusum},
    ets::{Ets, Model, Smoothing, State, fit, fit_automatic},
    ewma::{self, ewma},
    xmr::{self, xmr},
};

use super::{
    hulp::{Reeks, numbers},
    methode::Methode,
    tabel::Tabel,
    uitvoer::Uitkomst,
    vlag::{OUTCOME, PERIOD},
    vlag_meer::{
        BASELINE, COUNT, GROUP, H, HORIZON, K, LAMBDA, LEVELS, LIMIT, MEAN, MODEL, PARAMETER,
        PRICE, PRICE_INDEX, RATE, RATE_TREND, RUN, SEASON, SIGMA, TREND,
    },
    vraag::Vraag,
};

pub(super) const METHODEN: &[Methode] = &[
    Methode {
        naam: "xmr",
        ook: &[],
        wat: "regelkaart van losse waarden",
        bron: "Shewhart 1931; Wheeler 1993",
        nodig: &[&OUTCOME],
        mag: &[&PERIOD, &BASELINE, &RUN, &TREND],
        run: run_xmr,
    },
    Methode {
        naam: "cusum",
        ook: &[],
        wat: "opgetelde afwijking, die een kleine blijvende verschuiving ziet",
        bron: "Page 1954",
        nodig: &[&OUTCOME],
        mag: &[&PERIOD, &BASELINE, &MEAN, &SIGMA, &K, &H],
        run: run_cusum,
    },
    Methode {
        naam: "ewma",
        ook: &[],
        wat: "voortschrijdend gemiddelde met grenzen",
        bron: "Roberts 1959; Lucas en Saccucci 1990",
        nodig: &[&OUTCOME],
        mag: &[&PERIOD, &BASELINE, &MEAN, &SIGMA, &LAMBDA, &LIMIT],
        run: run_ewma,
    },
    Methode {
        naam: "ets",
        ook: &[],
        wat: "prognose met exponentieel vereffenen",
        bron: "Hyndman, Koehler, Ord en Snyder 2008",
        nodig: &[&OUTCOME],
        mag: &[&PERIOD, &SEASON, &MODEL, &PARAMETER, &HORIZON, &LEVELS],
        run: run_ets,
    },
    Methode {
        naam: "cohort",
        ook: &[],
        wat: "prognose uit bevolking, gebruik en prijs per groep",
        bron: "identiteit: bevolking x gebruik x prijs",
        nodig: &[&PERIOD, &GROUP, &COUNT, &RATE, &PRICE],
        mag: &[&RATE_TREND, &PRICE_INDEX],
        run: run_cohort,
    },
];

fn run_xmr(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let values = Reeks::read(vraag, tabel)?.values;
    let standard = xmr::Options::default();
    let options = xmr::Options {
        run: vraag.count(&RUN)?.unwrap_or(standard.run),
        trend: vraag.count(&TREND)?.unwrap_or(standard.trend),
    };
    let baseline = vraag.count(&BASELINE)?.unwrap_or(values.len());
    Ok(Uitkomst::new(tabel.len(), &xmr(&values, 0..baseline, options)?))
}

fn run_cusum(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let values = Reeks::read(vraag, tabel)?.values;
    let (mean, sigma) = centre(vraag, &values)?;
    let standard = cusum::Options::default();
    let options = cusum::Options {
        k: vraag.number(&K)?.unwrap_or(standard.k),
        h: vraag.number(&H)?.unwrap_or(standard.h),
    };
    Ok(Uitkomst::new(tabel.len(), &cusum(&values, mean, sigma, options)?))
}

fn run_ewma(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let values = Reeks::read(vraag, tabel)?.values;
    let (mean, sigma) = centre(vraag, &values)?;
    let standard = ewma::Options::default();
    let options = ewma::Options {
        weight: vraag.number(&LAMBDA)?.unwrap_or(standard.weight),
        limit: vraag.number(&LIMIT)?.unwrap_or(standard.limit),
    };
    Ok(Uitkomst::new(tabel.len(), &ewma(&values, mean, sigma, options)?))
}

/// Mean and spread as given, or those of the chart of single values over the baseline.
fn centre(vraag: &Vraag, values: &[f64]) -> anyhow::Result<(f64, f64)> {
    match (vraag.number(&MEAN)?, vraag.number(&SIGMA)?) {
        (Some(mean), Some(sigma)) => Ok((mean, sigma)),
        (None, None) => {
            let baseline = vraag.count(&BASELINE)?.unwrap_or(values.len());
            let chart = xmr(values, 0..baseline, xmr::Options::default())?;
            Ok((chart.mean, chart.sigma))
        }
        _ => bail!("--mean en --sigma horen bij elkaar: geef beide, of geen van beide"),
    }
}

fn run_ets(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let values = Reeks::read(vraag, tabel)?.values;
    let period = vraag.count(&SEASON)?.unwrap_or(1);
    let fitted = match (vraag.text(&MODEL), vraag.texts(&PARAMETER)) {
        (None | Some("auto"), []) => fit_automatic(&values, period)?.best,
        (None | Some("auto"), _) => {
            bail!("--parameter vraagt ook --model; bijvoorbeeld: {}", MODEL.example())
        }
        (Some(letters), []) => fit(&Model::parse(letters, period)?, &values)?,
        (Some(letters), given) => {
            let model = Model::parse(letters, period)?;
            let (smoothing, first) = parameters(given, &model)?;
            Ets::given(model, &values, smoothing, first)?
        }
    };
    let levels = numbers(vraag, &LEVELS)?.unwrap_or_else(|| vec![0.8, 0.95]);
    let ahead = fitted.forecast(vraag.count(&HORIZON)?.unwrap_or(12), &levels)?;
    Ok(Uitkomst::new(tabel.len(), &fitted).and(&ahead))
}

/// Parameters and first state under the keys that the answer has too.
fn parameters(given: &[String], model: &Model) -> anyhow::Result<(Smoothing, State)> {
    let season = if model.season.is_some() { model.period } else { 0 };
    let mut smoothing = Smoothing { alpha: 0.0, beta: 0.0, gamma: 0.0, phi: 1.0 };
    let mut first = State { level: 0.0, slope: 0.0, season: vec![0.0; season] };
    for text in given {
        let wrong = || {
            anyhow!(
                "`{text}` past niet bij --parameter: {}; bijvoorbeeld: {}",
                PARAMETER.uitleg,
                PARAMETER.example()
            )
        };
        let (key, value) = text.split_once('=').ok_or_else(wrong)?;
        let place = match key.trim() {
            "alpha" => &mut smoothing.alpha,
            "beta" => &mut smoothing.beta,
            "gamma" => &mut smoothing.gamma,
            "phi" => &mut smoothing.phi,
            "init_l" => &mut first.level,
            "init_b" => &mut first.slope,
            key => key
                .strip_prefix("init_s")
                .and_then(|it| it.parse::<usize>().ok())
                .and_then(|it| first.season.get_mut(it.checked_sub(1)?))
                .ok_or_else(wrong)?,
        };
        *place = value.trim().parse().ok().filter(|it: &f64| it.is_finite()).ok_or_else(wrong)?;
    }
    Ok((smoothing, first))
}

fn run_cohort(vraag: &Vraag, tabel: &Tabel) -> anyhow::Result<Uitkomst> {
    let groups = tabel.texts(vraag.need(&GROUP)?)?;
    let periods = tabel.wholes(vraag.need(&PERIOD)?)?;
    let population = tabel.numbers(vraag.need(&COUNT)?)?;
    let mut years = periods.clone();
    years.sort_unstable();
    years.dedup();
    let column = |vlag| -> anyhow::Result<Vec<f64>> {
        let asked = vraag.text(vlag);
        Ok(asked
            .map(|it| tabel.numbers(it))
            .transpose()?
            .unwrap_or_else(|| vec![0.0; groups.len()]))
    };
    let [rate, rate_trend, price, price_index] =
        [column(&RATE)?, column(&RATE_TREND)?, column(&PRICE)?, column(&PRICE_INDEX)?];
    let mut names: Vec<&String> = Vec::new();
    groups.iter().for_each(|it| {
        if !names.contains(&it) {
            names.push(it);
        }
    });
    let group = |name: &String| -> anyhow::Result<Group> {
        let row = |year: i64| -> anyhow::Result<usize> {
            let mut rows =
                (0..groups.len()).filter(|row| groups[*row] == *name && periods[*row] == year);
            match (rows.next(), rows.next()) {
                (Some(row), None) => Ok(row),
                (None, _) => bail!("groep ‘{name}’ heeft geen rij in {year}"),
                _ => bail!("groep ‘{name}’ komt in {year} twee keer voor"),
            }
        };
        let rows: Vec<usize> = years.iter().map(|it| row(*it)).collect::<anyhow::Result<_>>()?;
        let first = rows[0];
        Ok(Group {
            name: name.clone(),
            population: rows.iter().map(|it| population[*it]).collect(),
            rate: rate[first],
            rate_trend: rate_trend[first],
            price: price[first],
            price_index: price_index[first],
        })
    };
    let all: Vec<Group> = names.into_iter().map(group).collect::<anyhow::Result<_>>()?;
    Ok(Uitkomst::new(tabel.len(), &cohort_forecast(&years, &all)?))
}
