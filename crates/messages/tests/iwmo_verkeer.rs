//! Messages under way: what may leave, what comes in, and how far each came.

mod common;

use std::collections::BTreeSet;

use common::{eigen, lijst};
use domain::Bsn;
use expect_test::expect;
use jiff::civil::date;
use messages::iwmo::{
    bericht::{self, Bericht},
    retour::{Retourkop, Uitslag, retour},
    verkeer::{
        Envelop, Foutbericht, Gebeurtenis, Ontvangst, Soort, Status, Zending, envelop, keur,
        ontvangst,
    },
};

const KEY: &str = "0b7e7d4c-6a3c-4c53-9a44-0d3f4ad2a001";

/// The envelope around a message that may leave.
fn send(bytes: &[u8]) -> Envelop {
    let bericht = keur("uit.xml", bytes, &BTreeSet::new()).expect("a right message");
    envelop(&bericht, bytes, KEY, date(2025, 1, 31).at(9, 30, 0, 0)).expect("an envelope")
}

#[expect(clippy::unwrap_used, reason = "a test helper")]
fn read(name: &str) -> (Bericht, Vec<u8>) {
    let bytes = eigen(&[name]).remove(0).1;
    (bericht::lees(name, &bytes).0.unwrap(), bytes)
}

#[test]
fn a_message_travels_byte_for_byte() {
    let (bericht, bytes) = read("1_toewijzing.xml");
    let envelop = send(&bytes);
    let wire = envelop.schrijf();
    assert_eq!(Envelop::lees("x", &wire).as_ref(), Ok(&envelop));
    assert_eq!(send(&bytes).schrijf(), wire, "the same bytes each time");
    assert_eq!(envelop.soort, Soort::Di01);
    let soap = [b"<s:Envelope xmlns:s=\"urn:s\"><s:Body>", &wire[40..], b"</s:Body></s:Envelope>"];
    for wire in [wire.clone(), soap.concat()] {
        let Ontvangst::Bericht { bericht: again, inhoud, referentienummer } = ontvangst("x", &wire)
        else {
            panic!("a message")
        };
        assert_eq!((*again, inhoud), (bericht.clone(), bytes.clone()));
        assert_eq!(referentienummer.as_deref(), Some(KEY));
    }
    assert!(matches!(ontvangst("x", &bytes), Ontvangst::Bericht { referentienummer: None, .. }));
}

#[test]
fn nothing_leaves_wrong_or_about_somebody_who_is_threatened() {
    let (_, good) = read("1_toewijzing.xml");
    let (_, of_provider) = read("3_start.xml");
    let wrong = String::from_utf8(good.clone()).unwrap().replace("999900031", "999900032");
    let mut found = String::new();
    for (what, bytes, threatened) in [
        ("bedreigd", &good[..], "999900031"),
        ("een ander is bedreigd", &good, "999900055"),
        ("van de aanbieder", &of_provider, "999900055"),
        ("fout BSN", wrong.as_bytes(), "999900055"),
        ("geen bericht", b"<a/>", "999900055"),
    ] {
        let bedreigd: BTreeSet<Bsn> = threatened.parse().into_iter().collect();
        let outcome = match keur("uit.xml", bytes, &bedreigd) {
            Ok(_) => "gaat uit\n".to_owned(),
            Err(problems) => lijst(&problems),
        };
        found.push_str(&format!("{what}: {outcome}"));
    }
    expect![[r#"
        bedreigd: uit.xml: fout ENV02: over deze cliënt mag niets de deur uit: zijn adres is geheim
        een ander is bedreigd: gaat uit
        van de aanbieder: uit.xml: fout ENV02: WMO305 is een bericht van de aanbieder; een gemeente verstuurt het niet
        fout BSN: uit.xml, regel 13, Bsn: fout CS002: Het BSN haalt de elfproef en is geen negen nullen
        geen bericht: uit.xml, regel 1, a: fout XML10: dit is geen iWmo-bericht: het eerste element hoort in de naamruimte http://www.istandaarden.nl/iwmo/3_2/wmo.../schema
    "#]].assert_eq(&found);
}

#[test]
fn a_wrong_form_is_refused_by_the_transport() {
    let (_, good) = read("1_toewijzing.xml");
    let envelop = send(&good);
    let wrong = String::from_utf8(good).unwrap().replace(">414<", ">999<");
    let wrong = Envelop { inhoud: Some(wrong.into_bytes()), ..envelop.clone() };
    let Ontvangst::Ongeldig { problems, weigering } = ontvangst("x", &wrong.schrijf()) else {
        panic!("refused")
    };
    assert_eq!(problems.len(), 1, "{}", lijst(&problems));
    let refusal = Envelop { referentienummer: "r".to_owned(), ..*weigering.unwrap() };
    let Ontvangst::Weigering(about, fout) = ontvangst("x", &refusal.schrijf()) else {
        panic!("a refusal")
    };
    assert_eq!((about, fout.code), (envelop.referentienummer.clone(), "IB014".to_owned()));
    for (from, to) in
        [("Di01<", "Xx99<"), ("xmlBestand>", "iets>"), ("xmlBestand>P", "xmlBestand>*")]
    {
        let broken = String::from_utf8(envelop.schrijf()).unwrap().replace(from, to);
        let Ontvangst::Ongeldig { problems, .. } = ontvangst("x", broken.as_bytes()) else {
            panic!("{from}")
        };
        assert_eq!(problems.iter().map(|it| it.code).collect::<Vec<_>>(), ["ENV01"], "{from}");
    }
}

#[test]
fn each_hop_moves_a_message_on_and_a_late_word_changes_nothing() {
    let (bericht, _) = read("1_toewijzing.xml");
    let fout = || Foutbericht { code: "IB004".to_owned(), omschrijving: String::new() };
    let rejected = || Gebeurtenis::Retour(Uitslag::Afgekeurd(Vec::new()));
    for (events, expected, attempts) in [
        (
            vec![
                (Gebeurtenis::Opnieuw, false),
                (Gebeurtenis::Bevestiging, false),
                (Gebeurtenis::Verstuurd, true),
                (Gebeurtenis::Verstuurd, false),
                (Gebeurtenis::Bevestiging, true),
            ],
            Status::Bevestigd,
            1,
        ),
        (
            vec![
                (Gebeurtenis::Onbereikbaar(fout()), true),
                (Gebeurtenis::Onbereikbaar(fout()), true),
                (Gebeurtenis::Verstuurd, true),
                (Gebeurtenis::Onbereikbaar(fout()), false),
            ],
            Status::Verzonden,
            3,
        ),
        (
            vec![
                (Gebeurtenis::Weigering(fout()), true),
                (Gebeurtenis::Verstuurd, false),
                (Gebeurtenis::Opnieuw, true),
                (Gebeurtenis::Verstuurd, true),
                (Gebeurtenis::Bevestiging, true),
                (Gebeurtenis::Opnieuw, false),
                (rejected(), true),
                (Gebeurtenis::Retour(Uitslag::Aanvaard), false),
            ],
            Status::Afgekeurd,
            2,
        ),
    ] {
        let mut zending = Zending::new("r", &bericht);
        for (event, moves) in events {
            let told = format!("{event:?} on {:?}", zending.status);
            assert_eq!(zending.verwerk(event), moves, "{told}");
            let same = Status::lees(zending.status.naam(), fout());
            assert_eq!(same.as_ref(), Some(&zending.status), "written and read again");
        }
        assert_eq!((zending.status, zending.pogingen), (expected, attempts));
    }
    assert_eq!(Status::lees("weg", fout()), None);
    let kop = Retourkop { identificatie: "R1", dagtekening: date(2025, 1, 31) };
    let back = retour(&bericht, &[], &kop).unwrap();
    let mut zending = Zending::new("r", &bericht);
    assert!(!zending.ontvang_retour(&bericht));
    assert!(zending.ontvang_retour(&back));
    assert_eq!(zending.status, Status::Aanvaard);
}
