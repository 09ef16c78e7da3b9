//! Every page that can be read: well made, for who may see it.

use axum::http::StatusCode;
use domain::Functie;
use web::{Methode, Toegang, rechten::mag};

use crate::{
    beoordelingskader::version_one,
    proef::{PROEF, run},
    rechten::case_of,
};

#[test]
fn every_page_is_dutch_has_one_heading_and_a_label_on_every_field() {
    run(async {
        version_one().await;
        let bericht = kept_message().await;
        let mut seen = 0;
        for (path, methode, toegang) in web::routes() {
            let who = match toegang {
                Toegang::Recht(actie) => {
                    PROEF.functies().into_iter().find(|it| mag(*it, actie)).unwrap()
                }
                _ => Functie::Consulent,
            };
            if methode == Methode::Post || path == "/" || path == "/inrichten" {
                continue;
            }
            // This municipality has no CTA-overleg yet; the tests of those pages check them.
            if path.contains("{overleg}") {
                continue;
            }
            for path in
                real(&path.replace("{bericht}", &bericht).replace("{soort}", "ontvangst"), who)
            {
                let answer = PROEF.get(who, &path).await;
                if path == "/thema.css" {
                    continue;
                }
                assert_eq!(answer.status, StatusCode::OK, "{path}");
                if answer.header("content-type").starts_with("text/html")
                    && answer.header("content-disposition").is_empty()
                {
                    check(&path, &answer.text());
                    seen += 1;
                }
            }
        }
        assert!(seen > 40, "{seen}");
    });
}

/// What a message is called that is kept under every client of [`real`].
async fn kept_message() -> String {
    let clients = PROEF.functies().into_iter().map(|it| PROEF.client_of(PROEF.team_of(it)));
    let clients: Vec<_> = clients.collect();
    let path = "../messages/tests/data/iwmo/1_toewijzing.xml";
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let bytes = std::fs::read(path).unwrap();
    let (store, now) = (PROEF.live.store(), crate::proef::NU.parse().unwrap());
    store.put_message(&bytes, "301.xml", &clients, now).await.unwrap();
    let kept = store.kept_messages(&clients[..1].iter().copied().collect()).await.unwrap();
    let own = kept.iter().find(|it| it.message.bytes == bytes).unwrap();
    own.print.iter().map(|it| format!("{it:02x}")).collect()
}

/// The path with something real in place of its parameters.
fn real(path: &str, functie: Functie) -> Vec<String> {
    let client = PROEF.client_of(PROEF.team_of(functie));
    let filled = path
        .replace("{client}", &format!("{:x}", client.0))
        .replace("{toewijzing}", &PROEF.toewijzing_of(client).to_string())
        .replace("{zaak}", &case_of(client).to_string())
        .replace("{versie}", "1")
        .replace("{team}", "1")
        .replace("{medewerker}", "1")
        .replace("{aanbieder}", "1")
        .replace("/blokkeren", "/blokkeren?naam=controller");
    let each = |part: &str, values: &[&str]| -> Vec<String> {
        values.iter().map(|it| filled.replace(part, it)).collect()
    };
    if filled.contains("{naam}") {
        let names: Vec<&str> = indicators::CATALOGUS.iter().map(|it| it.naam).collect();
        each("{naam}", &names)
    } else if filled.contains("{stap}") {
        each("{stap}", &STAPPEN)
    } else if filled.contains("{formulier}") {
        each("{formulier}", &FORMULIEREN)
    } else {
        vec![filled]
    }
}

/// Every step of a case that has a form beside the proposal and the decision.
const STAPPEN: [&str; 33] = [
    "ontvangst",
    "persoonlijk-plan",
    "triage",
    "beleg",
    "intake",
    "start-onderzoek",
    "afscherming",
    "sluiten",
    "identiteit",
    "gesprek",
    "onderwerp",
    "onderzoek-afronden",
    "verslag",
    "reactie",
    "aanvraag",
    "opschorten",
    "hervatten",
    "aanbieder-toestaan",
    "cta-aanmelden",
    "cta-oordeel",
    "tweede-oordeel",
    "besluit-verzenden",
    "bezwaar",
    "bezwaar-beslissen",
    "beroep",
    "beroep-uitspraak",
    "doelen",
    "evaluatie-plannen",
    "evaluatie",
    "heronderzoek-plannen",
    "heronderzoek",
    "afschalen",
    "herzien",
];

const FORMULIEREN: [&str; 35] = [
    "gemeente",
    "brieven",
    "wijk",
    "inwoners",
    "team",
    "werkgebied",
    "algemene-voorziening",
    "wachttijd",
    "pilot",
    "reeksbreuk",
    "medewerker",
    "aanstelling",
    "vertrek",
    "mandaat",
    "mandaat-intrekken",
    "aanbieder",
    "contract",
    "contract-einde",
    "product",
    "tarief",
    "waarneming",
    "overleg",
    "scholingseis",
    "scholing",
    "budget",
    "capaciteit",
    "instelling-toegangsvorm",
    "instelling-vier-ogen",
    "instelling-eigen-aanbieder",
    "instelling-triage",
    "instelling-criteria",
    "instelling-terugkeer",
    "instelling-spoed",
    "instelling-cta",
    "instelling-heronderzoek",
];

/// What holds for every page.
pub(crate) fn check(path: &str, page: &str) {
    assert!(page.contains("<html lang=\"nl\""), "{path}");
    assert!(page.contains("class=\"sla-over\""), "{path}");
    assert_eq!(page.matches("<h1").count(), 1, "{path}: one heading");
    let rest = page.replace("<script src=\"/static/concept.js\" defer></script>", "");
    assert!(!rest.contains("<script"), "{path}: no script but the one that keeps drafts");
    assert!(!page.contains(" style=\""), "{path}: the policy forbids styles in the page");
    for element in ["<input ", "<select ", "<textarea "] {
        for part in page.split(element).skip(1) {
            let tag = part.split('>').next().unwrap();
            if tag.contains("type=\"hidden\"") {
                continue;
            }
            let id = tag.split("id=\"").nth(1).and_then(|it| it.split('"').next());
            let id = id.unwrap_or_else(|| panic!("{path}: a field without id: {tag}"));
            let label = format!("for=\"{id}\"");
            assert!(page.contains(&label), "{path}: {id} has no label");
        }
    }
}

#[test]
fn a_month_without_figures_says_so_kindly() {
    run(async {
        for (query, words) in [
            ("maand=2031-01", "moet nog komen"),
            ("maand=1999-01", "is niets bekend"),
            ("maand=onzin", "Maand niet begrepen"),
            ("maand=2017-12&peildatum=01-01-2030", "moet nog komen"),
            ("maand=2017-12&team=999", "niet bekend en telt niet mee"),
        ] {
            let page = PROEF.get(Functie::Controller, &format!("/maandbeeld?{query}")).await;
            assert_eq!(page.status, StatusCode::OK, "{query}");
            assert!(page.text().contains(words), "{query}");
        }
    });
}

#[test]
fn a_chosen_filter_is_shown_and_can_be_taken_off() {
    run(async {
        let path = "/maandbeeld?maand=2017-12&team=1&soort=ondersteuning_thuis";
        let page = PROEF.get(Functie::Controller, path).await.text();
        assert!(page.contains("href=\"/maandbeeld?maand=2017-12&#38;soort=ondersteuning_thuis\""));
        assert!(page.contains("href=\"/maandbeeld?maand=2017-12&#38;team=1\""));
        assert!(
            page.contains("cijfers.csv?maand=2017-12&#38;team=1&#38;soort=ondersteuning_thuis")
        );
    });
}

#[test]
fn what_was_recorded_later_does_not_count_on_an_earlier_day() {
    run(async {
        let now = PROEF.get(Functie::Controller, "/maandbeeld?maand=2017-12").await.text();
        let path = "/maandbeeld?maand=2017-12&peildatum=02-01-2018";
        let then = PROEF.get(Functie::Controller, path).await.text();
        assert!(now.contains("peildatum 15-02-2018"));
        assert!(then.contains("peildatum 02-01-2018") && then.contains("zoals bekend op"));
    });
}

#[test]
fn an_unknown_page_is_told_in_dutch() {
    run(async {
        for path in ["/bestaat-niet", "/dossiers/zzz", "/indicatoren/x", "/register/teams/x"] {
            let answer = PROEF.get(Functie::Consulent, path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            assert!(answer.text().contains("Deze pagina bestaat niet"), "{path}");
        }
    });
}
