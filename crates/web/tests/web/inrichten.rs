//! A new installation, and the look of a municipality.

use axum::http::StatusCode;

use crate::proef::{Proef, run};

#[test]
fn a_new_installation_asks_for_its_first_keeper_once() {
    run(async {
        let proef = Proef::empty(None).await;
        proef.live.store().put_setup_code("goede-code").await.unwrap();
        for path in ["/", "/maandbeeld", "/inloggen", "/dossiers/1"] {
            let request = axum::http::Request::get(path).body(axum::body::Body::empty()).unwrap();
            assert_eq!(proef.send(request).await.header("location"), "/inrichten", "{path}");
        }
        let fields = |code: &'static str| {
            [
                ("code", code),
                ("gemeente", "Proefdorp"),
                ("gemeentecode", "9999"),
                ("volledige_naam", "Eerste Beheerder"),
                ("gebruikersnaam", "beheer"),
                ("nieuw", "een heel goed wachtwoord"),
                ("nogmaals", "een heel goed wachtwoord"),
            ]
        };
        let wrong = proef.post_anonymous("/inrichten", &fields("andere-code")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("Deze code klopt niet"));
        let right = proef.post_anonymous("/inrichten", &fields("goede-code")).await;
        assert_eq!(right.header("location"), "/inloggen", "{}", right.text());
        let again = proef.post_anonymous("/inrichten", &fields("goede-code")).await;
        assert_eq!(again.header("location"), "/");
        let login = [("naam", "beheer"), ("wachtwoord", "een heel goed wachtwoord")];
        let door = proef.post_anonymous("/inloggen", &login).await;
        assert_eq!(door.header("location"), "/");
        let gemeente = proef.live.with(|it| it.state.register.gemeente.clone().unwrap());
        assert_eq!(gemeente.naam, "Proefdorp");
    });
}

#[test]
fn a_theme_file_changes_the_look_of_every_page() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let theme = folder.path().join("thema.css");
        std::fs::write(&theme, ".proefdorp-theme { --utrecht-link-color: #003366 }").unwrap();
        let proef = Proef::empty(Some(theme)).await;
        let get = |path: &str, etag: &str| {
            let request = axum::http::Request::get(path).header("if-none-match", etag);
            request.body(axum::body::Body::empty()).unwrap()
        };
        let page = proef.send(get("/inrichten", "")).await.text();
        assert!(page.contains("<html lang=\"nl\" class=\"proefdorp-theme\">"));
        assert!(page.contains("href=\"/thema.css\""));
        let css = proef.send(get("/thema.css", "")).await;
        assert!(css.text().contains("#003366"));
        let etag = css.header("etag").to_owned();
        let again = proef.send(get("/thema.css", &etag)).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
        let plain = Proef::empty(None).await;
        assert_eq!(plain.send(get("/thema.css", "")).await.status, StatusCode::NOT_FOUND);
    });
}
