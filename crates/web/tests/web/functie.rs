//! Who has more than one function chooses, and a substitution ends by itself.

use axum::http::StatusCode;
use domain::Functie;

use crate::{
    klein::Klein,
    proef::{WACHTWOORD, run},
};

const CONSULENT: u32 = 1;
const MELDING: [(&str, &str); 8] = [
    ("op", "12-02-2018"),
    ("achternaam", "Proefpersoon"),
    ("geboortedatum", "12-03-1947"),
    ("wijk", "1"),
    ("kanaal", "telefoon"),
    ("melder", "huisarts"),
    ("spoed", "nee"),
    ("hulpvraag", "Hulp bij de dag."),
];

#[test]
fn after_signing_in_a_function_is_chosen_and_decides_rights_and_record() {
    run(async {
        let klein = Klein::new().await;
        let fields = [("naam", "proef1"), ("wachtwoord", WACHTWOORD), ("terug", "/account")];
        let answer = klein.proef.post_anonymous("/inloggen", &fields).await;
        let set: Vec<_> = answer.headers.get_all("set-cookie").iter().collect();
        assert_eq!(set.len(), 2, "the session, and no function yet");
        let session = klein.sign_in(CONSULENT).await;
        let asked = klein.get(&session, "/account").await;
        assert_eq!(asked.header("location"), "/functie?terug=/account");
        let page = klein.get(&session, "/functie?terug=/account").await.text();
        assert!(page.contains("consulent (uw aanstelling)"), "{page}");
        assert!(page.contains("teammanager (waarneming tot en met 15 februari 2018)"), "{page}");

        let choice = [("functie", "teammanager"), ("terug", "/budget")];
        let answer = klein.post(&session, "/functie", &choice).await;
        assert_eq!(answer.header("location"), "/budget");
        let cookie = answer.header("set-cookie").to_owned();
        assert!(cookie.starts_with("wijkpeil-functie=teammanager;") && cookie.contains("HttpOnly"));
        let manager = format!("{session}; wijkpeil-functie=teammanager");
        let consulent = format!("{session}; wijkpeil-functie=consulent");
        assert_eq!(klein.get(&manager, "/budget").await.status, StatusCode::OK);
        assert_eq!(klein.get(&consulent, "/budget").await.status, StatusCode::FORBIDDEN);
        assert!(klein.get(&manager, "/account").await.text().contains("Wissel van functie"));

        for (cookie, functie) in [
            (&manager, Functie::Teammanager),
            (&consulent, Functie::Consulent),
            // What is sent before a choice is sent in the own appointment.
            (&session, Functie::Consulent),
        ] {
            let answer = klein.post(cookie, "/meldingen/nieuw", &MELDING).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
            assert_eq!(klein.last_function(), Some(functie));
        }
    });
}

#[test]
fn a_substitution_holds_on_its_last_day_and_not_the_day_after() {
    run(async {
        let klein = Klein::new().await;
        // Half past eleven in the evening in the Netherlands, and an hour later.
        klein.set("2018-02-15T22:30:00Z");
        let session = klein.sign_in(CONSULENT).await;
        let late = format!("{session}; wijkpeil-functie=teammanager");
        assert_eq!(klein.get(&late, "/budget").await.status, StatusCode::OK);
        klein.set("2018-02-15T23:30:00Z");
        let before = klein.proef.live.with(|it| it.entries.len());
        let read = klein.get(&late, "/budget").await;
        assert_eq!(read.header("location"), "/functie?vervallen=ja&terug=/budget");
        let sent = klein.post(&late, "/meldingen/nieuw", &MELDING).await;
        assert_eq!(sent.header("location"), "/functie?vervallen=ja&terug=/");
        assert_eq!(klein.proef.live.with(|it| it.entries.len()), before, "nothing was recorded");
        let page = klein.get(&late, "/functie?vervallen=ja&terug=/").await.text();
        assert!(page.contains("de waarneming is voorbij") && !page.contains("teammanager ("));
        let refused = klein.post(&late, "/functie", &[("functie", "teammanager")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        // With one function left nobody is asked anything.
        let plain = klein.get(&session, "/account").await.text();
        assert!(plain.contains("consulent") && !plain.contains("Wissel van functie"));
    });
}

#[test]
fn a_function_that_was_never_given_opens_nothing() {
    run(async {
        let klein = Klein::new().await;
        for (id, key) in [(CONSULENT, "functioneel-beheerder"), (4, "teammanager"), (4, "onzin")] {
            let session = klein.sign_in(id).await;
            let forged = format!("{session}; wijkpeil-functie={key}");
            for path in ["/beheer/accounts", "/budget", "/register/wijzig/waarneming"] {
                let answer = klein.get(&forged, path).await;
                assert_eq!(answer.status, StatusCode::SEE_OTHER, "{key} {path}");
                assert!(answer.header("location").starts_with("/functie?"), "{key} {path}");
            }
            let answer = klein.post(&session, "/functie", &[("functie", key)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{key}");
            assert_eq!(answer.header("set-cookie"), "", "{key}");
        }
        let nobody = klein.get("wijkpeil-functie=consulent", "/functie").await;
        assert!(nobody.header("location").starts_with("/inloggen"));
    });
}
