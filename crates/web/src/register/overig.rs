//! General provisions with their waiting times; pilots and breaks in the series.

use axum::{extract::State, response::Response};
use domain::{Register, organisatie::Pilotsoort};
use jiff::civil::Date;

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
    let mut lijst =
        Lijst::new(&["Voorziening", "Waar", "Plaatsen#", "Wachttijd vandaag", "Gemeten op", ""]);
    for it in register.algemene_voorzieningen.values() {
        let wijken: Vec<String> = it.wijken.iter().map(|it| namen.wijk(*it)).collect();
        let where_ = if wijken.is_empty() { "overal".to_owned() } else { opsomming(&wijken) };
        let measured = register.wachttijden.get(&it.id).and_then(|all| {
            all.iter().rev().find(|(sinds, _)| *sinds <= gebruiker.vandaag).copied()
        });
        lijst.rij(vec![
            it.naam.clone().into(),
            where_.into(),
            places(register.plaatsen(it.id, gebruiker.vandaag)).into(),
            waiting(measured.map(|(_, weken)| weken)),
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
    pagina.secties = vec![
        Sectie::new("Aanbod en wachttijd", lijst)
            .actie(
                may,
                "Leg een algemene voorziening vast",
                "/register/wijzig/algemene-voorziening",
            )
            .actie(may, "Leg het aantal plaatsen vast", "/register/wijzig/capaciteit"),
        Sectie::new("Per wijk", per_wijk(&register, gebruiker.vandaag))
            .lead("Wat er in elke wijk is, met wat daar nu op staat."),
    ];
    toon(&pagina)
}

/// What is offered in each wijk.
fn per_wijk(register: &Register, op: Date) -> Lijst {
    let mut lijst = Lijst::new(&["Wijk", "Voorziening", "Plaatsen#", "Wachttijd vandaag"]);
    for wijk in register.wijken.values() {
        let offered = register.algemene_voorzieningen.values();
        let offered = offered.filter(|it| it.wijken.is_empty() || it.wijken.contains(&wijk.id));
        for it in offered {
            lijst.rij(vec![
                wijk.naam.clone().into(),
                it.naam.clone().into(),
                places(register.plaatsen(it.id, op)).into(),
                waiting(register.wachttijd_weken(it.id, op)),
            ]);
        }
    }
    lijst
}

fn places(plaatsen: Option<u32>) -> String {
    plaatsen.map_or_else(|| "niet geteld".to_owned(), |it| it.to_string())
}

fn waiting(weken: Option<u16>) -> Cel {
    match weken {
        None => "niet gemeten".into(),
        Some(0) => "geen".into(),
        Some(weken) if weken >= LANG_WACHTEN_WEKEN => Cel::LetOp(format!("{weken} weken")),
        Some(1) => "1 week".into(),
        Some(weken) => format!("{weken} weken").into(),
    }
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
