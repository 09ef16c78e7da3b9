//! What is granted and ordered: products, their categories and how they are paid.

use std::{fmt, str::FromStr};

use crate::Eenheid;

/// A product of the municipality's catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its code, as agreed between municipality and providers.
    pub code: ProductCode,
    /// Its category.
    pub categorie: Productcategorie,
    /// Its name.
    pub naam: String,
    /// The unit in which it is ordered and paid.
    pub eenheid: Eenheid,
    /// How it is paid.
    pub variant: Variant,
    /// The municipality's own group, such as `OMD` or `OZL`.
    pub groep: String,
}

/// A product code: five characters, only valid with its category. iWmo IV075.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProductCode([u8; 5]);

impl ProductCode {
    /// The five characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only ASCII is ever stored")
    }
}

impl FromStr for ProductCode {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match <[u8; 5]>::try_from(text.as_bytes()) {
            Ok(code) if code.iter().all(u8::is_ascii_alphanumeric) => Ok(ProductCode(code)),
            _ => Err("een productcode heeft precies vijf letters of cijfers, zoals 02A03"),
        }
    }
}

impl fmt::Display for ProductCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How much of the product is fixed: a code, a category, or nothing. iWmo 3.2, allocation forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Productkeuze {
    /// Category and code.
    Specifiek {
        /// The category.
        categorie: Productcategorie,
        /// The code.
        code: ProductCode,
    },
    /// A category; the provider chooses within it.
    Aspecifiek {
        /// The category.
        categorie: Productcategorie,
    },
    /// A budget; the provider chooses.
    Generiek,
}

impl Productkeuze {
    /// The category, if one is fixed.
    pub const fn categorie(&self) -> Option<Productcategorie> {
        match self {
            Productkeuze::Specifiek { categorie, .. } | Productkeuze::Aspecifiek { categorie } => {
                Some(*categorie)
            }
            Productkeuze::Generiek => None,
        }
    }

    /// The code, if one is fixed.
    pub const fn code(&self) -> Option<ProductCode> {
        match self {
            Productkeuze::Specifiek { code, .. } => Some(*code),
            Productkeuze::Aspecifiek { .. } | Productkeuze::Generiek => None,
        }
    }
}

/// How a product is paid; a property of the contract. iWmo OP261.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variant {
    /// Effort: a tariff per unit of time.
    Inspanningsgericht,
    /// Output: a tariff per result or an amount per period.
    Outputgericht,
    /// Task: a lump sum for a population.
    Taakgericht,
}

impl Variant {
    /// Every variant.
    pub const ALLE: [Variant; 3] =
        [Variant::Inspanningsgericht, Variant::Outputgericht, Variant::Taakgericht];

    /// The word a civil servant uses.
    pub const fn naam(self) -> &'static str {
        match self {
            Variant::Inspanningsgericht => "inspanningsgericht",
            Variant::Outputgericht => "outputgericht",
            Variant::Taakgericht => "taakgericht",
        }
    }
}

/// A product category `01`-`18`. iWmo list WMO020.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Productcategorie(u8);

impl Productcategorie {
    /// Hulp bij het huishouden.
    pub const HUISHOUDEN: Productcategorie = Productcategorie(1);
    /// Begeleiding.
    pub const BEGELEIDING: Productcategorie = Productcategorie(2);
    /// Dagbesteding.
    pub const DAGBESTEDING: Productcategorie = Productcategorie(7);
    /// Overige maatwerkarrangementen, where Twente keeps OZL and OMD.
    pub const OVERIG: Productcategorie = Productcategorie(10);

    /// The category with this number; `None` outside 1-18.
    pub const fn new(number: u8) -> Option<Productcategorie> {
        if number >= 1 && number <= 18 { Some(Productcategorie(number)) } else { None }
    }

    /// Every category.
    pub fn alle() -> impl Iterator<Item = Productcategorie> {
        (1..=18).map(Productcategorie)
    }

    /// The number, 1-18.
    pub const fn nummer(self) -> u8 {
        self.0
    }

    /// The published name.
    pub const fn naam(self) -> &'static str {
        match self.0 {
            1 => "Hulp bij het huishouden",
            2 => "Begeleiding",
            3 => "Persoonlijke verzorging",
            4 => "Kortdurend verblijf",
            5 => "Woondiensten",
            6 => "Overige ondersteuning individu of gezin",
            7 => "Dagbesteding",
            8 => "Vervoerdiensten",
            9 => "Overige groepsgerichte ondersteuning",
            10 => "Overige maatwerkarrangementen",
            11 => "Rolstoelen",
            12 => "Vervoervoorzieningen",
            13 => "Woonvoorzieningen",
            14 => "Overige hulpmiddelen",
            15 => "Beschermd wonen",
            16 => "Opvang",
            17 => "Spoedopvang",
            _ => "Overig beschermd wonen en opvang",
        }
    }

    /// The group in which Statistics Netherlands publishes it.
    pub const fn cbsgroep(self) -> Cbsgroep {
        match self.0 {
            1 => Cbsgroep::HulpBijHetHuishouden,
            2 | 3 | 4 | 6 | 7 | 9 | 10 => Cbsgroep::OndersteuningThuis,
            15..=18 => Cbsgroep::VerblijfEnOpvang,
            _ => Cbsgroep::HulpmiddelenEnDiensten,
        }
    }
}

/// The published two digits.
impl fmt::Display for Productcategorie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.0)
    }
}

impl FromStr for Productcategorie {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "een productcategorie is 01 tot en met 18";
        if text.len() != 2 || !text.bytes().all(|it| it.is_ascii_digit()) {
            return Err(EXPECTED);
        }
        text.parse().ok().and_then(Productcategorie::new).ok_or(EXPECTED)
    }
}

/// The main groups of the Gemeentelijke Monitor Sociaal Domein of Statistics Netherlands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cbsgroep {
    /// Categories 02, 03, 04, 06, 07, 09 and 10: the outcome of the CPB study.
    OndersteuningThuis,
    /// Category 01.
    HulpBijHetHuishouden,
    /// Categories 15-18.
    VerblijfEnOpvang,
    /// Categories 05, 08 and 11-14.
    HulpmiddelenEnDiensten,
}

impl Cbsgroep {
    /// Every group, in the order of publication.
    pub const ALLE: [Cbsgroep; 4] = [
        Cbsgroep::OndersteuningThuis,
        Cbsgroep::HulpBijHetHuishouden,
        Cbsgroep::VerblijfEnOpvang,
        Cbsgroep::HulpmiddelenEnDiensten,
    ];

    /// The published name.
    pub const fn naam(self) -> &'static str {
        match self {
            Cbsgroep::OndersteuningThuis => "Ondersteuning thuis",
            Cbsgroep::HulpBijHetHuishouden => "Hulp bij het huishouden",
            Cbsgroep::VerblijfEnOpvang => "Verblijf en opvang",
            Cbsgroep::HulpmiddelenEnDiensten => "Hulpmiddelen en diensten",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn category_ten_is_ondersteuning_thuis() {
        let groep = |it: &str| it.parse::<Productcategorie>().unwrap().cbsgroep();
        assert_eq!(groep("10"), Cbsgroep::OndersteuningThuis);
        assert_eq!(groep("01"), Cbsgroep::HulpBijHetHuishouden);
        assert_eq!(groep("05"), Cbsgroep::HulpmiddelenEnDiensten);
        assert_eq!(groep("18"), Cbsgroep::VerblijfEnOpvang);
        for wrong in ["00", "19", "1", "+1", "x1"] {
            assert!(wrong.parse::<Productcategorie>().is_err(), "{wrong}");
        }
    }
}
