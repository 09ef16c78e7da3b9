//! `WMO319` and its return `WMO320`: the municipality answers a request of a provider.

use crate::iwmo::bericht::{
    Header, RetourCodes, RetourHeader, Waarde,
    codelijst::{RedenAfwijzingVerzoek, VerzoekAntwoord},
    gegevenstype::Referentie,
    klasse::klasse,
};

klasse! {
    /// Message 319.
    Bericht "Bericht" Wmo319 {
        Een header "Header" Header,
        Een antwoord "Antwoord" Antwoord,
    }
}

klasse! {
    /// Message 320.
    Bericht "Bericht" Wmo320 {
        Een header "Header" RetourHeader,
        Mag antwoord "Antwoord" Option<Antwoord>,
    }
}

klasse! {
    /// The answer to one request.
    Bericht "Antwoord" Antwoord {
        Een referentie_aanbieder "ReferentieAanbieder" Waarde<Referentie>,
        Een verzoek_antwoord "VerzoekAntwoord" Waarde<VerzoekAntwoord>,
        Mag reden_afwijzing_verzoek "RedenAfwijzingVerzoek" Waarde<RedenAfwijzingVerzoek>,
        Retour retour_codes "RetourCodes" RetourCodes,
    }
}
