//! The guard before every route: who is this, and may this function do what the route asks.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, Uri, header::AUTHORIZATION},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    fout::Fout,
    functie,
    gebruiker::{Gebruiker, Kiezer},
    hervat,
    iwmo::ontvangst::{KOPPELING, geweigerd},
    routes::Toegang,
    sessie::{self, Koekje},
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
        token: sessie::koekje(request.headers(), Koekje::Sessie),
        functie: functie::in_cookie(request.headers()),
        leest: request.method() == Method::GET,
        pad: page_path(request.method(), request.uri()),
    };
    match decide(&web, toegang, &vraag).await {
        Ok(Doorgang::Vrij) => next.run(request).await,
        Ok(Doorgang::Als(gebruiker)) => {
            request.extensions_mut().insert(gebruiker.clone());
            let mut response = next.run(request).await;
            response.extensions_mut().insert(gebruiker);
            response
        }
        Ok(Doorgang::Kiest(kiezer)) => {
            request.extensions_mut().insert(kiezer);
            next.run(request).await
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
    /// The key of the function that was chosen.
    functie: Option<String>,
    /// Whether nothing is changed by it.
    leest: bool,
    /// The page to come back to.
    pad: Option<String>,
}

enum Doorgang {
    Vrij,
    Als(Gebruiker),
    Kiest(Kiezer),
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
        Toegang::Ingelogd | Toegang::Kiest | Toegang::Recht(_) => {}
    }
    let Some(kiezer) = who(web, vraag).await? else {
        return Ok(Doorgang::Naar(login_path(vraag.pad.as_deref())));
    };
    if toegang == Toegang::Kiest {
        return Ok(Doorgang::Kiest(kiezer));
    }
    // What is sent before anything was chosen is sent in the own appointment: nothing is lost when
    // a substitution begins while somebody writes.
    let own = || kiezer.uit_aanstelling().filter(|_| !vraag.leest);
    let Some(gebruiker) = kiezer.gebruiker().or_else(own) else {
        let naar = functie::eerst_kiezen(vraag.pad.as_deref(), kiezer.vervallen);
        return Ok(Doorgang::Naar(naar));
    };
    match toegang {
        Toegang::Recht(actie) if !gebruiker.mag(actie) => {
            Ok(Doorgang::Geweigerd(Fout::MagNiet(actie), gebruiker))
        }
        _ => Ok(Doorgang::Als(gebruiker)),
    }
}

/// Who is behind the cookie, with the capacities of today. Rights taken away work at once.
async fn who(web: &Web, vraag: &Vraag) -> Result<Option<Kiezer>, Fout> {
    let Some(token) = &vraag.token else { return Ok(None) };
    let Some(account) = web.store().session(token, &web.nu()).await? else { return Ok(None) };
    if account.blocked {
        return Ok(None);
    }
    let vandaag = web.vandaag();
    let kan = web.live().with(|it| it.state.register.hoedanigheden(account.medewerker, vandaag));
    if kan.is_empty() {
        return Err(Fout::GeenAanstelling);
    }
    let gekozen = vraag.functie.as_deref().and_then(|it| functie::find(&kan, it));
    Ok(Some(Kiezer {
        account: account.name,
        medewerker: account.medewerker,
        vervallen: vraag.functie.is_some() && gekozen.is_none(),
        gekozen,
        kan,
        vandaag,
    }))
}

/// The page that was asked for, where it can be asked for again.
fn page_path(method: &Method, uri: &Uri) -> Option<String> {
    let path = uri.path_and_query()?.as_str();
    (method == Method::GET && path != "/").then(|| path.to_owned())
}

fn login_path(pad: Option<&str>) -> String {
    match pad {
        Some(path) => format!("/inloggen?terug={}", crate::tekst::in_query(path)),
        None => "/inloggen".to_owned(),
    }
}
