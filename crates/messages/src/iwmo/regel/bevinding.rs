//! What a rule found: which rule, where in the message, and what is expected.

use crate::{
    Ernst, Problem,
    iwmo::{
        MAX_PROBLEMS,
        bericht::{Gegevenstype, Regel, Waarde},
        regel::catalogus,
    },
};

/// Something in a message that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bevinding {
    /// The rule, by its published code.
    pub code: &'static str,
    /// The class it is about, so that a return can put a code there.
    pub plek: Plek,
    /// The line in the file; 0 for a message that was not read from one.
    pub regel: Regel,
    /// The element, by its published name.
    pub element: &'static str,
    /// What is expected and what was found, in Dutch.
    pub tekst: String,
    /// Whether the message is to be rejected for it.
    pub ernst: Ernst,
}

/// A class of a message that can carry return codes, counted from 0 in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Plek {
    /// The header, or the message as a whole.
    Kop,
    /// The client; bills and their answers have more of them.
    Client(usize),
    /// A contact of the client.
    Contact(usize),
    /// A relation of the client.
    Relatie(usize),
    /// A `ToegewezenProduct`, `StartProduct`, `StopProduct` or `AangevraagdProduct`.
    Product(usize),
    /// The request of a 317.
    Verzoek,
    /// An `OngewijzigdProduct`.
    Ongewijzigd(usize),
    /// A `TeWijzigenProduct`.
    TeWijzigen(usize),
    /// A `NieuwProduct`.
    Nieuw(usize),
    /// The answer of a 319.
    Antwoord,
    /// The bill, or its answer, as a whole.
    Declaratie,
    /// A billed line of a client.
    Prestatie {
        /// Which client.
        client: usize,
        /// Which of its lines.
        prestatie: usize,
    },
}

impl Bevinding {
    /// The return code of the rule, where it has one.
    pub fn retourcode(&self) -> Option<&'static str> {
        catalogus::regel(self.code).and_then(|it| it.retourcode)
    }

    /// The level of the rule; a finding without a published level counts as 2.
    pub fn niveau(&self) -> u8 {
        catalogus::regel(self.code).and_then(|it| it.niveau).unwrap_or(2)
    }

    /// The same as a problem of a file.
    pub fn problem(&self, file: &str) -> Problem {
        let problem = match self.ernst {
            Ernst::Fout => Problem::fout(file, self.code, &self.tekst),
            Ernst::Waarschuwing => Problem::waarschuwing(file, self.code, &self.tekst),
        };
        let problem = problem.in_element(self.element);
        if self.regel.nummer() == 0 {
            problem
        } else {
            problem.on_line(u64::from(self.regel.nummer()))
        }
    }
}

/// Collects what rules find; no more than a user can read.
#[derive(Debug, Default)]
pub(crate) struct Melder {
    lijst: Vec<Bevinding>,
}

/// Where something is wrong: the class, its line, and the element.
pub(crate) type Waar = (Plek, Regel, &'static str);

impl Melder {
    /// Something for which the message is rejected; `gevonden` may be empty.
    pub(crate) fn fout(&mut self, code: &'static str, waar: Waar, gevonden: &str) {
        self.meld(code, waar, gevonden, Ernst::Fout);
    }

    /// Something worth a look.
    pub(crate) fn let_op(&mut self, code: &'static str, waar: Waar, gevonden: &str) {
        self.meld(code, waar, gevonden, Ernst::Waarschuwing);
    }

    /// Rejects unless something is as it should be.
    pub(crate) fn eis(&mut self, goed: bool, code: &'static str, waar: Waar, gevonden: &str) {
        if !goed {
            self.fout(code, waar, gevonden);
        }
    }

    /// How many were found so far.
    pub(crate) fn aantal(&self) -> usize {
        self.lijst.len()
    }

    /// Everything that was found, in the order of the file.
    pub(crate) fn klaar(mut self) -> Vec<Bevinding> {
        self.lijst.sort_by_key(|it| it.regel.nummer());
        self.lijst
    }

    fn meld(&mut self, code: &'static str, waar: Waar, gevonden: &str, ernst: Ernst) {
        if self.lijst.len() >= MAX_PROBLEMS {
            return;
        }
        let (plek, regel, element) = waar;
        let asked = catalogus::regel(code).map_or("", |it| it.tekst);
        let tekst = match gevonden {
            "" => asked.to_owned(),
            it => format!("{asked}; {it}"),
        };
        self.lijst.push(Bevinding { code, plek, regel, element, tekst, ernst });
    }
}

/// The line of a value; of the class around it when the value is not there.
pub(crate) fn lijn<T: Gegevenstype>(waarde: &Waarde<T>, klasse: Regel) -> Regel {
    if waarde.regel.nummer() == 0 { klasse } else { waarde.regel }
}
