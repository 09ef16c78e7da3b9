//! `/register/wijzig/{formulier}`: every form that changes the register, from one table.
//!
//! A form is a [`Formuliersoort`]: its fields, what they start with, and how they are read into the
//! event asked for. The domain decides; a refusal is shown above the form and nothing is lost.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    AanbiederId, Command, MedewerkerId, ProductCode, Register, RegisterEvent, TeamId, WijkId,
};
use jiff::civil::Date;
use store::ExecuteError;

use super::{
    invul_brief, invul_gemeente, invul_inkoop, invul_instelling, invul_mensen, invul_toegang,
};
use crate::{
    datum,
    formulier::{Formulier, Optie, Veld},
    fout::{Fout, toon, toon_fouten},
    gebruiker::Gebruiker,
    hervat,
    invoer::{Formulierdeel, Lezer, Veldfout, Waarden, Zoekdeel, zin},
    namen::Namen,
    overzicht::{Invullen, Verwijzing},
    staat::Web,
};

/// One kind of form.
pub(crate) struct Formuliersoort {
    /// In the address.
    pub(crate) naam: &'static str,
    pub(crate) titel: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) knop: &'static str,
    /// The page it belongs to.
    pub(crate) terug: &'static str,
    pub(crate) velden: fn(&Bij<'_>) -> Vec<Veld>,
    /// What the fields start with, for the thing with this key.
    pub(crate) begin: fn(&Bij<'_>, &str) -> Waarden,
    pub(crate) lees: fn(&Bij<'_>, &mut Lezer<'_>, &Waarden) -> Option<Verzoek>,
}

/// What a form asks for.
pub(crate) struct Verzoek {
    /// From which day.
    pub(crate) on: Date,
    pub(crate) events: Vec<RegisterEvent>,
    /// The name of somebody new, which lies outside the log.
    pub(crate) naam: Option<(MedewerkerId, String)>,
}

impl Verzoek {
    pub(crate) fn one(on: Date, event: RegisterEvent) -> Verzoek {
        Verzoek { on, events: vec![event], naam: None }
    }
}

/// What a form can draw on.
pub(crate) struct Bij<'a> {
    pub(crate) register: &'a Register,
    pub(crate) medewerkers: &'a BTreeMap<MedewerkerId, String>,
    pub(crate) vandaag: Date,
}

impl Bij<'_> {
    pub(crate) fn namen(&self) -> Namen<'_> {
        Namen { register: self.register, medewerkers: self.medewerkers }
    }

    pub(crate) fn teams(&self) -> Vec<Optie> {
        let teams = self.register.teams.values();
        teams.map(|it| Optie::new(it.id.0.to_string(), &it.naam)).collect()
    }

    pub(crate) fn wijken(&self) -> Vec<Optie> {
        let wijken = self.register.wijken.values();
        wijken.map(|it| Optie::new(it.id.0.to_string(), &it.naam)).collect()
    }

    pub(crate) fn aanbieders(&self) -> Vec<Optie> {
        let all = self.register.aanbieders.values();
        all.map(|it| Optie::new(it.id.0.to_string(), &it.naam)).collect()
    }

    pub(crate) fn producten(&self) -> Vec<Optie> {
        let all = self.register.producten.values();
        all.map(|it| Optie::new(it.code.to_string(), format!("{} ({})", it.naam, it.code)))
            .collect()
    }

    pub(crate) fn team(&self, tekst: &str) -> Option<TeamId> {
        tekst.parse().ok().map(TeamId).filter(|it| self.register.teams.contains_key(it))
    }

    pub(crate) fn wijk(&self, tekst: &str) -> Option<WijkId> {
        tekst.parse().ok().map(WijkId).filter(|it| self.register.wijken.contains_key(it))
    }

    pub(crate) fn aanbieder(&self, tekst: &str) -> Option<AanbiederId> {
        tekst.parse().ok().map(AanbiederId).filter(|it| self.register.aanbieders.contains_key(it))
    }

    pub(crate) fn product(&self, tekst: &str) -> Option<ProductCode> {
        tekst.parse().ok().filter(|it| self.register.producten.contains_key(it))
    }

    /// The wijken ticked.
    pub(crate) fn wijken_van(&self, waarden: &Waarden) -> Vec<WijkId> {
        waarden.alle("wijken").into_iter().filter_map(|it| self.wijk(it)).collect()
    }

    /// Today, as a field starts with it.
    pub(crate) fn vandaag_tekst(&self) -> String {
        datum::kort(self.vandaag)
    }
}

/// A date from which something holds.
pub(crate) fn vanaf(label: &str) -> Veld {
    Veld::datum("van", label)
}

/// The choices of a list with names.
pub(crate) fn opties<T: Copy>(
    alle: impl IntoIterator<Item = T>,
    naam: impl Fn(T) -> &'static str,
) -> Vec<Optie> {
    let key = |it: T| crate::tekst::sleutel(naam(it));
    alle.into_iter().map(|it| Optie::new(key(it), naam(it))).collect()
}

/// The one of a list that was chosen.
pub(crate) fn gekozen<T: Copy>(
    alle: impl IntoIterator<Item = T>,
    naam: impl Fn(T) -> &'static str,
    tekst: &str,
) -> Option<T> {
    alle.into_iter().find(|it| crate::tekst::sleutel(naam(*it)) == tekst)
}

/// The highest number in use plus one.
pub(crate) fn volgende<K: Copy>(laatste: Option<&K>, nummer: impl Fn(K) -> u32) -> u32 {
    laatste.map_or(1, |it| nummer(*it).saturating_add(1))
}

/// Every form.
pub(crate) fn alle() -> impl Iterator<Item = &'static Formuliersoort> {
    invul_gemeente::FORMULIEREN
        .iter()
        .chain(invul_brief::FORMULIEREN.iter())
        .chain(invul_mensen::FORMULIEREN.iter())
        .chain(invul_inkoop::FORMULIEREN.iter())
        .chain(invul_toegang::FORMULIEREN.iter())
        .chain(invul_instelling::FORMULIEREN.iter())
}

fn find(naam: &str) -> Result<&'static Formuliersoort, Fout> {
    alle().find(|it| it.naam == naam).ok_or(Fout::NietGevonden)
}

/// `GET /register/wijzig/{formulier}`
pub(crate) async fn toon_formulier(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(naam): Path<String>,
    Zoekdeel(vraag): Zoekdeel,
) -> Result<Response, Fout> {
    let soort = find(&naam)?;
    let names = web.store().staff_names().await?;
    let register = web.register();
    let bij = Bij { register: &register, medewerkers: &names, vandaag: gebruiker.vandaag };
    let mut waarden = (soort.begin)(&bij, vraag.get("id"));
    waarden.standaard("id", vraag.get("id"));
    waarden.standaard("van", bij.vandaag_tekst());
    toon(&page(&web, &gebruiker, soort, &bij, &waarden, Vec::new()))
}

/// `POST /register/wijzig/{formulier}`
pub(crate) async fn verwerk(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(naam): Path<String>,
    Formulierdeel(waarden): Formulierdeel,
) -> Result<Response, Fout> {
    let soort = find(&naam)?;
    let names = web.store().staff_names().await?;
    let register = web.register();
    let bij = Bij { register: &register, medewerkers: &names, vandaag: gebruiker.vandaag };
    if hervat::gevraagd(&waarden) {
        return toon(&page(&web, &gebruiker, soort, &bij, &waarden, Vec::new()));
    }
    let mut lezer = Lezer::new(&waarden);
    let read = (soort.lees)(&bij, &mut lezer, &waarden);
    let faults = match lezer.klaar(read) {
        Err(fouten) => fouten,
        Ok(verzoek) => {
            let commands: Vec<_> = verzoek
                .events
                .into_iter()
                .map(|it| (Command::Register(it), gebruiker.omstandigheid(verzoek.on)))
                .collect();
            match web.live().execute(&commands, web.nu()).await {
                Ok(entries) => {
                    if let Some((medewerker, naam)) = verzoek.naam {
                        web.store().put_staff_name(medewerker, &naam).await?;
                    }
                    let saved = if entries.is_empty() { "niets" } else { "ja" };
                    let path = format!("{}?opgeslagen={saved}", soort.terug);
                    return Ok(Redirect::to(&path).into_response());
                }
                Err(ExecuteError::Refused { refusal, .. }) => {
                    let tekst = format!("Dit kan niet: {}", refusal);
                    vec![Veldfout { veld: String::new(), tekst: zin(&tekst) }]
                }
                Err(ExecuteError::Store(error)) => return Err(error.into()),
            }
        }
    };
    toon_fouten(&page(&web, &gebruiker, soort, &bij, &waarden, faults))
}

fn page(
    web: &Web,
    gebruiker: &Gebruiker,
    soort: &Formuliersoort,
    bij: &Bij<'_>,
    waarden: &Waarden,
    fouten: Vec<Veldfout>,
) -> Invullen {
    let path = format!("/register/wijzig/{}", soort.naam);
    let velden = (soort.velden)(bij);
    Invullen {
        kader: web.kader(soort.titel, Some(gebruiker), "/register"),
        kop: soort.titel.to_owned(),
        lead: soort.lead.to_owned(),
        kruimels: vec![Verwijzing::new("Register", "/register")],
        formulier: Formulier::new(path, soort.knop, velden, waarden, fouten).terug(soort.terug),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_has_its_own_name_and_a_page_to_go_back_to() {
        let mut seen = std::collections::BTreeSet::new();
        for it in alle() {
            assert!(seen.insert(it.naam), "{} is there twice", it.naam);
            assert!(it.terug.starts_with("/register"), "{}", it.naam);
        }
        assert_eq!(seen.len(), 35);
    }
}
