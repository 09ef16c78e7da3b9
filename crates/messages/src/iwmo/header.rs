//! The `Header` that every message has: which kind, from whom, to whom, when.

use domain::{AgbCode, Gemeentecode};
use jiff::civil::Date;

use crate::iwmo::{
    boom::Element,
    vorm::{Veld, Waarde, datum},
};

/// The kinds of messages that are read, under their published names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Berichtsoort {
    /// `301`: the municipality allocates.
    Wmo301,
    /// `305`: the provider reports a start.
    Wmo305,
    /// `307`: the provider reports a stop.
    Wmo307,
    /// `323`: the provider bills.
    Wmo323,
}

impl Berichtsoort {
    /// Every kind, in the order in which they follow each other.
    pub const ALLE: [Berichtsoort; 4] =
        [Berichtsoort::Wmo301, Berichtsoort::Wmo305, Berichtsoort::Wmo307, Berichtsoort::Wmo323];

    /// The published name.
    pub const fn naam(self) -> &'static str {
        match self {
            Berichtsoort::Wmo301 => "WMO301",
            Berichtsoort::Wmo305 => "WMO305",
            Berichtsoort::Wmo307 => "WMO307",
            Berichtsoort::Wmo323 => "WMO323",
        }
    }

    /// The kind with this name in a namespace, such as `wmo301`.
    pub(crate) fn from_naamruimte(naam: &str) -> Option<Berichtsoort> {
        Berichtsoort::ALLE.into_iter().find(|it| it.naam().eq_ignore_ascii_case(naam))
    }

    /// Whether the municipality sends it.
    const fn van_gemeente(self) -> bool {
        matches!(self, Berichtsoort::Wmo301)
    }
}

/// From whom to whom a message went, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
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

const IDENTIFICATIE: &[Veld] = &[
    Veld::een("Identificatie", Waarde::Tekst(12)).basis(),
    Veld::een("Dagtekening", Waarde::Datum).basis(),
];

const XSD_VERSIE: &[Veld] = &[
    Veld::een("BasisschemaXsdVersie", Waarde::Versie).basis(),
    Veld::een("BerichtXsdVersie", Waarde::Versie).basis(),
];

const GEMEENTE: Waarde = Waarde::Cijfers(4);
const AGB: Waarde = Waarde::Cijfers(8);

/// The form of the header of a message with this `BerichtCode` that the municipality sends.
pub(crate) const fn van_gemeente(code: &'static [&'static str]) -> [Veld; 7] {
    header(code, GEMEENTE, AGB)
}

/// The form of the header of a message with this `BerichtCode` that the provider sends.
pub(crate) const fn van_aanbieder(code: &'static [&'static str]) -> [Veld; 7] {
    header(code, AGB, GEMEENTE)
}

const fn header(code: &'static [&'static str], afzender: Waarde, ontvanger: Waarde) -> [Veld; 7] {
    [
        Veld::een("BerichtCode", Waarde::Code(code)),
        Veld::een("BerichtVersie", Waarde::Code(&["3"])),
        Veld::een("BerichtSubversie", Waarde::Code(&["2"])),
        Veld::een("Afzender", afzender),
        Veld::een("Ontvanger", ontvanger),
        Veld::groep("BerichtIdentificatie", IDENTIFICATIE),
        Veld::groep("XsdVersie", XSD_VERSIE),
    ]
}

/// Reads a header that was checked; without a whole one nothing of the message is used.
pub(crate) fn read(soort: Berichtsoort, element: &Element<'_>) -> Option<Header> {
    for naam in ["BerichtCode", "BerichtVersie", "BerichtSubversie"] {
        element.kind(naam)?;
    }
    let (gemeente, aanbieder) =
        if soort.van_gemeente() { ("Afzender", "Ontvanger") } else { ("Ontvanger", "Afzender") };
    let identificatie = element.kind("BerichtIdentificatie")?;
    Some(Header {
        soort,
        gemeente: element.verplicht(gemeente, |it| it.parse().ok())?,
        aanbieder: element.verplicht(aanbieder, |it| it.parse().ok())?,
        identificatie: identificatie.tekst_van("Identificatie"),
        dagtekening: identificatie.verplicht("Dagtekening", datum)?,
    })
}
