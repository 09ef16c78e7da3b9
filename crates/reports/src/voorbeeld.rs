//! Made-up documents for the tests of every renderer.

use indicators::{
    Bedrag, Cel as IndicatorCel, Cijfer, Dimensie, Maand, Maandtabel, Niveau, PerDuizend, Prognose,
    Reikwijdte, Rij, Status, Vorm, Waarde,
};
use jiff::civil::date;

use crate::{Blok, Cel, Grafiek, Kolom, Lijn, Report, Streep, Tabel};

pub(crate) fn maand(text: &str) -> Maand {
    text.parse().unwrap()
}

/// A table with every kind of cell, and a row that is too short.
pub(crate) fn tabel() -> Tabel {
    let columns = ["Aantal", "Getal", "Aandeel", "Kosten", "Maand", "Dag"].map(Kolom::rechts);
    Tabel {
        titel: "Soorten & maten".to_owned(),
        kolommen: std::iter::once(Kolom::links("Wat")).chain(columns).collect(),
        rijen: vec![
            vec![
                Cel::tekst("Begeleiding <zwaar>"),
                Cel::aantal(1234),
                Cel::Getal { waarde: 1234.5, decimalen: 1 },
                Cel::Percentage(0.4384),
                Cel::Bedrag(Bedrag(123_456)),
                Cel::Maand(maand("2017-12")),
                Cel::Datum(date(2018, 1, 5)),
            ],
            vec![Cel::tekst("Dagbesteding; \"licht\""), Cel::Aantal(-5)],
        ],
        noten: vec!["Een inwoner kan meer dan één soort hebben.".to_owned()],
    }
}

/// A chart with a main line, two to compare with and a break.
pub(crate) fn grafiek() -> Grafiek {
    let end = |value: f64| vec![(maand("2015-01"), 349.0), (maand("2017-12"), value)];
    let own = (0..36_u16).map(|n| {
        let value = 349.0 + 153.0 * f64::from(n) / 35.0;
        (maand("2015-01").plus(i32::from(n)), value.round())
    });
    let other = |naam: &str, value: f64, streep: Streep| Lijn {
        naam: naam.to_owned(),
        punten: end(value),
        hoofd: false,
        streep,
    };
    Grafiek {
        titel: "Van 349 naar 502 cliënten".to_owned(),
        ondertitel: "Ondersteuning thuis, laatste dag van de maand".to_owned(),
        beschrijving: "Lijn van 349 in januari 2015 naar 502 in december 2017.".to_owned(),
        lijnen: vec![
            Lijn {
                naam: "Wijkerveen".to_owned(),
                punten: own.collect(),
                hoofd: true,
                streep: Streep::Doorgetrokken,
            },
            other("met team +38 %", 482.0, Streep::Gestreept),
            other("zonder team +26 %", 440.0, Streep::Gestippeld),
        ],
        breuken: vec![(date(2017, 1, 1), "teams in gemeentelijke dienst".to_owned())],
        eenheid: "cliënten".to_owned(),
    }
}

/// A document with every kind of block, and words that try to break out.
pub(crate) fn report() -> Report {
    let nasty = "<script>alert('x')</script>\" onload=\"x & </style>";
    Report {
        titel: format!("Het aantal groeide {nasty}"),
        onderschrift: format!("Stand op de laatste dag {nasty}"),
        reikwijdte: vec!["cliënten, geen voorzieningen".to_owned(), format!("voorlopig {nasty}")],
        blokken: vec![
            Blok::Kop(format!("Kop {nasty}")),
            Blok::Tussenkop(format!("Tussenkop {nasty}")),
            Blok::Alinea(format!("Alinea {nasty}")),
            Blok::Lijst(vec![format!("Punt {nasty}")]),
            Blok::Waarschuwing { titel: format!("Let op {nasty}"), tekst: nasty.to_owned() },
            Blok::InTeVullen(format!("de portefeuillehouder {nasty}")),
            Blok::Tabel(Tabel {
                titel: nasty.to_owned(),
                kolommen: vec![Kolom::links(nasty), Kolom::rechts("n")],
                rijen: vec![vec![Cel::tekst(nasty), Cel::Aantal(1)]],
                noten: vec![nasty.to_owned()],
            }),
            Blok::Grafiek(Grafiek {
                titel: nasty.to_owned(),
                ondertitel: nasty.to_owned(),
                beschrijving: nasty.to_owned(),
                lijnen: vec![Lijn {
                    naam: nasty.to_owned(),
                    punten: vec![(maand("2017-01"), 1.0), (maand("2017-03"), 3.0)],
                    hoofd: true,
                    streep: Streep::Gestreept,
                }],
                breuken: vec![(date(2017, 2, 1), nasty.to_owned())],
                eenheid: nasty.to_owned(),
            }),
            Blok::Kenmerken(vec![(nasty.to_owned(), nasty.to_owned())]),
        ],
    }
}

/// Two months of two teams, the last one unknown.
pub(crate) fn cijfers() -> Vec<Cijfer> {
    let indicator = indicators::indicator("clienten").expect("in the catalogue");
    let part = |sleutel: &str, naam: &str| IndicatorCel {
        dimensie: Dimensie::Team,
        sleutel: sleutel.to_owned(),
        naam: naam.to_owned(),
    };
    let figure = |month: &str, cel: IndicatorCel, waarde: Waarde, n: u64| Cijfer {
        indicator,
        maand: maand(month),
        cel,
        waarde,
        n,
        per_duizend: Some(PerDuizend { waarde: 14.25, inwoners: 9893, op: date(2017, 1, 1) }),
        peildatum: date(2018, 1, 15),
        reikwijdte: Reikwijdte {
            soort: indicator.soort,
            telt: indicator.telt,
            maand: maand(month),
            producten: Some("ondersteuning thuis".into()),
            keuze: Vec::new().into(),
            status: Status::Voorlopig,
        },
        noten: vec!["December is nog niet compleet.".to_owned()],
    };
    vec![
        figure("2017-11", part("1", "Noord"), Waarde::Aantal(140), 140),
        figure("2017-11", part("2", "Zuid"), Waarde::Aantal(137), 137),
        figure("2017-12", part("1", "Noord"), Waarde::Aantal(141), 141),
        figure("2017-12", part("2", "Zuid"), Waarde::Onbekend("te weinig gegevens"), 0),
    ]
}

/// The first months of a year with a total and a product.
pub(crate) fn maandtabel() -> Maandtabel {
    let row = |niveau, naam: &str, vorm, telt, waarden: [u64; 3], prognose| Rij {
        niveau,
        sleutel: naam.to_lowercase(),
        naam: naam.to_owned(),
        vorm,
        telt,
        waarden: waarden.to_vec(),
        prognose,
    };
    let expected = |waarde, laag, hoog| Some(Prognose { waarde, laag, hoog });
    Maandtabel {
        maanden: maand("2019-01").tot_en_met(maand("2019-03")).collect(),
        standen: vec![
            row(
                Niveau::Totaal,
                "Totaal",
                None,
                "cliënten",
                [1331, 1342, 1349],
                expected(1380, 1310, 1450),
            ),
            row(Niveau::Totaal, "Totaal", None, "voorzieningen", [1487, 1501, 1516], None),
            row(
                Niveau::Groep,
                "Begeleiding",
                Some(Vorm::Zin),
                "cliënten",
                [393, 394, 401],
                expected(430, 401, 459),
            ),
            row(
                Niveau::Product,
                "Begeleiding licht",
                Some(Vorm::Zin),
                "cliënten",
                [210, 214, 219],
                None,
            ),
        ],
        toekenningen: vec![row(Niveau::Totaal, "Totaal", None, "indicaties", [61, 118, 187], None)],
        status: Status::Voorlopig,
        peildatum: date(2019, 4, 10),
        noten: vec!["Eén inwoner kan meer voorzieningen hebben.".to_owned()],
    }
}
