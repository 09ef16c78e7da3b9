//! The staff of the access: function, background, employer and affiliation, from-to.

use crate::{AanbiederId, Functie, Hoedanigheid, MedewerkerId, Periode, TeamId, Werkgever};

/// What somebody is appointed as, until the next appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Aanstelling {
    /// The function.
    pub functie: Functie,
    /// The professional background.
    pub achtergrond: Achtergrond,
    /// The employer.
    pub werkgever: Werkgever,
    /// The provider the person is affiliated to beside the employer, such as by secondment.
    pub verbonden_aan: Option<AanbiederId>,
    /// The team.
    pub team: Option<TeamId>,
}

impl Aanstelling {
    /// The provider in whose interest this person could be thought to act.
    pub fn aanbieder(&self) -> Option<AanbiederId> {
        match self.werkgever {
            Werkgever::Aanbieder(id) => Some(id),
            _ => self.verbonden_aan,
        }
    }

    /// The capacity in which the person acts under this appointment.
    pub fn hoedanigheid(&self, medewerker: MedewerkerId) -> Hoedanigheid {
        Hoedanigheid {
            medewerker,
            functie: self.functie,
            werkgever: self.werkgever,
            verbonden_aan: self.aanbieder(),
            team: self.team,
        }
    }
}

/// What somebody was trained and worked in before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Achtergrond {
    /// Public administration.
    Ambtelijk,
    /// Care for disabled or older people, or mental health.
    Zorg,
    /// Nursing.
    Verpleegkundig,
    /// Welfare and community work.
    Welzijn,
    /// Social work.
    MaatschappelijkWerk,
    /// Something else.
    Overig,
}

impl Achtergrond {
    /// Every background.
    pub const ALLE: [Achtergrond; 6] = [
        Achtergrond::Ambtelijk,
        Achtergrond::Zorg,
        Achtergrond::Verpleegkundig,
        Achtergrond::Welzijn,
        Achtergrond::MaatschappelijkWerk,
        Achtergrond::Overig,
    ];

    /// The word a civil servant uses.
    pub const fn naam(self) -> &'static str {
        match self {
            Achtergrond::Ambtelijk => "ambtelijk",
            Achtergrond::Zorg => "zorg",
            Achtergrond::Verpleegkundig => "verpleegkundig",
            Achtergrond::Welzijn => "welzijn",
            Achtergrond::MaatschappelijkWerk => "maatschappelijk werk",
            Achtergrond::Overig => "overig",
        }
    }
}

/// A member of staff with every appointment held, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Medewerker {
    /// The key; the name lies with the persons, outside the log.
    pub id: MedewerkerId,
    /// The appointments with the time each held.
    pub aanstellingen: Vec<(Periode, Aanstelling)>,
}
