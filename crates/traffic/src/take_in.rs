//! iWmo messages into the log.

use std::collections::HashMap;

use domain::{Bsn, ClientId};
use messages::{Ernst, Problem, iwmo};
use store::{ExecuteError, Live, Person, Store, StoreError};

use crate::{
    Moment,
    keuring::{Gelezen, keur},
};

/// How many commands are written in one transaction.
const STAP: usize = 500;

/// A file with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bestand<'a> {
    /// As the user named it.
    pub naam: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
}

/// What came of some messages.
#[derive(Debug, Clone, Default)]
pub struct Inname {
    /// How many messages could be read.
    pub gelezen: usize,
    /// How many events they led to.
    pub gebeurtenissen: usize,
    /// What was wrong or is worth a look.
    pub problems: Vec<Problem>,
    /// Whether what was to be kept was kept.
    pub bewaard: bool,
}

/// What is done with messages that were judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wijze {
    /// Nothing is written.
    Proef,
    /// What they say goes into the log; somebody else keeps them.
    Vastleggen,
    /// That, and they are kept as they came.
    Bewaren,
}

/// Told how many of how many commands were written.
pub type Meelezer<'a> = &'a (dyn Fn(u64, u64) + Sync);

/// Reads messages, tries them on a copy of the state, and writes what they led to.
pub async fn lees_in(
    live: &Live,
    files: &[Bestand<'_>],
    wijze: Wijze,
    moment: &Moment,
    progress: Meelezer<'_>,
) -> Result<Inname, ExecuteError> {
    let mut inname = Inname::default();
    let (mut berichten, mut gelezen) = (Vec::new(), HashMap::new());
    for file in files {
        let (bericht, mut problems) = iwmo::bericht::lees(file.naam, file.bytes);
        let formed = problems.iter().all(|it| it.ernst != Ernst::Fout);
        if let Some(bericht) = bericht {
            berichten.extend(iwmo::vertaal(file.naam, &bericht, &mut problems));
            gelezen.insert(file.naam, Gelezen { bericht, formed, bytes: file.bytes });
        }
        inname.problems.extend(problems);
    }
    iwmo::sort(&mut berichten);
    inname.gelezen = berichten.len();
    let mut clients = known_clients(live, &berichten).await?;
    let with = (moment, &mut inname.problems);
    let berichten = keur(live, berichten, &gelezen, &clients, with).await?;
    let mut state = live.with(|world| world.state.clone());
    let mut find = |bsn: Bsn, open: bool| {
        let known = clients.get(&bsn).copied();
        known.or_else(|| {
            open.then(|| {
                let client = new_client();
                clients.insert(bsn, client);
                client
            })
        })
    };
    let done = iwmo::verwerk(&mut state, &berichten, &mut find, moment.vandaag, moment.nu);
    inname.gebeurtenissen = done.happened.len();
    inname.problems.extend(done.problems);
    if wijze == Wijze::Proef {
        return Ok(inname);
    }
    // Persons before the log: a dossier without a person cannot be found, a person without a
    // dossier does no harm and is used again next time.
    put_persons(live.store(), &done.personen).await?;
    let total = done.commands.len() as u64;
    for (at, part) in done.commands.chunks(STAP).enumerate() {
        live.execute(part, moment.nu).await?;
        progress(((at * STAP + part.len()) as u64).min(total), total);
    }
    if wijze == Wijze::Bewaren {
        keep_all(live, files, &berichten, &clients, moment).await?;
    }
    inname.bewaard = true;
    Ok(inname)
}

async fn put_persons(store: &Store, personen: &[iwmo::Gevonden]) -> Result<(), StoreError> {
    for found in personen {
        let known = match store.person(found.client).await? {
            Person::Known(it) => Some(it),
            Person::Unknown => None,
            // Somebody who asked to be forgotten stays forgotten.
            Person::Erased => continue,
        };
        let person = iwmo::samen(known.as_ref(), found);
        if known.as_ref() != Some(&person) {
            store.put_person(found.client, &person).await?;
        }
    }
    Ok(())
}

/// Keeps the messages that were understood as they came, under the keys of whom they are about.
async fn keep_all(
    live: &Live,
    files: &[Bestand<'_>],
    berichten: &[iwmo::Vertaling],
    clients: &HashMap<Bsn, ClientId>,
    moment: &Moment,
) -> Result<(), StoreError> {
    for bericht in berichten {
        let Some(file) = files.iter().find(|it| it.naam == bericht.file) else { continue };
        let about: Vec<ClientId> =
            bericht.bsns().iter().filter_map(|it| clients.get(it).copied()).collect();
        if !about.is_empty() {
            live.store().put_message(file.bytes, file.naam, &about, moment.nu).await?;
        }
    }
    Ok(())
}

async fn known_clients(
    live: &Live,
    berichten: &[iwmo::Vertaling],
) -> Result<HashMap<Bsn, ClientId>, StoreError> {
    let mut clients = HashMap::new();
    for bsn in berichten.iter().flat_map(iwmo::Vertaling::bsns) {
        if !clients.contains_key(&bsn)
            && let Some(client) = live.store().find_bsn(bsn).await?
        {
            clients.insert(bsn, client);
        }
    }
    Ok(clients)
}

/// A pseudonym that nobody has: 53 random bits, so that it survives any JSON reader.
pub fn new_client() -> ClientId {
    use rand::RngExt as _;
    ClientId(rand::rng().random_range(1..1 << 53))
}
