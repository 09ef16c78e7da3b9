//! A form as data: one template draws them all, with labels, hints, faults and kept values.

use std::borrow::Cow;

use crate::invoer::{Veldfout, Waarden};

/// A form to fill in.
pub(crate) struct Formulier {
    /// Where it is sent.
    pub(crate) naar: String,
    /// The words on the button.
    pub(crate) knop: String,
    /// Other things it can be sent for: the value of `doe`, and the words on the button.
    pub(crate) meer: Vec<(&'static str, &'static str)>,
    /// Where giving up leads.
    pub(crate) terug: Option<String>,
    /// The fields.
    pub(crate) velden: Vec<Veld>,
    /// What is wrong, in the order of the fields.
    pub(crate) fouten: Vec<Veldfout>,
    /// Whether the page keeps a draft of it by itself.
    pub(crate) bewaart: bool,
}

/// One field.
pub(crate) struct Veld {
    pub(crate) naam: Cow<'static, str>,
    pub(crate) label: String,
    pub(crate) uitleg: String,
    pub(crate) soort: Soort,
    pub(crate) waarde: String,
    pub(crate) verplicht: bool,
    pub(crate) fout: Option<String>,
    pub(crate) aanvullen: &'static str,
}

/// How a field is filled in.
pub(crate) enum Soort {
    /// A line of about this many characters.
    Regel(u16),
    /// A number or date of about this many characters.
    Cijfers(u16),
    /// More lines.
    Tekst,
    /// A password.
    Wachtwoord,
    /// One out of a few, all shown.
    Rondjes(Vec<Optie>),
    /// One out of many.
    Lijst(Vec<Optie>),
    /// Any number out of these.
    Vinkjes(Vec<Optie>),
    /// Passed on unseen.
    Verborgen,
}

/// One choice.
pub(crate) struct Optie {
    pub(crate) waarde: String,
    pub(crate) naam: String,
    pub(crate) gekozen: bool,
}

impl Optie {
    pub(crate) fn new(waarde: impl Into<String>, naam: impl Into<String>) -> Optie {
        Optie { waarde: waarde.into(), naam: naam.into(), gekozen: false }
    }
}

impl Veld {
    pub(crate) fn new(naam: impl Into<Cow<'static, str>>, label: &str, soort: Soort) -> Veld {
        Veld {
            naam: naam.into(),
            label: label.to_owned(),
            uitleg: String::new(),
            soort,
            waarde: String::new(),
            verplicht: true,
            fout: None,
            aanvullen: "off",
        }
    }

    /// A line of text.
    pub(crate) fn regel(naam: &'static str, label: &str, breedte: u16) -> Veld {
        Veld::new(naam, label, Soort::Regel(breedte))
    }

    /// A date.
    pub(crate) fn datum(naam: &'static str, label: &str) -> Veld {
        Veld::new(naam, label, Soort::Cijfers(10)).uitleg("Bijvoorbeeld 06-11-2017")
    }

    /// A choice: radio buttons up to five, a list above.
    pub(crate) fn keuze(naam: &'static str, label: &str, opties: Vec<Optie>) -> Veld {
        let soort = if opties.len() <= 5 { Soort::Rondjes(opties) } else { Soort::Lijst(opties) };
        Veld::new(naam, label, soort)
    }

    /// A value passed on unseen.
    pub(crate) fn verborgen(naam: &'static str) -> Veld {
        Veld::new(naam, "", Soort::Verborgen)
    }

    /// What helps to fill it in.
    pub(crate) fn uitleg(mut self, uitleg: &str) -> Veld {
        self.uitleg = uitleg.to_owned();
        self
    }

    /// May be left empty.
    ///
    /// Radio buttons cannot be left empty again, so a choice becomes a list.
    pub(crate) fn mag_leeg(mut self) -> Veld {
        self.verplicht = false;
        self.soort = match self.soort {
            Soort::Rondjes(opties) => Soort::Lijst(opties),
            other => other,
        };
        self
    }

    /// What the browser may fill in by itself.
    pub(crate) fn aanvullen(mut self, aanvullen: &'static str) -> Veld {
        self.aanvullen = aanvullen;
        self
    }

    /// The ids that describe it, for a screen reader.
    pub(crate) fn beschreven(&self) -> String {
        let mut ids = Vec::new();
        if !self.uitleg.is_empty() {
            ids.push(format!("{}-uitleg", self.naam));
        }
        if self.fout.is_some() {
            ids.push(format!("{}-fout", self.naam));
        }
        ids.join(" ")
    }

    fn fill(&mut self, waarden: &Waarden, fouten: &[Veldfout]) {
        self.fout = fouten.iter().find(|it| it.veld == self.naam).map(|it| it.tekst.clone());
        let chosen = waarden.alle(&self.naam);
        match &mut self.soort {
            Soort::Wachtwoord => {}
            Soort::Rondjes(opties) | Soort::Lijst(opties) => {
                for it in opties {
                    it.gekozen = chosen.first() == Some(&it.waarde.as_str());
                }
            }
            Soort::Vinkjes(opties) => {
                for it in opties {
                    it.gekozen = chosen.contains(&it.waarde.as_str());
                }
            }
            Soort::Regel(_) | Soort::Cijfers(_) | Soort::Tekst | Soort::Verborgen => {
                self.waarde = waarden.get(&self.naam).to_owned();
            }
        }
    }
}

impl Formulier {
    /// A form with the values typed before, and what is wrong with them.
    pub(crate) fn new(
        naar: impl Into<String>,
        knop: &str,
        mut velden: Vec<Veld>,
        waarden: &Waarden,
        fouten: Vec<Veldfout>,
    ) -> Formulier {
        for veld in &mut velden {
            veld.fill(waarden, &fouten);
        }
        Formulier {
            naar: naar.into(),
            knop: knop.to_owned(),
            meer: Vec::new(),
            terug: None,
            velden,
            fouten,
            bewaart: false,
        }
    }

    /// Where giving up leads.
    pub(crate) fn terug(mut self, pad: impl Into<String>) -> Formulier {
        self.terug = Some(pad.into());
        self
    }
}
