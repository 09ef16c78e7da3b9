//! The few coarse facts about a client that steering needs; who it is lies outside the log.

use jiff::civil::Date;

use crate::WijkId;

/// Coarse facts about a client from some day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Clientgegevens {
    /// The year of birth, if known.
    pub geboortejaar: Option<i16>,
    /// The wijk where the client lives, if known and within the municipality.
    pub wijk: Option<WijkId>,
    /// The kind of household.
    pub huishouden: Huishouden,
}

impl Clientgegevens {
    /// The age group on a day, by years of birth; `None` when the year is unknown.
    pub fn leeftijdsgroep(&self, op: Date) -> Option<Leeftijdsgroep> {
        self.geboortejaar.map(|jaar| Leeftijdsgroep::van_leeftijd(op.year() - jaar))
    }
}

/// The kind of household, as coarse as the contribution needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Huishouden {
    /// One person.
    Alleenstaand,
    /// A couple, with or without others.
    Paar,
    /// One parent with children.
    EenOuder,
    /// Not known.
    Onbekend,
}

impl Huishouden {
    /// Every kind.
    pub const ALLE: [Huishouden; 4] =
        [Huishouden::Alleenstaand, Huishouden::Paar, Huishouden::EenOuder, Huishouden::Onbekend];

    /// The word a civil servant uses.
    pub const fn naam(self) -> &'static str {
        match self {
            Huishouden::Alleenstaand => "alleenstaand",
            Huishouden::Paar => "paar",
            Huishouden::EenOuder => "eenouder",
            Huishouden::Onbekend => "onbekend",
        }
    }
}

/// The age groups in which Statistics Netherlands publishes Wmo clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leeftijdsgroep {
    /// Younger than 30.
    Tot30,
    /// 30 to 44.
    Van30Tot45,
    /// 45 to 59.
    Van45Tot60,
    /// 60 to 74.
    Van60Tot75,
    /// 75 to 84.
    Van75Tot85,
    /// 85 and older.
    Vanaf85,
}

impl Leeftijdsgroep {
    /// Every group, youngest first.
    pub const ALLE: [Leeftijdsgroep; 6] = [
        Leeftijdsgroep::Tot30,
        Leeftijdsgroep::Van30Tot45,
        Leeftijdsgroep::Van45Tot60,
        Leeftijdsgroep::Van60Tot75,
        Leeftijdsgroep::Van75Tot85,
        Leeftijdsgroep::Vanaf85,
    ];

    /// The group of an age in years.
    pub const fn van_leeftijd(leeftijd: i16) -> Leeftijdsgroep {
        match leeftijd {
            ..30 => Leeftijdsgroep::Tot30,
            30..45 => Leeftijdsgroep::Van30Tot45,
            45..60 => Leeftijdsgroep::Van45Tot60,
            60..75 => Leeftijdsgroep::Van60Tot75,
            75..85 => Leeftijdsgroep::Van75Tot85,
            85.. => Leeftijdsgroep::Vanaf85,
        }
    }

    /// The words in a table.
    pub const fn naam(self) -> &'static str {
        match self {
            Leeftijdsgroep::Tot30 => "jonger dan 30",
            Leeftijdsgroep::Van30Tot45 => "30 tot 45",
            Leeftijdsgroep::Van45Tot60 => "45 tot 60",
            Leeftijdsgroep::Van60Tot75 => "60 tot 75",
            Leeftijdsgroep::Van75Tot85 => "75 tot 85",
            Leeftijdsgroep::Vanaf85 => "85 of ouder",
        }
    }
}
