//! What is written down when somebody looks, and what is left of who was erased.

use axum::http::StatusCode;
use domain::Functie;
use store::Person;

use crate::proef::{PROEF, Proef, run};

#[test]
fn opening_a_dossier_is_written_down_before_it_is_shown() {
    run(async {
        let client = PROEF.client_of(PROEF.team_of(Functie::Wijkcoach));
        let before = PROEF.live.store().accesses(client).await.unwrap().len();
        let path = format!("/dossiers/{:x}", client.0);
        let page = PROEF.get(Functie::Wijkcoach, &path).await;
        assert_eq!(page.status, StatusCode::OK);
        let Person::Known(person) = PROEF.live.store().person(client).await.unwrap() else {
            panic!("the simulation knows everybody")
        };
        assert!(page.text().contains(&person.achternaam));
        assert!(!page.text().contains(person.bsn.unwrap().as_str()), "a BSN is masked");
        let accesses = PROEF.live.store().accesses(client).await.unwrap();
        assert!(accesses.len() > before);
        // Other tests look too.
        let mine = |it: &&store::AccessEntry| it.account == Proef::account(Functie::Wijkcoach);
        let last = accesses.iter().find(mine).unwrap();
        assert_eq!(last.action, "dossier geopend");
        assert!(last.ground.contains("wijkcoach"), "{}", last.ground);
        let shown = PROEF.get(Functie::Consulent, &format!("{path}/inzage")).await.text();
        assert!(shown.contains("dossier geopend") && shown.contains(&last.account));
    });
}

#[test]
fn a_refused_reader_leaves_no_line_and_sees_no_name() {
    run(async {
        let client = PROEF.client_of(None);
        let before = PROEF.live.store().accesses(client).await.unwrap();
        let page = PROEF.get(Functie::Controller, &format!("/dossiers/{:x}", client.0)).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        let after = PROEF.live.store().accesses(client).await.unwrap();
        let mine = |it: &&store::AccessEntry| it.account == Proef::account(Functie::Controller);
        assert_eq!(before.iter().filter(mine).count(), after.iter().filter(mine).count());
    });
}

#[test]
fn a_search_finds_a_person_by_bsn_or_name_and_only_by_post() {
    run(async {
        let client = PROEF.client_of(None);
        let Person::Known(person) = PROEF.live.store().person(client).await.unwrap() else {
            panic!("the simulation knows everybody")
        };
        let link = format!("/dossiers/{:x}", client.0);
        let bsn = person.bsn.unwrap().as_str().to_owned();
        let found = PROEF.post(Functie::Consulent, "/dossiers/zoeken", &[("bsn", &bsn)]).await;
        assert!(found.text().contains(&link));
        let born = person.geboortedatum.unwrap();
        let born = format!("{:02}-{:02}-{}", born.day(), born.month(), born.year());
        let fields = [("achternaam", person.achternaam.as_str()), ("geboortedatum", born.as_str())];
        let found = PROEF.post(Functie::Consulent, "/dossiers/zoeken", &fields).await;
        assert!(found.text().contains(&link), "{fields:?}");
        let asked = PROEF.get(Functie::Consulent, &format!("/dossiers/zoeken?bsn={bsn}")).await;
        assert!(!asked.text().contains(&link));
        let wrong = PROEF.post(Functie::Consulent, "/dossiers/zoeken", &[("bsn", "123")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("negen cijfers"));
    });
}

#[test]
fn of_who_was_erased_the_case_stays_and_the_name_is_gone() {
    run(async {
        let clients: Vec<_> = PROEF.live.with(|world| {
            let mut all: Vec<_> = world.state.dossiers.keys().copied().collect();
            all.sort();
            all
        });
        let client = *clients.last().unwrap();
        let Person::Known(person) = PROEF.live.store().person(client).await.unwrap() else {
            panic!("the simulation knows everybody")
        };
        PROEF.live.store().erase(client).await.unwrap();
        let page = PROEF.get(Functie::Consulent, &format!("/dossiers/{:x}", client.0)).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("Gewist"));
        assert!(!page.text().contains(&person.naam()));
    });
}
