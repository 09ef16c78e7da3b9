//! The classes that messages share: names, addresses, products, quantities, amounts, periods.

use crate::iwmo::bericht::{
    Waarde,
    codelijst::{
        AanduidingWoonadres, AdresSoort, Communicatievorm, DatumGebruik, DebetCredit, Eenheid,
        Frequentie, LandCode, NaamGebruik, ProductCategorie, TypeVerwijzer,
    },
    gegevenstype::{
        AgbCode, Bedrag as BedragType, Datum, Emailadres, Huisletter, Huisnummer,
        HuisnummerToevoeging, IdentificatieBericht, Landnummer, Naam, NaamVerwijzer,
        Organisatienaam, Plaatsnaam, Postcode, ProductCode, ReferentieNummer, Straatnaam, Taal,
        Telefoonnummer, TotaalBedrag, Versie, Volume, Voorletters, Voorvoegsel,
    },
    klasse::klasse,
};

klasse! {
    /// A surname and what precedes it.
    Basis "Geslachtsnaam" Achternaam {
        Een achternaam "Achternaam" Waarde<Naam>,
        Mag voorvoegsel "Voorvoegsel" Waarde<Voorvoegsel>,
    }
}

klasse! {
    /// A name as the provider gives it.
    Basis "Naam" VerkorteNaam {
        Een geslachtsnaam "Geslachtsnaam" Achternaam,
        Mag voornamen "Voornamen" Waarde<Naam>,
        Mag voorletters "Voorletters" Waarde<Voorletters>,
    }
}

klasse! {
    /// A name as the municipality gives it.
    Basis "Naam" VolledigeNaam {
        Een geslachtsnaam "Geslachtsnaam" Achternaam,
        Mag partnernaam "Partnernaam" Option<Achternaam>,
        Mag voornamen "Voornamen" Waarde<Naam>,
        Mag voorletters "Voorletters" Waarde<Voorletters>,
        Een naam_gebruik "NaamGebruik" Waarde<NaamGebruik>,
    }
}

klasse! {
    /// A day of birth, and how much of it may be used.
    Basis "Geboortedatum" Geboortedatum {
        Een datum "Datum" Waarde<Datum>,
        Mag datum_gebruik "DatumGebruik" Waarde<DatumGebruik>,
    }
}

klasse! {
    /// The number of a house and what belongs to it.
    Basis "Huis" Huis {
        Een huisnummer "Huisnummer" Waarde<Huisnummer>,
        Mag huisletter "Huisletter" Waarde<Huisletter>,
        Mag huisnummer_toevoeging "HuisnummerToevoeging" Waarde<HuisnummerToevoeging>,
        Mag aanduiding_woonadres "AanduidingWoonadres" Waarde<AanduidingWoonadres>,
    }
}

klasse! {
    /// An address.
    Basis "Adres" Adres {
        Mag huis "Huis" Option<Huis>,
        Mag postcode "Postcode" Waarde<Postcode>,
        Mag straatnaam "Straatnaam" Waarde<Straatnaam>,
        Mag plaatsnaam "Plaatsnaam" Waarde<Plaatsnaam>,
        Mag land_code "LandCode" Waarde<LandCode>,
    }
}

klasse! {
    /// One telephone number.
    Basis "Telefoon" Telefoon {
        Een telefoonnummer "Telefoonnummer" Waarde<Telefoonnummer>,
        Een landnummer "Landnummer" Waarde<Landnummer>,
    }
}

klasse! {
    /// One or two telephone numbers.
    Basis "Telefoon" Telefoonnummers {
        Een telefoon01 "Telefoon01" Telefoon,
        Mag telefoon02 "Telefoon02" Option<Telefoon>,
    }
}

klasse! {
    /// How to communicate with somebody.
    Basis "Communicatie" Communicatie {
        Een vorm "Vorm" Waarde<Communicatievorm>,
        Mag taal "Taal" Waarde<Taal>,
    }
}

klasse! {
    /// A period of which either end may be left out.
    Basis "Periode" OpenPeriode {
        Mag begindatum "Begindatum" Waarde<Datum>,
        Mag einddatum "Einddatum" Waarde<Datum>,
    }
}

klasse! {
    /// A period with both ends.
    Basis "Periode" GeslotenPeriode {
        Een begindatum "Begindatum" Waarde<Datum>,
        Een einddatum "Einddatum" Waarde<Datum>,
    }
}

klasse! {
    /// A product: a category with or without a code.
    Basis "Product" Product {
        Een categorie "Categorie" Waarde<ProductCategorie>,
        Mag code "Code" Waarde<ProductCode>,
    }
}

klasse! {
    /// A volume of a unit per some time.
    Basis "Omvang" Omvang {
        Een volume "Volume" Waarde<Volume>,
        Een eenheid "Eenheid" Waarde<Eenheid>,
        Een frequentie "Frequentie" Waarde<Frequentie>,
    }
}

klasse! {
    /// An amount that is owed or taken back.
    Basis "IngediendBedrag" BedragMetDc {
        Een bedrag "Bedrag" Waarde<BedragType>,
        Een debet_credit "DebetCredit" Waarde<DebetCredit>,
    }
}

klasse! {
    /// A total that is owed or taken back.
    Basis "TotaalBedrag" TotaalBedragMetDc {
        Een totaal_bedrag "TotaalBedrag" Waarde<TotaalBedrag>,
        Een debet_credit "DebetCredit" Waarde<DebetCredit>,
    }
}

klasse! {
    /// The provider's own number of a billed line, and of the line that it takes back.
    Basis "ProductReferentie" Referentie {
        Een referentie_nummer "ReferentieNummer" Waarde<ReferentieNummer>,
        Mag vorig_referentie_nummer "VorigReferentieNummer" Waarde<ReferentieNummer>,
    }
}

klasse! {
    /// Who referred a client.
    Basis "Verwijzer" Verwijzer {
        Een type_verwijzer "Type" Waarde<TypeVerwijzer>,
        Mag naam "Naam" Waarde<NaamVerwijzer>,
        Mag zorgverlener_code "ZorgverlenerCode" Waarde<AgbCode>,
    }
}

klasse! {
    /// The sender's own key of a message, and the day it was sent.
    Basis "BerichtIdentificatie" BerichtIdentificatie {
        Een identificatie "Identificatie" Waarde<IdentificatieBericht>,
        Een dagtekening "Dagtekening" Waarde<Datum>,
    }
}

klasse! {
    /// The versions of the schemas that a message was made with.
    Basis "XsdVersie" XsdVersie {
        Een basisschema_xsd_versie "BasisschemaXsdVersie" Waarde<Versie>,
        Een bericht_xsd_versie "BerichtXsdVersie" Waarde<Versie>,
    }
}

klasse! {
    /// How somebody can be reached. It is declared per message, with return codes in a return.
    Bericht "Contact" Contact {
        Een soort "Soort" Waarde<AdresSoort>,
        Mag adres "Adres" Option<Adres>,
        Mag organisatie "Organisatie" Waarde<Organisatienaam>,
        Mag telefoon "Telefoon" Option<Telefoonnummers>,
        Mag emailadres "Emailadres" Waarde<Emailadres>,
        Mag periode "Periode" Option<OpenPeriode>,
        Retour retour_codes "RetourCodes" super::RetourCodes,
    }
}
