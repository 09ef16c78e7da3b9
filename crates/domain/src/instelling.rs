//! The municipality's choices about its access: settings with the day from which they hold.

use jiff::civil::Date;

use crate::{Bedrag, triage::Criterium};

/// One choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Instelling {
    /// One access, or a desk beside the teams.
    Toegangsvorm(Toegangsvorm),
    /// Whether the one who proposes may not be the one who decides.
    VierOgen(bool),
    /// Whether the provider somebody is affiliated to may not deliver in that person's cases.
    EigenAanbiederUitgesloten(bool),
    /// From how many criteria of complexity a request goes to a team.
    TriageDrempel(u8),
    /// Within how many months a new request counts as a return.
    TerugkeerMaanden(u8),
    /// Within how many days a decision in an emergency is due. Wmo 2015, art. 2.3.3.
    SpoedDagen(u8),
    /// Which cases go to the CTA-overleg before a decision; `None` for none.
    Cta(Option<CtaRegels>),
    /// Whether a criterion counts when a request is judged simple or complex.
    CriteriumTelt {
        /// Which.
        criterium: Criterium,
        /// Whether it counts.
        telt: bool,
    },
    /// When grants are reviewed; `None` for no rules. Wmo 2015, art. 2.3.9.
    Heronderzoek(Option<Heronderzoekregels>),
}

impl Instelling {
    /// Whether both are about the same thing, so that the later one takes the place of the other.
    pub fn zelfde_onderwerp(&self, andere: &Instelling) -> bool {
        match (self, andere) {
            (
                Instelling::CriteriumTelt { criterium: one, .. },
                Instelling::CriteriumTelt { criterium: other, .. },
            ) => one == other,
            _ => core::mem::discriminant(self) == core::mem::discriminant(andere),
        }
    }
}

/// How the access is organised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Toegangsvorm {
    /// One access for every request.
    Een,
    /// A desk for simple requests, teams for complex ones.
    Gesplitst,
}

/// Which cases go to the CTA-overleg before a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CtaRegels {
    /// From this value of the order over its whole term.
    pub vanaf_waarde: Option<Bedrag>,
    /// When a volume lies above the norm.
    pub boven_norm: bool,
    /// When the grant is only a bridge to something else.
    pub tijdelijk: bool,
    /// When another law may provide.
    pub grensgeval: bool,
    /// When the one who proposes is affiliated to a provider.
    pub verbonden: bool,
    /// How many of a thousand other cases are drawn.
    pub steekproef_promille: u16,
    /// The seed of the draw, so that it can be repeated.
    pub zaad: u64,
    /// Within how many days the review is due.
    pub dagen: u8,
}

/// When grants are reviewed, by facts of the grant and of nobody's person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Heronderzoekregels {
    /// Within how many months of the decision or the last review.
    pub maanden: u8,
    /// Within how many months where one of the grounds holds.
    pub eerder_maanden: u8,
    /// Earlier for a personal budget.
    pub pgb: bool,
    /// Earlier for a volume outside the norm.
    pub boven_norm: bool,
    /// Earlier where no goals were agreed.
    pub zonder_doelen: bool,
    /// Earlier from this value of the grant over its whole term.
    pub vanaf_waarde: Option<Bedrag>,
}

/// The choices with the day from which each holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Instellingen {
    gekozen: Vec<(Date, Instelling)>,
}

impl Instellingen {
    /// Every choice with its day, oldest first.
    pub fn alle(&self) -> &[(Date, Instelling)] {
        &self.gekozen
    }

    /// How the access is organised; one access where nothing was chosen.
    pub fn toegangsvorm(&self, op: Date) -> Toegangsvorm {
        self.last(op, |it| match it {
            Instelling::Toegangsvorm(it) => Some(*it),
            _ => None,
        })
        .unwrap_or(Toegangsvorm::Een)
    }

    /// Whether the one who proposes may not decide; so where nothing was chosen.
    pub fn vier_ogen(&self, op: Date) -> bool {
        self.last(op, |it| match it {
            Instelling::VierOgen(it) => Some(*it),
            _ => None,
        })
        .unwrap_or(true)
    }

    /// Whether one's own provider may not deliver; so where nothing was chosen.
    pub fn eigen_aanbieder_uitgesloten(&self, op: Date) -> bool {
        self.last(op, |it| match it {
            Instelling::EigenAanbiederUitgesloten(it) => Some(*it),
            _ => None,
        })
        .unwrap_or(true)
    }

    /// From how many criteria a request goes to a team; two where nothing was chosen.
    pub fn triage_drempel(&self, op: Date) -> u8 {
        self.last(op, |it| match it {
            Instelling::TriageDrempel(it) => Some(*it),
            _ => None,
        })
        .unwrap_or(2)
    }

    /// Within how many months a new request counts as a return; six where nothing was chosen.
    pub fn terugkeer_maanden(&self, op: Date) -> u8 {
        self.last(op, |it| match it {
            Instelling::TerugkeerMaanden(it) => Some(*it),
            _ => None,
        })
        .unwrap_or(6)
    }

    /// Within how many days an emergency is decided; two where nothing was chosen.
    pub fn spoed_dagen(&self, op: Date) -> u8 {
        self.last(op, |it| match it {
            Instelling::SpoedDagen(it) => Some(*it),
            _ => None,
        })
        .unwrap_or(2)
    }

    /// Which cases go to the CTA-overleg; none where nothing was chosen.
    pub fn cta(&self, op: Date) -> Option<CtaRegels> {
        self.last(op, |it| match it {
            Instelling::Cta(it) => Some(*it),
            _ => None,
        })
        .flatten()
    }

    /// Whether a criterion counts for complexity; so where nothing was chosen.
    pub fn criterium_telt(&self, welk: Criterium, op: Date) -> bool {
        self.last(op, |it| match it {
            Instelling::CriteriumTelt { criterium, telt } if *criterium == welk => Some(*telt),
            _ => None,
        })
        .unwrap_or(true)
    }

    /// When grants are reviewed; no rules where nothing was chosen.
    pub fn heronderzoek(&self, op: Date) -> Option<Heronderzoekregels> {
        self.last(op, |it| match it {
            Instelling::Heronderzoek(it) => Some(*it),
            _ => None,
        })
        .flatten()
    }

    pub(crate) fn kies(&mut self, op: Date, instelling: Instelling) {
        self.gekozen.retain(|(day, it)| *day != op || !it.zelfde_onderwerp(&instelling));
        let at = self.gekozen.partition_point(|(day, _)| *day <= op);
        self.gekozen.insert(at, (op, instelling));
    }

    fn last<T>(&self, op: Date, pick: impl Fn(&Instelling) -> Option<T>) -> Option<T> {
        self.gekozen.iter().rev().filter(|(day, _)| *day <= op).find_map(|(_, it)| pick(it))
    }
}
