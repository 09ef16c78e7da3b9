//! The `Client` of the messages about one client: who it is, as sender and receiver know it.

use domain::{Bsn, persoon::Persoonsgegevens};
use jiff::civil::Date;

use crate::{
    Problem,
    iwmo::{boom::Element, vorm::datum},
};

/// Who a message is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// The line on which the client starts.
    pub regel: u64,
    /// The BSN; it passes the elfproef.
    pub bsn: Bsn,
    /// The day of birth, as far as it is known.
    pub geboortedatum: Option<Geboortedatum>,
    /// Surname without what precedes it.
    pub achternaam: String,
    /// What precedes the surname.
    pub voorvoegsel: String,
    /// First names, or else initials.
    pub voornamen: String,
    /// Where the client lives; only in messages of the municipality.
    pub adres: Option<Adres>,
}

/// A day of birth of which part may be unknown. List COD170.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Geboortedatum {
    /// The whole day is known.
    Dag(Date),
    /// Only the year may be used.
    Jaar(i16),
}

/// Where a client lives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Adres {
    /// Street, number, letter and addition.
    pub straat_en_nummer: String,
    /// The postcode.
    pub postcode: String,
    /// The place.
    pub plaatsnaam: String,
}

impl Client {
    /// The year of birth, if known.
    pub fn geboortejaar(&self) -> Option<i16> {
        self.geboortedatum.map(|it| match it {
            Geboortedatum::Dag(dag) => dag.year(),
            Geboortedatum::Jaar(jaar) => jaar,
        })
    }

    /// What the persons store keeps of it.
    pub fn persoon(&self) -> Persoonsgegevens {
        let adres = self.adres.clone().unwrap_or_default();
        Persoonsgegevens {
            bsn: Some(self.bsn),
            voornamen: self.voornamen.clone(),
            voorvoegsel: self.voorvoegsel.clone(),
            achternaam: self.achternaam.clone(),
            geboortedatum: match self.geboortedatum {
                Some(Geboortedatum::Dag(dag)) => Some(dag),
                Some(Geboortedatum::Jaar(_)) | None => None,
            },
            straat_en_nummer: adres.straat_en_nummer,
            postcode: adres.postcode,
            plaats: adres.plaatsnaam,
        }
    }
}

/// Reads the client of a message that was checked; without a right BSN there is none. Rule CS002.
pub(crate) fn read(
    file: &str,
    element: &Element<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Client> {
    let bsn = bsn(file, element, problems)?;
    let naam = element.kind("Naam");
    let geslachtsnaam = naam.and_then(|it| it.kind("Geslachtsnaam"));
    let voornamen = naam.map_or(String::new(), |it| match it.tekst_van("Voornamen") {
        none if none.is_empty() => it.tekst_van("Voorletters"),
        voornamen => voornamen,
    });
    Some(Client {
        regel: element.regel,
        bsn,
        geboortedatum: element.kind("Geboortedatum").and_then(geboortedatum),
        achternaam: geslachtsnaam.map_or(String::new(), |it| it.tekst_van("Achternaam")),
        voorvoegsel: geslachtsnaam.map_or(String::new(), |it| it.tekst_van("Voorvoegsel")),
        voornamen,
        adres: element.kind("Contactgegevens").and_then(adres),
    })
}

/// Reads a BSN and puts it to the elfproef. Rule CS002; nine zeros are refused too.
pub(crate) fn bsn(file: &str, element: &Element<'_>, problems: &mut Vec<Problem>) -> Option<Bsn> {
    let found = element.kind("Bsn")?;
    found
        .tekst
        .parse()
        .map_err(|why| {
            let text = format!("{why}; van deze cliënt gaat niets in");
            let problem = Problem::fout(file, "CS002", text);
            problems.push(problem.on_line(found.regel).in_element("Bsn"));
        })
        .ok()
}

fn geboortedatum(element: &Element<'_>) -> Option<Geboortedatum> {
    let dag = element.verplicht("Datum", datum)?;
    match element.mogelijk("DatumGebruik", |it| Some(it.to_owned()))?.as_deref() {
        None => Some(Geboortedatum::Dag(dag)),
        Some("1" | "2") => Some(Geboortedatum::Jaar(dag.year())),
        Some(_) => None,
    }
}

/// The address of the population register, or else the first one. List COD757.
fn adres(contactgegevens: &Element<'_>) -> Option<Adres> {
    let with_address = || contactgegevens.alle("Contact").filter(|it| it.kind("Adres").is_some());
    let brp = with_address().find(|it| it.tekst_van("Soort") == "01");
    let adres = brp.or_else(|| with_address().next())?.kind("Adres")?;
    let huis = adres.kind("Huis").map_or(String::new(), |it| {
        let number = format!("{}{}", it.tekst_van("Huisnummer"), it.tekst_van("Huisletter"));
        match it.tekst_van("HuisnummerToevoeging") {
            none if none.is_empty() => number,
            toevoeging => format!("{number}-{toevoeging}"),
        }
    });
    let straat_en_nummer = format!("{} {huis}", adres.tekst_van("Straatnaam")).trim().to_owned();
    Some(Adres {
        straat_en_nummer,
        postcode: adres.tekst_van("Postcode"),
        plaatsnaam: adres.tekst_van("Plaatsnaam"),
    })
}
