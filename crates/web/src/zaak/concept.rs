//! The draft of a long text: kept per case, step and writer until the step is taken.

use domain::{ClientId, ZaakId};

use super::Stap;
use crate::{fout::Fout, gebruiker::Gebruiker, staat::Web};

const SOORT: &str = "concept";

/// Under which key a draft lies: two people who write never overwrite each other.
fn key(zaak: ZaakId, stap: &Stap, gebruiker: &Gebruiker) -> String {
    format!("{zaak}.{}.{}", stap.naam, gebruiker.hoedanigheid.medewerker.0)
}

/// The draft of this user, if there is one.
pub(super) async fn lees(
    web: &Web,
    gebruiker: &Gebruiker,
    client: ClientId,
    (zaak, stap): (ZaakId, &Stap),
) -> Result<Option<String>, Fout> {
    if stap.tekst.is_none() {
        return Ok(None);
    }
    let key = key(zaak, stap, gebruiker);
    let texts = web.store().texts(client).await?;
    let found = texts.into_iter().find(|it| it.kind == SOORT && it.key == key);
    Ok(found.map(|it| it.text).filter(|it| !it.is_empty()))
}

/// Keeps a draft; an empty one is none.
pub(super) async fn bewaar(
    web: &Web,
    gebruiker: &Gebruiker,
    client: ClientId,
    (zaak, stap): (ZaakId, &Stap),
    tekst: &str,
) -> Result<(), Fout> {
    let key = key(zaak, stap, gebruiker);
    Ok(web.store().put_text(client, SOORT, &key, tekst, web.nu()).await?)
}
