//! The history of all messages: what is new is added, and it is what reading everything gives.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

use std::{collections::BTreeMap, fs, path::Path};

use domain::{Bsn, ClientId, State, organisatie::Gemeente};
use expect_test::expect;
use jiff::{Timestamp, civil::date};
use messages::iwmo::{
    self, Bericht, bericht,
    bericht::Waarde,
    retour::{Retourkop, retour},
};
use store::{MasterKey, Place, Store};
use traffic::{Boek, Werkvoorraad, zet_klaar};

const ONE: ClientId = ClientId(1);

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

/// An own message of the library, with texts changed.
fn own(name: &str, changes: &[(&str, &str)]) -> (Bericht, Vec<u8>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../messages/tests/data/iwmo");
    let mut text = fs::read_to_string(folder.join(name)).unwrap();
    for (from, to) in changes {
        text = text.replace(from, to);
    }
    (bericht::lees(name, text.as_bytes()).0.unwrap(), text.into_bytes())
}

/// A return that only names the message; with a code it rejects it.
fn answer(bericht: &Bericht, own: &str, code: Option<&'static str>) -> Vec<u8> {
    let kop = Retourkop { identificatie: own, dagtekening: date(2024, 1, 17) };
    let mut back = retour(bericht, &[], &kop).unwrap();
    if let Bericht::Wmo302(it) = &mut back {
        it.header.retour_codes = code.map(Waarde::van).into_iter().collect();
    }
    back.schrijf()
}

/// The dossiers after the first message, of a municipality that is in the register.
fn state() -> State {
    let mut state = State::default();
    let (_, bytes) = own("1_toewijzing.xml", &[]);
    let (read, _) = iwmo::read("x", &bytes);
    let mut found: BTreeMap<Bsn, ClientId> = BTreeMap::new();
    let mut find = |bsn: Bsn, _: bool| Some(*found.entry(bsn).or_insert(ONE));
    let berichten: Vec<_> = read.into_iter().collect();
    iwmo::verwerk(&mut state, &berichten, &mut find, date(2026, 1, 1), at(0));
    let naam = "Voorbeeldstad".to_owned();
    state.register.gemeente = Some(Gemeente { code: "9999".parse().unwrap(), naam });
    state
}

fn lines(work: &Werkvoorraad) -> String {
    let mut text = String::new();
    for it in &work.afkeuringen {
        let numbers: Vec<u32> = it.toewijzingen.iter().map(|it| it.0).collect();
        let (soort, own) = (it.soort, &it.identificatie);
        text.push_str(&format!("afgekeurd {soort} {own} {numbers:?} {} {}\n", it.klasse, it.code));
    }
    for it in &work.verwachtingen {
        let who = if it.van_ons { "wij" } else { "aanbieder" };
        text.push_str(&format!("{} {who}: {}\n", it.verwachting.uiterlijk, it.verwachting.tekst()));
    }
    text
}

/// A store with the history of it so far.
struct Proef {
    _folder: tempfile::TempDir,
    store: Store,
    boek: Boek,
}

impl Proef {
    async fn new() -> Proef {
        let folder = tempfile::tempdir().unwrap();
        let key = MasterKey::from_text(&"5a".repeat(32)).unwrap();
        let store = Store::open(&Place::Sqlite(folder.path().to_owned()), key).await.unwrap();
        Proef { _folder: folder, store, boek: Boek::new() }
    }

    /// What is to be done, by what was added and by reading everything.
    async fn work(&mut self) -> String {
        self.boek.ververs(&self.store).await.unwrap();
        let (state, today) = (state(), date(2024, 2, 1));
        let work = self.boek.werkvoorraad(&state, today);
        let whole = Boek::lees(&self.store).await.unwrap();
        assert_eq!(work, whole.werkvoorraad(&state, today), "as if all was read again");
        lines(&work)
    }
}

#[tokio::test]
async fn what_is_to_be_done_follows_what_comes_in() {
    let mut proef = Proef::new().await;
    let mut found = format!("niets\n{}", proef.work().await);
    let (first, bytes) = own("1_toewijzing.xml", &[]);
    assert!(zet_klaar(&proef.store, &first, &bytes, &[ONE], at(1)).await.unwrap());
    assert!(!zet_klaar(&proef.store, &first, &bytes, &[ONE], at(2)).await.unwrap(), "once");
    found += &format!("verzonden\n{}", proef.work().await);

    let no = answer(&first, "R-1", Some("0001"));
    let read = bericht::lees("x", &no).0.unwrap();
    assert_eq!(proef.boek.clienten_van(&read), [ONE].into(), "it names nobody itself");
    proef.store.put_message(&no, "r.xml", &[ONE], at(3)).await.unwrap();
    found += &format!("afgekeurd\n{}", proef.work().await);

    let (second, bytes) = own("1_toewijzing.xml", &[(">T-1<", ">T-2<")]);
    zet_klaar(&proef.store, &second, &bytes, &[ONE], at(4)).await.unwrap();
    proef.store.put_message(&answer(&second, "R-2", None), "r.xml", &[ONE], at(5)).await.unwrap();
    found += &format!("hersteld\n{}", proef.work().await);

    // A message that came before all others, and another client for one that is known.
    let (_, bytes) = own("3_start.xml", &[]);
    proef.store.put_message(&bytes, "s.xml", &[ONE], at(0)).await.unwrap();
    found += &format!("ouder bericht\n{}", proef.work().await);
    proef.store.put_message(&bytes, "s.xml", &[ClientId(2)], at(6)).await.unwrap();
    proef.work().await;
    proef.store.erase(ONE).await.unwrap();
    found += &format!("gewist\n{}", proef.work().await);
    expect![[r#"
        niets
        2024-02-12 aanbieder: een start op toewijzing 501 (WMO305)
        2024-02-12 aanbieder: een start op toewijzing 502 (WMO305)
        2024-02-12 aanbieder: een start op toewijzing 503 (WMO305)
        verzonden
        2024-01-18 aanbieder: een retour op WMO301 T-1
        2024-02-12 aanbieder: een start op toewijzing 501 (WMO305)
        2024-02-12 aanbieder: een start op toewijzing 502 (WMO305)
        2024-02-12 aanbieder: een start op toewijzing 503 (WMO305)
        afgekeurd
        afgekeurd WMO301 T-1 [501, 502, 503] Header 0001
        hersteld
        2024-02-12 aanbieder: een start op toewijzing 501 (WMO305)
        2024-02-12 aanbieder: een start op toewijzing 502 (WMO305)
        2024-02-12 aanbieder: een start op toewijzing 503 (WMO305)
        ouder bericht
        2024-02-12 aanbieder: een start op toewijzing 501 (WMO305)
        2024-02-12 aanbieder: een start op toewijzing 502 (WMO305)
        2024-02-12 aanbieder: een start op toewijzing 503 (WMO305)
        gewist
        2024-02-12 aanbieder: een start op toewijzing 501 (WMO305)
        2024-02-12 aanbieder: een start op toewijzing 502 (WMO305)
        2024-02-12 aanbieder: een start op toewijzing 503 (WMO305)
    "#]]
    .assert_eq(&found);
}

#[tokio::test]
async fn a_history_that_came_along_is_not_waited_for() {
    let mut proef = Proef::new().await;
    for (name, second) in [("1_toewijzing.xml", 1), ("3_start.xml", 2)] {
        let (_, bytes) = own(name, &[]);
        proef.store.put_message(&bytes, name, &[ONE], at(second)).await.unwrap();
    }
    let work = proef.work().await;
    assert!(!work.contains("retour"), "nobody here sent or got them: {work}");
}
