//! What is wrong is listed by file, row and column; the rest is understood.

use std::collections::HashMap;

use domain::{Eenheid, State};
use expect_test::{Expect, expect};
use jiff::civil::date;
use messages::uitwisseling::{Koppeling, Uitwisseling, plan};

use super::{carry_out, client_van, import, lees};

const MAPPING: &str = r#"
bron = "Oud"
codering = "windows-1252"

[tabellen.wijken]
bestand = "wijken.csv"

[tabellen.producten]
bestand = "producten.csv"

[tabellen.aanbieders]
bestand = "aanbieders.csv"

[tabellen.clienten]
bestand = "clienten.csv"
kolommen = { client = "Nr", geboortedatum = "Geboren" }

[tabellen.zaken]
bestand = "zaken.csv"

[tabellen.voorzieningen]
bestand = "voorzieningen.csv"
kolommen = { client = "Clientnr", leveringsvorm = "Vorm", van = "Begin", tot = "Eind" }

[tabellen.toewijzingen]
bestand = "toewijzingen.csv"

[tabellen.declaraties]
bestand = "declaraties.csv"
vast = { eenheid = "uur" }

[waarden.leveringsvorm]
"Zorg in natura" = "ZIN"
"#;

const GOED: [(&str, &str); 8] = [
    ("wijken.csv", "wijk;naam\n1;Noord\n"),
    ("producten.csv", "product;categorie;naam;eenheid\n02A05;02;Begeleiding;uur\n"),
    ("aanbieders.csv", "aanbieder;naam;agb\n1;De Linde;42420001\n"),
    ("clienten.csv", "Nr;bsn;achternaam;Geboren;wijk\n10;999900006;Jansen;01-02-1950;1\n"),
    (
        "zaken.csv",
        "zaak;client;melding;onderzoek_einde;aanvraag;besluitdatum;uitkomst\n\
         2017-00001;10;02-01-2017;30-01-2017;31-01-2017;06-02-2017;toegekend\n",
    ),
    (
        "voorzieningen.csv",
        "voorziening;Clientnr;product;Vorm;aanbieder;volume;eenheid;frequentie;Begin;Eind\n\
         V1;10;02A05;Zorg in natura;De Linde;2,5;uur;per week;06-02-2017;31-12-9999\n",
    ),
    (
        "toewijzingen.csv",
        "toewijzing;client;voorziening;aanbieder;product;volume;eenheid;frequentie;van;tot;start\n\
         501;10;V1;42420001;02A05;2,5;uur;per week;06-02-2017;;07-02-2017\n",
    ),
    (
        "declaraties.csv",
        "declaratie;toewijzing;maand;volume;bedrag;crediteert\n\
         F2;501;2017-03;10;-725,00;F1\nF1;501;2017-03;10;EUR 725,00;\n",
    ),
];

/// The good exchange, with these files in the place of those of the same name.
fn read(changed: &[(&str, &[u8])]) -> Uitwisseling {
    let koppeling = Koppeling::from_toml("mapping.toml", MAPPING).expect("a good mapping");
    let mut files: HashMap<&str, &[u8]> =
        GOED.iter().map(|(naam, text)| (*naam, text.as_bytes())).collect();
    files.extend(changed.iter().copied());
    let files: Vec<(String, Vec<u8>)> =
        files.into_iter().map(|(naam, bytes)| (naam.to_owned(), bytes.to_vec())).collect();
    lees(&koppeling, &files)
}

/// Everything that is wrong, from reading to carrying out.
fn check(changed: &[(&str, &[u8])], expected: &Expect) {
    let (mut state, today) = (State::default(), date(2018, 1, 1));
    let persons = persons();
    let plan = plan(&state, &read(changed), today, &|wie| client_van(&persons, wie));
    let (_, refused) = carry_out(&mut state, &plan, today, &persons);
    let lines: Vec<String> =
        plan.intake.problems.iter().chain(&refused).map(ToString::to_string).collect();
    expected.assert_eq(&lines.join("\n"));
}

fn persons() -> HashMap<domain::Bsn, domain::ClientId> {
    ["999900006", "999900018", "099990015"]
        .iter()
        .filter_map(|it| it.parse().ok())
        .zip((1..).map(domain::ClientId))
        .collect()
}

#[test]
fn a_good_exchange_has_no_problems() {
    let (mut state, today) = (State::default(), date(2018, 1, 1));
    let persons = persons();
    let plan = plan(&state, &read(&[]), today, &|wie| client_van(&persons, wie));
    assert_eq!(plan.intake.problems, []);
    assert_eq!(carry_out(&mut state, &plan, today, &persons).1, []);
    let dossier = &state.dossiers[&domain::ClientId(1)];
    let omvang = dossier.voorzieningen[0].voorziening.omvang.unwrap();
    assert_eq!((omvang.volume, omvang.eenheid), (150, Eenheid::Minuut), "half hours are kept");
    assert_eq!(dossier.voorzieningen[0].voorziening.geldig.tot_en_met(), None, "9999 is no end");
    assert_eq!(dossier.toewijzingen[0].opdracht.voorziening, Some(dossier.voorzieningen[0].id));
    assert_eq!(dossier.prestaties.len(), 2, "the credit finds its original");
}

#[test]
fn every_wrong_cell_about_clients_and_cases_is_named() {
    check(
        &[
            (
                "clienten.csv",
                b"Nr;bsn;achternaam;Geboren;wijk\n\
                  9;999900031;Jansen;1950-02-01;1\n\
                  10;999900006;Jansen;01-02-1950;1\n\
                  11;99990015;Bakker;01-02-1950;1\n\
                  12;999900007;Visser;01-02-1950;9\n\
                  13;999900018;Smit;01-02-1950;9\n\
                  13;;Smit;01-02-1950;1\n\
                  14;999900018;Mulder;01-02-1950;1\n\
                  ;;Mulder;01-02-1950;1\n",
            ),
            (
                "zaken.csv",
                b"zaak;client;melding;onderzoek_start;onderzoek_einde;uitkomst;besluitdatum\n\
                  onbekend;13;02-01-2017;;;;\n\
                  2017-00002;13;02-01-2017;20-01-2017;10-01-2017;;\n\
                  2017-00003;13;02-01-2017;01-01-2017;;goedgekeurd;05-01-2017\n\
                  2017-00004;77;02-01-2017;;;;\n\
                  2017-00005;13;02-01-2019;;;;\n",
            ),
        ],
        &expect![[r#"
            clienten.csv, regel 2, Geboren: fout datum: ‘1950-02-01’ is geen datum; verwacht dd-mm-jjjj, zoals 31-12-2017
            clienten.csv, regel 4, bsn: let op bsn_voorloopnul: dit BSN heeft acht cijfers; de voorloopnul is waarschijnlijk weggevallen en is aangevuld
            clienten.csv, regel 5, bsn: fout bsn_elfproef: dit BSN voldoet niet aan de elfproef
            clienten.csv, regel 9, Nr: fout leeg: deze cel is leeg; hier hoort een waarde te staan
            zaken.csv, regel 2, zaak: fout zaaknummer: ‘onbekend’ is geen zaaknummer; verwacht een jaar en een nummer, zoals 2017-00412, of alleen een nummer
            zaken.csv, regel 3, onderzoek_einde: fout einde_voor_begin: het onderzoek eindigt voordat het begint
            zaken.csv, regel 4, uitkomst: fout onbekende_code: ‘goedgekeurd’ is niet bekend; verwacht een van: toegekend, gedeeltelijk toegekend, afgewezen, buiten behandeling gesteld, ingetrokken door de cliënt; of zet uw eigen code in [waarden.uitkomst] van de koppeling
            zaken.csv, regel 4, onderzoek_start: fout voor_melding: deze dag ligt voor de melding
            clienten.csv, regel 7, Nr: fout dubbel: dit staat ook al op regel 6; de eerste rij is gelezen
            clienten.csv, regel 8, bsn: fout dubbel: dit staat ook al op regel 6; de eerste rij is gelezen
            zaken.csv, regel 5, client: fout verwijzing: de cliënt van deze rij staat niet in clienten.csv
            clienten.csv, regel 6, wijk: let op verwijzing: wijk ‘9’ is niet bekend; overgenomen zonder wijk
            zaken.csv, regel 6: fout WEIGER: 2019-01-02 ligt in de toekomst; vul een dag in tot en met vandaag"#]],
    );
}

#[test]
fn every_wrong_cell_about_support_is_named() {
    check(
        &[
            (
                "voorzieningen.csv",
                b"voorziening;Clientnr;product;Vorm;aanbieder;volume;eenheid;frequentie;Begin;Eind\n\
                  V1;10;02A05;Natura;1;2;uur;per week;06-02-2017;\n\
                  V2;10;02A05;Zorg in natura;9;2;uur;per week;06-02-2017;\n\
                  V3;10;02A99;Zorg in natura;1;2;uur;per week;06-02-2017;\n\
                  V4;10;02A05;Zorg in natura;1;2.5;uur;per week;06-02-2017;05-02-2017\n\
                  V5;10;02A05;Zorg in natura;1;2,5;dagdeel;per week;06-02-2017;\n\
                  V6;10;02A5;Zorg in natura;1;2;uur;;06-02-2017;\n",
            ),
            (
                "toewijzingen.csv",
                b"toewijzing;client;voorziening;aanbieder;van\n501;10;V9;1;06-02-2017\n",
            ),
            (
                "declaraties.csv",
                b"declaratie;toewijzing;maand;volume;bedrag;crediteert\n\
                  F1;501;2017-03;10;725.00;\n\
                  F2;502;2017-03;10;725,00;\n\
                  F3;501;maart 2017;10;725,00;\n\
                  F4;501;2017-03;-1;725,00;\n\
                  F5;501;2017-03;10;-725,00;F0\n",
            ),
        ],
        &expect![[r#"
            voorzieningen.csv, regel 2, Vorm: fout onbekende_code: ‘Natura’ is niet bekend; verwacht een van: ZIN, Pgb; of zet uw eigen code in [waarden.leveringsvorm] van de koppeling
            voorzieningen.csv, regel 5, volume: fout getal: ‘2.5’ is geen getal; verwacht een getal zoals 2,5
            voorzieningen.csv, regel 5, Eind: fout einde_voor_begin: het einde ligt voor het begin (06-02-2017)
            voorzieningen.csv, regel 6, volume: fout geheel_getal: alleen uren en euro's mogen cijfers achter de komma hebben
            voorzieningen.csv, regel 7, product: fout vorm: ‘02A5’ klopt niet: een productcode heeft precies vijf letters of cijfers, zoals 02A03
            voorzieningen.csv, regel 7, frequentie: fout leeg: er staat een volume zonder frequentie
            declaraties.csv, regel 2, bedrag: fout bedrag: ‘725.00’ is geen bedrag; verwacht een bedrag zoals 1.234,56
            declaraties.csv, regel 4, maand: fout vorm: ‘maart 2017’ klopt niet: een maand ziet eruit als 2017-12
            declaraties.csv, regel 5, volume: fout getal: een hoeveelheid is niet negatief en niet zo groot
            declaraties.csv, regel 3, toewijzing: fout verwijzing: deze toewijzing staat niet in de tabel toewijzingen
            voorzieningen.csv, regel 3, aanbieder: fout verwijzing: aanbieder ‘9’ staat niet in de uitwisseling en niet in het register
            voorzieningen.csv, regel 4, product: fout verwijzing: product 02A99 staat niet in producten
            toewijzingen.csv, regel 2, voorziening: let op verwijzing: voorziening ‘V9’ is van deze cliënt niet bekend; overgenomen zonder die verwijzing
            declaraties.csv, regel 6: fout WEIGER: de credit verwijst naar een prestatie die niet bekend is"#]],
    );
}

#[test]
fn a_newer_export_brings_only_what_changed() {
    let (mut state, today) = (State::default(), date(2018, 1, 1));
    let persons = persons();
    import(&mut state, &read(&[]), today, &persons);
    let ended = |naam: &str, old: &str, new: &str| {
        let (_, text) = GOED.iter().find(|(it, _)| *it == naam).expect("a file of the exchange");
        text.replace(old, new).into_bytes()
    };
    let voorzieningen = ended("voorzieningen.csv", "31-12-9999", "30-06-2017");
    let toewijzingen = ended("toewijzingen.csv", "2017;;07", "2017;30-06-2017;07");
    let zaken = ended("zaken.csv", "toegekend", "afgewezen");
    let newer = read(&[
        ("voorzieningen.csv", &voorzieningen),
        ("toewijzingen.csv", &toewijzingen),
        ("zaken.csv", &zaken),
    ]);
    let plan = plan(&state, &newer, today, &|wie| client_van(&persons, wie));
    let (events, refused) = carry_out(&mut state, &plan, today, &persons);
    assert_eq!((events, refused), (3, Vec::new()));
    let dossier = &state.dossiers[&domain::ClientId(1)];
    let end = Some(date(2017, 6, 30));
    assert_eq!(dossier.voorzieningen.len(), 1);
    assert_eq!(dossier.voorzieningen[0].voorziening.geldig.tot_en_met(), end);
    assert_eq!(dossier.toewijzingen[0].opdracht.geldig.tot_en_met(), end);
    assert_eq!(dossier.zaken[0].beschikkingen.len(), 2, "a decision is not undone, but added");
}

#[test]
fn a_file_in_another_form_is_understood_or_named() {
    check(
        &[
            ("wijken.csv", b"wijk;naam\n"),
            ("producten.csv", b"product,categorie,naam,eenheid\n02A05,02,Begeleiding,uur\n"),
            ("aanbieders.csv", b""),
            (
                "clienten.csv",
                b"\xef\xbb\xbfNr;bsn;achternaam;Geboren;wijk\r\n\
                  \r\n\
                  10;999900006;\"Jansen; de \"\"oude\"\"\r\nen zoon\";01-02-1950;\r\n\
                  ;;;;\r\n\
                  11;999900018;Visser;01-02-1950;;te veel\r\n",
            ),
            ("zaken.csv", "zaak;client;melding;melder\n1;10;02-01-2017;cliënt\n".as_bytes()),
            ("voorzieningen.csv", b"\xff\xfev\0"),
            ("toewijzingen.csv", b"toewijzing;Clientnr;aanbieder;van\n"),
            (
                "declaraties.csv",
                b"declaratie;toewijzing;maand;volume;bedrag\n\"F1;501;2017-03;10;725,00\nF2;501\n",
            ),
        ],
        &expect![[r#"
            wijken.csv: let op geen_rijen: het bestand heeft wel een kopregel, maar geen rijen
            aanbieders.csv: fout leeg_bestand: het bestand is leeg; verwacht een kopregel met kolomnamen
            producten.csv, regel 1: fout kolom_ontbreekt: kolom ‘product’ (product), ‘categorie’ (categorie), ‘naam’ (naam), ‘eenheid’ (eenheid) ontbreekt; de kop heeft: ‘product,categorie,naam,eenheid’. Staat scheiding goed? Nu ";", in de kop staat ","
            clienten.csv, regel 6: fout aantal_velden: deze rij heeft 6 velden, de kop heeft er 5; zet een veld met een ";" erin tussen aanhalingstekens
            zaken.csv, regel 2: let op codering: de letters zijn hier geschreven als UTF-8, anders dan de koppeling zegt; zo zijn ze gelezen. Zet codering = "utf-8" in de koppeling als namen zo kloppen
            voorzieningen.csv: fout codering: het bestand is UTF-16; bewaar het als CSV in UTF-8 of Windows-1252
            toewijzingen.csv, regel 1: fout kolom_ontbreekt: kolom ‘client’ (client) ontbreekt; de kop heeft: ‘toewijzing’, ‘Clientnr’, ‘aanbieder’, ‘van’
            declaraties.csv, regel 2: fout aantal_velden: deze rij heeft 1 veld, de kop heeft er 5; de rij loopt door tot regel 3: er ontbreekt wellicht een aanhalingsteken"#]],
    );
}

#[test]
fn a_mapping_says_what_it_does_not_know() {
    let text = r#"
        scheiding = "|"
        kleur = "rood"
        [tabellen.klanten]
        [tabellen.clienten]
        kolommen = { sofinummer = "SOFI", client = 3 }
        [waarden.vorm]
    "#;
    let problems = Koppeling::from_toml("mapping.toml", text).unwrap_err();
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    expect![[r#"
        mapping.toml: fout koppeling: de koppeling kent geen ‘kleur’; bedoelt u een van: scheiding, codering, decimaalteken, datumvorm, bron, waarden, tabellen?
        mapping.toml: fout koppeling: de koppeling mist bron = "...": de naam van het andere systeem
        mapping.toml: fout koppeling: de koppeling: scheiding is ";", "," of "tab"
        mapping.toml: fout koppeling: de koppeling: [waarden.vorm] hoort bij geen enkele kolom
        mapping.toml: fout koppeling: tabel ‘klanten’ bestaat niet; de tabellen zijn: gemeente, wijken, inwoners, teams, werkgebieden, algemene_voorzieningen, wachttijden, aanbieders, contracten, producten, tarieven, medewerkers, mandaten, pilots, reeksbreuken, clienten, clientgegevens, zaken, besluiten, opschortingen, voorzieningen, toewijzingen, leveringen, declaraties
        mapping.toml: fout koppeling: [tabellen.clienten] mist bestand = "...csv"
        mapping.toml: fout koppeling: [tabellen.clienten] kolommen: client hoort tekst tussen aanhalingstekens te zijn
        mapping.toml: fout koppeling: [tabellen.clienten] kent geen kolom ‘sofinummer’; de kolommen zijn: client, bsn, voornamen, voorvoegsel, achternaam, geboortedatum, geboortejaar, straat_en_nummer, postcode, plaats, wijk, huishouden, vanaf"#]].assert_eq(&lines.join("\n"));
    let broken = Koppeling::from_toml("mapping.toml", "bron = \"a\"\nscheiding = \n").unwrap_err();
    assert_eq!((broken[0].line, broken[0].code), (Some(2), "koppeling"));
}
