//! Reference results through the binary: a file in, the numbers of another implementation out.
#![expect(clippy::unwrap_used, reason = "a broken reference file must stop the test")]

use std::{
    fmt::Write as _,
    io::Write as _,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::gereedschap::wijkpeil;
use Room::{Abs, Rel};

/// How far a number may be off.
#[derive(Clone, Copy)]
enum Room {
    Abs(f64),
    Rel(f64),
}

type Numbers = Vec<(String, f64)>;

/// A file of the shared folder, or nothing (with a notice) where it is absent.
fn shared(what: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/stats").join(what);
    if path.exists() {
        return Some(path);
    }
    let line = format!("OVERGESLAGEN: {what} is er niet\n");
    std::io::stderr().write_all(line.as_bytes()).unwrap();
    None
}

/// What implementation `of` found; empty asks for the primary one.
fn expected(id: &str, of: &str) -> Option<Numbers> {
    let path = shared(&format!("reference/{id}.json"))?;
    let json: Value = serde_json::from_reader(std::fs::File::open(path).unwrap()).unwrap();
    let name = if of.is_empty() { json["primary"].as_str().unwrap() } else { of };
    let all = json["implementations"].as_array().unwrap();
    let results = &all.iter().find(|it| it["impl"] == name).unwrap()["results"];
    Some(numbers(results))
}

fn numbers(results: &Value) -> Numbers {
    let all = results.as_object().unwrap().iter();
    all.filter_map(|(key, it)| Some((key.clone(), it.as_f64()?))).collect()
}

/// The results of `wijkpeil estimate` with these words.
fn found(words: &str) -> Numbers {
    let told = wijkpeil(None, &format!("estimate {words} --format json"));
    assert_eq!(told.code, 0, "{words}: {}", told.errors);
    let json: Value = serde_json::from_str(&told.answer).unwrap();
    numbers(&json["results"])
}

/// Each key of the reference is found within the room of the first rule that starts it; keys
/// without a rule are not asked.
fn compare(id: &str, expected: &Numbers, found: &Numbers, rules: &[(&str, Room)]) {
    let (mut problems, mut compared) = (String::new(), 0);
    for (key, expected) in expected {
        let Some((_, room)) = rules.iter().find(|(start, _)| key.starts_with(start)) else {
            continue;
        };
        compared += 1;
        let room = match room {
            Abs(it) => *it,
            Rel(it) => it * expected.abs(),
        };
        match found.iter().find(|(it, _)| it == key) {
            Some((_, it)) if (it - expected).abs() <= room => {}
            other => writeln!(problems, "{key}: {other:?}, expected {expected}").unwrap(),
        }
    }
    assert!(problems.is_empty(), "{id}:\n{problems}");
    assert!(compared > 0, "{id}: nothing was compared");
}

/// Runs each method (separated by `&`) on the file and lays all numbers beside the reference.
fn check(id: &str, of: &str, data: &str, words: &str, rules: &[(&str, Room)]) {
    let (Some(expected), Some(data)) = (expected(id, of), shared(&format!("data/{data}"))) else {
        return;
    };
    let run = |words: &str| {
        let (method, flags) = words.trim().split_once(' ').unwrap();
        found(&format!("{method} {} {flags}", data.display()))
    };
    compare(id, &expected, &words.split('&').flat_map(run).collect(), rules);
}

#[test]
fn synthetic_controls() {
    let sdid = "sdid --unit unit --period period --outcome y --treatment treated";
    let rules = [
        ("omega", Abs(1e-7)),
        ("lambda", Abs(1e-7)),
        ("scw", Abs(1e-7)),
        ("p_", Abs(1e-9)),
        ("", Rel(1e-8)),
    ];
    check(
        "sdid__prop99",
        "",
        "california_prop99.csv",
        "sdid --unit State --period Year --outcome PacksPerCapita --treatment treated",
        &rules,
    );
    for name in ["pilot2", "pilot2_null"] {
        let (id, data) = (format!("sdid__open_{name}"), format!("synth_open/{name}.csv"));
        check(&id, "", &data, &format!("{sdid} & {sdid} --inference jackknife"), &rules);
        check(
            &format!("placebo_pairs__open_{name}"),
            "",
            &data,
            sdid,
            &[("p_", Abs(1e-9)), ("", Rel(1e-6))],
        );
    }
}

#[test]
fn smoking_in_california() {
    let words = "synthetic-control --unit state --period year --outcome cigsale \
                 --treated-unit California --start 1989 --predictor lnincome=lnincome:1980-1988 \
                 --predictor age15to24=age15to24:1980-1988 --predictor retprice=retprice:1980-1988 \
                 --predictor special.1.beer=beer:1984-1988 \
                 --predictor special.2.cigsale=cigsale:1975 \
                 --predictor special.3.cigsale=cigsale:1980 \
                 --predictor special.4.cigsale=cigsale:1988";
    let data = "smoking_predictors.csv";
    check(
        "sc_fixedv__prop99",
        "",
        data,
        &format!("{words} --importance equal"),
        &[("w_", Abs(1e-8)), ("", Rel(1e-8))],
    );
    // The search for the importance has more than one optimum; what follows from it has one.
    check("sc_adh__prop99", "", data, words, &[("w_", Abs(0.03)), ("gap_", Rel(0.05))]);
}

#[test]
fn robust_intervals_of_an_event_study() {
    let Some(vcov) = shared("data/ehec_sigma.csv") else { return };
    let honest = format!(
        "honest-did --estimate betahat --period year --start 2014 --vcov {} \
         --smoothness 0,0.01,0.02,0.03,0.04,0.05 --relative 0,0.5,1,1.5,2",
        vcov.display()
    );
    check(
        "honest__ehec",
        "r_HonestDiD_published_cache",
        "ehec_betahat.csv",
        &format!("{honest} --target first & {honest} --target average"),
        &[("sd_", Abs(2e-4)), ("orig_", Abs(1e-8)), ("rm_", Abs(2e-3))],
    );
}

#[test]
fn expected_numbers_shrinkage_and_funnels() {
    check(
        "indirect__open_teams",
        "",
        "synth_open/teams_clients.csv",
        "indirect-standardisation --group team --count referred --stratum age_group --stratum sex \
         --stratum living_alone --factor age_group --covariate sex --covariate living_alone",
        &[("exp_glm_", Abs(1e-6)), ("exp_strat_", Rel(1e-9)), ("", Abs(1e-9))],
    );
    check(
        "eb_gamma__open_teams",
        "",
        "synth_open/teams_expected.csv",
        "empirical-bayes-gamma --unit team --count obs --expected exp_strat",
        &[("alpha", Rel(1e-4)), ("beta", Rel(1e-4)), ("", Abs(1e-5))],
    );
    check(
        "eb_marshall__ncsids",
        "",
        "nc_sids.csv",
        "empirical-bayes-marshall --count SID74 --exposure BIR74",
        &[("", Rel(1e-9))],
    );
    check(
        "growth__open_providers",
        "py_statsmodels",
        "synth_open/providers_growth.csv",
        "growth-outliers --unit provider --period quarter --count clients",
        &[("se_", Rel(1e-5)), ("", Abs(1e-6))],
    );
    check(
        "funnel_pr__open_consultants",
        "",
        "synth_open/consultants.csv",
        "funnel --unit consultant --count referred --size n & \
         proportion --unit consultant --count referred --size n",
        &FUNNEL,
    );
    let funnel = "funnel --unit team --count obs --expected exp_strat";
    check(
        "funnel__open_teams",
        "",
        "synth_open/teams_expected.csv",
        &format!("{funnel} --scale log --trim truncate & {funnel}"),
        &FUNNEL,
    );
}

/// Without the exact limits of a single expected number, which belong to no unit.
const FUNNEL: [(&str, Room); 13] = [
    ("sum_", Abs(1e-6)),
    ("phi", Abs(1e-7)),
    ("tau2", Abs(1e-7)),
    ("n", Abs(0.0)),
    ("z", Abs(1e-7)),
    ("p0", Abs(1e-8)),
    ("cp_", Abs(1e-8)),
    ("wilson_", Abs(1e-8)),
    ("ll998od", Abs(1e-7)),
    ("ul998od", Abs(1e-7)),
    ("ll95od", Abs(1e-7)),
    ("ul95od", Abs(1e-7)),
    ("se_", Abs(0.0)),
];

/// Expected stays by a Poisson model, and the funnel over the hospitals made from that answer.
#[test]
fn one_answer_is_the_file_of_the_next() {
    let (Some(expected), Some(data)) = (expected("funnel__medpar", ""), shared("data/medpar.csv"))
    else {
        return;
    };
    let ratios = found(&format!(
        "indirect-standardisation {} --family poisson --group provnum --count los \
         --covariate hmo --covariate died --covariate age80 --factor type",
        data.display()
    ));
    let mut csv = "unit,obs,exp\n".to_owned();
    for (key, observed) in ratios.iter().filter(|(key, _)| key.starts_with("obs_")) {
        let unit = key.strip_prefix("obs_").unwrap();
        let of = |it: &&(String, f64)| it.0 == format!("exp_glm_{unit}");
        writeln!(csv, "{unit},{observed},{}", ratios.iter().find(of).unwrap().1).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("verhouding.csv");
    std::fs::write(&path, csv).unwrap();
    let funnel = format!("funnel {} --unit unit --count obs --expected exp", path.display());
    let both: Numbers = [found(&format!("{funnel} --scale log --trim truncate")), found(&funnel)]
        .into_iter()
        .flatten()
        .collect();
    compare("funnel__medpar", &expected, &both, &FUNNEL);
}

#[test]
fn mixed_models() {
    let rules =
        [("se_re_", Abs(1e-5)), ("se_b", Rel(1e-3)), ("loglik", Abs(1e-4)), ("", Abs(1e-5))];
    let herds = "mixed-model --family binomial --group herd --count incidence --size size \
                 --factor period";
    check("glmm__cbpp__laplace", "", "cbpp.csv", herds, &rules);
    // lme4 drops constants of the log-likelihood under quadrature.
    check("glmm__cbpp__agq25", "py_own", "cbpp.csv", &format!("{herds} --points 25"), &rules);
    let consultants = "mixed-model --family binomial --group consultant --count referred --size n";
    let data = "synth_open/consultants.csv";
    check("glmm__open_consultants__laplace", "", data, consultants, &rules);
    check(
        "glmm__open_consultants__agq25",
        "py_own",
        data,
        &format!("{consultants} --points 25"),
        &rules,
    );
    check(
        "glmm_nested__open_consultants__laplace",
        "",
        data,
        &format!("{consultants} --outer-group team"),
        &[("se_", Rel(1e-3)), ("", Abs(1e-4))],
    );
}

#[test]
fn durations() {
    let rules = [
        ("logrank", Abs(1e-8)),
        ("cox", Abs(1e-6)),
        ("se_cox", Abs(1e-6)),
        ("se_", Rel(1e-8)),
        ("median", Abs(0.0)),
        ("rmst", Abs(1e-6)),
        ("", Abs(1e-9)),
    ];
    let lung = "--time time --status status --event 2";
    check(
        "km__lung",
        "",
        "lung.csv",
        &format!("kaplan-meier {lung} --times 100,200,365,500,730 --horizon 365"),
        &rules,
    );
    check(
        "km__lung_sex",
        "",
        "lung.csv",
        &format!(
            "kaplan-meier {lung} --group sex --times 100,365,730 & \
             cox {lung} --covariate age --covariate sex & \
             cox {lung} --covariate age --covariate sex --ties breslow"
        ),
        &rules,
    );
    let late = "--time time --status event --entry entry --group group";
    let data = "synth_open/durations.csv";
    let survival = format!("kaplan-meier {late} --times 3,6,12,24,36");
    check("km_lt__open_durations", "", data, &survival, &rules);
    let incidence = format!("aalen-johansen {late} --times 6,12,24,36");
    let rules = [("se_", Rel(1e-5)), ("", Abs(1e-9))];
    check("cif_lt__open_durations", "", data, &incidence, &rules);
}

/// Rows are picked and columns made here, as a user would before the estimate.
#[test]
fn ways_out_that_exclude_each_other() {
    let (Some(progressed), Some(expected)) = (shared("data/mgus2.csv"), expected("cif__mgus2", ""))
    else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("einde.csv");
    let mut csv = "time,status,sex\n".to_owned();
    let mut reader = csv::Reader::from_path(progressed).unwrap();
    for row in reader.records().map(Result::unwrap) {
        let (time, status) = match (&row[8], &row[10]) {
            ("1", _) => (&row[7], 1),
            (_, "1") => (&row[9], 2),
            _ => (&row[9], 0),
        };
        writeln!(csv, "{time},{status},{}", &row[2]).unwrap();
    }
    std::fs::write(&path, csv).unwrap();
    let found = found(&format!(
        "aalen-johansen {} --time time --status status --group sex --times 60,120,240 \
         --variance-formula aalen",
        path.display()
    ));
    compare(
        "cif__mgus2",
        &expected,
        &found,
        &[("se_", Rel(1e-6)), ("gray", Abs(1e-6)), ("", Abs(1e-9))],
    );
}

#[test]
fn charts() {
    check("xmr__nist", "", "nist_xmr.csv", "xmr --outcome value", &[("", Abs(1e-8))]);
    check(
        "xmr__open",
        "",
        "synth_open/xmr_step.csv",
        "xmr --outcome value --period month --baseline 24 & \
         cusum --outcome value --period month --baseline 24",
        // The reference is printed in ten digits.
        &[("", Rel(5e-10))],
    );
}

const SERIES: [(&str, &str, &str, usize, &str); 6] = [
    ("airpassengers", "ts_airpassengers.csv", "MAM", 12, "value"),
    ("austourists", "ts_austourists.csv", "MAM", 4, "value"),
    ("nile", "ts_nile.csv", "ANN", 1, "value"),
    ("open_series_clients", "synth_open/series_clients.csv", "AAA", 12, "clients"),
    ("ukgas", "ts_ukgas.csv", "AAA", 4, "value"),
    ("usaccdeaths", "ts_usaccdeaths.csv", "ANA", 12, "value"),
];

fn steps(of: &Numbers) -> usize {
    of.iter().filter(|(key, _)| key.starts_with("fc_")).count()
}

#[test]
fn forecasts_with_given_parameters() {
    for (name, data, model, period, column) in SERIES {
        let id = format!("ets__{name}");
        let Some(reference) = expected(&id, "") else { return };
        let mut words = format!(
            "ets --outcome {column} --season {period} --model {model} --horizon {}",
            steps(&reference)
        );
        let given = |key: &str| {
            matches!(key, "alpha" | "beta" | "gamma" | "phi") || key.starts_with("init_")
        };
        for (key, value) in reference.iter().filter(|(key, _)| given(key)) {
            write!(words, " --parameter {key}={value}").unwrap();
        }
        let rules = [
            ("fitted", Abs(1e-6)),
            ("loglik", Abs(1e-6)),
            ("fc_", Rel(1e-8)),
            ("lo", Rel(5e-5)),
            ("hi", Rel(5e-5)),
            ("", Rel(1e-6)),
        ];
        check(&id, "", data, &words, &rules);
    }
}

#[test]
fn forecasts_with_a_model_of_choice() {
    for (name, data, _, period, column) in SERIES {
        let id = format!("etsauto__{name}");
        let (Some(reference), Some(path)) = (expected(&id, ""), shared(&format!("data/{data}")))
        else {
            return;
        };
        let found = found(&format!(
            "ets {} --outcome {column} --season {period} --horizon {}",
            path.display(),
            steps(&reference)
        ));
        compare(&id, &reference, &found, &[("fc_", Rel(0.05))]);
        let aicc = |of: &Numbers| of.iter().find(|(key, _)| key == "aicc").unwrap().1;
        assert!(aicc(&found) <= aicc(&reference) + 2.0, "{id}");
    }
}

#[test]
fn clients_by_population_use_and_price() {
    let (Some(population), Some(rates), Some(expected)) = (
        shared("data/synth_open/cohort_population.csv"),
        shared("data/synth_open/cohort_rates.csv"),
        expected("cohort__open", ""),
    ) else {
        return;
    };
    let rows = |path: PathBuf| -> Vec<csv::StringRecord> {
        csv::Reader::from_path(path).unwrap().records().map(Result::unwrap).collect()
    };
    let rates = rows(rates);
    let mut csv = "jaar,groep,inwoners,gebruik,trend,prijs,index\n".to_owned();
    for row in rows(population) {
        let of = rates.iter().find(|it| it[0] == row[1]).unwrap();
        let columns = [&row[0], &row[1], &row[2], &of[1], &of[2], &of[3], &of[4]];
        writeln!(csv, "{}", columns.join(",")).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cohort.csv");
    std::fs::write(&path, csv).unwrap();
    let found = found(&format!(
        "cohort {} --period jaar --group groep --count inwoners --rate gebruik --rate-trend trend \
         --price prijs --price-index index",
        path.display()
    ));
    compare("cohort__open", &expected, &found, &[("", Rel(1e-9))]);
}
