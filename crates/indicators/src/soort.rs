//! How a step of the access ended, without its details: what a table splits by.

use domain::{cta::CtaUitkomst, intake::IntakeUitkomst};

/// With what an intake settled a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Afrondreden {
    /// Information.
    Informatie,
    /// Advice.
    Advies,
    /// The client and the network manage.
    EigenKracht,
    /// A general provision.
    AlgemeneVoorziening,
}

impl Afrondreden {
    /// Every reason.
    pub const ALLE: [Afrondreden; 4] = [
        Afrondreden::Informatie,
        Afrondreden::Advies,
        Afrondreden::EigenKracht,
        Afrondreden::AlgemeneVoorziening,
    ];

    /// The reason of an intake that settled a request; `None` for one that passed it on.
    pub const fn van(uitkomst: IntakeUitkomst) -> Option<Afrondreden> {
        match uitkomst {
            IntakeUitkomst::Informatie => Some(Afrondreden::Informatie),
            IntakeUitkomst::Advies => Some(Afrondreden::Advies),
            IntakeUitkomst::EigenKracht => Some(Afrondreden::EigenKracht),
            IntakeUitkomst::AlgemeneVoorziening(_) => Some(Afrondreden::AlgemeneVoorziening),
            IntakeUitkomst::NaarLoket | IntakeUitkomst::NaarTeam(_) => None,
        }
    }

    /// The words in a table.
    pub const fn naam(self) -> &'static str {
        match self {
            Afrondreden::Informatie => "informatie",
            Afrondreden::Advies => "advies",
            Afrondreden::EigenKracht => "eigen kracht",
            Afrondreden::AlgemeneVoorziening => "algemene voorziening",
        }
    }
}

/// How a CTA-overleg judged a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Oordeelsoort {
    /// It agreed.
    Akkoord,
    /// It advised something else.
    Gewijzigd,
    /// It sent the proposal back.
    Terug,
}

impl Oordeelsoort {
    /// Every judgement.
    pub const ALLE: [Oordeelsoort; 3] =
        [Oordeelsoort::Akkoord, Oordeelsoort::Gewijzigd, Oordeelsoort::Terug];

    /// The word in a table.
    pub const fn naam(self) -> &'static str {
        match self {
            Oordeelsoort::Akkoord => "akkoord",
            Oordeelsoort::Gewijzigd => "gewijzigd",
            Oordeelsoort::Terug => "terug",
        }
    }
}

impl From<&CtaUitkomst> for Oordeelsoort {
    fn from(uitkomst: &CtaUitkomst) -> Oordeelsoort {
        match uitkomst {
            CtaUitkomst::Akkoord => Oordeelsoort::Akkoord,
            CtaUitkomst::Gewijzigd { .. } => Oordeelsoort::Gewijzigd,
            CtaUitkomst::Terug => Oordeelsoort::Terug,
        }
    }
}
