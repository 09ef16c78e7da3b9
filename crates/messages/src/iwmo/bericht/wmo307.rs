//! `WMO307` and its return `WMO308`: the provider reports that delivery stopped.

use crate::iwmo::bericht::{
    Header, RetourCodes, RetourHeader, Waarde,
    basis::{Geboortedatum, Product, VerkorteNaam},
    codelijst::{Geslacht, RedenBeeindiging, StatusAanlevering},
    gegevenstype::{BurgerServicenummer, Datum, Nummer},
    klasse::klasse,
};

klasse! {
    /// Message 307.
    Bericht "Bericht" Wmo307 {
        Een header "Header" Header,
        Een client "Client" Client,
    }
}

klasse! {
    /// Message 308.
    Bericht "Bericht" Wmo308 {
        Een header "Header" RetourHeader,
        Mag client "Client" Option<Client>,
    }
}

klasse! {
    /// The client, as the provider knows it.
    Bericht "Client" Client {
        Een bsn "Bsn" Waarde<BurgerServicenummer>,
        Een geboortedatum "Geboortedatum" Geboortedatum,
        Een geslacht "Geslacht" Waarde<Geslacht>,
        Een naam "Naam" VerkorteNaam,
        Een stop_producten "StopProducten" Vec<StopProduct>,
        Retour retour_codes "RetourCodes" RetourCodes,
    }
}

klasse! {
    /// One stop.
    Bericht "StopProduct" StopProduct {
        Mag toewijzing_nummer "ToewijzingNummer" Waarde<Nummer>,
        Mag product "Product" Option<Product>,
        Mag toewijzing_ingangsdatum "ToewijzingIngangsdatum" Waarde<Datum>,
        Een begindatum "Begindatum" Waarde<Datum>,
        Een reden_beeindiging "RedenBeeindiging" Waarde<RedenBeeindiging>,
        Een einddatum "Einddatum" Waarde<Datum>,
        Een status_aanlevering "StatusAanlevering" Waarde<StatusAanlevering>,
        Retour retour_codes "RetourCodes" RetourCodes,
    }
}
