//! Letters: what they say follows the case, a copy of what was sent stays, and some never leave.

use std::process::Command;

use axum::http::StatusCode;
use domain::{
    Actor, Functie, Omstandigheid, RegisterEvent, Systeemdeel,
    cta::{Discipline, Overleg},
    inrichting::Inrichting,
    voorziening::Voorzieningstatus,
};
use store::Person;

use crate::{
    beoordelingskader::version_one,
    proef::{Antwoord, NU, PROEF, run},
    stappen::{case_at, enquiry, new_case, path, priced, step, taken, walk},
};

fn letter(zaak: &str, soort: &str) -> String {
    format!("/zaken/{zaak}/brieven/{soort}")
}

async fn read(zaak: &str, soort: &str) -> Antwoord {
    PROEF.get(Functie::Consulent, &letter(zaak, soort)).await
}

/// The words of a PDF in a row; `None` without the program that reads it.
fn words_of(bytes: &[u8]) -> Option<String> {
    assert!(bytes.starts_with(b"%PDF"), "{}", String::from_utf8_lossy(bytes));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("brief.pdf");
    std::fs::write(&file, bytes).unwrap();
    let Ok(out) = Command::new("pdftotext").arg(&file).arg("-").output() else {
        eprintln!("OVERGESLAGEN: pdftotext ontbreekt (cargo xtask setup)");
        return None;
    };
    let text = String::from_utf8(out.stdout).unwrap();
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Both forms of a letter say all of this.
async fn says(zaak: &str, soort: &str, parts: &[&str]) {
    let page = read(zaak, soort).await;
    assert_eq!(page.status, StatusCode::OK, "{soort}: {}", page.text());
    let text = page.text().replace("&#39;", "'");
    assert_eq!(text.matches("<h1").count(), 1, "{soort}: one heading");
    for part in parts {
        assert!(text.contains(part), "{soort}: {part} in {text}");
    }
    let file = read(zaak, &format!("{soort}.pdf")).await;
    assert_eq!(file.header("content-type"), "application/pdf");
    let Some(words) = words_of(&file.bytes) else { return };
    for part in parts {
        assert!(words.contains(part), "{soort}.pdf: {part} in {words}");
    }
}

const BESLUIT: &str = "Er is geen andere oplossing gevonden.";

/// The fields of a decision.
fn decision<'a>(
    uitkomst: &'a str,
    (aanbieder, product, eenheid): (&'a str, &'a str, &'a str),
) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("uitkomst", uitkomst), ("tekst", BESLUIT)];
    if uitkomst.ends_with("toegekend") {
        fields.extend([
            ("product", product),
            ("vorm", "zin"),
            ("aanbieder", aanbieder),
            ("volume", "1"),
            ("eenheid", eenheid),
            ("frequentie", "2"),
            ("van", "01-03-2018"),
            ("tot", "31-08-2018"),
        ]);
    }
    if uitkomst == "afgewezen" {
        fields.push(("grond", "gebruikelijke-hulp"));
    }
    fields
}

#[test]
fn every_outcome_is_a_letter_with_its_ground_and_its_dates() {
    run(async {
        let (aanbieder, product, eenheid) = priced();
        let (aanbieder, product) = (aanbieder.0.to_string(), product.to_string());
        let what = (aanbieder.as_str(), product.as_str(), eenheid);
        for (uitkomst, subject, parts) in [
            ("toegekend", "u krijgt ondersteuning", ["01-03-2018 t/m 31-08-2018", "2.1.4a"]),
            ("gedeeltelijk-toegekend", "een deel van wat u vroeg", ["zorg in natura", "CAK"]),
            ("afgewezen", "wij wijzen uw aanvraag af", ["gebruikelijke hulp", "2.3.5, derde lid"]),
            ("buiten-behandeling-gesteld", "niet verder", ["Awb, artikel 4:5", "nieuwe melding"]),
            (
                "ingetrokken-door-de-client",
                "heeft uw aanvraag ingetrokken",
                ["intrekt", "dat vast"],
            ),
        ] {
            let (zaak, dossier) = new_case(&format!("Uitkomst {uitkomst}")).await;
            enquiry(&zaak).await;
            taken(Functie::Beslisser, &zaak, "besluit", &decision(uitkomst, what)).await;
            let page = PROEF.get(Functie::Consulent, &dossier).await.text();
            assert!(page.contains(&format!("href=\"{}\"", letter(&zaak, "besluit-1"))), "{page}");
            let mut all = vec![
                subject,
                "namens het college van burgemeester en wethouders van Wijkerveen",
                "beslisser",
                "12 februari 2018",
                "Hulp bij de dag.",
                BESLUIT,
                // Six weeks after 15 February 2018. Awb, art. 6:7.
                "tot en met 29 maart 2018",
                "Awb, artikelen 6:7 en 6:8",
                "Postbus 1",
                "Dorpsstraat 12",
                "9999 AB Wijkerveen",
            ];
            all.extend(parts);
            // HTML keeps two spaces before the place, as post code rules ask; so search for one.
            all.retain(|it| *it != "9999 AB Wijkerveen");
            says(&zaak, "besluit-1", &all).await;
        }
    });
}

#[test]
fn the_confirmation_and_the_report_say_what_the_law_asks() {
    run(async {
        let (zaak, _) = new_case("van der Ontvangst").await;
        let confirmation = [
            "Wij hebben uw melding ontvangen",
            "Geachte heer of mevrouw Van der Ontvangst,",
            "Hulp bij de dag.",
            // Six weeks and seven days after 12 February 2018.
            "26 maart 2018",
            "tot en met 19 februari 2018",
            "Wmo 2015, artikelen 2.2.4 en 2.3.2, derde lid",
            "Steunpunt Wijkerveen",
            "persoonlijk plan",
        ];
        says(&zaak, "ontvangst", &confirmation).await;
        assert_eq!(read(&zaak, "verslag").await.status, StatusCode::NOT_FOUND, "not written yet");
        enquiry(&zaak).await;
        let report = [
            "Verslag van het onderzoek",
            "Mevrouw kookt zelf, maar vergeet de tijd van haar medicijnen.",
            "Ik wil graag thuis blijven.",
            "huisbezoek, met uw mantelzorger",
            "paspoort gezien op 15 februari 2018",
        ];
        says(&zaak, "verslag", &report).await;
        let sent = read(&zaak, "verslag").await.text();
        assert!(sent.contains("Ik ben het niet eens met het verslag."), "room to react");
        let now = read(&zaak, "verslag?nu=ja").await.text();
        assert!(now.contains("Op 15 februari 2018 liet u weten: akkoord."), "{now}");
    });
}

#[test]
fn what_was_sent_never_changes_and_what_was_not_does() {
    run(async {
        let (zaak, dossier) = new_case("Bewaard").await;
        enquiry(&zaak).await;
        let fields = decision("afgewezen", ("", "", ""));
        taken(Functie::Beslisser, &zaak, "besluit", &fields).await;
        let before = read(&zaak, "besluit-1").await.text();
        assert!(before.contains("Dit is een voorbeeld"), "{before}");
        let sent = [("besluit", "1"), ("brief", "wijkpeil")];
        taken(Functie::Consulent, &zaak, "besluit-verzenden", &sent).await;
        let first = read(&zaak, "besluit-1.pdf").await.bytes;
        let client = u64::from_str_radix(dossier.trim_start_matches("/dossiers/"), 16).unwrap();
        let client = domain::ClientId(client);
        let store = PROEF.live.store();
        let Person::Known(mut person) = store.person(client).await.unwrap() else {
            panic!("a new client is known")
        };
        person.straat_en_nummer = "Nieuwstraat 99".to_owned();
        store.put_person(client, &person).await.unwrap();
        let page = read(&zaak, "besluit-1").await.text();
        assert!(page.contains("Dit is wat de cliënt kreeg") && page.contains("Dorpsstraat 12"));
        assert!(!page.contains("Nieuwstraat"), "{page}");
        assert_eq!(read(&zaak, "besluit-1.pdf").await.bytes, first);
        let looks = store.accesses(client).await.unwrap();
        for action in ["brief bekeken: besluit-1", "brief gedownload: besluit-1"] {
            assert!(looks.iter().any(|it| it.action == action), "{action}");
        }
        let log = PROEF.live.with(|world| format!("{:?}", world.entries));
        assert!(!log.contains("Dorpsstraat") && !log.contains(BESLUIT), "a text is in the log");
    });
}

#[test]
fn of_a_shielded_client_there_is_no_letter_at_all() {
    run(async {
        let (zaak, dossier) = new_case("Afgeschermd").await;
        enquiry(&zaak).await;
        let fields = decision("afgewezen", ("", "", ""));
        taken(Functie::Beslisser, &zaak, "besluit", &fields).await;
        let sent = [("besluit", "1"), ("brief", "wijkpeil")];
        taken(Functie::Consulent, &zaak, "besluit-verzenden", &sent).await;
        taken(Functie::Consulent, &zaak, "afscherming", &[("afgeschermd", "ja")]).await;
        for soort in ["ontvangst", "verslag", "besluit-1"] {
            for end in ["", ".pdf"] {
                let answer = read(&zaak, &format!("{soort}{end}")).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{soort}{end}");
                let page = answer.text();
                assert!(page.contains("afgeschermd") && page.contains("OP003"), "{page}");
                assert!(!page.contains("Dorpsstraat"), "{page}");
            }
        }
        let page = PROEF.get(Functie::Consulent, &dossier).await.text();
        assert!(!page.contains("/brieven/"), "{page}");
        let address = PROEF.get(Functie::Consulent, &format!("{dossier}/adres")).await;
        assert_eq!(address.status, StatusCode::FORBIDDEN);
        assert!(!address.text().contains("Dorpsstraat"));
    });
}

#[test]
fn without_an_address_there_is_no_letter_and_the_reason_is_said() {
    run(async {
        let (zaak, dossier) = case_at("Zonder Adres", "", "ziekenhuis").await;
        let answer = read(&zaak, "ontvangst").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("ontbreekt het adres: straat en nummer"));
        assert!(answer.text().contains(&format!("href=\"{dossier}/adres\"")));
        enquiry(&zaak).await;
        let fields = decision("afgewezen", ("", "", ""));
        taken(Functie::Beslisser, &zaak, "besluit", &fields).await;
        let ours = [("besluit", "1"), ("brief", "wijkpeil")];
        let answer = step(Functie::Consulent, &zaak, "besluit-verzenden", &ours).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = answer.text();
        assert!(page.contains("<a href=\"#brief\">Deze brief kan niet worden gemaakt"), "{page}");
        let elsewhere = [("besluit", "1"), ("brief", "anders")];
        taken(Functie::Consulent, &zaak, "besluit-verzenden", &elsewhere).await;
        assert_eq!(read(&zaak, "besluit-1").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let form = format!("{dossier}/adres");
        let half = [("straat", "Kade 3"), ("postcode", ""), ("plaats", "Wijkerveen")];
        let answer = PROEF.post(Functie::Consulent, &form, &half).await;
        assert!(answer.text().contains("<a href=\"#postcode\">Vul een postcode in."));
        let whole = [("straat", "Kade 3"), ("postcode", "9999 ab"), ("plaats", "Wijkerveen")];
        let answer = PROEF.post(Functie::Consulent, &form, &whole).await;
        assert_eq!(answer.header("location"), dossier, "{}", answer.text());
        says(&zaak, "besluit-1", &["Kade 3", "9999 AB"]).await;
    });
}

#[test]
fn a_decision_tells_the_trace_and_why_it_leaves_the_advice() {
    run(async {
        let (aanbieder, product, eenheid) = priced();
        let (aanbieder, product) = (aanbieder.0.to_string(), product.to_string());
        let (zaak, _) = new_case("Spoor").await;
        enquiry(&zaak).await;
        walk(&zaak).await;
        let mut proposed = decision("toegekend", (&aanbieder, &product, eenheid));
        proposed.push(("normafwijking", "anders"));
        taken(Functie::Consulent, &zaak, "voorstel", &proposed).await;
        let mut fields = decision("afgewezen", ("", "", ""));
        fields.push(("afwijking", "iets-lichters-of-algemeens-is-genoeg"));
        taken(Functie::Beslisser, &zaak, "besluit", &fields).await;
        let parts = [
            "Het voorstel was: toegekend.",
            "iets lichters of algemeens is genoeg (Awb, artikel 3:46)",
            "Nagevraagd. (Wmo 2015, art. 2.3.5 lid 1)",
            "in de volgorde van de wet",
        ];
        says(&zaak, "besluit-1", &parts).await;
    });
}

#[test]
fn a_grant_that_is_withdrawn_ends_its_orders_and_is_a_letter() {
    run(async {
        let (aanbieder, product, eenheid) = priced();
        let (aanbieder, product) = (aanbieder.0.to_string(), product.to_string());
        let (zaak, _) = new_case("Herzien").await;
        enquiry(&zaak).await;
        let fields = decision("toegekend", (&aanbieder, &product, eenheid));
        taken(Functie::Beslisser, &zaak, "besluit", &fields).await;
        let end = [
            ("voorziening", "1"),
            ("per", "31-05-2018"),
            ("reden", "ingetrokken"),
            ("tekst", "De gegevens klopten niet."),
        ];
        let refused = step(Functie::Intaker, &zaak, "herzien", &end).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
        taken(Functie::Consulent, &zaak, "herzien", &end).await;
        let status = PROEF.live.with(|world| {
            let id = zaak.parse().unwrap();
            let client = world.state.client_van_zaak(id).unwrap();
            world.state.dossiers[&client].voorzieningen[0].status
        });
        assert!(matches!(status, Voorzieningstatus::Beeindigd(_)), "{status:?}");
        let parts = [
            "uw ondersteuning stopt eerder",
            "De laatste dag is 31 mei 2018 (Wmo 2015, artikel 2.3.10)",
            "De gegevens klopten niet.",
            "tot en met 29 maart 2018",
        ];
        says(&zaak, "herziening-1", &parts).await;
    });
}

/// A meeting in which the decider sits, who reads dossiers too and has no interest.
async fn plan_meeting() {
    let voorzitter = PROEF.medewerker_of(Functie::CtaLid);
    let member = PROEF.medewerker_of(Functie::Beslisser);
    let op = jiff::civil::date(2018, 2, 20);
    let overleg = Overleg {
        id: domain::OverlegId(900),
        op,
        leden: vec![(voorzitter, Discipline::Kwaliteit), (member, Discipline::Wmo)],
        voorzitter,
    };
    let event = RegisterEvent::ToegangIngericht(Inrichting::OverlegGepland(overleg));
    let actor = Actor::Systeem(Systeemdeel::Inrichting);
    let today = jiff::civil::date(2018, 2, 15);
    let bij = Omstandigheid { on: today, today, actor };
    let asked = [(domain::Command::Register(event), bij)];
    PROEF.live.execute(&asked, NU.parse().unwrap()).await.unwrap();
}

#[test]
fn who_judges_blind_does_not_see_the_proposal_until_then() {
    run(async {
        let (aanbieder, product, eenheid) = priced();
        let (aanbieder, product) = (aanbieder.0.to_string(), product.to_string());
        let (zaak, dossier) = new_case("Blind").await;
        enquiry(&zaak).await;
        walk(&zaak).await;
        let mut proposed = decision("toegekend", (&aanbieder, &product, eenheid));
        proposed.push(("normafwijking", "anders"));
        taken(Functie::Consulent, &zaak, "voorstel", &proposed).await;
        let shown = async |functie| PROEF.get(functie, &dossier).await.text();
        let told = |page: &str| page.contains("Voorstel: toegekend") || page.contains(BESLUIT);
        assert!(told(&shown(Functie::Beslisser).await), "not drawn, so nothing is blind");
        plan_meeting().await;
        let agenda = [("overleg", "900"), ("aanleiding", "steekproef")];
        taken(Functie::Consulent, &zaak, "cta-aanmelden", &agenda).await;
        let page = shown(Functie::Beslisser).await;
        assert!(!told(&page), "{page}");
        assert!(page.contains("U ziet het nadat u zelf een tweede oordeel gaf"), "{page}");
        assert!(told(&shown(Functie::Consulent).await), "who proposed knows it");
        for stap in ["besluit", "voorstel"] {
            let form = PROEF.get(Functie::Beslisser, &path(&zaak, stap)).await.text();
            assert!(!form.contains("01-03-2018"), "{stap}: the form tells it: {form}");
        }
        let own = decision("afgewezen", ("", "", ""));
        taken(Functie::Beslisser, &zaak, "tweede-oordeel", &own).await;
        assert!(told(&shown(Functie::Beslisser).await), "after the judgement it is seen");
    });
}

#[test]
fn what_became_of_an_objection_is_shown_at_the_step_it_touches() {
    run(async {
        let count = async || {
            let page = PROEF.get(Functie::Griffier, "/register/kader").await.text();
            assert!(!page.contains("/zaken/"), "somebody without dossiers sees no case");
            let row = page.split("<th scope=\"row\">Gebruikelijke hulp</th>").nth(1);
            let row = row.map(|it| it.split("</tr>").next().unwrap().to_owned());
            row.unwrap_or_default().matches(">1<").count()
        };
        version_one().await;
        let before = count().await;
        let (zaak, _) = new_case("Les").await;
        enquiry(&zaak).await;
        let fields = decision("afgewezen", ("", "", ""));
        taken(Functie::Beslisser, &zaak, "besluit", &fields).await;
        let sent = [("besluit", "1"), ("brief", "wijkpeil")];
        taken(Functie::Consulent, &zaak, "besluit-verzenden", &sent).await;
        taken(Functie::Consulent, &zaak, "bezwaar", &[("besluit", "1")]).await;
        let outcome = [("besluit", "1"), ("uitkomst", "gegrond")];
        taken(Functie::Consulent, &zaak, "bezwaar-beslissen", &outcome).await;
        assert_eq!(count().await, before + 1);
        let page = PROEF.get(Functie::Consulent, "/register/kader").await.text();
        assert!(page.contains(&format!("/zaken/{zaak}/kader/spoor")), "{page}");
        let version = PROEF.get(Functie::Griffier, "/register/kader/1").await.text();
        assert!(version.contains("Geleerd bij deze stap: 1 keer bezwaar gegrond"), "{version}");
    });
}
