//! `wijkpeil export`: everything as CSV files, with the mapping that reads them back.

use std::{collections::HashMap, fs, process::ExitCode};

use anyhow::{Context, bail};
use messages::uitwisseling::Namen;
use store::{Live, Person};

use crate::{
    clock,
    opdracht::Export,
    plek::Plek,
    scherm::{aantal, println},
    voortgang,
};

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
    // Nothing about somebody who is shielded leaves. iWmo OP003.
    let (today, mut state) = (clock::today(), live.with(|world| world.state.clone()));
    let all = state.dossiers.len();
    state.dossiers.retain(|_, dossier| !dossier.afgeschermd_op(today));
    let afgeschermd = all - state.dossiers.len();
    let mut personen = HashMap::new();
    if vraag.met_personen {
        let clients: Vec<_> = state.dossiers.keys().copied().collect();
        for (client, person) in live.store().persons(&clients).await? {
            if let Person::Known(it) = person {
                personen.insert(client, it);
            }
        }
    }
    let personeel = live.store().staff_names().await?;
    let namen = Namen { personen: &personen, personeel: &personeel };
    let namen = vraag.met_personen.then_some(&namen);
    let files = messages::uitwisseling::export(&state, namen);
    fs::create_dir_all(map).with_context(|| format!("{} is niet te maken", map.display()))?;
    for (name, bytes) in &files {
        let path = map.join(name);
        fs::write(&path, bytes)
            .with_context(|| format!("{} is niet te schrijven", path.display()))?;
    }
    println(&format!("{} bestanden staan in {}.", files.len(), map.display()));
    match afgeschermd {
        0 => {}
        1 => println("1 cliënt is afgeschermd en staat er niet in."),
        many => {
            println(&format!("{} cliënten zijn afgeschermd en staan er niet in.", aantal(many)))
        }
    }
    if !vraag.met_personen {
        println("Zonder namen en BSN; met --met-personen gaan die mee.");
    }
    Ok(ExitCode::SUCCESS)
}
