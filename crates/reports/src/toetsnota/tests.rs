//! A made-up outcome as a note, and a refusal as a note.

use evaluation::{
    CPB, Groei, Growth, Jaarstroom, Maatstaf, Meting, Samenstelling, Vergelijking, Waarschuwing,
    Weigering,
};
use expect_test::expect;
use indicators::Status;
use jiff::civil::date;

use super::*;
use crate::{html, json, text, voorbeeld::maand};

fn groei(naam: &'static str, eerste: u64, laatste: u64) -> Groei {
    let point = |month: &str, aantal| Meting { maand: maand(month), aantal, per_duizend: None };
    Groei {
        naam,
        eerste: point("2015-01", eerste),
        laatste: point("2017-12", laatste),
        groei: Some(Growth { estimate: 0.438, low: 0.254, high: 0.65 }),
        groei_per_duizend: None,
        reikwijdte: vec!["stand".to_owned(), "personen".to_owned()],
    }
}

fn toets_met(oordelen: [Oordeel; 4]) -> Toets {
    let vergelijkingen = CPB.iter().zip(oordelen).map(|(groep, oordeel)| Vergelijking {
        groep: *groep,
        meest_gelijkend: groep.aanbieders_in_team == Some(true),
        maatstaven: vec![Maatstaf {
            naam: "verschil in groei",
            waarde: 0.438 - groep.groei,
            eenheid: "procentpunt",
        }],
        oordeel,
        toelichting: "Uitleg.".to_owned(),
    });
    Toets {
        van: maand("2015-01"),
        tot: maand("2017-12"),
        peildatum: date(2018, 1, 15),
        status: Status::Voorlopig,
        reikwijdte: vec!["cliënten: personen".to_owned()],
        uitslag: Ok(Uitslag {
            clienten: groei("cliënten ondersteuning thuis", 349, 502),
            zonder_dagbesteding: None,
            indicaties: groei("voorzieningen ondersteuning thuis", 401, 572),
            toekenningen: vec![Jaarstroom { jaar: 2016, aantal: 210 }],
            samenstelling: Samenstelling { leden: 14, verbonden_aan_aanbieder: 3 },
            vergelijkingen: vergelijkingen.collect(),
            samenvatting: "Het groeide.".to_owned(),
        }),
        waarschuwingen: vec![Waarschuwing {
            titel: "De 14 % is een effect",
            tekst: "Geen groei.".to_owned(),
        }],
        niet_te_zeggen: vec!["Of het team de oorzaak is.".to_owned()],
        breuken: vec![(date(2015, 1, 1), "overgang uit de AWBZ")],
    }
}

#[test]
fn the_message_says_no_more_than_was_found() {
    use Oordeel::{NietTeZeggen, PastBij, PastNietBij};
    for (oordelen, expected) in [
        (
            [PastNietBij, PastBij, PastBij, PastNietBij],
            "dat past bij gemeenten met wijkteams (alle) en bij gemeenten met wijkteams zonder zorgaanbieders",
        ),
        ([PastBij; 4], "dat past bij alle groepen van het CPB"),
        ([PastNietBij; 4], "dat past bij geen van de groepen van het CPB"),
        ([NietTeZeggen; 4], "een oordeel is niet te geven"),
    ] {
        let titel = toetsnota(&toets_met(oordelen)).titel;
        let start = "Van 349 naar 502 cliënten met ondersteuning thuis (+43,8 %); ";
        assert_eq!(titel, format!("{start}{expected}"));
    }
}

#[test]
fn the_note_follows_the_order_that_a_council_knows() {
    let note = toetsnota(&toets_met([Oordeel::PastBij; 4]));
    let headings: Vec<&str> = note
        .blokken
        .iter()
        .filter_map(|block| if let Blok::Kop(text) = block { Some(text.as_str()) } else { None })
        .collect();
    expect![[r#"
        Onderwerp
        Aanleiding
        Gewenst resultaat
        Vraagstelling van de motie
        Hoofdconclusie van het rapport
        Zijn de bevindingen van toepassing op onze situatie?
        Vergelijking met de situatie nu
        Is het zinvol de aanbevelingen over te nemen?
        Blijvend informeren
        Geheimhouding
        Bijlagen"#]]
    .assert_eq(&headings.join("\n"));
    for shown in [text::report(&note), json::report(&note), html::document(&note)] {
        for needed in ["In te vullen door de gemeente", "effect", "Van Eijkel"] {
            let lower = shown.to_lowercase().replace('_', " ");
            assert!(lower.contains(&needed.to_lowercase()), "{needed}");
        }
    }
}

#[test]
fn own_growth_stands_beside_each_published_growth() {
    let note = text::report(&toetsnota(&toets_met([Oordeel::PastBij; 4])));
    let note = note.split_whitespace().collect::<Vec<&str>>().join(" ");
    for needed in ["+26 %", "+38 %", "+29 %", "+59 %", "+17,8 procentpunt", "14 mensen", "210"] {
        assert!(note.contains(needed), "{needed} not in {note}");
    }
}

#[test]
fn a_refusal_says_what_would_be_needed() {
    let mut toets = toets_met([Oordeel::NietTeZeggen; 4]);
    toets.uitslag =
        Err(Weigering { reden: "Geen cliënten.".to_owned(), nodig: "Lees in.".to_owned() });
    let note = text::report(&toetsnota(&toets));
    assert!(note.contains("! Geen cliënten.\n  Lees in."), "{note}");
    assert!(note.contains("is met deze cijfers niet te zeggen"));
}

#[test]
fn the_comparison_alone_asks_nothing_of_the_municipality() {
    let toets = toets_met([Oordeel::PastBij; 4]);
    let shown = text::report(&toetsrapport(&toets));
    assert!(!shown.to_lowercase().contains("in te vullen") && shown.contains("+59 %"));
    assert!(shown.contains("Cliënten met ondersteuning thuis, januari 2015"), "{shown}");
}

#[test]
fn the_comparison_is_read_by_another_parser() {
    let mut toets = toets_met([Oordeel::PastBij; 4]);
    let value: serde_json::Value = serde_json::from_str(&json::toets(&toets)).expect("JSON");
    assert_eq!(value["uitslag"]["clienten"]["laatste"]["aantal"], 502);
    assert_eq!(value["uitslag"]["vergelijkingen"][3]["groei"], 0.59);
    assert_eq!(value["uitslag"]["vergelijkingen"][3]["oordeel"], "past bij");
    assert_eq!(value["weigering"], serde_json::Value::Null);
    toets.uitslag =
        Err(Weigering { reden: "Geen cliënten.".to_owned(), nodig: "Lees in.".to_owned() });
    let value: serde_json::Value = serde_json::from_str(&json::toets(&toets)).expect("JSON");
    assert_eq!(value["weigering"]["nodig"], "Lees in.");
}
