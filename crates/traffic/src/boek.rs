//! All messages that are kept, folded once and kept up to date: what was rejected, what is expected.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::{ClientId, ToewijzingNummer};
use jiff::{Timestamp, civil::Date};
use messages::iwmo::{
    Bericht, bericht,
    bericht::{RetourCodes, Wmo325},
    keten::{Keten, verzoek::Verzoek},
    retour::is_afkeuring,
};
use store::{Kept, MessageCount, Store, StoreError};

/// How many messages are read at a time.
const PAGE: usize = 500;

/// The messages of all clients as one history, in memory.
#[derive(Debug, Default)]
pub struct Boek {
    keten: Keten,
    /// Of each message in the history, by its place.
    pub(crate) herkomst: HashMap<usize, Herkomst>,
    /// The billed lines that an answer rejects.
    pub(crate) afgewezen: Vec<Afgewezen>,
    known: HashSet<Vec<u8>>,
    count: MessageCount,
    /// How often the messages that are known name a client.
    named: i64,
    last: Option<Timestamp>,
}

/// Where a message in the history belongs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Herkomst {
    pub(crate) clienten: BTreeSet<ClientId>,
    pub(crate) toewijzingen: Vec<ToewijzingNummer>,
    /// Whether it went out from here; else it came in, or came along with a history.
    pub(crate) verzonden: bool,
}

/// A billed line that an answer rejects.
#[derive(Debug, Clone)]
pub(crate) struct Afgewezen {
    /// The place of the bill in the history.
    pub(crate) bericht: usize,
    pub(crate) op: Date,
    pub(crate) toewijzing: Option<ToewijzingNummer>,
    pub(crate) klasse: &'static str,
    pub(crate) code: &'static str,
}

impl Boek {
    /// A history in which nothing was read yet.
    pub fn new() -> Boek {
        Boek::default()
    }

    /// The history of all messages in the store.
    pub async fn lees(store: &Store) -> Result<Boek, StoreError> {
        let mut boek = Boek::new();
        boek.ververs(store).await?;
        Ok(boek)
    }

    /// Takes in what came since the last time; reads everything again when something went.
    pub async fn ververs(&mut self, store: &Store) -> Result<(), StoreError> {
        let count = store.message_count().await?;
        if count == self.count {
            return Ok(());
        }
        let prints = store.message_prints().await?;
        let still_there = prints.iter().filter(|it| self.known.contains(*it)).count();
        if still_there < self.known.len() {
            *self = Boek::new();
        }
        let new: Vec<Vec<u8>> =
            prints.iter().filter(|it| !self.known.contains(*it)).cloned().collect();
        let in_order = self.add(store, &new).await?;
        // Another number of names: other clients joined an old message.
        if !in_order || self.named != count.named {
            *self = Boek::new();
            self.add(store, &prints).await?;
        }
        self.count = count;
        Ok(())
    }

    /// The history itself.
    pub fn keten(&self) -> &Keten {
        &self.keten
    }

    /// About whom a message is that names nobody: those of the message that it answers.
    pub fn clienten_van(&self, bericht: &Bericht) -> BTreeSet<ClientId> {
        let heen = self.keten.heen(bericht).and_then(|it| self.herkomst.get(&it.nummer));
        heen.map(|it| it.clienten.clone()).unwrap_or_default()
    }

    /// About whom a request is.
    pub fn clienten_van_verzoek(&self, verzoek: &Verzoek) -> BTreeSet<ClientId> {
        let asked = self.keten.bericht_van(verzoek).and_then(|it| self.herkomst.get(&it.nummer));
        asked.map(|it| it.clienten.clone()).unwrap_or_default()
    }

    /// Adds messages; false when one should have come before those that are known.
    async fn add(&mut self, store: &Store, prints: &[Vec<u8>]) -> Result<bool, StoreError> {
        for some in prints.chunks(PAGE) {
            for kept in store.open_messages(some).await? {
                if self.last.is_some_and(|it| it > kept.message.moment) {
                    return Ok(false);
                }
                self.take(kept);
            }
        }
        Ok(true)
    }

    fn take(&mut self, kept: Kept) {
        let Kept { print, message, clients, sent } = kept;
        self.last = Some(message.moment);
        self.named += i64::try_from(clients.len()).unwrap_or(i64::MAX);
        self.known.insert(print);
        let (Some(bericht), _) = bericht::lees(&message.name, &message.bytes) else { return };
        let before = self.keten.berichten().len();
        self.keten.volg(&bericht);
        if self.keten.berichten().len() > before {
            let toewijzingen = toewijzingen(&bericht);
            self.herkomst
                .insert(before, Herkomst { clienten: clients, toewijzingen, verzonden: sent });
        }
        if let Bericht::Wmo325(it) = &bericht
            && let Some(heen) = self.keten.heen(&bericht)
        {
            let op = it.header.bericht_identificatie.dagtekening.waarde();
            let op = op.unwrap_or(heen.dagtekening);
            let at = (heen.nummer, op);
            self.afgewezen.extend(afgewezen(at, it));
        }
    }
}

/// The allocations that a message names.
fn toewijzingen(bericht: &Bericht) -> Vec<ToewijzingNummer> {
    let numbers: Vec<Option<u32>> = match bericht {
        Bericht::Wmo301(it) => {
            let all = it.client.toegewezen_producten.iter();
            all.map(|it| it.toewijzing_nummer.waarde()).collect()
        }
        Bericht::Wmo305(it) => {
            let all = it.client.start_producten.iter();
            all.map(|it| it.toewijzing_nummer.waarde()).collect()
        }
        Bericht::Wmo307(it) => {
            let all = it.client.stop_producten.iter();
            all.map(|it| it.toewijzing_nummer.waarde()).collect()
        }
        Bericht::Wmo317(it) => {
            let verzoek = &it.client.verzoek;
            let same = verzoek.ongewijzigde_producten.iter().map(|it| &it.toewijzing_nummer);
            let other = verzoek.te_wijzigen_producten.iter().map(|it| &it.toewijzing_nummer);
            same.chain(other).map(|it| it.waarde()).collect()
        }
        _ => Vec::new(),
    };
    numbers.into_iter().flatten().map(ToewijzingNummer).collect()
}

/// What an answer rejects, line by line.
fn afgewezen((bericht, op): (usize, Date), antwoord: &Wmo325) -> Vec<Afgewezen> {
    let mut found = Vec::new();
    let mut add = |klasse, toewijzing, codes: &RetourCodes| {
        for code in codes.iter().filter_map(|it| it.waarde()).filter(|it| is_afkeuring(it)) {
            found.push(Afgewezen { bericht, op, toewijzing, klasse, code });
        }
    };
    add("Header", None, &antwoord.header.retour_codes);
    if let Some(whole) = &antwoord.declaratie_antwoord {
        add("Declaratie", None, &whole.retour_codes);
        for client in &whole.clienten {
            let lines = client.prestaties.iter();
            let first = lines.clone().find_map(|it| it.toewijzing_nummer.waarde());
            add("Client", first.map(ToewijzingNummer), &client.retour_codes);
            for it in lines {
                let nummer = it.toewijzing_nummer.waarde().map(ToewijzingNummer);
                add("Prestatie", nummer, &it.retour_codes);
            }
        }
    }
    found
}
