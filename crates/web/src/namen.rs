//! The names behind the keys of the log: from the register, and of staff from the persons.

use std::collections::BTreeMap;

use domain::{
    AanbiederId, Actor, Hoedanigheid, MedewerkerId, Omvang, Productkeuze, Register, Systeemdeel,
    TeamId, Werkgever, WijkId, toewijzing::Hoeveelheid,
};

/// The names as they are now.
pub(crate) struct Namen<'a> {
    pub(crate) register: &'a Register,
    pub(crate) medewerkers: &'a BTreeMap<MedewerkerId, String>,
}

impl Namen<'_> {
    pub(crate) fn team(&self, id: TeamId) -> String {
        let known = self.register.teams.get(&id);
        known.map_or_else(|| format!("team {}", id.0), |it| it.naam.clone())
    }

    pub(crate) fn wijk(&self, id: WijkId) -> String {
        let known = self.register.wijken.get(&id);
        known.map_or_else(|| format!("wijk {}", id.0), |it| it.naam.clone())
    }

    pub(crate) fn aanbieder(&self, id: AanbiederId) -> String {
        let known = self.register.aanbieders.get(&id);
        known.map_or_else(|| format!("aanbieder {}", id.0), |it| it.naam.clone())
    }

    pub(crate) fn medewerker(&self, id: MedewerkerId) -> String {
        let known = self.medewerkers.get(&id);
        known.cloned().unwrap_or_else(|| format!("medewerker {}", id.0))
    }

    pub(crate) fn product(&self, keuze: &Productkeuze) -> String {
        let known = keuze.code().and_then(|it| self.register.producten.get(&it));
        match (known, keuze.categorie()) {
            (Some(product), _) => product.naam.clone(),
            (None, Some(categorie)) => categorie.naam().to_owned(),
            (None, None) => "budget, product naar keuze van de aanbieder".to_owned(),
        }
    }

    pub(crate) fn werkgever(&self, werkgever: Werkgever) -> String {
        match werkgever {
            Werkgever::Gemeente => "de gemeente".to_owned(),
            Werkgever::Aanbieder(id) => self.aanbieder(id),
            Werkgever::Welzijnsorganisatie => "een welzijnsorganisatie".to_owned(),
            Werkgever::Overig => "een andere organisatie".to_owned(),
        }
    }

    /// Who did it, as what, employed by whom, in which team: as stored with the event.
    pub(crate) fn actor(&self, actor: &Actor) -> String {
        match actor {
            Actor::Medewerker(it) => self.hoedanigheid(it),
            Actor::Aanbieder(id) => format!("{}, per bericht", self.aanbieder(*id)),
            Actor::Systeem(Systeemdeel::Import) => "ingelezen uit een bestand".to_owned(),
            Actor::Systeem(Systeemdeel::Inrichting) => "bij de inrichting".to_owned(),
        }
    }

    fn hoedanigheid(&self, wie: &Hoedanigheid) -> String {
        let mut parts = vec![
            self.medewerker(wie.medewerker),
            wie.functie.naam().to_owned(),
            format!("in dienst van {}", self.werkgever(wie.werkgever)),
        ];
        match (wie.werkgever, wie.verbonden_aan) {
            (Werkgever::Aanbieder(_), _) | (_, None) => {}
            (_, Some(id)) => parts.push(format!("verbonden aan {}", self.aanbieder(id))),
        }
        parts.extend(wie.team.map(|it| self.team(it)));
        parts.join(", ")
    }
}

/// How much, in words: `3 uur per week`.
pub(crate) fn omvang(it: Omvang) -> String {
    if it.eenheid == domain::Eenheid::Euro {
        let bedrag = domain::Bedrag(i64::from(it.volume));
        return format!("{bedrag} {}", it.frequentie.naam());
    }
    format!("{} {} {}", it.volume, it.eenheid.naam(it.volume), it.frequentie.naam())
}

/// How much is ordered, in words.
pub(crate) fn hoeveelheid(it: Hoeveelheid) -> String {
    match it {
        Hoeveelheid::Omvang(it) => omvang(it),
        Hoeveelheid::Budget(bedrag) => format!("budget van {bedrag}"),
        Hoeveelheid::Open => "omvang naar inzicht van de aanbieder".to_owned(),
    }
}

/// From when to when: `1-1-2017 t/m 31-12-2017`.
pub(crate) fn periode(it: domain::Periode) -> String {
    let van = crate::datum::kort(it.van());
    match it.tot_en_met() {
        Some(end) => format!("{van} t/m {}", crate::datum::kort(end)),
        None => format!("vanaf {van}"),
    }
}
