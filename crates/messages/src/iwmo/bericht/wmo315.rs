//! `WMO315` and its return `WMO316`: the provider asks for an allocation.

use crate::iwmo::bericht::{
    Header, RetourCodes, RetourHeader, Waarde,
    basis::{Geboortedatum, Omvang, Product, VerkorteNaam, Verwijzer},
    codelijst::{Geslacht, JaNee},
    gegevenstype::{Budget, BurgerServicenummer, Commentaar, Datum, Nummer, Referentie},
    klasse::klasse,
};

klasse! {
    /// Message 315.
    Bericht "Bericht" Wmo315 {
        Een header "Header" Header,
        Een client "Client" Client,
    }
}

klasse! {
    /// Message 316.
    Bericht "Bericht" Wmo316 {
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
        Mag commentaar "Commentaar" Waarde<Commentaar>,
        Een aangevraagde_producten "AangevraagdeProducten" Vec<AangevraagdProduct>,
        Retour retour_codes "RetourCodes" RetourCodes,
    }
}

klasse! {
    /// One product that is asked for.
    Bericht "AangevraagdProduct" AangevraagdProduct {
        Een referentie_aanbieder "ReferentieAanbieder" Waarde<Referentie>,
        Mag beschikking_nummer "BeschikkingNummer" Waarde<Nummer>,
        Mag product "Product" Option<Product>,
        Mag beschikking_ingangsdatum "BeschikkingIngangsdatum" Waarde<Datum>,
        Een toewijzing_ingangsdatum "ToewijzingIngangsdatum" Waarde<Datum>,
        Mag toewijzing_einddatum "ToewijzingEinddatum" Waarde<Datum>,
        Mag omvang "Omvang" Option<Omvang>,
        Mag budget "Budget" Waarde<Budget>,
        Een verwijzer "Verwijzer" Verwijzer,
        Mag raamcontract "Raamcontract" Waarde<JaNee>,
        Mag commentaar "Commentaar" Waarde<Commentaar>,
        Retour retour_codes "RetourCodes" RetourCodes,
    }
}
