//! The register: the municipality as it was on any day, and the forms that change it.

pub(crate) mod aanbieders;
pub(crate) mod formulieren;
pub(crate) mod instellingen;
mod invul_brief;
mod invul_gemeente;
mod invul_inkoop;
mod invul_instelling;
mod invul_mensen;
mod invul_toegang;
pub(crate) mod mensen;
pub(crate) mod overig;
pub(crate) mod samenstelling;
pub(crate) mod scholing;
pub(crate) mod teams;
pub(crate) mod toegang;

use axum::{extract::State, response::Response};
use domain::Register;
use jiff::civil::Date;

use crate::{
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    invoer::Waarden,
    kader::Kader,
    overzicht::{Cel, Lijst, Overzicht, Sectie, Verwijzing},
    rechten::Actie,
    staat::Web,
};

/// `GET /register`
pub(crate) async fn begin(State(web): State<Web>, gebruiker: Gebruiker) -> Result<Response, Fout> {
    let register = web.register();
    let op = gebruiker.vandaag;
    let mut lijst = Lijst::new(&["Onderdeel", "Aantal#", "Wat"]);
    for (naam, pad, aantal, wat) in parts(&register, op).into_iter().chain(access(&register, op)) {
        if pad == "/register/scholing" && !gebruiker.mag(Actie::ScholingZien) {
            continue;
        }
        lijst.rij(vec![Cel::link(naam, pad), aantal.to_string().into(), wat.into()]);
    }
    let (kop, lead) = match &register.gemeente {
        Some(it) => (
            format!("Register van {}", it.naam),
            format!("Gemeentecode {}. Alles staat er met de dag waarop het inging.", it.code),
        ),
        None => ("Register".to_owned(), "De gemeente is nog niet vastgelegd.".to_owned()),
    };
    let mut pagina = page(&web, &gebruiker, &kop, &lead, &Waarden::default());
    pagina.kruimels.clear();
    let may = gebruiker.mag(Actie::RegisterWijzigen);
    let section = Sectie::new("Wat erin staat", lijst)
        .actie(may, "Wijzig de gemeente", "/register/wijzig/gemeente")
        .actie(may, "Wijzig wat in brieven staat", "/register/wijzig/brieven");
    pagina.secties.push(section);
    toon(&pagina)
}

/// The parts of the register: name, address, how many and what.
fn parts(register: &Register, op: Date) -> [(&'static str, &'static str, usize, &'static str); 9] {
    let working = |it: &domain::medewerker::Medewerker| register.aanstelling(it.id, op).is_some();
    [
        ("Wijken", "/register/wijken", register.wijken.len(), "wijken, met inwoners per jaar"),
        ("Teams", "/register/teams", register.teams.len(), "teams, met samenstelling en gebied"),
        (
            "Medewerkers",
            "/register/medewerkers",
            register.medewerkers.values().filter(|it| working(it)).count(),
            "medewerkers vandaag in functie",
        ),
        (
            "Mandaten",
            "/register/mandaten",
            register.mandaten.values().filter(|it| it.geldig.bevat(op)).count(),
            "mandaten die vandaag gelden",
        ),
        (
            "Aanbieders",
            "/register/aanbieders",
            register.aanbieders.keys().filter(|it| register.gecontracteerd(**it, op)).count(),
            "aanbieders vandaag onder contract",
        ),
        ("Producten", "/register/producten", register.producten.len(), "producten in de catalogus"),
        (
            "Algemene voorzieningen",
            "/register/algemeen",
            register.algemene_voorzieningen.len(),
            "algemene voorzieningen, met wachttijd",
        ),
        (
            "Beoordelingskader",
            "/register/kader",
            register.kaders.len(),
            "versies van het kader voor het onderzoek",
        ),
        (
            "Pilots en reeksbreuken",
            "/register/pilots",
            register.pilots.len() + register.reeksbreuken.len(),
            "pilots en breuken in de cijfers",
        ),
    ]
}

/// How the access is arranged: name, address, how many and what.
fn access(register: &Register, op: Date) -> [(&'static str, &'static str, usize, &'static str); 5] {
    let substitutes = register.waarnemingen.iter().filter(|it| it.geldig.bevat(op)).count();
    [
        (
            "Instellingen",
            "/register/instellingen",
            register.instellingen.alle().len(),
            "keuzes van de gemeente, met de dag waarop ze ingaan",
        ),
        ("Waarnemingen", "/register/waarnemingen", substitutes, "waarnemingen die vandaag gelden"),
        (
            "CTA-overleggen",
            "/register/overleggen",
            register.overleggen.values().filter(|it| it.op >= op).count(),
            "overleggen vandaag of later",
        ),
        (
            "Budgetten",
            "/register/budgetten",
            register.budgetten.len(),
            "budgetten van teams, per jaar",
        ),
        (
            "Scholing",
            "/register/scholing",
            register.scholingseisen.len(),
            "eisen aan de kennis per functie, en wie nog moet",
        ),
    ]
}

/// A page of the register, with word of what was saved.
pub(crate) fn page(
    web: &Web,
    gebruiker: &Gebruiker,
    kop: &str,
    lead: &str,
    waarden: &Waarden,
) -> Overzicht {
    let kader: Kader = web.kader(kop, Some(gebruiker), "/register");
    let mut pagina = Overzicht::new(kader, lead);
    pagina.kruimels.push(Verwijzing::new("Register", "/register"));
    pagina.gedaan = match waarden.get("opgeslagen") {
        "ja" => Some("Opgeslagen in het register.".to_owned()),
        "niets" => Some("Dit stond al zo in het register; er is niets gewijzigd.".to_owned()),
        _ => None,
    };
    pagina
}
