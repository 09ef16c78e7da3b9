//! Where the data lie: one folder, with the log in it or in a PostgreSQL database.

use std::{fs, path::PathBuf};

use anyhow::{Context, bail};
use store::{MasterKey, Place, Store};

use crate::opdracht::Woorden;

/// The meta key that tells of a demo municipality.
pub(crate) const DEMO: &str = "demo";

/// Its value while the municipality is being written.
pub(crate) const DEMO_BEZIG: &str = "bezig";

/// The place of the data of one installation.
pub(crate) struct Plek {
    /// The folder for key, cache, theme and, with SQLite, the log.
    pub(crate) map: PathBuf,
    /// Where the log is.
    pub(crate) place: Place,
    sleutel: Option<String>,
}

impl Plek {
    /// The place that the words name, or the user's data folder.
    pub(crate) fn kies(woorden: &Woorden) -> anyhow::Result<Plek> {
        let map = match &woorden.data {
            Some(it) => it.clone(),
            None => directories::ProjectDirs::from("nl", "", "wijkpeil")
                .context("er is geen thuismap gevonden; kies een map met --data")?
                .data_dir()
                .to_owned(),
        };
        let place = match &woorden.database {
            Some(url) => Place::Postgres(url.clone()),
            None => Place::Sqlite(map.clone()),
        };
        // Only from the environment: an option would show in the list of processes.
        Ok(Plek { map, place, sleutel: std::env::var("WIJKPEIL_SLEUTEL").ok() })
    }

    /// Opens the log, and makes folder, key and tables where there are none.
    pub(crate) async fn open(&self) -> anyhow::Result<Store> {
        let key = self.sleutel()?;
        let store = Store::open(&self.place, key).await.with_context(|| self.in_woorden())?;
        if store.meta(DEMO).await?.as_deref() == Some(DEMO_BEZIG) {
            bail!(
                "het maken van de demogemeente is afgebroken ({}); verwijder die gegevens en begin \
                 opnieuw",
                self.in_woorden()
            );
        }
        Ok(store)
    }

    /// Opens the log of an installation that exists.
    pub(crate) async fn open_bestaand(&self) -> anyhow::Result<Store> {
        if let Some(file) = self.place.file()
            && !file.exists()
        {
            bail!(
                "in {} staan nog geen gegevens; maak ze met `wijkpeil demo` of `wijkpeil serve`, \
                 of wijs een andere map aan met --data",
                self.map.display()
            );
        }
        self.open().await
    }

    /// The key that persons are encrypted with: from the environment, or from the folder.
    pub(crate) fn sleutel(&self) -> anyhow::Result<MasterKey> {
        fs::create_dir_all(&self.map)
            .with_context(|| format!("de map {} is niet te maken", self.map.display()))?;
        Ok(match &self.sleutel {
            Some(text) => MasterKey::from_text(text)?,
            None => MasterKey::from_file_or_create(&self.map.join("sleutel"))?,
        })
    }

    /// The file that may be deleted at any time to make the next start slower.
    pub(crate) fn cache(&self) -> PathBuf {
        self.map.join("cache")
    }

    /// The place in words, for a message.
    pub(crate) fn in_woorden(&self) -> String {
        match &self.place {
            Place::Sqlite(map) => format!("gegevens in {}", map.display()),
            Place::Postgres(_) => {
                format!("gegevens in PostgreSQL, sleutel en cache in {}", self.map.display())
            }
        }
    }
}
