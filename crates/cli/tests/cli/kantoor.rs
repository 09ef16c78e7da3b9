//! A client known from an imported message, with an outbox and an inbox.

use std::{
    fs,
    path::{Path, PathBuf},
};

use domain::{
    Actor, Bsn, ClientId, Command, DossierCommand, Omstandigheid, RegisterEvent, Systeemdeel,
};
use jiff::civil::{Date, date};
use store::{Live, MasterKey, Place, Store};

use crate::gereedschap::{Told, wijkpeil};

/// The client of the own messages.
pub(crate) const BSN: &str = "999900031";

/// An own message of the library.
pub(crate) fn own(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../messages/tests/data/iwmo").join(name)
}

/// An installation with folders.
pub(crate) struct Kantoor(tempfile::TempDir);

impl Kantoor {
    /// In which one message 301 was imported.
    pub(crate) fn new() -> Kantoor {
        Kantoor::of("9999")
    }

    /// Of the municipality with this code.
    pub(crate) fn of(code: &str) -> Kantoor {
        let kantoor = Kantoor(tempfile::tempdir().expect("a folder"));
        for folder in ["uit", "in"] {
            fs::create_dir(kantoor.path(folder)).expect("a folder");
        }
        let first = kantoor.path("eerste.xml");
        let text = fs::read_to_string(own("1_toewijzing.xml")).expect("an own message");
        fs::write(&first, text.replace(">9999<", &format!(">{code}<"))).expect("a file");
        let told = kantoor.ask(&format!("import {}", first.display()));
        assert_eq!(told.code, 0, "{}{}", told.answer, told.errors);
        kantoor
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn ask(&self, words: &str) -> Told {
        wijkpeil(Some(&self.path("gegevens")), words)
    }

    pub(crate) fn send(&self, more: &str) -> Told {
        self.ask(&format!("iwmo send --outbox {} {more}", self.path("uit").display()))
    }

    pub(crate) fn receive(&self) -> Told {
        let (inbox, outbox) = (self.path("in"), self.path("uit"));
        self.ask(&format!("iwmo receive --inbox {} --outbox {}", inbox.display(), outbox.display()))
    }

    pub(crate) fn status(&self) -> String {
        self.ask("iwmo status").answer
    }

    /// A message with a key that was not used before, in the outbox.
    pub(crate) fn write_message(&self) -> Vec<u8> {
        let text = fs::read_to_string(own("1_toewijzing.xml")).expect("an own message");
        let text = text.replace(">T-1<", ">T-2<");
        fs::write(self.path("uit/toewijzing.xml"), &text).expect("a file");
        text.into_bytes()
    }

    /// The names of the files in a folder, in order.
    pub(crate) fn names(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path(folder)) else { return Vec::new() };
        let files = entries.flatten().filter(|it| it.path().is_file());
        let mut names: Vec<String> =
            files.map(|it| it.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// The key of the only envelope.
    pub(crate) fn envelope(&self) -> String {
        let names = self.names("uit/envelop");
        let [one] = names.as_slice() else { panic!("one envelope: {names:?}") };
        one.trim_end_matches(".xml").to_owned()
    }

    pub(crate) fn with_live<T>(&self, act: impl AsyncFnOnce(Live, ClientId) -> T) -> T {
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
    pub(crate) fn kept(&self) -> Vec<Vec<u8>> {
        self.with_live(async |live, client| {
            let all = live.store().messages(client).await.expect("messages");
            all.into_iter().map(|it| it.bytes).collect()
        })
    }

    /// Writes into the dossier of the client, as if it happened on this day.
    pub(crate) fn write(&self, on: Date, command: DossierCommand) {
        self.with_live(async |live, client| {
            let actor = Actor::Systeem(Systeemdeel::Import);
            let recorded = live.with(|it| it.entries.last().map(|it| it.recorded));
            let command = Command::Dossier(client, command);
            let news = [(command, Omstandigheid { on, today: on, actor })];
            let done = live.execute(&news, recorded.expect("a moment")).await.expect("allowed");
            assert_eq!(done.len(), 1);
        });
    }

    /// Writes into the register.
    pub(crate) fn register(&self, event: RegisterEvent) {
        self.with_live(async |live, _| {
            let actor = Actor::Systeem(Systeemdeel::Import);
            let recorded = live.with(|it| it.entries.last().map(|it| it.recorded));
            let day = date(2024, 1, 1);
            let news = [(Command::Register(event), Omstandigheid { on: day, today: day, actor })];
            live.execute(&news, recorded.expect("a moment")).await.expect("allowed");
        });
    }

    pub(crate) fn shield(&self) {
        self.write(date(2024, 3, 1), DossierCommand::SchermAf { afgeschermd: true });
    }
}
