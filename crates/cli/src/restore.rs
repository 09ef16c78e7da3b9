//! `wijkpeil restore`: a copy back into an empty place.

use std::process::ExitCode;

use store::Store;

use crate::{opdracht::Restore, plek::Plek, scherm::println, voortgang};

/// Puts the copy back; a place with data is left as it is.
pub(crate) async fn run(plek: &Plek, vraag: &Restore) -> anyhow::Result<ExitCode> {
    let key = plek.sleutel()?;
    let bar = voortgang::balk("Reservekopie terugzetten", 1);
    let outcome = Store::restore(&vraag.van, &plek.place, key, &voortgang::volg(&bar)).await;
    bar.finish_and_clear();
    outcome?;
    println(&format!("De reservekopie is teruggezet: {}.", plek.in_woorden()));
    Ok(ExitCode::SUCCESS)
}
