//! `wijkpeil estimate`: what it needs, what it refuses, and the three forms of an answer.

use expect_test::{Expect, expect};

use crate::{
    gereedschap::wijkpeil,
    schatten::{estimate, estimate_text, json, refused, teams},
};

const COLUMNS: &str = "--unit team --period jaar --first-treated start --outcome y";
const SMALL: &str = "\
team,jaar,start,y
a,1,3,10
a,2,3,11
a,3,3,15
a,4,3,17
b,1,3,20
b,2,3,22
b,3,3,24
b,4,3,27
c,1,0,30
c,2,0,31
c,3,0,33
c,4,0,34
d,1,,40
d,2,,42
d,3,,42
d,4,,45
";

#[test]
fn the_methods_are_listed_with_what_they_need() {
    let told = wijkpeil(None, "estimate --list");
    assert_eq!(told.code, 0, "{}", told.errors);
    for name in ["callaway-santanna", "fixed-effects", "chaisemartin-dhaultfoeuille", "compare"] {
        assert!(told.answer.contains(&format!("\n  {name} ")), "{name} in\n{}", told.answer);
    }
    let told = wijkpeil(None, "estimate two-by-two --list");
    expect![[r#"
        two-by-two: één start: verandering van de behandelden min die van de anderen
        Card en Krueger 1994

        Nodig
          --unit           Eenheid, zoals een team of gemeente
          --period         Periode, een geheel getal
          --first-treated  Eerste behandelde periode; 0 of leeg is nooit
          --outcome        Uitkomst

        Mag
          --weight         Gewicht van de rij
          --cluster        Cluster van de standaardfouten [anders: de eenheid]
          --variance       Standaardfouten [anders: per cluster, en zonder cluster hc1]
          --lags           Periodes waarover fouten samenhangen
          --level          Betrouwbaarheid van de intervallen [anders: 0.95]

        Bijvoorbeeld: wijkpeil estimate two-by-two gegevens.csv --unit team --period jaar --first-treated start --outcome uitgaven
    "#]].assert_eq(&told.answer);
}

fn wrong(text: &str, words: &str, expected: &Expect) {
    let told = estimate_text("callaway-santanna", text, words);
    assert_eq!((told.code, told.answer.as_str()), (1, ""), "{words}");
    expected.assert_eq(&told.errors);
}

#[test]
fn a_wrong_column_is_told_with_the_ones_that_are_there() {
    wrong(
        SMALL,
        &COLUMNS.replace("jaar", "jar"),
        &expect![[r#"
        Fout: er is geen kolom `jar` (bij --period); bedoelt u jaar?
          kolommen: team, jaar, start, y
    "#]],
    );
    wrong(
        SMALL,
        "--unit team --period jaar --outcome y",
        &expect![[r#"
        Fout: de methode callaway-santanna vraagt --first-treated (Eerste behandelde periode; 0 of leeg is nooit)
          bijvoorbeeld: wijkpeil estimate callaway-santanna gegevens.csv --unit team --period jaar --first-treated start --outcome uitgaven
    "#]],
    );
    wrong(
        SMALL,
        &format!("{COLUMNS} --exposure y"),
        &expect![[r#"
        Fout: --exposure betekent niets bij de methode callaway-santanna
          `wijkpeil estimate callaway-santanna --list` toont wat zij vraagt
    "#]],
    );
}

#[test]
fn a_wrong_cell_is_told_with_row_and_column() {
    wrong(
        &SMALL.replace("b,2,3,22", "b,2,3,veel"),
        COLUMNS,
        &expect![[r#"
        Fout: kolom `y` bevat `veel` in rij 6 (regel 7); verwacht wordt een getal
    "#]],
    );
    wrong(
        &SMALL.replace("b,2,3,22", "b,2,3,"),
        COLUMNS,
        &expect![[r#"
        Fout: kolom `y` is leeg in rij 6 (regel 7); verwacht wordt een getal (of laat zulke rijen weg met --missing drop)
    "#]],
    );
    wrong(
        &SMALL.replace("b,2,3,22", "b,2.5,3,22"),
        COLUMNS,
        &expect![[r#"
        Fout: kolom `jaar` bevat `2.5` in rij 6 (regel 7); verwacht wordt een geheel getal, zoals 2017
    "#]],
    );
    wrong(
        &SMALL.replace("b,2,3,22", "b,2,3"),
        COLUMNS,
        &expect![[r#"
        Fout: toets.csv is niet te gebruiken
          rij 6 (regel 7) heeft 3 cellen; de kopregel heeft er 4
    "#]],
    );
}

#[test]
fn a_double_row_and_a_gap_are_told_with_unit_and_period() {
    wrong(
        &SMALL.replace("b,2,3,22", "b,1,3,22"),
        COLUMNS,
        &expect![[r#"
        Fout: Eenheid ‘b’ komt in periode 1 twee keer voor (rij 5 en rij 6).
    "#]],
    );
    wrong(
        &SMALL.replace("b,2,3,22\n", ""),
        COLUMNS,
        &expect![[r#"
        Fout: Eenheid ‘b’ heeft geen waarneming in periode 2; deze methode vraagt een volledig panel.
    "#]],
    );
    // Where rows are left out, a row keeps the number that it has in the file.
    let text = SMALL.replace("a,1,3,10", "a,1,3,").replace("b,2,3,22", "b,1,3,22");
    wrong(
        &text,
        &format!("{COLUMNS} --missing drop"),
        &expect![[r#"
        Fout: Eenheid ‘b’ komt in periode 1 twee keer voor (rij 5 en rij 6).
    "#]],
    );
}

#[test]
fn what_does_not_fit_is_refused() {
    let told = |method: &str, words: &str| estimate_text(method, SMALL, words);
    refused(&told("callaway", COLUMNS), "bedoelt u");
    refused(&told("sun-abraham", &format!("{COLUMNS} --control never")), "betekent niets");
    refused(&told("callaway-santanna", &format!("{COLUMNS} --draws veel")), "geheel getal");
    refused(&told("callaway-santanna", &format!("{COLUMNS} --level 95")), "tussen 0 en 1");
    refused(&wijkpeil(None, "estimate compare"), "vraagt --unit");
    refused(&wijkpeil(None, &format!("estimate compare {COLUMNS}")), "ontbreekt een bestand");
    refused(&wijkpeil(None, &format!("estimate compare weg.csv {COLUMNS}")), "bestaat niet");
    refused(&wijkpeil(None, "estimate"), "--list");
    refused(&estimate_text("compare", "", COLUMNS), "kopregel");
    refused(&estimate_text("compare", "team,jaar,start,y\n", COLUMNS), "geen rijen");
    let late = SMALL.replace(",3,", ",-9223372036854775808,");
    refused(&estimate_text("event-study", &late, COLUMNS), "kolom `jaar` bevat");
    for (more, expected) in
        [("--control later", "kies uit never, notyet"), ("--unit y", "mag maar één keer")]
    {
        let told = told("callaway-santanna", &format!("{COLUMNS} {more}"));
        assert_eq!((told.code, told.answer.as_str()), (2, ""));
        assert!(told.errors.contains(expected), "{}", told.errors);
    }
}

#[test]
fn an_answer_comes_as_text_json_and_csv() {
    let told = |method: &str, form: &str| {
        let told = estimate_text(method, SMALL, &format!("{COLUMNS} --format {form}"));
        assert_eq!(told.code, 0, "{}", told.errors);
        told
    };
    expect![[r#"
        two-by-two op toets.csv: 16 rijen

        Behandeld: van 15.7500 naar 20.7500; de anderen: van 35.7500 naar 38.5000. Verschil van de verschillen: 2.2500, 95%-interval 0.6260 tot 3.8740 (n = 16; standaardfouten per cluster (4 clusters)). Dit is alleen het effect als beide groepen zonder de verandering even hard waren gegroeid.

        Let op: Er zijn maar 4 clusters: de standaardfout is onzeker en meestal te klein. Leg er de wild cluster bootstrap of de randomisatietoets naast.
        Let op: ‘behandeld’ is 1 in 2 van de 4 clusters. Met zo weinig clusters aan één kant is elke standaardfout per cluster te klein, ook die van de wild cluster bootstrap; gebruik de randomisatietoets of een synthetische controle.
        Let op: ‘na’ is 1 in 4 van de 4 clusters. Met zo weinig clusters aan één kant is elke standaardfout per cluster te klein, ook die van de wild cluster bootstrap; gebruik de randomisatietoets of een synthetische controle.
        Let op: ‘effect’ is 1 in 2 van de 4 clusters. Met zo weinig clusters aan één kant is elke standaardfout per cluster te klein, ook die van de wild cluster bootstrap; gebruik de randomisatietoets of een synthetische controle.

        cijfer                     waarde   standaardfout
        coef                     2.250000
        se_cluster               0.510310
        t                        4.409082
        p                        0.021643
        ci_lo                    0.625965
        ci_hi                    3.874035
        nobs                           16
        mean_treated_pre        15.750000
        mean_treated_post       20.750000
        mean_control_pre        35.750000
        mean_control_post       38.500000
    "#]].assert_eq(&told("two-by-two", "text").answer);
    expect![[r#"
        {
          "method": "goodman-bacon",
          "file": "toets.csv",
          "n": 16,
          "results": {
            "sum_weighted": 2.25,
            "n": 1.0,
            "w_treated_vs_untreated": 1.0,
            "avg_treated_vs_untreated": 2.25,
            "est_T3_UInf": 2.25,
            "wt_T3_UInf": 1.0
          },
          "warnings": [],
          "summary": "TWFE-schatting 2.2500 uit 1 vergelijkingen (4 eenheden, 4 periodes). Behandeld tegen nooit behandeld: gewicht 100.0%, gemiddeld 2.2500."
        }
    "#]].assert_eq(&told("goodman-bacon", "json").answer);
    expect![[r#"
        key,value
        sum_weighted,2.25
        n,1
        w_treated_vs_untreated,1
        avg_treated_vs_untreated,2.25
        est_T3_UInf,2.25
        wt_T3_UInf,1
    "#]]
    .assert_eq(&told("goodman-bacon", "csv").answer);
    let told = told("two-by-two", "csv");
    assert!(told.errors.contains("Let op: Er zijn maar 4 clusters"), "{}", told.errors);
}

#[test]
fn semicolons_decimal_commas_and_a_byte_order_mark_are_understood() {
    let words = format!("{COLUMNS} --format csv");
    let plain = estimate_text("two-by-two", &SMALL.replace("15\n", "15.5\n"), &words);
    let text = SMALL.replace(',', ";").replace("15\n", "15,5\n");
    let dutch = estimate_text("two-by-two", &format!("\u{feff}{text}"), &words);
    assert_eq!((plain.code, plain.answer), (0, dutch.answer), "{}", dutch.errors);
}

#[test]
fn rows_with_an_empty_cell_are_left_out_when_asked_and_counted() {
    let text = SMALL.replace("b,2,3,22", "b,2,3,NA");
    let words = format!("{COLUMNS} --missing drop --sampling complete --format json");
    let told = estimate_text("callaway-santanna", &text, &words);
    let answer: serde_json::Value = serde_json::from_str(&told.answer).expect("JSON");
    assert_eq!(answer["n"], 15);
    let codes: Vec<&str> = answer["warnings"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|it| it["code"].as_str())
        .collect();
    assert!(codes.contains(&"missing-rows"), "{codes:?}");
}

/// The path of the treatment tells the start as well as its own column does.
#[test]
fn a_start_can_be_read_from_the_treatment_in_each_period() {
    let common = "--unit team --period jaar --outcome uitgaven";
    let by_start = json("imputation", &teams(), &format!("{common} --first-treated start"));
    let by_path = json("imputation", &teams(), &format!("{common} --treatment behandeld"));
    assert_eq!(by_start, by_path);
    let stops = "team,jaar,d,y\na,1,0,1\na,2,1,2\na,3,0,3\nb,1,0,1\nb,2,0,1\nb,3,0,2\n";
    let words = "--unit team --period jaar --outcome y --treatment d";
    refused(&estimate_text("imputation", stops, words), "niet meer behandeld");
}

#[test]
fn the_seed_is_told_where_something_is_drawn_and_fixes_the_answer() {
    let words = "--unit team --period jaar --first-treated start --outcome uitgaven";
    let with = |more: &str| json("callaway-santanna", &teams(), &format!("{words} {more}"));
    let (one, again, other) =
        (with("--draws 99 --seed 7"), with("--draws 99 --seed 7"), with("--draws 99 --seed 8"));
    assert_eq!(one, again);
    assert_eq!(one["seed"], 7);
    assert_ne!(one["results"]["se_agg_simple"], other["results"]["se_agg_simple"]);
    assert_eq!(one["results"]["agg_simple"], other["results"]["agg_simple"]);
    assert!(with("").get("seed").is_none());
    let text = estimate("callaway-santanna", &teams(), &format!("{words} --draws 99 --seed 7"));
    assert!(text.answer.contains("seed 7"), "{}", text.answer);
}
