//! The rows about clients: who they are, and the coarse facts from each day on.

use domain::{Huishouden, persoon::Persoonsgegevens};
use jiff::civil::Date;

use super::{rij::Rij, waarden};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ClientRij {
    /// The other system's own key, which may be the BSN.
    pub(super) client: String,
    pub(super) persoon: Persoonsgegevens,
    pub(super) geboortejaar: Option<i16>,
    pub(super) wijk: Option<String>,
    pub(super) huishouden: Huishouden,
    pub(super) vanaf: Option<Date>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ClientgegevensRij {
    pub(super) client: String,
    pub(super) vanaf: Date,
    pub(super) wijk: Option<String>,
    pub(super) huishouden: Huishouden,
}

pub(super) fn client(rij: &mut Rij<'_>) -> Option<ClientRij> {
    let client = rij.moet("client");
    let bsn = rij.bsn("bsn");
    let geboortedatum = rij.datum("geboortedatum");
    let geboortejaar = rij.geheel("geboortejaar").or(geboortedatum.map(Date::year));
    let huishouden = rij.keuze("huishouden", &waarden::huishouden());
    let vanaf = rij.datum("vanaf");
    let persoon = Persoonsgegevens {
        bsn,
        voornamen: rij.tekst("voornamen"),
        voorvoegsel: rij.tekst("voorvoegsel"),
        achternaam: rij.tekst("achternaam"),
        geboortedatum,
        straat_en_nummer: rij.tekst("straat_en_nummer"),
        postcode: rij.tekst("postcode"),
        plaats: rij.tekst("plaats"),
    };
    Some(ClientRij {
        client: client?,
        persoon,
        geboortejaar,
        wijk: rij.mag("wijk"),
        huishouden: huishouden.unwrap_or(Huishouden::Onbekend),
        vanaf,
    })
}

pub(super) fn clientgegevens(rij: &mut Rij<'_>) -> Option<ClientgegevensRij> {
    let (client, vanaf) = (rij.moet("client"), rij.datum_moet("vanaf"));
    let huishouden = rij.keuze("huishouden", &waarden::huishouden());
    Some(ClientgegevensRij {
        client: client?,
        vanaf: vanaf?,
        wijk: rij.mag("wijk"),
        huishouden: huishouden.unwrap_or(Huishouden::Onbekend),
    })
}
