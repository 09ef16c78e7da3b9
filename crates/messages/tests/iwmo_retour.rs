//! What goes back for a message, and what a return that comes back says.

mod common;

use common::{bestanden, gedeeld, xmllint};
use expect_test::expect;
use jiff::civil::date;
use messages::{
    Ernst,
    iwmo::{
        bericht::{self, Bericht, Regel},
        regel::{Bevinding, Plek, regels},
        retour::{Retourkop, Uitslag, retour, uitslag},
    },
};

const KOP: Retourkop<'_> = Retourkop { identificatie: "R1", dagtekening: date(2026, 1, 5) };

/// A finding of the first rule with this level, at a class.
fn bevinding(niveau: u8, plek: Plek, ernst: Ernst) -> Bevinding {
    let own = |it: &&messages::iwmo::regel::Controleregel| {
        it.niveau == Some(niveau) && it.retourcode.is_some()
    };
    let regel = regels().iter().find(own).expect("a rule of each level");
    let (code, element) = (regel.code, "Bsn");
    Bevinding { code, plek, regel: Regel::default(), element, tekst: String::new(), ernst }
}

fn plek(bericht: &Bericht) -> Plek {
    match bericht {
        Bericht::Wmo317(_) => Plek::TeWijzigen(0),
        Bericht::Wmo319(_) => Plek::Antwoord,
        Bericht::Wmo323(_) => Plek::Prestatie { client: 0, prestatie: 0 },
        _ => Plek::Product(0),
    }
}

#[test]
fn every_return_has_the_form_of_its_schema_and_says_what_was_found() {
    let Some(folder) = gedeeld("iwmo/berichten") else { return };
    let mut written = Vec::new();
    for (name, bytes) in bestanden(&folder, |it| it.ends_with(".xml")) {
        let (first, _) = bericht::lees(&name, &bytes);
        let first = first.unwrap();
        let on_class = plek(&first);
        for (case, found, accepted, with_body) in [
            ("goed", Vec::new(), true, false),
            ("let op", vec![bevinding(2, on_class, Ernst::Waarschuwing)], true, false),
            ("techniek", vec![bevinding(2, on_class, Ernst::Fout)], false, false),
            ("kop", vec![bevinding(4, Plek::Kop, Ernst::Fout)], false, false),
            ("klasse", vec![bevinding(3, on_class, Ernst::Fout)], false, true),
            ("client", vec![bevinding(3, Plek::Client(0), Ernst::Fout)], false, true),
        ] {
            let back = retour(&first, &found, &KOP).unwrap();
            assert_eq!(back.soort().heen(), Some(first.soort()));
            let is_accepted = uitslag(&back) == Some(Uitslag::Aanvaard);
            assert_eq!(is_accepted, accepted, "{name} {case}");
            let bytes = back.schrijf();
            let text = String::from_utf8_lossy(&bytes);
            let body = text.contains(":Client>") || text.contains(":Antwoord>");
            assert_eq!(body, with_body, "{name} {case}: {text}");
            assert_eq!(bericht::lees("x", &bytes), (Some(back), vec![]), "{name} {case}");
            written.push((format!("{case}_{name}"), bytes));
        }
        assert_eq!(uitslag(&first), None);
    }
    assert_eq!(written.len(), 7 * 6);
    for (name, valid) in xmllint(&written).unwrap_or_default() {
        assert!(valid, "{name} does not validate");
    }
}

#[test]
fn what_was_not_judged_and_what_is_right_keep_their_own_codes() {
    let Some(folder) = gedeeld("iwmo/berichten") else { return };
    let bytes = std::fs::read(folder.join("WMO317.xml")).unwrap();
    let (first, _) = bericht::lees("x", &bytes);
    let first = first.unwrap();
    let mut found = String::new();
    for plek in [Plek::TeWijzigen(0), Plek::Client(0)] {
        let back = retour(&first, &[bevinding(3, plek, Ernst::Fout)], &KOP).unwrap();
        let Bericht::Wmo318(back) = back else { panic!("a 318") };
        let client = back.client.unwrap();
        let verzoek = &client.verzoek;
        found.push_str(&format!(
            "{plek:?}: kop {:?} client {:?} verzoek {:?} te wijzigen {:?} nieuw {:?}\n",
            back.header.retour_codes,
            client.retour_codes,
            verzoek.retour_codes,
            verzoek.te_wijzigen_producten[0].retour_codes,
            verzoek.nieuwe_producten[0].retour_codes,
        ));
    }
    expect![[r#"
        TeWijzigen(0): kop ["0200"] client ["0200"] verzoek ["0200"] te wijzigen ["9019"] nieuw ["0200"]
        Client(0): kop ["0200"] client ["9019"] verzoek ["0233"] te wijzigen ["0233"] nieuw ["0233"]
    "#]].assert_eq(&found);
}

#[test]
fn a_bill_is_answered_per_line_and_the_sums_agree() {
    let Some(folder) = gedeeld("iwmo/berichten") else { return };
    let (bill, _) = bericht::lees("x", &std::fs::read(folder.join("WMO323.xml")).unwrap());
    let bill = bill.unwrap();
    let line = Plek::Prestatie { client: 0, prestatie: 0 };
    for (file, found) in [
        ("P_WMO325_volledig_toegekend.xml", Vec::new()),
        ("P_WMO325_deels_afgewezen.xml", vec![rule_9321(line)]),
        ("P_WMO325_technisch_afgekeurd.xml", vec![bevinding(2, line, Ernst::Fout)]),
    ] {
        let bytes = std::fs::read(folder.join("positief").join(file)).unwrap();
        let (Some(Bericht::Wmo325(expected)), _) = bericht::lees(file, &bytes) else {
            panic!("{file}")
        };
        let Some(Bericht::Wmo325(made)) = retour(&bill, &found, &KOP) else { panic!("{file}") };
        assert_eq!(made.declaratie_antwoord, expected.declaratie_antwoord, "{file}");
        assert_eq!(made.header.retour_codes, expected.header.retour_codes, "{file}");
        let identificatie = &expected.header.declaratie_identificatie;
        assert_eq!(&made.header.declaratie_identificatie, identificatie, "{file}");
    }
}

fn rule_9321(plek: Plek) -> Bevinding {
    let regel = regels().iter().find(|it| it.retourcode == Some("9321")).expect("9321");
    Bevinding { code: regel.code, ..bevinding(3, plek, Ernst::Fout) }
}
