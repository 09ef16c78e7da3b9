//! `wijkpeil estimate`: regression and difference-in-differences through the binary.

use crate::schatten::{
    Room::{Abs, Rel},
    compare, compare_on, estimate, json, shared, teams,
};

/// The common layout of the published panels.
const PUBLISHED: &str = "--unit unit --period period --first-treated first_treat --outcome y";
/// The same where only the treatment in each period is known.
const PATH: &str = "--unit unit --period period --treatment treated --outcome y";
/// The columns of the example.
const TEAMS: &str = "--unit team --period jaar --first-treated start --outcome uitgaven";

/// The effect that the example was drawn with: 0.30 less from the start on and 0.10 less each year
/// after it, over all treated rows.
const TRUTH: f64 = -0.458_333;

const SETS: [&str; 7] = [
    "base_stagg",
    "castle",
    "mpdta",
    "open_stag_cov",
    "open_stag_het",
    "open_stag_hom",
    "open_stag_no_never",
];

#[test]
fn every_staggered_method_finds_the_effect_of_the_example() {
    for (method, key) in [
        ("callaway-santanna", "agg_simple"),
        ("sun-abraham", "att"),
        ("imputation", "att"),
        ("two-stage", "att"),
        ("etwfe", "att"),
        ("compare", "cs_att"),
    ] {
        let found = json(method, &teams(), TEAMS);
        let number = |key: &str| found["results"][key].as_f64().expect(key);
        let (estimate, error) = (number(key), number(&format!("se_{key}")));
        assert!((estimate - TRUTH).abs() < 3.0 * error, "{method}: {estimate} +- {error}");
        assert_eq!((&found["method"], &found["n"]), (&method.into(), &480.into()));
        assert!(!found["summary"].as_str().expect("a text").is_empty());
    }
}

/// What a method says on the example: exit code 0 and these keys.
#[test]
fn every_other_method_answers_on_the_example() {
    let counts = TEAMS.replace("uitgaven", "meldingen") + " --exposure inwoners";
    let path = "--unit team --period jaar --treatment behandeld --outcome uitgaven";
    for (method, words, keys) in [
        ("fixed-effects", TEAMS, &["coef", "se_cluster", "se_crv3"][..]),
        (
            "twfe",
            "--unit team --period jaar --treatment behandeld --outcome uitgaven --covariate aandeel_75plus --cluster regio",
            &["coef"],
        ),
        (
            "ols",
            "--outcome uitgaven --covariate behandeld --fixed-effect team --fixed-effect jaar --cluster regio",
            &["behandeld", "se_behandeld"],
        ),
        (
            "ols",
            "--outcome uitgaven --covariate behandeld --period jaar --variance driscoll-kraay --lags 2 --weight inwoners",
            &["behandeld"],
        ),
        ("poisson-fixed-effects", &counts, &["coef", "se_cluster", "deviance"]),
        ("wild-bootstrap", &format!("{TEAMS} --cluster regio --draws 499"), &["p_strict", "ci_lo"]),
        ("event-study", &format!("{TEAMS} --first -3 --last 2"), &["dyn_-3", "dyn_2", "wald_p"]),
        ("goodman-bacon", TEAMS, &["sum_weighted", "est_T2015_UInf"]),
        ("twfe-weights", TEAMS, &["n_negative", "w_g2015_t2019"]),
        ("etwfe-poisson", &counts, &["log_ratio", "att"]),
        ("chaisemartin-dhaultfoeuille", path, &["effect_1", "placebo_1", "total"]),
        ("dcdh", &format!("{path} --effects 1 --placebos 0 --direction up"), &["effect_1"]),
        (
            "imputation",
            &format!("{TEAMS} --covariate meldingen --leads 2 --leave-one-out"),
            &["dyn_-1"],
        ),
        (
            "two-stage",
            &format!("{TEAMS} --covariate aandeel_75plus --adjustment by-period"),
            &["att"],
        ),
        ("etwfe", &format!("{TEAMS} --covariate aandeel_75plus --control never"), &["att"]),
    ] {
        let found = json(method, &teams(), words);
        for key in keys {
            assert!(
                found["results"][key].is_f64() || found["results"][key].is_i64(),
                "{method}: {key} in {found}"
            );
        }
    }
}

/// One start among the teams of which it is asked.
#[test]
fn one_start_gives_two_by_two_and_randomisation() {
    let text = std::fs::read_to_string(teams()).expect("the example");
    let kept = |line: &&str| {
        let start = line.split(',').nth(2).unwrap_or_default();
        ["start", "", "2015"].contains(&start)
    };
    let lines: Vec<&str> = text.lines().filter(kept).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("een-start.csv");
    std::fs::write(&path, lines.join("\n")).expect("a file");
    let two = json("two-by-two", &path, TEAMS);
    let random = json("randomisation-inference", &path, &format!("{TEAMS} --exact 0 --draws 999"));
    let (coef, stat) = (&two["results"]["coef"], &random["results"]["stat"]);
    let gap = coef.as_f64().expect("a number") - stat.as_f64().expect("a number");
    assert!(gap.abs() < 1e-9, "{coef} {stat}");
    assert_eq!(random["seed"], 1);
    assert_eq!(random["results"]["n_assignments"], 1000.0);
    let refused = estimate("two-by-two", &teams(), TEAMS);
    assert_eq!((refused.code, refused.answer.as_str()), (1, ""));
    assert!(refused.errors.contains("één moment"), "{}", refused.errors);
}

#[test]
fn callaway_santanna_agrees_with_its_references() {
    let rules =
        [("wald_pretest", Rel(2e-6)), ("wald_p", Abs(6e-6)), ("se_", Rel(1e-5)), ("", Abs(1e-5))];
    for id in [
        "cs__castle__nevertreated__dr",
        "cs__castle__notyettreated__dr_universal",
        "cs__mpdta__nevertreated__dr_x",
        "cs__mpdta__notyettreated__dr_x_universal",
        "cs__mpdta__notyettreated__ipw_x",
        "cs__open_stag_cov__nevertreated__reg_x",
        "cs__open_stag_no_never__notyettreated__dr",
    ] {
        let parts: Vec<&str> = id.split("__").collect();
        let control = if parts[2] == "nevertreated" { "never" } else { "notyet" };
        let with: Vec<&str> = parts[3].split('_').collect();
        let covariate = if with.contains(&"x") { "--covariate x" } else { "" };
        let base = if with.contains(&"universal") { "universal" } else { "varying" };
        let words = format!(
            "{PUBLISHED} --control {control} --estimator {} --base {base} {covariate}",
            with[0]
        );
        compare(id, "callaway-santanna", &words, &rules);
    }
}

#[test]
fn the_methods_on_a_panel_agree_with_their_references() {
    for set in SETS {
        compare(&format!("bacon__{set}"), "goodman-bacon", PUBLISHED, &[("", Abs(1e-8))]);
        let rules = [("se_", Rel(1e-6)), ("", Abs(1e-7))];
        compare(&format!("sunab__{set}"), "sun-abraham", PUBLISHED, &rules);
        let rules = [("se_", Rel(1e-6)), ("", Abs(1e-6))];
        compare(&format!("did2s__{set}"), "two-stage", PUBLISHED, &rules);
        let rules = [("att", Abs(1e-6)), ("se_att", Rel(1e-5))];
        compare(&format!("bjs__{set}"), "imputation", PUBLISHED, &rules);
        let rules =
            [("coef_x", Abs(1e-8)), ("coef", Abs(1e-8)), ("se_", Rel(1e-6)), ("p", Abs(1e-8))];
        let words = match set {
            "mpdta" | "base_stagg" | "open_stag_cov" => format!("{PUBLISHED} --covariate x"),
            _ => PUBLISHED.to_owned(),
        };
        compare(&format!("twfe__{set}"), "fixed-effects", &words, &rules);
    }
}

#[test]
fn counts_bootstrap_and_randomisation_agree_with_their_references() {
    let rules =
        [("coef", Abs(1e-7)), ("se_cluster", Rel(1e-6)), ("dev", Rel(1e-8)), ("nobs", Abs(0.0))];
    let words = format!("{PUBLISHED} --exposure pop");
    compare("ppml__open_counts", "poisson-fixed-effects", &words, &rules);
    for id in ["rep1", "rep1_eff", "rep2", "rep2_eff", "rep3", "rep3_eff"] {
        let rules = [("p_", Abs(1e-8)), ("", Rel(1e-8))];
        compare(&format!("wcb__open_12cl_{id}"), "wild-bootstrap", PATH, &rules);
    }
    for id in ["ri__open_pilot2", "ri__open_pilot2_null"] {
        compare(id, "randomisation-inference", PATH, &[("p_", Abs(1e-10)), ("", Rel(1e-9))]);
    }
}

/// The reference took the expansion of 2014 against those without one by 2015.
#[test]
fn the_event_study_agrees_with_its_reference() {
    let (Some(reference), Some(data)) =
        (shared("reference/eventstudy__ehec.json"), shared("data/ehec.csv"))
    else {
        return;
    };
    let reference = std::fs::read_to_string(reference).expect("a reference");
    let reference = serde_json::from_str(&reference).expect("JSON");
    let text = std::fs::read_to_string(data).expect("a data set");
    let mut own = String::from("staat,jaar,start,y\n");
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').map(|it| it.trim_matches('"')).collect();
        let year: i64 = cells[1].parse().expect("a year");
        if year < 2016 && cells[3] != "2015" {
            let start = if cells[3] == "2014" { "2014" } else { "0" };
            own += &format!("{},{year},{start},{}\n", cells[0], cells[2]);
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ehec.csv");
    std::fs::write(&path, own).expect("a file");
    let words = "--unit staat --period jaar --first-treated start --outcome y";
    compare_on(&reference, &path, "event-study", words, &[("se_", Rel(1e-6)), ("", Abs(1e-8))]);
}
