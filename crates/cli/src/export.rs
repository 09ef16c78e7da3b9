//! `wijkpeil export`: everything as CSV files, with the mapping that reads them back.

use std::{collections::HashMap, fs, process::ExitCode};

use anyhow::{Context, bail};
use messages::uitwisseling::Namen;
use store::{Live, Person};

use crate::{opdracht::Export, plek::Plek, scherm::println, voortgang};

/// Writes the files into an empty folder.
pub(crate) async fn run(plek: &Plek, vraag: &Export) -> anyhow::Result<ExitCode> {
    let map = &vraag.naar;
    if fs::read_dir(map).is_ok_and(|mut it| it.next().is_some()) {
        bail!("{} is niet leeg; kies een nieuwe of lege map", map.display());
    }
    let store = plek.open_bestaand().await?;
    let bar = voortgang::balk("Logboek lezen", 1);
    let live = Live::start(store, Some(plek.cache()), &voortgang::volg(&bar)).await?;
    bar.finish_and_clear();
    let mut personen = HashMap::new();
    if vraag.met_personen {
        let clients: Vec<_> = live.with(|world| world.state.dossiers.keys().copied().collect());
        for (client, person) in live.store().persons(&clients).await? {
            if let Person::Known(it) = person {
                personen.insert(client, it);
            }
        }
    }
    let personeel = live.store().staff_names().await?;
    let namen = Namen { personen: &personen, personeel: &personeel };
    let namen = vraag.met_personen.then_some(&namen);
    let files = live.with(|world| messages::uitwisseling::export(&world.state, namen));
    fs::create_dir_all(map).with_context(|| format!("{} is niet te maken", map.display()))?;
    for (name, bytes) in &files {
        let path = map.join(name);
        fs::write(&path, bytes)
            .with_context(|| format!("{} is niet te schrijven", path.display()))?;
    }
    println(&format!("{} bestanden staan in {}.", files.len(), map.display()));
    if !vraag.met_personen {
        println("Zonder namen en BSN; met --met-personen gaan die mee.");
    }
    Ok(ExitCode::SUCCESS)
}
