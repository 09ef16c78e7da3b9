//! `WMO323` and `WMO325`: a provider bills what it delivered, and the municipality answers.

use crate::iwmo::bericht::{
    AntwoordHeader, Header, RetourCodes, Waarde,
    basis::{BedragMetDc, GeslotenPeriode, Referentie, TotaalBedragMetDc},
    codelijst::{Eenheid, ProductCategorie},
    gegevenstype::{
        Bedrag, BurgerServicenummer, Datum, IdentificatieDeclaratie, Nummer, ProductCode, Volume,
    },
    klasse::klasse,
};

klasse! {
    /// Message 323.
    Bericht "Bericht" Wmo323 {
        Een header "Header" Header,
        Een declaratie "Declaratie" Declaratie,
    }
}

klasse! {
    /// Message 325.
    Bericht "Bericht" Wmo325 {
        Een header "Header" AntwoordHeader,
        Mag declaratie_antwoord "DeclaratieAntwoord" Option<DeclaratieAntwoord>,
    }
}

klasse! {
    /// What is billed.
    Bericht "Declaratie" Declaratie {
        Een declaratie_nummer "DeclaratieNummer" Waarde<IdentificatieDeclaratie>,
        Een declaratie_periode "DeclaratiePeriode" GeslotenPeriode,
        Een declaratie_dagtekening "DeclaratieDagtekening" Waarde<Datum>,
        Een totaal_ingediend_bedrag "TotaalIngediendBedrag" TotaalBedragMetDc,
        Een clienten "Clienten" Vec<Client>,
    }
}

klasse! {
    /// What is granted, and what is not.
    Bericht "DeclaratieAntwoord" DeclaratieAntwoord {
        Een declaratie_nummer "DeclaratieNummer" Waarde<IdentificatieDeclaratie>,
        Een totaal_ingediend_bedrag "TotaalIngediendBedrag" TotaalBedragMetDc,
        Een totaal_toegekend_bedrag "TotaalToegekendBedrag" TotaalBedragMetDc,
        Mag clienten "Clienten" Vec<Client>,
        Een retour_codes "RetourCodes" RetourCodes,
    }
}

klasse! {
    /// A client, with what was delivered.
    Bericht "Client" Client {
        Een bsn "Bsn" Waarde<BurgerServicenummer>,
        Een prestaties "Prestaties" Vec<Prestatie>,
        Retour retour_codes "RetourCodes" RetourCodes,
    }
    bewaar |client, lijst, lezer| {
        if let Some(client) = lezer.geef_door(client) {
            lijst.push(client);
        }
    }
}

klasse! {
    /// One billed line.
    Bericht "Prestatie" Prestatie {
        Een product_referentie "ProductReferentie" Referentie,
        Een toewijzing_nummer "ToewijzingNummer" Waarde<Nummer>,
        Een product_categorie "ProductCategorie" Waarde<ProductCategorie>,
        Een product_code "ProductCode" Waarde<ProductCode>,
        Een product_periode "ProductPeriode" GeslotenPeriode,
        Een geleverd_volume "GeleverdVolume" Waarde<Volume>,
        Een eenheid "Eenheid" Waarde<Eenheid>,
        Mag product_tarief "ProductTarief" Waarde<Bedrag>,
        Een ingediend_bedrag "IngediendBedrag" BedragMetDc,
        Retour retour_codes "RetourCodes" RetourCodes,
    }
}
