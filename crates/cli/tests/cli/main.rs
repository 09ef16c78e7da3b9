//! The binary as a user meets it: words in, answers and exit codes out.

mod berichten;
mod estimate;
mod estimate_did;
mod estimate_groepen;
mod estimate_referenties;
mod gereedschap;
mod iwmo;
mod kantoor;
mod samenstellen;
mod schatten;
mod verkeer;
mod versturen;

use expect_test::expect;
use gereedschap::{Gemeente, check, wijkpeil};

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn wrong_words_get_a_dutch_answer() {
    for (words, expected) in [
        (
            "mand",
            expect![[r#"
            Fout: `mand` is geen bekende opdracht; bedoelt u maand?
            Meer uitleg: wijkpeil --help
        "#]],
        ),
        (
            "maand",
            expect![[r#"
            Fout: er ontbreekt iets: --maand <MAAND>
            Meer uitleg: wijkpeil --help
        "#]],
        ),
        (
            "maand --maand 2017-13",
            expect![[r#"
            Fout: `2017-13` past niet bij --maand <MAAND>: een maand ziet eruit als 2017-12
            Meer uitleg: wijkpeil --help
        "#]],
        ),
        (
            "maand --maand",
            expect![[r#"
            Fout: bij --maand <MAAND> hoort een waarde
            Meer uitleg: wijkpeil --help
        "#]],
        ),
        (
            "maand --maand 2017-12 --format pdf",
            expect![[r#"
            Fout: `pdf` past niet bij --format <VORM>; kies uit text, csv, xlsx, json
            Meer uitleg: wijkpeil --help
        "#]],
        ),
        (
            "serve --prot 8081",
            expect![[r#"
            Fout: `--prot` is geen bekende optie; bedoelt u --port?
            Meer uitleg: wijkpeil --help
        "#]],
        ),
        (
            "serve --port 99999",
            expect![[r#"
            Fout: `99999` past niet bij --port <POORT>: kies een getal van 0 tot en met 65535
            Meer uitleg: wijkpeil --help
        "#]],
        ),
        (
            "demo --inwoners 12",
            expect![[r#"
            Fout: `12` past niet bij --inwoners <AANTAL>: kies een getal van 1000 tot en met 1000000
            Meer uitleg: wijkpeil --help
        "#]],
        ),
        (
            "demo --until morgen",
            expect![[r#"
            Fout: `morgen` past niet bij --until <DATUM>: een dag ziet eruit als 2017-12-31
            Meer uitleg: wijkpeil --help
        "#]],
        ),
    ] {
        let told = wijkpeil(None, words);
        assert_eq!(told.code, 2, "{words}");
        expected.assert_eq(&told.errors);
    }
}

#[test]
fn help_is_dutch_and_names_every_command() {
    let told = wijkpeil(None, "--help");
    assert_eq!(told.code, 0);
    for word in
        ["Gebruik:", "Opdrachten:", "Opties:", "maand", "toets", "import", "verify", "restore"]
    {
        assert!(told.answer.contains(word), "{word} in\n{}", told.answer);
    }
    for word in ["Usage", "Options", "Commands", "Print help"] {
        assert!(!told.answer.contains(word), "{word} in\n{}", told.answer);
    }
    for command in
        ["serve", "demo", "import", "maand", "toets", "estimate", "export", "verify", "backup"]
    {
        let told = wijkpeil(None, &format!("{command} --help"));
        assert_eq!(told.code, 0, "{command}");
        assert!(
            !told.answer.contains("Usage") && !told.answer.contains("[default"),
            "{command}:\n{}",
            told.answer
        );
    }
}

#[test]
fn without_data_there_is_nothing_to_tell() {
    let folder = tempfile::tempdir().unwrap();
    for words in ["maand --maand 2017-12", "toets", "verify", "export uit", "backup kopie"] {
        let told = wijkpeil(Some(folder.path()), words);
        assert_eq!(told.code, 1, "{words}");
        assert!(told.errors.contains("nog geen gegevens"), "{words}: {}", told.errors);
    }
}

#[test]
fn a_taken_port_is_told_before_anything_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let told = wijkpeil(Some(folder.path()), &format!("--port {port}"));
    assert_eq!(told.code, 1);
    assert!(told.errors.contains(&format!("poort {port} is al in gebruik")), "{}", told.errors);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was made");
}

#[test]
fn the_figures_of_a_month_come_in_four_forms() {
    let gemeente = Gemeente::new("demo --inwoners 4000 --until 2018-01-31 --seed 7");
    let text = gemeente.ask("maand --maand 2017-12");
    assert!(text.contains("ZIN") && text.contains("Prognose"), "{text}");
    let json = gemeente.json("maand --maand 2017-12 --indicator clienten --per team --format json");
    let rows = json.as_array().expect("a list");
    assert!(rows.len() > 1);
    for row in rows {
        for key in ["indicator", "versie", "maand", "uitsplitsing", "waarde", "n", "peildatum"] {
            assert!(row.get(key).is_some(), "{key} in {row}");
        }
    }
    let csv = gemeente.bytes("maand --maand 2017-12 --indicator clienten --format csv");
    assert!(csv.starts_with("\u{feff}".as_bytes()) && csv.ends_with(b"\r\n"));
    let xlsx = gemeente.bytes("maand --maand 2017-12 --format xlsx");
    assert!(xlsx.starts_with(b"PK"), "a workbook");
    check(
        &gemeente,
        &[
            ("maand --maand 2017-12 --indicator klanten", "is geen indicator; kies uit"),
            ("maand --maand 2017-12 --indicator clienten --per kleur", "niet uit te splitsen"),
            ("demo", "er staan al gegevens"),
        ],
    );
}

#[test]
fn a_figure_as_known_on_an_earlier_day_stays_what_it_was() {
    let gemeente = Gemeente::new("demo --inwoners 4000 --until 2018-03-31 --seed 7");
    let words = "maand --maand 2017-12 --indicator clienten --format json";
    let then = gemeente.json(&format!("{words} --peildatum 2018-01-02"));
    let later = gemeente.json(&format!("{words} --peildatum 2018-03-31"));
    assert_eq!(then[0]["peildatum"], "2018-01-02");
    assert!(then[0]["waarde"].is_u64() && later[0]["waarde"].is_u64());
    assert_eq!(then, gemeente.json(&format!("{words} --peildatum 2018-01-02")));
    let before = gemeente.json(&format!("{words} --peildatum 2014-12-31"));
    assert_eq!(before[0]["waarde"], 0, "nothing was known then");
}

#[test]
fn a_copy_put_back_tells_the_same() {
    let gemeente = Gemeente::new("demo --inwoners 3000 --until 2016-06-30 --seed 3");
    let figures = "maand --maand 2016-05 --indicator clienten --per product --format json --peildatum 2016-06-30";
    let before = gemeente.ask(figures);
    let verified = gemeente.ask("verify");
    assert!(verified.contains("Het logboek is heel"), "{verified}");
    let stand = verified.lines().find_map(|it| it.strip_prefix("Stand: ")).expect("a head");

    let copy = gemeente.folder.path().join("kopie.wijkpeil");
    gemeente.ask(&format!("backup {}", copy.display()));
    let other = tempfile::tempdir().unwrap();
    std::fs::copy(gemeente.data().join("sleutel"), other.path().join("sleutel")).unwrap();
    let told = wijkpeil(Some(other.path()), &format!("restore {}", copy.display()));
    assert_eq!(told.code, 0, "{}", told.errors);
    assert_eq!(wijkpeil(Some(other.path()), figures).answer, before);
    assert_eq!(wijkpeil(Some(other.path()), &format!("verify --stand {stand}")).code, 0);
    let again = wijkpeil(Some(other.path()), &format!("restore {}", copy.display()));
    assert_eq!(again.code, 1, "only into an empty place");
    assert_eq!(wijkpeil(Some(other.path()), "verify --stand 1:00").code, 1);
}

#[test]
fn an_export_read_back_gives_the_same_figures_and_twice_changes_nothing() {
    let gemeente = Gemeente::new("demo --inwoners 3000 --until 2017-06-30 --seed 6");
    let out = gemeente.folder.path().join("uit");
    let told = gemeente.ask(&format!("export {} --met-personen", out.display()));
    assert!(!told.contains("afgeschermd"), "everybody is in it: {told}");
    let other = tempfile::tempdir().unwrap();
    let into = |words: &str| wijkpeil(Some(other.path()), words);
    let dry = into(&format!("import {} --dry-run", out.display()));
    assert!(dry.answer.contains("er is niets veranderd"), "{}{}", dry.answer, dry.errors);
    let told = into(&format!("import {}", out.display()));
    assert_eq!(told.code, 0, "{}{}", told.answer, told.errors);
    for indicator in ["clienten", "voorzieningen", "toewijzingen", "meldingen", "verplichting"] {
        for per in ["team", "product", "leveringsvorm"] {
            let words = format!(
                "maand --maand 2017-03 --indicator {indicator} --format json --peildatum 2099-01-01"
            );
            let words = match indicator {
                "meldingen" => words,
                _ => format!("{words} --per {per}"),
            };
            assert_eq!(into(&words).answer, gemeente.ask(&words), "{indicator} per {per}");
        }
    }
    let again = into(&format!("import {}", out.display()));
    assert_eq!(again.code, 0, "{}{}", again.answer, again.errors);
    assert!(again.answer.contains("Er is niets nieuws"), "{}", again.answer);
    let refused = wijkpeil(Some(&gemeente.data()), &format!("export {}", out.display()));
    assert!(refused.errors.contains("is niet leeg"), "{}", refused.errors);
}

#[test]
fn a_person_is_erased_only_when_confirmed_and_the_log_stays_whole() {
    let gemeente = Gemeente::new("demo --inwoners 2000 --until 2015-06-30 --seed 2");
    let asked = wijkpeil(Some(&gemeente.data()), "erase 2015-00001");
    assert_eq!(asked.code, 1);
    assert!(asked.answer.contains("nog niets gebeurd"), "{}", asked.answer);
    check(&gemeente, &[("erase 2099-00001", "zaak 2099-00001 is er niet")]);
    let figures = "maand --maand 2015-05 --indicator meldingen --format json";
    let before = gemeente.ask(figures);
    assert!(gemeente.ask("erase 2015-00001 --confirm").contains("gewist"));
    assert!(gemeente.ask("verify").contains("heel"));
    assert_eq!(gemeente.ask(figures), before);
}

#[test]
fn half_a_municipality_is_not_taken_for_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut making = gereedschap::start(folder.path(), "demo --inwoners 200000");
    let log = folder.path().join("wijkpeil.db");
    while !log.exists() {
        assert!(making.try_wait().unwrap().is_none(), "it ended before it began");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    std::thread::sleep(std::time::Duration::from_millis(500));
    making.kill().unwrap();
    making.wait().unwrap();
    for words in ["demo", "maand --maand 2017-12", "verify"] {
        let told = wijkpeil(Some(folder.path()), words);
        assert_eq!(told.code, 1, "{words}");
        assert!(told.errors.contains("is afgebroken"), "{words}: {}", told.errors);
    }
}
