//! The product catalogue: our own codes, Twente's groups OZL and OMD, and prices of 2015.

use domain::{
    Eenheid, Frequentie, Product, ProductCode, Productcategorie, Productkeuze, product::Variant,
};

use crate::draw::whole;

/// A product of the catalogue.
pub(crate) struct Artikel {
    code: &'static str,
    categorie: u8,
    naam: &'static str,
    naam_2023: Option<&'static str>,
    pub(crate) eenheid: Eenheid,
    pub(crate) frequentie: Frequentie,
    variant: Variant,
    groep: &'static str,
    /// The price of a unit in 2015, in eurocents, before what a provider asks more or less.
    prijs_2015: f64,
    /// The least and the most that is granted, in units per frequency.
    pub(crate) volume: (i64, i64),
    /// How long a grant runs, in months, with how likely each is; none for one without an end.
    pub(crate) looptijd: &'static [(i32, f64)],
}

impl Artikel {
    pub(crate) fn code(&self) -> ProductCode {
        self.code.parse().expect("five letters or digits")
    }

    pub(crate) fn keuze(&self) -> Productkeuze {
        let categorie = Productcategorie::new(self.categorie).expect("a published category");
        Productkeuze::Specifiek { categorie, code: self.code() }
    }

    /// The row of the register: some products got another name in 2023.
    pub(crate) fn product(&self, jaar: i16) -> Product {
        let naam = self.naam_2023.filter(|_| jaar >= 2023).unwrap_or(self.naam);
        Product {
            code: self.code(),
            categorie: Productcategorie::new(self.categorie).expect("a published category"),
            naam: naam.to_owned(),
            eenheid: self.eenheid,
            variant: self.variant,
            groep: self.groep.to_owned(),
        }
    }

    pub(crate) fn is_hernoemd(&self) -> bool {
        self.naam_2023.is_some()
    }

    /// The price of a unit in a year, in eurocents, rounded to ten of them.
    pub(crate) fn prijs(&self, jaar: i16, opslag: f64) -> i64 {
        let years = usize::try_from(jaar - 2015).unwrap_or(0);
        let known = INDEX.get(years).copied();
        let last = INDEX[INDEX.len() - 1];
        let index = known.unwrap_or_else(|| {
            let more = i16::try_from(years - INDEX.len() + 1).unwrap_or(0);
            last * (1.0 + 0.03 * f64::from(more))
        });
        // Since 2018 a rule for a fair price holds for hulp bij het huishouden.
        let fair = if self.categorie == 1 && jaar >= 2018 { 1.08 } else { 1.0 };
        whole(self.prijs_2015 * index * fair * opslag / 10.0) * 10
    }
}

/// The place of transport to dagbesteding in the catalogue.
pub(crate) const VERVOER: usize = 8;

/// The place of OZL licht, which bridges a waiting list.
pub(crate) const OZL_LICHT: usize = 0;

/// Prices since 2015, as a factor on those of 2015.
const INDEX: [f64; 11] = [1.0, 1.008, 1.02, 1.04, 1.068, 1.098, 1.115, 1.14, 1.19, 1.255, 1.3];

const KORT: &[(i32, f64)] = &[(6, 0.15), (12, 0.65), (24, 0.2)];
const JAAR: &[(i32, f64)] = &[(12, 0.7), (24, 0.3)];
const LANG: &[(i32, f64)] = &[(24, 0.25), (60, 0.75)];
const OPEN: &[(i32, f64)] = &[];
const EENMALIG: &[(i32, f64)] = &[(3, 1.0)];

#[rustfmt::skip]
pub(crate) const CATALOGUS: [Artikel; 14] = [
    uren("10A37", 10, "OZL licht", Some("Zelfstandig leven 1"), "OZL", 4400.0, (1, 3), KORT),
    uren("10A38", 10, "OZL middel", Some("Zelfstandig leven 2"), "OZL", 5200.0, (2, 5), KORT),
    uren("10A39", 10, "OZL zwaar", Some("Zelfstandig leven 3"), "OZL", 6300.0, (3, 8), JAAR),
    uren("02A05", 2, "Begeleiding specialistisch", None, "Begeleiding", 7400.0, (1, 4), KORT),
    dagdelen("10A46", 10, "OMD licht", Some("Meedoen 1"), "OMD", 3300.0, (2, 6)),
    dagdelen("10A48", 10, "OMD zwaar", Some("Meedoen 2"), "OMD", 4800.0, (2, 8)),
    dagdelen("07A11", 7, "Dagbesteding ouderen", None, "Dagbesteding", 3100.0, (2, 6)),
    Artikel {
        code: "04A01", categorie: 4, naam: "Kortdurend verblijf", naam_2023: None,
        eenheid: Eenheid::Etmaal, frequentie: Frequentie::Maand,
        variant: Variant::Inspanningsgericht, groep: "Verblijf", prijs_2015: 11_800.0,
        volume: (2, 6), looptijd: JAAR,
    },
    Artikel {
        code: "08A03", categorie: 8, naam: "Vervoer naar dagbesteding", naam_2023: None,
        eenheid: Eenheid::StuksInspanning, frequentie: Frequentie::Week,
        variant: Variant::Inspanningsgericht, groep: "Vervoer", prijs_2015: 920.0,
        volume: (2, 6), looptijd: JAAR,
    },
    uren("01A01", 1, "Hulp bij het huishouden", None, "Huishouden", 2440.0, (2, 4), LANG),
    uren("01A02", 1, "Hulp bij het huishouden met regie", None, "Huishouden", 2780.0, (2, 5), LANG),
    huur("11A02", 11, "Rolstoel", 2900.0),
    huur("12A07", 12, "Scootmobiel", 4300.0),
    Artikel {
        code: "13A01", categorie: 13, naam: "Woningaanpassing", naam_2023: None,
        eenheid: Eenheid::StuksOutput, frequentie: Frequentie::Totaal,
        variant: Variant::Outputgericht, groep: "Wonen", prijs_2015: 240_000.0,
        volume: (1, 1), looptijd: EENMALIG,
    },
];

#[expect(clippy::too_many_arguments, reason = "a row of a table")]
const fn uren(
    code: &'static str,
    categorie: u8,
    naam: &'static str,
    naam_2023: Option<&'static str>,
    groep: &'static str,
    prijs_2015: f64,
    volume: (i64, i64),
    looptijd: &'static [(i32, f64)],
) -> Artikel {
    let (eenheid, frequentie) = (Eenheid::Uur, Frequentie::Week);
    let variant = Variant::Inspanningsgericht;
    Artikel {
        code,
        categorie,
        naam,
        naam_2023,
        eenheid,
        frequentie,
        variant,
        groep,
        prijs_2015,
        volume,
        looptijd,
    }
}

const fn dagdelen(
    code: &'static str,
    categorie: u8,
    naam: &'static str,
    naam_2023: Option<&'static str>,
    groep: &'static str,
    prijs_2015: f64,
    volume: (i64, i64),
) -> Artikel {
    let hours = uren(code, categorie, naam, naam_2023, groep, prijs_2015, volume, JAAR);
    Artikel { eenheid: Eenheid::Dagdeel, ..hours }
}

const fn huur(code: &'static str, categorie: u8, naam: &'static str, prijs_2015: f64) -> Artikel {
    let hours = uren(code, categorie, naam, None, "Hulpmiddelen", prijs_2015, (1, 1), OPEN);
    let (eenheid, frequentie) = (Eenheid::StuksOutput, Frequentie::Maand);
    Artikel { eenheid, frequentie, variant: Variant::Outputgericht, ..hours }
}
