//! Of what a figure is asked.

use domain::{
    AanbiederId, Cbsgroep, Leeftijdsgroep, Leveringsvorm, ProductCode, Productcategorie, Register,
    TeamId, WijkId, besluit::Uitkomst,
};

use crate::{
    Dimensie, Feiten, Sleutel,
    cel::{Kenmerken, cbsgroep_code, place},
};

/// Of what a figure is asked; everything that is `None` does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only of this team.
    pub team: Option<TeamId>,
    /// Only of this wijk.
    pub wijk: Option<WijkId>,
    /// Only of this product.
    pub product: Option<ProductCode>,
    /// Only of this category.
    pub categorie: Option<Productcategorie>,
    /// Of everything but this category.
    pub zonder_categorie: Option<Productcategorie>,
    /// Only of this main group of Statistics Netherlands.
    pub cbsgroep: Option<Cbsgroep>,
    /// Only of this group of the municipality's own.
    pub zorgsoort: Option<String>,
    /// Only of this provider.
    pub aanbieder: Option<AanbiederId>,
    /// Only in this form.
    pub vorm: Option<Vorm>,
    /// Only of this age.
    pub leeftijdsgroep: Option<Leeftijdsgroep>,
    /// Only with this outcome.
    pub uitkomst: Option<Uitkomstsoort>,
}

/// The form of delivery, without its details.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Vorm {
    /// In kind.
    Zin,
    /// A personal budget.
    Pgb,
}

impl Vorm {
    /// Both forms.
    pub const ALLE: [Vorm; 2] = [Vorm::Zin, Vorm::Pgb];

    /// The word in a table.
    pub const fn naam(self) -> &'static str {
        match self {
            Vorm::Zin => "ZIN",
            Vorm::Pgb => "Pgb",
        }
    }
}

impl From<Leveringsvorm> for Vorm {
    fn from(vorm: Leveringsvorm) -> Vorm {
        match vorm {
            Leveringsvorm::Zin { .. } => Vorm::Zin,
            Leveringsvorm::Pgb { .. } => Vorm::Pgb,
        }
    }
}

/// The outcome of a decision, without its ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Uitkomstsoort {
    /// Granted as asked.
    Toegekend,
    /// Granted in part.
    GedeeltelijkToegekend,
    /// Refused.
    Afgewezen,
    /// Not dealt with.
    BuitenBehandeling,
    /// Withdrawn by the client.
    Ingetrokken,
}

impl Uitkomstsoort {
    /// Every outcome.
    pub const ALLE: [Uitkomstsoort; 5] = [
        Uitkomstsoort::Toegekend,
        Uitkomstsoort::GedeeltelijkToegekend,
        Uitkomstsoort::Afgewezen,
        Uitkomstsoort::BuitenBehandeling,
        Uitkomstsoort::Ingetrokken,
    ];

    /// The words in a table.
    pub const fn naam(self) -> &'static str {
        match self {
            Uitkomstsoort::Toegekend => "toegekend",
            Uitkomstsoort::GedeeltelijkToegekend => "gedeeltelijk toegekend",
            Uitkomstsoort::Afgewezen => "afgewezen",
            Uitkomstsoort::BuitenBehandeling => "buiten behandeling gesteld",
            Uitkomstsoort::Ingetrokken => "ingetrokken door de cliënt",
        }
    }
}

impl From<Uitkomst> for Uitkomstsoort {
    fn from(uitkomst: Uitkomst) -> Uitkomstsoort {
        match uitkomst {
            Uitkomst::Toegekend => Uitkomstsoort::Toegekend,
            Uitkomst::GedeeltelijkToegekend => Uitkomstsoort::GedeeltelijkToegekend,
            Uitkomst::Afgewezen(_) => Uitkomstsoort::Afgewezen,
            Uitkomst::BuitenBehandeling => Uitkomstsoort::BuitenBehandeling,
            Uitkomst::Ingetrokken => Uitkomstsoort::Ingetrokken,
        }
    }
}

impl Filter {
    /// By what it chooses.
    pub fn dimensies(&self) -> Vec<Dimensie> {
        let product = self.product.is_some();
        let groep = self.cbsgroep.is_some();
        let categorie = self.categorie.is_some() || self.zonder_categorie.is_some();
        [
            (self.team.is_some(), Dimensie::Team),
            (self.wijk.is_some(), Dimensie::Wijk),
            (product || categorie, Dimensie::Product),
            (groep, Dimensie::Cbsgroep),
            (self.zorgsoort.is_some(), Dimensie::Zorgsoort),
            (self.aanbieder.is_some(), Dimensie::Aanbieder),
            (self.vorm.is_some(), Dimensie::Leveringsvorm),
            (self.leeftijdsgroep.is_some(), Dimensie::Leeftijdsgroep),
            (self.uitkomst.is_some(), Dimensie::Uitkomst),
        ]
        .into_iter()
        .filter_map(|(chosen, dimensie)| chosen.then_some(dimensie))
        .collect()
    }

    /// The products it chooses, in words; all of them when it does not choose.
    pub fn producten(&self, register: &Register) -> String {
        let mut words = Vec::new();
        words.extend(self.cbsgroep.map(|it| it.naam().to_owned()));
        words.extend(self.zorgsoort.clone());
        words.extend(self.categorie.map(|it| it.naam().to_owned()));
        words.extend(self.product.map(|it| Sleutel::Product(it).naam(register)));
        words
            .extend(self.zonder_categorie.map(|it| format!("zonder {}", it.naam().to_lowercase())));
        if words.is_empty() { "alle producten".into() } else { words.join(", ") }
    }

    /// What else it chooses, in words.
    pub fn overig(&self, register: &Register) -> Vec<String> {
        let mut words = Vec::new();
        words.extend(self.team.map(|it| Sleutel::Team(it).naam(register)));
        words.extend(self.wijk.map(|it| Sleutel::Wijk(it).naam(register)));
        words.extend(self.aanbieder.map(|it| Sleutel::Aanbieder(it).naam(register)));
        words.extend(self.vorm.map(|it| it.naam().to_owned()));
        words.extend(self.leeftijdsgroep.map(|it| it.naam().to_owned()));
        words.extend(self.uitkomst.map(|it| it.naam().to_owned()));
        words
    }
}

/// A filter in codes. A value that never came by has a code that no row has.
#[derive(Debug, Clone, Default)]
pub(crate) struct Zeef {
    team: Option<u16>,
    wijk: Option<u16>,
    product: Option<u16>,
    zorgsoort: Option<u16>,
    aanbieder: Option<u16>,
    categorie: Option<u8>,
    zonder_categorie: Option<u8>,
    cbsgroep: Option<u8>,
    vorm: Option<u8>,
    leeftijdsgroep: Option<u8>,
    uitkomst: Option<u8>,
}

const NERGENS: u16 = u16::MAX;

impl Zeef {
    pub(crate) fn new(filter: &Filter, feiten: &Feiten) -> Zeef {
        let codes = &feiten.codes;
        let product = filter.product.map(Sleutel::Product);
        Zeef {
            team: filter.team.map(|it| codes.teams.code(&it).unwrap_or(NERGENS)),
            wijk: filter.wijk.map(|it| codes.wijken.code(&it).unwrap_or(NERGENS)),
            product: product.map(|it| codes.producten.code(&it).unwrap_or(NERGENS)),
            zorgsoort: filter
                .zorgsoort
                .as_ref()
                .map(|it| codes.zorgsoorten.code(it).unwrap_or(NERGENS)),
            aanbieder: filter.aanbieder.map(|it| codes.aanbieders.code(&it).unwrap_or(NERGENS)),
            categorie: filter.categorie.map(|it| it.nummer()),
            zonder_categorie: filter.zonder_categorie.map(|it| it.nummer()),
            cbsgroep: filter.cbsgroep.map(|it| place(&Cbsgroep::ALLE, &it)),
            vorm: filter.vorm.map(|it| place(&Vorm::ALLE, &it)),
            leeftijdsgroep: filter.leeftijdsgroep.map(|it| place(&Leeftijdsgroep::ALLE, &it)),
            uitkomst: filter.uitkomst.map(|it| place(&Uitkomstsoort::ALLE, &it)),
        }
    }

    /// Whether the row is asked for.
    #[inline]
    pub(crate) fn laat_door(&self, it: &Kenmerken) -> bool {
        fn same<T: PartialEq>(asked: Option<T>, has: T) -> bool {
            asked.is_none_or(|it| it == has)
        }
        same(self.team, it.team)
            && same(self.wijk, it.wijk)
            && same(self.product, it.product)
            && same(self.zorgsoort, it.zorgsoort)
            && same(self.aanbieder, it.aanbieder)
            && same(self.categorie, it.categorie)
            && self.zonder_categorie.is_none_or(|without| without != it.categorie)
            && self.cbsgroep.is_none_or(|groep| groep == cbsgroep_code(it.categorie))
            && same(self.vorm, it.vorm)
            && same(self.leeftijdsgroep, it.leeftijdsgroep)
            && same(self.uitkomst, it.uitkomst)
    }

    /// Whether a cell of this dimension can hold anything.
    pub(crate) fn kan(&self, per: Dimensie, code: u16) -> bool {
        let asked = match per {
            Dimensie::Geen => None,
            Dimensie::Team => self.team,
            Dimensie::Wijk => self.wijk,
            Dimensie::Product => self.product,
            Dimensie::Zorgsoort => self.zorgsoort,
            Dimensie::Aanbieder => self.aanbieder,
            Dimensie::Cbsgroep => {
                self.cbsgroep.or(self.categorie.map(cbsgroep_code)).map(u16::from)
            }
            Dimensie::Leveringsvorm => self.vorm.map(u16::from),
            Dimensie::Leeftijdsgroep => self.leeftijdsgroep.map(u16::from),
            Dimensie::Uitkomst => self.uitkomst.map(u16::from),
            Dimensie::Reden | Dimensie::Oordeel | Dimensie::Bestemming => None,
        };
        asked.is_none_or(|it| it == code)
    }
}
