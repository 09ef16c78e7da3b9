//! `/maandtabel`: the monthly table, stock by product and form, and its downloads.

use askama::Template;
use axum::{extract::State, response::Response};
use indicators::{Maand, maandtabel};
use reports::{Blok, Report};

use crate::{
    formulier::Optie,
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    invoer::{Waarden, Zoekdeel},
    kader::Kader,
    maandbeeld::{XLSX, download, workbook},
    overzicht::Verwijzing,
    rechten::Actie,
    staat::Web,
    tekst::EigenHtml,
};

#[derive(Template)]
#[template(path = "document.html")]
struct Maandtabel {
    kader: Kader,
    formulier: Option<Keuzeformulier>,
    downloads: Vec<Verwijzing>,
    document: EigenHtml,
}

/// A short form above a document.
pub(crate) struct Keuzeformulier {
    pub(crate) naar: &'static str,
    pub(crate) lijsten: Vec<(&'static str, &'static str, Vec<Optie>)>,
}

/// `GET /maandtabel`
pub(crate) async fn pagina(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let (maand, months) = choose(&web, &waarden).await?;
    let report = report(&web, maand).await?;
    let options = months
        .iter()
        .rev()
        .map(|it| Optie { gekozen: *it == maand, ..Optie::new(it.to_string(), it.naam()) });
    let downloads = if gebruiker.mag(Actie::CijfersDownloaden) {
        vec![
            Verwijzing::new("Als CSV", format!("/maandtabel/tabel.csv?maand={maand}")),
            Verwijzing::new("Als XLSX", format!("/maandtabel/tabel.xlsx?maand={maand}")),
            Verwijzing::new("Als HTML-document", format!("/maandtabel/tabel.html?maand={maand}")),
        ]
    } else {
        Vec::new()
    };
    toon(&Maandtabel {
        kader: web.kader("Maandtabel", Some(&gebruiker), "/maandtabel"),
        formulier: Some(Keuzeformulier {
            naar: "/maandtabel",
            lijsten: vec![("maand", "Tot en met", options.collect())],
        }),
        downloads,
        document: EigenHtml(reports::html::fragment(&report)),
    })
}

/// `GET /maandtabel/tabel.csv`: its first table; the others are in the workbook.
pub(crate) async fn csv(
    State(web): State<Web>,
    _: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let (maand, _) = choose(&web, &waarden).await?;
    let report = report(&web, maand).await?;
    let bytes: Vec<u8> = tables(&report).iter().take(1).flat_map(reports::csv::tabel).collect();
    Ok(download(&name(maand, "csv"), "text/csv; charset=utf-8", bytes))
}

/// `GET /maandtabel/tabel.xlsx`
pub(crate) async fn xlsx(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let (maand, _) = choose(&web, &waarden).await?;
    let report = report(&web, maand).await?;
    let bytes = workbook(&tables(&report), gebruiker.vandaag)?;
    Ok(download(&name(maand, "xlsx"), XLSX, bytes))
}

/// `GET /maandtabel/tabel.html`
pub(crate) async fn html(
    State(web): State<Web>,
    _: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let (maand, _) = choose(&web, &waarden).await?;
    let page = reports::html::document(&report(&web, maand).await?);
    Ok(download(&name(maand, "html"), "text/html; charset=utf-8", page.into_bytes()))
}

fn name(maand: Maand, extensie: &str) -> String {
    reports::bestandsnaam(&["maandtabel"], maand.laatste_dag(), extensie)
}

fn tables(report: &Report) -> Vec<reports::Tabel> {
    let table = |it: &Blok| match it {
        Blok::Tabel(tabel) => Some(tabel.clone()),
        _ => None,
    };
    report.blokken.iter().filter_map(table).collect()
}

/// The month asked for, and the months that can be asked for.
async fn choose(web: &Web, waarden: &Waarden) -> Result<(Maand, Vec<Maand>), Fout> {
    let bron = web.bron(web.vandaag()).await?;
    let last = bron.laatste.unwrap_or_else(|| Maand::van_dag(web.vandaag()).vorige());
    let first = bron.feiten.eerste_maand().unwrap_or(last).min(last).max(last.plus(-12 * 35));
    let asked = waarden.get("maand").parse::<Maand>().ok();
    let maand = asked.filter(|it| (first..=last).contains(it)).unwrap_or(last);
    Ok((maand, first.tot_en_met(last).collect()))
}

async fn report(web: &Web, maand: Maand) -> Result<Report, Fout> {
    let bron = web.bron(web.vandaag()).await?;
    let made = tokio::task::spawn_blocking(move || {
        reports::maandrapport(&maandtabel(&bron.feiten, &bron.register, maand, bron.peildatum))
    });
    Ok(made.await?)
}
