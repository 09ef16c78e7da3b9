//! What the work list is cut down to: whose, which kind, which tile.

use std::collections::BTreeSet;

use domain::werkvoorraad::{Taak, Taaksoort, Urgentie, Wachtreden};
use jiff::civil::Date;

use super::soort_sleutel;
use crate::{
    formulier::Optie, gebruiker::Gebruiker, invoer::Waarden, overzicht::Verwijzing, tekst::in_query,
};

/// What the list is cut down to.
#[derive(Debug, Clone, Default)]
pub(super) struct Keuze {
    /// Whose; `None` as long as nothing was chosen.
    pub(super) wie: Option<Wie>,
    /// Which kind, by its key.
    pub(super) soort: String,
    pub(super) tegel: Option<Tegel>,
}

/// Whose tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wie {
    Ik,
    Team,
    Alle,
}

/// A tile: how a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tegel {
    TeLaat,
    DezeWeek,
    WachtOpClient,
    WachtOpCta,
}

impl Wie {
    const ALLE: [Wie; 3] = [Wie::Ik, Wie::Team, Wie::Alle];

    const fn sleutel(self) -> &'static str {
        match self {
            Wie::Ik => "ik",
            Wie::Team => "team",
            Wie::Alle => "alle",
        }
    }

    const fn naam(self) -> &'static str {
        match self {
            Wie::Ik => "van mij",
            Wie::Team => "van mijn team",
            Wie::Alle => "alles wat ik mag zien",
        }
    }

    /// The words in the headline.
    pub(super) const fn zin(self) -> &'static str {
        match self {
            Wie::Ik => "voor u",
            Wie::Team => "voor uw team",
            Wie::Alle => "in alle dossiers die u mag zien",
        }
    }
}

impl Tegel {
    pub(super) const ALLE: [Tegel; 4] =
        [Tegel::TeLaat, Tegel::DezeWeek, Tegel::WachtOpClient, Tegel::WachtOpCta];

    pub(super) const fn sleutel(self) -> &'static str {
        match self {
            Tegel::TeLaat => "te-laat",
            Tegel::DezeWeek => "deze-week",
            Tegel::WachtOpClient => "client",
            Tegel::WachtOpCta => "cta",
        }
    }

    pub(super) const fn naam(self) -> &'static str {
        match self {
            Tegel::TeLaat => "Te laat",
            Tegel::DezeWeek => "Deze week",
            Tegel::WachtOpClient => "Wacht op cliënt",
            Tegel::WachtOpCta => "Wacht op CTA",
        }
    }

    pub(super) fn takes(self, taak: &Taak, vandaag: Date) -> bool {
        match self {
            Tegel::TeLaat => taak.urgentie(vandaag) == Urgentie::TeLaat,
            Tegel::DezeWeek => taak.urgentie(vandaag) == Urgentie::DezeWeek,
            Tegel::WachtOpClient => taak.wacht == Some(Wachtreden::Client),
            Tegel::WachtOpCta => taak.wacht == Some(Wachtreden::Cta),
        }
    }
}

impl Keuze {
    pub(super) fn read(waarden: &Waarden) -> Keuze {
        Keuze {
            wie: Wie::ALLE.into_iter().find(|it| it.sleutel() == waarden.get("wie")),
            soort: waarden.get("soort").to_owned(),
            tegel: Tegel::ALLE.into_iter().find(|it| it.sleutel() == waarden.get("tegel")),
        }
    }

    /// Without a choice: the own tasks if there are any, else those of the team, else all.
    pub(super) fn met_standaard(mut self, gebruiker: &Gebruiker, all: &[Taak]) -> Keuze {
        let has = |wie| all.iter().any(|it| Keuze::of(wie, it, gebruiker));
        let first = Wie::ALLE.into_iter().find(|it| has(*it)).unwrap_or(Wie::Alle);
        self.wie = self.wie.or(Some(first));
        self
    }

    pub(super) fn in_scope(&self, taak: &Taak, gebruiker: &Gebruiker) -> bool {
        let wie = self.wie.unwrap_or(Wie::Alle);
        let kind = self.soort.is_empty() || self.soort == soort_sleutel(taak.soort);
        kind && Keuze::of(wie, taak, gebruiker)
    }

    fn of(wie: Wie, taak: &Taak, gebruiker: &Gebruiker) -> bool {
        match wie {
            Wie::Ik => taak.behandelaar == Some(gebruiker.hoedanigheid.medewerker),
            Wie::Team => gebruiker.team().is_some() && taak.team == gebruiker.team(),
            Wie::Alle => true,
        }
    }

    /// The address with this choice and something more.
    pub(super) fn path_with(&self, more: &[(&str, &str)]) -> String {
        let own = [
            ("wie", self.wie.map_or("", Wie::sleutel)),
            ("soort", self.soort.as_str()),
            ("tegel", self.tegel.map_or("", Tegel::sleutel)),
        ];
        let kept = own.iter().chain(more).filter(|(_, value)| !value.is_empty());
        let query: Vec<String> =
            kept.map(|(name, value)| format!("{name}={}", in_query(value))).collect();
        if query.is_empty() {
            return "/werkvoorraad".to_owned();
        }
        format!("/werkvoorraad?{}", query.join("&"))
    }

    /// What was chosen, to be passed on unseen.
    pub(super) fn verborgen(&self) -> Vec<(&'static str, String)> {
        vec![
            ("wie", self.wie.map_or("", Wie::sleutel).to_owned()),
            ("soort", self.soort.clone()),
            ("tegel", self.tegel.map_or("", Tegel::sleutel).to_owned()),
        ]
    }

    /// What was chosen beside whose, each with the address without it.
    pub(super) fn gekozen(&self) -> Vec<Verwijzing> {
        let mut chosen = Vec::new();
        if !self.soort.is_empty() {
            let without = Keuze { soort: String::new(), ..self.clone() };
            chosen.push(Verwijzing::new(self.soort.replace('-', " "), without.path_with(&[])));
        }
        if let Some(tegel) = self.tegel {
            let without = Keuze { tegel: None, ..self.clone() };
            chosen.push(Verwijzing::new(tegel.naam().to_lowercase(), without.path_with(&[])));
        }
        chosen
    }

    pub(super) fn wie_opties(&self, gebruiker: &Gebruiker) -> Vec<Optie> {
        let possible =
            Wie::ALLE.into_iter().filter(|it| *it != Wie::Team || gebruiker.team().is_some());
        possible
            .map(|it| Optie {
                gekozen: self.wie == Some(it),
                ..Optie::new(it.sleutel(), it.naam())
            })
            .collect()
    }

    /// The kinds that there are.
    pub(super) fn soort_opties(&self, all: &[Taak]) -> Vec<Optie> {
        let kinds: BTreeSet<Taaksoort> = all.iter().map(|it| it.soort).collect();
        let kinds = kinds.into_iter().map(|it| (soort_sleutel(it), it.naam()));
        kinds
            .map(|(key, naam)| Optie { gekozen: self.soort == key, ..Optie::new(key, naam) })
            .collect()
    }

    /// The words where there is nothing.
    pub(super) fn leeg(&self) -> String {
        let narrowed = !self.soort.is_empty() || self.tegel.is_some();
        let hint = if narrowed {
            "Haal een filter weg om meer te zien."
        } else {
            "Kies hierboven een ruimere werkvoorraad, of leg een melding vast."
        };
        format!("Dat is geen fout. {hint}")
    }
}
