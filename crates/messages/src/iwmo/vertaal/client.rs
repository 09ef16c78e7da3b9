//! The `Client` of the messages about one client: who it is, as sender and receiver know it.

use domain::{Bsn, persoon::Persoonsgegevens};
use jiff::civil::Date;

use crate::{
    Problem,
    iwmo::{
        bericht::{
            Gegevenstype, Regel, Waarde,
            basis::{self, Achternaam, Contact, VerkorteNaam},
            gegevenstype::{BurgerServicenummer, Naam, Voorletters},
            wmo301,
        },
        vertaal::waarde::{self, mogelijk},
    },
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

/// The client of an allocation; without a right BSN there is none. Rule CS002.
pub(super) fn van_gemeente(
    file: &str,
    client: &wmo301::Client,
    problems: &mut Vec<Problem>,
) -> Option<Client> {
    let naam = &client.naam;
    let name = (&naam.geslachtsnaam, &naam.voornamen, &naam.voorletters);
    let bsn = waarde::bsn(file, &client.bsn, problems)?;
    let known = new(client.regel, bsn, &client.geboortedatum, name);
    Some(Client { adres: adres(&client.contactgegevens), ..known })
}

/// The client of a report of a provider; without a right BSN there is none. Rule CS002.
pub(super) fn van_aanbieder(
    file: &str,
    (regel, bsn): (Regel, &Waarde<BurgerServicenummer>),
    geboren: &basis::Geboortedatum,
    naam: &VerkorteNaam,
    problems: &mut Vec<Problem>,
) -> Option<Client> {
    let name = (&naam.geslachtsnaam, &naam.voornamen, &naam.voorletters);
    Some(new(regel, waarde::bsn(file, bsn, problems)?, geboren, name))
}

type Namen<'a> = (&'a Achternaam, &'a Waarde<Naam>, &'a Waarde<Voorletters>);

fn new(
    regel: Regel,
    bsn: Bsn,
    geboren: &basis::Geboortedatum,
    (geslachtsnaam, voornamen, voorletters): Namen<'_>,
) -> Client {
    let voornamen = match trimmed(voornamen) {
        none if none.is_empty() => trimmed(voorletters),
        voornamen => voornamen,
    };
    Client {
        regel: u64::from(regel.nummer()),
        bsn,
        geboortedatum: geboortedatum(geboren),
        achternaam: trimmed(&geslachtsnaam.achternaam),
        voorvoegsel: trimmed(&geslachtsnaam.voorvoegsel),
        voornamen,
        adres: None,
    }
}

fn geboortedatum(geboren: &basis::Geboortedatum) -> Option<Geboortedatum> {
    let dag = geboren.datum.waarde()?;
    match mogelijk(&geboren.datum_gebruik)? {
        None => Some(Geboortedatum::Dag(dag)),
        Some("1" | "2") => Some(Geboortedatum::Jaar(dag.year())),
        Some(_) => None,
    }
}

/// The address of the population register, or else the first one. List COD757.
fn adres(contacten: &[Contact]) -> Option<Adres> {
    let with_address = || contacten.iter().filter(|it| it.adres.is_some());
    let brp = with_address().find(|it| it.soort.is("01"));
    let adres = brp.or_else(|| with_address().next())?.adres.as_ref()?;
    let huis = adres.huis.as_ref().map_or(String::new(), |it| {
        let number = format!("{}{}", it.huisnummer.tekst(), trimmed(&it.huisletter));
        match trimmed(&it.huisnummer_toevoeging) {
            none if none.is_empty() => number,
            toevoeging => format!("{number}-{toevoeging}"),
        }
    });
    Some(Adres {
        straat_en_nummer: format!("{} {huis}", trimmed(&adres.straatnaam)).trim().to_owned(),
        postcode: trimmed(&adres.postcode),
        plaatsnaam: trimmed(&adres.plaatsnaam),
    })
}

/// The text of a value that is right, or nothing.
fn trimmed<T: Gegevenstype>(waarde: &Waarde<T>) -> String {
    waarde.get().map_or(String::new(), |it| T::schrijf(it).trim().to_owned())
}
