//! Pages about messages. `/iwmo/controle`: a message is checked against the standard, and nothing of
//! it is kept.

pub(crate) mod koppeling;
pub(crate) mod ontvangst;
pub(crate) mod werkvoorraad;

use askama::Template;
use axum::{body::Bytes, extract::State, response::Response};
use messages::{
    Ernst, Problem,
    iwmo::{
        controle::{self, Uitslag},
        regel::{self, Omgeving},
    },
};

use crate::{
    fout::{Fout, toon, toon_fouten},
    gebruiker::Gebruiker,
    kader::Kader,
    meerdelig::Meerdelig,
    staat::Web,
};

/// How large a message with the form around it may be.
pub(crate) const MAX_BYTES: usize = messages::iwmo::MAX_BYTES + 64 * 1024;

/// How many problems are shown.
const GETOOND: usize = 200;

/// The page: the form, and what came of it.
#[derive(Template)]
#[template(path = "iwmo-controle.html")]
struct Pagina {
    kader: Kader,
    fout: Option<&'static str>,
    uitslag: Option<Getoond>,
}

/// What is shown of a checked message.
struct Getoond {
    goed: bool,
    kop: String,
    meer: usize,
    regels: Vec<Rij>,
}

/// One problem.
struct Rij {
    regel: String,
    element: String,
    code: &'static str,
    retourcode: &'static str,
    tekst: String,
    fout: bool,
}

/// `GET /iwmo/controle`
pub(crate) async fn formulier(
    State(web): State<Web>,
    gebruiker: Gebruiker,
) -> Result<Response, Fout> {
    toon(&page(&web, &gebruiker, None, None))
}

/// `POST /iwmo/controle`
pub(crate) async fn controleer(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    form: Meerdelig,
) -> Result<Response, Fout> {
    let chosen = form.deel("bestand").filter(|it| it.bestand.is_some());
    let pasted = form.deel("bericht").filter(|it| !it.bytes.trim_ascii().is_empty());
    let Some(deel) = chosen.or(pasted) else {
        let fout = "Plak een bericht of kies een bestand.";
        return toon_fouten(&page(&web, &gebruiker, Some(fout), None));
    };
    let name = deel.bestand.clone().unwrap_or_else(|| "het bericht".to_owned());
    // What is pasted starts where the message does.
    let bytes = match deel.bestand {
        Some(_) => deel.bytes.clone(),
        None => deel.bytes.slice_ref(deel.bytes.trim_ascii()),
    };
    let register = web.register();
    let vandaag = gebruiker.vandaag;
    let shown = tokio::task::spawn_blocking(move || check(&name, &bytes, &register, vandaag));
    toon(&page(&web, &gebruiker, None, Some(shown.await?)))
}

fn check(
    name: &str,
    bytes: &Bytes,
    register: &domain::Register,
    vandaag: jiff::civil::Date,
) -> Getoond {
    let omgeving = Omgeving { vandaag, register: Some(register) };
    getoond(name, &controle::controleer(name, bytes, &omgeving, None))
}

fn getoond(name: &str, uitslag: &Uitslag) -> Getoond {
    let wrong = uitslag.problems.iter().filter(|it| it.ernst == Ernst::Fout).count();
    let what = uitslag.bericht.as_ref().map(|it| format!("{} ", it.soort())).unwrap_or_default();
    let kop = match wrong {
        0 => format!("{what}{name}: geen fouten"),
        1 => format!("{what}{name}: 1 fout"),
        many => format!("{what}{name}: {many} fouten"),
    };
    Getoond {
        goed: uitslag.is_goed(),
        kop,
        meer: uitslag.problems.len().saturating_sub(GETOOND),
        regels: uitslag.problems.iter().take(GETOOND).map(rij).collect(),
    }
}

fn rij(problem: &Problem) -> Rij {
    Rij {
        regel: problem.line.map_or(String::new(), |it| it.to_string()),
        element: problem.element.as_deref().unwrap_or_default().to_owned(),
        code: problem.code,
        retourcode: regel::regel(problem.code).and_then(|it| it.retourcode).unwrap_or("geen"),
        tekst: problem.text.clone(),
        fout: problem.ernst == Ernst::Fout,
    }
}

fn page(
    web: &Web,
    gebruiker: &Gebruiker,
    fout: Option<&'static str>,
    uitslag: Option<Getoond>,
) -> Pagina {
    let kader = web.kader("iWmo-bericht controleren", Some(gebruiker), "/iwmo/controle");
    Pagina { kader, fout, uitslag }
}
