//! Saved views of the work list: a name for a choice, per person, outside the log.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use domain::MedewerkerId;

use super::{keuze::Keuze, refused};
use crate::{
    fout::Fout, gebruiker::Gebruiker, invoer::Formulierdeel, overzicht::Verwijzing, staat::Web,
};

/// Under which kind they are kept.
const SOORT: &str = "weergaven";
/// How many somebody can have.
const HOOGSTENS: usize = 20;
/// How long a name can be.
const LENGTE: usize = 40;

/// The views of somebody, by name, each with the address of its list.
pub(super) async fn lees(web: &Web, wie: MedewerkerId) -> Result<Vec<Verwijzing>, Fout> {
    let kept = web.store().staff_note(wie, SOORT).await?.unwrap_or_default();
    let pair = |line: &str| line.split_once('\t').map(|(path, naam)| Verwijzing::new(naam, path));
    let mut found: Vec<Verwijzing> = kept.lines().filter_map(pair).collect();
    found.sort_by_key(|it| it.naam.to_lowercase());
    Ok(found)
}

/// `POST /werkvoorraad/weergaven`: saves the choice under a name, or throws a view away.
pub(crate) async fn wijzig(
    State(web): State<Web>,
    gebruiker: Gebruiker,
    Formulierdeel(waarden): Formulierdeel,
) -> Result<Response, Fout> {
    let wie = gebruiker.hoedanigheid.medewerker;
    let mut views = lees(&web, wie).await?;
    let gone = waarden.get("verwijder");
    if !gone.is_empty() {
        views.retain(|it| it.naam != gone);
        keep(&web, wie, &views).await?;
        return Ok(Redirect::to("/werkvoorraad?weergave=weg").into_response());
    }
    let naam = waarden.get("naam").replace(['\n', '\t'], " ");
    let fault = match naam.chars().count() {
        0 => Some("Geef de weergave een naam.".to_owned()),
        n if n > LENGTE => Some(format!("Gebruik hoogstens {LENGTE} tekens voor de naam.")),
        _ => None,
    };
    views.retain(|it| it.naam != naam);
    let full = views.len() >= HOOGSTENS;
    let fault = fault.or_else(|| {
        full.then(|| format!("U heeft al {HOOGSTENS} weergaven. Verwijder er eerst een."))
    });
    if let Some(fault) = fault {
        return refused(&web, &gebruiker, &waarden, vec![fault]).await;
    }
    let keuze = Keuze::read(&waarden);
    views.push(Verwijzing::new(naam, keuze.path_with(&[])));
    keep(&web, wie, &views).await?;
    Ok(Redirect::to(&keuze.path_with(&[("weergave", "bewaard")])).into_response())
}

async fn keep(web: &Web, wie: MedewerkerId, views: &[Verwijzing]) -> Result<(), Fout> {
    let lines: Vec<String> = views.iter().map(|it| format!("{}\t{}", it.pad, it.naam)).collect();
    Ok(web.store().put_staff_note(wie, SOORT, &lines.join("\n")).await?)
}
