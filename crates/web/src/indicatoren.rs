//! `/indicatoren`: what every figure means, from the catalogue.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use indicators::{CATALOGUS, Dimensie, indicator};

use crate::{
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    kader::Kader,
    overzicht::{Cel, Lijst, Overzicht, Sectie, Verwijzing},
    staat::Web,
    tekst::{EigenHtml, markdown, opsomming},
};

/// `GET /indicatoren`
pub(crate) async fn alle(State(web): State<Web>, gebruiker: Gebruiker) -> Result<Response, Fout> {
    let mut lijst = Lijst::new(&["Cijfer", "Soort", "Telt", "Naam in bestanden", "Versie#"]);
    for it in CATALOGUS {
        lijst.rij(vec![
            Cel::link(it.titel, format!("/indicatoren/{}", it.naam)),
            it.soort.naam().into(),
            it.telt.into(),
            it.naam.into(),
            it.versie.to_string().into(),
        ]);
    }
    let kader = web.kader("Wat de cijfers betekenen", Some(&gebruiker), "/maandbeeld");
    let mut pagina = Overzicht::new(
        kader,
        "Elk cijfer heeft een vaste definitie met een versie. Verandert de definitie, dan \
         verandert de versie mee.",
    );
    pagina.kruimels.push(Verwijzing::new("Maandbeeld", "/maandbeeld"));
    pagina.secties.push(Sectie::new("Definities", lijst));
    toon(&pagina)
}

#[derive(Template)]
#[template(path = "indicator.html")]
struct Definitie {
    kader: Kader,
    kop: &'static str,
    kruimels: Vec<Verwijzing>,
    kenmerken: Vec<(&'static str, String)>,
    tekst: EigenHtml,
}

/// `GET /indicatoren/{naam}`
pub(crate) async fn een(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Path(naam): Path<String>,
) -> Result<Response, Fout> {
    let it = indicator(&naam).ok_or(Fout::NietGevonden)?;
    let per: Vec<String> = it
        .dimensies
        .iter()
        .filter(|it| **it != Dimensie::Geen)
        .map(|it| it.titel().to_lowercase())
        .collect();
    // The text opens with the title, which the page has as its heading.
    let body = it.toelichting.split_once('\n').map_or(it.toelichting, |(_, rest)| rest);
    toon(&Definitie {
        kader: web.kader(it.titel, Some(&gebruiker), "/maandbeeld"),
        kop: it.titel,
        kruimels: vec![
            Verwijzing::new("Maandbeeld", "/maandbeeld"),
            Verwijzing::new("Wat de cijfers betekenen", "/indicatoren"),
        ],
        kenmerken: vec![
            ("Soort", it.soort.naam().to_owned()),
            ("Telt", it.telt.to_owned()),
            ("Gemeten in", it.eenheid.naam().to_owned()),
            ("Uit te splitsen per", opsomming(&per)),
            ("Naam in bestanden", it.naam.to_owned()),
            ("Versie van de definitie", it.versie.to_string()),
        ],
        tekst: markdown(body),
    })
}
