//! `/maandbeeld`: the figures of a month, with what they mean in a sentence on top.

mod berekening;
mod bericht;
mod keuze;
mod tegels;

use askama::Template;
use axum::{
    extract::State,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use indicators::{Dimensie, Maand};
use reports::Tabel;

use self::{
    berekening::{Berekening, kleine_reeksen},
    keuze::{Keuze, Keuzelijst},
    tegels::Tegel,
};
use crate::{
    fout::{Fout, toon},
    gebruiker::Gebruiker,
    invoer::Zoekdeel,
    kader::Kader,
    overzicht::Verwijzing,
    rechten::Actie,
    staat::Web,
    tekst::EigenHtml,
};

#[derive(Template)]
#[template(path = "maandbeeld.html")]
struct Maandbeeld {
    kader: Kader,
    kop: String,
    lead: String,
    chips: EigenHtml,
    opmerkingen: Vec<String>,
    lijsten: Vec<Keuzelijst>,
    peildatum: String,
    gekozen: Vec<Verwijzing>,
    inhoud: Option<Inhoud>,
    terug: Option<Verwijzing>,
}

/// What there is to see of a month that has figures.
struct Inhoud {
    tegels: Vec<Tegel>,
    niet_te_kiezen: Option<String>,
    grafiek: EigenHtml,
    klein_kop: &'static str,
    klein: Vec<Klein>,
    tabellen: EigenHtml,
    downloads: Vec<Verwijzing>,
}

/// One small chart with a sentence under it.
struct Klein {
    naam: String,
    pad: Option<String>,
    tekening: EigenHtml,
    zin: String,
}

/// `GET /maandbeeld`
pub(crate) async fn pagina(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let keuze = Keuze::read(&web, &waarden).await?;
    let kader = web.kader("Maandbeeld", Some(&gebruiker), "/maandbeeld");
    if let Some(empty) = empty(&keuze) {
        let page = Maandbeeld { kader, ..empty };
        return toon(&page);
    }
    let may_take = gebruiker.mag(Actie::CijfersDownloaden);
    let page = tokio::task::spawn_blocking(move || {
        let berekening = Berekening::of(&keuze);
        full(kader, &keuze, &berekening, may_take)
    });
    toon(&page.await?)
}

/// The page of a month of which there is nothing to tell, and where there is.
fn empty(keuze: &Keuze) -> Option<Maandbeeld> {
    let (kop, lead) = match (keuze.bron.feiten.eerste_maand(), keuze.bron.laatste) {
        (None, _) | (_, None) => (
            "Er zijn nog geen gegevens".to_owned(),
            "Zodra de eerste melding of voorziening is vastgelegd, staan hier cijfers.".to_owned(),
        ),
        (Some(first), _) if keuze.maand < first => (
            format!("Over {} is niets bekend", keuze.maand.naam()),
            format!("De gegevens beginnen in {}. Dat is geen fout.", first.naam()),
        ),
        (_, Some(last)) if keuze.maand > last.volgende() => (
            format!(
                "{} moet nog komen",
                crate::invoer::zin(&keuze.maand.naam()).trim_end_matches('.')
            ),
            format!("De laatste maand met gegevens is {}.", last.naam()),
        ),
        _ => return None,
    };
    let go = keuze.bron.laatste.map(|it| {
        Verwijzing::new(format!("Bekijk {}", it.naam()), keuze.pad_maand("/maandbeeld", it))
    });
    Some(Maandbeeld {
        kader: Kader::new("", None, None, "", false),
        kop,
        lead,
        chips: EigenHtml::default(),
        opmerkingen: keuze.opmerkingen.clone(),
        lijsten: keuze.lijsten(),
        peildatum: keuze.peildatum_tekst(),
        gekozen: keuze.gekozen("/maandbeeld"),
        inhoud: None,
        terug: go,
    })
}

fn full(kader: Kader, keuze: &Keuze, berekening: &Berekening, may_take: bool) -> Maandbeeld {
    let downloads = if may_take {
        vec![
            Verwijzing::new("Alle cijfers als CSV", keuze.pad("/maandbeeld/cijfers.csv")),
            Verwijzing::new("Alle cijfers als XLSX", keuze.pad("/maandbeeld/cijfers.xlsx")),
        ]
    } else {
        Vec::new()
    };
    let (klein_kop, per) = berekening.verdeling();
    let inhoud = Inhoud {
        tegels: tegels::tegels(keuze, berekening),
        niet_te_kiezen: tegels::left_out(berekening),
        grafiek: EigenHtml(reports::html::grafiek(&berekening.grafiek())),
        klein_kop,
        klein: klein(keuze, berekening, per),
        tabellen: EigenHtml(
            berekening.soorten.iter().map(reports::html::tabel).collect::<String>(),
        ),
        downloads,
    };
    Maandbeeld {
        kader,
        kop: bericht::kop(keuze, berekening),
        lead: bericht::lead(keuze, berekening),
        chips: EigenHtml(reports::html::chips(&bericht::chips(keuze, berekening))),
        opmerkingen: keuze.opmerkingen.clone(),
        lijsten: keuze.lijsten(),
        peildatum: keuze.peildatum_tekst(),
        gekozen: keuze.gekozen("/maandbeeld"),
        inhoud: Some(inhoud),
        terug: None,
    }
}

fn klein(keuze: &Keuze, berekening: &Berekening, per: Dimensie) -> Vec<Klein> {
    kleine_reeksen(berekening)
        .into_iter()
        .map(|(cel, lijn, zin)| Klein {
            // What belongs to no team or wijk cannot be chosen.
            pad: (cel.naam != "Onbekend")
                .then(|| keuze.pad_met("/maandbeeld", per.naam(), &cel.sleutel)),
            tekening: EigenHtml(reports::svg::klein(&lijn, "", 0, None)),
            naam: cel.naam,
            zin,
        })
        .collect()
}

/// `GET /maandbeeld/cijfers.csv`: every figure of the page, as one table.
pub(crate) async fn csv(
    State(web): State<Web>,
    _: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let keuze = Keuze::read(&web, &waarden).await?;
    let name = file_name("maandbeeld", keuze.maand, &keuze, "csv");
    let bytes = tokio::task::spawn_blocking(move || {
        let mut tabel = reports::cijfers_tabel(&Berekening::of(&keuze).alle_cijfers());
        if let Some(parts) = tabel.kolommen.iter_mut().find(|it| it.naam == "Totaal") {
            parts.naam = "Deel".to_owned();
        }
        reports::csv::tabel(&tabel)
    });
    Ok(download(&name, "text/csv; charset=utf-8", bytes.await?))
}

/// `GET /maandbeeld/cijfers.xlsx`: the same, a sheet for every part of the page.
pub(crate) async fn xlsx(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let keuze = Keuze::read(&web, &waarden).await?;
    let name = file_name("maandbeeld", keuze.maand, &keuze, "xlsx");
    let made = gebruiker.vandaag;
    let bytes = tokio::task::spawn_blocking(move || {
        let berekening = Berekening::of(&keuze);
        workbook(&berekening.bladen(), made)
    });
    Ok(download(&name, XLSX, bytes.await??))
}

/// The kind of file of a workbook.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The tables as a workbook.
pub(crate) fn workbook(tabellen: &[Tabel], made: jiff::civil::Date) -> Result<Vec<u8>, Fout> {
    reports::xlsx::werkmap(tabellen, made).map_err(|error| Fout::Storing(error.to_string()))
}

fn file_name(wat: &str, maand: Maand, keuze: &Keuze, extensie: &str) -> String {
    let chosen: Vec<String> = keuze.bijschrift();
    let mut parts = vec![wat];
    parts.extend(chosen.iter().map(String::as_str));
    reports::bestandsnaam(&parts, maand.laatste_dag(), extensie)
}

/// A file to keep.
pub(crate) fn download(naam: &str, soort: &'static str, bytes: Vec<u8>) -> Response {
    let attachment = format!("attachment; filename=\"{naam}\"");
    ([(CONTENT_TYPE, soort.to_owned()), (CONTENT_DISPOSITION, attachment)], bytes).into_response()
}
