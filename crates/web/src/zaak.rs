//! The steps of a case in the browser: one table of forms, each read into the command asked for.
//!
//! A form is a [`Stap`]. The domain decides; a refusal is shown on the form and nothing is lost.
//! Free text never enters the log: it lies with the texts of the client, under the number of the
//! event it belongs to.

pub(crate) mod aanbod;
pub(crate) mod berekening;
pub(crate) mod concept;
mod gemeld;
pub(crate) mod gezamenlijk;
pub(crate) mod herinnering;
mod herzien;
mod maatwerk;
mod na_besluit;
mod onderzocht;
pub(crate) mod pagina;
mod toetsing;
pub(crate) mod versie;

use std::collections::BTreeMap;

use domain::{
    Command, Dossier, DossierCommand, Functie, MedewerkerId, Omstandigheid, Register, State, Zaak,
    Zaakstap, voorstel::Voorstel,
};

use crate::{
    formulier::{Optie, Veld},
    gebruiker::Gebruiker,
    invoer::{Lezer, Waarden},
    namen::Namen,
    rechten::Actie,
};

/// One step of a case, as a form.
pub(crate) struct Stap {
    /// In the address.
    pub(crate) naam: &'static str,
    /// What somebody does.
    pub(crate) titel: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) knop: &'static str,
    /// What it asks for beside the day and the text.
    pub(crate) velden: fn(&Bij<'_>) -> Vec<Veld>,
    /// What the fields start with.
    pub(crate) begin: fn(&Bij<'_>) -> Vec<(&'static str, String)>,
    pub(crate) lees: fn(&Bij<'_>, &mut Lezer<'_>, &Waarden) -> Option<DossierCommand>,
    /// The command by which it is found out whether this user may take the step now.
    pub(crate) proef: fn(&Bij<'_>) -> Option<DossierCommand>,
    /// The free text that goes with it.
    pub(crate) tekst: Option<Tekst>,
}

/// The free text that goes with a step.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tekst {
    /// Under which kind it is kept.
    pub(crate) soort: &'static str,
    pub(crate) label: &'static str,
    pub(crate) verplicht: bool,
}

/// The motivation that may go with a step.
const TOELICHTING: Option<Tekst> =
    Some(Tekst { soort: "toelichting", label: "Toelichting", verplicht: false });

impl Stap {
    /// The right that it asks for: what may lead to a grant has a route of its own.
    pub(crate) fn actie(&self) -> Actie {
        if maatwerk::STAPPEN.iter().any(|it| it.naam == self.naam) {
            Actie::Indiceren
        } else {
            Actie::StappenZetten
        }
    }

    /// Whether it shows what is proposed with its price.
    fn rekent(&self) -> bool {
        self.actie() == Actie::Indiceren
    }
}

/// Every step, in the order of a case.
pub(crate) fn alle() -> impl Iterator<Item = &'static Stap> {
    gemeld::STAPPEN
        .iter()
        .chain(onderzocht::STAPPEN.iter())
        .chain(maatwerk::STAPPEN.iter())
        .chain(toetsing::STAPPEN.iter())
        .chain(na_besluit::STAPPEN.iter())
        .chain(herzien::STAPPEN.iter())
}

/// The address of a step of a case.
pub(crate) fn pad(zaak: domain::ZaakId, stap: &str) -> String {
    format!("/zaken/{zaak}/stappen/{stap}")
}

/// What a form can draw on.
pub(crate) struct Bij<'a> {
    pub(crate) state: &'a State,
    pub(crate) dossier: &'a Dossier,
    pub(crate) zaak: &'a Zaak,
    pub(crate) medewerkers: &'a BTreeMap<MedewerkerId, String>,
    pub(crate) gebruiker: &'a Gebruiker,
}

impl Bij<'_> {
    pub(crate) fn register(&self) -> &Register {
        &self.state.register
    }

    pub(crate) fn namen(&self) -> Namen<'_> {
        Namen { register: self.register(), medewerkers: self.medewerkers }
    }

    /// Whether this user must not see the proposal yet, so as to judge it blind.
    pub(crate) fn blind(&self) -> bool {
        let (wie, op) = (&self.gebruiker.hoedanigheid, self.gebruiker.vandaag);
        domain::agenda::blind_oordeel_verwacht(self.state, self.zaak, wie, op)
    }

    /// The proposal, for who may see it.
    pub(crate) fn voorstel(&self) -> Option<&Voorstel> {
        self.zaak.voorstel().map(|it| &it.voorstel).filter(|_| !self.blind())
    }

    /// Today, asked by this user.
    pub(crate) fn nu(&self) -> Omstandigheid {
        self.gebruiker.omstandigheid(self.gebruiker.vandaag)
    }

    /// A step of this case that is recorded as it is asked.
    fn zet(&self, stap: Zaakstap) -> Option<DossierCommand> {
        Some(DossierCommand::ZetStap { zaak: self.zaak.id, stap })
    }

    /// What the domain says of a command today.
    fn antwoord(&self, command: DossierCommand) -> Result<(), domain::Refusal> {
        let command = Command::Dossier(self.dossier.client, command);
        domain::decide(self.state, &command, &self.nu()).map(|_| ())
    }

    fn teams(&self) -> Vec<Optie> {
        let teams = self.register().teams.values();
        teams.map(|it| Optie::new(it.id.0.to_string(), &it.naam)).collect()
    }
}

/// Who works cases in service today, in one team or in all, by name.
pub(crate) fn behandelaars(
    register: &Register,
    namen: &Namen<'_>,
    gebruiker: &Gebruiker,
    eigen_team: bool,
) -> Vec<Optie> {
    let mut found: Vec<(String, MedewerkerId)> = register
        .medewerkers
        .keys()
        .filter_map(|id| Some((*id, register.aanstelling(*id, gebruiker.vandaag)?)))
        .filter(|(_, held)| works_cases(held.functie))
        .filter(|(_, held)| !eigen_team || held.team == gebruiker.team())
        .map(|(id, held)| (format!("{} ({})", namen.medewerker(id), held.functie.naam()), id))
        .collect();
    found.sort();
    found.into_iter().map(|(naam, id)| Optie::new(id.0.to_string(), naam)).collect()
}

const fn works_cases(functie: Functie) -> bool {
    matches!(
        functie,
        Functie::Intaker
            | Functie::Consulent
            | Functie::Wijkcoach
            | Functie::Wijkverpleegkundige
            | Functie::Welzijnsmedewerker
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_has_its_own_name_and_grants_have_a_right_of_their_own() {
        let mut seen = std::collections::BTreeSet::new();
        for it in alle() {
            assert!(seen.insert(it.naam), "{} is there twice", it.naam);
        }
        let granting: Vec<&str> =
            alle().filter(|it| it.actie() == Actie::Indiceren).map(|it| it.naam).collect();
        assert_eq!(granting, ["voorstel", "besluit"]);
        assert!(!crate::rechten::mag(Functie::Intaker, Actie::Indiceren));
    }
}
