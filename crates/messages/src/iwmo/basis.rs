//! The types that messages share: names, addresses, products, quantities, amounts, periods.

use domain::{Bedrag, Eenheid, Frequentie, Omvang, Periode, Productcategorie, Productkeuze};

use crate::iwmo::{
    boom::Element,
    vorm::{Veld, Waarde, datum, getal},
};

/// Units. List WJ756.
pub(crate) const EENHEID: Waarde = Waarde::Code(&["01", "04", "14", "16", "82", "83", "84"]);
/// Product categories. List WMO020.
pub(crate) const CATEGORIE: Waarde = Waarde::Code(&[
    "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "16",
    "17", "18",
]);
/// The number of an allocation.
pub(crate) const NUMMER: Waarde = Waarde::Getal(999_999_999);
/// A volume.
pub(crate) const VOLUME: Waarde = Waarde::Getal(99_999_999);
/// An amount of one line, in eurocents.
pub(crate) const BEDRAG: Waarde = Waarde::Getal(99_999_999);
/// Whether a report is new, changed, removed or unchanged. List COD467.
pub(crate) const STATUS_AANLEVERING: Waarde = Waarde::Code(&["1", "2", "3", "9"]);

/// A product: a category with or without a code.
pub(crate) const PRODUCT: &[Veld] = &[
    Veld::een("Categorie", CATEGORIE).basis(),
    Veld::een("Code", Waarde::Productcode).basis().mag(),
];
/// A volume of a unit per some time.
pub(crate) const OMVANG: &[Veld] = &[
    Veld::een("Volume", VOLUME).basis(),
    Veld::een("Eenheid", EENHEID).basis(),
    Veld::een("Frequentie", Waarde::Code(&["1", "2", "4", "6"])).basis(),
];
/// A period with both ends.
pub(crate) const GESLOTEN_PERIODE: &[Veld] = &[
    Veld::een("Begindatum", Waarde::Datum).basis(),
    Veld::een("Einddatum", Waarde::Datum).basis(),
];
/// A period of which either end may be left out.
pub(crate) const OPEN_PERIODE: &[Veld] = &[
    Veld::een("Begindatum", Waarde::Datum).basis().mag(),
    Veld::een("Einddatum", Waarde::Datum).basis().mag(),
];
/// An amount that is owed or taken back.
pub(crate) const BEDRAG_MET_DC: &[Veld] = &[
    Veld::een("Bedrag", BEDRAG).basis(),
    Veld::een("DebetCredit", Waarde::Code(&["C", "D"])).basis(),
];
/// A total that is owed or taken back.
pub(crate) const TOTAAL_MET_DC: &[Veld] = &[
    Veld::een("TotaalBedrag", Waarde::Getal(999_999_999_999)).basis(),
    Veld::een("DebetCredit", Waarde::Code(&["C", "D"])).basis(),
];
/// A day of birth with how much of it is known.
pub(crate) const GEBOORTEDATUM: &[Veld] = &[
    Veld::een("Datum", Waarde::Datum).basis(),
    Veld::een("DatumGebruik", Waarde::Code(&["1", "2", "3"])).basis().mag(),
];
const ACHTERNAAM: &[Veld] = &[
    Veld::een("Achternaam", Waarde::Tekst(200)).basis(),
    Veld::een("Voorvoegsel", Waarde::Tekst(10)).basis().mag(),
];
/// A name as the municipality gives it.
pub(crate) const VOLLEDIGE_NAAM: &[Veld] = &[
    Veld::groep("Geslachtsnaam", ACHTERNAAM).basis(),
    Veld::groep("Partnernaam", ACHTERNAAM).basis().mag(),
    Veld::een("Voornamen", Waarde::Tekst(200)).basis().mag(),
    Veld::een("Voorletters", Waarde::Letters(6)).basis().mag(),
    Veld::een("NaamGebruik", Waarde::Code(&["1", "2", "3", "4", "5", "6"])).basis(),
];
/// A name as the provider gives it.
pub(crate) const VERKORTE_NAAM: &[Veld] = &[
    Veld::groep("Geslachtsnaam", ACHTERNAAM).basis(),
    Veld::een("Voornamen", Waarde::Tekst(200)).basis().mag(),
    Veld::een("Voorletters", Waarde::Letters(6)).basis().mag(),
];
const HUIS: &[Veld] = &[
    Veld::een("Huisnummer", Waarde::Getal(99_999)).basis(),
    Veld::een("Huisletter", Waarde::Tekst(1)).basis().mag(),
    Veld::een("HuisnummerToevoeging", Waarde::Tekst(4)).basis().mag(),
    Veld::een("AanduidingWoonadres", Waarde::Code(&["AB", "BY", "TO", "WW"])).basis().mag(),
];
const ADRES: &[Veld] = &[
    Veld::groep("Huis", HUIS).basis().mag(),
    Veld::een("Postcode", Waarde::Tekst(8)).basis().mag(),
    Veld::een("Straatnaam", Waarde::Tekst(24)).basis().mag(),
    Veld::een("Plaatsnaam", Waarde::Tekst(80)).basis().mag(),
    Veld::een("LandCode", Waarde::Letters(2)).basis().mag(),
];
const TELEFOON: &[Veld] = &[
    Veld::een("Telefoonnummer", Waarde::LettersCijfers(15)).basis(),
    Veld::een("Landnummer", Waarde::Tekst(4)).basis(),
];
const TELEFOONS: &[Veld] = &[
    Veld::groep("Telefoon01", TELEFOON).basis(),
    Veld::groep("Telefoon02", TELEFOON).basis().mag(),
];
/// How somebody can be reached.
pub(crate) const CONTACT: &[Veld] = &[
    Veld::een("Soort", Waarde::Code(&["01", "02", "03", "04"])),
    Veld::groep("Adres", ADRES).mag(),
    Veld::een("Organisatie", Waarde::Tekst(35)).mag(),
    Veld::groep("Telefoon", TELEFOONS).mag(),
    Veld::een("Emailadres", Waarde::Tekst(80)).mag(),
    Veld::groep("Periode", OPEN_PERIODE).mag(),
];

/// Reads a product.
pub(crate) fn product(element: &Element<'_>) -> Option<Productkeuze> {
    let categorie: Productcategorie = element.verplicht("Categorie", |it| it.parse().ok())?;
    Some(match element.mogelijk("Code", |it| it.parse().ok())? {
        Some(code) => Productkeuze::Specifiek { categorie, code },
        None => Productkeuze::Aspecifiek { categorie },
    })
}

/// Reads a quantity.
pub(crate) fn omvang(element: &Element<'_>) -> Option<Omvang> {
    Some(Omvang {
        volume: element.verplicht("Volume", volume)?,
        eenheid: element.verplicht("Eenheid", Eenheid::from_code)?,
        frequentie: element.verplicht("Frequentie", Frequentie::from_code)?,
    })
}

/// Reads an amount; a credit is negative.
pub(crate) fn bedrag_met_dc(element: &Element<'_>, naam: &str) -> Option<Bedrag> {
    let amount = element.verplicht(naam, bedrag)?;
    let credit = element.verplicht("DebetCredit", |it| Some(it == "C"))?;
    Some(if credit { -amount } else { amount })
}

/// Reads a period with both ends; `None` too when the end lies before the start.
pub(crate) fn periode(element: &Element<'_>) -> Option<Periode> {
    let begin = element.verplicht("Begindatum", datum)?;
    Periode::new(begin, Some(element.verplicht("Einddatum", datum)?))
}

/// Reads a volume.
pub(crate) fn volume(text: &str) -> Option<u32> {
    getal(text).and_then(|it| u32::try_from(it).ok())
}

/// Reads an amount in eurocents.
pub(crate) fn bedrag(text: &str) -> Option<Bedrag> {
    getal(text).and_then(|it| i64::try_from(it).ok()).map(Bedrag)
}
