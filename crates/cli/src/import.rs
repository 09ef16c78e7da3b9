//! `wijkpeil import`: files from outside into the log, with a list of what was wrong.

mod berichten;
mod bestanden;
mod cbs;
mod tabellen;
mod verslag;

use std::process::ExitCode;

use anyhow::bail;
use store::Live;

use bestanden::Soort;
pub(crate) use verslag::Verslag;

use crate::{opdracht::Import, plek::Plek, voortgang};

/// Reads everything, writes what can be written unless it is a dry run, and reports.
pub(crate) async fn run(plek: &Plek, vraag: &Import) -> anyhow::Result<ExitCode> {
    let mut verslag = Verslag::new(vraag.dry_run);
    let bar = voortgang::balk("Bestanden lezen", 1);
    let gevonden = bestanden::verzamel(&vraag.paden, &mut verslag, &voortgang::volg(&bar))?;
    bar.finish_and_clear();
    if gevonden.is_empty() && verslag.is_leeg() {
        bail!("er is niets gevonden om in te lezen; noem een bestand, een map of een zip-bestand");
    }
    let store = plek.open().await?;
    let bar = voortgang::balk("Logboek lezen", 1);
    let live = Live::start(store, Some(plek.cache()), &voortgang::volg(&bar)).await?;
    bar.finish_and_clear();

    let (mut xml, mut csv, mut statline) = (Vec::new(), Vec::new(), Vec::new());
    for it in gevonden {
        match it.soort {
            Soort::Bericht => xml.push(it),
            Soort::Tabel => csv.push(it),
            Soort::Statline => statline.push(it),
        }
    }
    // The register and the clients of an export go first: messages build on them.
    if !csv.is_empty() || vraag.mapping.is_some() {
        tabellen::lees_in(&live, &csv, vraag.mapping.as_deref(), xml.is_empty(), &mut verslag)
            .await?;
    }
    if !xml.is_empty() {
        berichten::lees_in(&live, &xml, &mut verslag).await?;
    }
    if !statline.is_empty() {
        cbs::lees_in(live.store(), statline, &mut verslag).await?;
    }
    if !vraag.dry_run {
        live.write_cache().await?;
    }
    Ok(verslag.toon())
}
