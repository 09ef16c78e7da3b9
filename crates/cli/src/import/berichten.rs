//! iWmo messages into the log.

use std::collections::HashMap;

use domain::{Bsn, ClientId};
use messages::{Ernst, iwmo};
use store::{Live, Person};

use super::{
    bestanden::Bestand,
    keuring::{Gelezen, keur},
    verslag::Verslag,
};
use crate::{clock, scherm::aantal, voortgang};

/// How many commands are written in one transaction.
const STAP: usize = 500;

/// Reads the messages, tries them on a copy of the state, and writes what they led to.
pub(crate) async fn lees_in(
    live: &Live,
    files: &[Bestand],
    verslag: &mut Verslag,
) -> anyhow::Result<()> {
    let (mut berichten, mut gelezen) = (Vec::new(), HashMap::new());
    for file in files {
        let (bericht, mut problems) = iwmo::bericht::lees(&file.naam, &file.bytes);
        let formed = problems.iter().all(|it| it.ernst != Ernst::Fout);
        if let Some(bericht) = bericht {
            berichten.extend(iwmo::vertaal(&file.naam, &bericht, &mut problems));
            gelezen.insert(file.naam.as_str(), Gelezen { bericht, formed, bytes: &file.bytes });
        }
        verslag.meld(problems);
    }
    iwmo::sort(&mut berichten);
    let read = berichten.len();
    let clients = known_clients(live, &berichten).await?;
    let berichten = keur(live, berichten, &gelezen, &clients, verslag).await?;
    let mut clients = clients;
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
    let done = iwmo::verwerk(&mut state, &berichten, &mut find, clock::today(), clock::now());
    verslag.zeg(format!("{} van {} berichten gelezen.", aantal(read), aantal(files.len())));
    verslag.gebeurtenissen += done.happened.len();
    verslag.meld(done.problems);
    if verslag.dry_run {
        return Ok(());
    }
    // Persons before the log: a dossier without a person cannot be found, a person without a
    // dossier does no harm and is used again next time.
    for found in &done.personen {
        let known = match live.store().person(found.client).await? {
            Person::Known(it) => Some(it),
            Person::Unknown => None,
            // Somebody who asked to be forgotten stays forgotten.
            Person::Erased => continue,
        };
        let person = iwmo::samen(known.as_ref(), found);
        if known.as_ref() != Some(&person) {
            live.store().put_person(found.client, &person).await?;
        }
    }
    let bar = voortgang::balk("Berichten vastleggen", done.commands.len() as u64);
    for part in done.commands.chunks(STAP) {
        live.execute(part, clock::now()).await?;
        bar.inc(part.len() as u64);
    }
    bar.finish_and_clear();
    keep(live, files, &berichten, &clients).await
}

/// Keeps the messages that were understood as they came, under the keys of whom they are about.
async fn keep(
    live: &Live,
    files: &[Bestand],
    berichten: &[iwmo::Vertaling],
    clients: &HashMap<Bsn, ClientId>,
) -> anyhow::Result<()> {
    for bericht in berichten {
        let Some(file) = files.iter().find(|it| it.naam == bericht.file) else { continue };
        let about: Vec<ClientId> =
            bericht.bsns().iter().filter_map(|it| clients.get(it).copied()).collect();
        if !about.is_empty() {
            live.store().put_message(&file.bytes, &file.naam, &about, clock::now()).await?;
        }
    }
    Ok(())
}

async fn known_clients(
    live: &Live,
    berichten: &[iwmo::Vertaling],
) -> anyhow::Result<HashMap<Bsn, ClientId>> {
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
pub(super) fn new_client() -> ClientId {
    use rand::RngExt as _;
    ClientId(rand::rng().random_range(1..1 << 53))
}
