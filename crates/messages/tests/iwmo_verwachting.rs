//! What is expected after some messages, and what came back rejected, in words.

#[path = "common/bouw.rs"]
mod bouw;

use bouw::bericht;
use expect_test::{Expect, expect};
use jiff::civil::date;
use messages::iwmo::{bericht as berichten, keten::Keten};

fn keten(namen: &[&str]) -> Keten {
    let mut keten = Keten::new();
    for naam in namen {
        let (read, problems) = berichten::lees(naam, &bericht(naam, &[]));
        assert!(problems.is_empty(), "{naam}: {problems:?}");
        keten.volg(&read.expect("an own message"));
    }
    keten
}

fn check(namen: &[&str], expected: &Expect) {
    let keten = keten(namen);
    let mut text = String::new();
    for it in keten.verwachtingen() {
        let late = if it.is_te_laat(date(2025, 4, 1)) { "te laat" } else { "wacht" };
        text.push_str(&format!("{} {late}: {}\n", it.uiterlijk, it.tekst()));
    }
    for it in keten.afkeuringen() {
        let (soort, id) = (it.bericht.soort, &it.bericht.identificatie);
        let (klasse, code) = (it.klasse, it.code);
        text.push_str(&format!("{soort} {id}, {klasse} {code}: {}. {}\n", it.betekenis, it.advies));
    }
    expected.assert_eq(&text);
}

#[test]
fn an_allocation_waits_for_its_return_and_its_start() {
    check(
        &["301"],
        &expect![[r#"
        2025-03-05 te laat: een retour op WMO301 B301
        2025-03-10 te laat: een start op toewijzing 101 (WMO305)
        2025-03-10 te laat: een start op toewijzing 102 (WMO305)
    "#]],
    );
}

#[test]
fn a_start_waits_for_its_stop_and_a_request_for_its_answer() {
    check(
        &["301", "305", "317"],
        &expect![[r#"
        2025-03-05 te laat: een retour op WMO301 B301
        2025-03-10 te laat: een start op toewijzing 102 (WMO305)
        2025-03-12 te laat: een retour op WMO305 B305
        2025-03-25 te laat: een retour op WMO317 B317
        2025-03-27 te laat: een antwoord op verzoek W1 (WMO301 of WMO319)
        2026-01-08 wacht: een stop op toewijzing 101 (WMO307)
    "#]],
    );
}

#[test]
fn a_rejected_allocation_was_never_sent() {
    check(
        &["301", "302"],
        &expect![[r#"
        WMO301 B301, Header 0001: Het hele bericht is afgekeurd: het klopt in zichzelf niet. Controleer het bericht met `wijkpeil iwmo check`, herstel het en verstuur het opnieuw met een nieuwe identificatie
    "#]],
    );
    assert_eq!(keten(&["301", "302"]).toewijzingen().count(), 0);
    assert_eq!(keten(&["301"]).toewijzingen().count(), 2);
}

#[test]
fn a_rejected_line_never_counts() {
    check(
        &["301", "323", "325a"],
        &expect![[r#"
            2025-03-05 te laat: een retour op WMO301 B301
            2025-03-10 te laat: een start op toewijzing 101 (WMO305)
            2025-03-10 te laat: een start op toewijzing 102 (WMO305)
            WMO323 B323, Prestatie 9321: Er is in deze periode meer gedeclareerd dan er mag. Vergelijk met het maximum per periode op de toewijzing; te weinig toegewezen, dan vraagt de aanbieder een wijziging aan
        "#]],
    );
    let (asked, granted) = (keten(&["301", "323"]), keten(&["301", "323", "325a"]));
    assert_eq!(asked.stand("0296", 101).bedrag, 60_000);
    assert_eq!(granted.stand("0296", 101).bedrag, 0);
    assert_eq!(granted.stand("0296", 102).bedrag, 24_000);
}
