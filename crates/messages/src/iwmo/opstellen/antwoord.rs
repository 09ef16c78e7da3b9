//! Message 319: a request of a provider is in enquiry, or rejected. Granting goes with a 301.

use domain::{AgbCode, Gemeentecode};
use jiff::civil::Date;

use crate::iwmo::{
    bericht::{
        Berichtsoort, Header, Waarde, Wmo319, basis::BerichtIdentificatie, wmo319::Antwoord,
    },
    keten::verzoek::Besluit,
    retour::xsd_versie,
};

/// What is answered, by whom and to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Antwoord319<'a> {
    /// The municipality.
    pub gemeente: Gemeentecode,
    /// The provider.
    pub agb: AgbCode,
    /// The sender's own key of the message, of at most 12 characters.
    pub identificatie: &'a str,
    /// The day it is sent.
    pub dagtekening: Date,
    /// The provider's reference of the request.
    pub referentie: &'a str,
    /// In enquiry or rejected.
    pub besluit: Besluit,
    /// Why it is rejected: a code of list WJ759.
    pub reden: Option<&'a str>,
}

/// The message. A reason that the list does not have is found by the check of the form.
pub fn antwoord(it: &Antwoord319<'_>) -> Wmo319 {
    let header = Header {
        bericht_code: Waarde::van(Berichtsoort::Wmo319.code()),
        bericht_versie: Waarde::van("3"),
        bericht_subversie: Waarde::van("2"),
        afzender: Waarde::van(it.gemeente.as_str()),
        ontvanger: Waarde::van(it.agb.as_str()),
        bericht_identificatie: BerichtIdentificatie {
            identificatie: Waarde::van(it.identificatie),
            dagtekening: Waarde::van(it.dagtekening),
            ..BerichtIdentificatie::default()
        },
        xsd_versie: xsd_versie(),
        ..Header::default()
    };
    let code = if it.besluit == Besluit::Afgewezen { "1" } else { "2" };
    let reden = it.reden.map(|it| Waarde::lees(it, Berichtsoort::Wmo319));
    let antwoord = Antwoord {
        referentie_aanbieder: Waarde::van(it.referentie),
        verzoek_antwoord: Waarde::van(code),
        reden_afwijzing_verzoek: reden.unwrap_or_default(),
        ..Antwoord::default()
    };
    Wmo319 { header, antwoord, ..Wmo319::default() }
}
