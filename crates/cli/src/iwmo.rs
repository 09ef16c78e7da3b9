//! `wijkpeil iwmo`: messages checked and codes explained without data, sent and received with.

mod check;
mod explain;
mod verkeer;
mod zendingen;

use std::process::ExitCode;

use crate::{
    opdracht::{Iwmo, IwmoOpdracht, Woorden},
    plek::Plek,
};

/// Does what was asked.
pub(crate) async fn run(woorden: &Woorden, vraag: &Iwmo) -> anyhow::Result<ExitCode> {
    match &vraag.opdracht {
        IwmoOpdracht::Check(it) => check::run(it),
        IwmoOpdracht::Explain(it) => Ok(explain::run(it)),
        IwmoOpdracht::Send(it) => verkeer::send(&Plek::kies(woorden)?, it).await,
        IwmoOpdracht::Receive(it) => verkeer::receive(&Plek::kies(woorden)?, it).await,
        IwmoOpdracht::Status(it) => verkeer::status(it),
    }
}
