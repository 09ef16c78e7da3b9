//! Logging in and out, and what keeps others out.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::Functie;

use crate::proef::{PROEF, Proef, WACHTWOORD, run};

#[test]
fn the_right_password_opens_the_page_that_was_asked_for() {
    run(async {
        let naam = Proef::account(Functie::Controller);
        let fields =
            [("naam", naam), ("wachtwoord", WACHTWOORD), ("terug", "/maandbeeld?maand=2017-12")];
        let answer = PROEF.post_anonymous("/inloggen", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.header("location"), "/maandbeeld?maand=2017-12");
        let cookie = answer.header("set-cookie").to_owned();
        for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        let own = cookie.split(';').next().unwrap().to_owned();
        let read = |path: &str, cookie: &str| {
            Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()
        };
        assert_eq!(PROEF.send(read("/account", &own)).await.status, StatusCode::OK);
        let out = Request::post("/uitloggen").header(header::COOKIE, &own);
        let out = PROEF.send(out.body(Body::empty()).unwrap()).await;
        assert_eq!(out.header("location"), "/inloggen");
        assert_eq!(PROEF.send(read("/account", &own)).await.status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn a_wrong_name_and_a_wrong_password_look_the_same() {
    run(async {
        let known = Proef::account(Functie::Griffier);
        let mut pages = Vec::new();
        for naam in [known, "bestaat-niet"] {
            let fields = [("naam", naam), ("wachtwoord", "geen van beide")];
            let answer = PROEF.post_anonymous("/inloggen", &fields).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(answer.header("set-cookie").is_empty());
            pages.push(answer.text().replace(naam, "NAAM"));
        }
        assert_eq!(pages[0], pages[1]);
        assert!(pages[0].contains("horen niet bij elkaar"));
        assert!(!pages[0].contains("geen van beide"), "a password is never sent back");
    });
}

#[test]
fn after_five_attempts_an_account_waits() {
    run(async {
        let fields = [("naam", "wie-dan-ook"), ("wachtwoord", "geraden")];
        for _ in 0..5 {
            let answer = PROEF.post_anonymous("/inloggen", &fields).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let answer = PROEF.post_anonymous("/inloggen", &fields).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(answer.text().contains("Wacht een paar minuten"));
    });
}

#[test]
fn a_form_of_another_site_is_refused() {
    run(async {
        for (name, value) in
            [("sec-fetch-site", "cross-site"), ("origin", "https://elders.example")]
        {
            let request = Request::post("/uitloggen")
                .header(header::COOKIE, PROEF.cookie(Functie::Controller))
                .header(header::HOST, "wijkpeil.example")
                .header(name, value);
            let answer = PROEF.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}");
            assert!(answer.text().contains("kwam niet van onze eigen pagina"));
        }
        assert_eq!(PROEF.get(Functie::Controller, "/account").await.status, StatusCode::OK);
    });
}

#[test]
fn every_page_carries_the_headers_that_protect_it() {
    run(async {
        for path in ["/inloggen", "/bestaat-niet", "/gezond", "/stijl.css"] {
            let answer = PROEF.get(Functie::Consulent, path).await;
            for (name, part) in [
                ("content-security-policy", "frame-ancestors 'none'"),
                ("content-security-policy", "style-src 'self'"),
                ("x-content-type-options", "nosniff"),
                ("referrer-policy", "same-origin"),
                ("permissions-policy", "camera=()"),
            ] {
                assert!(answer.header(name).contains(part), "{path} {name}");
            }
        }
        let page = PROEF.get(Functie::Consulent, "/dossiers").await;
        assert_eq!(page.header("cache-control"), "no-store");
    });
}
