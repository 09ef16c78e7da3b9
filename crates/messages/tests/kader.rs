//! The framework as a file: what is written reads back, and every fault names line and key.

use domain::{
    VraagId,
    kader::{Conclusie, Stapsoort},
};
use messages::kader::{lees, schrijf};

fn example() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/wijkerveen/kader.toml");
    std::fs::read_to_string(path).expect("the framework of the example")
}

#[test]
fn the_example_may_go_into_force_and_reads_as_it_is_written() {
    let kader = lees("kader.toml", &example()).unwrap();
    assert_eq!(kader.gebreken(), Vec::<String>::new());
    assert!(kader.voorbeelden.len() >= 8);
    assert!(kader.vragen().any(|(_, it)| it.afweging));
    let steps: Vec<Stapsoort> = kader.stappen.iter().map(|it| it.soort).collect();
    assert_eq!(steps, Stapsoort::ALLE);
    let written = schrijf(&kader);
    assert_eq!(lees("kader.toml", &written), Ok(kader.clone()));
    assert_eq!(lees("kader.toml", &written.replace('\n', "\r\n")), Ok(kader));
}

/// What the made-up municipality works by can be read, compared and brought in from this file.
#[test]
fn the_example_is_the_framework_of_the_made_up_municipality() {
    assert_eq!(lees("kader.toml", &example()), Ok(simulation::beoordelingskader()));
}

#[test]
fn what_stands_in_a_text_survives() {
    let mut kader = lees("kader.toml", &example()).unwrap();
    for nasty in ["\"aan\" 'halingen'", "twee\nregels", "a\\b # geen noot", "'''", "\"\"\"", "é🏠"]
    {
        kader.stappen[0].vragen[0].toelichting = nasty.to_owned();
        kader.naam = nasty.replace('\n', " ");
        assert_eq!(lees("kader.toml", &schrijf(&kader)), Ok(kader.clone()), "{nasty}");
    }
}

/// A small right framework; each line is its own so that a test can change one.
const GOED: &str = "versie = 2
naam = \"Proef\"
[[stap]]
soort = \"eigen kracht\"
[[stap.vraag]]
nummer = 1
tekst = \"Kan het zelf?\"
artikel = \"art. 2.3.5\"
bij_ja = \"dekt eigen kracht\"
[[stap]]
soort = \"grens Wlz\"
[[stap.vraag]]
nummer = 2
tekst = \"Wlz?\"
artikel = \"art. 2.3.5 lid 6\"
afweging = true
bij_ja = \"grens Wlz\"
[[norm]]
product = \"10A37\"
van = 1
tot = 4
per = \"week\"
bron = \"ervaring\"
[[voorbeeld]]
naam = \"Kan het\"
ja = [1]
nee = [2]
verwacht = \"gedekt eigen kracht\"
";

#[test]
fn every_fault_names_its_line_its_key_and_what_is_expected() {
    let kader = lees("kader.toml", GOED).unwrap();
    assert_eq!(kader.doorloop(&[(VraagId(1), kader.voorbeelden[0].antwoorden[0].1)]).open.len(), 1);
    for (from, to, line, key, expected) in [
        ("versie = 2", "versie = 0", 1, "versie", "heel getal vanaf 1"),
        ("versie = 2", "versie = 70000", 1, "versie", "heel getal vanaf 1"),
        ("versie = 2", "versie = \"2\"", 1, "versie", "heel getal vanaf 1"),
        ("naam = \"Proef\"\n", "", 1, "naam", "hoe het kader heet"),
        ("naam = \"Proef\"", "naam = 3", 2, "naam", "tekst tussen aanhalingstekens"),
        ("naam = \"Proef\"", "naam = \"\"", 1, "naam", "hoe het kader heet"),
        ("naam = \"Proef\"", "naam = ", 2, "TOML", "geen geldige TOML"),
        ("naam = \"Proef\"", "titel = \"Proef\"", 2, "titel", "verwacht: versie, naam, stap"),
        ("soort = \"eigen kracht\"", "soort = \"kracht\"", 4, "soort", "\"eigen kracht\""),
        ("soort = \"grens Wlz\"", "soort = \"hulpvraag\"", 11, "soort", "volgorde van de wet"),
        ("soort = \"grens Wlz\"", "soort = \"eigen kracht\"", 11, "soort", "één keer"),
        ("nummer = 2", "nummer = 1", 13, "nummer", "is er al"),
        ("nummer = 2\n", "", 12, "nummer", "in elke versie"),
        ("tekst = \"Wlz?\"\n", "", 12, "tekst", "de vraag zelf"),
        ("artikel = \"art. 2.3.5\"\n", "", 5, "artikel", "het artikel"),
        ("afweging = true", "afweging = \"ja\"", 16, "afweging", "true of false"),
        ("bij_ja = \"grens Wlz\"", "bij_ja = \"afwijzen\"", 17, "bij_ja", "\"dekt eigen kracht\""),
        ("product = \"10A37\"", "product = \"10A\"", 19, "product", "vijf letters of cijfers"),
        ("van = 1", "van = 9", 20, "van", "niet hoger"),
        ("tot = 4", "tot = 4.5", 21, "tot", "het meest"),
        ("per = \"week\"", "per = \"kwartaal\"", 22, "per", "\"vier weken\""),
        ("bron = \"ervaring\"", "bronnen = \"x\"", 23, "bronnen", "product, van, tot, per, bron"),
        ("ja = [1]", "ja = [1, 7]", 26, "ja", "geen vraag 7"),
        ("nee = [2]", "nee = [2, 1]", 27, "nee", "al een antwoord"),
        ("nee = [2]", "nee = 2", 27, "nee", "een rij met hele getallen"),
        ("gedekt eigen kracht", "nee", 28, "verwacht", "\"maatwerk\""),
        ("[[norm]]", "[norm]", 18, "norm", "twee vierkante haken"),
    ] {
        assert!(GOED.contains(from), "{from}");
        let text = GOED.replacen(from, to, 1);
        let problems = lees("kader.toml", &text).unwrap_err();
        let found = problems.iter().any(|it| {
            it.line == Some(line)
                && it.element.as_deref() == Some(key)
                && it.text.contains(expected)
        });
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(found, "{from} -> {to}:\n{}", told.join("\n"));
    }
}

#[test]
fn all_faults_are_told_at_once_in_the_order_of_the_lines() {
    let text = GOED.replace("versie = 2", "versie = 0").replace("van = 1", "van = -1");
    let problems = lees("kader.toml", &text.replace("per = \"week\"", "")).unwrap_err();
    let lines: Vec<u64> = problems.iter().filter_map(|it| it.line).collect();
    assert_eq!(lines, [1, 18, 20]);
    assert!(lees("leeg.toml", "").unwrap_err().len() >= 3);
}

#[test]
fn an_example_that_comes_out_otherwise_is_read_and_found_by_the_trial() {
    let text = GOED.replace("\"gedekt eigen kracht\"", "\"maatwerk\"");
    let kader = lees("kader.toml", &text).unwrap();
    let [(voorbeeld, found)] = kader.proef()[..] else { panic!("one example is wrong") };
    assert_eq!(voorbeeld.verwacht, Conclusie::Maatwerk);
    assert!(matches!(found, Conclusie::Gedekt(_)));
}

#[test]
fn no_text_makes_it_panic() {
    let text = example();
    for end in (0..text.len()).step_by(97).filter(|it| text.is_char_boundary(*it)) {
        let _ = lees("stuk.toml", &text[..end]);
    }
    for text in [
        "\0",
        "stap = 1",
        "stap = [1]",
        "[[stap]]\nvraag = []",
        "\u{feff}versie = 1",
        "=",
        "[[voorbeeld]]\nja = [[1]]",
    ] {
        assert!(lees("stuk.toml", text).is_err(), "{text}");
    }
}
