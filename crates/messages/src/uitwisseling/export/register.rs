//! The register as tables.

use domain::{Werkgever, WijkId};

use super::{Export, schrijver::Schrijver};
use crate::uitwisseling::waarden::{self, Werkgeversoort, woord};

impl Export<'_> {
    pub(super) fn gemeente(&self, out: &mut Schrijver<'_>) {
        if let Some(it) = &self.state.register.gemeente {
            out.tekst("gemeentecode", it.code.as_str()).tekst("naam", &it.naam).rij();
        }
    }

    pub(super) fn wijken(&self, out: &mut Schrijver<'_>) {
        for it in self.state.register.wijken.values() {
            out.getal("wijk", it.id.0).tekst("naam", &it.naam).rij();
        }
    }

    pub(super) fn inwoners(&self, out: &mut Schrijver<'_>) {
        for ((wijk, jaar, groep), aantal) in &self.state.register.inwoners {
            out.getal("wijk", wijk.0).getal("jaar", jaar);
            out.tekst("leeftijdsgroep", woord(&waarden::leeftijdsgroep(), groep));
            out.getal("aantal", aantal).rij();
        }
    }

    pub(super) fn teams(&self, out: &mut Schrijver<'_>) {
        for it in self.state.register.teams.values() {
            out.getal("team", it.id.0).tekst("naam", &it.naam).rij();
        }
    }

    pub(super) fn werkgebieden(&self, out: &mut Schrijver<'_>) {
        for (team, areas) in &self.state.register.werkgebieden {
            for (vanaf, wijken) in areas {
                for wijk in wijken {
                    out.getal("team", team.0).getal("wijk", wijk.0);
                    out.datum("vanaf", Some(*vanaf)).rij();
                }
            }
        }
    }

    pub(super) fn algemene_voorzieningen(&self, out: &mut Schrijver<'_>) {
        for it in self.state.register.algemene_voorzieningen.values() {
            out.getal("algemene_voorziening", it.id.0).tekst("naam", &it.naam);
            out.getal("wijken", list(&it.wijken)).rij();
        }
    }

    pub(super) fn wachttijden(&self, out: &mut Schrijver<'_>) {
        for (id, measured) in &self.state.register.wachttijden {
            for (op, weken) in measured {
                out.getal("algemene_voorziening", id.0).datum("datum", Some(*op));
                out.getal("weken", weken).rij();
            }
        }
    }

    pub(super) fn aanbieders(&self, out: &mut Schrijver<'_>) {
        for it in self.state.register.aanbieders.values() {
            out.getal("aanbieder", it.id.0).tekst("naam", &it.naam);
            out.tekst("agb", it.agb.as_ref().map_or("", |it| it.as_str())).rij();
        }
    }

    pub(super) fn contracten(&self, out: &mut Schrijver<'_>) {
        for it in self.state.register.contracten.values() {
            out.getal("contract", it.id.0).getal("aanbieder", it.aanbieder.0);
            out.periode(&it.geldig).rij();
        }
    }

    pub(super) fn producten(&self, out: &mut Schrijver<'_>) {
        for it in self.state.register.producten.values() {
            out.tekst("product", it.code.as_str()).getal("categorie", it.categorie);
            out.tekst("naam", &it.naam);
            out.tekst("eenheid", woord(&waarden::eenheid(), &it.eenheid));
            out.tekst("variant", it.variant.naam()).tekst("groep", &it.groep).rij();
        }
    }

    pub(super) fn tarieven(&self, out: &mut Schrijver<'_>) {
        for it in self.state.register.tarieven.values().flatten() {
            out.getal("aanbieder", it.aanbieder.0).tekst("product", it.product.as_str());
            out.tekst("eenheid", woord(&waarden::eenheid(), &it.eenheid));
            out.bedrag("bedrag", Some(it.bedrag)).periode(&it.geldig).rij();
        }
    }

    pub(super) fn medewerkers(&self, out: &mut Schrijver<'_>) {
        for medewerker in self.state.register.medewerkers.values() {
            let name = self.namen.and_then(|it| it.personeel.get(&medewerker.id));
            for (geldig, it) in &medewerker.aanstellingen {
                out.getal("medewerker", medewerker.id.0);
                out.tekst("naam", name.map_or("", String::as_str));
                out.tekst("functie", it.functie.naam()).tekst("achtergrond", it.achtergrond.naam());
                let soort = match it.werkgever {
                    Werkgever::Gemeente => Werkgeversoort::Gemeente,
                    Werkgever::Aanbieder(_) => Werkgeversoort::Aanbieder,
                    Werkgever::Welzijnsorganisatie => Werkgeversoort::Welzijnsorganisatie,
                    Werkgever::Overig => Werkgeversoort::Overig,
                };
                out.tekst("werkgever", woord(&waarden::werkgever(), &soort));
                if let Werkgever::Aanbieder(id) = it.werkgever {
                    out.getal("aanbieder", id.0);
                }
                if let Some(id) = it.verbonden_aan {
                    out.getal("verbonden_aan", id.0);
                }
                if let Some(team) = it.team {
                    out.getal("team", team.0);
                }
                out.periode(geldig).rij();
            }
        }
    }

    pub(super) fn mandaten(&self, out: &mut Schrijver<'_>) {
        for it in self.state.register.mandaten.values() {
            out.getal("mandaat", it.id.0).tekst("functie", it.functie.naam());
            out.tekst("voor", woord(&waarden::werkgeverseis(), &it.voor));
            out.bedrag("bedrag", it.tot).periode(&it.geldig).rij();
        }
    }

    pub(super) fn pilots(&self, out: &mut Schrijver<'_>) {
        for it in self.state.register.pilots.values() {
            out.getal("pilot", it.id.0).tekst("soort", woord(&waarden::pilotsoort(), &it.soort));
            out.getal("wijken", list(&it.wijken)).periode(&it.geldig).rij();
        }
    }

    pub(super) fn reeksbreuken(&self, out: &mut Schrijver<'_>) {
        for it in &self.state.register.reeksbreuken {
            out.datum("datum", Some(it.op)).tekst("soort", it.soort.naam()).rij();
        }
    }
}

fn list(wijken: &[WijkId]) -> String {
    let keys: Vec<String> = wijken.iter().map(|it| it.0.to_string()).collect();
    keys.join("|")
}
