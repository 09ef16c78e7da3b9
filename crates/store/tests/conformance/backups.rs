//! Backups: whole, movable between the databases, and put back into empty places only.

use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use domain::{ClientId, MedewerkerId, persoon::Persoonsgegevens};
use store::{AccessEntry, MasterKey, Person, Place, Sending, Store, StoreError};

use crate::{
    at, born, filled, quiet,
    server::{Fresh, Server, key},
};

pub(crate) async fn a_backup_made_while_others_write_is_whole(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    filled(&store, 8_000).await;
    let stop = Arc::new(AtomicBool::new(false));
    let writing = tokio::spawn(write_until(store.clone(), Arc::clone(&stop)));
    let file = fresh.folder.path().join("kopie");
    let (last, total) = (AtomicU64::new(0), AtomicU64::new(0));
    let progress = |done, all| {
        assert!(done >= last.swap(done, Ordering::Relaxed), "progress does not run back");
        total.store(all, Ordering::Relaxed);
    };
    let before = store.head().await.unwrap();
    let head = store.backup(&file, &progress).await.unwrap();
    stop.store(true, Ordering::Relaxed);
    let written = writing.await.unwrap();
    assert!(written > 0, "others wrote meanwhile");
    assert!(head.sequence >= before.sequence);
    assert_eq!(last.load(Ordering::Relaxed), total.load(Ordering::Relaxed));
    let empty = server.fresh();
    let restored = Store::restore(&file, &empty.place, key(), &quiet).await.unwrap();
    assert_eq!(restored.head().await.unwrap(), head);
    store.verify_against(&head, &quiet).await.unwrap();
}

async fn write_until(store: Store, stop: Arc<AtomicBool>) -> u64 {
    let mut written = 0;
    while !stop.load(Ordering::Relaxed) {
        store.append_at(&[(born(1, 1950), at(100_000))]).await.unwrap();
        written += 1;
    }
    written
}

pub(crate) async fn a_backup_moves_between_databases_with_everything(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    let file = with_everything(&fresh, &store).await;
    for empty in [server.fresh(), Server::Sqlite.fresh()] {
        let restored = Store::restore(&file, &empty.place, key(), &quiet).await.unwrap();
        same(&store, &restored).await;
        let again = empty.folder.path().join("kopie");
        restored.backup(&again, &quiet).await.unwrap();
        assert_eq!(fs::read(&file).unwrap(), fs::read(&again).unwrap(), "the same, byte by byte");
        let Server::Postgres(_) = server else { continue };
        let back = server.fresh();
        let back = Store::restore(&again, &back.place, key(), &quiet).await.unwrap();
        same(&store, &back).await;
    }
}

pub(crate) async fn a_damaged_backup_is_refused_and_leaves_nothing(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    let file = with_everything(&fresh, &store).await;
    let whole = fs::read(&file).unwrap();
    let lines = whole.split(|it| *it == b'\n').count();
    let middle = whole.len() / 2;
    let flipped = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        bytes
    };
    let without_line = whole.split(|it| *it == b'\n').enumerate().filter(|(n, _)| *n != lines / 2);
    let without_line = without_line.map(|(_, it)| it).collect::<Vec<_>>().join(&b'\n');
    for (name, bytes) in [
        ("cut", whole[..middle].to_vec()),
        ("empty", Vec::new()),
        ("last line gone", whole[..whole.len() - 70].to_vec()),
        ("a bit flipped", flipped(middle)),
        ("a bit of the first line flipped", flipped(30)),
        ("a line gone", without_line),
        ("something else", vec![0xff; 1_000]),
    ] {
        let damaged = fresh.folder.path().join("beschadigd");
        fs::write(&damaged, bytes).unwrap();
        let empty = server.fresh();
        let refused = Store::restore(&damaged, &empty.place, key(), &quiet).await;
        let Err(error) = refused else { panic!("{name} was taken") };
        assert!(
            matches!(error, StoreError::Backup { .. } | StoreError::WrongKey),
            "{name}: {error}"
        );
        assert_eq!(empty.open().await.head().await.unwrap().sequence, 0, "{name}");
    }
    forged_log_is_refused(server, &fresh, &whole).await;
    let other = MasterKey::from_text(&"00".repeat(32)).unwrap();
    let refused = Store::restore(&file, &server.fresh().place, other, &quiet).await;
    assert!(matches!(refused, Err(StoreError::WrongKey)));
}

/// A file with a right checksum but another history: the chain tells, and nothing stays behind.
async fn forged_log_is_refused(server: &Server, fresh: &Fresh, whole: &[u8]) {
    use sha2::Digest;
    let text = String::from_utf8(whole.to_vec()).unwrap().replacen("Wijk 8", "Wijk 9", 1);
    let body = &text[..text.trim_end().rfind('\n').unwrap() + 1];
    let sum: String =
        sha2::Sha256::digest(body.as_bytes()).iter().map(|it| format!("{it:02x}")).collect();
    let forged = fresh.folder.path().join("vervalst");
    fs::write(&forged, format!("{body}{{\"sha256\":\"{sum}\"}}\n")).unwrap();
    let empty = server.fresh();
    let refused = Store::restore(&forged, &empty.place, key(), &quiet).await;
    let told = refused.err().unwrap().to_string();
    assert!(told.starts_with("het logboek klopt niet vanaf gebeurtenis 9"), "{told}");
    if let Place::Sqlite(_) = empty.place {
        assert!(!empty.place.file().unwrap().exists(), "what the restore made is gone");
    }
    assert_eq!(empty.open().await.head().await.unwrap().sequence, 0);
}

pub(crate) async fn a_place_with_data_is_not_overwritten(server: &Server) {
    let fresh = server.fresh();
    let store = fresh.open().await;
    let file = with_everything(&fresh, &store).await;
    let occupied = server.fresh();
    let other = occupied.open().await;
    other.create_account("beheerder", "een goed wachtwoord", MedewerkerId(1)).await.unwrap();
    let refused = Store::restore(&file, &occupied.place, key(), &quiet).await;
    assert!(matches!(refused, Err(StoreError::NotEmpty)));
    let refused = Store::restore(&file, &fresh.place, key(), &quiet).await;
    assert!(matches!(refused, Err(StoreError::NotEmpty)));
    assert_eq!(other.accounts().await.unwrap().len(), 1);
    assert_eq!(store.head().await.unwrap().sequence, 40);
    let nowhere = Path::new("/bestaat/niet/kopie");
    assert!(matches!(store.backup(nowhere, &quiet).await, Err(StoreError::File { .. })));
}

/// Something in every table; the backup of it.
async fn with_everything(fresh: &Fresh, store: &Store) -> std::path::PathBuf {
    let (one, two) = (ClientId(1), ClientId(u64::MAX));
    filled(store, 40).await;
    let person = Persoonsgegevens {
        bsn: Some("999900018".parse().unwrap()),
        achternaam: "Proef".to_owned(),
        ..Persoonsgegevens::default()
    };
    store.put_persons(&[(one, person), (two, Persoonsgegevens::default())]).await.unwrap();
    store.put_text(one, "verslag", "1", "Een \"tekst\"\nmet regels.", at(0)).await.unwrap();
    store.put_message(&[0, 10, 255], "a.xml", &[one], at(0)).await.unwrap();
    store.put_message(b"van twee", "b.xml", &[two], at(0)).await.unwrap();
    let sending = Sending {
        reference: "R-1".to_owned(),
        kind: "WMO301".to_owned(),
        own_key: "T1".to_owned(),
        moment: at(0),
        status: "klaar".to_owned(),
        fault: None,
        attempts: 0,
    };
    store.queue_message(b"uit", "c.xml", &[one], &sending).await.unwrap();
    let fault = Some(("IB014".to_owned(), "onbekend".to_owned()));
    let refused = Sending { fault, ..sending };
    assert!(store.move_sending("klaar", &refused).await.unwrap());
    store.erase(two).await.unwrap();
    store.put_staff_name(MedewerkerId(4), "A. Proef").await.unwrap();
    store.create_account("intaker", "een goed wachtwoord", MedewerkerId(4)).await.unwrap();
    store.create_session("intaker", at(0), 1).await.unwrap();
    store.set_meta("demo", "ja").await.unwrap();
    let (account, action, ground) = ("intaker".to_owned(), "bekeken".to_owned(), String::new());
    let (moment, medewerker, client) = (at(0), MedewerkerId(4), Some(one));
    let entry = AccessEntry { moment, account, medewerker, client, action, ground };
    store.log_access(&entry).await.unwrap();
    let file = fresh.folder.path().join("wijkpeil-kopie");
    store.backup(&file, &quiet).await.unwrap();
    file
}

async fn same(left: &Store, right: &Store) {
    let (one, two) = (ClientId(1), ClientId(u64::MAX));
    let head = left.head().await.unwrap();
    assert_eq!(right.verify_against(&head, &quiet).await.unwrap().head, head);
    let all = left.read_after(0, 1_000).await.unwrap();
    assert_eq!(right.read_after(0, 1_000).await.unwrap(), all);
    assert_eq!(right.person(one).await.unwrap(), left.person(one).await.unwrap());
    assert_eq!(right.person(two).await.unwrap(), Person::Erased);
    let bsn = "999900018".parse().unwrap();
    assert_eq!(right.find_bsn(bsn).await.unwrap(), Some(one));
    assert_eq!(right.texts(one).await.unwrap(), left.texts(one).await.unwrap());
    assert_eq!(right.messages(one).await.unwrap(), left.messages(one).await.unwrap());
    assert_eq!(right.sendings().await.unwrap(), left.sendings().await.unwrap());
    assert_eq!(right.staff_names().await.unwrap(), left.staff_names().await.unwrap());
    assert_eq!(right.accesses(one).await.unwrap(), left.accesses(one).await.unwrap());
    assert_eq!(right.meta("demo").await.unwrap().as_deref(), Some("ja"));
    let account = right.check_password("intaker", "een goed wachtwoord").await.unwrap();
    assert_eq!(account.unwrap().medewerker, MedewerkerId(4));
}
