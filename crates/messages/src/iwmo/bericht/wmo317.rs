//! `WMO317` and its return `WMO318`: the provider asks to change what is allocated.

use crate::iwmo::bericht::{
    Header, RetourCodes, RetourHeader, Waarde,
    basis::{Omvang, Product},
    codelijst::RedenVerzoek,
    gegevenstype::{Budget, BurgerServicenummer, Datum, Nummer, Referentie},
    klasse::klasse,
};

klasse! {
    /// Message 317.
    Bericht "Bericht" Wmo317 {
        Een header "Header" Header,
        Een client "Client" Client,
    }
}

klasse! {
    /// Message 318.
    Bericht "Bericht" Wmo318 {
        Een header "Header" RetourHeader,
        Mag client "Client" Option<Client>,
    }
}

klasse! {
    /// The client.
    Bericht "Client" Client {
        Een bsn "Bsn" Waarde<BurgerServicenummer>,
        Een verzoek "Verzoek" Verzoek,
        Retour retour_codes "RetourCodes" RetourCodes,
    }
}

klasse! {
    /// The whole situation that the provider wants.
    Bericht "Verzoek" Verzoek {
        Een referentie_aanbieder "ReferentieAanbieder" Waarde<Referentie>,
        Een reden_verzoek "RedenVerzoek" Waarde<RedenVerzoek>,
        Mag ongewijzigde_producten "OngewijzigdeProducten" Vec<OngewijzigdProduct>,
        Mag te_wijzigen_producten "TeWijzigenProducten" Vec<TeWijzigenProduct>,
        Mag nieuwe_producten "NieuweProducten" Vec<NieuwProduct>,
        Retour retour_codes "RetourCodes" RetourCodes,
    }
}

klasse! {
    /// An allocation that stays as it is.
    Bericht "OngewijzigdProduct" OngewijzigdProduct {
        Een toewijzing_nummer "ToewijzingNummer" Waarde<Nummer>,
        Retour retour_codes "RetourCodes" RetourCodes,
    }
}

klasse! {
    /// An allocation that must change.
    Bericht "TeWijzigenProduct" TeWijzigenProduct {
        Een toewijzing_nummer "ToewijzingNummer" Waarde<Nummer>,
        Een gewenste_ingangsdatum "GewensteIngangsdatum" Waarde<Datum>,
        Mag einddatum "Einddatum" Waarde<Datum>,
        Mag omvang "Omvang" Option<Omvang>,
        Mag budget "Budget" Waarde<Budget>,
        Retour retour_codes "RetourCodes" RetourCodes,
    }
}

klasse! {
    /// An allocation that must be added.
    Bericht "NieuwProduct" NieuwProduct {
        Mag product "Product" Option<Product>,
        Een gewenste_ingangsdatum "GewensteIngangsdatum" Waarde<Datum>,
        Mag einddatum "Einddatum" Waarde<Datum>,
        Mag omvang "Omvang" Option<Omvang>,
        Mag budget "Budget" Waarde<Budget>,
        Retour retour_codes "RetourCodes" RetourCodes,
    }
}
