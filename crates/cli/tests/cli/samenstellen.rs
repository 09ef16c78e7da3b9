//! `wijkpeil iwmo send` composes what the log has news of, and `iwmo answer` answers requests.

use std::fs;

use domain::{
    AanbiederId, DossierCommand, Eenheid, Frequentie, Omvang, Periode, Productkeuze, RegisterEvent,
    ToewijzingNummer,
    organisatie::Gemeente,
    toewijzing::{Hoeveelheid, Opdracht, RedenWijziging},
};
use jiff::civil::{Date, date};
use messages::iwmo::{
    Bericht,
    bericht::{
        self, Berichtsoort, Header, Waarde, Wmo301, Wmo315, Wmo317,
        basis::{self, BerichtIdentificatie, XsdVersie},
        wmo315::AangevraagdProduct,
        wmo317::{OngewijzigdProduct, TeWijzigenProduct},
    },
    regel::binnen_bericht,
    retour::{Retourkop, retour},
    verkeer::Envelop,
};

use crate::kantoor::{BSN, Kantoor};

const AGB: &str = "99000001";
/// A code that is in the list of municipalities: from another nothing leaves.
const GEMEENTE: &str = "0141";

/// A municipality that is in the register.
fn gemeente() -> Kantoor {
    let kantoor = Kantoor::of(GEMEENTE);
    let code = GEMEENTE.parse().expect("a code");
    let naam = "Voorbeeldstad".to_owned();
    kantoor.register(RegisterEvent::GemeenteVastgesteld(Gemeente { code, naam }));
    kantoor
}

/// Ends allocation 501 and gives 601 with these hours a week in its place.
fn more_hours(kantoor: &Kantoor, hours: u32) {
    let on = date(2024, 5, 28);
    kantoor.write(
        on,
        DossierCommand::WijzigToewijzing {
            nummer: ToewijzingNummer(501),
            reden: RedenWijziging::Verkorting,
            tot_en_met: Some(date(2024, 6, 2)),
            omvang: None,
            budget: None,
        },
    );
    give(kantoor, on, hours);
}

fn give(kantoor: &Kantoor, on: Date, volume: u32) {
    let product =
        Productkeuze::Specifiek { code: "02V01".parse().expect("a code"), categorie: categorie() };
    let omvang = Omvang { volume, eenheid: Eenheid::Uur, frequentie: Frequentie::Week };
    let opdracht = Opdracht {
        voorziening: None,
        aanbieder: AanbiederId(1),
        product,
        hoeveelheid: Hoeveelheid::Omvang(omvang),
        geldig: Periode::new(date(2024, 6, 3), Some(date(2024, 12, 29))).expect("a period"),
    };
    let nummer = ToewijzingNummer(601);
    kantoor.write(on, DossierCommand::VerstrekToewijzing { nummer, opdracht });
}

fn categorie() -> domain::Productcategorie {
    "02".parse().expect("a category")
}

/// The messages in all envelopes, in the order of their names; the envelopes are taken away.
fn carried(kantoor: &Kantoor) -> Vec<Bericht> {
    let mut found = Vec::new();
    for name in kantoor.names("uit/envelop") {
        let path = kantoor.path(&format!("uit/envelop/{name}"));
        let bytes = fs::read(&path).expect("an envelope");
        fs::remove_file(path).expect("carried away");
        let envelop = Envelop::lees(&name, &bytes).expect("an envelope");
        let inhoud = envelop.inhoud.expect("a message");
        let (bericht, problems) = bericht::lees(&name, &inhoud);
        assert!(problems.is_empty(), "{problems:?}");
        found.push(bericht.expect("a message"));
    }
    found
}

fn only_301(kantoor: &Kantoor) -> Wmo301 {
    match carried(kantoor).as_slice() {
        [Bericht::Wmo301(it)] => it.clone(),
        other => panic!("one 301: {other:?}"),
    }
}

/// Number, reason and reference of each product.
fn products(bericht: &Wmo301) -> Vec<String> {
    let line = |it: &bericht::wmo301::ToegewezenProduct| {
        let (reden, referentie) = (it.reden_wijziging.tekst(), it.referentie_aanbieder.tekst());
        format!("{} {reden} {referentie}", it.toewijzing_nummer.tekst())
    };
    bericht.client.toegewezen_producten.iter().map(line).collect()
}

#[test]
fn news_leaves_once_and_what_was_rejected_is_listed_and_not_repeated() {
    let kantoor = gemeente();
    let nothing = kantoor.ask("iwmo send --preview");
    assert!(nothing.answer.contains("0 berichten over toewijzingen."), "{}", nothing.answer);
    more_hours(&kantoor, 5);
    let first = kantoor.send("");
    assert_eq!(first.code, 1, "{}", first.answer);
    assert!(
        first.answer.contains("1 bericht over toewijzingen gaan nog niet mee"),
        "{}",
        first.answer
    );
    let words = kantoor.ask("iwmo send --preview --since 2024-01-01").answer;
    let line = "toewijzing 601, nieuw: Begeleiding (02V01), 5 uur, per week, vanaf 03-06-2024 tot en met 29-12-2024";
    assert!(words.contains(line), "{words}");
    assert!(words.contains("toewijzing 501, gewijzigd: "), "{words}");
    assert!(!words.contains(BSN) && !words.contains("Iep"), "{words}");
    assert!(kantoor.names("uit/envelop").is_empty(), "a preview changes nothing");

    let told = kantoor.send("--since 2024-01-01");
    assert_eq!(told.code, 0, "{}{}", told.answer, told.errors);
    let sent = only_301(&kantoor);
    assert_eq!(products(&sent), ["501 05 ", "503  ", "601  "]);
    let again = kantoor.send("");
    assert!(again.answer.contains("0 berichten klaargezet, 0 niet."), "{}", again.answer);

    let whole = Bericht::from(sent);
    let mut wrong = binnen_bericht(&whole);
    wrong.extend(messages::iwmo::keten::Keten::new().controleer(&whole));
    let kop = Retourkop { identificatie: "R-1", dagtekening: date(2026, 1, 5) };
    let mut back = retour(&whole, &wrong, &kop).unwrap();
    if let Bericht::Wmo302(it) = &mut back {
        it.header.retour_codes = vec![Waarde::van("0001")];
    }
    fs::write(kantoor.path("in/retour.xml"), back.schrijf()).unwrap();
    assert_eq!(kantoor.receive().code, 0);
    let status = kantoor.status();
    assert!(status.contains("afgekeurd") && status.contains("0001"), "{status}");
    let told = kantoor.send("");
    assert!(told.answer.contains("gaat niet nog eens uit"), "{}", told.answer);
    assert!(told.answer.contains("0001: Het hele bericht is afgekeurd"), "{}", told.answer);
    assert!(carried(&kantoor).is_empty());
    assert_eq!(kantoor.send("--repeat 601").code, 0);
    assert_eq!(products(&only_301(&kantoor)), ["501 05 ", "503  ", "601  "]);
    assert!(kantoor.send("").answer.contains("0 berichten klaargezet"), "sent again, once");
}

#[test]
fn what_was_over_before_sending_began_stays_out() {
    let kantoor = gemeente();
    give(&kantoor, date(2024, 5, 28), 5);
    let told = kantoor.send("--since 2026-01-01");
    assert_eq!(told.code, 0, "{}{}", told.answer, told.errors);
    let outside =
        "1 toewijzing was vóór 01-01-2026 al afgelopen en nooit vanuit Wijkpeil verstuurd";
    assert!(told.answer.contains(outside), "{}", told.answer);
    assert!(carried(&kantoor).is_empty());
    kantoor.shield();
    end_503(&kantoor);
    let told = kantoor.send("--since 2024-01-01");
    assert!(told.answer.contains("over een afgeschermde cliënt"), "{}", told.answer);
    assert!(carried(&kantoor).is_empty());
}

/// News about an allocation that runs.
fn end_503(kantoor: &Kantoor) {
    let (nummer, reden) = (ToewijzingNummer(503), RedenWijziging::Verkorting);
    let (tot_en_met, omvang, budget) = (Some(date(2090, 6, 30)), None, None);
    let command = DossierCommand::WijzigToewijzing { nummer, reden, tot_en_met, omvang, budget };
    kantoor.write(date(2024, 5, 29), command);
}

fn header(soort: Berichtsoort, own: &str) -> Header {
    Header {
        bericht_code: Waarde::van(soort.code()),
        bericht_versie: Waarde::van("3"),
        bericht_subversie: Waarde::van("2"),
        afzender: Waarde::van(AGB),
        ontvanger: Waarde::van(GEMEENTE),
        bericht_identificatie: BerichtIdentificatie {
            identificatie: Waarde::van(own),
            dagtekening: Waarde::van(date(2024, 5, 27)),
            ..BerichtIdentificatie::default()
        },
        xsd_versie: XsdVersie {
            basisschema_xsd_versie: Waarde::van("1.0.0"),
            bericht_xsd_versie: Waarde::van("1.0.0"),
            ..XsdVersie::default()
        },
        ..Header::default()
    }
}

fn vijf_uur() -> Option<basis::Omvang> {
    let (volume, eenheid) = (Waarde::van(5_u32), Waarde::van("04"));
    Some(basis::Omvang {
        volume,
        eenheid,
        frequentie: Waarde::van("2"),
        ..basis::Omvang::default()
    })
}

/// A request for more hours.
fn wijziging() -> Vec<u8> {
    let mut it = Wmo317 { header: header(Berichtsoort::Wmo317, "V-317"), ..Wmo317::default() };
    it.client.bsn = Waarde::van(BSN);
    let verzoek = &mut it.client.verzoek;
    verzoek.referentie_aanbieder = Waarde::van("W-1");
    verzoek.reden_verzoek = Waarde::van("1");
    verzoek.te_wijzigen_producten = vec![TeWijzigenProduct {
        toewijzing_nummer: Waarde::van(501_u32),
        gewenste_ingangsdatum: Waarde::van(date(2024, 6, 3)),
        einddatum: Waarde::van(date(2024, 12, 29)),
        omvang: vijf_uur(),
        ..TeWijzigenProduct::default()
    }];
    for nummer in [502_u32, 503] {
        let toewijzing_nummer = Waarde::van(nummer);
        let same = OngewijzigdProduct { toewijzing_nummer, ..OngewijzigdProduct::default() };
        verzoek.ongewijzigde_producten.push(same);
    }
    Bericht::from(it).schrijf()
}

/// A request for an allocation.
fn aanvraag() -> Vec<u8> {
    let mut it = Wmo315 { header: header(Berichtsoort::Wmo315, "V-315"), ..Wmo315::default() };
    it.client.bsn = Waarde::van(BSN);
    it.client.geboortedatum.datum = Waarde::van(date(1941, 3, 9));
    it.client.geslacht = Waarde::van("2");
    it.client.naam.geslachtsnaam.achternaam = Waarde::van("Iep");
    let mut asked = AangevraagdProduct {
        referentie_aanbieder: Waarde::van("A-1"),
        product: Some(basis::Product {
            categorie: Waarde::van("08"),
            code: Waarde::van("08V01"),
            ..basis::Product::default()
        }),
        toewijzing_ingangsdatum: Waarde::van(date(2024, 6, 3)),
        toewijzing_einddatum: Waarde::van(date(2024, 12, 29)),
        omvang: vijf_uur(),
        ..AangevraagdProduct::default()
    };
    asked.verwijzer.type_verwijzer = Waarde::van("01");
    it.client.aangevraagde_producten = vec![asked];
    Bericht::from(it).schrijf()
}

/// Takes in a request, and carries away the return on it, which must find nothing wrong.
fn ask(kantoor: &Kantoor, request: Vec<u8>, back: Berichtsoort) {
    let (read, problems) = bericht::lees("verzoek", &request);
    assert!(read.is_some() && problems.is_empty(), "{problems:?}");
    fs::write(kantoor.path("in/verzoek.xml"), &request).expect("a file");
    let told = kantoor.receive();
    assert_eq!(told.code, 0, "{}{}", told.answer, told.errors);
    assert!(kantoor.kept().contains(&request), "kept byte for byte");
    kantoor.send("");
    let returned = carried(kantoor);
    assert_eq!(returned.iter().map(Bericht::soort).collect::<Vec<_>>(), [back]);
    let said = messages::iwmo::retour::uitslag(&returned[0]);
    assert_eq!(said, Some(messages::iwmo::retour::Uitslag::Aanvaard));
}

#[test]
fn a_request_for_change_waits_for_its_answer_and_the_log_grants_it() {
    let kantoor = gemeente();
    ask(&kantoor, wijziging(), Berichtsoort::Wmo318);
    let waits = "een antwoord op verzoek W-1 (WMO301 of WMO319)";
    let status = kantoor.status();
    assert!(status.contains(&format!("te laat 03-06-2024: {waits}")), "{status}");
    end_503(&kantoor);
    let told = kantoor.send("--since 2024-01-01");
    assert!(
        told.answer.contains("verzoek W-1 van de aanbieder wacht op antwoord"),
        "{}",
        told.answer
    );
    assert!(carried(&kantoor).is_empty(), "news that is no answer waits for one");

    assert_eq!(kantoor.ask("iwmo answer W-1 --onderzoek").code, 0);
    let twice = kantoor.ask("iwmo answer W-1 --onderzoek");
    assert!(twice.errors.contains("TR360"), "{}", twice.errors);
    kantoor.send("");
    let mut said: Vec<Berichtsoort> = carried(&kantoor).iter().map(Bericht::soort).collect();
    said.sort();
    assert_eq!(said, [Berichtsoort::Wmo301, Berichtsoort::Wmo319], "then the news may go");
    more_hours(&kantoor, 4);
    kantoor.send("");
    let granted = kantoor.status();
    let sent = carried(&kantoor);
    assert_eq!(sent.len(), 1);
    // Four hours are not the five that were asked: somebody has to say that this is the answer.
    assert!(granted.contains(waits), "{granted}");
    let told = kantoor.ask("iwmo answer W-1 --honoreren");
    assert_eq!(told.code, 0, "{}{}", told.answer, told.errors);
    kantoor.send("");
    let sent = only_301(&kantoor);
    assert!(products(&sent).iter().all(|it| it.ends_with(" W-1")), "{:?}", products(&sent));
    assert!(!kantoor.status().contains(waits), "{}", kantoor.status());
    let late = kantoor.ask("iwmo answer W-1 --afwijzen 1");
    assert!(late.errors.contains("TR359"), "{}", late.errors);
}

#[test]
fn what_the_log_does_just_as_asked_is_the_answer() {
    let kantoor = gemeente();
    ask(&kantoor, wijziging(), Berichtsoort::Wmo318);
    more_hours(&kantoor, 5);
    let told = kantoor.send("--since 2024-01-01");
    assert_eq!(told.code, 0, "{}{}", told.answer, told.errors);
    assert_eq!(products(&only_301(&kantoor)), ["501 05 W-1", "503  W-1", "601  W-1"]);
    assert!(!kantoor.status().contains("verzoek W-1"), "{}", kantoor.status());
}

#[test]
fn a_request_for_an_allocation_is_rejected_with_a_reason() {
    let kantoor = gemeente();
    ask(&kantoor, aanvraag(), Berichtsoort::Wmo316);
    let unknown = kantoor.ask("iwmo answer A-9 --onderzoek");
    assert!(
        unknown.errors.contains("geen verzoek ontvangen met referentie A-9"),
        "{}",
        unknown.errors
    );
    let wrong = kantoor.ask("iwmo answer A-1 --afwijzen 77");
    assert_eq!(wrong.code, 1, "{}", wrong.answer);
    let which = kantoor.ask("iwmo answer A-1 --honoreren");
    assert!(which.errors.contains("noem met --toewijzing"), "{}", which.errors);
    let told = kantoor.ask("iwmo answer A-1 --afwijzen 5");
    assert_eq!(told.code, 0, "{}{}", told.answer, told.errors);
    kantoor.send("");
    let said = carried(&kantoor);
    let [answer @ Bericht::Wmo319(it)] = said.as_slice() else { panic!("one 319: {said:?}") };
    assert!(it.antwoord.verzoek_antwoord.is("1") && it.antwoord.reden_afwijzing_verzoek.is("5"));
    assert!(kantoor.kept().contains(&answer.schrijf()), "under the client of the request");
    assert!(!kantoor.status().contains("verzoek A-1"), "{}", kantoor.status());
}
