//! The municipality's choices about its access: settings with the day from which they hold.

use jiff::civil::Date;

use crate::Bedrag;

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

    pub(crate) fn kies(&mut self, op: Date, instelling: Instelling) {
        let same =
            |it: &Instelling| core::mem::discriminant(it) == core::mem::discriminant(&instelling);
        self.gekozen.retain(|(day, it)| *day != op || !same(it));
        let at = self.gekozen.partition_point(|(day, _)| *day <= op);
        self.gekozen.insert(at, (op, instelling));
    }

    fn last<T>(&self, op: Date, pick: impl Fn(&Instelling) -> Option<T>) -> Option<T> {
        self.gekozen.iter().rev().filter(|(day, _)| *day <= op).find_map(|(_, it)| pick(it))
    }
}
