//! `wijkpeil iwmo`: checking and explaining, without data.

use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};

use crate::gereedschap::{Told, wijkpeil};

/// An own message with some texts changed, in a folder of its own, checked there.
fn check(changes: &[(&str, &str)], words: &str) -> (Told, PathBuf) {
    let own =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../messages/tests/data/iwmo/1_toewijzing.xml");
    let mut text = std::fs::read_to_string(own).expect("an own message");
    for (from, to) in changes {
        assert!(text.contains(from), "{from} is in the message");
        text = text.replacen(from, to, 1);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("toewijzing.xml");
    std::fs::write(&path, text).expect("a file");
    let told = wijkpeil(None, &format!("iwmo check {} {words}", path.display()));
    (told, path)
}

fn shown((told, path): &(Told, PathBuf), code: i32, expected: &Expect) {
    assert_eq!(told.code, code, "{}{}", told.answer, told.errors);
    expected.assert_eq(&told.answer.replace(&path.display().to_string(), "toewijzing.xml"));
}

#[test]
fn a_right_message_says_so() {
    shown(
        &check(&[], ""),
        0,
        &expect![[r#"
        let op[TR378] (retourcode S300): De gemeentecode staat in de indeling van het CBS; 9999 staat er niet in per 1 januari 2026
          --> toewijzing.xml:7: Afzender
          |
        7 | <b:Afzender>9999</b:Afzender>
          |             ^^^^

        1 bericht: geen fouten en 1 aandachtspunt
    "#]],
    );
}

#[test]
fn a_wrong_message_is_told_as_a_compiler_does() {
    let wrong = [("<s:NaamGebruik>1<", "<s:NaamGebruik>5<")];
    shown(
        &check(&wrong, ""),
        1,
        &expect![[r#"
        let op[TR378] (retourcode S300): De gemeentecode staat in de indeling van het CBS; 9999 staat er niet in per 1 januari 2026
          --> toewijzing.xml:7: Afzender
          |
        7 | <b:Afzender>9999</b:Afzender>
          |             ^^^^

        fout[CS050] (retourcode 0001): Het naamgebruik past bij wel of geen partnernaam: met 1 tot en met 4, zonder alleen 1; er is geen partnernaam en naamgebruik 5
          --> toewijzing.xml:19: NaamGebruik
           |
        19 | <s:NaamGebruik>5</s:NaamGebruik>
           |                ^

        1 bericht: 1 fout en 1 aandachtspunt
    "#]],
    );
    shown(
        &check(&wrong, "--format json"),
        1,
        &expect![[r#"
        [
          {
            "bestand": "toewijzing.xml",
            "regel": 7,
            "element": "Afzender",
            "code": "TR378",
            "retourcode": "S300",
            "niveau": 4,
            "ernst": "let op",
            "tekst": "De gemeentecode staat in de indeling van het CBS; 9999 staat er niet in per 1 januari 2026"
          },
          {
            "bestand": "toewijzing.xml",
            "regel": 19,
            "element": "NaamGebruik",
            "code": "CS050",
            "retourcode": "0001",
            "niveau": 2,
            "ernst": "fout",
            "tekst": "Het naamgebruik past bij wel of geen partnernaam: met 1 tot en met 4, zonder alleen 1; er is geen partnernaam en naamgebruik 5"
          }
        ]
    "#]],
    );
}

#[test]
fn a_code_is_explained() {
    for (code, expected) in [
        (
            "tr302",
            expect![[r#"
            Regel TR302 (niveau 2, retourcode 0001, bericht 301): Een product is op elke dag hooguit een keer toegewezen; hulpmiddelen (11-14) mogen stapelen.
              Bewaakt door controle binnen het bericht.
              Retourcode 0001: Het hele bericht is afgekeurd: het klopt in zichzelf niet.
              Wat te doen: Controleer het bericht met `wijkpeil iwmo check`, herstel het en verstuur het opnieuw met een nieuwe identificatie.
        "#]],
        ),
        (
            "9321",
            expect![[r#"
            WJ001 9321 (Retourcode: waarom een bericht of onderdeel is afgekeurd, RetourCode): Er is in deze periode meer gedeclareerd dan er mag.
              Wat te doen of te weten: Vergelijk met het maximum per periode op de toewijzing; te weinig toegewezen, dan vraagt de aanbieder een wijziging aan.
              Regel TR321: In elke periode is hooguit gedeclareerd wat in die periode mag.
        "#]],
        ),
        (
            "WMO588",
            expect![[r#"
            Codelijst WMO588: Reden van beëindiging (element RedenBeeindiging).
              02  Overlijden
              19  Volgens plan beëindigd
              20  Tijdelijk beëindigd
              21  Eenzijdig beëindigd door de cliënt
              22  Eenzijdig beëindigd door de aanbieder
              23  In overeenstemming voortijdig beëindigd
              31  Verhuizing naar een andere gemeente
              36  Op initiatief van de gemeente
              37  Vanwege een wijzigingsverzoek
              38  Overstap naar andere aanbieder
              39  Uitstroom naar ander domein
        "#]],
        ),
        (
            "XML22",
            expect![[r#"
            XML22 (vorm van het bestand): Een verplicht element ontbreekt; voeg het toe.
        "#]],
        ),
    ] {
        let told = wijkpeil(None, &format!("iwmo explain {code}"));
        assert_eq!(told.code, 0, "{}", told.errors);
        expected.assert_eq(&told.answer);
    }
    let told = wijkpeil(None, "iwmo explain ABC");
    assert_eq!(told.code, 1);
    assert!(told.answer.contains("geen bekende regel"), "{}", told.answer);
}

#[test]
fn what_is_not_there_gets_a_dutch_answer() {
    let told = wijkpeil(None, "iwmo check bestaat-niet.xml");
    assert_eq!(told.code, 1);
    assert!(told.errors.contains("bestaat-niet.xml bestaat niet"), "{}", told.errors);
}
