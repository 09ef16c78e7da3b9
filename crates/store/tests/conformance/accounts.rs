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

/// Whose a session was is known for a day after it ended by itself, not after logging out.
pub(crate) async fn what_was_typed_opens_for_its_own_account_only(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    store.create_account("intaker", "een goed wachtwoord", MedewerkerId(4)).await.unwrap();
    let left = store.create_session("intaker", at(0), 2).await.unwrap();
    let idle = store.create_session("intaker", at(0), 2).await.unwrap();
    store.end_session(&left.token).await.unwrap();
    let whose = async |token: &str, second| {
        store.ended_session(token, &at(second)).await.unwrap().map(|it| it.name)
    };
    for (token, second, known) in [
        (&idle.token, 2 * HOUR - 1, None),
        (&idle.token, 2 * HOUR, Some("intaker")),
        (&idle.token, 26 * HOUR - 1, Some("intaker")),
        (&idle.token, 26 * HOUR, None),
        (&left.token, 2 * HOUR, None),
    ] {
        let _ = store.create_session("intaker", at(second), 2).await.unwrap();
        assert_eq!(whose(token, second).await.as_deref(), known, "{second}");
    }
    let sealed = store.seal_typed("Intaker", b"half verslag", at(0)).unwrap();
    assert!(!sealed.contains("half"));
    let mut damaged = sealed.clone();
    damaged.replace_range(0..1, if sealed.starts_with('0') { "1" } else { "0" });
    for (account, given, second, opens) in [
        ("intaker", &sealed, 0, true),
        ("intaker", &sealed, 12 * HOUR, true),
        ("intaker", &sealed, 12 * HOUR + 1, false),
        ("intaker", &sealed, -1, false),
        ("ander", &sealed, 0, false),
        ("intaker", &damaged, 0, false),
        ("intaker", &"niets".to_owned(), 0, false),
    ] {
        let found = store.open_typed(account, given, at(second));
        assert_eq!(found.as_deref(), opens.then_some(&b"half verslag"[..]), "{account} {second}");
    }
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
