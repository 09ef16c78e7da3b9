//! A session that ends while somebody fills in a form: what was typed comes back after signing in.
//!
//! The form goes to the login page, sealed for the account of the session that ended, and back
//! after that account signed in. Nothing is done with it before; nothing of it is stored here.

use askama::Template;
use axum::{
    body::{Body, to_bytes},
    extract::{FromRequest, Request},
    http::{Method, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};

use crate::{
    fout::{Fout, toon},
    invoer::{Formulierdeel, Waarden},
    kader::Kader,
    server::FORMULIER_BYTES,
    sessie,
    staat::Web,
};

/// The header with which a page keeps a draft by itself.
pub(crate) const CONCEPT: &str = "x-concept";

const FORMULIER: &str = "application/x-www-form-urlencoded";

/// What a form is sent for when it only has to be shown again as it was.
const HERVAT: &str = "hervat";

/// The most bytes of a login form that carries another form, sealed.
pub(crate) const MEEGENOMEN_BYTES: usize = 3 * FORMULIER_BYTES;

/// The page after signing in, from which the form is opened again.
#[derive(Template)]
#[template(path = "hervat.html")]
struct Hervat {
    kader: Kader,
    naar: String,
    velden: Vec<(String, String)>,
}

/// Whether a form only has to be shown again, with what was typed.
pub(crate) fn gevraagd(waarden: &Waarden) -> bool {
    waarden.get("doe") == HERVAT
}

/// What is said above a form that came back.
pub(crate) const GEDAAN: &str =
    "U bent weer ingelogd. Wat u invulde, staat er nog; er is nog niets van vastgelegd.";

/// The login page that carries what was typed; `None` where there is nothing to carry, or where it
/// is not known whose it is.
pub(crate) async fn houd_vast(
    web: &Web,
    token: Option<&str>,
    request: Request,
) -> Result<Option<Response>, Fout> {
    let pad = request.uri().path().to_owned();
    if request.method() != Method::POST || !can_come_back(&pad) {
        return Ok(None);
    }
    if request.headers().contains_key(CONCEPT) {
        return Ok(Some(StatusCode::UNAUTHORIZED.into_response()));
    }
    let kind = request.headers().get(CONTENT_TYPE).map(|it| it.as_bytes().to_vec());
    let is_form = kind.is_some_and(|it| it.starts_with(FORMULIER.as_bytes()));
    let Some(token) = token.filter(|_| is_form) else { return Ok(None) };
    let Some(account) = web.store().ended_session(token, &web.nu()).await? else {
        return Ok(None);
    };
    let Ok(body) = to_bytes(request.into_body(), FORMULIER_BYTES).await else { return Ok(None) };
    let typed = [pad.as_bytes(), b"\n", &body].concat();
    let sealed = web.store().seal_typed(&account.name, &typed, web.nu())?;
    sessie::afgelopen(web, &sealed).map(Some)
}

/// The form as it was, for the account that typed it; `None` for anybody else.
pub(crate) async fn kom_terug(
    web: &Web,
    account: &str,
    sealed: &str,
) -> Result<Option<Response>, Fout> {
    let Some(typed) = web.store().open_typed(account, sealed, web.nu()) else { return Ok(None) };
    let Some(at) = typed.iter().position(|it| *it == b'\n') else { return Ok(None) };
    let Ok(naar) = String::from_utf8(typed[..at].to_vec()) else { return Ok(None) };
    let form = Request::post("/").header(CONTENT_TYPE, FORMULIER);
    let form = form.body(Body::from(typed[at + 1..].to_vec()));
    let Ok(form) = form else { return Ok(None) };
    let Formulierdeel(waarden) = Formulierdeel::from_request(form, web).await?;
    let kept = waarden.paren().filter(|(naam, _)| *naam != "doe");
    let mut velden: Vec<(String, String)> =
        kept.map(|(naam, waarde)| (naam.to_owned(), waarde.to_owned())).collect();
    velden.push(("doe".to_owned(), HERVAT.to_owned()));
    let kader = web.kader("U bent weer ingelogd", None, "");
    toon(&Hervat { kader, naar, velden }).map(Some)
}

/// The forms in which much can be typed, each of which knows how to show itself again.
fn can_come_back(pad: &str) -> bool {
    let parts: Vec<&str> = pad.split('/').skip(1).collect();
    matches!(
        parts.as_slice(),
        ["zaken", _, "stappen", _]
            | ["zaken", _, "kader"]
            | ["meldingen", "nieuw"]
            | ["register", "wijzig", _]
            | ["cta", _, "zaken", _]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_form_with_a_password_or_a_search_for_a_person_is_carried() {
        for (path, carried) in [
            ("/zaken/2018-00001/stappen/verslag", true),
            ("/meldingen/nieuw", true),
            ("/cta/1/zaken/2018-00001", true),
            ("/account", false),
            ("/inloggen", false),
            ("/beheer/accounts/nieuw", false),
            ("/dossiers/zoeken", false),
        ] {
            assert_eq!(can_come_back(path), carried, "{path}");
        }
    }
}
