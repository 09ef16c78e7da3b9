//! `wijkpeil erase`: makes a person unreadable for ever. Wmo 2015, art. 5.3.5.

use std::process::ExitCode;

use anyhow::Context;
use store::Live;

use crate::{opdracht::Erase, plek::Plek, scherm::println, voortgang};

/// Destroys the key of the client of a case, once that is confirmed.
pub(crate) async fn run(plek: &Plek, vraag: &Erase) -> anyhow::Result<ExitCode> {
    let store = plek.open_bestaand().await?;
    let bar = voortgang::balk("Logboek lezen", 1);
    let live = Live::start(store, Some(plek.cache()), &voortgang::volg(&bar)).await?;
    bar.finish_and_clear();
    let client = live
        .with(|world| world.state.client_van_zaak(vraag.zaak))
        .with_context(|| format!("zaak {} is er niet", vraag.zaak))?;
    if !vraag.confirm {
        println(&format!(
            "Naam, adres, BSN, teksten en berichten van de cliënt van zaak {} worden voorgoed \
             onleesbaar.",
            vraag.zaak
        ));
        println("Er is nog niets gebeurd. Herhaal de opdracht met --confirm om het te doen.");
        return Ok(ExitCode::FAILURE);
    }
    live.store().erase(client).await?;
    println(&format!("De cliënt van zaak {} is gewist; het logboek is heel gebleven.", vraag.zaak));
    println("In reservekopieën van voor vandaag is deze persoon nog leesbaar: vernietig die ook.");
    Ok(ExitCode::SUCCESS)
}
