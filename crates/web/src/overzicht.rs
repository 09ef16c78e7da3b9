//! A page of lists as data: heading, actions and sections with a table or a form.

use askama::Template;
use jiff::civil::Date;

use crate::{
    datum,
    formulier::{Formulier, Soort},
    kader::Kader,
};

/// A page of lists.
#[derive(Template)]
#[template(path = "overzicht.html")]
pub(crate) struct Overzicht {
    pub(crate) kader: Kader,
    pub(crate) kop: String,
    pub(crate) lead: String,
    pub(crate) gedaan: Option<String>,
    pub(crate) kruimels: Vec<Verwijzing>,
    pub(crate) acties: Vec<Verwijzing>,
    pub(crate) dag: Option<Dagkeuze>,
    pub(crate) secties: Vec<Sectie>,
}

/// A form to see the same page as it was on another day.
pub(crate) struct Dagkeuze {
    pub(crate) pad: String,
    pub(crate) dag: String,
}

impl Dagkeuze {
    pub(crate) fn new(pad: impl Into<String>, op: Date) -> Dagkeuze {
        Dagkeuze { pad: pad.into(), dag: datum::kort(op) }
    }
}

impl Overzicht {
    pub(crate) fn new(kader: Kader, lead: &str) -> Overzicht {
        Overzicht {
            kop: kader.titel.clone(),
            kader,
            lead: lead.to_owned(),
            gedaan: None,
            kruimels: Vec::new(),
            acties: Vec::new(),
            dag: None,
            secties: Vec::new(),
        }
    }
}

/// A link.
pub(crate) struct Verwijzing {
    pub(crate) naam: String,
    pub(crate) pad: String,
}

impl Verwijzing {
    pub(crate) fn new(naam: impl Into<String>, pad: impl Into<String>) -> Verwijzing {
        Verwijzing { naam: naam.into(), pad: pad.into() }
    }
}

/// A part of the page.
pub(crate) struct Sectie {
    /// By which another page can link to it.
    pub(crate) anker: String,
    pub(crate) kop: String,
    pub(crate) lead: String,
    pub(crate) lijst: Lijst,
    pub(crate) leeg: &'static str,
    pub(crate) formulier: Option<Formulier>,
    pub(crate) acties: Vec<Verwijzing>,
}

impl Sectie {
    pub(crate) fn new(kop: impl Into<String>, lijst: Lijst) -> Sectie {
        Sectie {
            anker: String::new(),
            kop: kop.into(),
            lead: String::new(),
            lijst,
            leeg: "Hier staat nog niets. Dat is geen fout.",
            formulier: None,
            acties: Vec::new(),
        }
    }

    pub(crate) fn anker(mut self, anker: String) -> Sectie {
        self.anker = anker;
        self
    }

    pub(crate) fn lead(mut self, lead: impl Into<String>) -> Sectie {
        self.lead = lead.into();
        self
    }

    pub(crate) fn actie(mut self, mag: bool, naam: &str, pad: impl Into<String>) -> Sectie {
        if mag {
            self.acties.push(Verwijzing::new(naam, pad));
        }
        self
    }
}

/// A table.
#[derive(Default)]
pub(crate) struct Lijst {
    pub(crate) kolommen: Vec<Kolom>,
    pub(crate) rijen: Vec<Vec<Cel>>,
}

impl Lijst {
    /// A table with these columns; a name that ends in `#` is a column of figures.
    pub(crate) fn new(kolommen: &[&str]) -> Lijst {
        let kolommen = kolommen
            .iter()
            .map(|it| Kolom { naam: it.trim_end_matches('#').to_owned(), n: it.ends_with('#') })
            .collect();
        Lijst { kolommen, rijen: Vec::new() }
    }

    /// Whether a column holds figures.
    pub(crate) fn is_cijfer(&self, kolom: &usize) -> bool {
        self.kolommen.get(*kolom).is_some_and(|it| it.n)
    }

    pub(crate) fn rij(&mut self, cellen: Vec<Cel>) {
        self.rijen.push(cellen);
    }
}

/// A column.
pub(crate) struct Kolom {
    pub(crate) naam: String,
    pub(crate) n: bool,
}

/// A cell.
pub(crate) enum Cel {
    Tekst(String),
    Link(Verwijzing),
    /// A word that asks for attention.
    LetOp(String),
}

impl Cel {
    pub(crate) fn link(naam: impl Into<String>, pad: impl Into<String>) -> Cel {
        Cel::Link(Verwijzing::new(naam, pad))
    }
}

impl<T: Into<String>> From<T> for Cel {
    fn from(tekst: T) -> Cel {
        Cel::Tekst(tekst.into())
    }
}

/// A page with one form.
#[derive(Template)]
#[template(path = "invullen.html")]
pub(crate) struct Invullen {
    pub(crate) kader: Kader,
    pub(crate) kop: String,
    pub(crate) lead: String,
    pub(crate) kruimels: Vec<Verwijzing>,
    pub(crate) formulier: Formulier,
}
