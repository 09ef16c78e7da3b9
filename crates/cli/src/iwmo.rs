//! `wijkpeil iwmo`: messages checked and codes explained without data, sent and received with.

mod answer;
mod check;
mod compose;
mod explain;
mod folder;
mod post;
mod receive;
mod send;
mod ship;
mod status;

use std::process::ExitCode;

use store::Live;

use crate::{
    opdracht::{Iwmo, IwmoOpdracht, Woorden},
    plek::Plek,
    scherm::aantal,
    voortgang,
};

/// Does what was asked.
pub(crate) async fn run(woorden: &Woorden, vraag: &Iwmo) -> anyhow::Result<ExitCode> {
    match &vraag.opdracht {
        IwmoOpdracht::Check(it) => check::run(it),
        IwmoOpdracht::Explain(it) => Ok(explain::run(it)),
        IwmoOpdracht::Send(it) => send::run(&Plek::kies(woorden)?, it).await,
        IwmoOpdracht::Receive(it) => receive::run(&Plek::kies(woorden)?, it).await,
        IwmoOpdracht::Answer(it) => answer::run(&Plek::kies(woorden)?, it).await,
        IwmoOpdracht::Status(it) => status::run(&Plek::kies(woorden)?, it).await,
    }
}

async fn start(plek: &Plek) -> anyhow::Result<Live> {
    let store = plek.open_bestaand().await?;
    let bar = voortgang::balk("Logboek lezen", 1);
    let live = Live::start(store, Some(plek.cache()), &voortgang::volg(&bar)).await?;
    bar.finish_and_clear();
    Ok(live)
}

fn berichten(many: usize) -> String {
    match many {
        1 => "1 bericht".to_owned(),
        many => format!("{} berichten", aantal(many)),
    }
}
