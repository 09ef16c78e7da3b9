//! The municipality, its wijken, its teams, the providers and what was agreed with them.

use jiff::civil::Date;

use crate::{AanbiederId, AgbCode, ContractId, Gemeentecode, Periode, PilotId, TeamId, WijkId};

/// The municipality whose access this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gemeente {
    /// Its CBS code.
    pub code: Gemeentecode,
    /// Its name.
    pub naam: String,
}

/// A wijk (neighbourhood).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wijk {
    /// Its key.
    pub id: WijkId,
    /// Its name.
    pub naam: String,
}

/// A team of the access.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Its key.
    pub id: TeamId,
    /// Its name.
    pub naam: String,
}

/// A provider of support.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aanbieder {
    /// Its key, which stays when an AGB code changes.
    pub id: AanbiederId,
    /// Its name.
    pub naam: String,
    /// Its AGB code for the Wmo; without one it gets no messages.
    pub agb: Option<AgbCode>,
}

/// An agreement with a provider to deliver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// Its key.
    pub id: ContractId,
    /// The provider.
    pub aanbieder: AanbiederId,
    /// When it holds.
    pub geldig: Periode,
}

/// A trial: in some wijken, during some time, the access works in another way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pilot {
    /// Its key.
    pub id: PilotId,
    /// What is tried.
    pub soort: Pilotsoort,
    /// Where.
    pub wijken: Vec<WijkId>,
    /// When.
    pub geldig: Periode,
}

/// What a pilot tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pilotsoort {
    /// An intaker filters requests before a team sees them.
    Intaker,
}

/// A day on which a series of figures changes meaning, to be marked in every chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reeksbreuk {
    /// The first day of the new meaning.
    pub op: Date,
    /// Why.
    pub soort: Breuksoort,
}

/// Why a series of figures changes meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Breuksoort {
    /// Begeleiding and dagbesteding came over from the AWBZ; registration starts.
    OvergangAwbz,
    /// The fixed contribution for everyone. Wmo 2015, art. 2.1.4a.
    Abonnementstarief,
    /// Support stopped or was replaced because of covid-19.
    Corona,
    /// Products were renamed or got other codes.
    Hernoeming,
    /// A new release of the iWmo standard: ending reason 19 changed, 33 and 34 became 39.
    NieuweIwmo,
    /// The staff of the teams came to be employed by the municipality.
    TeamsInDienst,
}

impl Breuksoort {
    /// Every reason, in order of time.
    pub const ALLE: [Breuksoort; 6] = [
        Breuksoort::OvergangAwbz,
        Breuksoort::Abonnementstarief,
        Breuksoort::TeamsInDienst,
        Breuksoort::Corona,
        Breuksoort::Hernoeming,
        Breuksoort::NieuweIwmo,
    ];

    /// The words under a chart.
    pub const fn naam(self) -> &'static str {
        match self {
            Breuksoort::OvergangAwbz => "overgang uit de AWBZ",
            Breuksoort::Abonnementstarief => "abonnementstarief",
            Breuksoort::Corona => "corona",
            Breuksoort::Hernoeming => "andere productnamen",
            Breuksoort::NieuweIwmo => "nieuwe iWmo-versie",
            Breuksoort::TeamsInDienst => "teams in gemeentelijke dienst",
        }
    }
}
