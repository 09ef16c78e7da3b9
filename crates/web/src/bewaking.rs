//! The guard before every route: who is this, and may this function do what the route asks.

use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, Method, StatusCode, Uri,
        header::{AUTHORIZATION, COOKIE},
    },
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    fout::Fout,
    gebruiker::Gebruiker,
    hervat,
    iwmo::ontvangst::{KOPPELING, geweigerd},
    routes::Toegang,
    sessie,
    staat::Web,
};

/// Lets a request through, sends it to log in, or refuses it.
pub(crate) async fn bewaak(
    State((web, toegang)): State<(Web, Toegang)>,
    mut request: Request,
    next: Next,
) -> Response {
    if toegang == Toegang::Koppeling {
        let shown = bearer(request.headers());
        return match check_token(&web, shown).await {
            Ok(None) => next.run(request).await,
            Ok(Some((status, tekst))) => geweigerd(&web, status, tekst),
            Err(fout) => fout.into_response(),
        };
    }
    // The body is not part of the question, and may not be shared between threads.
    let vraag = Vraag {
        token: request
            .headers()
            .get_all(COOKIE)
            .iter()
            .filter_map(|it| it.to_str().ok())
            .find_map(sessie::token),
        inloggen: login_path(request.method(), request.uri()),
    };
    match decide(&web, toegang, &vraag).await {
        Ok(Doorgang::Vrij) => next.run(request).await,
        Ok(Doorgang::Als(gebruiker)) => {
            request.extensions_mut().insert(gebruiker.clone());
            let mut response = next.run(request).await;
            response.extensions_mut().insert(gebruiker);
            response
        }
        Ok(Doorgang::Naar(pad)) => {
            let login = || Redirect::to(&pad).into_response();
            match hervat::houd_vast(&web, vraag.token.as_deref(), request).await {
                Ok(kept) => kept.unwrap_or_else(login),
                Err(fout) => fout.into_response(),
            }
        }
        Ok(Doorgang::Geweigerd(fout, gebruiker)) => {
            let mut response = fout.into_response();
            response.extensions_mut().insert(gebruiker);
            response
        }
        Err(fout) => fout.into_response(),
    }
}

/// The token behind `Authorization: Bearer`. RFC 6750, section 2.1.
fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

/// Why a program may not come in, if so.
async fn check_token(
    web: &Web,
    shown: Option<String>,
) -> Result<Option<(StatusCode, &'static str)>, Fout> {
    if web.store().token_since(KOPPELING).await?.is_none() {
        return Ok(Some((StatusCode::NOT_FOUND, "De ontvangst over HTTP staat uit.")));
    }
    let right = match shown {
        Some(token) => web.store().check_token(KOPPELING, &token).await?,
        None => false,
    };
    Ok((!right).then_some((StatusCode::UNAUTHORIZED, "Dit token is niet (meer) geldig.")))
}

/// What the guard needs to know of a request.
struct Vraag {
    token: Option<String>,
    inloggen: String,
}

enum Doorgang {
    Vrij,
    Als(Gebruiker),
    Naar(String),
    Geweigerd(Fout, Gebruiker),
}

async fn decide(web: &Web, toegang: Toegang, vraag: &Vraag) -> Result<Doorgang, Fout> {
    if toegang == Toegang::Altijd {
        return Ok(Doorgang::Vrij);
    }
    if !web.is_ingericht().await? {
        return Ok(match toegang {
            Toegang::Inrichten => Doorgang::Vrij,
            _ => Doorgang::Naar("/inrichten".to_owned()),
        });
    }
    match toegang {
        Toegang::Altijd | Toegang::Open | Toegang::Koppeling => return Ok(Doorgang::Vrij),
        Toegang::Inrichten => return Ok(Doorgang::Naar("/".to_owned())),
        Toegang::Ingelogd | Toegang::Recht(_) => {}
    }
    let Some(gebruiker) = who(web, vraag).await? else {
        return Ok(Doorgang::Naar(vraag.inloggen.clone()));
    };
    match toegang {
        Toegang::Recht(actie) if !gebruiker.mag(actie) => {
            Ok(Doorgang::Geweigerd(Fout::MagNiet(actie), gebruiker))
        }
        _ => Ok(Doorgang::Als(gebruiker)),
    }
}

/// The user behind the cookie, in the capacity of today. Rights taken away work at once.
async fn who(web: &Web, vraag: &Vraag) -> Result<Option<Gebruiker>, Fout> {
    let Some(token) = &vraag.token else { return Ok(None) };
    let Some(account) = web.store().session(token, &web.nu()).await? else { return Ok(None) };
    if account.blocked {
        return Ok(None);
    }
    let vandaag = web.vandaag();
    let held = web.live().with(|it| it.state.register.hoedanigheid(account.medewerker, vandaag));
    match held {
        Some(hoedanigheid) => Ok(Some(Gebruiker { account: account.name, hoedanigheid, vandaag })),
        None => Err(Fout::GeenAanstelling),
    }
}

fn login_path(method: &Method, uri: &Uri) -> String {
    match uri.path_and_query().map(|it| it.as_str()) {
        Some(path) if method == Method::GET && path != "/" => {
            format!("/inloggen?terug={}", crate::tekst::in_query(path))
        }
        _ => "/inloggen".to_owned(),
    }
}
