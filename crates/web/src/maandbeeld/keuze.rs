//! What the user chose to see: month, team, wijk, kind, product, provider, day of knowledge.

use std::sync::Arc;

use domain::{AanbiederId, Cbsgroep, ProductCode, TeamId, WijkId};
use indicators::{Filter, Maand, Sleutel, Vorm};
use jiff::civil::Date;

use crate::{
    bron::Bron, datum, formulier::Optie, fout::Fout, invoer::Waarden, overzicht::Verwijzing,
    staat::Web, tekst::in_query,
};

/// What was chosen, with the facts it is asked of.
pub(crate) struct Keuze {
    pub(crate) maand: Maand,
    pub(crate) filter: Filter,
    pub(crate) bron: Arc<Bron>,
    vandaag: Date,
    /// What could not be read, and what was shown instead.
    pub(crate) opmerkingen: Vec<String>,
}

/// A list to choose from.
pub(crate) struct Keuzelijst {
    pub(crate) naam: &'static str,
    pub(crate) label: &'static str,
    pub(crate) opties: Vec<Optie>,
}

impl Keuze {
    pub(crate) async fn read(web: &Web, waarden: &Waarden) -> Result<Keuze, Fout> {
        let vandaag = web.vandaag();
        let mut opmerkingen = Vec::new();
        let peildatum = match (waarden.get("peildatum"), datum::lees(waarden.get("peildatum"))) {
            ("", _) => vandaag,
            (_, Ok(day)) if day <= vandaag => day,
            (_, Ok(_)) => {
                opmerkingen
                    .push("Die peildatum moet nog komen; dit is de stand van vandaag.".into());
                vandaag
            }
            (_, Err(expected)) => {
                let why =
                    format!("Peildatum niet begrepen: {expected}. Dit is de stand van vandaag.");
                opmerkingen.push(why);
                vandaag
            }
        };
        let bron = web.bron(peildatum).await?;
        let default = bron.laatste.unwrap_or_else(|| Maand::van_dag(vandaag).vorige());
        let maand = match waarden.get("maand") {
            "" => default,
            text => text.parse().ok().filter(reasonable).unwrap_or_else(|| {
                let shown = default.naam();
                opmerkingen
                    .push(format!("Maand niet begrepen; dit is {shown}. Vul in als 2017-12."));
                default
            }),
        };
        let filter = read_filter(waarden, &bron, &mut opmerkingen);
        Ok(Keuze { maand, filter, bron, vandaag, opmerkingen })
    }

    fn parts(&self) -> Vec<(&'static str, String, String)> {
        let register = &self.bron.register;
        let part = |naam, sleutel: Sleutel| (naam, sleutel.tekst(), sleutel.naam(register));
        let f = &self.filter;
        let mut parts = Vec::new();
        parts.extend(f.team.map(|it| part("team", Sleutel::Team(it))));
        parts.extend(f.wijk.map(|it| part("wijk", Sleutel::Wijk(it))));
        parts.extend(f.cbsgroep.map(|it| part("soort", Sleutel::Cbsgroep(it))));
        parts.extend(f.product.map(|it| part("product", Sleutel::Product(it))));
        parts.extend(f.aanbieder.map(|it| part("aanbieder", Sleutel::Aanbieder(it))));
        parts.extend(f.vorm.map(|it| part("vorm", Sleutel::Leveringsvorm(it))));
        if self.bron.peildatum != self.vandaag {
            let day = datum::kort(self.bron.peildatum);
            parts.push(("peildatum", day.clone(), format!("zoals bekend op {day}")));
        }
        parts
    }

    fn address(
        &self,
        basis: &str,
        maand: Maand,
        zonder: &str,
        met: Option<(&str, &str)>,
    ) -> String {
        let mut query = format!("{basis}?maand={maand}");
        let replaced = |name: &str| name == zonder || met.is_some_and(|(it, _)| it == name);
        let kept = self.parts().into_iter().filter(|(name, ..)| !replaced(name));
        for (name, key, _) in kept {
            query.push_str(&format!("&{name}={}", in_query(&key)));
        }
        if let Some((name, key)) = met {
            query.push_str(&format!("&{name}={}", in_query(key)));
        }
        query
    }

    /// The address of this choice.
    pub(crate) fn pad(&self, basis: &str) -> String {
        self.address(basis, self.maand, "", None)
    }

    /// The address of this choice in another month.
    pub(crate) fn pad_maand(&self, basis: &str, maand: Maand) -> String {
        self.address(basis, maand, "", None)
    }

    /// The address of this choice with one part set.
    pub(crate) fn pad_met(&self, basis: &str, naam: &str, sleutel: &str) -> String {
        self.address(basis, self.maand, "", Some((naam, sleutel)))
    }

    /// What was chosen, each with the address without it.
    pub(crate) fn gekozen(&self, basis: &str) -> Vec<Verwijzing> {
        let parts = self.parts().into_iter();
        parts
            .map(|(name, _, words)| {
                Verwijzing::new(words, self.address(basis, self.maand, name, None))
            })
            .collect()
    }

    /// What was chosen, for the name of a file.
    pub(crate) fn bijschrift(&self) -> Vec<String> {
        self.parts().into_iter().map(|(_, _, words)| words).collect()
    }

    pub(crate) fn peildatum_tekst(&self) -> String {
        if self.bron.peildatum == self.vandaag {
            String::new()
        } else {
            datum::kort(self.bron.peildatum)
        }
    }

    /// The lists of the form.
    pub(crate) fn lijsten(&self) -> Vec<Keuzelijst> {
        let register = &self.bron.register;
        let f = &self.filter;
        let list = |naam, label, geen: &str, keys: Vec<Sleutel>, now: Option<Sleutel>| {
            let all = Optie { gekozen: now.is_none(), ..Optie::new("", geen) };
            let one = |it: &Sleutel| Optie {
                gekozen: now.as_ref() == Some(it),
                ..Optie::new(it.tekst(), it.naam(register))
            };
            Keuzelijst {
                naam,
                label,
                opties: [all].into_iter().chain(keys.iter().map(one)).collect(),
            }
        };
        let mut providers: Vec<Sleutel> =
            register.aanbieders.keys().map(|it| Sleutel::Aanbieder(*it)).collect();
        providers.sort_by_key(|it| it.naam(register));
        vec![
            Keuzelijst { naam: "maand", label: "Maand", opties: self.months() },
            list(
                "team",
                "Team",
                "alle teams",
                register.teams.keys().map(|it| Sleutel::Team(*it)).collect(),
                f.team.map(Sleutel::Team),
            ),
            list(
                "wijk",
                "Wijk",
                "alle wijken",
                register.wijken.keys().map(|it| Sleutel::Wijk(*it)).collect(),
                f.wijk.map(Sleutel::Wijk),
            ),
            list(
                "soort",
                "Soort ondersteuning",
                "alle soorten",
                Cbsgroep::ALLE.into_iter().map(Sleutel::Cbsgroep).collect(),
                f.cbsgroep.map(Sleutel::Cbsgroep),
            ),
            list(
                "product",
                "Product",
                "alle producten",
                register.producten.keys().map(|it| Sleutel::Product(*it)).collect(),
                f.product.map(Sleutel::Product),
            ),
            list(
                "aanbieder",
                "Aanbieder",
                "alle aanbieders",
                providers,
                f.aanbieder.map(Sleutel::Aanbieder),
            ),
        ]
    }

    fn months(&self) -> Vec<Optie> {
        let last = self.bron.laatste.unwrap_or(self.maand);
        let first = self.bron.feiten.eerste_maand().unwrap_or(last).max(last.plus(-35 * 12));
        let mut months: Vec<Maand> = first.tot_en_met(last).collect();
        if !months.contains(&self.maand) {
            months.push(self.maand);
            months.sort_unstable();
        }
        let option = |it: &Maand| Optie {
            gekozen: *it == self.maand,
            ..Optie::new(it.to_string(), it.naam())
        };
        months.iter().rev().map(option).collect()
    }
}

/// Months within which a municipality can have figures.
fn reasonable(maand: &Maand) -> bool {
    (1990..=2100).contains(&maand.jaar())
}

fn read_filter(waarden: &Waarden, bron: &Bron, opmerkingen: &mut Vec<String>) -> Filter {
    let register = &bron.register;
    let mut read = |naam: &str, found: bool| {
        if !found && !waarden.get(naam).is_empty() {
            opmerkingen.push(format!("De keuze bij {naam} is niet bekend en telt niet mee."));
        }
    };
    let number = |naam: &str| waarden.get(naam).parse::<u32>().ok();
    let small = |naam: &str| waarden.get(naam).parse::<u16>().ok();
    let team = small("team").map(TeamId).filter(|it| register.teams.contains_key(it));
    read("team", team.is_some());
    let wijk = small("wijk").map(WijkId).filter(|it| register.wijken.contains_key(it));
    read("wijk", wijk.is_some());
    let soort = waarden.get("soort");
    let cbsgroep = Cbsgroep::ALLE.into_iter().find(|it| Sleutel::Cbsgroep(*it).tekst() == soort);
    read("soort", cbsgroep.is_some());
    let product: Option<ProductCode> = waarden.get("product").parse().ok();
    let product = product.filter(|it| register.producten.contains_key(it));
    read("product", product.is_some());
    let aanbieder =
        number("aanbieder").map(AanbiederId).filter(|it| register.aanbieders.contains_key(it));
    read("aanbieder", aanbieder.is_some());
    let vorm =
        Vorm::ALLE.into_iter().find(|it| it.naam().eq_ignore_ascii_case(waarden.get("vorm")));
    read("vorm", vorm.is_some());
    Filter { team, wijk, product, cbsgroep, aanbieder, vorm, ..Filter::default() }
}
