//! Every route, tried by every function and by nobody, against the table.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::Functie;
use web::{
    Methode, Toegang,
    rechten::{Zicht, mag, zicht},
};

use crate::proef::{NU, PROEF, Proef, run};

/// What the page of a refusal says.
const GEWEIGERD: &str = "Dit hoort niet bij uw functie";

#[test]
fn every_route_lets_in_exactly_who_the_table_names() {
    run(async {
        let mut deviations = Vec::new();
        let mut tried = 0;
        for (path, methode, toegang) in web::routes() {
            for functie in PROEF.functies() {
                let Toegang::Recht(actie) = toegang else { continue };
                let answer = ask(functie, &filled_in(path, functie), methode).await;
                let refused =
                    answer.status == StatusCode::FORBIDDEN && answer.text().contains(GEWEIGERD);
                tried += 1;
                if refused == mag(functie, actie) || answer.status.is_server_error() {
                    deviations.push(format!(
                        "{} {methode:?} {path}: {}",
                        functie.naam(),
                        answer.status
                    ));
                }
            }
        }
        assert!(
            deviations.is_empty(),
            "{} of {tried}:\n{}",
            deviations.len(),
            deviations.join("\n")
        );
        assert!(tried > 400, "{tried}");
    });
}

#[test]
fn nobody_gets_further_than_the_door() {
    run(async {
        for (path, methode, toegang) in web::routes() {
            let path = filled_in(path, Functie::Consulent);
            let answer = PROEF.send(request(methode, &path, None)).await;
            let to = answer.header("location").to_owned();
            match toegang {
                Toegang::Altijd | Toegang::Open => {
                    assert_ne!(answer.status, StatusCode::FORBIDDEN, "{path}");
                }
                Toegang::Koppeling => {
                    // Off, or on by another test: without a token nobody comes in.
                    let shut = [StatusCode::NOT_FOUND, StatusCode::UNAUTHORIZED];
                    assert!(shut.contains(&answer.status), "{path}");
                    assert!(answer.text().contains("Fo01"), "{path}");
                }
                Toegang::Inrichten => assert_eq!(to, "/", "{path}"),
                Toegang::Ingelogd | Toegang::Kiest | Toegang::Recht(_) => {
                    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
                    assert!(to.starts_with("/inloggen"), "{path} -> {to}");
                    assert!(!answer.text().contains("BSN"), "{path}");
                }
            }
        }
    });
}

#[test]
fn no_route_changes_anything_by_reading() {
    for (path, methode, _) in web::routes() {
        let changes = ["blokkeren", "uitloggen"].iter().any(|it| path.ends_with(it));
        assert!(methode == Methode::Post || !changes || path == "/beheer/accounts/blokkeren");
    }
}

#[test]
fn a_dossier_of_another_team_stays_closed() {
    run(async {
        let functie = Functie::Teammanager;
        assert_eq!(zicht(functie), Zicht::EigenTeam);
        let own = PROEF.team_of(functie).unwrap();
        let teams: Vec<_> = PROEF.live.with(|it| it.state.register.teams.keys().copied().collect());
        let other = teams.into_iter().find(|it| *it != own).unwrap();
        let closed = PROEF.get(functie, &format!("/dossiers/{:x}", stranger(other, own).0)).await;
        assert_eq!(closed.status, StatusCode::FORBIDDEN);
        assert!(closed.text().contains("hoort bij een ander team"));
        let open =
            PROEF.get(functie, &format!("/dossiers/{:x}", PROEF.client_of(Some(own)).0)).await;
        assert_eq!(open.status, StatusCode::OK);
    });
}

/// A client with whom the own team never had to do.
fn stranger(team: domain::TeamId, own: domain::TeamId) -> domain::ClientId {
    let today = jiff::civil::date(2018, 2, 15);
    PROEF.live.with(|world| {
        let register = &world.state.register;
        let of_team = |it: &&domain::Dossier| {
            let wijk = it.gegevens_op(today).and_then(|it| it.wijk);
            let home = wijk.and_then(|it| register.team_van_wijk(it, today));
            home == Some(team)
                && it.zaken.iter().all(|it| it.onderzoek.team() != Some(own))
                && it.voorzieningen.iter().all(|it| it.team != Some(own))
        };
        world.state.dossiers.values().find(of_team).map(|it| it.client).unwrap()
    })
}

/// The path with something real in place of its parameters.
fn filled_in(path: &str, functie: Functie) -> String {
    let client = PROEF.client_of(PROEF.team_of(functie));
    path.replace("{client}", &format!("{:x}", client.0))
        .replace("{zaak}", &case_of(client).to_string())
        .replace("{versie}", "1")
        .replace("{stap}", "gesprek")
        .replace("{bericht}", "00")
        .replace("{soort}", "ontvangst")
        .replace("{naam}", "clienten")
        .replace("{formulier}", "tarief")
        .replace("{toewijzing}", &PROEF.toewijzing_of(client).to_string())
        .replace("{team}", "1")
        .replace("{medewerker}", "1")
        .replace("{aanbieder}", "1")
        .replace("{overleg}", "1")
}

/// A case of a client.
pub(crate) fn case_of(client: domain::ClientId) -> domain::ZaakId {
    PROEF.live.with(|it| it.state.dossiers[&client].zaken[0].id)
}

async fn ask(functie: Functie, path: &str, methode: Methode) -> crate::proef::Antwoord {
    // Some forms end the session they come from: each gets its own.
    let store = PROEF.live.store();
    let account = Proef::account(functie);
    let session = store.create_session(account, NU.parse().unwrap(), 8).await.unwrap();
    PROEF.send(request(methode, path, Some(format!("wijkpeil={}", session.token)))).await
}

fn request(methode: Methode, path: &str, cookie: Option<String>) -> Request<Body> {
    let mut request = match methode {
        Methode::Get => Request::get(path),
        Methode::Post => {
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        }
    };
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    request.body(Body::empty()).unwrap()
}
