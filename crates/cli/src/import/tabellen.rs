//! Tables of another suite, or of our own export, into the log.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    io::{Cursor, Read},
    path::{Path, PathBuf},
};

use anyhow::Context;
use domain::{Bsn, ClientId, Command, Omstandigheid, persoon::Persoonsgegevens};
use messages::{
    Problem, Wie,
    uitwisseling::{self, Koppeling, Overzicht, Uitwisseling, client_van_sleutel},
};
use store::Live;

use super::{bestanden::Bestand, verslag::Verslag};
use crate::{clock, scherm::aantal, voortgang};

/// How many commands are written in one transaction.
const STAP: usize = 2_000;

/// Reads the tables of each folder with its mapping, and writes what is new.
///
/// `alleen` says that nothing else is read: then a table that is not understood is left out.
pub(super) async fn lees_in(
    live: &Live,
    files: &[Bestand],
    mapping: Option<&Path>,
    alleen: bool,
    verslag: &mut Verslag,
) -> anyhow::Result<()> {
    let mut folders: BTreeMap<PathBuf, Vec<&Bestand>> = BTreeMap::new();
    for file in files {
        let folder = Path::new(&file.naam).parent().map(Path::to_owned).unwrap_or_default();
        folders.entry(folder).or_default().push(file);
    }
    for group in folders.values() {
        let Some(koppeling) = mapping_of(group, mapping, verslag)? else { continue };
        let own = mapping.is_none() && !group.iter().any(|it| is_mapping(it));
        folder(live, group, &koppeling, (own, alleen), verslag).await?;
    }
    Ok(())
}

/// The mapping that was named, else the one that lies beside the tables, else our own.
fn mapping_of(
    group: &[&Bestand],
    mapping: Option<&Path>,
    verslag: &mut Verslag,
) -> anyhow::Result<Option<Koppeling>> {
    let (naam, text) = if let Some(path) = mapping {
        let text = fs::read_to_string(path)
            .with_context(|| format!("de mapping {} is niet te lezen", path.display()))?;
        (path.display().to_string(), text)
    } else if let Some(file) = group.iter().find(|it| is_mapping(it)) {
        (file.naam.clone(), String::from_utf8_lossy(&file.bytes).into_owned())
    } else {
        return Ok(Some(Koppeling::eigen()));
    };
    Ok(Koppeling::from_toml(&naam, &text).map_err(|problems| verslag.meld(problems)).ok())
}

async fn folder(
    live: &Live,
    group: &[&Bestand],
    koppeling: &Koppeling,
    (own, alleen): (bool, bool),
    verslag: &mut Verslag,
) -> anyhow::Result<()> {
    let by_name: HashMap<String, &[u8]> =
        group.iter().map(|it| (last_part(&it.naam), it.bytes.as_slice())).collect();
    let mut open = |naam: &str| -> std::io::Result<Option<Box<dyn Read>>> {
        let bytes = by_name.get(&last_part(naam)).map(|it| it.to_vec());
        Ok(bytes.map(|it| Box::new(Cursor::new(it)) as Box<dyn Read>))
    };
    let read = Uitwisseling::lees(koppeling, &mut open);
    if own && read.aantallen().is_empty() {
        verslag.meld(group.iter().map(|it| unknown_table(it, alleen)));
        return Ok(());
    }

    let mut state = live.with(|world| world.state.clone());
    let clients = clients(live, &uitwisseling::genoemden(&read)).await?;
    let client_of = |wie: &Wie| clients.get(wie).copied();
    let plan = uitwisseling::plan(&state, &read, clock::today(), &client_of);
    if verslag.dry_run {
        verslag.zeg(Overzicht::van(&read, &plan, &state).to_string());
    } else {
        for (tabel, rijen) in read.aantallen() {
            let noun = if rijen == 1 { "rij" } else { "rijen" };
            verslag.zeg(format!("{tabel}: {} {noun} gelezen.", aantal(rijen)));
        }
        verslag.meld(plan.intake.problems);
    }

    let (today, now) = (clock::today(), clock::now());
    let mut commands: Vec<(Command, Omstandigheid)> = Vec::new();
    for inkomend in &plan.intake.commands {
        let client = client_of(&inkomend.wie);
        match inkomend.try_on(&mut state, client, today, now) {
            Ok(news) if news.is_empty() => {}
            Ok(news) => {
                verslag.gebeurtenissen += news.len();
                let command = inkomend.command(client);
                commands.extend(command.map(|it| (it, inkomend.omstandigheid(today))));
            }
            Err(problem) => verslag.meld([problem]),
        }
    }
    if verslag.dry_run {
        return Ok(());
    }
    put_persons(live, &plan.intake.personen, &clients).await?;
    for (medewerker, naam) in &plan.personeel {
        live.store().put_staff_name(*medewerker, naam).await?;
    }
    let bar = voortgang::balk("Tabellen vastleggen", commands.len() as u64);
    for part in commands.chunks(STAP) {
        live.execute(part, clock::now()).await?;
        bar.inc(part.len() as u64);
    }
    bar.finish_and_clear();
    Ok(())
}

fn is_mapping(file: &Bestand) -> bool {
    last_part(&file.naam) == "mapping.toml"
}

/// A table without a mapping under a name that is not ours; beside messages it may be anything.
fn unknown_table(file: &Bestand, alleen: bool) -> Problem {
    let text = "dit bestand heeft niet de naam van een tabel die Wijkpeil kent; noem met --mapping \
                wat erin staat";
    if alleen {
        Problem::fout(&file.naam, "TABEL", text)
    } else {
        Problem::waarschuwing(&file.naam, "TABEL", text)
    }
}

/// Who is who: by BSN from the persons store, by the other system's key from the key itself.
async fn clients(live: &Live, named: &[Wie]) -> anyhow::Result<HashMap<Wie, ClientId>> {
    let mut clients: HashMap<Wie, ClientId> = HashMap::new();
    for wie in named {
        if clients.contains_key(wie) {
            continue;
        }
        let client = match wie {
            Wie::Register => continue,
            Wie::Sleutel(sleutel) => client_van_sleutel(sleutel),
            Wie::Bsn(bsn) => known_or_new(live, *bsn).await?,
        };
        clients.insert(wie.clone(), client);
    }
    Ok(clients)
}

async fn known_or_new(live: &Live, bsn: Bsn) -> anyhow::Result<ClientId> {
    Ok(live.store().find_bsn(bsn).await?.unwrap_or_else(traffic::new_client))
}

/// Writes who the persons are, but never again who was forgotten.
async fn put_persons(
    live: &Live,
    personen: &[(Wie, Persoonsgegevens)],
    clients: &HashMap<Wie, ClientId>,
) -> anyhow::Result<()> {
    let ids: Vec<ClientId> = clients.values().copied().collect();
    let known = live.store().persons(&ids).await?;
    let mut new = Vec::new();
    for (wie, persoon) in personen {
        let Some(client) = clients.get(wie).copied() else { continue };
        match known.get(&client) {
            Some(store::Person::Erased) => {}
            Some(store::Person::Known(it)) if it == persoon => {}
            _ => new.push((client, persoon.clone())),
        }
    }
    for part in new.chunks(STAP) {
        live.store().put_persons(part).await?;
    }
    Ok(())
}

fn last_part(naam: &str) -> String {
    naam.rsplit(['/', '\\']).next().unwrap_or(naam).to_lowercase()
}
