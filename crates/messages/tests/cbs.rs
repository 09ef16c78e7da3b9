//! StatLine tables: a made-up one and the one in the shared reference material.

mod common;

use std::{collections::BTreeMap, path::PathBuf};

use common::{bestanden, gedeeld, lijst};
use expect_test::{Expect, expect};
use messages::cbs::{self, ReferenceTable, Regio};

fn own() -> BTreeMap<String, Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/cbs");
    bestanden(&folder, |_| true).into_iter().collect()
}

fn check(table: &ReferenceTable, (regio, soort, maat): (&str, &str, &str), expected: &Expect) {
    let text = match table.series(regio, soort, maat) {
        Err(problem) => format!("{problem}\n"),
        Ok(it) => {
            let unit = format!("{} {} in {}", it.regio, it.regio_naam, it.maat.eenheid);
            let head = format!("{} {}: {} {unit}\n", it.tabel, it.soort.titel, it.maat.titel);
            let rows = it.punten.iter().map(|punt| {
                let waarde = match punt.waarde {
                    None => "onbekend".to_owned(),
                    Some(it) => format!("{}/10^{}", it.waarde, it.decimalen),
                };
                format!("{} {}: {waarde}\n", punt.periode, punt.status.naam())
            });
            head + &rows.collect::<String>()
        }
    };
    expected.assert_eq(&text);
}

#[test]
fn a_series_has_its_periods_their_status_and_no_made_up_zero() {
    let table = cbs::read(&own()).unwrap();
    assert_eq!(table.toelichting, "Een verzonnen tabel\nvan twee regels.");
    check(
        &table,
        ("NL01", "Totaal", "Gebruikers_1"),
        &expect![[r#"
        00000VBD Totaal: Gebruikers NL01 Nederland in aantal
        2018 definitief: 1200/10^0
        1e halfjaar 2019 nader voorlopig: onbekend
        2019 voorlopig: 0/10^0
    "#]],
    );
    check(
        &table,
        ("9999", "1000", "Aandeel"),
        &expect![[r#"
        00000VBD Jong: Aandeel GM9999 Voorbeeldstad in %
        2018 definitief: 4/10^1
    "#]],
    );
    check(
        &table,
        ("GM0001", "Totaal", "Gebruikers_1"),
        &expect![[r#"
        00000VBD: fout CBS10: regio "GM0001" staat niet in de tabel; wel: NL01, GM9999
    "#]],
    );
    check(
        &table,
        ("NL01", "Oud", "Gebruikers_1"),
        &expect![[r#"
        00000VBD: fout CBS10: soort "Oud" staat niet in de tabel; wel: Totaal, Jong
    "#]],
    );
    check(
        &table,
        ("NL01", "Totaal", "Iets"),
        &expect![[r#"
        00000VBD: fout CBS10: maat "Iets" staat niet in de tabel; wel: Gebruikers_1, Deel_2
    "#]],
    );
}

#[test]
fn a_table_that_is_not_right_is_not_read() {
    let mut found = String::new();
    for (file, from, to) in [
        ("Groep.csv", "1000   ", "2000   "),
        ("data.csv", "1200", "veel"),
        ("data.csv", "12\n", "1.25\n"),
        ("data.csv", "Deel_2", "Ander_2"),
        ("Perioden.csv", "2019HJ01", "2019HJ09"),
        ("TableInfos.csv", "Identifier", "Naam"),
        ("DataProperties.csv", "TimeDimension\",\"Perioden", "Dimension\",\"Perioden"),
    ] {
        let mut files = own();
        let text = String::from_utf8(files[file].clone()).unwrap();
        assert!(text.contains(from), "{file} {from}");
        files.insert(file.to_owned(), text.replace(from, to).into_bytes());
        let problems = cbs::read(&files).unwrap_err();
        found.push_str(&lijst(&problems));
    }
    let mut files = own();
    files.remove("Gebied.csv");
    found.push_str(&lijst(&cbs::read(&files).unwrap_err()));
    expect![[r#"
        data.csv, regel 5, Groep: fout CBS03: sleutel 1000 staat niet in Groep.csv
        data.csv, regel 2, Gebruikers_1: fout CBS04: "veel" is geen getal met 0 decimalen
        data.csv, regel 4, Deel_2: fout CBS04: "1.25" is geen getal met 1 decimalen
        data.csv, regel 1, Deel_2: fout CBS02: de kolom Deel_2 ontbreekt
        Perioden.csv, regel 3, Key: fout CBS05: periode 2019HJ09 is geen jaar, halfjaar, kwartaal of maand
        data.csv, regel 3, Perioden: fout CBS03: sleutel 2019HJ01 staat niet in Perioden.csv
        TableInfos.csv, regel 1, Identifier: fout CBS02: de kolom Identifier ontbreekt
        DataProperties.csv: fout CBS02: de tabel heeft geen perioden
        Gebied.csv: fout CBS01: het bestand Gebied.csv van de tabel ontbreekt
    "#]].assert_eq(&found);
}

fn published() -> Option<ReferenceTable> {
    let folder = gedeeld("cbs/83262NED")?;
    let files: BTreeMap<_, _> = bestanden(&folder, |it| it.ends_with(".csv")).into_iter().collect();
    Some(cbs::read(&files).expect("the published table is right"))
}

#[test]
fn the_published_table_gives_the_figures_of_the_country() {
    let Some(table) = published() else { return };
    assert_eq!((table.identifier.as_str(), table.perioden.len()), ("83262NED", 16));
    assert_eq!((table.dimensies.len(), table.maten.len()), (4, 2));
    check(
        &table,
        ("NL01", "Totaal", "WmoClienten_1"),
        &expect![[r#"
        83262NED Totaal: Wmo-cliënten NL01 Nederland in aantal
        1e halfjaar 2015 definitief: onbekend
        2e halfjaar 2015 definitief: onbekend
        2015 definitief: onbekend
        1e halfjaar 2016 definitief: 965695/10^0
        2e halfjaar 2016 definitief: 958275/10^0
        2016 definitief: 1053505/10^0
        1e halfjaar 2017 definitief: 967855/10^0
        2e halfjaar 2017 definitief: 979220/10^0
        2017 definitief: 1051520/10^0
        1e halfjaar 2018 definitief: 1008860/10^0
        2e halfjaar 2018 definitief: 1022445/10^0
        2018 definitief: 1097855/10^0
        1e halfjaar 2019 definitief: 1058270/10^0
        2e halfjaar 2019 definitief: 1090980/10^0
        2019 definitief: 1166485/10^0
        1e halfjaar 2020 voorlopig: 1111045/10^0
    "#]],
    );
    let kind = "Hulp bij het huishouden";
    check(
        &table,
        ("NL01", kind, "WmoClienten_1"),
        &expect![[r#"
        83262NED: fout CBS12: de bestanden hebben geen cijfers van Hulp bij het huishouden in NL01
    "#]],
    );
}

#[test]
fn the_published_table_gives_the_figures_of_a_municipality() {
    let Some(table) = published() else { return };
    check(
        &table,
        ("0518", "Totaal", "Wmo-cliënten"),
        &expect![[r#"
        83262NED Totaal: Wmo-cliënten GM0518 's-Gravenhage (gemeente) in aantal
        1e halfjaar 2015 definitief: 35640/10^0
        2e halfjaar 2015 definitief: onbekend
        2015 definitief: onbekend
        1e halfjaar 2016 definitief: 36240/10^0
        2e halfjaar 2016 definitief: 37500/10^0
        2016 definitief: 38790/10^0
        1e halfjaar 2017 definitief: 33650/10^0
        2e halfjaar 2017 definitief: 33585/10^0
        2017 definitief: 36070/10^0
        1e halfjaar 2018 definitief: 33735/10^0
        2e halfjaar 2018 definitief: 34615/10^0
        2018 definitief: 36830/10^0
        1e halfjaar 2019 definitief: 35845/10^0
        2e halfjaar 2019 definitief: 35650/10^0
        2019 definitief: 38085/10^0
        1e halfjaar 2020 voorlopig: 35325/10^0
    "#]],
    );
    let series = table.series("GM0518", "Totaal", "WmoClientenPer1000Inwoners_2").unwrap();
    assert_eq!(series.regio, Regio::Gemeente("0518".parse().unwrap()));
    let january = series.in_maand("2019-01".parse().unwrap()).unwrap();
    assert_eq!((january.periode.to_string(), january.waarde.unwrap().geheel()), {
        ("1e halfjaar 2019".to_owned(), Some(67))
    });
    assert_eq!(
        series.jaren().map(|(jaar, _)| jaar).collect::<Vec<_>>(),
        [2015, 2016, 2017, 2018, 2019]
    );
}
