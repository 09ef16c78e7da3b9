//! The mapping file: which file and column of another system hold what, and in which form.

use std::collections::BTreeMap;

use super::{
    Datumvorm, Decimaalteken,
    tabel::{TABELLEN, Tabel},
};
use crate::Problem;

/// How an exchange is written: the mapping file, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Koppeling {
    /// The name of the other system; with its own keys it recognises what was read before.
    pub bron: String,
    pub(super) tabellen: Vec<Tabelkoppeling>,
    /// Whether a table that is named must be there.
    pub(super) bestanden_verplicht: bool,
}

/// How one table is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tabelkoppeling {
    pub(super) tabel: &'static Tabel,
    pub(super) bestand: String,
    pub(super) vorm: Vorm,
    /// Our column -> their heading.
    pub(super) kolommen: BTreeMap<String, String>,
    /// Our column -> the value that every row has.
    pub(super) vast: BTreeMap<String, String>,
    /// Our column -> what their codes mean there.
    pub(super) waarden: BTreeMap<String, Waarden>,
}

/// Their codes in lower case -> as they are written, with our word.
pub(super) type Waarden = BTreeMap<String, (String, String)>;

/// Separator, encoding and the forms of amounts and days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Vorm {
    pub(super) scheiding: u8,
    pub(super) codering: Codering,
    pub(super) decimaalteken: Decimaalteken,
    pub(super) datumvorm: Datumvorm,
}

/// How letters are written in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Codering {
    Utf8,
    Windows1252,
}

/// The name of our own export.
pub(super) const EIGEN_BRON: &str = "wijkpeil";

const EIGEN_VORM: Vorm = Vorm {
    scheiding: b';',
    codering: Codering::Utf8,
    decimaalteken: Decimaalteken::Komma,
    datumvorm: Datumvorm::DagMaandJaar,
};

const VORMSLEUTELS: [&str; 4] = ["scheiding", "codering", "decimaalteken", "datumvorm"];

impl Koppeling {
    /// The mapping of our own export: every table under its own name, every column under ours.
    pub fn eigen() -> Koppeling {
        let tabellen = TABELLEN.iter().map(|tabel| Tabelkoppeling {
            tabel,
            bestand: format!("{}.csv", tabel.naam),
            vorm: EIGEN_VORM,
            kolommen: BTreeMap::new(),
            vast: BTreeMap::new(),
            waarden: BTreeMap::new(),
        });
        Koppeling {
            bron: EIGEN_BRON.to_owned(),
            tabellen: tabellen.collect(),
            bestanden_verplicht: false,
        }
    }

    /// Reads a mapping file; `bestand` is its name, for the problems.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, when anything is.
    pub fn from_toml(bestand: &str, text: &str) -> Result<Koppeling, Vec<Problem>> {
        let text = text.trim_start_matches('\u{feff}');
        let root =
            text.parse::<toml::Table>().map_err(|error| vec![no_toml(bestand, text, &error)])?;
        let mut reader = Lezer { bestand, problems: Vec::new() };
        let koppeling = reader.koppeling(&root);
        match koppeling {
            Some(it) if reader.problems.is_empty() => Ok(it),
            _ => Err(reader.problems),
        }
    }
}

impl Vorm {
    /// The separator as it is shown to a reader.
    pub(super) const fn scheiding_naam(self) -> &'static str {
        match self.scheiding {
            b'\t' => "tab",
            b',' => ",",
            _ => ";",
        }
    }
}

fn no_toml(bestand: &str, text: &str, error: &toml::de::Error) -> Problem {
    let problem = Problem::fout(
        bestand,
        "koppeling",
        format!("de koppeling is geen geldige TOML: {}", error.message()),
    );
    match error.span().and_then(|it| text.get(..it.start)) {
        Some(before) => problem.on_line(before.lines().count().max(1) as u64),
        None => problem,
    }
}

struct Lezer<'a> {
    bestand: &'a str,
    problems: Vec<Problem>,
}

impl Lezer<'_> {
    fn koppeling(&mut self, root: &toml::Table) -> Option<Koppeling> {
        let known = [&VORMSLEUTELS[..], &["bron", "waarden", "tabellen"]].concat();
        self.only_known(root, &known, "de koppeling");
        let bron = self.text(root, "bron", "de koppeling");
        if bron.is_none() {
            self.wrong("de koppeling mist bron = \"...\": de naam van het andere systeem");
        }
        let vorm = self.vorm(root, EIGEN_VORM, "de koppeling");
        let waarden = self.waarden(root, "de koppeling");
        let Some(tabellen) = self.table(root, "tabellen", "de koppeling") else {
            let names: Vec<&str> = TABELLEN.iter().map(|it| it.naam).collect();
            let names = names.join(", ");
            self.wrong(format!("de koppeling mist [tabellen.<naam>]; de tabellen zijn: {names}"));
            return None;
        };
        for name in tabellen.keys().filter(|it| Tabel::met_naam(it).is_none()) {
            let names: Vec<&str> = TABELLEN.iter().map(|it| it.naam).collect();
            let names = names.join(", ");
            self.wrong(format!("tabel ‘{name}’ bestaat niet; de tabellen zijn: {names}"));
        }
        let tabellen = TABELLEN
            .iter()
            .filter_map(|tabel| {
                let given = self.table(tabellen, tabel.naam, "tabellen")?;
                self.tabel(tabel, given, vorm, &waarden)
            })
            .collect();
        Some(Koppeling { bron: bron?, tabellen, bestanden_verplicht: true })
    }

    fn tabel(
        &mut self,
        tabel: &'static Tabel,
        given: &toml::Table,
        vorm: Vorm,
        shared: &BTreeMap<String, Waarden>,
    ) -> Option<Tabelkoppeling> {
        let waar = format!("[tabellen.{}]", tabel.naam);
        let known = [&VORMSLEUTELS[..], &["bestand", "kolommen", "vast", "waarden"]].concat();
        self.only_known(given, &known, &waar);
        let bestand = self.text(given, "bestand", &waar);
        if bestand.is_none() {
            self.wrong(format!("{waar} mist bestand = \"...csv\""));
        }
        let kolommen = self.texts(given, "kolommen", &waar);
        let vast = self.texts(given, "vast", &waar);
        let mut waarden = shared.clone();
        let own = self.waarden(given, &waar);
        for name in kolommen.keys().chain(vast.keys()).chain(own.keys()) {
            if !tabel.heeft(name) {
                let names = tabel.kolomnamen();
                self.wrong(format!("{waar} kent geen kolom ‘{name}’; de kolommen zijn: {names}"));
            }
        }
        for (kolom, codes) in own {
            waarden.entry(kolom).or_default().extend(codes);
        }
        let vorm = self.vorm(given, vorm, &waar);
        Some(Tabelkoppeling { tabel, bestand: bestand?, vorm, kolommen, vast, waarden })
    }

    fn vorm(&mut self, given: &toml::Table, default: Vorm, waar: &str) -> Vorm {
        let mut vorm = default;
        let read = |reader: &mut Self, key| reader.text(given, key, waar);
        match read(self, "scheiding").as_deref() {
            None => {}
            Some(";") => vorm.scheiding = b';',
            Some(",") => vorm.scheiding = b',',
            Some("\t" | "tab") => vorm.scheiding = b'\t',
            Some(_) => self.wrong(format!("{waar}: scheiding is \";\", \",\" of \"tab\"")),
        }
        match read(self, "codering").map(|it| it.to_lowercase()).as_deref() {
            None => {}
            Some("utf-8" | "utf8") => vorm.codering = Codering::Utf8,
            Some("windows-1252" | "cp1252") => vorm.codering = Codering::Windows1252,
            Some(_) => {
                self.wrong(format!("{waar}: codering is \"utf-8\" of \"windows-1252\""));
            }
        }
        match read(self, "decimaalteken").as_deref() {
            None => {}
            Some(",") => vorm.decimaalteken = Decimaalteken::Komma,
            Some(".") => vorm.decimaalteken = Decimaalteken::Punt,
            Some(_) => self.wrong(format!("{waar}: decimaalteken is \",\" of \".\"")),
        }
        if let Some(text) = read(self, "datumvorm") {
            match Datumvorm::ALLE.into_iter().find(|it| it.naam() == text.to_lowercase()) {
                Some(it) => vorm.datumvorm = it,
                None => {
                    let names = Datumvorm::ALLE.map(Datumvorm::naam).join(", ");
                    self.wrong(format!("{waar}: datumvorm is een van: {names}"));
                }
            }
        }
        vorm
    }

    fn waarden(&mut self, given: &toml::Table, waar: &str) -> BTreeMap<String, Waarden> {
        let Some(columns) = self.table(given, "waarden", waar) else { return BTreeMap::new() };
        let mut waarden = BTreeMap::new();
        for kolom in columns.keys() {
            if !TABELLEN.iter().any(|it| it.heeft(kolom)) {
                self.wrong(format!("{waar}: [waarden.{kolom}] hoort bij geen enkele kolom"));
            }
            let codes = self.texts(columns, kolom, waar);
            let codes = codes.into_iter().map(|(their, our)| {
                let their = their.trim().to_owned();
                (their.to_lowercase(), (their, our))
            });
            waarden.insert(kolom.clone(), codes.collect());
        }
        waarden
    }

    fn texts(&mut self, given: &toml::Table, key: &str, waar: &str) -> BTreeMap<String, String> {
        let Some(table) = self.table(given, key, waar) else { return BTreeMap::new() };
        let texts = table.keys().filter_map(|name| {
            let text = self.text(table, name, &format!("{waar} {key}"))?;
            Some((name.clone(), text))
        });
        texts.collect()
    }

    fn text(&mut self, given: &toml::Table, key: &str, waar: &str) -> Option<String> {
        match given.get(key)? {
            toml::Value::String(text) => Some(text.clone()),
            _ => {
                self.wrong(format!("{waar}: {key} hoort tekst tussen aanhalingstekens te zijn"));
                None
            }
        }
    }

    fn table<'t>(
        &mut self,
        given: &'t toml::Table,
        key: &str,
        waar: &str,
    ) -> Option<&'t toml::Table> {
        match given.get(key)? {
            toml::Value::Table(table) => Some(table),
            _ => {
                self.wrong(format!("{waar}: {key} hoort een lijst met namen en waarden te zijn"));
                None
            }
        }
    }

    fn only_known(&mut self, given: &toml::Table, known: &[&str], waar: &str) {
        for name in given.keys().filter(|it| !known.contains(&it.as_str())) {
            let names = known.join(", ");
            self.wrong(format!("{waar} kent geen ‘{name}’; bedoelt u een van: {names}?"));
        }
    }

    fn wrong(&mut self, text: impl Into<String>) {
        self.problems.push(Problem::fout(self.bestand, "koppeling", text));
    }
}
