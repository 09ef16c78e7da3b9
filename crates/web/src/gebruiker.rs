//! The signed-in user, in the capacity of today: only the guard makes one.

use std::convert::Infallible;

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::request::Parts,
};
use domain::{Actor, Functie, Hoedanigheid, Omstandigheid, TeamId};
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

impl OptionalFromRequestParts<Web> for Gebruiker {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Web) -> Result<Option<Self>, Infallible> {
        Ok(parts.extensions.get::<Gebruiker>().cloned())
    }
}
