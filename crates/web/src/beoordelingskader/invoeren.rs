//! `/register/kader/nieuw`: a new version is read, compared and tried before it goes into force.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use domain::{Command, Register, RegisterEvent, inrichting::Inrichting, kader::Kader as Versie};
use jiff::civil::Date;
use messages::Problem;
use store::ExecuteError;

use super::{versies, woorden};
use crate::{
    datum,
    formulier::{Formulier, Soort, Veld},
    fout::{Fout, toon, toon_fouten},
    gebruiker::Gebruiker,
    invoer::{Formulierdeel, Lezer, Veldfout, Waarden, zin},
    kader::Kader,
    meerdelig::Meerdelig,
    overzicht::{Cel, Sectie, Verwijzing},
    staat::Web,
};

/// How large a framework may be; escaped in a form it still fits.
const MAX_BYTES: usize = 64 * 1024;

#[derive(Template)]
#[template(path = "kader-invoeren.html")]
struct Pagina {
    kader: Kader,
    kruimels: Vec<Verwijzing>,
    ingevuld: String,
    fouten: Vec<Regelfout>,
    secties: Vec<Sectie>,
    vaststellen: Option<Formulier>,
    gebreken: Vec<String>,
}

/// What is wrong, with the line it is about.
struct Regelfout {
    tekst: String,
    regel: String,
}

/// `GET /register/kader/nieuw`
pub(crate) async fn formulier(
    State(web): State<Web>,
    gebruiker: Gebruiker,
) -> Result<Response, Fout> {
    toon(&page(&web, &gebruiker, String::new(), Vec::new()))
}

/// `POST /register/kader/nieuw`: shows what it would change; nothing is kept.
pub(crate) async fn controleer(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    form: Meerdelig,
) -> Result<Response, Fout> {
    let chosen = form.deel("bestand").filter(|it| it.bestand.is_some());
    let pasted = form.deel("tekst").filter(|it| !it.bytes.trim_ascii().is_empty());
    let given = chosen.or(pasted).map(|it| (it.bytes.len(), std::str::from_utf8(&it.bytes)));
    let text = match given {
        None => Err("Plak een kader of kies een bestand."),
        Some((size, _)) if size > MAX_BYTES => Err("Dit kader is te groot; het past in 64 kB."),
        Some((_, Err(_))) => Err("Dit bestand is geen leesbare tekst (UTF-8)."),
        Some((_, Ok(text))) => Ok(text),
    };
    let text = match text {
        Ok(text) => text.to_owned(),
        Err(why) => {
            let fout = Regelfout { tekst: why.to_owned(), regel: String::new() };
            return toon_fouten(&page(&web, &gebruiker, String::new(), vec![fout]));
        }
    };
    let register = web.register();
    match read(&register, gebruiker.vandaag, &text) {
        Ok(kader) => {
            let mut waarden = Waarden::default();
            waarden.standaard("tekst", text.clone());
            waarden.standaard("vanaf", datum::kort(gebruiker.vandaag));
            let shown = judged(&web, &gebruiker, (&kader, text), &waarden, Vec::new());
            if shown.gebreken.is_empty() { toon(&shown) } else { toon_fouten(&shown) }
        }
        Err(fouten) => toon_fouten(&page(&web, &gebruiker, text, fouten)),
    }
}

/// `POST /register/kader/vaststellen`: puts it in force, whole or not at all.
pub(crate) async fn stel_vast(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Formulierdeel(waarden): Formulierdeel,
) -> Result<Response, Fout> {
    let register = web.register();
    let text = waarden.get("tekst").to_owned();
    let kader = match read(&register, gebruiker.vandaag, &text) {
        Ok(it) => it,
        Err(fouten) => return toon_fouten(&page(&web, &gebruiker, text, fouten)),
    };
    let mut lezer = Lezer::new(&waarden);
    let vanaf = lezer.datum("vanaf", "de dag waarop het kader ingaat");
    let vanaf = vanaf.filter(|day| match may_begin(&register, &kader, *day, gebruiker.vandaag) {
        Ok(()) => true,
        Err(why) => {
            lezer.fout("vanaf", why);
            false
        }
    });
    let fouten = match lezer.klaar(vanaf) {
        Err(fouten) => fouten,
        Ok(vanaf) => {
            let event = Inrichting::KaderVastgesteld(Box::new(kader.clone()));
            let command = Command::Register(RegisterEvent::ToegangIngericht(event));
            let asked = [(command, gebruiker.omstandigheid(vanaf))];
            match web.live().execute(&asked, web.nu()).await {
                Ok(entries) => {
                    let saved = if entries.is_empty() { "niets" } else { "ja" };
                    let path = format!("/register/kader?opgeslagen={saved}");
                    return Ok(Redirect::to(&path).into_response());
                }
                Err(ExecuteError::Refused { refusal, .. }) => {
                    let tekst = zin(&format!("Dit kan niet: {refusal}"));
                    vec![Veldfout { veld: String::new(), tekst }]
                }
                Err(ExecuteError::Store(error)) => return Err(error.into()),
            }
        }
    };
    toon_fouten(&judged(&web, &gebruiker, (&kader, text), &waarden, fouten))
}

/// Reads a version; its number must be new or that of one that is still ahead.
fn read(register: &Register, vandaag: Date, text: &str) -> Result<Versie, Vec<Regelfout>> {
    let line_of = |it: u64| {
        let at = usize::try_from(it).unwrap_or(usize::MAX).saturating_sub(1);
        text.lines().nth(at).unwrap_or_default().trim().chars().take(120).collect::<String>()
    };
    let told = |it: Problem| {
        let line = it.line.unwrap_or(1);
        let key = it.element.as_deref().unwrap_or_default();
        let tekst = format!("Regel {line}, {key}: {}.", it.text.trim_end_matches('.'));
        Regelfout { tekst, regel: line_of(line) }
    };
    let kader = messages::kader::lees("kader.toml", text)
        .map_err(|problems| problems.into_iter().map(told).collect::<Vec<_>>())?;
    let taken = register.kaders.iter().any(|(sinds, it)| it.id == kader.id && *sinds <= vandaag);
    if !taken {
        return Ok(kader);
    }
    let next = register.kaders.iter().map(|(_, it)| it.id.0).max().unwrap_or(0).saturating_add(1);
    let number = kader.id.0;
    let line = text.lines().position(|it| it.trim_start().starts_with("versie"));
    let line = line.map_or(1, |it| it + 1);
    let tekst = format!("Regel {line}, versie: versie {number} is er al; gebruik {next} of hoger.");
    Err(vec![Regelfout { tekst, regel: format!("versie = {number}") }])
}

/// Whether a version may begin on a day: cases were walked with what held before.
fn may_begin(register: &Register, kader: &Versie, dag: Date, vandaag: Date) -> Result<(), String> {
    if dag < vandaag && !register.kaders.is_empty() {
        return Err(
            "Een nieuwe versie gaat vandaag in of later: met de vorige is al gewerkt.".to_owned()
        );
    }
    for (sinds, it) in &register.kaders {
        if *sinds == dag && dag <= vandaag {
            return Err(format!("Op deze dag ging versie {} al in; kies een latere.", it.id.0));
        }
        if *sinds != dag && it.id == kader.id {
            let day = datum::kort(*sinds);
            return Err(format!("Deze versie staat al klaar voor {day}; kies die dag."));
        }
    }
    Ok(())
}

fn page(web: &Web, gebruiker: &Gebruiker, ingevuld: String, fouten: Vec<Regelfout>) -> Pagina {
    Pagina {
        kader: web.kader("Nieuwe versie van het kader", Some(gebruiker), "/register"),
        kruimels: vec![
            Verwijzing::new("Register", "/register"),
            Verwijzing::new("Beoordelingskader", "/register/kader"),
        ],
        ingevuld,
        fouten,
        secties: Vec::new(),
        vaststellen: None,
        gebreken: Vec::new(),
    }
}

/// The page with what was found: difference, trial and, if all is well, the form for the day.
fn judged(
    web: &Web,
    gebruiker: &Gebruiker,
    (kader, text): (&Versie, String),
    waarden: &Waarden,
    fouten: Vec<Veldfout>,
) -> Pagina {
    let register = web.register();
    let mut pagina = page(web, gebruiker, text, Vec::new());
    pagina.gebreken = kader.gebreken().iter().map(|it| zin(it)).collect();
    if let Some(now) = register.kader_op(gebruiker.vandaag) {
        let kop = format!("Verschil met versie {}, die nu geldt", now.id.0);
        let mut section = Sectie::new(kop, woorden::verschillen(now, kader));
        section.leeg = "Er is geen verschil in vragen of normen.";
        pagina.secties.push(section);
    }
    let mut trial = Sectie::new("Voorbeelden", woorden::proef(kader));
    let wrong = kader.proef().len();
    trial.lead = match (wrong, kader.voorbeelden.len()) {
        (_, 0) => "Dit kader heeft geen voorbeelden; er is niets geprobeerd.".to_owned(),
        (0, all) => format!("Alle {all} voorbeelden komen uit zoals verwacht."),
        (wrong, all) => format!("{wrong} van de {all} voorbeelden komen anders uit."),
    };
    pagina.secties.push(trial);
    let norms = versies::norms(kader, &register);
    let unknown = |it: &Vec<Cel>| matches!(it.get(1), Some(Cel::LetOp(_)));
    if norms.lijst.rijen.iter().any(unknown) {
        pagina.secties.push(norms);
    }
    if pagina.gebreken.is_empty() {
        let velden =
            vec![Veld::datum("vanaf", "Geldt vanaf"), Veld::new("tekst", "", Soort::Verborgen)];
        let naar = "/register/kader/vaststellen";
        let knop = format!("Laat versie {} ingaan", kader.id.0);
        let form = Formulier::new(naar, &knop, velden, waarden, fouten);
        pagina.vaststellen = Some(form.terug("/register/kader"));
    }
    pagina
}
