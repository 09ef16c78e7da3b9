//! Our own export, and the same tables written in the form of another system.

mod dossiers;
mod ondersteuning;
mod register;
mod schrijver;

use std::collections::{BTreeMap, HashMap};

use domain::{Actor, persoon::Persoonsgegevens};
use domain::{ClientId, Dossier, Hoedanigheid, Kenmerk, MedewerkerId, State};

use super::{
    koppeling::{EIGEN_BRON, Koppeling},
    plan::LETTERLIJK,
};
use schrijver::Schrijver;

/// The names that may go with an export. Without them it holds no name, no BSN and no birth date.
#[derive(Debug, Clone, Copy)]
pub struct Namen<'n> {
    /// Who the clients are.
    pub personen: &'n HashMap<ClientId, Persoonsgegevens>,
    /// What the staff is called.
    pub personeel: &'n BTreeMap<MedewerkerId, String>,
}

/// Everything that is known as files of our own: name and bytes, with the mapping that reads them.
///
/// Without `namen` a client is only a key of this installation and a year of birth.
pub fn export(state: &State, namen: Option<&Namen<'_>>) -> Vec<(String, Vec<u8>)> {
    let koppeling = Koppeling::eigen();
    let mut files = export_met(&koppeling, state, namen);
    let mut mapping = String::from(
        "# Zo leest Wijkpeil deze uitwisseling: elke tabel onder zijn eigen naam.\n\
         bron = \"wijkpeil\"\nscheiding = \";\"\ncodering = \"utf-8\"\ndecimaalteken = \",\"\n\
         datumvorm = \"dd-mm-jjjj\"\n",
    );
    for it in &koppeling.tabellen {
        if files.iter().any(|(naam, _)| *naam == it.bestand) {
            let (tabel, bestand) = (it.tabel.naam, &it.bestand);
            mapping.push_str(&format!("\n[tabellen.{tabel}]\nbestand = \"{bestand}\"\n"));
        }
    }
    files.push(("mapping.toml".to_owned(), mapping.into_bytes()));
    files
}

/// The tables that the mapping names, in the form that the mapping tells.
pub fn export_met(
    koppeling: &Koppeling,
    state: &State,
    namen: Option<&Namen<'_>>,
) -> Vec<(String, Vec<u8>)> {
    let export = Export { koppeling, state, namen };
    let mut files = Vec::new();
    for tabel in &koppeling.tabellen {
        let mut out = Schrijver::new(tabel, koppeling.bestanden_verplicht);
        export.tabel(tabel.tabel.naam, &mut out);
        // Our own export has no files without rows; another form always has the same files.
        if out.rijen() > 0 || koppeling.bestanden_verplicht {
            files.push((tabel.bestand.clone(), out.bytes()));
        }
    }
    files
}

struct Export<'e> {
    koppeling: &'e Koppeling,
    state: &'e State,
    namen: Option<&'e Namen<'e>>,
}

impl Export<'_> {
    fn tabel(&self, naam: &str, out: &mut Schrijver<'_>) {
        match naam {
            "gemeente" => self.gemeente(out),
            "wijken" => self.wijken(out),
            "inwoners" => self.inwoners(out),
            "teams" => self.teams(out),
            "werkgebieden" => self.werkgebieden(out),
            "algemene_voorzieningen" => self.algemene_voorzieningen(out),
            "wachttijden" => self.wachttijden(out),
            "aanbieders" => self.aanbieders(out),
            "contracten" => self.contracten(out),
            "producten" => self.producten(out),
            "tarieven" => self.tarieven(out),
            "medewerkers" => self.medewerkers(out),
            "mandaten" => self.mandaten(out),
            "pilots" => self.pilots(out),
            "reeksbreuken" => self.reeksbreuken(out),
            "clienten" => self.clienten(out),
            "clientgegevens" => self.clientgegevens(out),
            "zaken" => self.zaken(out),
            "besluiten" => self.besluiten(out),
            "opschortingen" => self.opschortingen(out),
            "voorzieningen" => self.voorzieningen(out),
            "toewijzingen" => self.toewijzingen(out),
            "leveringen" => self.leveringen(out),
            "declaraties" => self.declaraties(out),
            other => unreachable!("table {other} has a description but no writer"),
        }
    }

    /// The dossiers in order of client, so that the same state gives the same bytes.
    fn dossiers(&self) -> Vec<&Dossier> {
        let mut all: Vec<&Dossier> = self.state.dossiers.values().collect();
        all.sort_by_key(|it| it.client);
        all
    }

    fn heeft_tabel(&self, naam: &str) -> bool {
        self.koppeling.tabellen.iter().any(|it| it.tabel.naam == naam)
    }

    /// A fingerprint as a key; in our own export such that it is read as the same fingerprint.
    fn sleutel(&self, kenmerk: Kenmerk) -> String {
        let prefix = if self.koppeling.bron == EIGEN_BRON { LETTERLIJK } else { "" };
        format!("{prefix}{:016x}", kenmerk.0)
    }
}

/// The key of whoever did something, when a person did it.
fn medewerker(door: &Actor) -> String {
    door.hoedanigheid().map(|it: &Hoedanigheid| it.medewerker.0.to_string()).unwrap_or_default()
}
