//! The exchange of tables with another system: its export read by a mapping file, and our own.
//!
//! [`Koppeling`] is the mapping file (TOML): which file holds which table, under which headings,
//! with which separator, encoding, decimal sign, form of days and codes:
//!
//! ```toml
//! bron = "Oude suite"              # the name of the other system
//! scheiding = ";"                  # ";", "," or "tab"
//! codering = "windows-1252"        # or "utf-8"
//! decimaalteken = ","              # or "."
//! datumvorm = "dd-mm-jjjj"         # or "dd/mm/jjjj", "jjjj-mm-dd", "jjjjmmdd"
//!
//! [tabellen.clienten]              # our name of the table
//! bestand = "Clientoverzicht.csv"  # their file
//! kolommen = { client = "Clientnr", bsn = "BSN", geboortedatum = "Geb.datum", wijk = "Buurt" }
//!
//! [tabellen.voorzieningen]
//! bestand = "Indicaties.csv"
//! kolommen = { voorziening = "Indicatienr", client = "Clientnr", leveringsvorm = "Vorm", van = "Begin" }
//! vast = { frequentie = "per week" }          # the same in every row
//!
//! [waarden.leveringsvorm]          # their code -> our word, for one column in every table
//! "Zorg in natura" = "ZIN"
//! ```
//!
//! A column that the mapping does not name is sought under our own name; [`tabel::TABELLEN`] lists
//! them all. [`Uitwisseling::lees`] reads the files as streams and lists what is wrong by file, row
//! and column. [`plan()`] turns what was understood into commands, and [`export()`] writes the same
//! tables. Reading the same files twice leads to commands that change nothing.

mod clienttabellen;
mod controle;
mod export;
mod getal;
mod inkooptabellen;
mod koppeling;
mod lezer;
mod ondersteuningtabellen;
mod overzicht;
mod plan;
mod regels;
mod registertabellen;
mod rij;
pub mod tabel;
mod waarden;
mod zaaktabellen;

use std::{collections::BTreeMap, io::Read};

use domain::{Product, organisatie::Reeksbreuk};

pub use export::{Namen, export, export_met};
pub use getal::{Datumvorm, Decimaalteken};
pub use koppeling::Koppeling;
pub use overzicht::Overzicht;
pub use plan::{Plan, client_van_sleutel, genoemden, plan};

use crate::{Bron, Problem};
use clienttabellen::{ClientRij, ClientgegevensRij};
use inkooptabellen::{AanbiederRij, ContractRij, TariefRij};
use koppeling::Tabelkoppeling;
use lezer::Gelezen;
use ondersteuningtabellen::{DeclaratieRij, LeveringRij, ToewijzingRij, VoorzieningRij};
use registertabellen::{
    AlgemeneRij, GemeenteRij, InwonersRij, MandaatRij, MedewerkerRij, NaamRij, PilotRij,
    WachttijdRij, WerkgebiedRij,
};
use rij::Rij;
use zaaktabellen::{BesluitRij, OpschortingRij, ZaakRij};

/// Opens a file of the exchange by its name; `None` when it is not there.
pub type Openen<'a> = dyn FnMut(&str) -> std::io::Result<Option<Box<dyn Read>>> + 'a;

/// What the files of an exchange say, as far as understood, and what was wrong with them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Uitwisseling {
    /// Everything that was wrong or worth a look, by file, row and column.
    pub problems: Vec<Problem>,
    bron: String,
    /// How each table that was read is written.
    gelezen: BTreeMap<&'static str, Tabelkoppeling>,
    gemeente: Vec<Gelezen<GemeenteRij>>,
    wijken: Vec<Gelezen<NaamRij>>,
    inwoners: Vec<Gelezen<InwonersRij>>,
    teams: Vec<Gelezen<NaamRij>>,
    werkgebieden: Vec<Gelezen<WerkgebiedRij>>,
    algemene_voorzieningen: Vec<Gelezen<AlgemeneRij>>,
    wachttijden: Vec<Gelezen<WachttijdRij>>,
    aanbieders: Vec<Gelezen<AanbiederRij>>,
    contracten: Vec<Gelezen<ContractRij>>,
    producten: Vec<Gelezen<Product>>,
    tarieven: Vec<Gelezen<TariefRij>>,
    medewerkers: Vec<Gelezen<MedewerkerRij>>,
    mandaten: Vec<Gelezen<MandaatRij>>,
    pilots: Vec<Gelezen<PilotRij>>,
    reeksbreuken: Vec<Gelezen<Reeksbreuk>>,
    clienten: Vec<Gelezen<ClientRij>>,
    clientgegevens: Vec<Gelezen<ClientgegevensRij>>,
    zaken: Vec<Gelezen<ZaakRij>>,
    besluiten: Vec<Gelezen<BesluitRij>>,
    opschortingen: Vec<Gelezen<OpschortingRij>>,
    voorzieningen: Vec<Gelezen<VoorzieningRij>>,
    toewijzingen: Vec<Gelezen<ToewijzingRij>>,
    leveringen: Vec<Gelezen<LeveringRij>>,
    declaraties: Vec<Gelezen<DeclaratieRij>>,
}

impl Uitwisseling {
    /// Reads the files that the mapping names.
    pub fn lees(koppeling: &Koppeling, openen: &mut Openen<'_>) -> Uitwisseling {
        let mut it = Uitwisseling { bron: koppeling.bron.clone(), ..Uitwisseling::default() };
        for tabel in &koppeling.tabellen {
            match openen(&tabel.bestand) {
                Ok(Some(bytes)) => it.tabel(tabel, bytes),
                Ok(None) if koppeling.bestanden_verplicht => {
                    let text = "dit bestand is er niet; de koppeling noemt het wel";
                    it.problems.push(Problem::fout(&tabel.bestand, "bestand_ontbreekt", text));
                }
                Ok(None) => {}
                Err(error) => {
                    let text = format!("het bestand is niet te openen: {error}");
                    it.problems.push(Problem::fout(&tabel.bestand, "leesfout", text));
                }
            }
        }
        if it.gelezen.is_empty() && it.problems.is_empty() {
            let text = "er is geen enkel bestand van de koppeling gevonden";
            it.problems.push(Problem::fout("", "bestand_ontbreekt", text));
        }
        controle::controleer(&mut it);
        it
    }

    /// The number of rows understood per table, for the tables that were read.
    pub fn aantallen(&self) -> Vec<(&'static str, usize)> {
        let all = [
            ("gemeente", self.gemeente.len()),
            ("wijken", self.wijken.len()),
            ("inwoners", self.inwoners.len()),
            ("teams", self.teams.len()),
            ("werkgebieden", self.werkgebieden.len()),
            ("algemene_voorzieningen", self.algemene_voorzieningen.len()),
            ("wachttijden", self.wachttijden.len()),
            ("aanbieders", self.aanbieders.len()),
            ("contracten", self.contracten.len()),
            ("producten", self.producten.len()),
            ("tarieven", self.tarieven.len()),
            ("medewerkers", self.medewerkers.len()),
            ("mandaten", self.mandaten.len()),
            ("pilots", self.pilots.len()),
            ("reeksbreuken", self.reeksbreuken.len()),
            ("clienten", self.clienten.len()),
            ("clientgegevens", self.clientgegevens.len()),
            ("zaken", self.zaken.len()),
            ("besluiten", self.besluiten.len()),
            ("opschortingen", self.opschortingen.len()),
            ("voorzieningen", self.voorzieningen.len()),
            ("toewijzingen", self.toewijzingen.len()),
            ("leveringen", self.leveringen.len()),
            ("declaraties", self.declaraties.len()),
        ];
        all.into_iter().filter(|(naam, _)| self.gelezen.contains_key(naam)).collect()
    }

    fn tabel(&mut self, tabel: &Tabelkoppeling, bytes: Box<dyn Read>) {
        use {
            clienttabellen as c, inkooptabellen as i, ondersteuningtabellen as o,
            registertabellen as r, zaaktabellen as z,
        };
        self.gelezen.insert(tabel.tabel.naam, tabel.clone());
        let problems = &mut self.problems;
        match tabel.tabel.naam {
            "gemeente" => self.gemeente = lees(tabel, bytes, problems, r::gemeente),
            "wijken" => self.wijken = lees(tabel, bytes, problems, r::wijk),
            "inwoners" => self.inwoners = lees(tabel, bytes, problems, r::inwoners),
            "teams" => self.teams = lees(tabel, bytes, problems, r::team),
            "werkgebieden" => self.werkgebieden = lees(tabel, bytes, problems, r::werkgebied),
            "algemene_voorzieningen" => {
                self.algemene_voorzieningen = lees(tabel, bytes, problems, r::algemene_voorziening);
            }
            "wachttijden" => self.wachttijden = lees(tabel, bytes, problems, r::wachttijd),
            "aanbieders" => self.aanbieders = lees(tabel, bytes, problems, i::aanbieder),
            "contracten" => self.contracten = lees(tabel, bytes, problems, i::contract),
            "producten" => self.producten = lees(tabel, bytes, problems, i::product),
            "tarieven" => self.tarieven = lees(tabel, bytes, problems, i::tarief),
            "medewerkers" => self.medewerkers = lees(tabel, bytes, problems, r::medewerker),
            "mandaten" => self.mandaten = lees(tabel, bytes, problems, r::mandaat),
            "pilots" => self.pilots = lees(tabel, bytes, problems, r::pilot),
            "reeksbreuken" => self.reeksbreuken = lees(tabel, bytes, problems, r::reeksbreuk),
            "clienten" => self.clienten = lees(tabel, bytes, problems, c::client),
            "clientgegevens" => {
                self.clientgegevens = lees(tabel, bytes, problems, c::clientgegevens);
            }
            "zaken" => self.zaken = lees(tabel, bytes, problems, z::zaak),
            "besluiten" => self.besluiten = lees(tabel, bytes, problems, z::besluit_rij),
            "opschortingen" => self.opschortingen = lees(tabel, bytes, problems, z::opschorting),
            "voorzieningen" => self.voorzieningen = lees(tabel, bytes, problems, o::voorziening),
            "toewijzingen" => self.toewijzingen = lees(tabel, bytes, problems, o::toewijzing),
            "leveringen" => self.leveringen = lees(tabel, bytes, problems, o::levering_rij),
            "declaraties" => self.declaraties = lees(tabel, bytes, problems, o::declaratie),
            other => unreachable!("table {other} has a description but no reader"),
        }
    }

    fn bestand(&self, tabel: &str) -> &str {
        self.gelezen.get(tabel).map_or("", |it| it.bestand.as_str())
    }

    /// The heading in the file of one of our columns.
    fn kop(&self, tabel: &str, kolom: &str) -> String {
        let given = self.gelezen.get(tabel).and_then(|it| it.kolommen.get(kolom));
        given.map_or(kolom, String::as_str).to_owned()
    }

    /// Where a row was read.
    fn plek(&self, tabel: &str, regel: u64) -> Bron {
        Bron { file: self.bestand(tabel).to_owned(), line: Some(regel), element: None }
    }
}

fn lees<T>(
    tabel: &Tabelkoppeling,
    bytes: Box<dyn Read>,
    problems: &mut Vec<Problem>,
    row: fn(&mut Rij<'_>) -> Option<T>,
) -> Vec<Gelezen<T>> {
    lezer::lees(tabel, bytes, problems, row)
}
