//! The signed-in user, in the capacity of today: only the guard makes one.

use std::convert::Infallible;

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::request::Parts,
};
use domain::{Actor, Functie, Hoedanigheid, MedewerkerId, Omstandigheid, TeamId};
use jiff::civil::Date;

use crate::{
    fout::Fout,
    rechten::{self, Actie, Zicht},
    staat::Web,
};

/// Somebody with a valid session and an appointment today.
#[derive(Debug, Clone)]
pub(crate) struct Gebruiker {
    pub(crate) account: String,
    pub(crate) hoedanigheid: Hoedanigheid,
    pub(crate) vandaag: Date,
    /// Whether there is another capacity to choose.
    pub(crate) wisselt: bool,
}

/// Somebody with a valid session and an appointment today, who may still have to choose.
#[derive(Debug, Clone)]
pub(crate) struct Kiezer {
    pub(crate) account: String,
    pub(crate) medewerker: MedewerkerId,
    /// The capacities of today: the appointment first, then each substitution.
    pub(crate) kan: Vec<Hoedanigheid>,
    /// The one that was chosen, as long as it is still held.
    pub(crate) gekozen: Option<Hoedanigheid>,
    /// Whether one was chosen that is not held any more.
    pub(crate) vervallen: bool,
    pub(crate) vandaag: Date,
}

impl Kiezer {
    /// The user, once it is clear in which capacity.
    pub(crate) fn gebruiker(&self) -> Option<Gebruiker> {
        let only = match self.kan[..] {
            [one] if !self.vervallen => Some(one),
            _ => None,
        };
        Some(self.als(self.gekozen.or(only)?))
    }

    /// The user in the own appointment.
    pub(crate) fn uit_aanstelling(&self) -> Option<Gebruiker> {
        if self.vervallen { None } else { self.kan.first().map(|it| self.als(*it)) }
    }

    fn als(&self, hoedanigheid: Hoedanigheid) -> Gebruiker {
        Gebruiker {
            account: self.account.clone(),
            hoedanigheid,
            vandaag: self.vandaag,
            wisselt: self.kan.len() > 1,
        }
    }
}

impl Gebruiker {
    pub(crate) fn functie(&self) -> Functie {
        self.hoedanigheid.functie
    }

    pub(crate) fn mag(&self, actie: Actie) -> bool {
        rechten::mag(self.functie(), actie)
    }

    pub(crate) fn team(&self) -> Option<TeamId> {
        self.hoedanigheid.team
    }

    /// Whether a dossier of these teams may be seen.
    pub(crate) fn ziet(&self, teams: &[TeamId]) -> bool {
        match rechten::zicht(self.functie()) {
            Zicht::Alle => true,
            Zicht::EigenTeam => self.team().is_some_and(|it| teams.contains(&it)),
            Zicht::Geen => false,
        }
    }

    /// The circumstances of something that this user asks.
    pub(crate) fn omstandigheid(&self, on: Date) -> Omstandigheid {
        Omstandigheid { on, today: self.vandaag, actor: Actor::Medewerker(self.hoedanigheid) }
    }

    /// The page to begin with.
    pub(crate) fn begin(&self) -> &'static str {
        match self.functie() {
            Functie::Contractmanager
            | Functie::Controller
            | Functie::Beleidsonderzoeker
            | Functie::Griffier
            | Functie::Teammanager => "/maandbeeld",
            Functie::KccMedewerker => "/meldingen/nieuw",
            Functie::CtaLid => "/cta",
            _ if self.mag(Actie::WerkvoorraadZien) => "/werkvoorraad",
            _ if self.mag(Actie::DossiersZien) => "/dossiers",
            _ => "/register",
        }
    }
}

impl FromRequestParts<Web> for Gebruiker {
    type Rejection = Fout;

    async fn from_request_parts(parts: &mut Parts, _: &Web) -> Result<Self, Fout> {
        let found = parts.extensions.get::<Gebruiker>().cloned();
        found.ok_or_else(|| Fout::Storing("a route without a guard asked for a user".to_owned()))
    }
}

impl FromRequestParts<Web> for Kiezer {
    type Rejection = Fout;

    async fn from_request_parts(parts: &mut Parts, _: &Web) -> Result<Self, Fout> {
        let found = parts.extensions.get::<Kiezer>().cloned();
        found.ok_or_else(|| Fout::Storing("a route without a guard asked who is there".to_owned()))
    }
}

impl OptionalFromRequestParts<Web> for Gebruiker {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Web) -> Result<Option<Self>, Infallible> {
        Ok(parts.extensions.get::<Gebruiker>().cloned())
    }
}
