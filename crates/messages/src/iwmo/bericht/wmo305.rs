//! `WMO305` and its return `WMO306`: the provider reports that delivery started.

use crate::iwmo::bericht::{
    Header, RetourCodes, RetourHeader, Waarde,
    basis::{Geboortedatum, Product, VerkorteNaam},
    codelijst::{Geslacht, StatusAanlevering},
    gegevenstype::{BurgerServicenummer, Datum, Nummer},
    klasse::klasse,
};

klasse! {
    /// Message 305.
    Bericht "Bericht" Wmo305 {
        Een header "Header" Header,
        Een client "Client" Client,
    }
}

klasse! {
    /// Message 306.
    Bericht "Bericht" Wmo306 {
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
        Een start_producten "StartProducten" Vec<StartProduct>,
        Retour retour_codes "RetourCodes" RetourCodes,
    }
}

klasse! {
    /// One start.
    Bericht "StartProduct" StartProduct {
        Mag toewijzing_nummer "ToewijzingNummer" Waarde<Nummer>,
        Mag product "Product" Option<Product>,
        Mag toewijzing_ingangsdatum "ToewijzingIngangsdatum" Waarde<Datum>,
        Een begindatum "Begindatum" Waarde<Datum>,
        Een status_aanlevering "StatusAanlevering" Waarde<StatusAanlevering>,
        Retour retour_codes "RetourCodes" RetourCodes,
    }
}
