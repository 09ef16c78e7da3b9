//! The groups beside difference-in-differences, on small files made here.

use crate::gereedschap::{Told, wijkpeil};

/// Runs `wijkpeil estimate` on this file; the words have the method first.
fn told(csv: &str, words: &str) -> Told {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("eigen.csv");
    std::fs::write(&path, csv).expect("a file");
    let (method, flags) = words.split_once(' ').expect("a method and flags");
    wijkpeil(None, &format!("estimate {method} {} {flags}", path.display()))
}

/// Each key has this value.
fn check(csv: &str, words: &str, expected: &[(&str, f64)]) {
    let told = told(csv, &format!("{words} --format json"));
    assert_eq!(told.code, 0, "{words}: {}", told.errors);
    let json: serde_json::Value = serde_json::from_str(&told.answer).expect("JSON");
    for (key, expected) in expected {
        let found = json["results"][key].as_f64().expect("a number");
        assert!((found - expected).abs() < 1e-9, "{words} {key}: {found}, expected {expected}");
    }
}

/// By hand; the kappa of a table of 20, 5, 10 and 15 is 0.4.
#[test]
fn small_files_give_what_a_pencil_gives() {
    let pair = |text: &str, times: usize| text.repeat(times);
    let ratings = format!(
        "a,b\n{}{}{}{}",
        pair("ja,ja\n", 20),
        pair("ja,nee\n", 5),
        pair("nee,ja\n", 10),
        pair("nee,nee\n", 15)
    );
    check(&ratings, "kappa --rater a --rater b", &[("kappa", 0.4)]);
    check(
        "p,j,n,t\noud,2023,10,50\noud,2024,10,50\nnieuw,2024,10,80\n",
        "price-volume-mix --unit p --period j --count n --price t",
        &[("volume", 500.0), ("mix", 300.0), ("price", 0.0)],
    );
    check(
        "w;j;a;b\nx;1;2,0;5\nx;2;3,0;7\n",
        "kitagawa --unit w --period j --covariate a --covariate b",
        &[("effect_a", 6.0), ("effect_b", 5.0)],
    );
    check(
        "t,n,o\nA,3,100\nB,9,90\n",
        "rate --unit t --count n --exposure o --against A",
        &[("rate_A", 0.03), ("rate_B", 0.1), ("difference_B", 0.07)],
    );
    check(
        "naam,p\na,0.001\nb,0.2\nc,0.012\n",
        "multiple-testing --unit naam --p-value p",
        &[("holm_a", 0.003), ("holm_c", 0.024), ("bh_b", 0.2)],
    );
}

#[test]
fn what_cannot_be_is_refused_with_what_would_help() {
    for (csv, words, expected) in [
        ("m,y\n2020-01,1\n2020-03,2\n", "xmr --outcome y --period m", "ontbreekt er een"),
        ("m,y\n2020-01,1\n2020-01,2\n", "xmr --outcome y --period m", "twee keer"),
        ("m,y\nmei,1\n", "xmr --outcome y --period m", "2017-03"),
        ("u,t,y\na,1,2\n", "sdid --unit u --period t --outcome y", "--treated-unit"),
        ("t,s\n1,1\n", "kaplan-meier --time t --status s --times een", "kies getallen"),
        ("u,n\na,1\n", "funnel --unit u --count n", "--expected"),
        ("a\n1\n", "kappa --rater a", "twee beoordelaars"),
    ] {
        let told = told(csv, words);
        assert_eq!((told.code, told.answer.as_str()), (1, ""), "{words}");
        assert!(told.errors.contains(expected), "{words}: {}", told.errors);
    }
}
