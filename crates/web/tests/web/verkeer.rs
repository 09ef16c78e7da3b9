//! Messages over HTTP, on the timeline, put ready to leave, and in their work list.

use std::sync::LazyLock;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::{Actor, ClientId, Command, DossierCommand, Functie, Omstandigheid, Systeemdeel};
use domain::{levering::Levering, toewijzing::Toewijzing};
use jiff::civil::{Date, date};
use messages::iwmo::{
    Bericht, bericht,
    retour::{Retourkop, retour},
    verkeer::{Envelop, Partij, Soort},
};
use store::Person;

use crate::proef::{Antwoord, NU, Proef, run};

const VANDAAG: Date = date(2018, 2, 15);

/// An installation of its own: other tests make tokens too.
static VERKEER: LazyLock<Proef> =
    LazyLock::new(|| std::thread::spawn(|| run(Proef::filled())).join().expect("an installation"));

/// The clients with an order that runs today, each with that order.
fn orders(wanted: impl Fn(&Toewijzing) -> bool) -> Vec<(ClientId, Toewijzing)> {
    VERKEER.live.with(|world| {
        let mut found: Vec<_> = world
            .state
            .dossiers
            .values()
            .filter(|it| !it.afgeschermd_op(VANDAAG) && it.toewijzingen.len() == 1)
            .filter_map(|it| Some((it.client, it.toewijzingen.first()?.clone())))
            .filter(|(_, it)| it.telt() && it.opdracht.geldig.bevat(VANDAAG) && wanted(it))
            .collect();
        found.sort_by_key(|(client, _)| *client);
        found
    })
}

async fn person(client: ClientId) -> domain::persoon::Persoonsgegevens {
    let Person::Known(person) = VERKEER.live.store().person(client).await.unwrap() else {
        panic!("the simulation knows everybody")
    };
    person
}

fn parties(it: &Toewijzing) -> (String, String) {
    VERKEER.live.with(|world| {
        let register = &world.state.register;
        let agb = register.aanbieders[&it.opdracht.aanbieder].agb.unwrap();
        let gemeente = register.gemeente.as_ref().unwrap().code;
        (gemeente.as_str().to_owned(), agb.as_str().to_owned())
    })
}

/// Message 305: the provider says that the order started today.
async fn start((client, order): &(ClientId, Toewijzing), id: &str) -> Vec<u8> {
    let person = person(*client).await;
    let (gemeente, agb) = parties(order);
    let product = &order.opdracht.product;
    let category = product.categorie().unwrap().to_string();
    let path = "../messages/tests/data/iwmo/3_start.xml";
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let mut text = std::fs::read_to_string(path).unwrap();
    for (from, to) in [
        (">99000001<", format!(">{agb}<")),
        (">9999<", format!(">{gemeente}<")),
        (">L-1<", format!(">{id}<")),
        (">2024-02-10<", format!(">{VANDAAG}<")),
        (">999900031<", format!(">{}<", person.bsn.unwrap().as_str())),
        (">501<", format!(">{}<", order.nummer.0)),
        (">02<", format!(">{category}<")),
        (">02V01<", format!(">{}<", product.code().unwrap().as_str())),
        (">2024-02-05<", format!(">{}<", order.opdracht.geldig.van())),
        (">2024-02-07<", format!(">{VANDAAG}<")),
    ] {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, &to, 1);
    }
    text.into_bytes()
}

fn envelop(order: &Toewijzing, inhoud: &[u8]) -> Envelop {
    let (gemeente, agb) = parties(order);
    let partij = |organisatie: String| Partij { organisatie, applicatie: "GGk".to_owned() };
    Envelop {
        soort: Soort::Di01,
        zender: partij(agb),
        ontvanger: partij(gemeente),
        referentienummer: "3f2504e0-4f89-41d3-9a0c-0305e82c3301".to_owned(),
        kruisreferentie: None,
        tijdstip: None,
        functie: "WMO305".to_owned(),
        inhoud: Some(inhoud.to_vec()),
        fout: None,
    }
}

async fn bring(token: Option<&str>, body: Vec<u8>) -> Antwoord {
    let mut request = Request::post("/iwmo/ontvangst").header(header::CONTENT_TYPE, "text/xml");
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    VERKEER.send(request.body(Body::from(body)).unwrap()).await
}

/// The kind of the answer with the words of a refusal.
fn told(answer: &Antwoord) -> (StatusCode, Soort, String) {
    let read = Envelop::lees("antwoord", &answer.bytes);
    let envelop = read.unwrap_or_else(|it| panic!("{it}: {}", answer.text()));
    let words =
        envelop.fout.map_or_else(String::new, |it| format!("{} {}", it.code, it.omschrijving));
    (answer.status, envelop.soort, words)
}

fn check(answer: &Antwoord, status: StatusCode, words: &str) {
    let (found, soort, said) = told(answer);
    assert_eq!((found, soort), (status, Soort::Fo01), "{said}, where {words} is expected");
    assert!(said.contains(words), "{said}");
}

async fn make_token() -> String {
    let page = VERKEER.post(Functie::FunctioneelBeheerder, "/iwmo/koppeling", &[]).await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    let hex = |it: &&str| it.len() == 64 && it.bytes().all(|it| it.is_ascii_hexdigit());
    let found = text.split(|it: char| !it.is_ascii_alphanumeric()).find(hex);
    found.expect("the token is shown once").to_owned()
}

fn started(client: ClientId) -> bool {
    VERKEER.live.with(|world| {
        let order = &world.state.dossiers[&client].toewijzingen[0];
        !matches!(order.levering, Levering::NietGestart)
    })
}

#[test]
fn an_envelope_comes_in_with_the_token_and_only_once() {
    run(async {
        let waiting = orders(|it| matches!(it.levering, Levering::NietGestart));
        let first = waiting.first().expect("somebody waits for a start");
        let bytes = start(first, "HTTP-1").await;
        let sent = envelop(&first.1, &bytes).schrijf();
        check(&bring(None, sent.clone()).await, StatusCode::NOT_FOUND, "staat uit");
        let old = make_token().await;
        let token = make_token().await;
        for wrong in [None, Some("abc"), Some(old.as_str())] {
            let answer = bring(wrong, sent.clone()).await;
            check(&answer, StatusCode::UNAUTHORIZED, "IB002");
            assert_eq!(answer.header("set-cookie"), "");
        }
        assert!(!started(first.0), "nobody came in");

        let answer = bring(Some(&token), sent.clone()).await;
        assert_eq!(told(&answer), (StatusCode::OK, Soort::Bv03, String::new()));
        let back = Envelop::lees("antwoord", &answer.bytes).unwrap();
        let own = envelop(&first.1, &bytes);
        assert_eq!(back.kruisreferentie.as_deref(), Some(own.referentienummer.as_str()));
        assert_eq!(back.ontvanger, own.zender);
        assert!(started(first.0), "the start is in the dossier");
        let kept = VERKEER.live.store().messages(first.0).await.unwrap();
        assert!(kept.iter().any(|it| it.bytes == bytes), "kept byte for byte");
        let returns = |kept: &[store::Message]| {
            let read = kept.iter().filter_map(|it| bericht::lees("x", &it.bytes).0);
            read.filter(|it| matches!(it, Bericht::Wmo306(_))).count()
        };
        assert_eq!(returns(&kept), 1, "the return is ready");

        let version = || VERKEER.live.with(|it| it.state.dossiers[&first.0].version);
        let before = version();
        let again = bring(Some(&token), sent.clone()).await;
        assert_eq!(told(&again).1, Soort::Bv03, "it is received, as it was");
        assert_eq!(version(), before, "and processed once");
        let kept = VERKEER.live.store().messages(first.0).await.unwrap();
        assert_eq!(returns(&kept), 1);

        hostile(&token, first).await;
        let body = [("doe", "uit")];
        let off = VERKEER.post(Functie::FunctioneelBeheerder, "/iwmo/koppeling", &body).await;
        assert_eq!(off.status, StatusCode::SEE_OTHER);
        check(&bring(Some(&token), sent).await, StatusCode::NOT_FOUND, "staat uit");
        let page = VERKEER.get(Functie::FunctioneelBeheerder, "/iwmo/koppeling").await.text();
        assert!(page.contains("De ontvangst staat uit") && !page.contains(&token));
    });
}

/// What is not an envelope for us is refused with a reason, and nothing of it stays.
async fn hostile(token: &str, known: &(ClientId, Toewijzing)) {
    // Other tests write too, in other dossiers.
    let stand =
        || VERKEER.live.with(|it| (it.state.dossiers.len(), it.state.dossiers[&known.0].version));
    let before = stand();
    let order = &known.1;
    let good = start(known, "HTTP-2").await;
    let text = String::from_utf8(good.clone()).unwrap();
    let bsn = person(known.0).await.bsn.unwrap().as_str().to_owned();
    let stranger = text.replace(&bsn, "999999990");
    let elsewhere = Envelop {
        ontvanger: Partij { organisatie: "0344".to_owned(), ..Partij::default() },
        ..envelop(order, &good)
    };
    let hop = Envelop { soort: Soort::Bv03, inhoud: None, ..envelop(order, &good) };
    let path = "../messages/tests/data/iwmo/1_toewijzing.xml";
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let allocation = std::fs::read(path).unwrap();
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let bomb = b"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>".to_vec();
    for (body, status, words) in [
        (b"geen xml".to_vec(), StatusCode::BAD_REQUEST, "IB001"),
        (Vec::new(), StatusCode::BAD_REQUEST, "IB001"),
        (bomb.clone(), StatusCode::BAD_REQUEST, "IB001"),
        (vec![0xff; 1000], StatusCode::BAD_REQUEST, "IB001"),
        (good, StatusCode::BAD_REQUEST, "IB001"),
        (hop.schrijf(), unprocessable, "als antwoord op de verzending"),
        (elsewhere.schrijf(), unprocessable, "IB010"),
        (envelop(order, &bomb).schrijf(), unprocessable, "IB014"),
        (envelop(order, &allocation).schrijf(), unprocessable, "verstuurt de gemeente zelf"),
        (envelop(order, stranger.as_bytes()).schrijf(), unprocessable, "niet bekend"),
        (vec![b' '; 40 * 1024 * 1024], StatusCode::PAYLOAD_TOO_LARGE, "IB003"),
    ] {
        let answer = bring(Some(token), body).await;
        check(&answer, status, words);
        assert!(!answer.text().contains(&bsn), "no BSN in {}", answer.text());
    }
    assert_eq!(stand(), before);
}

/// What stands between two texts on a page.
fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let rest = page.split_once(before).unwrap_or_else(|| panic!("{before} in {page}")).1;
    rest.split_once(after).expect("an end").0
}

async fn shield(client: ClientId) {
    let command = Command::Dossier(client, DossierCommand::SchermAf { afgeschermd: true });
    let actor = Actor::Systeem(Systeemdeel::Import);
    let bij = Omstandigheid { on: VANDAAG, today: VANDAAG, actor };
    VERKEER.live.execute(&[(command, bij)], NU.parse().unwrap()).await.unwrap();
}

#[test]
fn from_the_order_a_message_leaves_once_however_often_the_button_is_pressed() {
    run(async {
        let running = orders(|it| !matches!(it.levering, Levering::NietGestart));
        let (client, order) = &running[0];
        let own = format!("/dossiers/{:x}", client.0);
        let path = format!("{own}/toewijzing/{}/bericht", order.nummer.0);
        let dossier = VERKEER.get(Functie::Consulent, &own).await.text();
        assert!(dossier.contains("Nog te versturen") && dossier.contains("Bekijk en verstuur aan"));
        let without = VERKEER.get(Functie::Beslisser, &own).await;
        assert_eq!(without.status, StatusCode::OK);
        assert!(!without.text().contains("Nog te versturen"), "who may not send sees no button");
        let page = VERKEER.get(Functie::Consulent, &path).await.text();
        for part in ["Er is nog niets verstuurd", "nieuw", "Verstuur aan", "per "] {
            assert!(page.contains(part), "{part} in {page}");
        }
        let bsn = person(*client).await.bsn.unwrap().as_str().to_owned();
        assert!(!page.contains(&bsn), "the BSN is not on the page");
        let versie = between(&page, "name=\"versie\" value=\"", "\"").to_owned();

        let old = VERKEER.post(Functie::Consulent, &path, &[("versie", "0")]).await;
        assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(old.text().contains("intussen gewijzigd"));

        let fields = [("versie", versie.as_str())];
        let (one, other) = tokio::join!(
            VERKEER.post(Functie::Consulent, &path, &fields),
            VERKEER.post(Functie::Consulent, &path, &fields),
        );
        let mut ends: Vec<&str> = [&one, &other].map(|it| it.header("location")).to_vec();
        ends.sort_unstable();
        let (al, ja) = (format!("{path}?verstuurd=al"), format!("{path}?verstuurd=ja"));
        assert_eq!(ends, [al.as_str(), ja.as_str()]);
        let kept = VERKEER.live.store().messages(*client).await.unwrap();
        let sent = kept.iter().filter_map(|it| bericht::lees("x", &it.bytes).0);
        assert_eq!(sent.filter(|it| matches!(it, Bericht::Wmo301(_))).count(), 1);
        let after = VERKEER.get(Functie::Consulent, &ja).await.text();
        assert!(after.contains("Het bericht staat klaar") && after.contains("niets nieuws"));
        let dossier = VERKEER.get(Functie::Consulent, &own).await.text();
        assert!(dossier.contains("WMO301: toewijzing aan de aanbieder"), "{dossier}");
        assert!(dossier.contains("Staat klaar voor de volgende verzending."));
        assert!(!dossier.contains("Nog te versturen"), "nothing is left");
        let seen = VERKEER.live.store().accesses(*client).await.unwrap();
        assert!(seen.iter().any(|it| it.action == "bericht aan aanbieder klaargezet"));
    });
}

#[test]
fn a_message_is_read_in_words_and_downloaded_as_it_came_until_the_client_is_shielded() {
    run(async {
        let running = orders(|it| !matches!(it.levering, Levering::NietGestart));
        let known = &running[1];
        let (client, order) = known;
        let bytes = start(known, "LEES-1").await;
        let store = VERKEER.live.store();
        store.put_message(&bytes, "305.xml", &[*client], NU.parse().unwrap()).await.unwrap();
        let own = format!("/dossiers/{:x}", client.0);
        let dossier = VERKEER.get(Functie::Consulent, &own).await.text();
        assert!(dossier.contains("WMO305: start van de levering"), "{dossier}");
        assert!(dossier.contains("Ontvangen, nog niet beantwoord."));
        let id = between(&dossier, &format!("{own}/berichten/"), "\"").to_owned();
        let path = format!("{own}/berichten/{id}");
        let page = VERKEER.get(Functie::Consulent, &path).await;
        assert_eq!(page.status, StatusCode::OK);
        let (text, bsn) = (page.text(), person(*client).await.bsn.unwrap());
        for part in ["Start van levering", "Toewijzingsnummer", "15-02-2018", "aan de gemeente"] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(!text.contains(bsn.as_str()), "the BSN is masked");
        let file = VERKEER.get(Functie::Consulent, &format!("{path}/bericht.xml")).await;
        assert_eq!(file.bytes, bytes);
        let seen = store.accesses(*client).await.unwrap();
        for action in ["bericht bekeken", "bericht gedownload"] {
            assert!(seen.iter().any(|it| it.action == action), "{action}");
        }
        let other = format!("/dossiers/{:x}/berichten/{id}", running[2].0.0);
        let elsewhere = VERKEER.get(Functie::Consulent, &other).await;
        assert_eq!(elsewhere.status, StatusCode::NOT_FOUND, "not by way of another dossier");

        shield(*client).await;
        let order = format!("{own}/toewijzing/{}/bericht", order.nummer.0);
        for path in [path.clone(), format!("{path}/bericht.xml"), format!("{order}.xml")] {
            let page = VERKEER.get(Functie::Consulent, &path).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
            assert!(page.text().contains("OP003"), "{}", page.text());
        }
        let page = VERKEER.get(Functie::Consulent, &order).await.text();
        assert!(page.contains("OP003") && !page.contains("Verstuur aan"), "{page}");
        let sent = VERKEER.post(Functie::Consulent, &order, &[("versie", "1")]).await;
        assert_eq!(sent.status, StatusCode::FORBIDDEN);
        let dossier = VERKEER.get(Functie::Consulent, &own).await.text();
        assert!(!dossier.contains("/berichten/"), "no link any more");
    });
}

/// A 301 from here that the provider rejected with this code.
async fn rejected(client: ClientId, order: &Toewijzing, code: &'static str) {
    let own = format!("/dossiers/{:x}/toewijzing/{}/bericht.xml", client.0, order.nummer.0);
    let sent = VERKEER.get(Functie::Consulent, &own).await;
    assert_eq!(sent.status, StatusCode::OK);
    let bericht = bericht::lees("301", &sent.bytes).0.expect("a message");
    let kop = Retourkop { identificatie: "R-1", dagtekening: VANDAAG };
    let Some(Bericht::Wmo302(mut back)) = retour(&bericht, &[], &kop) else { panic!("a return") };
    back.header.retour_codes = vec![bericht::Waarde::van(code)];
    let back = Bericht::from(back).schrijf();
    let both = [(NU, sent.bytes.as_slice()), ("2018-02-15T09:30:01Z", back.as_slice())];
    for (now, bytes) in both {
        let (name, now) = ("bericht.xml", now.parse().unwrap());
        VERKEER.live.store().put_message(bytes, name, &[client], now).await.unwrap();
    }
}

#[test]
fn the_work_list_tells_what_was_rejected_and_shows_persons_only_to_who_may_see_them() {
    run(async {
        let team = VERKEER.team_of(Functie::Teammanager).unwrap();
        let running = orders(|it| !matches!(it.levering, Levering::NietGestart));
        let (client, order) = running
            .iter()
            .skip(3)
            .find(|(client, _)| !belongs(*client, team))
            .expect("a client of another team");
        rejected(*client, order, "0001").await;
        let naam = person(*client).await.naam();
        let link = format!("/dossiers/{:x}\"", client.0);
        let list = "/iwmo/werkvoorraad?soort=afgekeurd";
        let page = VERKEER.get(Functie::Consulent, list).await.text();
        for part in ["0001", &link, &naam, "Wat te doen", "Te laat"] {
            assert!(page.contains(part), "{part} in {page}");
        }
        let seen = VERKEER.live.store().accesses(*client).await.unwrap();
        assert!(seen.iter().any(|it| it.action == "naam in de werkvoorraad van berichten"));
        let page = VERKEER.get(Functie::Contractmanager, list).await.text();
        assert!(page.contains("0001"), "{page}");
        assert!(!page.contains("/dossiers/") && !page.contains(&naam), "no persons: {page}");
        let all = VERKEER.get(Functie::Contractmanager, "/iwmo/werkvoorraad").await.text();
        assert!(all.contains("WMO30") && !all.contains("/dossiers/"), "{all}");
        let page = VERKEER.get(Functie::Teammanager, list).await.text();
        assert!(!page.contains(&link) && !page.contains(&naam), "another team: {page}");
        let page = VERKEER.get(Functie::Consulent, "/iwmo/werkvoorraad?aanbieder=00000000").await;
        assert!(page.text().contains("Er staat niets in deze werkvoorraad"));
        for (functie, columns) in [(Functie::Consulent, 10), (Functie::Controller, 9)] {
            let file = VERKEER.get(functie, "/iwmo/werkvoorraad/lijst.csv").await;
            let text = file.text();
            let head = text.lines().next().unwrap_or_default();
            assert_eq!(head.split(';').count(), columns, "{head}");
            let bsn = person(*client).await.bsn.unwrap();
            assert!(!text.contains(bsn.as_str()) && !text.contains(&naam));
            assert!(text.contains("0001"), "{text}");
        }
    });
}

fn belongs(client: ClientId, team: domain::TeamId) -> bool {
    VERKEER.live.with(|world| {
        let (dossier, register) = (&world.state.dossiers[&client], &world.state.register);
        let wijk = dossier.gegevens_op(VANDAAG).and_then(|it| it.wijk);
        wijk.and_then(|it| register.team_van_wijk(it, VANDAAG)) == Some(team)
            || dossier.zaken.iter().any(|it| it.onderzoek.team() == Some(team))
            || dossier.voorzieningen.iter().any(|it| it.team == Some(team))
    })
}
