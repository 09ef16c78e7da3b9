//! Message 301 from the log: what holds now or later for one client at one provider, and what
//! changed since the provider last accepted a message. iWmo OP087, OP033x1, OP257, OP286, OP380.

mod client;
mod product;
mod signaal;

pub use signaal::stapeling;

use std::collections::BTreeMap;

use domain::{
    AanbiederId, AgbCode, Dossier, Gemeentecode, ToewijzingNummer, persoon::Persoonsgegevens,
};
use jiff::civil::{Date, Time};

use crate::{
    Problem,
    iwmo::{
        bericht::{
            Berichtsoort, Header, Waarde, Wmo301,
            basis::BerichtIdentificatie,
            wmo301::{Client, ToegewezenProduct},
        },
        retour::xsd_versie,
    },
};

/// A 301 that was sent before, to the same provider about the same client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verzonden<'a> {
    /// What was sent.
    pub bericht: &'a Wmo301,
    /// Whether it came back with a 302 that rejects it: then it counts as never sent (OP286).
    pub afgekeurd: bool,
}

/// Why the message is sent, which decides the `ReferentieAanbieder`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aanleiding<'a> {
    /// The municipality changed something by itself: no reference (TR379).
    Gemeente,
    /// A request for change (317) is granted: its reference on every product.
    Wijziging(&'a str),
    /// A request for allocation (315) is granted: per product the reference it answers.
    Aanvraag(&'a BTreeMap<ToewijzingNummer, String>),
}

/// From whom to whom, when, and after what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opdracht<'a> {
    /// The municipality that is legally responsible.
    pub gemeente: Gemeentecode,
    /// The provider, in the register.
    pub aanbieder: AanbiederId,
    /// The provider, in messages.
    pub agb: AgbCode,
    /// The sender's own key of the message, of at most 12 characters.
    pub identificatie: &'a str,
    /// The day and time of making it; what changed today was decided then.
    pub nu: (Date, Time),
    /// Everything sent before, oldest first.
    pub verzonden: &'a [Verzonden<'a>],
    /// Why it is sent.
    pub aanleiding: Aanleiding<'a>,
}

/// The message, when there is anything to send.
///
/// `Ok(None)` when the provider knows everything and nothing holds any more. What may not change
/// under one number is refused: end it and give a new number.
pub fn opstellen(
    dossier: &Dossier,
    persoon: &Persoonsgegevens,
    opdracht: &Opdracht<'_>,
) -> Result<Option<Wmo301>, Vec<Problem>> {
    let mut problems = Vec::new();
    let known = laatste_versies(opdracht.verzonden);
    let mut producten: Vec<ToegewezenProduct> = Vec::new();
    for toewijzing in &dossier.toewijzingen {
        if toewijzing.opdracht.aanbieder == opdracht.aanbieder {
            let last = known.get(&toewijzing.nummer.0).copied();
            match product::product(toewijzing, last, opdracht) {
                Ok(product) => producten.extend(product),
                Err(problem) => problems.push(problem),
            }
        }
    }
    let client = client::client(persoon).map_err(|it| problems.push(it)).ok();
    let Some(client) = client.filter(|_| problems.is_empty()) else { return Err(problems) };
    if producten.is_empty() {
        return Ok(None);
    }
    let client = Client { toegewezen_producten: producten, ..client };
    Ok(Some(Wmo301 { header: header(opdracht), client, ..Wmo301::default() }))
}

/// The last version of each number that the provider received and did not reject: the newest
/// decision counts, not the order of arrival (OP080).
fn laatste_versies<'a>(verzonden: &[Verzonden<'a>]) -> BTreeMap<u32, &'a ToegewezenProduct> {
    let mut last: BTreeMap<u32, &ToegewezenProduct> = BTreeMap::new();
    let moment =
        |it: &ToegewezenProduct| (it.toewijzingsdatum.waarde(), it.toewijzingstijd.waarde());
    for one in verzonden.iter().filter(|it| !it.afgekeurd) {
        for product in &one.bericht.client.toegewezen_producten {
            let Some(nummer) = product.toewijzing_nummer.waarde() else { continue };
            let newer = last.get(&nummer).is_none_or(|it| moment(it) <= moment(product));
            if newer {
                last.insert(nummer, product);
            }
        }
    }
    last
}

fn header(opdracht: &Opdracht<'_>) -> Header {
    Header {
        bericht_code: Waarde::van(Berichtsoort::Wmo301.code()),
        bericht_versie: Waarde::van("3"),
        bericht_subversie: Waarde::van("2"),
        afzender: Waarde::van(opdracht.gemeente.as_str()),
        ontvanger: Waarde::van(opdracht.agb.as_str()),
        bericht_identificatie: BerichtIdentificatie {
            identificatie: Waarde::van(opdracht.identificatie),
            dagtekening: Waarde::van(opdracht.nu.0),
            ..BerichtIdentificatie::default()
        },
        xsd_versie: xsd_versie(),
        ..Header::default()
    }
}
