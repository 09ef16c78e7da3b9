//! `wijkpeil estimate`: one method on the columns of a CSV file, without any data of Wijkpeil.
//!
//! A thin edge: a group's file turns flags and columns into the arguments of an estimator and its
//! result into an [`Uitkomst`]; what a method needs stands in its row of the table.

mod did;
mod duur;
mod geloof;
mod hulp;
mod methode;
mod ontleding;
mod paneel;
mod reeks;
mod regression;
mod synthetisch;
mod tabel;
mod uitvoer;
mod vergelijking;
mod verhouding;
mod vlag;
mod vlag_meer;
mod vraag;

use std::process::ExitCode;

pub(crate) use self::vraag::Vraag;
use self::{methode::Methode, tabel::Tabel, uitvoer::Uitkomst};
use crate::scherm::println;

/// Does what was asked; nothing is shown before the whole answer is there.
pub(crate) fn run(vraag: &Vraag) -> anyhow::Result<ExitCode> {
    let methode = vraag.methode().map(methode::find).transpose()?;
    if vraag.list() {
        println(&methode.map_or_else(methode::list, Methode::explain));
        return Ok(ExitCode::SUCCESS);
    }
    let Some(methode) = methode else {
        anyhow::bail!(
            "geef een methode en een bestand; `wijkpeil estimate --list` toont de methoden"
        );
    };
    let answer = uitvoer::show(methode, vraag, &estimate(methode, vraag)?)?;
    println(&answer);
    Ok(ExitCode::SUCCESS)
}

fn estimate(methode: &Methode, vraag: &Vraag) -> anyhow::Result<Uitkomst> {
    methode.check(vraag)?;
    let tabel = Tabel::read(vraag.file(methode)?)?;
    let (tabel, left_out) = tabel.for_vraag(vraag)?;
    let mut uitkomst = (methode.run)(vraag, &tabel)?;
    uitkomst.warnings.extend(left_out);
    Ok(uitkomst)
}
