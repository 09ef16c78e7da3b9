//! Who did something, in which role, employed by whom, in which team: kept with every event.
//!
//! The answer is stored as it was on the day itself and is never looked up in today's staff table.

use crate::{AanbiederId, MedewerkerId, TeamId};

/// Whoever made an event happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// Somebody who works for the access.
    Medewerker(Hoedanigheid),
    /// A provider, by message.
    Aanbieder(AanbiederId),
    /// The program itself.
    Systeem(Systeemdeel),
}

impl Actor {
    /// The capacity of the person, if a person did it.
    pub fn hoedanigheid(&self) -> Option<&Hoedanigheid> {
        match self {
            Actor::Medewerker(hoedanigheid) => Some(hoedanigheid),
            Actor::Aanbieder(_) | Actor::Systeem(_) => None,
        }
    }
}

/// The capacity in which a person acts on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hoedanigheid {
    /// The person.
    pub medewerker: MedewerkerId,
    /// The role in which the person acts.
    pub functie: Functie,
    /// Who pays the person.
    pub werkgever: Werkgever,
    /// The provider the person is affiliated to, by employment, secondment or otherwise.
    pub verbonden_aan: Option<AanbiederId>,
    /// The team the person belongs to.
    pub team: Option<TeamId>,
}

/// The part of the program that acts without a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Systeemdeel {
    /// The reader of outside files.
    Import,
    /// The set-up of an installation.
    Inrichting,
}

/// The function of somebody in the access; it decides what they may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Functie {
    /// Staff of the customer contact centre: first contact, registers a melding.
    KccMedewerker,
    /// The filter of the access; never grants support.
    Intaker,
    /// Municipal officer who investigates and grants.
    Consulent,
    /// Coach in a team who clarifies the need and grants where needed.
    Wijkcoach,
    /// District nurse, often seconded by a provider of nursing.
    Wijkverpleegkundige,
    /// Community worker who knows the collective offer.
    Welzijnsmedewerker,
    /// Member of the multidisciplinary review (CTA).
    CtaLid,
    /// Somebody with a mandate to decide above the reach of a team.
    Beslisser,
    /// Manager of a team.
    Teammanager,
    /// Manager of the contracts with providers.
    Contractmanager,
    /// Controller of the budget.
    Controller,
    /// Researcher of policy.
    Beleidsonderzoeker,
    /// Clerk of the council.
    Griffier,
    /// Keeper of the register and of accounts.
    FunctioneelBeheerder,
}

impl Functie {
    /// Every function, in the order of the access.
    pub const ALLE: [Functie; 14] = [
        Functie::KccMedewerker,
        Functie::Intaker,
        Functie::Consulent,
        Functie::Wijkcoach,
        Functie::Wijkverpleegkundige,
        Functie::Welzijnsmedewerker,
        Functie::CtaLid,
        Functie::Beslisser,
        Functie::Teammanager,
        Functie::Contractmanager,
        Functie::Controller,
        Functie::Beleidsonderzoeker,
        Functie::Griffier,
        Functie::FunctioneelBeheerder,
    ];

    /// The word a civil servant uses.
    pub const fn naam(self) -> &'static str {
        match self {
            Functie::KccMedewerker => "KCC-medewerker",
            Functie::Intaker => "intaker",
            Functie::Consulent => "consulent",
            Functie::Wijkcoach => "wijkcoach",
            Functie::Wijkverpleegkundige => "wijkverpleegkundige",
            Functie::Welzijnsmedewerker => "welzijnsmedewerker",
            Functie::CtaLid => "CTA-lid",
            Functie::Beslisser => "beslisser",
            Functie::Teammanager => "teammanager",
            Functie::Contractmanager => "contractmanager",
            Functie::Controller => "controller",
            Functie::Beleidsonderzoeker => "beleidsonderzoeker",
            Functie::Griffier => "griffier",
            Functie::FunctioneelBeheerder => "functioneel beheerder",
        }
    }
}

/// Who employs somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Werkgever {
    /// The municipality or its joint work organisation.
    Gemeente,
    /// A provider of maatwerk.
    Aanbieder(AanbiederId),
    /// A welfare organisation that delivers no maatwerk.
    Welzijnsorganisatie,
    /// An agency or other organisation without an interest in the support granted.
    Overig,
}
