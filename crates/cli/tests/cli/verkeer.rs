//! `wijkpeil iwmo send`, `receive` and `status`: folders in, folders out.

use std::{
    fs,
    path::{Path, PathBuf},
};

use domain::{Actor, Bsn, ClientId, Command, DossierCommand, Omstandigheid, Systeemdeel};
use jiff::civil::date;
use messages::iwmo::{
    bericht,
    retour::{Retourkop, retour},
    verkeer::{Envelop, Partij, Soort, vingerafdruk},
};
use store::{Live, MasterKey, Place, Store};

use crate::gereedschap::{Told, wijkpeil};

const BSN: &str = "999900031";

/// A client known from an imported message, with an outbox and an inbox.
struct Kantoor(tempfile::TempDir);

impl Kantoor {
    fn new() -> Kantoor {
        let kantoor = Kantoor(tempfile::tempdir().expect("a folder"));
        for folder in ["uit", "in"] {
            fs::create_dir(kantoor.path(folder)).expect("a folder");
        }
        let first = own("1_toewijzing.xml");
        let told = kantoor.ask(&format!("import {}", first.display()));
        assert_eq!(told.code, 0, "{}{}", told.answer, told.errors);
        kantoor
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn ask(&self, words: &str) -> Told {
        wijkpeil(Some(&self.path("gegevens")), words)
    }

    fn send(&self, more: &str) -> Told {
        self.ask(&format!("iwmo send --outbox {} {more}", self.path("uit").display()))
    }

    fn receive(&self) -> Told {
        let (inbox, outbox) = (self.path("in"), self.path("uit"));
        self.ask(&format!("iwmo receive --inbox {} --outbox {}", inbox.display(), outbox.display()))
    }

    fn status(&self) -> String {
        self.ask(&format!("iwmo status --outbox {}", self.path("uit").display())).answer
    }

    /// A message with a key that was not used before, in the outbox.
    fn write_message(&self) -> Vec<u8> {
        let text = fs::read_to_string(own("1_toewijzing.xml")).expect("an own message");
        let text = text.replace(">T-1<", ">T-2<");
        fs::write(self.path("uit/toewijzing.xml"), &text).expect("a file");
        text.into_bytes()
    }

    /// The names of the files in a folder, in order.
    fn names(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path(folder)) else { return Vec::new() };
        let files = entries.flatten().filter(|it| it.path().is_file());
        let mut names: Vec<String> =
            files.map(|it| it.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// The key of the only envelope.
    fn envelope(&self) -> String {
        let names = self.names("uit/envelop");
        let [one] = names.as_slice() else { panic!("one envelope: {names:?}") };
        one.trim_end_matches(".xml").to_owned()
    }

    fn with_live<T>(&self, act: impl AsyncFnOnce(Live, ClientId) -> T) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let folder = self.path("gegevens");
            let key = MasterKey::from_file_or_create(&folder.join("sleutel")).expect("a key");
            let store = Store::open(&Place::Sqlite(folder), key).await.expect("a store");
            let bsn: Bsn = BSN.parse().expect("a BSN");
            let client = store.find_bsn(bsn).await.expect("an answer").expect("a client");
            act(Live::start(store, None, &|_, _| {}).await.expect("a log"), client).await
        })
    }

    /// The messages that are kept under the key of the client.
    fn kept(&self) -> Vec<Vec<u8>> {
        self.with_live(async |live, client| {
            let all = live.store().messages(client).await.expect("messages");
            all.into_iter().map(|it| it.bytes).collect()
        })
    }

    fn shield(&self) {
        self.with_live(async |live, client| {
            let on = date(2024, 3, 1);
            let actor = Actor::Systeem(Systeemdeel::Import);
            let recorded = live.with(|it| it.entries.last().map(|it| it.recorded));
            let command = Command::Dossier(client, DossierCommand::SchermAf { afgeschermd: true });
            let news = [(command, Omstandigheid { on, today: on, actor })];
            let done = live.execute(&news, recorded.expect("a moment")).await.expect("shielded");
            assert_eq!(done.len(), 1);
        });
    }
}

fn own(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../messages/tests/data/iwmo").join(name)
}

#[test]
fn a_message_leaves_once_and_its_way_is_told_per_hop() {
    let kantoor = Kantoor::new();
    let bytes = kantoor.write_message();
    let told = kantoor.send("");
    assert_eq!(told.code, 0, "{}{}", told.answer, told.errors);
    assert!(told.answer.contains("1 bericht klaargezet, 0 niet."), "{}", told.answer);
    assert_eq!(kantoor.names("uit"), ["zendingen.csv"], "the plain file is gone");
    assert!(kantoor.kept().contains(&bytes), "kept byte for byte");
    let key = kantoor.envelope();

    kantoor.write_message();
    let again = kantoor.send("");
    assert_eq!(again.code, 1);
    assert!(again.answer.contains("is al verzonden"), "{}", again.answer);
    assert_eq!(kantoor.envelope(), key, "no second envelope");
    assert_eq!(kantoor.send(&format!("--resend {key}")).code, 0);
    assert_eq!(kantoor.envelope(), key, "the same envelope");
    assert!(kantoor.status().contains("WMO301 T-2  verzonden, 2 keer"), "{}", kantoor.status());

    let partij = Partij::default();
    let hop = Envelop {
        soort: Soort::Bv03,
        zender: partij.clone(),
        ontvanger: partij,
        referentienummer: "H-1".to_owned(),
        kruisreferentie: Some(key.clone()),
        tijdstip: None,
        functie: String::new(),
        inhoud: None,
        fout: None,
    };
    fs::write(kantoor.path("in/hop.xml"), hop.schrijf()).unwrap();
    assert_eq!(kantoor.receive().code, 0);
    assert!(kantoor.status().contains("T-2  bevestigd"), "{}", kantoor.status());

    let sent = bericht::lees("x", &bytes).0.unwrap();
    let kop = Retourkop { identificatie: "R-1", dagtekening: date(2024, 1, 16) };
    let back = retour(&sent, &[], &kop).unwrap().schrijf();
    fs::write(kantoor.path("in/retour.xml"), &back).unwrap();
    let told = kantoor.receive();
    assert_eq!(told.code, 0, "{}", told.answer);
    assert!(kantoor.status().contains("Samen: 1 aanvaard."), "{}", kantoor.status());
    let print = vingerafdruk(&back);
    let kept = kantoor.with_live(async |live, _| live.store().has_message(&print).await.unwrap());
    assert!(kept && kantoor.names("in").is_empty(), "kept, though it names nobody");
    let late = kantoor.send(&format!("--resend {key}"));
    assert!(late.errors.contains("is al aanvaard"), "{}", late.errors);
}

#[test]
fn what_stopped_halfway_is_finished_and_what_was_never_listed_goes() {
    let kantoor = Kantoor::new();
    kantoor.write_message();
    assert_eq!(kantoor.send("").code, 0);
    let key = kantoor.envelope();
    let file = kantoor.path(&format!("uit/envelop/{key}.xml"));
    fs::rename(&file, file.with_extension("half")).unwrap();
    fs::write(kantoor.path("uit/envelop/onbekend.half"), "x").unwrap();
    assert_eq!(kantoor.send("").code, 0);
    assert_eq!(kantoor.names("uit/envelop"), [format!("{key}.xml")]);
}

#[test]
fn what_comes_in_is_answered_kept_and_put_aside_with_a_reason() {
    let kantoor = Kantoor::new();
    let start = fs::read(own("3_start.xml")).unwrap();
    fs::write(kantoor.path("in/start.xml"), &start).unwrap();
    fs::write(kantoor.path("in/brief.xml"), "geen bericht").unwrap();
    let told = kantoor.receive();
    assert_eq!(told.code, 1, "{}", told.answer);
    let out = kantoor.names("uit");
    assert!(out.iter().any(|it| it.starts_with("WMO306_")), "{out:?}");
    assert!(kantoor.kept().contains(&start), "kept byte for byte");
    assert!(kantoor.names("in").is_empty());
    assert_eq!(kantoor.names("in/niet_verwerkt"), ["brief.reden.txt", "brief.xml"]);
    let reason = fs::read_to_string(kantoor.path("in/niet_verwerkt/brief.reden.txt")).unwrap();
    assert!(reason.contains("brief.xml") && reason.len() > 20, "{reason}");

    fs::write(kantoor.path("in/start.xml"), &start).unwrap();
    let again = kantoor.receive();
    assert!(again.answer.contains("al eerder ontvangen"), "{}", again.answer);
    assert_eq!(kantoor.names("uit"), out, "answered once");
}

#[test]
fn nothing_about_a_client_who_is_shielded_leaves() {
    let kantoor = Kantoor::new();
    kantoor.write_message();
    assert_eq!(kantoor.send("").code, 0);
    let key = kantoor.envelope();
    kantoor.shield();
    let again = kantoor.send(&format!("--resend {key}"));
    assert!(again.errors.contains("is afgeschermd"), "{}", again.errors);

    let text = fs::read_to_string(own("2_gewijzigd.xml")).unwrap();
    fs::write(kantoor.path("uit/2.xml"), text).unwrap();
    let told = kantoor.send("");
    let expected = "1 bericht over een afgeschermde cliënt: dat blijft liggen en gaat niet uit.";
    assert!(told.answer.contains(expected), "{}{}", told.answer, told.errors);
    assert_eq!(kantoor.envelope(), key);
    assert!(kantoor.path("uit/2.xml").exists());

    fs::copy(own("3_start.xml"), kantoor.path("in/start.xml")).unwrap();
    let told = kantoor.receive();
    assert!(told.answer.contains("1 bericht over een afgeschermde cliënt"), "{}", told.answer);
    let out = kantoor.names("uit");
    assert!(!out.iter().any(|it| it.starts_with("WMO306_")), "{out:?}");

    let told = kantoor.ask(&format!("export {} --met-personen", kantoor.path("export").display()));
    assert!(told.answer.contains("1 cliënt is afgeschermd"), "{}{}", told.answer, told.errors);
    for name in kantoor.names("export") {
        let text = fs::read_to_string(kantoor.path("export").join(&name)).unwrap();
        for secret in [BSN, "Fenna", "Lindelaan"] {
            assert!(!text.contains(secret), "{secret} in {name}");
        }
    }
}
