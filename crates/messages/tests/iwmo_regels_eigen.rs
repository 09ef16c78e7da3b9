//! An own wrong message for every rule: a right one with a line or two changed.

#[path = "common/bouw.rs"]
mod bouw;

use std::collections::BTreeSet;

use bouw::bericht;
use domain::{
    AanbiederId, Bedrag, Eenheid, Periode, Register, organisatie::Aanbieder, product::Product,
    product::Variant, register::Tarief,
};
use jiff::civil::date;
use messages::iwmo::{
    bericht as berichten,
    keten::Keten,
    regel::{self, Bewaking, Omgeving},
};

/// The rule that is broken; the messages that went before; the message; the lines that change.
type Geval = (&'static str, &'static [&'static str], &'static str, &'static [&'static str]);

const GEVALLEN: &[Geval] = &[
    // Within a message: who it is about.
    ("CS002", &[], "301", &["Bsn 999900006 -> Bsn 999900007"]),
    ("CS002", &[], "305", &["Bsn 999900006 -> Bsn 000000000"]),
    ("TR002", &[], "301", &["Datum 1960-05-04 -> Datum 1905-02-28"]),
    ("TR134", &[], "301", &["Datum 1960-05-04 -> Datum 2025-03-02"]),
    ("CS139", &[], "305", &["Datum 1960-05-04 +> DatumGebruik 1"]),
    (
        "CS139",
        &[],
        "305",
        &["Datum 1960-05-04 -> Datum 1960-01-04", "Datum 1960-01-04 +> DatumGebruik 2"],
    ),
    ("CS139", &[], "305", &["Datum 1960-05-04 +> DatumGebruik 3"]),
    ("CS050", &[], "301", &["NaamGebruik 1 -> NaamGebruik 2"]),
    ("CS318", &[], "301", &["NaamGebruik 1 -> NaamGebruik 6"]),
    (
        "CD007",
        &[],
        "301",
        &["laatste NaamGebruik 1 -> NaamGebruik 1", "Naam +> Communicatie; >Vorm 1"],
    ),
    ("CD007", &[], "301", &["Naam +> Communicatie; >Vorm 2; >Taal Deens"]),
    ("TR006", &[], "301", &["Telefoon ->"]),
    (
        "TR061",
        &[],
        "301",
        &[
            "Contactgegevens ->",
            "Relaties +> Contactgegevens; >Contact; >>Soort 04; >>Telefoon; >>>Telefoon01; >>>>Telefoonnummer 024; >>>>Landnummer 0031",
        ],
    ),
    ("CD005", &[], "301", &["LandCode NL ->"]),
    ("CD009", &[], "301", &["Adres +> Periode; >Begindatum 2025-01-01"]),
    ("CD025", &[], "301", &["Huis ->"]),
    ("CD034", &[], "301", &["Postcode 1234AB ->", "LandCode NL ->"]),
    ("CS089", &[], "301", &["Postcode 1234AB -> Postcode 1234ab"]),
    ("CS003", &[], "301", &["Einddatum 2025-12-31 -> Einddatum 2025-03-02"]),
    ("TR101", &[], "301", &["ToewijzingNummer 102 -> ToewijzingNummer 101"]),
    // Within a message: what is allocated.
    ("CD041", &[], "301", &["Omvang ->"]),
    ("CD075", &[], "301", &["laatste Einddatum 2025-12-31 ->"]),
    ("CD076", &[], "301", &["Einddatum 2025-12-31 ->"]),
    ("CD077", &[], "301", &["Omvang +> Budget 1000"]),
    ("CD078", &[], "301", &["Omvang +> Budget 1000"]),
    ("CD079", &[], "301", &["Product ->"]),
    ("CD080", &[], "301", &["Code 02A03 ->"]),
    ("CS335", &[], "301", &["Einddatum 2025-12-31 +> RedenWijziging 13"]),
    ("CS336", &[], "301", &["Einddatum 2025-12-31 +> RedenWijziging 01"]),
    ("CS338", &[], "301", &["Eenheid 04 -> Eenheid 14", "Frequentie 2 -> Frequentie 1"]),
    ("TR302", &[], "301", &["Categorie 07 -> Categorie 02"]),
    ("TR134", &[], "301", &["Toewijzingsdatum 2025-03-01 -> Toewijzingsdatum 2025-03-02"]),
    // Within a message: delivery, requests, answers.
    ("CS058", &[], "305", &["StatusAanlevering 1 -> StatusAanlevering 2"]),
    ("TR134", &[], "305", &["Begindatum 2025-03-05 -> Begindatum 2025-03-08"]),
    ("TR101", &[], "305", &["dubbel StartProduct"]),
    ("TR018", &[], "307", &["Einddatum 2025-06-30 -> Einddatum 2025-03-04"]),
    ("CD043", &[], "315", &["ReferentieAanbieder V1 +> BeschikkingNummer 7"]),
    (
        "CD066",
        &[],
        "315",
        &["Type 01 -> Type 02", "Type 02 +> Naam Huisarts; ZorgverlenerCode 01000001"],
    ),
    ("CD067", &[], "315", &["Type 01 -> Type 02"]),
    ("CD068", &[], "315", &["Type 01 +> ZorgverlenerCode 01000001"]),
    ("CD095", &[], "315", &["Code 08A01 ->"]),
    ("CS343", &[], "315", &["Frequentie 2 -> Frequentie 1"]),
    ("TR383", &[], "315", &["dubbel AangevraagdProduct"]),
    (
        "TR386",
        &[],
        "315",
        &["dubbel AangevraagdProduct", "ReferentieAanbieder V1 -> ReferentieAanbieder V2"],
    ),
    ("TR352", &[], "317", &["OngewijzigdeProducten ->", "TeWijzigenProducten ->"]),
    ("TR353", &[], "317", &["TeWijzigenProducten ->", "NieuweProducten ->"]),
    ("TR380", &[], "317", &["GewensteIngangsdatum 2025-04-02 -> GewensteIngangsdatum 2025-03-20"]),
    (
        "TR410",
        &[],
        "317",
        &[
            "dubbel NieuwProduct",
            "GewensteIngangsdatum 2025-04-02 -> GewensteIngangsdatum 2025-04-03",
        ],
    ),
    ("CD096", &[], "317", &["Code 08A01 ->"]),
    ("CD085", &[], "319", &["RedenAfwijzingVerzoek 7 ->"]),
    ("CD086", &[], "319", &["VerzoekAntwoord 1 -> VerzoekAntwoord 2"]),
    // Within a message: bills and their answers.
    ("CS340", &[], "323", &["Begindatum 2025-04-01 -> Begindatum 2025-04-02"]),
    ("CS100", &[], "323", &["laatste Begindatum 2025-04-01 -> Begindatum 2020-12-01"]),
    ("TR134", &[], "323", &["laatste Begindatum 2025-04-01 -> Begindatum 2025-06-01"]),
    ("TR137", &[], "323", &["Dagtekening 2025-05-05 -> Dagtekening 2025-04-29"]),
    (
        "TR335",
        &[],
        "323",
        &["DeclaratieDagtekening 2025-05-05 -> DeclaratieDagtekening 2030-05-05"],
    ),
    ("TR319", &[], "323", &["laatste Einddatum 2025-04-30 -> Einddatum 2025-05-01"]),
    ("CS337", &[], "323", &["laatste Begindatum 2025-04-01 -> Begindatum 2025-03-31"]),
    ("TR358", &[], "323", &["TotaalBedrag 84000 -> TotaalBedrag 84001"]),
    ("CS325", &[], "323c", &["TotaalBedrag 10000 -> TotaalBedrag 0"]),
    ("CS339", &[], "323", &["Eenheid 04 -> Eenheid 83", "ProductTarief 5000 ->"]),
    ("CD087", &[], "323", &["ProductTarief 5000 ->"]),
    ("CD060", &[], "323", &["ReferentieNummer P1 +> VorigReferentieNummer P0"]),
    ("TR314", &[], "323", &["ReferentieNummer P2 -> ReferentieNummer P1"]),
    ("TR315", &[], "323c", &["laatste dubbel Prestatie"]),
    ("TR316", &[], "323c", &["VorigReferentieNummer P1 -> VorigReferentieNummer P4"]),
    ("TR416", &[], "323", &["dubbel Prestatie"]),
    ("TR101", &[], "323", &["dubbel Client"]),
    ("TR342", &[], "325", &["laatste TotaalBedrag 84000 -> TotaalBedrag 83000"]),
    // Against earlier messages: allocations and delivery.
    ("TR056", &["301"], "301", &[]),
    ("TR332", &["301"], "301", &["Bsn 999900006 -> Bsn 999900018"]),
    ("TR379", &[], "301", &["ToewijzingNummer 101 +> ReferentieAanbieder W9"]),
    (
        "TR385",
        &["301", "323", "325"],
        "301",
        &[
            "Einddatum 2025-12-31 -> Einddatum 2025-03-03",
            "Einddatum 2025-03-03 +> RedenWijziging 13",
        ],
    ),
    ("TR019", &[], "305", &[]),
    ("TR019", &["301"], "305", &["Code 02A03 -> Code 02A04"]),
    ("TR074", &["301", "305"], "305", &[]),
    ("TR063", &["301"], "305", &["StatusAanlevering 1 -> StatusAanlevering 3"]),
    ("TR071", &["301", "305", "307"], "305", &["StatusAanlevering 1 -> StatusAanlevering 3"]),
    ("TR326", &["301", "305"], "305", &["Begindatum 2025-03-05 -> Begindatum 2025-03-06"]),
    ("TR382", &["301"], "307", &[]),
    (
        "TR413",
        &["301", "305"],
        "307",
        &[
            "dubbel StopProduct",
            "RedenBeeindiging 19 -> RedenBeeindiging 20",
            "RedenBeeindiging 19 -> RedenBeeindiging 20",
            "laatste Einddatum 2025-06-30 -> Einddatum 2025-06-29",
        ],
    ),
    (
        "TR414",
        &["301", "305"],
        "307",
        &[
            "dubbel StopProduct",
            "RedenBeeindiging 19 -> RedenBeeindiging 20",
            "laatste Einddatum 2025-06-30 -> Einddatum 2025-06-29",
        ],
    ),
    ("TR415", &["301", "305", "307"], "307", &["Einddatum 2025-06-30 -> Einddatum 2025-07-01"]),
    // Against earlier messages: requests.
    ("TR304", &[], "317", &[]),
    ("TR347", &["301", "317"], "317", &[]),
    ("TR347", &["315"], "315", &[]),
    ("TR374", &["301", "317"], "317", &["ReferentieAanbieder W1 -> ReferentieAanbieder W2"]),
    ("TR349", &["301"], "317", &["OngewijzigdeProducten ->"]),
    ("TR350", &["301"], "317", &["ToewijzingNummer 102 -> ToewijzingNummer 109"]),
    ("TR351", &["301"], "317", &["ToewijzingNummer 101 -> ToewijzingNummer 109"]),
    (
        "TR357",
        &["301"],
        "317",
        &["GewensteIngangsdatum 2025-04-01 -> GewensteIngangsdatum 2025-03-10"],
    ),
    ("TR361", &["301"], "317", &["Code 08A01 -> Code 02A03", "Categorie 08 -> Categorie 02"]),
    (
        "TR373",
        &["301"],
        "317",
        &[
            "ToewijzingNummer 102 -> ToewijzingNummer 101",
            "laatste ToewijzingNummer 101 -> ToewijzingNummer 102",
            "Omvang -> Budget 600000",
            "Volume 5 ->",
            "Eenheid 04 ->",
            "Frequentie 2 ->",
        ],
    ),
    ("TR375", &["301 Product"], "317", &[]),
    (
        "TR412",
        &["301"],
        "317",
        &[
            "ToewijzingNummer 102 -> ToewijzingNummer 101",
            "laatste ToewijzingNummer 101 -> ToewijzingNummer 102",
        ],
    ),
    ("TR411", &["301"], "317", &["Omvang ->"]),
    ("TR355", &[], "319", &[]),
    ("TR359", &["301", "317", "301 W1"], "319", &[]),
    (
        "TR360",
        &["301", "317", "319 2"],
        "319",
        &["VerzoekAntwoord 1 -> VerzoekAntwoord 2", "RedenAfwijzingVerzoek 7 ->"],
    ),
    ("TR365", &["301", "317", "319"], "319", &[]),
    // Against earlier messages: bills.
    ("TR304", &[], "323", &[]),
    ("TR333", &["301", "323"], "323", &[]),
    ("TR314", &["301", "323"], "323c", &["ReferentieNummer P4 -> ReferentieNummer P2"]),
    ("TR318", &["301", "323c"], "323", &[]),
    ("TR338", &["301"], "323", &["ToewijzingNummer 101 -> ToewijzingNummer 109"]),
    ("TR339", &["301"], "323", &["ProductCategorie 02 -> ProductCategorie 07"]),
    ("TR340", &["301"], "323", &["ProductCode 02A03 -> ProductCode 02A04"]),
    ("TR341", &["301"], "323", &["Eenheid 04 -> Eenheid 14"]),
    (
        "TR307",
        &["301"],
        "323",
        &[
            "laatste Begindatum 2025-04-01 -> Begindatum 2025-03-01",
            "laatste Einddatum 2025-04-30 -> Einddatum 2025-03-31",
        ],
    ),
    ("TR308", &["301 kort"], "323", &[]),
    ("TR387", &["301"], "323", &["laatste Begindatum 2025-04-01 -> Begindatum 2025-04-02"]),
    ("TR388", &["301"], "323", &["laatste Einddatum 2025-04-30 -> Einddatum 2025-04-29"]),
    ("TR321", &["301"], "323", &["GeleverdVolume 12 -> GeleverdVolume 16"]),
    ("TR322", &["301 totaal"], "323", &[]),
    ("TR369", &["301"], "323", &["Bedrag 24000 -> Bedrag 500001"]),
    ("TR384", &["301", "301 weg"], "323", &[]),
    ("TR389", &["301", "323", "325"], "323c", &["laatste Prestatie ->"]),
    ("TR323", &["301", "323"], "323c", &[]),
    (
        "TR390",
        &["301", "323", "325", "323c"],
        "323c",
        &[
            "DeclaratieNummer D2 -> DeclaratieNummer D3",
            "ReferentieNummer P3 -> ReferentieNummer P5",
        ],
    ),
    ("TR337", &[], "325", &[]),
    ("TR376", &["301", "323"], "325", &["DeclaratieNummer D1 -> DeclaratieNummer D9"]),
    (
        "TR371",
        &["301", "323"],
        "325",
        &["laatste BerichtXsdVersie 1.0.0 -> BerichtXsdVersie 1.0.1"],
    ),
    ("TR366", &["301", "323"], "325a", &["ReferentieNummer P1 -> ReferentieNummer P9"]),
    ("TR367", &["301", "323"], "325a", &["GeleverdVolume 12 -> GeleverdVolume 11"]),
    // Against what is known outside messages.
    ("TR135", &[], "305", &["Dagtekening 2025-03-07 -> Dagtekening 2026-02-02"]),
    ("TR378", &[], "305", &["Ontvanger 0296 -> Ontvanger 9999"]),
    ("TR381", &[], "305", &["Categorie 02 -> Categorie 07"]),
    ("TR418", &["301"], "323", &["ProductTarief 5000 -> ProductTarief 5001"]),
    ("TR346", &["301"], "323", &["Bedrag 60000 -> Bedrag 60001"]),
];

/// A message that went before, some with a change that the history needs.
fn eerder(naam: &str) -> Vec<u8> {
    let new = |id: &'static str, extra: &[&'static str]| {
        let mut changes = vec![id];
        changes.extend_from_slice(extra);
        bericht("301", &changes)
    };
    let id = "Identificatie B301 -> Identificatie B301b";
    match naam {
        "301 W1" => new(id, &["ToewijzingNummer 101 +> ReferentieAanbieder W1"]),
        "301 kort" => new(id, &["Einddatum 2025-12-31 -> Einddatum 2025-04-15"]),
        "301 totaal" => new(id, &["Frequentie 2 -> Frequentie 6", "Volume 3 -> Volume 11"]),
        "301 weg" => new(
            id,
            &[
                "Toewijzingstijd 10:00:00 -> Toewijzingstijd 11:00:00",
                "Einddatum 2025-12-31 -> Einddatum 2025-03-03",
                "Einddatum 2025-03-03 +> RedenWijziging 13",
            ],
        ),
        "301 Product" => new(
            id,
            &[
                "Product ->",
                "Omvang -> Budget 1000",
                "Volume 3 ->",
                "Eenheid 04 ->",
                "Frequentie 2 ->",
            ],
        ),
        "319 2" => bericht(
            "319",
            &[
                "VerzoekAntwoord 1 -> VerzoekAntwoord 2",
                "RedenAfwijzingVerzoek 7 ->",
                "Identificatie B319 -> Identificatie B319b",
            ],
        ),
        other => bericht(other, &[]),
    }
}

#[expect(clippy::unwrap_used, reason = "own products and codes")]
fn register() -> Register {
    let mut register = Register::default();
    let id = AanbiederId(1);
    let agb = Some("42420001".parse().unwrap());
    register.aanbieders.insert(id, Aanbieder { id, naam: "Proefzorg".to_owned(), agb });
    for (code, eenheid, bedrag) in [
        ("02A03", Eenheid::Uur, 5000),
        ("07A01", Eenheid::Dagdeel, 3000),
        ("08A01", Eenheid::Dagdeel, 2000),
    ] {
        let (naam, groep, variant) = (String::new(), String::new(), Variant::Inspanningsgericht);
        let categorie = code[..2].parse().unwrap();
        let code = code.parse().unwrap();
        register.producten.insert(code, Product { code, categorie, naam, eenheid, variant, groep });
        let geldig = Periode::vanaf(date(2025, 1, 1));
        let tarief =
            Tarief { aanbieder: id, product: code, eenheid, bedrag: Bedrag(bedrag), geldig };
        register.tarieven.insert((id, code), vec![tarief]);
    }
    register
}

/// The codes of everything wrong, level by level; a level is judged when the one before is right.
fn codes(before: &[&str], bytes: &[u8]) -> BTreeSet<String> {
    let mut keten = Keten::new();
    for naam in before {
        let (read, problems) = berichten::lees(naam, &eerder(naam));
        assert!(problems.is_empty(), "{naam}: {problems:?}");
        keten.volg(&read.expect("an own message"));
    }
    let (read, problems) = berichten::lees("nu", bytes);
    let mut found: BTreeSet<String> = problems.iter().map(|it| it.code.to_owned()).collect();
    if let Some(read) = read.filter(|_| found.is_empty()) {
        let register = register();
        let omgeving = Omgeving { vandaag: date(2026, 2, 1), register: Some(&register) };
        let mut all = regel::binnen_bericht(&read);
        all.extend(keten.controleer(&read));
        all.extend(regel::buiten(&read, &omgeving));
        found.extend(all.iter().map(|it| it.code.to_owned()));
    }
    found
}

#[test]
fn every_rule_rejects_its_wrong_message() {
    let mut missed = Vec::new();
    for (rule, before, naam, changes) in GEVALLEN {
        let found = codes(before, &bericht(naam, changes));
        if !found.contains(*rule) {
            missed.push(format!("{rule}: {before:?} {naam} {changes:?}: {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn the_messages_that_are_changed_are_right() {
    for (before, naam) in [
        (&[][..], "301"),
        (&["301"], "305"),
        (&["301", "305"], "307"),
        (&["301"], "315"),
        (&["301"], "317"),
        (&["301", "317"], "319"),
        (&["301"], "323"),
        (&["301", "323"], "325"),
        (&["301", "323"], "325a"),
        (&["301", "323", "325"], "323c"),
    ] {
        assert_eq!(codes(before, &bericht(naam, &[])), BTreeSet::new(), "{before:?} {naam}");
    }
}

#[test]
fn every_rule_that_is_built_has_a_wrong_message() {
    let tested: BTreeSet<&str> = GEVALLEN.iter().map(|it| it.0).collect();
    let built = regel::regels().iter().filter(|it| it.is_controle()).map(|it| it.code);
    let open: Vec<&str> = built.filter(|it| !tested.contains(it)).collect();
    assert_eq!(open, [""; 0]);
}

/// The table in the manual; `UPDATE_EXPECT=1` writes it anew.
#[test]
fn the_manual_has_the_table_of_rules() {
    let mut text = include_str!("data/iwmo/regels/inleiding.md").to_owned();
    let tested = |code: &str| GEVALLEN.iter().filter(|it| it.0 == code).count();
    for it in regel::regels() {
        let niveau = it.niveau.map_or("-".to_owned(), |it| it.to_string());
        let how = match (it.bewaking, it.toelichting) {
            (Bewaking::Proces, why) => format!("nee: {why}"),
            (how, "") => format!("ja: {}", how.naam()),
            (how, through) => format!("ja: {} ({through})", how.naam()),
        };
        let test = match tested(it.code) {
            0 => "-".to_owned(),
            1 => "1 voorbeeld".to_owned(),
            many => format!("{many} voorbeelden"),
        };
        let code = it.retourcode.unwrap_or("-");
        let (own, tekst, berichten) = (it.code, it.tekst, it.berichten);
        text.push_str(&format!(
            "| {own} | {niveau} | {code} | {berichten} | {tekst} | {how} | {test} |\n"
        ));
    }
    expect_test::expect_file!["../../../docs/handleiding/iwmo-regels.md"].assert_eq(&text);
}
