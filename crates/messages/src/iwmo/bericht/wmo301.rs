//! `WMO301` and its return `WMO302`: what the municipality allocates to one client.

use crate::iwmo::bericht::{
    Header, RetourCodes, RetourHeader, Waarde,
    basis::{Communicatie, Contact, Geboortedatum, Omvang, Product, VolledigeNaam},
    codelijst::{
        Geslacht, JuridischeStatus, RedenWijziging, SoortRelatie, WettelijkeVertegenwoordiging,
    },
    gegevenstype::{
        Budget, BurgerServicenummer, Commentaar, Datum, Nummer, Persoonsid, Referentie,
        RelatieVolgorde, Tijd,
    },
    klasse::klasse,
};

klasse! {
    /// Message 301.
    Bericht "Bericht" Wmo301 {
        Een header "Header" Header,
        Een client "Client" Client,
    }
}

klasse! {
    /// Message 302.
    Bericht "Bericht" Wmo302 {
        Een header "Header" RetourHeader,
        Mag client "Client" Option<Client>,
    }
}

klasse! {
    /// The client, as the municipality knows it.
    Bericht "Client" Client {
        Een bsn "Bsn" Waarde<BurgerServicenummer>,
        Een geboortedatum "Geboortedatum" Geboortedatum,
        Een geslacht "Geslacht" Waarde<Geslacht>,
        Een naam "Naam" VolledigeNaam,
        Mag communicatie "Communicatie" Option<Communicatie>,
        Mag juridische_status "JuridischeStatus" Waarde<JuridischeStatus>,
        Mag wettelijke_vertegenwoordiging "WettelijkeVertegenwoordiging"
            Waarde<WettelijkeVertegenwoordiging>,
        Mag commentaar "Commentaar" Waarde<Commentaar>,
        Mag relaties "Relaties" Vec<Relatie>,
        Een contactgegevens "Contactgegevens" Vec<Contact>,
        Een toegewezen_producten "ToegewezenProducten" Vec<ToegewezenProduct>,
        Retour retour_codes "RetourCodes" RetourCodes,
    }
}

klasse! {
    /// Somebody who belongs to the client.
    Bericht "Relatie" Relatie {
        Een nummer "Nummer" Waarde<Persoonsid>,
        Mag volgorde "Volgorde" Waarde<RelatieVolgorde>,
        Een soort "Soort" Waarde<SoortRelatie>,
        Mag geboortedatum "Geboortedatum" Option<Geboortedatum>,
        Mag geslacht "Geslacht" Waarde<Geslacht>,
        Een naam "Naam" VolledigeNaam,
        Een contact "Contact" Contact,
        Retour retour_codes "RetourCodes" RetourCodes,
    }
}

klasse! {
    /// One product that is allocated.
    Bericht "ToegewezenProduct" ToegewezenProduct {
        Een toewijzing_nummer "ToewijzingNummer" Waarde<Nummer>,
        Mag referentie_aanbieder "ReferentieAanbieder" Waarde<Referentie>,
        Mag product "Product" Option<Product>,
        Een toewijzingsdatum "Toewijzingsdatum" Waarde<Datum>,
        Een toewijzingstijd "Toewijzingstijd" Waarde<Tijd>,
        Een ingangsdatum "Ingangsdatum" Waarde<Datum>,
        Mag einddatum "Einddatum" Waarde<Datum>,
        Mag reden_wijziging "RedenWijziging" Waarde<RedenWijziging>,
        Mag omvang "Omvang" Option<Omvang>,
        Mag budget "Budget" Waarde<Budget>,
        Mag commentaar "Commentaar" Waarde<Commentaar>,
        Retour retour_codes "RetourCodes" RetourCodes,
    }
}
