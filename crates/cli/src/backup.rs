//! `wijkpeil backup`: everything in one file, while serving.

use std::process::ExitCode;

use crate::{opdracht::Backup, plek::Plek, scherm::println, voortgang};

/// Writes the copy; what is there already is kept until the new one is whole.
pub(crate) async fn run(plek: &Plek, vraag: &Backup) -> anyhow::Result<ExitCode> {
    let store = plek.open_bestaand().await?;
    let bar = voortgang::balk("Reservekopie maken", 1);
    store.backup(&vraag.naar, &voortgang::volg(&bar)).await?;
    bar.finish_and_clear();
    println(&format!("De reservekopie staat in {}.", vraag.naar.display()));
    println(&format!(
        "Bewaar de hoofdsleutel ({}) apart; zonder die sleutel zijn personen onleesbaar.",
        plek.map.join("sleutel").display()
    ));
    Ok(ExitCode::SUCCESS)
}
