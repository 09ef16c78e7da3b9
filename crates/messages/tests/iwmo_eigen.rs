//! Own made-up messages: what goes in, what does not, and that a second time changes nothing.

mod common;

use common::{Proef, eigen, lijst};
use expect_test::{Expect, expect};
use messages::iwmo;

fn check(names: &[&str], expected_state: &Expect, expected_problems: &Expect) {
    let mut proef = Proef::default();
    let (events, problems) = proef.neem_in(&eigen(names));
    assert!(events > 0);
    expected_state.assert_eq(&proef.overzicht());
    expected_problems.assert_eq(&lijst(&problems));
    let before = proef.overzicht();
    let again = proef.neem_in(&eigen(names)).0;
    let what = if names.iter().any(|it| it.contains("hersteld")) {
        // The start that was taken back comes again, and is refused while the right one runs.
        proef.overzicht()
    } else {
        assert_eq!(again, 0, "a second time changes nothing");
        before.clone()
    };
    assert_eq!(what, before);
}

#[test]
fn an_allocation_gives_provision_and_order() {
    check(
        &["1_toewijzing.xml"],
        &expect![[r#"
        cliënt …0031 geboren Some(1941)
          voorziening 02V01 2024-02-05 t/m 2024-12-29 Loopt
          voorziening 07 2024-02-05 t/m 2024-12-29 Loopt
          voorziening 12V01 vanaf 2024-02-05 Loopt
          toewijzing 501 02V01 3 uur per week 2024-02-05 t/m 2024-12-29 Verstrekt
          toewijzing 502 07 € 4.000,00 2024-02-05 t/m 2024-12-29 Verstrekt
          toewijzing 503 12V01 1 stuk in totaal vanaf 2024-02-05 Verstrekt
        aanbieder 1 AGB 99000001
    "#]],
        &expect![[""]],
    );
}

#[test]
fn a_later_version_shortens_extends_removes_and_adds() {
    check(
        &["2_gewijzigd.xml", "1_toewijzing.xml"],
        &expect![[r#"
        cliënt …0031 geboren Some(1941)
          voorziening 02V01 2024-02-05 t/m 2024-06-02 Beeindigd(Vervangen)
          voorziening 07 2024-02-05 t/m 2025-06-29 Loopt
          voorziening 12V01 vanaf 2024-02-05 Vervallen
          voorziening 02V01 2024-06-03 t/m 2024-12-29 Loopt
          toewijzing 501 02V01 3 uur per week 2024-02-05 t/m 2024-06-02 Gewijzigd(Verkorting)
          toewijzing 502 07 € 6.000,00 2024-02-05 t/m 2025-06-29 Gewijzigd(Verlenging)
          toewijzing 503 12V01 1 stuk in totaal 2024-02-05 t/m 2024-02-05 Verwijderd
          toewijzing 504 02V01 5 uur per week 2024-06-03 t/m 2024-12-29 Verstrekt
        aanbieder 1 AGB 99000001
    "#]],
        &expect![[""]],
    );
}

#[test]
fn delivery_starts_is_corrected_and_stops() {
    check(
        &["1_toewijzing.xml", "3_start.xml", "4_start_hersteld.xml", "5_stop.xml"],
        &expect![[r#"
            cliënt …0031 geboren Some(1941)
              voorziening 02V01 2024-02-05 t/m 2024-12-29 Loopt
              voorziening 07 2024-02-05 t/m 2024-12-29 Loopt
              voorziening 12V01 vanaf 2024-02-05 Loopt
              toewijzing 501 02V01 3 uur per week 2024-02-05 t/m 2024-12-29 Verstrekt
                levering 2024-02-08 t/m 2024-06-02: volgens plan
              toewijzing 502 07 € 4.000,00 2024-02-05 t/m 2024-12-29 Verstrekt
              toewijzing 503 12V01 1 stuk in totaal vanaf 2024-02-05 Verstrekt
            aanbieder 1 AGB 99000001
        "#]],
        &expect![[""]],
    );
}

#[test]
fn a_stop_without_allocation_or_start_is_not_lost() {
    check(
        &["losse_stop.xml"],
        &expect![[r#"
        cliënt …0031 geboren Some(1941)
          voorziening 02V01 vanaf 2024-02-05 Loopt
          toewijzing 901 02V01 open vanaf 2024-02-05 Verstrekt
            levering 2024-02-08 t/m 2024-06-02: verhuizing
        aanbieder 1 AGB 99000001
    "#]],
        &expect![[r#"
        losse_stop.xml, regel 22, StopProduct: let op TOE01: toewijzing 901 was niet bekend en is aangelegd met wat deze melding zegt, zonder omvang
    "#]],
    );
}

#[test]
fn an_allocation_that_comes_after_its_stop_tells_the_rest() {
    let mut proef = Proef::default();
    proef.neem_in(&eigen(&["losse_stop.xml"]));
    let late = String::from_utf8(eigen(&["1_toewijzing.xml"]).remove(0).1).unwrap();
    let late = [("laat.xml".to_owned(), late.replace(">501<", ">901<").into_bytes())];
    let (_, problems) = proef.neem_in(&late);
    expect![[r#"
        cliënt …0031 geboren Some(1941)
          voorziening 02V01 2024-02-05 t/m 2024-12-29 Loopt
          voorziening 07 2024-02-05 t/m 2024-12-29 Loopt
          voorziening 12V01 vanaf 2024-02-05 Loopt
          toewijzing 901 02V01 3 uur per week 2024-02-05 t/m 2024-12-29 Gewijzigd(AdministratieveCorrectie)
            levering 2024-02-08 t/m 2024-06-02: verhuizing
          toewijzing 502 07 € 4.000,00 2024-02-05 t/m 2024-12-29 Verstrekt
          toewijzing 503 12V01 1 stuk in totaal vanaf 2024-02-05 Verstrekt
        aanbieder 1 AGB 99000001
    "#]].assert_eq(&proef.overzicht());
    expect![[""]].assert_eq(&lijst(&problems));
    assert_eq!(proef.neem_in(&late).0, 0);
}

#[test]
fn what_another_client_has_is_not_touched() {
    let other = |name: &str| {
        let text = String::from_utf8(eigen(&[name]).remove(0).1).unwrap();
        (format!("ander_{name}"), text.replace("999900031", "999900055").into_bytes())
    };
    let mut proef = Proef::default();
    proef.neem_in(&eigen(&["1_toewijzing.xml"]));
    let before = proef.overzicht();
    let files = ["1_toewijzing.xml", "3_start.xml", "6_declaratie.xml"].map(other);
    let (events, problems) = proef.neem_in(&files);
    assert_eq!((events, proef.overzicht()), (0, before));
    assert_eq!(problems.len(), 3 + 1 + 3, "{}", lijst(&problems));
}

#[test]
fn bills_go_in_under_known_allocations_and_credits_take_them_back() {
    check(
        &["7_credit.xml", "6_declaratie.xml", "1_toewijzing.xml"],
        &expect![[r#"
            cliënt …0031 geboren Some(1941)
              voorziening 02V01 2024-02-05 t/m 2024-12-29 Loopt
              voorziening 07 2024-02-05 t/m 2024-12-29 Loopt
              voorziening 12V01 vanaf 2024-02-05 Loopt
              toewijzing 501 02V01 3 uur per week 2024-02-05 t/m 2024-12-29 Verstrekt
              toewijzing 502 07 € 4.000,00 2024-02-05 t/m 2024-12-29 Verstrekt
              toewijzing 503 12V01 1 stuk in totaal vanaf 2024-02-05 Verstrekt
              prestatie 501 2024-03-01 t/m 2024-03-31 12 € 720,00
              prestatie 501 2024-03-01 t/m 2024-03-31 12 € -720,00
              prestatie 501 2024-03-01 t/m 2024-03-31 11 € 660,00
            aanbieder 1 AGB 99000001
        "#]],
        &expect![[r#"
            7_credit.xml, regel 44, ProductReferentie: fout CD060: bij een credit hoort het vorige referentienummer, bij een debet niet; deze prestatie gaat niet in
            6_declaratie.xml, regel 32, Prestatie: fout DEC01: toewijzing 888 is niet bekend; de prestatie gaat niet in
            6_declaratie.xml, regel 48, Prestatie: fout DEC02: deze cliënt heeft hier geen dossier; de prestatie gaat niet in
        "#]],
    );
}

#[test]
fn a_wrong_product_does_not_stop_its_neighbours() {
    check(
        &["fout_product.xml"],
        &expect![[r#"
        cliënt …0031 geboren Some(1941)
          voorziening 02V01 2024-02-05 t/m 2024-12-29 Loopt
          toewijzing 603 02V01 3 uur per week 2024-02-05 t/m 2024-12-29 Verstrekt
        aanbieder 1 AGB 99000001
    "#]],
        &expect![[r#"
        fout_product.xml, regel 41, Volume: fout XML30: hier hoort een geheel getal van 0 tot en met 99999999, niet "drie"
        fout_product.xml, regel 43, Omvang: fout CD041: bij een productcode hoort een omvang; dit product gaat niet in
        fout_product.xml, regel 66, Einddatum: fout CS003: de einddatum ligt voor de ingangsdatum; dit product gaat niet in
    "#]],
    );
}

#[test]
fn a_wrong_bsn_gives_nothing() {
    let files = eigen(&["fout_bsn.xml"]);
    let (bericht, problems) = iwmo::read(&files[0].0, &files[0].1);
    assert_eq!(bericht, None);
    expect![[r#"
        fout_bsn.xml, regel 13, Bsn: fout CS002: dit BSN voldoet niet aan de elfproef; van deze cliënt gaat niets in
    "#]].assert_eq(&lijst(&problems));
}

#[test]
fn what_a_provider_says_fills_in_but_does_not_replace() {
    let files = eigen(&["1_toewijzing.xml", "3_start.xml"]);
    let persoon = |at: usize| {
        let (bericht, _) = iwmo::read(&files[at].0, &files[at].1);
        let persoon = bericht.unwrap().client().unwrap().persoon();
        iwmo::Gevonden { client: domain::ClientId(1), persoon, leidend: at == 0 }
    };
    let mut by_provider = persoon(1);
    "Anders".clone_into(&mut by_provider.persoon.achternaam);
    let known = persoon(0).persoon;
    assert_eq!(known.naam(), "Fenna van der Iep");
    assert_eq!(known.straat_en_nummer, "Lindelaan 7b");
    assert_eq!(iwmo::samen(Some(&known), &by_provider), known);
    let later = iwmo::samen(Some(&by_provider.persoon), &persoon(0));
    assert_eq!(later, known);
}

/// Each row: what is changed in a good message, and the code, line and element of the problem.
#[test]
fn each_departure_from_the_form_is_named_where_it_stands() {
    let good = String::from_utf8(eigen(&["1_toewijzing.xml"]).remove(0).1).unwrap();
    assert_eq!(iwmo::read("x.xml", good.as_bytes()).1, []);
    let mut found = String::new();
    for (from, to) in [
        ("3_2/wmo301", "3_1/wmo301"),
        ("3_2/wmo301", "2_4/wmo301"),
        ("3_2/wmo301", "3_2/wmo315"),
        ("http://www.istandaarden.nl/iwmo/3_2/wmo301/schema", "urn:iets"),
        ("b:Bericht", "b:Berichten"),
        ("<b:BerichtSubversie>2<", "<b:BerichtSubversie>1<"),
        ("<b:Afzender>9999<", "<b:Afzender>999<"),
        ("s:Geslachtsnaam", "b:Geslachtsnaam"),
        ("<s:Voornamen>Fenna<", "<s:Voorletters>F.<"),
        ("b:Geslacht>", "b:Sekse>"),
        ("<b:Geslacht>2<", "<b:Geslacht>v<"),
        ("<b:Bsn>999900031</b:Bsn>", ""),
        ("<b:Ingangsdatum>2024-02-05<", "<b:Ingangsdatum>2024-02-05Z<"),
        ("<b:Einddatum>2024-12-29<", "<b:Einddatum>2024-12-29+01:00<"),
        ("<s:Volume>3<", "<s:Volume>3.5<"),
        ("<b:Bsn>", "<b:Bsn soort=\"x\">"),
        ("<b:Client>", "<b:Client>los"),
        ("<b:Bsn>999900031</b:Bsn>", "<b:Bsn>999900031</b:Bsn><b:Bsn>999900031</b:Bsn>"),
        ("encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\""),
        ("</b:Header>", ""),
    ] {
        let bad = good.replace(from, to);
        let bad = bad.replace("F.</s:Voornamen>", "F.</s:Voorletters>");
        let (bericht, problems) = iwmo::read("x.xml", bad.as_bytes());
        let products = match bericht.map(|it| it.inhoud) {
            Some(iwmo::Inhoud::Wmo301(it)) => it.toegewezen_producten.len().to_string(),
            _ => "niets".to_owned(),
        };
        let first = problems.first().map_or("geen fout".to_owned(), ToString::to_string);
        found.push_str(&format!("{to} -> {products}; {first}\n"));
    }
    expect![[r#"
        3_1/wmo301 -> niets; x.xml, regel 2, Bericht: fout XML11: dit bericht is van release 3.1; Wijkpeil leest iWmo 3.2
        2_4/wmo301 -> niets; x.xml, regel 2, Bericht: fout XML11: dit bericht is van release 2.4; Wijkpeil leest iWmo 3.2
        3_2/wmo315 -> niets; x.xml, regel 4, BerichtCode: fout XML30: hier hoort de code 444, niet "414"
        urn:iets -> niets; x.xml, regel 2, Bericht: fout XML10: dit is geen iWmo-bericht: het eerste element hoort in de naamruimte http://www.istandaarden.nl/iwmo/3_2/wmo.../schema
        b:Berichten -> niets; x.xml, regel 2, Berichten: fout XML10: het eerste element van een bericht heet Bericht
        <b:BerichtSubversie>1< -> niets; x.xml, regel 6, BerichtSubversie: fout XML30: hier hoort de code 2, niet "1"
        <b:Afzender>999< -> niets; x.xml, regel 7, Afzender: fout XML30: hier hoort een nummer van precies 4 cijfers (de gemeente)
        b:Geslachtsnaam -> 3; x.xml, regel 17, Geslachtsnaam: fout XML21: Geslachtsnaam ligt in een andere naamruimte dan hoort
        <s:Voorletters>F.< -> 3; x.xml, regel 18, Voorletters: fout XML30: hier hoort 1 tot en met 6 letters, zonder punten
        b:Sekse> -> 3; x.xml, regel 15, Sekse: fout XML20: Sekse hoort niet in Client
        <b:Geslacht>v< -> 3; x.xml, regel 15, Geslacht: fout XML30: hier hoort een van de codes 0, 1, 2, niet "v"
         -> niets; x.xml, regel 12, Bsn: fout XML22: Bsn ontbreekt in Client
        <b:Ingangsdatum>2024-02-05Z< -> 0; x.xml, regel 39, Ingangsdatum: fout XML30: hier hoort een datum als 2025-01-31, zonder tijdzone
        <b:Einddatum>2024-12-29+01:00< -> 1; x.xml, regel 40, Einddatum: fout XML30: hier hoort een datum als 2025-01-31, zonder tijdzone
        <s:Volume>3.5< -> 2; x.xml, regel 41, Volume: fout XML30: hier hoort een geheel getal van 0 tot en met 99999999, niet "3.5"
        <b:Bsn soort="x"> -> 3; x.xml, regel 13, Bsn: fout XML26: de standaard heeft hier geen attributen; dit wordt niet gelezen
        <b:Client>los -> 3; x.xml, regel 12, Client: fout XML25: in Client horen elementen, geen losse tekst
        <b:Bsn>999900031</b:Bsn><b:Bsn>999900031</b:Bsn> -> 3; x.xml, regel 13, Bsn: fout XML23: Bsn mag maar een keer in Client
        encoding="ISO-8859-1" -> niets; x.xml, regel 1: fout XML02: de eerste regel noemt een andere tekenset; een bericht is UTF-8 (OP192)
         -> niets; x.xml, regel 12, Client: fout XML20: Client hoort niet in Header
    "#]].assert_eq(&found);
}
