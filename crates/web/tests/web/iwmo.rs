//! The check page: a message is pasted or chosen, judged, and not kept.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::Functie;

use crate::proef::{Antwoord, PROEF, run};

const GRENS: &str = "----wijkpeil";

/// An own right message of 2018, with one text changed.
fn message(from: &str, to: &str) -> String {
    let path = "../messages/tests/data/iwmo/1_toewijzing.xml";
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = std::fs::read_to_string(path).expect("an own message");
    assert!(text.contains(from), "{from} is in the message");
    text.replacen(from, to, 1)
}

async fn send(functie: Functie, pasted: &str, file: &str) -> Antwoord {
    let part = |head: &str, text: &str| {
        format!("--{GRENS}\r\nContent-Disposition: form-data; {head}\r\n\r\n{text}\r\n")
    };
    let name = if file.is_empty() { "" } else { "bericht.xml" };
    let body = part("name=\"bericht\"", pasted)
        + &part(&format!("name=\"bestand\"; filename=\"{name}\""), file)
        + &format!("--{GRENS}--\r\n");
    let request = Request::post("/iwmo/controle")
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={GRENS}"))
        .header(header::COOKIE, PROEF.cookie(functie));
    PROEF.send(request.body(Body::from(body)).unwrap()).await
}

#[test]
fn a_message_is_judged_and_nothing_is_kept() {
    run(async {
        let before = PROEF.live.with(|it| it.entries.len());
        let wrong = message("<s:NaamGebruik>1<", "<s:NaamGebruik>5<");
        for (pasted, file) in [(wrong.as_str(), ""), ("", wrong.as_str())] {
            let answer = send(Functie::Controller, pasted, file).await;
            let page = answer.text();
            assert_eq!(answer.status, StatusCode::OK, "{page}");
            for part in ["WMO301", "CS050", "0001", "NaamGebruik"] {
                assert!(page.contains(part), "{part} in {page}");
            }
            assert!(!page.contains("Postcode>"), "the message itself is not shown");
        }
        assert_eq!(PROEF.live.with(|it| it.entries.len()), before);
    });
}

#[test]
fn the_message_of_an_allocation_is_shown_in_words_and_is_right() {
    run(async {
        let client = PROEF.client_of(None);
        let nummer = PROEF.toewijzing_of(client);
        let path = format!("/dossiers/{:x}/toewijzing/{nummer}/bericht", client.0);
        let page = PROEF.get(Functie::Consulent, &path).await.text();
        for part in ["Wat erin staat", "Er is nog niets verstuurd", "bericht.xml", "per "] {
            assert!(page.contains(part), "{part} in {page}");
        }
        let answer = PROEF.get(Functie::Consulent, &format!("{path}.xml")).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("content-type"), "application/xml");
        let (read, problems) = messages::iwmo::bericht::lees("301", &answer.bytes);
        assert!(problems.is_empty(), "{problems:?}");
        let found = messages::iwmo::regel::binnen_bericht(&read.unwrap());
        assert!(found.is_empty(), "{found:?}");
        let seen = PROEF.live.store().accesses(client).await.unwrap();
        assert!(seen.iter().any(|it| it.action == "bericht aan aanbieder gedownload"));
        let closed = PROEF.get(Functie::Controller, &path).await;
        assert_eq!(closed.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn a_form_without_a_message_asks_for_one() {
    run(async {
        let answer = send(Functie::Contractmanager, " \r\n", "").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("Plak een bericht of kies een bestand."));
        let answer = send(Functie::Contractmanager, "<a>", "").await;
        assert!(answer.text().contains("XML10"), "{}", answer.text());
    });
}

#[test]
fn a_message_may_be_larger_than_a_form() {
    run(async {
        let spaces = " ".repeat(1024 * 1024);
        let large = message("</b:Bericht>", &format!("{spaces}</b:Bericht>"));
        let answer = send(Functie::Controller, "", &large).await;
        // It came in whole and was read: so much white space is what is wrong with it.
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.text().contains("XML08"), "{}", answer.text());
    });
}
