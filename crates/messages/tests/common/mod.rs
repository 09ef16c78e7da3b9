//! A municipality in memory: messages go in, dossiers come out, nothing is written.

#![expect(dead_code, reason = "each test file uses its own part")]

use std::{
    collections::BTreeMap,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use domain::{Bsn, ClientId, State};
use jiff::{Timestamp, civil::date};
use messages::{
    Problem,
    iwmo::{self, Berichtsoort},
};

/// What is known, and who has which BSN.
#[derive(Default)]
pub(crate) struct Proef {
    pub(crate) state: State,
    pub(crate) clienten: BTreeMap<Bsn, ClientId>,
}

impl Proef {
    /// Takes messages in; gives how many events followed, and what was wrong.
    pub(crate) fn neem_in(&mut self, files: &[(String, Vec<u8>)]) -> (usize, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut berichten = Vec::new();
        for (name, bytes) in files {
            let (bericht, wrong) = iwmo::read(name, bytes);
            berichten.extend(bericht);
            problems.extend(wrong);
        }
        iwmo::sort(&mut berichten);
        let clienten = &mut self.clienten;
        let mut find = |bsn: Bsn, opent: bool| {
            let next = ClientId(clienten.len() as u64 + 1);
            match clienten.get(&bsn) {
                Some(known) => Some(*known),
                None if opent => Some(*clienten.entry(bsn).or_insert(next)),
                None => None,
            }
        };
        let (today, now) = (date(2026, 1, 1), Timestamp::UNIX_EPOCH);
        let done = iwmo::verwerk(&mut self.state, &berichten, &mut find, today, now);
        assert_eq!(done.happened.is_empty(), done.commands.is_empty());
        problems.extend(done.problems);
        (done.happened.len(), problems)
    }

    /// Everything in the dossiers, as a text.
    pub(crate) fn overzicht(&self) -> String {
        let mut text = String::new();
        for (bsn, client) in &self.clienten {
            let Some(dossier) = self.state.dossiers.get(client) else { continue };
            let jaar = dossier.gegevens.first().and_then(|(_, it)| it.geboortejaar);
            text.push_str(&format!("cliënt …{} geboren {jaar:?}\n", &bsn.as_str()[5..]));
            for it in &dossier.voorzieningen {
                let v = &it.voorziening;
                let wat = product(&v.product);
                text.push_str(&format!("  voorziening {wat} {} {:?}\n", v.geldig, it.status));
            }
            for it in &dossier.toewijzingen {
                let (nummer, opdracht) = (it.nummer.0, &it.opdracht);
                let wat = product(&opdracht.product);
                let hoeveel = match opdracht.hoeveelheid {
                    domain::toewijzing::Hoeveelheid::Omvang(it) => {
                        let (v, e) = (it.volume, it.eenheid.naam(it.volume));
                        format!("{v} {e} {}", it.frequentie.naam())
                    }
                    domain::toewijzing::Hoeveelheid::Budget(it) => it.to_string(),
                    domain::toewijzing::Hoeveelheid::Open => "open".to_owned(),
                };
                let geldig = opdracht.geldig;
                text.push_str(&format!(
                    "  toewijzing {nummer} {wat} {hoeveel} {geldig} {:?}\n",
                    it.status
                ));
                if let Some(sinds) = it.levering.lopend_sinds() {
                    text.push_str(&format!("    levering loopt sinds {sinds}\n"));
                }
                for it in it.levering.geeindigd() {
                    let (van, tot, reden) = (it.van, it.tot_en_met, it.reden.naam());
                    text.push_str(&format!("    levering {van} t/m {tot}: {reden}\n"));
                }
            }
            for it in &dossier.prestaties {
                let (nummer, bedrag) = (it.toewijzing.0, it.bedrag);
                text.push_str(&format!(
                    "  prestatie {nummer} {} {} {bedrag}\n",
                    it.periode, it.volume
                ));
            }
        }
        for it in self.state.register.aanbieders.values() {
            text.push_str(&format!("aanbieder {} {}\n", it.id.0, it.naam));
        }
        text
    }
}

fn product(product: &domain::Productkeuze) -> String {
    match (product.categorie(), product.code()) {
        (_, Some(code)) => code.to_string(),
        (Some(categorie), None) => format!("{categorie}"),
        (None, None) => "generiek".to_owned(),
    }
}

/// Problems as a list, one per line.
pub(crate) fn lijst(problems: &[Problem]) -> String {
    problems.iter().map(|it| format!("{it}\n")).collect()
}

/// Own messages, by name.
pub(crate) fn eigen(names: &[&str]) -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/iwmo");
    let read = |name: &&str| {
        ((*name).to_owned(), std::fs::read(folder.join(name)).expect("an own message"))
    };
    names.iter().map(read).collect()
}

/// A folder of the shared reference material, if it is there.
#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
pub(crate) fn gedeeld(folder: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(folder);
    if path.is_dir() {
        return Some(path);
    }
    println!("OVERGESLAGEN: {folder} is er niet; leg de gedeelde map naast de repository");
    None
}

/// The files of a folder whose name the test wants, in order of name.
pub(crate) fn bestanden(folder: &PathBuf, wanted: impl Fn(&str) -> bool) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|it| it.expect("an entry"))
        .map(|it| (it.file_name().to_string_lossy().into_owned(), it.path()))
        .filter(|(name, path)| path.is_file() && wanted(name))
        .map(|(name, path)| (name, std::fs::read(path).expect("a file")))
        .collect();
    files.sort();
    files
}

/// The verdict of xmllint on some files of one kind, by name; none when it is not installed.
#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
#[expect(clippy::unwrap_used, reason = "a test helper")]
pub(crate) fn xmllint(files: &[(String, Vec<u8>)]) -> Option<BTreeMap<String, bool>> {
    let schemas = gedeeld("iwmo/xsd")?;
    if Command::new("xmllint").arg("--version").output().is_err() {
        println!("OVERGESLAGEN: xmllint is er niet; installeer libxml2-utils");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut verdicts = BTreeMap::new();
    for soort in Berichtsoort::ALLE {
        let folder = folder.path().join(soort.naam());
        std::fs::create_dir(&folder).unwrap();
        let own: Vec<_> = files.iter().filter(|(_, bytes)| is_soort(bytes, soort)).collect();
        for (name, bytes) in &own {
            let mut file = std::fs::File::create(folder.join(name)).unwrap();
            file.write_all(bytes).unwrap();
        }
        if own.is_empty() {
            continue;
        }
        let schema = schema(&schemas, soort);
        let mut lint = Command::new("xmllint");
        lint.current_dir(&folder).args(["--noout", "--schema"]).arg(&schema);
        let output = lint.args(own.iter().map(|(name, _)| name)).output().unwrap();
        let output = String::from_utf8_lossy(&output.stderr).into_owned();
        for (name, _) in own {
            verdicts.insert(name.clone(), output.contains(&format!("{name} validates")));
        }
    }
    Some(verdicts)
}

fn is_soort(bytes: &[u8], soort: Berichtsoort) -> bool {
    let naamruimte = soort.naamruimte();
    bytes.windows(naamruimte.len()).any(|it| it == naamruimte.as_bytes())
}

fn schema(schemas: &Path, soort: Berichtsoort) -> PathBuf {
    let file = format!("{}.xsd", soort.naam());
    let official = schemas.join(&file);
    if official.is_file() { official } else { schemas.join("afgeleid").join(file) }
}
