//! General provisions with their waiting times; pilots and breaks in the series.

use axum::{extract::State, response::Response};
use domain::organisatie::Pilotsoort;

use super::page;
use crate::{
    datum,
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    invoer::Zoekdeel,
    namen::{Namen, periode},
    overzicht::{Cel, Lijst, Sectie},
    rechten::Actie,
    staat::Web,
    tekst::opsomming,
};

/// From how many weeks a waiting time asks for attention.
const LANG_WACHTEN_WEKEN: u16 = 6;

/// `GET /register/algemeen`
pub(crate) async fn algemeen(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let register = web.register();
    let none = std::collections::BTreeMap::new();
    let namen = Namen { register: &register, medewerkers: &none };
    let may = gebruiker.mag(Actie::RegisterWijzigen);
    let mut lijst = Lijst::new(&["Voorziening", "Waar", "Wachttijd vandaag", "Gemeten op", ""]);
    for it in register.algemene_voorzieningen.values() {
        let wijken: Vec<String> = it.wijken.iter().map(|it| namen.wijk(*it)).collect();
        let where_ = if wijken.is_empty() { "overal".to_owned() } else { opsomming(&wijken) };
        let measured = register.wachttijden.get(&it.id).and_then(|all| {
            all.iter().rev().find(|(sinds, _)| *sinds <= gebruiker.vandaag).copied()
        });
        let wait: Cel = match measured {
            None => "niet gemeten".into(),
            Some((_, 0)) => "geen".into(),
            Some((_, weken)) if weken >= LANG_WACHTEN_WEKEN => Cel::LetOp(format!("{weken} weken")),
            Some((_, 1)) => "1 week".into(),
            Some((_, weken)) => format!("{weken} weken").into(),
        };
        lijst.rij(vec![
            it.naam.clone().into(),
            where_.into(),
            wait,
            measured.map_or_else(String::new, |(op, _)| datum::kort(op)).into(),
            if may {
                Cel::link("Meet", format!("/register/wijzig/wachttijd?id={}", it.id.0))
            } else {
                "".into()
            },
        ]);
    }
    let lead = "Open voor iedereen, zonder onderzoek en zonder beschikking. Een lange wachttijd \
                kan leiden tot tijdelijk maatwerk.";
    let mut pagina = page(&web, &gebruiker, "Algemene voorzieningen", lead, &waarden);
    pagina.secties.push(Sectie::new("Aanbod en wachttijd", lijst).actie(
        may,
        "Leg een algemene voorziening vast",
        "/register/wijzig/algemene-voorziening",
    ));
    toon(&pagina)
}

/// `GET /register/pilots`
pub(crate) async fn pilots(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let register = web.register();
    let none = std::collections::BTreeMap::new();
    let namen = Namen { register: &register, medewerkers: &none };
    let may = gebruiker.mag(Actie::RegisterWijzigen);
    let mut lijst = Lijst::new(&["Pilot", "Wijken", "Wanneer"]);
    for it in register.pilots.values() {
        let wijken: Vec<String> = it.wijken.iter().map(|it| namen.wijk(*it)).collect();
        let soort = match it.soort {
            Pilotsoort::Intaker => "intaker voor het team",
        };
        lijst.rij(vec![soort.into(), opsomming(&wijken).into(), periode(it.geldig).into()]);
    }
    let mut breaks = Lijst::new(&["Vanaf", "Waarom de cijfers van betekenis veranderen"]);
    for it in &register.reeksbreuken {
        breaks.rij(vec![datum::kort(it.op).into(), it.soort.naam().into()]);
    }
    let lead = "Wat de cijfers anders maakt: proeven in een deel van de gemeente, en dagen waarop \
                een reeks iets anders ging betekenen.";
    let mut pagina = page(&web, &gebruiker, "Pilots en reeksbreuken", lead, &waarden);
    pagina.secties = vec![
        Sectie::new("Pilots", lijst).actie(may, "Leg een pilot vast", "/register/wijzig/pilot"),
        Sectie::new("Reeksbreuken", breaks).lead("Elke grafiek toont deze dagen.").actie(
            may,
            "Markeer een reeksbreuk",
            "/register/wijzig/reeksbreuk",
        ),
    ];
    toon(&pagina)
}
