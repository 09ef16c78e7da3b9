//! `/toets`: the council's question: does the finding hold here.

use askama::Template;
use axum::{extract::State, response::Response};
use indicators::Maand;
use reports::Report;

use crate::{
    formulier::Optie,
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    invoer::{Waarden, Zoekdeel},
    kader::Kader,
    maandbeeld::download,
    maandtabel::Keuzeformulier,
    overzicht::Verwijzing,
    rechten::Actie,
    staat::Web,
    tekst::EigenHtml,
};

#[derive(Template)]
#[template(path = "document.html")]
struct Toetspagina {
    kader: Kader,
    formulier: Option<Keuzeformulier>,
    downloads: Vec<Verwijzing>,
    document: EigenHtml,
}

/// `GET /toets`
pub(crate) async fn pagina(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let venster = choose(&web, &waarden).await?;
    let report = report(&web, venster.van, venster.tot).await?;
    let query = format!("van={}&tot={}", venster.van, venster.tot);
    let downloads = if gebruiker.mag(Actie::CijfersDownloaden) {
        vec![
            Verwijzing::new("Als HTML-document", format!("/toets/nota.html?{query}")),
            Verwijzing::new("Als JSON", format!("/toets/nota.json?{query}")),
        ]
    } else {
        Vec::new()
    };
    let months = |now: Maand| -> Vec<Optie> {
        let option =
            |it: &Maand| Optie { gekozen: *it == now, ..Optie::new(it.to_string(), it.naam()) };
        venster.maanden.iter().map(option).collect()
    };
    toon(&Toetspagina {
        kader: web.kader("Toets", Some(&gebruiker), "/toets"),
        formulier: Some(Keuzeformulier {
            naar: "/toets",
            lijsten: vec![
                ("van", "Van", months(venster.van)),
                ("tot", "Tot en met", months(venster.tot)),
            ],
        }),
        downloads,
        document: EigenHtml(reports::html::fragment(&report)),
    })
}

/// `GET /toets/nota.html`
pub(crate) async fn html(
    State(web): State<Web>,
    _: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let it = choose(&web, &waarden).await?;
    let page = reports::html::document(&report(&web, it.van, it.tot).await?);
    Ok(download(&it.name("html"), "text/html; charset=utf-8", page.into_bytes()))
}

/// `GET /toets/nota.json`
pub(crate) async fn json(
    State(web): State<Web>,
    _: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let it = choose(&web, &waarden).await?;
    let text = reports::json::report(&report(&web, it.van, it.tot).await?);
    Ok(download(&it.name("json"), "application/json", text.into_bytes()))
}

/// The window, and the months that can be chosen.
struct Venster {
    van: Maand,
    tot: Maand,
    maanden: Vec<Maand>,
}

impl Venster {
    fn name(&self, extensie: &str) -> String {
        let van = self.van.to_string();
        reports::bestandsnaam(&["toets", &van], self.tot.laatste_dag(), extensie)
    }
}

/// The window asked for; without a good one the window of the study.
async fn choose(web: &Web, waarden: &Waarden) -> Result<Venster, Fout> {
    let bron = web.bron(web.vandaag()).await?;
    let last = bron.laatste.unwrap_or_else(|| Maand::van_dag(web.vandaag()).vorige());
    let first = bron.feiten.eerste_maand().unwrap_or(last).min(last).max(last.plus(-12 * 35));
    let known = |it: &Maand| (first..=last).contains(it);
    let asked = |naam: &str| waarden.get(naam).parse::<Maand>().ok().filter(known);
    let of_study =
        |jaar, maand, other: Maand| Maand::new(jaar, maand).filter(known).unwrap_or(other);
    let van = asked("van").unwrap_or_else(|| of_study(2015, 1, first));
    let tot = asked("tot").unwrap_or_else(|| of_study(2017, 12, last));
    let (van, tot) = if van < tot { (van, tot) } else { (tot.min(van), van.max(tot)) };
    Ok(Venster { van, tot, maanden: first.tot_en_met(last).collect() })
}

async fn report(web: &Web, van: Maand, tot: Maand) -> Result<Report, Fout> {
    let bron = web.bron(web.vandaag()).await?;
    let made = tokio::task::spawn_blocking(move || {
        let toets = evaluation::toets(&bron.feiten, &bron.register, van, tot, bron.peildatum);
        reports::toetsnota(&toets)
    });
    Ok(made.await?)
}
