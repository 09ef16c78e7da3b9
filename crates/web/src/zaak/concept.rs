//! The draft of a form with a long text: kept per case, step and writer until the step is taken.
//!
//! It lies with the texts of the client, under their key, and never in the log.

use domain::{ClientId, ZaakId};

use super::Stap;
use crate::{datum, fout::Fout, gebruiker::Gebruiker, invoer::Waarden, staat::Web};

const SOORT: &str = "concept";

/// What belongs to the sending and not to the draft.
const NIET_BEWAARD: [&str; 2] = ["doe", "versie"];

/// Under which key a draft lies: two people who write never overwrite each other.
fn key(zaak: ZaakId, stap: &Stap, gebruiker: &Gebruiker) -> String {
    format!("{zaak}.{}.{}", stap.naam, gebruiker.hoedanigheid.medewerker.0)
}

/// The draft of this user, if there is one: the fields that were filled in.
pub(crate) async fn lees(
    web: &Web,
    gebruiker: &Gebruiker,
    client: ClientId,
    (zaak, stap): (ZaakId, &Stap),
) -> Result<Option<Waarden>, Fout> {
    if stap.tekst.is_none() {
        return Ok(None);
    }
    let key = key(zaak, stap, gebruiker);
    let texts = web.store().texts(client).await?;
    let found = texts.into_iter().find(|it| it.kind == SOORT && it.key == key);
    Ok(found.map(|it| it.text).filter(|it| !it.is_empty()).map(|it| {
        // Before the whole form was kept, a draft was the text alone.
        let pairs = serde_json::from_str::<Vec<(String, String)>>(&it);
        pairs.unwrap_or_else(|_| vec![("tekst".to_owned(), it)]).into_iter().collect()
    }))
}

/// Keeps a draft; one in which nothing is filled in is none.
pub(crate) async fn bewaar(
    web: &Web,
    gebruiker: &Gebruiker,
    client: ClientId,
    (zaak, stap): (ZaakId, &Stap),
    waarden: &Waarden,
) -> Result<(), Fout> {
    // A form that is opened again another day begins with that day.
    let today = datum::kort(gebruiker.vandaag);
    let kept: Vec<(&str, &str)> = waarden
        .paren()
        .filter(|(naam, _)| !NIET_BEWAARD.contains(naam))
        .filter(|(naam, waarde)| *naam != "op" || *waarde != today)
        .collect();
    if kept.iter().all(|(_, waarde)| waarde.trim().is_empty()) {
        return gooi_weg(web, gebruiker, client, (zaak, stap)).await;
    }
    let text = serde_json::to_string(&kept).map_err(|it| Fout::Storing(it.to_string()))?;
    let key = key(zaak, stap, gebruiker);
    Ok(web.store().put_text(client, SOORT, &key, &text, web.nu()).await?)
}

/// Throws the draft away: the step was taken.
pub(crate) async fn gooi_weg(
    web: &Web,
    gebruiker: &Gebruiker,
    client: ClientId,
    (zaak, stap): (ZaakId, &Stap),
) -> Result<(), Fout> {
    let key = key(zaak, stap, gebruiker);
    Ok(web.store().delete_text(client, SOORT, &key).await?)
}

/// Throws away every draft of a case that was closed, whoever wrote it.
pub(crate) async fn ruim_op(web: &Web, client: ClientId, zaak: ZaakId) -> Result<(), Fout> {
    let of_case = format!("{zaak}.");
    for it in web.store().texts(client).await? {
        if it.kind == SOORT && it.key.starts_with(&of_case) {
            web.store().delete_text(client, SOORT, &it.key).await?;
        }
    }
    Ok(())
}

/// What is said of a draft that was kept.
pub(crate) fn bewaard_om(web: &Web) -> String {
    let now = datum::lokaal(web.nu());
    format!("Concept bewaard om {:02}:{:02}", now.hour(), now.minute())
}
