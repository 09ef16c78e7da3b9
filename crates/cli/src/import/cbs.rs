//! A StatLine table as a reference series, kept beside the log.

use std::collections::BTreeMap;

use messages::cbs;
use store::Store;

use super::{bestanden::Bestand, verslag::Verslag};
use crate::scherm::aantal;

/// Reads each table, tells what it holds, and keeps its files.
pub(super) async fn lees_in(
    store: &Store,
    files: Vec<Bestand>,
    verslag: &mut Verslag,
) -> anyhow::Result<()> {
    let mut tables: BTreeMap<String, BTreeMap<String, Vec<u8>>> = BTreeMap::new();
    for file in files {
        let (folder, naam) = file.naam.rsplit_once(['/', '\\']).unwrap_or(("", &file.naam));
        tables.entry(folder.to_owned()).or_default().insert(naam.to_owned(), file.bytes);
    }
    for files in tables.values() {
        let table = match cbs::read(files) {
            Ok(it) => it,
            Err(problems) => {
                verslag.meld(problems);
                continue;
            }
        };
        tell(&table, verslag);
        if !verslag.dry_run {
            let key = format!("cbs:{}", table.identifier);
            let text: BTreeMap<&String, String> = files
                .iter()
                .map(|(naam, bytes)| (naam, String::from_utf8_lossy(bytes).into_owned()))
                .collect();
            store.set_meta(&key, &serde_json::to_string(&text)?).await?;
        }
    }
    Ok(())
}

fn tell(table: &cbs::ReferenceTable, verslag: &mut Verslag) {
    verslag.zeg(format!("CBS-tabel {}: {}", table.identifier, table.titel));
    for maat in &table.maten {
        verslag.zeg(format!("  maat: {} ({}): {}", maat.titel, maat.eenheid, maat.definitie));
    }
    for dimensie in &table.dimensies {
        let values = aantal(dimensie.waarden.len());
        verslag.zeg(format!("  {}: {values} waarden", dimensie.titel));
    }
    let perioden: Vec<String> =
        table.perioden.iter().map(|it| format!("{} ({})", it.titel, it.status.naam())).collect();
    verslag.zeg(format!("  perioden: {}", perioden.join(", ")));
}
