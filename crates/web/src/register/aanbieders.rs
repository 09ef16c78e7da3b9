//! Providers with contracts and tariffs, and the products they deliver.

use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{AanbiederId, Register};

use super::page;
use crate::{
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    invoer::Zoekdeel,
    namen::periode,
    overzicht::{Cel, Lijst, Sectie, Verwijzing},
    rechten::Actie,
    staat::Web,
};

/// `GET /register/aanbieders`
pub(crate) async fn aanbieders(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let register = web.register();
    let mut lijst =
        Lijst::new(&["Aanbieder", "AGB-code", "Contract vandaag", "Producten met tarief#"]);
    for it in register.aanbieders.values() {
        let contract = register.gecontracteerd(it.id, gebruiker.vandaag);
        let products = register
            .tarieven
            .keys()
            .filter(|(id, code)| {
                *id == it.id && register.tarief(*id, *code, gebruiker.vandaag).is_some()
            })
            .count();
        lijst.rij(vec![
            Cel::link(&it.naam, format!("/register/aanbieders/{}", it.id.0)),
            it.agb.map_or_else(|| "geen".to_owned(), |it| it.to_string()).into(),
            if contract { "ja".into() } else { Cel::LetOp("nee".to_owned()) },
            products.to_string().into(),
        ]);
    }
    let may = gebruiker.mag(Actie::RegisterWijzigen);
    let lead = "Aanbieders van maatwerk. Zonder contract en tarief kan er niet bij hen worden \
                ingekocht.";
    let mut pagina = page(&web, &gebruiker, "Aanbieders", lead, &waarden);
    pagina.secties.push(
        Sectie::new("Aanbieders", lijst)
            .actie(may, "Leg een aanbieder vast", "/register/wijzig/aanbieder")
            .actie(may, "Spreek een tarief af", "/register/wijzig/tarief"),
    );
    toon(&pagina)
}

/// `GET /register/aanbieders/{aanbieder}`
pub(crate) async fn aanbieder(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(id): Path<String>,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let register = web.register();
    let id = id.parse().map(AanbiederId).map_err(|_| Fout::NietGevonden)?;
    let aanbieder = register.aanbieders.get(&id).ok_or(Fout::NietGevonden)?;
    let may = gebruiker.mag(Actie::RegisterWijzigen);
    let mut contracts = Lijst::new(&["Contract", "Looptijd", ""]);
    for it in register.contracten.values().filter(|it| it.aanbieder == id) {
        let end = format!("/register/wijzig/contract-einde?id={}", it.id.0);
        let runs = it.geldig.einde() >= gebruiker.vandaag;
        contracts.rij(vec![
            it.id.0.to_string().into(),
            periode(it.geldig).into(),
            if may && runs { Cel::link("Beëindig", end) } else { "".into() },
        ]);
    }
    let agb =
        aanbieder.agb.map_or_else(|| "geen AGB-code".to_owned(), |it| format!("AGB-code {it}"));
    let mut pagina = page(&web, &gebruiker, &aanbieder.naam, &agb, &waarden);
    pagina.kruimels.push(Verwijzing::new("Aanbieders", "/register/aanbieders"));
    pagina.secties = vec![
        Sectie::new("Contracten", contracts)
            .actie(may, "Wijzig naam of code", format!("/register/wijzig/aanbieder?id={}", id.0))
            .actie(may, "Sluit een contract", format!("/register/wijzig/contract?id={}", id.0)),
        Sectie::new("Tarieven", tariffs(&register, id))
            .lead("De prijs van één eenheid, met de tijd waarin die geldt.")
            .actie(may, "Spreek een tarief af", format!("/register/wijzig/tarief?id={}", id.0)),
    ];
    toon(&pagina)
}

fn tariffs(register: &Register, id: AanbiederId) -> Lijst {
    let mut lijst = Lijst::new(&["Product", "Code", "Tarief#", "Per", "Geldig"]);
    for ((_, code), agreed) in register.tarieven.iter().filter(|((it, _), _)| *it == id) {
        let naam =
            register.producten.get(code).map_or_else(|| code.to_string(), |it| it.naam.clone());
        for it in agreed.iter().rev() {
            lijst.rij(vec![
                naam.clone().into(),
                code.to_string().into(),
                it.bedrag.to_string().into(),
                it.eenheid.naam(1).into(),
                periode(it.geldig).into(),
            ]);
        }
    }
    lijst
}

/// `GET /register/producten`
pub(crate) async fn producten(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let register = web.register();
    let may = gebruiker.mag(Actie::RegisterWijzigen);
    let mut lijst =
        Lijst::new(&["Product", "Code", "Groep", "Categorie", "CBS-groep", "Eenheid", "Betaald"]);
    for it in register.producten.values() {
        let path = format!("/register/wijzig/product?id={}", it.code);
        lijst.rij(vec![
            if may { Cel::link(&it.naam, path) } else { it.naam.clone().into() },
            it.code.to_string().into(),
            it.groep.clone().into(),
            format!("{} {}", it.categorie, it.categorie.naam()).into(),
            it.categorie.cbsgroep().naam().into(),
            it.eenheid.naam(1).into(),
            it.variant.naam().into(),
        ]);
    }
    let lead = "De catalogus: wat er kan worden toegekend en hoe het wordt betaald.";
    let mut pagina = page(&web, &gebruiker, "Producten", lead, &waarden);
    pagina.secties.push(Sectie::new("Producten", lijst).actie(
        may,
        "Leg een product vast",
        "/register/wijzig/product",
    ));
    toon(&pagina)
}
