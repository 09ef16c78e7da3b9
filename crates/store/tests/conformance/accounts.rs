//! Accounts, sessions, the code of a new installation and the access log.

use domain::{ClientId, MedewerkerId};
use store::{AccessEntry, StoreError};

use crate::{at, server::Server};

const HOUR: i64 = 3600;

pub(crate) async fn only_the_right_password_opens_an_account(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    store.create_account(" Intaker ", "een goed wachtwoord", MedewerkerId(4)).await.unwrap();
    let twice = store.create_account("INTAKER", "een goed wachtwoord", MedewerkerId(5)).await;
    assert!(matches!(twice, Err(StoreError::AccountExists(_))));
    let short = store.create_account("kort", "kort", MedewerkerId(5)).await;
    assert!(matches!(short, Err(StoreError::Password { .. })));
    let raw = fresh.raw().await;
    let hashed = "SELECT count(*) FROM account \
                  WHERE wachtwoord LIKE '$argon2id$v=19$m=19456,t=2,p=1$%'";
    assert_eq!(raw.number(hashed).await, 1);
    let long = "x".repeat(10_000);
    for (name, password, opens) in [
        ("intaker", "een goed wachtwoord", true),
        ("Intaker", "een goed wachtwoord", true),
        ("intaker", "Een goed wachtwoord", false),
        ("intaker", "", false),
        ("intaker", &long, false),
        ("niemand", "een goed wachtwoord", false),
        ("niemand", "niemand heeft dit wachtwoord", false),
    ] {
        let account = store.check_password(name, password).await.unwrap();
        assert_eq!(account.map(|it| it.medewerker), opens.then_some(MedewerkerId(4)), "{name}");
    }
    let session = store.create_session("intaker", at(0), 2).await.unwrap();
    store.set_blocked("intaker", true).await.unwrap();
    assert_eq!(store.check_password("intaker", "een goed wachtwoord").await.unwrap(), None);
    assert_eq!(store.session(&session.token, &at(1)).await.unwrap(), None);
    assert!(store.accounts().await.unwrap()[0].blocked);
    store.set_blocked("intaker", false).await.unwrap();
    store.set_password("intaker", "een ander wachtwoord").await.unwrap();
    assert!(store.check_password("intaker", "een ander wachtwoord").await.unwrap().is_some());
    let unknown = store.set_blocked("niemand", true).await;
    assert!(matches!(unknown, Err(StoreError::NoAccount(_))));
}

pub(crate) async fn a_session_ends_when_unused_and_in_any_case(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    store.create_account("intaker", "een goed wachtwoord", MedewerkerId(4)).await.unwrap();
    let begin = async || store.create_session("intaker", at(0), 2).await.unwrap();
    let open =
        async |token: &str, second| store.session(token, &at(second)).await.unwrap().is_some();
    let unused = begin().await;
    assert_eq!((unused.token.len(), unused.expires), (64, at(2 * HOUR)));
    assert!(!format!("{unused:?}").contains(&unused.token));
    assert!(open(&unused.token, 2 * HOUR - 1).await);
    let ended = begin().await;
    store.end_session(&ended.token).await.unwrap();
    assert!(!open(&ended.token, 1).await);
    let idle = begin().await;
    assert!(!open(&idle.token, 2 * HOUR).await, "without use it ends after its hours");
    let used = begin().await;
    for hour in 1..12 {
        assert!(open(&used.token, hour * HOUR).await, "{hour}");
    }
    assert!(!open(&used.token, 12 * HOUR).await, "after twelve hours it ends in any case");
    assert!(!open("0000", 1).await);
    let raw = fresh.raw().await;
    let hash = raw.literal(used.token.as_bytes());
    let stored = format!("SELECT count(*) FROM sessie WHERE token_hash = {hash}");
    assert_eq!(raw.number(&stored).await, 0, "the token itself is not stored");
    let nobody = store.create_session("niemand", at(0), 2).await;
    assert!(matches!(nobody, Err(StoreError::NoAccount(_))));
}

pub(crate) async fn a_setup_code_works_once(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    assert!(!store.take_setup_code("").await.unwrap());
    store.put_setup_code("oud").await.unwrap();
    store.put_setup_code("abcd-efgh").await.unwrap();
    for (code, works) in
        [("oud", false), ("abcd", false), (" abcd-efgh ", true), ("abcd-efgh", false)]
    {
        assert_eq!(store.take_setup_code(code).await.unwrap(), works, "{code}");
    }
}

pub(crate) async fn a_token_opens_until_another_takes_its_place(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    let opens = async |name: &str, token: &str| store.check_token(name, token).await.unwrap();
    assert_eq!(store.token_since("a").await.unwrap(), None);
    assert!(!opens("a", "").await);
    let first = store.create_token("a", at(0)).await.unwrap();
    assert_eq!(store.token_since("a").await.unwrap(), Some(at(0)));
    assert!(opens("a", &first).await);
    assert!(!opens("b", &first).await && !opens("a", &first[1..]).await);
    let second = store.create_token("a", at(1)).await.unwrap();
    assert!(opens("a", &second).await && !opens("a", &first).await);
    let raw = fresh.raw().await;
    let kept = format!("SELECT count(*) FROM meta WHERE waarde LIKE '%{second}%'");
    assert_eq!(raw.number(&kept).await, 0, "only a print is kept");
    store.withdraw_token("a").await.unwrap();
    assert!(!opens("a", &second).await);
    assert_eq!(store.token_since("a").await.unwrap(), None);
}

pub(crate) async fn who_looked_is_written_down_for_good(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    let look = |second, client: Option<u64>| AccessEntry {
        moment: at(second),
        account: "intaker".to_owned(),
        medewerker: MedewerkerId(4),
        client: client.map(ClientId),
        action: "dossier bekeken".to_owned(),
        ground: "behandeling".to_owned(),
    };
    for entry in [look(0, Some(1)), look(1, None), look(2, Some(2)), look(3, Some(1))] {
        store.log_access(&entry).await.unwrap();
    }
    let seen = store.accesses(ClientId(1)).await.unwrap();
    assert_eq!(seen, [look(3, Some(1)), look(0, Some(1))]);
    let raw = fresh.raw().await;
    for sql in ["UPDATE inzage SET grond = ''", "DELETE FROM inzage"] {
        assert!(raw.execute(sql).await.is_err(), "{sql}");
    }
    assert_eq!(raw.number("SELECT count(*) FROM inzage").await, 4);
}
