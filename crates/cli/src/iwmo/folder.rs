//! A folder with plain messages and, in `envelop`, what another program carries to the exchange.
//!
//! A stop at any moment leaves nothing lost and nothing double: an envelope is written under a name
//! that nobody carries, then the store notes that it left, and only then it gets its own name.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use messages::iwmo::verkeer::Status;
use traffic::Uitgaand;

const HALF: &str = "half";

/// A folder to send from.
#[derive(Debug)]
pub(super) struct Outbox {
    folder: PathBuf,
}

impl Outbox {
    /// The folder, which must be there.
    pub(super) fn open(folder: &Path) -> anyhow::Result<Outbox> {
        if !folder.is_dir() {
            bail!("de map {} is er niet; maak hem eerst", folder.display());
        }
        Ok(Outbox { folder: folder.to_owned() })
    }

    /// The folder with the envelopes.
    pub(super) fn envelopes(&self) -> PathBuf {
        self.folder.join("envelop")
    }

    /// The plain messages, in order of name.
    pub(super) fn messages(&self) -> anyhow::Result<Vec<PathBuf>> {
        messages_in(&self.folder)
    }

    /// Finishes what a stop in between left: an envelope that left gets its name, another goes.
    pub(super) fn repair(&self, zendingen: &[Uitgaand]) -> anyhow::Result<()> {
        let Ok(entries) = fs::read_dir(self.envelopes()) else { return Ok(()) };
        let known: BTreeMap<&str, &Status> = zendingen
            .iter()
            .map(|it| (it.zending.referentienummer.as_str(), &it.zending.status))
            .collect();
        for entry in entries {
            let half = entry?.path();
            if half.extension().is_none_or(|it| it != HALF) {
                continue;
            }
            let stem = half.file_stem().and_then(|it| it.to_str()).unwrap_or_default();
            if known.get(stem).is_some_and(|it| !it.gaat_mee()) {
                fs::rename(&half, half.with_extension("xml"))?;
            } else {
                fs::remove_file(&half)?;
            }
        }
        Ok(())
    }

    /// Writes an envelope under a name that nobody carries.
    pub(super) fn prepare(&self, referentienummer: &str, bytes: &[u8]) -> anyhow::Result<()> {
        fs::create_dir_all(self.envelopes())?;
        whole(&self.file(referentienummer).with_extension(HALF), bytes)
    }

    /// Gives a prepared envelope its name.
    pub(super) fn release(&self, referentienummer: &str) -> anyhow::Result<()> {
        let file = self.file(referentienummer);
        Ok(fs::rename(file.with_extension(HALF), file)?)
    }

    /// Takes a prepared envelope away.
    pub(super) fn withdraw(&self, referentienummer: &str) -> anyhow::Result<()> {
        Ok(fs::remove_file(self.file(referentienummer).with_extension(HALF))?)
    }

    fn file(&self, referentienummer: &str) -> PathBuf {
        self.envelopes().join(format!("{referentienummer}.xml"))
    }
}

/// The files of a folder that may be messages, in order of name.
pub(super) fn messages_in(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)
        .with_context(|| format!("de map {} is niet te lezen", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let xml = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("xml"));
        if xml && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The name of a file without its folder.
pub(super) fn name_of(file: &Path) -> String {
    file.file_name().map_or(String::new(), |it| it.to_string_lossy().into_owned())
}

/// Writes a file whole or not at all.
pub(super) fn write(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let half = file.with_extension(HALF);
    whole(&half, bytes)?;
    Ok(fs::rename(&half, file)?)
}

/// Writes a file and waits until it is on the disk.
fn whole(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let write = || {
        let mut open = fs::File::create(file)?;
        open.write_all(bytes)?;
        open.sync_all()
    };
    write().with_context(|| format!("{} is niet te schrijven", file.display()))
}
