//! The published messages and their variants give what they say; the wrong ones are listed.

mod common;

use common::{Proef, bestanden, gedeeld, lijst};
use expect_test::expect;
use messages::{Ernst, Problem, iwmo};

fn is_read(name: &str) -> bool {
    ["WMO301", "WMO305", "WMO307", "WMO323"].iter().any(|it| name.contains(it))
        && name.ends_with(".xml")
}

#[test]
fn the_published_examples_give_dossiers_allocations_and_deliveries() {
    let Some(folder) = gedeeld("iwmo/berichten") else { return };
    let files = bestanden(&folder, is_read);
    let mut proef = Proef::default();
    let (_, problems) = proef.neem_in(&files);
    expect![[r#"
        cliënt …0006 geboren Some(1967)
          voorziening 01A01 2023-01-01 t/m 2023-12-31 Loopt
          voorziening 01A11 vanaf 2025-04-01 Loopt
          voorziening 01A12 vanaf 2025-04-01 Loopt
          toewijzing 101 01A01 10 minuten per dag 2023-01-01 t/m 2023-12-31 Verstrekt
          toewijzing 300201 01A11 open vanaf 2025-04-01 Verstrekt
            levering 2025-04-03 t/m 2025-07-18: verhuizing
          toewijzing 300202 01A12 open vanaf 2025-04-01 Verstrekt
            levering loopt sinds 2025-04-04
        aanbieder 1 AGB 42420001
        aanbieder 2 AGB 65656055
    "#]]
    .assert_eq(&proef.overzicht());
    expect![[r#"
        WMO305.xml, regel 33, StartProduct: let op TOE01: toewijzing 300201 was niet bekend en is aangelegd met wat deze melding zegt, zonder omvang
        WMO305.xml, regel 43, StartProduct: let op TOE01: toewijzing 300202 was niet bekend en is aangelegd met wat deze melding zegt, zonder omvang
        WMO307.xml, regel 45, StopProduct: fout WEIGER: de levering loopt al sinds 2025-04-04
        WMO323.xml, regel 33, Prestatie: fout DEC01: toewijzing 20072 is niet bekend; de prestatie gaat niet in
        WMO323.xml, regel 52, Prestatie: fout DEC01: toewijzing 200730 is niet bekend; de prestatie gaat niet in
        WMO323.xml, regel 76, Prestatie: fout DEC02: deze cliënt heeft hier geen dossier; de prestatie gaat niet in
        WMO323.xml, regel 95, Prestatie: fout DEC02: deze cliënt heeft hier geen dossier; de prestatie gaat niet in
    "#]].assert_eq(&lijst(&problems));
    assert_eq!(proef.neem_in(&files).0, 0, "a second time changes nothing");
}

/// Each valid variant of a message on an empty state: what it gives, once and again.
fn variants(kind: &str) -> Option<String> {
    let folder = gedeeld("iwmo/berichten/positief")?;
    let mut found = String::new();
    for file in bestanden(&folder, |it| it.starts_with(&format!("P_{kind}"))) {
        let name = file.0.clone();
        let (bericht, wrong) = iwmo::read(&name, &file.1);
        assert!(bericht.is_some() && wrong.is_empty(), "{name}: {}", lijst(&wrong));
        let mut proef = Proef::default();
        let (_, problems) = proef.neem_in(std::slice::from_ref(&file));
        let heading = name.trim_start_matches("P_").trim_end_matches(".xml");
        found.push_str(&format!("{heading}\n{}{}", proef.overzicht(), lijst(&problems)));
        assert_eq!(proef.neem_in(&[file]).0, 0, "{name} a second time");
    }
    Some(found)
}

#[test]
fn each_valid_allocation_goes_in() {
    let Some(found) = variants("WMO301") else { return };
    expect![[r#"
        WMO301_aspecifiek_met_budget
        cliënt …0006 geboren Some(1967)
          voorziening 07 2025-07-07 t/m 2025-09-07 Loopt
          toewijzing 3004 07 € 12.500,00 2025-07-07 t/m 2025-09-07 Verstrekt
        aanbieder 1 AGB 42420001
        WMO301_generiek_budget
        cliënt …0006 geboren Some(1967)
          voorziening generiek 2025-07-07 t/m 2025-09-07 Loopt
          toewijzing 3005 generiek € 12.500,00 2025-07-07 t/m 2025-09-07 Verstrekt
        aanbieder 1 AGB 42420001
        WMO301_hulpmiddelen_mogen_overlappen
        cliënt …0006 geboren Some(1967)
          voorziening 11X01 vanaf 2025-07-07 Loopt
          voorziening 11X01 vanaf 2025-07-07 Loopt
          toewijzing 3020 11X01 1 stuk in totaal vanaf 2025-07-07 Verstrekt
          toewijzing 3021 11X01 1 stuk in totaal vanaf 2025-07-07 Verstrekt
        aanbieder 1 AGB 42420001
        WMO301_specifiek_uur_per_week
        cliënt …0006 geboren Some(1967)
          voorziening 02A03 2025-07-07 t/m 2025-09-07 Loopt
          toewijzing 3001 02A03 3 uur per week 2025-07-07 t/m 2025-09-07 Verstrekt
        aanbieder 1 AGB 42420001
        WMO301_specifiek_zonder_einddatum_maand
        cliënt …0006 geboren Some(1967)
          voorziening 02A03 vanaf 2025-07-07 Loopt
          toewijzing 3002 02A03 15 uur per maand vanaf 2025-07-07 Verstrekt
        aanbieder 1 AGB 42420001
        WMO301_verwijderd_13
        cliënt …0006 geboren Some(1967)
          voorziening 02A03 2025-07-07 t/m 2025-07-07 Vervallen
          toewijzing 3001 02A03 3 uur per week 2025-07-07 t/m 2025-07-07 Verwijderd
        aanbieder 1 AGB 42420001
        WMO301_volledige_stand_drie_toewijzingen
        cliënt …0006 geboren Some(1967)
          voorziening 02A03 2025-07-07 t/m 2025-08-10 Loopt
          voorziening 02A03 2025-08-11 t/m 2026-02-08 Loopt
          voorziening 07 2025-07-07 t/m 2025-09-07 Loopt
          toewijzing 3001 02A03 3 uur per week 2025-07-07 t/m 2025-08-10 Gewijzigd(Verkorting)
          toewijzing 3010 02A03 5 uur per week 2025-08-11 t/m 2026-02-08 Verstrekt
          toewijzing 3003 07 open 2025-07-07 t/m 2025-09-07 Verstrekt
        aanbieder 1 AGB 42420001
        WMO301_vow_gehonoreerd
        cliënt …0006 geboren Some(1967)
          voorziening 02A03 2025-01-06 t/m 2026-06-30 Loopt
          voorziening 07A03 2025-01-06 t/m 2025-06-22 Loopt
          voorziening 07A03 2025-06-23 t/m 2025-12-28 Loopt
          toewijzing 123001 02A03 4 uur per week 2025-01-06 t/m 2026-06-30 Gewijzigd(DoorAanbieder)
          toewijzing 123002 07A03 3 dagdelen per week 2025-01-06 t/m 2025-06-22 Gewijzigd(DoorAanbieder)
          toewijzing 123078 07A03 6 dagdelen per week 2025-06-23 t/m 2025-12-28 Verstrekt
        aanbieder 1 AGB 42420001
    "#]].assert_eq(&found);
}

#[test]
fn each_valid_report_of_delivery_goes_in() {
    let (Some(starts), Some(stops)) = (variants("WMO305"), variants("WMO307")) else { return };
    let found = starts + &stops;
    expect![[r#"
        WMO305_generiek_zonder_product
        cliënt …0006 geboren Some(1967)
          voorziening generiek vanaf 2025-04-01 Loopt
          toewijzing 300201 generiek open vanaf 2025-04-01 Verstrekt
            levering loopt sinds 2025-04-03
        aanbieder 1 AGB 65656055
        P_WMO305_generiek_zonder_product.xml, regel 33, StartProduct: let op TOE01: toewijzing 300201 was niet bekend en is aangelegd met wat deze melding zegt, zonder omvang
        WMO305_verwijderen
        cliënt …0006 geboren Some(1967)
          voorziening 01A11 vanaf 2025-04-01 Loopt
          toewijzing 300201 01A11 open vanaf 2025-04-01 Verstrekt
            levering loopt sinds 2025-04-04
        aanbieder 1 AGB 65656055
        P_WMO305_verwijderen.xml, regel 33, StartProduct: let op LEV01: de start van de levering vanaf 2025-04-03 is niet bekend of al verwijderd
        P_WMO305_verwijderen.xml, regel 43, StartProduct: let op TOE01: toewijzing 300201 was niet bekend en is aangelegd met wat deze melding zegt, zonder omvang
        WMO307_tijdelijk_en_definitief_zelfde_datum
        cliënt …0006 geboren Some(1967)
          voorziening 01A11 vanaf 2025-04-01 Loopt
          toewijzing 300201 01A11 open vanaf 2025-04-01 Verstrekt
            levering 2025-04-03 t/m 2025-07-18: volgens plan
        aanbieder 1 AGB 65656055
        P_WMO307_tijdelijk_en_definitief_zelfde_datum.xml, regel 33, StopProduct: let op TOE01: toewijzing 300201 was niet bekend en is aangelegd met wat deze melding zegt, zonder omvang
    "#]].assert_eq(&found);
}

#[test]
fn each_valid_bill_asks_for_its_client() {
    let Some(found) = variants("WMO323") else { return };
    expect![[r#"
        WMO323_credit_en_nieuwe_debet
        P_WMO323_credit_en_nieuwe_debet.xml, regel 33, Prestatie: fout DEC02: deze cliënt heeft hier geen dossier; de prestatie gaat niet in
        P_WMO323_credit_en_nieuwe_debet.xml, regel 52, Prestatie: fout DEC02: deze cliënt heeft hier geen dossier; de prestatie gaat niet in
        WMO323_euro_83
        P_WMO323_euro_83.xml, regel 33, Prestatie: fout DEC02: deze cliënt heeft hier geen dossier; de prestatie gaat niet in
    "#]].assert_eq(&found);
}

#[test]
fn a_credit_takes_back_what_was_billed() {
    let Some(folder) = gedeeld("iwmo/berichten") else { return };
    // The bill needs its allocations; the published 301 has other numbers.
    let allocation = std::fs::read_to_string(folder.join("WMO301.xml")).unwrap();
    let allocation = allocation.replace(">101<", ">20072<").replace("42420001", "65656055");
    let bill = std::fs::read(folder.join("WMO323.xml")).unwrap();
    let credit =
        std::fs::read(folder.join("positief/P_WMO323_credit_en_nieuwe_debet.xml")).unwrap();
    let files = [
        ("1".to_owned(), allocation.into_bytes()),
        ("2".to_owned(), bill),
        ("3".to_owned(), credit),
    ];
    let mut proef = Proef::default();
    let (_, problems) = proef.neem_in(&files);
    expect![[r#"
        cliënt …0006 geboren Some(1967)
          voorziening 01A01 2023-01-01 t/m 2023-12-31 Loopt
          toewijzing 20072 01A01 10 minuten per dag 2023-01-01 t/m 2023-12-31 Verstrekt
          prestatie 20072 2023-04-01 t/m 2023-04-30 4 € 50,00
          prestatie 20072 2023-04-01 t/m 2023-04-30 4 € -50,00
          prestatie 20072 2023-04-01 t/m 2023-04-30 3 € 37,50
        aanbieder 1 AGB 65656055
    "#]]
    .assert_eq(&proef.overzicht());
    expect![[r#"
        2, regel 52, Prestatie: fout DEC01: toewijzing 200730 is niet bekend; de prestatie gaat niet in
        2, regel 76, Prestatie: fout DEC02: deze cliënt heeft hier geen dossier; de prestatie gaat niet in
        2, regel 95, Prestatie: fout DEC02: deze cliënt heeft hier geen dossier; de prestatie gaat niet in
    "#]].assert_eq(&lijst(&problems));
    assert_eq!(proef.neem_in(&files).0, 0);
}

#[test]
fn every_breach_of_the_schema_is_listed_with_its_line() {
    let Some(folder) = gedeeld("iwmo/berichten/negatief") else { return };
    let mut found = String::new();
    for (name, bytes) in bestanden(&folder, |it| it.ends_with(".xml")) {
        let (_, problems) = iwmo::read(&name, &bytes);
        let wrong = |it: &&Problem| it.ernst == Ernst::Fout && it.line.is_some();
        if is_read(&name) && name.contains("_XSD") {
            let first = problems.iter().find(wrong);
            assert!(first.is_some(), "{name}: {}", lijst(&problems));
        }
        for problem in problems.iter().filter(|_| is_read(&name)) {
            found.push_str(&format!("{problem}\n"));
        }
    }
    expect![[r#"
        N001_WMO301_CS002.xml, regel 19, Bsn: fout CS002: dit BSN voldoet niet aan de elfproef; van deze cliënt gaat niets in
        N013_WMO301_CD041.xml, regel 164, Omvang: fout CD041: bij een productcode hoort een omvang; dit product gaat niet in
        N014_WMO301_CD080.xml, regel 175, Omvang: fout CD080: zonder productcode hoort er geen omvang; dit product gaat niet in
        N016_WMO301_CS338.xml, regel 175, Omvang: fout CS338: deze eenheid kan niet per dag worden toegewezen; dit product gaat niet in
        N017_WMO301_CS336.xml, regel 175, RedenWijziging: fout CS336: reden 01 is vervallen; gebruik 13 of 14; dit product gaat niet in
        N025_WMO301_XSD.xml, regel 6, BerichtSubversie: fout XML30: hier hoort de code 2, niet "1"
        N026_WMO301_XSD.xml, regel 7, Afzender: fout XML30: hier hoort een nummer van precies 4 cijfers (de gemeente)
        N028_WMO301_XSD.xml, regel 176, Volume: fout XML30: hier hoort een geheel getal van 0 tot en met 99999999, niet "10.5"
        N029_WMO301_XSD.xml, regel 11, Dagtekening: fout XML30: hier hoort een datum als 2025-01-31, zonder tijdzone
        N031_WMO301_XSD.xml, regel 183, Client: fout XML23: Client mag maar een keer in Bericht
        N032_WMO301_XSD.xml, regel 34, Voorletters: fout XML30: hier hoort 1 tot en met 6 letters, zonder punten
        N034_WMO301_CS335.xml, regel 175, RedenWijziging: fout CS335: bij reden 13 is de einddatum gelijk aan de ingangsdatum; dit product gaat niet in
        N035_WMO305_CS002.xml, regel 19, Bsn: fout CS002: dit BSN voldoet niet aan de elfproef; van deze cliënt gaat niets in
        N037_WMO305_CS058.xml, regel 41, StatusAanlevering: fout CS058: de status is 1 (nieuw) of 3 (verwijderen); deze melding gaat niet in
        N041_WMO307_TR018.xml, regel 42, Einddatum: fout TR018: de stop ligt voor de start; deze melding gaat niet in
        N043_WMO307_XSD.xml, regel 41, RedenBeeindiging: fout XML30: hier hoort een van de codes 02, 19, 20, 21, 22, 23, 31, 36, 37, 38, 39, niet "32"
        N044_WMO307_CS058.xml, regel 43, StatusAanlevering: fout CS058: de status is 1 (nieuw) of 3 (verwijderen); deze melding gaat niet in
        N070_WMO323_CD060.xml, regel 34, ProductReferentie: fout CD060: bij een credit hoort het vorige referentienummer, bij een debet niet; deze prestatie gaat niet in
        N080_WMO323_XSD.xml, regel 19, DeclaratieNummer: fout XML30: hier hoort 1 tot en met 12 letters en cijfers
    "#]].assert_eq(&found);
}

#[test]
fn no_other_message_stops_the_reader() {
    let Some(folder) = gedeeld("iwmo/berichten") else { return };
    for part in ["", "positief", "negatief", "afgeleid"] {
        for (name, bytes) in bestanden(&folder.join(part), |it| it.ends_with(".xml")) {
            let (bericht, problems) = iwmo::read(&name, &bytes);
            if !is_read(&name) {
                assert_eq!(bericht, None, "{name}");
                assert_eq!(problems.last().map(|it| it.code), Some("XML12"), "{name}");
            }
            let mut proef = Proef::default();
            proef.neem_in(&[(name, bytes)]);
        }
    }
}
