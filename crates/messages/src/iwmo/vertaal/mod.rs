//! A message in our own words: what it says of allocations, deliveries and bills, as far as it is
//! right.
//!
//! A product that cannot be understood does not stop its neighbours; a wrong BSN leaves out the
//! client; a wrong header leaves out the message.

pub mod client;
pub mod declaratie;
pub mod levering;
pub mod toewijzing;
mod waarde;

pub use client::Client;

use domain::{AgbCode, Gemeentecode};
use jiff::civil::Date;

use crate::{
    Problem,
    iwmo::{
        bericht::{self, Bericht, Berichtsoort},
        code,
    },
};

/// One message in our own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vertaling {
    /// The file, as the user named it.
    pub file: String,
    /// From whom to whom, and when.
    pub partijen: Partijen,
    /// What it says.
    pub inhoud: Inhoud,
}

/// From whom to whom a message went, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partijen {
    /// Which kind of message.
    pub soort: Berichtsoort,
    /// The municipality that is legally responsible.
    pub gemeente: Gemeentecode,
    /// The provider.
    pub aanbieder: AgbCode,
    /// The sender's own key of the message.
    pub identificatie: String,
    /// The day it was sent.
    pub dagtekening: Date,
}

/// What a message says, per kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inhoud {
    /// What is allocated.
    Wmo301(toewijzing::Toewijzingen),
    /// Which deliveries started.
    Wmo305(levering::Leveringen),
    /// Which deliveries stopped.
    Wmo307(levering::Leveringen),
    /// What is billed.
    Wmo323(declaratie::Declaratie),
}

/// Reads one message and puts it in our own words: what was understood, and what was wrong.
///
/// Never panics, whatever the bytes are; hostile input is refused with a problem.
pub fn read(file: &str, bytes: &[u8]) -> (Option<Vertaling>, Vec<Problem>) {
    let (bericht, mut problems) = bericht::lees(file, bytes);
    let vertaling = bericht.and_then(|it| vertaal(file, &it, &mut problems));
    (vertaling, problems)
}

/// Puts a message in our own words; what is left out is listed.
pub fn vertaal(file: &str, bericht: &Bericht, problems: &mut Vec<Problem>) -> Option<Vertaling> {
    let soort = bericht.soort();
    let inhoud = match bericht {
        Bericht::Wmo301(it) => toewijzing::vertaal(file, &it.client, problems).map(Inhoud::Wmo301),
        Bericht::Wmo305(it) => {
            levering::vertaal_305(file, &it.client, problems).map(Inhoud::Wmo305)
        }
        Bericht::Wmo307(it) => {
            levering::vertaal_307(file, &it.client, problems).map(Inhoud::Wmo307)
        }
        Bericht::Wmo323(it) => {
            declaratie::vertaal(file, &it.declaratie, problems).map(Inhoud::Wmo323)
        }
        _ => {
            let text = format!(
                "{soort} zegt niets dat in een dossier gaat; hier gaan WMO301, WMO305, WMO307 en \
                 WMO323 in"
            );
            problems.push(Problem::fout(file, code::BERICHTSOORT, text).in_element("Bericht"));
            return None;
        }
    };
    let (partijen, inhoud) = (partijen(bericht)?, inhoud?);
    Some(Vertaling { file: file.to_owned(), partijen, inhoud })
}

/// From whom to whom a message went; none when the header is not whole.
pub fn partijen(bericht: &Bericht) -> Option<Partijen> {
    let (soort, kop) = (bericht.soort(), bericht.kop());
    kop.bericht_code.get().and(kop.bericht_versie.get()).and(kop.bericht_subversie.get())?;
    let (afzender, ontvanger) = (kop.afzender.get()?, kop.ontvanger.get()?);
    let (gemeente, aanbieder) =
        if soort.gemeente_is_afzender() { (afzender, ontvanger) } else { (ontvanger, afzender) };
    Some(Partijen {
        soort,
        gemeente: gemeente.parse().ok()?,
        aanbieder: aanbieder.parse().ok()?,
        identificatie: kop.bericht_identificatie.identificatie.get()?.to_string(),
        dagtekening: kop.bericht_identificatie.dagtekening.waarde()?,
    })
}
