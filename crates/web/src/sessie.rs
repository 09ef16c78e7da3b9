//! Logging in and out.

use std::net::{IpAddr, SocketAddr};

use askama::Template;
use axum::{
    extract::{ConnectInfo, Extension, State},
    http::{HeaderMap, StatusCode, header::SET_COOKIE},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::{Cookie, SameSite};

use crate::{
    formulier::{Formulier, Soort, Veld},
    fout::{Fout, toon, toon_fouten},
    hervat,
    invoer::{Formulierdeel, Lezer, Veldfout, Waarden, Zoekdeel},
    kader::Kader,
    staat::Web,
};

/// How long a session lasts: a working day.
pub(crate) const UREN: u8 = 9;

/// A cookie of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Koekje {
    /// The token of the session.
    Sessie,
    /// The function that was chosen by who has more than one.
    Functie,
}

impl Koekje {
    /// Over https the name itself forbids any other host or path to set it.
    const fn namen(self) -> [&'static str; 2] {
        match self {
            Koekje::Sessie => ["__Host-wijkpeil", "wijkpeil"],
            Koekje::Functie => ["__Host-wijkpeil-functie", "wijkpeil-functie"],
        }
    }
}

/// The value of a cookie of ours.
pub(crate) fn koekje(headers: &HeaderMap, welk: Koekje) -> Option<String> {
    let cookies = headers.get_all(axum::http::header::COOKIE);
    cookies.iter().filter_map(|it| it.to_str().ok()).find_map(|it| value(it, welk))
}

fn value(header: &str, welk: Koekje) -> Option<String> {
    let mut pairs = header.split(';').filter_map(|it| it.trim().split_once('='));
    pairs.find(|(name, _)| welk.namen().contains(name)).map(|(_, value)| value.to_owned())
}

#[derive(Template)]
#[template(path = "inloggen.html")]
struct Inloggen {
    kader: Kader,
    formulier: Formulier,
    gemeente: String,
    /// Whether a session ended while a form was sent.
    afgelopen: bool,
}

/// `GET /inloggen`
pub(crate) async fn inloggen(
    State(web): State<Web>,
    Zoekdeel(waarden): Zoekdeel,
) -> Result<Response, Fout> {
    toon(&page(&web, &waarden, Vec::new()))
}

/// `POST /inloggen`
pub(crate) async fn log_in(
    State(web): State<Web>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    Formulierdeel(waarden): Formulierdeel,
) -> Result<Response, Fout> {
    let mut lezer = Lezer::new(&waarden);
    let naam = lezer.tekst("naam", "uw gebruikersnaam", 200);
    let wachtwoord = lezer.tekst("wachtwoord", "uw wachtwoord", 500);
    let (naam, wachtwoord) = match lezer.klaar(naam.zip(wachtwoord)) {
        Ok(it) => it,
        Err(fouten) => return toon_fouten(&page(&web, &waarden, fouten)),
    };
    if !web.limieten.mag_proberen(&naam, address(&web, peer, &headers)) {
        return Err(Fout::TeVaak);
    }
    let Some(account) = web.store().check_password(&naam, &wachtwoord).await? else {
        let tekst = "Deze gebruikersnaam en dit wachtwoord horen niet bij elkaar.".to_owned();
        return toon_fouten(&page(&web, &waarden, vec![Veldfout { veld: "naam".into(), tekst }]));
    };
    let session = web.store().create_session(&account.name, web.nu(), UREN.into()).await?;
    let naar = match hervat::kom_terug(&web, &account.name, waarden.get("bewaard")).await? {
        Some(form) => form,
        None => Redirect::to(local(waarden.get("terug"))).into_response(),
    };
    // Whoever signs in has not chosen a function yet.
    let cookies = AppendHeaders([
        (SET_COOKIE, cookie(&web, Koekje::Sessie, &session.token, None)),
        (SET_COOKIE, cookie(&web, Koekje::Functie, "", Some(0))),
    ]);
    Ok((cookies, naar).into_response())
}

/// The page to sign in again, with the form that was being filled in.
pub(crate) fn afgelopen(web: &Web, bewaard: &str) -> Result<Response, Fout> {
    let waarden = [("bewaard", bewaard)].into_iter().collect();
    let pagina = Inloggen { afgelopen: true, ..page(web, &waarden, Vec::new()) };
    let mut answer = toon(&pagina)?;
    *answer.status_mut() = StatusCode::UNAUTHORIZED;
    Ok(answer)
}

/// `POST /uitloggen`: also for an account without an appointment.
pub(crate) async fn log_uit(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Fout> {
    if let Some(token) = koekje(&headers, Koekje::Sessie) {
        web.store().end_session(&token).await?;
    }
    let gone = [Koekje::Sessie, Koekje::Functie];
    let gone = AppendHeaders(gone.map(|it| (SET_COOKIE, cookie(&web, it, "", Some(0)))));
    Ok((gone, Redirect::to("/inloggen")).into_response())
}

fn page(web: &Web, waarden: &Waarden, fouten: Vec<Veldfout>) -> Inloggen {
    let velden = vec![
        Veld::regel("naam", "Gebruikersnaam", 30).aanvullen("username"),
        Veld::new("wachtwoord", "Wachtwoord", Soort::Wachtwoord).aanvullen("current-password"),
        Veld::verborgen("terug"),
        Veld::verborgen("bewaard"),
    ];
    let gemeente = web.live().with(|it| it.state.register.gemeente.clone());
    Inloggen {
        afgelopen: !waarden.get("bewaard").is_empty(),
        kader: web.kader("Inloggen", None, ""),
        formulier: Formulier::new("/inloggen", "Log in", velden, waarden, fouten),
        gemeente: gemeente.map_or_else(String::new, |it| it.naam),
    }
}

/// A cookie of ours as a header.
pub(crate) fn cookie(web: &Web, welk: Koekje, waarde: &str, seconds: Option<i64>) -> String {
    let https = web.app.config.https;
    let [safe, plain] = welk.namen();
    let mut cookie = Cookie::new(if https { safe } else { plain }, waarde.to_owned());
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_secure(https);
    cookie.set_path("/");
    let text = cookie.to_string();
    seconds.map_or_else(|| text.clone(), |it| format!("{text}; Max-Age={it}"))
}

/// The page to go back to: a path of our own, or the first page.
pub(crate) fn local(pad: &str) -> &str {
    let own = pad.starts_with('/') && !pad.starts_with("//") && !pad.contains(['\\', '\n', '\r']);
    let printable = pad.bytes().all(|it| it.is_ascii_graphic());
    if own && printable && !pad.starts_with("/inloggen") { pad } else { "/" }
}

/// The address of the browser; behind a proxy the last one that the proxy saw.
fn address(
    web: &Web,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: &HeaderMap,
) -> Option<IpAddr> {
    let forwarded = headers.get("x-forwarded-for").filter(|_| web.app.config.https);
    let seen = forwarded.and_then(|it| it.to_str().ok()).and_then(|it| it.rsplit(',').next());
    let seen = seen.and_then(|it| it.trim().parse().ok());
    seen.or_else(|| peer.map(|Extension(ConnectInfo(it))| it.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_logging_in_only_a_page_of_our_own_is_opened() {
        for (asked, opened) in [
            ("/dossiers?fase=gemeld", "/dossiers?fase=gemeld"),
            ("//elders.example", "/"),
            ("/\\elders.example", "/"),
            ("https://elders.example", "/"),
            ("/a b", "/"),
            ("/inloggen?terug=/x", "/"),
            ("", "/"),
        ] {
            assert_eq!(local(asked), opened, "{asked}");
        }
    }

    #[test]
    fn the_token_is_found_among_other_cookies() {
        for (header, welk, found) in [
            ("a=b; wijkpeil=xyz; c=d", Koekje::Sessie, Some("xyz")),
            ("__Host-wijkpeil=xyz", Koekje::Sessie, Some("xyz")),
            ("wijkpeil-functie=consulent", Koekje::Sessie, None),
            ("wijkpeil=x; wijkpeil-functie=consulent", Koekje::Functie, Some("consulent")),
            ("andere=xyz", Koekje::Sessie, None),
        ] {
            assert_eq!(value(header, welk).as_deref(), found, "{header}");
        }
    }
}
