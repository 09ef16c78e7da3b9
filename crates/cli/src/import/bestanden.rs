//! The files behind the paths: a file, a folder with all in it, or a zip.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use messages::Problem;

use super::verslag::Verslag;

/// A file that may be read.
#[derive(Debug, Clone)]
pub(crate) struct Bestand {
    /// As the user named it.
    pub(crate) naam: String,
    /// What is in it.
    pub(crate) bytes: Vec<u8>,
    pub(crate) soort: Soort,
}

/// What a file is, by its name and its company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Soort {
    /// An iWmo message.
    Bericht,
    /// A table of an export, or its mapping.
    Tabel,
    /// A file of a StatLine table.
    Statline,
}

/// The largest file that is read at all.
const GROOTSTE: u64 = 2 * 1024 * 1024 * 1024;

/// Reads every file behind the paths, in order of name within a folder.
pub(super) fn verzamel(
    paden: &[PathBuf],
    verslag: &mut Verslag,
    progress: &dyn Fn(u64, u64),
) -> anyhow::Result<Vec<Bestand>> {
    let mut all = Vec::new();
    for pad in paden {
        let known = pad.try_exists().unwrap_or(false);
        anyhow::ensure!(known, "{} bestaat niet", pad.display());
        collect(pad, &mut all)?;
    }
    let statline = |path: &Path| path.parent().is_some_and(|it| it.join("TableInfos.csv").exists());
    let mut found = Vec::new();
    let total = all.len() as u64;
    for (done, path) in all.iter().enumerate() {
        let naam = path.display().to_string();
        let size = fs::metadata(path).with_context(|| format!("{naam} is niet te lezen"))?.len();
        if size > GROOTSTE {
            let text = "het bestand is groter dan 2 GB; deel het op";
            verslag.meld([Problem::fout(naam, "GROOT", text)]);
            continue;
        }
        let bytes = fs::read(path).with_context(|| format!("{naam} is niet te lezen"))?;
        match extension(path).as_str() {
            "xml" => found.push(Bestand { naam, bytes, soort: Soort::Bericht }),
            "zip" => unpack(&naam, &bytes, &mut found, verslag),
            "csv" | "txt" | "toml" if statline(path) => {
                found.push(Bestand { naam, bytes, soort: Soort::Statline });
            }
            "csv" | "txt" | "toml" => found.push(Bestand { naam, bytes, soort: Soort::Tabel }),
            _ if paden.contains(path) => {
                let text = "dit soort bestand is niet bekend; verwacht wordt .xml, .csv of .zip";
                verslag.meld([Problem::fout(naam, "SOORT", text)]);
            }
            _ => {}
        }
        progress(done as u64 + 1, total);
    }
    Ok(found)
}

fn collect(path: &Path, all: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    if !path.is_dir() {
        all.push(path.to_owned());
        return Ok(());
    }
    let entries =
        fs::read_dir(path).with_context(|| format!("{} is niet te lezen", path.display()))?;
    let mut inside: Vec<PathBuf> =
        entries.map(|it| it.map(|it| it.path())).collect::<Result<_, _>>()?;
    inside.sort();
    inside.iter().try_for_each(|it| collect(it, all))
}

/// Takes the files out of a zip; a StatLine table is known by its `TableInfos.csv`.
fn unpack(naam: &str, bytes: &[u8], found: &mut Vec<Bestand>, verslag: &mut Verslag) {
    match messages::archief::unzip(naam, bytes) {
        Err(problem) => verslag.meld([problem]),
        Ok(files) => {
            let statline = files.iter().any(|(inside, _)| inside.ends_with("TableInfos.csv"));
            for (inside, bytes) in files {
                let soort = match extension(Path::new(&inside)).as_str() {
                    "xml" => Soort::Bericht,
                    "csv" | "txt" | "toml" if statline => Soort::Statline,
                    "csv" | "txt" | "toml" => Soort::Tabel,
                    _ => continue,
                };
                found.push(Bestand { naam: inside, bytes, soort });
            }
        }
    }
}

fn extension(path: &Path) -> String {
    path.extension().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default()
}
