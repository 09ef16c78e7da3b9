//! What was sent from an outbox and how far it came: `zendingen.csv`, and the envelopes beside it.
//!
//! A stop at any moment leaves nothing lost and nothing double: an envelope is written under a name
//! that nobody carries, then it is put on the list, and only then gets its own name.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use messages::iwmo::{
    Bericht, bericht,
    verkeer::{Envelop, Gebeurtenis, Zending, schrijf_lijst},
};

const LIJST: &str = "zendingen.csv";
const HALF: &str = "half";

/// What was sent from an outbox, and how far it came.
pub(super) struct Lijst {
    outbox: PathBuf,
    /// Everything that was sent, oldest first.
    pub(super) zendingen: Vec<Zending>,
}

impl Lijst {
    /// The list of an outbox; empty for a new one.
    pub(super) fn lees(outbox: &Path) -> anyhow::Result<Lijst> {
        if !outbox.is_dir() {
            bail!("de map {} is er niet; maak hem eerst", outbox.display());
        }
        let file = outbox.join(LIJST);
        let zendingen = match fs::read(&file) {
            Ok(bytes) => {
                Zending::lees_lijst(LIJST, &bytes).map_err(|it| anyhow::anyhow!("{it}"))?
            }
            Err(_) if !file.exists() => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        Ok(Lijst { outbox: outbox.to_owned(), zendingen })
    }

    /// Finishes what a stop in between left: an envelope on the list gets its name, another goes.
    pub(super) fn herstel(&self) -> anyhow::Result<()> {
        let Ok(entries) = fs::read_dir(self.envelopes()) else { return Ok(()) };
        for entry in entries {
            let half = entry?.path();
            if half.extension().is_none_or(|it| it != HALF) {
                continue;
            }
            let listed = half
                .file_stem()
                .and_then(|it| it.to_str())
                .is_some_and(|stem| self.zendingen.iter().any(|it| it.referentienummer == stem));
            if listed {
                fs::rename(&half, half.with_extension("xml"))?;
            } else {
                fs::remove_file(&half)?;
            }
        }
        Ok(())
    }

    /// The folder with the envelopes.
    pub(super) fn envelopes(&self) -> PathBuf {
        self.outbox.join("envelop")
    }

    /// Whether a message with these bytes was sent.
    pub(super) fn has(&self, print: &[u8; 32]) -> bool {
        self.zendingen.iter().any(|it| it.vingerafdruk == *print)
    }

    /// Puts an envelope ready. What stands in the list is never sent twice.
    pub(super) fn add(&mut self, envelop: &Envelop, zending: Zending) -> anyhow::Result<()> {
        let file = self.file(&envelop.referentienummer);
        let half = file.with_extension(HALF);
        fs::create_dir_all(self.envelopes())?;
        heel(&half, &envelop.schrijf())?;
        self.zendingen.push(zending);
        self.schrijf()?;
        Ok(fs::rename(half, file)?)
    }

    /// Puts an envelope ready that is not on the list.
    pub(super) fn put(&self, referentienummer: &str, bytes: &[u8]) -> anyhow::Result<()> {
        fs::create_dir_all(self.envelopes())?;
        schrijf(&self.file(referentienummer), bytes)
    }

    /// The message in an envelope that was sent, as long as the envelope lies there.
    pub(super) fn bericht(&self, referentienummer: &str) -> anyhow::Result<Option<Bericht>> {
        if !self.zendingen.iter().any(|it| it.referentienummer == referentienummer) {
            return Ok(None);
        }
        let Ok(bytes) = fs::read(self.file(referentienummer)) else { return Ok(None) };
        let envelop = Envelop::lees(referentienummer, &bytes)
            .map_err(|problem| anyhow::anyhow!("{problem}"))?;
        let inhoud = envelop.inhoud.unwrap_or_default();
        Ok(bericht::lees(referentienummer, &inhoud).0)
    }

    /// Puts an envelope ready again, with the bytes it had.
    pub(super) fn again(&mut self, referentienummer: &str) -> anyhow::Result<()> {
        let file = self.file(referentienummer);
        let known = self.zendingen.iter_mut().find(|it| it.referentienummer == referentienummer);
        let Some(zending) = known else {
            bail!("er is niets verzonden met referentienummer {referentienummer}");
        };
        let bytes = fs::read(&file).with_context(|| format!("{} is weg", file.display()))?;
        let status = zending.status.naam();
        if !zending.verwerk(Gebeurtenis::OpnieuwVerzonden) {
            bail!("{referentienummer} is al {status}; opnieuw verzenden kan niet meer");
        }
        self.schrijf()?;
        self.put(referentienummer, &bytes)
    }

    /// Writes the list.
    pub(super) fn schrijf(&self) -> anyhow::Result<()> {
        schrijf(&self.outbox.join(LIJST), &schrijf_lijst(&self.zendingen))
    }

    fn file(&self, referentienummer: &str) -> PathBuf {
        self.envelopes().join(format!("{referentienummer}.xml"))
    }
}

/// Writes a file whole or not at all.
pub(super) fn schrijf(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let half = file.with_extension(HALF);
    heel(&half, bytes)?;
    Ok(fs::rename(&half, file)?)
}

/// Writes a file and waits until it is on the disk.
fn heel(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let write = || {
        let mut open = fs::File::create(file)?;
        open.write_all(bytes)?;
        open.sync_all()
    };
    write().with_context(|| format!("{} is niet te schrijven", file.display()))
}
