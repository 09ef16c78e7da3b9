//! By what a figure can be split, and how one part of it is called.

use std::{collections::HashMap, fmt, hash::Hash, str::FromStr};

use domain::{
    AanbiederId, Cbsgroep, Leeftijdsgroep, ProductCode, Productcategorie, Register, TeamId, WijkId,
    vervolg::Bestemming,
};

use crate::{Afrondreden, Oordeelsoort, Uitkomstsoort, Vorm};

/// By what a figure can be split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Dimensie {
    /// Not at all: one total.
    #[default]
    Geen,
    /// By the team that decided or investigates.
    Team,
    /// By the wijk where the client lives.
    Wijk,
    /// By product.
    Product,
    /// By main group of Statistics Netherlands.
    Cbsgroep,
    /// By the municipality's own group of products.
    Zorgsoort,
    /// By provider.
    Aanbieder,
    /// By form of delivery.
    Leveringsvorm,
    /// By age group.
    Leeftijdsgroep,
    /// By what was decided.
    Uitkomst,
    /// By that with which the intake settled a request.
    Reden,
    /// By how the CTA-overleg judged.
    Oordeel,
    /// By where a step down led.
    Bestemming,
}

impl Dimensie {
    /// Every way to split.
    pub const ALLE: [Dimensie; 13] = [
        Dimensie::Geen,
        Dimensie::Team,
        Dimensie::Wijk,
        Dimensie::Product,
        Dimensie::Cbsgroep,
        Dimensie::Zorgsoort,
        Dimensie::Aanbieder,
        Dimensie::Leveringsvorm,
        Dimensie::Leeftijdsgroep,
        Dimensie::Uitkomst,
        Dimensie::Reden,
        Dimensie::Oordeel,
        Dimensie::Bestemming,
    ];

    /// The word on the command line and in an address.
    pub const fn naam(self) -> &'static str {
        match self {
            Dimensie::Geen => "geen",
            Dimensie::Team => "team",
            Dimensie::Wijk => "wijk",
            Dimensie::Product => "product",
            Dimensie::Cbsgroep => "cbsgroep",
            Dimensie::Zorgsoort => "zorgsoort",
            Dimensie::Aanbieder => "aanbieder",
            Dimensie::Leveringsvorm => "leveringsvorm",
            Dimensie::Leeftijdsgroep => "leeftijdsgroep",
            Dimensie::Uitkomst => "uitkomst",
            Dimensie::Reden => "reden",
            Dimensie::Oordeel => "oordeel",
            Dimensie::Bestemming => "bestemming",
        }
    }

    /// The words above a column.
    pub const fn titel(self) -> &'static str {
        match self {
            Dimensie::Geen => "Totaal",
            Dimensie::Team => "Team",
            Dimensie::Wijk => "Wijk",
            Dimensie::Product => "Product",
            Dimensie::Cbsgroep => "CBS-groep",
            Dimensie::Zorgsoort => "Zorgsoort",
            Dimensie::Aanbieder => "Aanbieder",
            Dimensie::Leveringsvorm => "Leveringsvorm",
            Dimensie::Leeftijdsgroep => "Leeftijdsgroep",
            Dimensie::Uitkomst => "Uitkomst",
            Dimensie::Reden => "Reden",
            Dimensie::Oordeel => "Oordeel",
            Dimensie::Bestemming => "Bestemming",
        }
    }

    /// Whether every cell is shown, also when nothing is in it.
    pub(crate) const fn gesloten(self) -> bool {
        !matches!(self, Dimensie::Product | Dimensie::Zorgsoort | Dimensie::Aanbieder)
    }
}

impl fmt::Display for Dimensie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.naam())
    }
}

impl FromStr for Dimensie {
    type Err = String;

    fn from_str(text: &str) -> Result<Dimensie, String> {
        Dimensie::ALLE.into_iter().find(|it| it.naam() == text).ok_or_else(|| {
            let known: Vec<&str> = Dimensie::ALLE.iter().map(|it| it.naam()).collect();
            format!("onbekende uitsplitsing '{text}'; kies uit {}", known.join(", "))
        })
    }
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sleutel {
    /// Everything.
    Totaal,
    /// One team.
    Team(TeamId),
    /// One wijk.
    Wijk(WijkId),
    /// One product.
    Product(ProductCode),
    /// A category of which no product was fixed.
    Categorie(Productcategorie),
    /// One main group of Statistics Netherlands.
    Cbsgroep(Cbsgroep),
    /// One of the municipality's own groups of products.
    Zorgsoort(String),
    /// One provider.
    Aanbieder(AanbiederId),
    /// One form of delivery.
    Leveringsvorm(Vorm),
    /// One age group.
    Leeftijdsgroep(Leeftijdsgroep),
    /// One outcome.
    Uitkomst(Uitkomstsoort),
    /// One reason to settle a request.
    Reden(Afrondreden),
    /// One judgement.
    Oordeel(Oordeelsoort),
    /// One destination of a step down.
    Bestemming(Bestemming),
    /// Not known.
    Onbekend,
}

impl Sleutel {
    /// The key in files and addresses.
    pub fn tekst(&self) -> String {
        match self {
            Sleutel::Totaal => "totaal".into(),
            Sleutel::Team(it) => it.0.to_string(),
            Sleutel::Wijk(it) => it.0.to_string(),
            Sleutel::Product(it) => it.to_string(),
            Sleutel::Categorie(it) => it.to_string(),
            Sleutel::Cbsgroep(it) => slug(it.naam()),
            Sleutel::Zorgsoort(it) => it.clone(),
            Sleutel::Aanbieder(it) => it.0.to_string(),
            Sleutel::Leveringsvorm(it) => it.naam().to_lowercase(),
            Sleutel::Leeftijdsgroep(it) => slug(it.naam()),
            Sleutel::Uitkomst(it) => slug(it.naam()),
            Sleutel::Reden(it) => slug(it.naam()),
            Sleutel::Oordeel(it) => slug(it.naam()),
            Sleutel::Bestemming(it) => slug(it.naam()),
            Sleutel::Onbekend => "onbekend".into(),
        }
    }

    /// The words in a table.
    pub fn naam(&self, register: &Register) -> String {
        let or = |naam: Option<&String>, wat: &str, id: String| {
            naam.cloned().unwrap_or_else(|| format!("{wat} {id}"))
        };
        match self {
            Sleutel::Totaal => "Totaal".into(),
            Sleutel::Team(id) => {
                or(register.teams.get(id).map(|it| &it.naam), "Team", id.0.to_string())
            }
            Sleutel::Wijk(id) => {
                or(register.wijken.get(id).map(|it| &it.naam), "Wijk", id.0.to_string())
            }
            Sleutel::Product(code) => {
                or(register.producten.get(code).map(|it| &it.naam), "Product", code.to_string())
            }
            Sleutel::Categorie(it) => format!("{} (geen product vastgelegd)", it.naam()),
            Sleutel::Cbsgroep(it) => it.naam().into(),
            Sleutel::Zorgsoort(it) => it.clone(),
            Sleutel::Aanbieder(id) => {
                or(register.aanbieders.get(id).map(|it| &it.naam), "Aanbieder", id.0.to_string())
            }
            Sleutel::Leveringsvorm(it) => it.naam().into(),
            Sleutel::Leeftijdsgroep(it) => it.naam().into(),
            Sleutel::Uitkomst(it) => it.naam().into(),
            Sleutel::Reden(it) => it.naam().into(),
            Sleutel::Oordeel(it) => it.naam().into(),
            Sleutel::Bestemming(it) => it.naam().into(),
            Sleutel::Onbekend => "Onbekend".into(),
        }
    }
}

/// One part of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cel {
    /// By what the figure is split.
    pub dimensie: Dimensie,
    /// The key in files and addresses.
    pub sleutel: String,
    /// The words in a table.
    pub naam: String,
}

/// What is known of a row, as small codes; 0 stands for unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Kenmerken {
    pub(crate) team: u16,
    pub(crate) wijk: u16,
    pub(crate) product: u16,
    pub(crate) zorgsoort: u16,
    pub(crate) aanbieder: u16,
    pub(crate) categorie: u8,
    pub(crate) vorm: u8,
    pub(crate) leeftijdsgroep: u8,
    pub(crate) uitkomst: u8,
    /// The reason, judgement or destination, whichever the row is about.
    pub(crate) soort: u8,
}

impl Kenmerken {
    /// The code of the cell in which the row lies.
    #[inline]
    pub(crate) fn code(&self, per: Dimensie) -> u16 {
        match per {
            Dimensie::Geen => 0,
            Dimensie::Team => self.team,
            Dimensie::Wijk => self.wijk,
            Dimensie::Product => self.product,
            Dimensie::Cbsgroep => u16::from(cbsgroep_code(self.categorie)),
            Dimensie::Zorgsoort => self.zorgsoort,
            Dimensie::Aanbieder => self.aanbieder,
            Dimensie::Leveringsvorm => u16::from(self.vorm),
            Dimensie::Leeftijdsgroep => u16::from(self.leeftijdsgroep),
            Dimensie::Uitkomst => u16::from(self.uitkomst),
            Dimensie::Reden | Dimensie::Oordeel | Dimensie::Bestemming => u16::from(self.soort),
        }
    }
}

/// The code of a value of a short list: its place from 1.
pub(crate) fn place<T: PartialEq>(list: &[T], value: &T) -> u8 {
    let at = list.iter().position(|it| it == value).map_or(0, |it| it + 1);
    u8::try_from(at).unwrap_or(0)
}

/// The code of the main group of a category; both 0 when unknown.
#[inline]
pub(crate) fn cbsgroep_code(categorie: u8) -> u8 {
    Productcategorie::new(categorie).map_or(0, |it| match it.cbsgroep() {
        Cbsgroep::OndersteuningThuis => 1,
        Cbsgroep::HulpBijHetHuishouden => 2,
        Cbsgroep::VerblijfEnOpvang => 3,
        Cbsgroep::HulpmiddelenEnDiensten => 4,
    })
}

/// Numbers values from 1 in the order in which they come.
#[derive(Debug, Clone)]
pub(crate) struct Woordenboek<T> {
    codes: HashMap<T, u16>,
    waarden: Vec<T>,
}

impl<T> Default for Woordenboek<T> {
    fn default() -> Self {
        Woordenboek { codes: HashMap::new(), waarden: Vec::new() }
    }
}

impl<T: Eq + Hash + Clone> Woordenboek<T> {
    /// The code of a value, new or known; 0 (unknown) beyond the 65,000 that fit.
    pub(crate) fn leer(&mut self, waarde: &T) -> u16 {
        if let Some(code) = self.codes.get(waarde) {
            return *code;
        }
        let Some(code) = u16::try_from(self.waarden.len() + 1).ok().filter(|it| *it < 65_000)
        else {
            return 0;
        };
        self.codes.insert(waarde.clone(), code);
        self.waarden.push(waarde.clone());
        code
    }

    /// The code of a value, if it ever came by.
    pub(crate) fn code(&self, waarde: &T) -> Option<u16> {
        self.codes.get(waarde).copied()
    }

    /// The value with this code; `None` for 0.
    pub(crate) fn waarde(&self, code: u16) -> Option<&T> {
        self.waarden.get(usize::from(code).checked_sub(1)?)
    }

    /// How many codes there are, with the 0 for unknown.
    pub(crate) fn codes(&self) -> usize {
        self.waarden.len() + 1
    }
}

pub(crate) fn slug(naam: &str) -> String {
    naam.to_lowercase().replace(' ', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_a_main_group_is_its_place_in_the_list() {
        for categorie in Productcategorie::alle() {
            let place = place(&Cbsgroep::ALLE, &categorie.cbsgroep());
            assert_eq!(cbsgroep_code(categorie.nummer()), place, "{categorie}");
        }
    }
}
