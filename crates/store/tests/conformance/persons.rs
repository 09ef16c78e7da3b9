//! Persons, texts, messages and names of staff: sealed, found again, and erased.

use std::{fs, path::Path};

use domain::{Bsn, ClientId, MedewerkerId, persoon::Persoonsgegevens};
use jiff::civil::date;
use store::{Person, Place, Sending, StoreError};

use crate::{at, filled, quiet, server::Server};

const SURNAME: &str = "Kwikkelberg";

fn person(bsn: &str, surname: &str) -> Persoonsgegevens {
    Persoonsgegevens {
        bsn: Some(bsn.parse().unwrap()),
        voornamen: "A.B.".to_owned(),
        voorvoegsel: "van der".to_owned(),
        achternaam: surname.to_owned(),
        geboortedatum: Some(date(1940, 2, 29)),
        straat_en_nummer: "Kerkstraat 1".to_owned(),
        postcode: "6600 AA".to_owned(),
        plaats: "Wijchen".to_owned(),
    }
}

fn bsn(text: &str) -> Bsn {
    text.parse().unwrap()
}

pub(crate) async fn a_person_is_found_and_read(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    let (one, two) = (ClientId(1), ClientId(u64::MAX));
    let known = person("999900018", SURNAME);
    let mut other = person("999900006", "Proef");
    other.geboortedatum = Some(date(1951, 12, 1));
    store.put_persons(&[(one, known.clone()), (two, other.clone())]).await.unwrap();
    assert_eq!(store.person(one).await.unwrap(), Person::Known(known.clone()));
    let found = store.persons(&[one, two, ClientId(3)]).await.unwrap();
    assert_eq!(found[&two], Person::Known(other.clone()));
    assert_eq!(found[&ClientId(3)], Person::Unknown);
    assert_eq!(store.find_bsn(bsn("999900018")).await.unwrap(), Some(one));
    for (text, expected) in [
        ("kwikkel", vec![one]),
        ("VAN DER", vec![two, one]),
        ("van der proef", vec![two]),
        ("29-02-1940", vec![one]),
        ("proef 01-12-1951", vec![two]),
        ("proef 29-02-1940", vec![]),
        ("A.B.", vec![]),
        ("  ", vec![]),
    ] {
        let found = store.search_persons(text, 10).await.unwrap();
        let clients: Vec<ClientId> = found.into_iter().map(|(it, _)| it).collect();
        assert_eq!(clients, expected, "{text}");
    }
    assert_eq!(store.search_persons("van", 1).await.unwrap().len(), 1);

    let moved = Persoonsgegevens { bsn: None, plaats: "Druten".to_owned(), ..known };
    store.put_person(one, &moved).await.unwrap();
    assert_eq!(store.person(one).await.unwrap(), Person::Known(moved));
    assert_eq!(store.find_bsn(bsn("999900018")).await.unwrap(), None, "the index follows");
}

pub(crate) async fn a_bsn_belongs_to_one_client(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    store.put_person(ClientId(1), &person("999900018", "Een")).await.unwrap();
    let all =
        [(ClientId(2), person("999900006", "Twee")), (ClientId(3), person("999900018", "Drie"))];
    let refused = store.put_persons(&all).await;
    assert!(matches!(refused, Err(StoreError::BsnInUse(ClientId(1)))), "{refused:?}");
    assert_eq!(store.person(ClientId(2)).await.unwrap(), Person::Unknown, "all or none");
    store.put_person(ClientId(1), &person("999900018", "Nog eens")).await.unwrap();
}

pub(crate) async fn an_erased_client_is_gone_for_ever(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    filled(&store, 8).await;
    let head = store.head().await.unwrap();
    let (one, two) = (ClientId(1), ClientId(2));
    store.put_person(one, &person("999900018", SURNAME)).await.unwrap();
    store.put_person(two, &person("999900006", "Proef")).await.unwrap();
    store.put_text(one, "verslag", "1", "tekst", at(0)).await.unwrap();
    store.erase(one).await.unwrap();
    assert_eq!(store.person(one).await.unwrap(), Person::Erased);
    assert_eq!(store.find_bsn(bsn("999900018")).await.unwrap(), None);
    assert_eq!(store.search_persons(SURNAME, 10).await.unwrap(), []);
    assert_eq!(store.texts(one).await.unwrap(), []);
    let again = store.put_person(one, &person("999900018", SURNAME)).await;
    assert!(matches!(again, Err(StoreError::Erased(it)) if it == one), "{again:?}");
    let text = store.put_text(one, "verslag", "2", "tekst", at(0)).await;
    assert!(matches!(text, Err(StoreError::Erased(_))), "{text:?}");
    assert!(matches!(store.person(two).await.unwrap(), Person::Known(_)), "others stay");
    store.erase(one).await.unwrap();
    store.verify_against(&head, &quiet).await.unwrap();
}

pub(crate) async fn nothing_personal_lies_open_on_disk(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    let client = ClientId(1);
    let text = "Mevrouw Kwikkelberg kan de trap niet meer op.";
    store.put_person(client, &person("999900018", SURNAME)).await.unwrap();
    store.put_text(client, "verslag", "1", text, at(0)).await.unwrap();
    store.put_message(text.as_bytes(), "Kwikkelberg.xml", &[client], at(0)).await.unwrap();
    store.put_staff_name(MedewerkerId(1), "Kwikkelberg").await.unwrap();
    store.create_account("intaker", "geheim wachtwoord", MedewerkerId(1)).await.unwrap();
    store.create_session("intaker", at(0), 1).await.unwrap();
    let wrapped = fresh.raw().await.bytes("SELECT verpakt FROM sleutel WHERE client = 1").await;
    let backup = fresh.folder.path().join("kopie");
    store.backup(&backup, &quiet).await.unwrap();
    let open = ["Kwikkelberg", "999900018", "Kerkstraat", "6600 AA", "geheim wachtwoord", "trap"];
    let on_disk = |when: &str| {
        let files = bytes_under(fresh.folder.path());
        for secret in open {
            let found = files.iter().find(|(_, it)| holds(it, secret.as_bytes()));
            assert!(found.is_none(), "{secret} lies open {when} in {:?}", found.map(|it| &it.0));
        }
        files
    };
    let files = on_disk("before");
    if let Place::Sqlite(_) = fresh.place {
        assert!(files.iter().any(|(_, it)| holds(it, &wrapped)), "the wrapped key lies there");
    }
    store.erase(client).await.unwrap();
    fs::remove_file(&backup).unwrap();
    let files = on_disk("after");
    let found = files.iter().find(|(_, it)| holds(it, &wrapped));
    assert!(found.is_none(), "the wrapped key is still in {:?}", found.map(|it| &it.0));
}

pub(crate) async fn texts_are_kept_under_the_key_of_their_client(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    let client = ClientId(1);
    store.put_text(client, "verslag", "2017-00412", "Eerste.", at(0)).await.unwrap();
    store.put_text(client, "notitie", "1", "Een notitie.", at(1)).await.unwrap();
    store.put_text(client, "verslag", "2017-00412", "Tweede.", at(2)).await.unwrap();
    let texts = store.texts(client).await.unwrap();
    let seen: Vec<_> = texts.iter().map(|it| (&*it.kind, &*it.key, &*it.text, it.moment)).collect();
    let expected =
        [("notitie", "1", "Een notitie.", at(1)), ("verslag", "2017-00412", "Tweede.", at(2))];
    assert_eq!(seen, expected);
    assert_eq!(store.person(client).await.unwrap(), Person::Unknown);
    let raw = fresh.raw().await;
    let swap = "UPDATE tekst SET sleutel = '2' WHERE soort = 'notitie'";
    raw.execute(swap).await.unwrap();
    let refused = store.texts(client).await;
    assert!(matches!(refused, Err(StoreError::Sealed { .. })), "sealed to its place");
}

pub(crate) async fn a_draft_is_thrown_away(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    for (client, key) in [(ClientId(1), "a"), (ClientId(1), "b"), (ClientId(2), "a")] {
        store.put_text(client, "concept", key, "Half verslag.", at(0)).await.unwrap();
    }
    for _ in 0..2 {
        store.delete_text(ClientId(1), "concept", "a").await.unwrap();
    }
    let left = store.texts(ClientId(1)).await.unwrap();
    assert_eq!(left.iter().map(|it| it.key.as_str()).collect::<Vec<_>>(), ["b"]);
    assert_eq!(store.texts(ClientId(2)).await.unwrap().len(), 1);
    assert_eq!(fresh.raw().await.number("SELECT count(*) FROM tekst").await, 2);
}

pub(crate) async fn texts_of_a_kind_are_found_and_thrown_away(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    for (client, kind, key) in [
        (2, "herinnering", "b"),
        (1, "herinnering", "a"),
        (1, "verslag", "x"),
        (9, "herinnering", "c"),
    ] {
        store.put_text(ClientId(client), kind, key, "Bel even.", at(0)).await.unwrap();
    }
    let found = async || store.text_keys("herinnering").await.unwrap();
    let expected = [(1, "a"), (2, "b"), (9, "c")];
    assert_eq!(found().await, expected.map(|(id, key)| (ClientId(id), key.to_owned())));
    store.delete_text(ClientId(1), "herinnering", "a").await.unwrap();
    store.delete_text(ClientId(1), "herinnering", "onbekend").await.unwrap();
    store.erase(ClientId(9)).await.unwrap();
    assert_eq!(found().await, [(ClientId(2), "b".to_owned())]);
    assert_eq!(store.texts(ClientId(1)).await.unwrap().len(), 1, "only the report is left");
}

pub(crate) async fn what_staff_keep_for_themselves_is_sealed(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    let (one, two) = (MedewerkerId(1), MedewerkerId(2));
    assert_eq!(store.staff_note(one, "weergaven").await.unwrap(), None);
    store.put_staff_note(one, "weergaven", "eerst").await.unwrap();
    store.put_staff_note(one, "weergaven", "te laat in Noord").await.unwrap();
    let kept = store.staff_note(one, "weergaven").await.unwrap();
    assert_eq!(kept.as_deref(), Some("te laat in Noord"));
    assert_eq!(store.staff_note(two, "weergaven").await.unwrap(), None);
    let raw = fresh.raw().await;
    let open = "SELECT count(*) FROM meta WHERE waarde LIKE '%Noord%'";
    assert_eq!(raw.number(open).await, 0, "not readable without the key");
    let moved = "UPDATE meta SET sleutel = 'eigen.medewerker.2.weergaven' \
                 WHERE sleutel = 'eigen.medewerker.1.weergaven'";
    raw.execute(moved).await.unwrap();
    let refused = store.staff_note(two, "weergaven").await;
    assert!(matches!(refused, Err(StoreError::Sealed { .. })), "sealed to its owner");
}

pub(crate) async fn a_message_is_kept_once_and_goes_with_any_of_its_clients(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    let (one, two) = (ClientId(1), ClientId(2));
    let bytes = b"<bericht>inhoud</bericht>";
    let print = sha256(bytes);
    assert!(!store.has_message(&print).await.unwrap());
    assert!(store.put_message(bytes, "WMO301.xml", &[one, one, two], at(0)).await.unwrap());
    assert!(!store.put_message(bytes, "nog eens.xml", &[one], at(1)).await.unwrap());
    assert!(store.has_message(&print).await.unwrap());
    for client in [one, two] {
        let kept = store.messages(client).await.unwrap();
        assert_eq!(kept.len(), 1);
        assert_eq!((&*kept[0].name, &*kept[0].bytes), ("WMO301.xml", &bytes[..]));
        let all = store.kept_messages(&[client].into()).await.unwrap();
        assert_eq!(all.len(), 1, "each once");
        assert_eq!((&all[0].message, &all[0].clients), (&kept[0], &[one, two].into()));
    }
    assert_eq!(store.kept_messages(&[ClientId(3)].into()).await.unwrap(), []);
    store.erase(two).await.unwrap();
    assert_eq!(store.messages(one).await.unwrap(), []);
    assert_eq!(store.kept_messages(&[one].into()).await.unwrap(), []);
    assert!(store.has_message(&print).await.unwrap(), "it is not read in a second time");
    let refused = store.put_message(b"anders", "x", &[two], at(2)).await;
    assert!(matches!(refused, Err(StoreError::Erased(it)) if it == two), "{refused:?}");
}

pub(crate) async fn a_message_leaves_once_and_what_is_said_of_it_goes_with_it(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    let client = ClientId(1);
    let ready = Sending {
        reference: "R-1".to_owned(),
        kind: "WMO301".to_owned(),
        own_key: "T1".to_owned(),
        moment: at(0),
        status: "klaar".to_owned(),
        fault: None,
        attempts: 0,
    };
    let count = store.message_count().await.unwrap();
    assert!(store.queue_message(b"<een/>", "een.xml", &[client], &ready).await.unwrap());
    assert_ne!(store.message_count().await.unwrap(), count);
    let other = Sending { reference: "R-2".to_owned(), ..ready.clone() };
    assert!(!store.queue_message(b"<een/>", "x", &[client], &other).await.unwrap(), "once");
    assert!(store.put_message(b"<in/>", "in.xml", &[client], at(1)).await.unwrap());
    assert!(!store.queue_message(b"<in/>", "x", &[client], &other).await.unwrap(), "came in");
    assert_eq!(store.sendings().await.unwrap(), std::slice::from_ref(&ready));
    let kept = store.kept_messages(&[client].into()).await.unwrap();
    assert_eq!(kept.iter().map(|it| it.sent).collect::<Vec<_>>(), [true, false]);
    let prints: Vec<_> = kept.iter().map(|it| it.print.clone()).collect();
    assert_eq!(store.message_prints().await.unwrap(), prints);
    assert_eq!(store.sent_message("R-1").await.unwrap(), kept.into_iter().next());
    assert_eq!(store.sent_message("R-2").await.unwrap(), None);

    let (came, back) = ((&b"<start/>"[..], "in.xml"), (&b"<retour/>"[..], "uit.xml"));
    for new in [true, false] {
        let done = store.put_answered_message(came, &[client], back, &other).await.unwrap();
        assert_eq!(done, new, "answered once");
        assert_eq!(store.sendings().await.unwrap().len(), 2);
    }
    let said = "Kwikkelberg is onbekend".to_owned();
    let refused = Sending {
        status: "geweigerd".to_owned(),
        fault: Some(("IB014".to_owned(), said)),
        attempts: 1,
        ..ready.clone()
    };
    assert!(store.move_sending("klaar", &refused).await.unwrap());
    assert!(!store.move_sending("klaar", &ready).await.unwrap(), "somebody was first");
    let never = Sending { reference: "R-9".to_owned(), ..ready.clone() };
    assert!(!store.move_sending("klaar", &never).await.unwrap(), "never put ready");
    assert_eq!(store.sendings().await.unwrap(), [refused.clone(), other.clone()]);
    let files = bytes_under(fresh.folder.path());
    assert!(!files.iter().any(|(_, it)| holds(it, b"Kwikkelberg")), "sealed");

    store.erase(client).await.unwrap();
    assert_eq!(store.sent_message("R-1").await.unwrap(), None);
    let fault = Some(("IB014".to_owned(), String::new()));
    assert_eq!(store.sendings().await.unwrap(), [Sending { fault, ..refused }, other]);
}

pub(crate) async fn names_of_staff_are_kept(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    for (id, name) in [(2, "B. Proef"), (1, "A. Proef"), (2, "B. Proef-Test")] {
        store.put_staff_name(MedewerkerId(id), name).await.unwrap();
    }
    let names: Vec<_> = store.staff_names().await.unwrap().into_iter().collect();
    let expected = [(1, "A. Proef"), (2, "B. Proef-Test")];
    assert_eq!(names, expected.map(|(id, name)| (MedewerkerId(id), name.to_owned())));
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).into()
}

/// Every file in a folder and below, with its bytes.
fn bytes_under(folder: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(bytes_under(&path));
        } else {
            let bytes = fs::read(&path).unwrap();
            files.push((path, bytes));
        }
    }
    files
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|it| it == part)
}
