//! What is the same for everybody: the stylesheets, the script and the sign of life.

use axum::{
    extract::State,
    http::{
        HeaderMap, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH},
    },
    response::{IntoResponse, Response},
};

use crate::{
    fout::Fout,
    staat::Web,
    thema::{Thema, etag},
};

/// What the pages need beside the stylesheet that they share with the reports.
const EIGEN: &str = include_str!("web.css");

/// `GET /stijl.css`
pub(crate) async fn stijl(headers: HeaderMap) -> Response {
    let css = format!("{}\n{EIGEN}", reports::STIJL);
    let etag = etag(&css);
    stylesheet(&headers, css, etag)
}

/// `GET /thema.css`
pub(crate) async fn thema(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Fout> {
    let Thema { css, etag, .. } = web.thema.clone().ok_or(Fout::NietGevonden)?;
    Ok(stylesheet(&headers, css, etag))
}

fn stylesheet(headers: &HeaderMap, css: String, etag: String) -> Response {
    cached(headers, "text/css; charset=utf-8", css, etag)
}

fn cached(headers: &HeaderMap, kind: &'static str, body: String, etag: String) -> Response {
    let known = headers.get(IF_NONE_MATCH).is_some_and(|it| it.as_bytes() == etag.as_bytes());
    let fresh = [(ETAG, etag), (CACHE_CONTROL, "max-age=300".to_owned())];
    if known {
        return (StatusCode::NOT_MODIFIED, fresh).into_response();
    }
    (fresh, [(CONTENT_TYPE, kind)], body).into_response()
}

const CONCEPT: &str = include_str!("concept.js");

/// `GET /static/concept.js`: keeps drafts by itself.
pub(crate) async fn concept(headers: HeaderMap) -> Response {
    cached(&headers, "text/javascript; charset=utf-8", CONCEPT.to_owned(), etag(CONCEPT))
}

/// `GET /gezond`: whether the program runs and its log can be read.
pub(crate) async fn gezond(State(web): State<Web>) -> Result<Response, Fout> {
    let head = web.store().head().await?;
    let known = web.live().with(|world| world.state.sequence);
    let body = serde_json::json!({ "gezond": true, "log": head.sequence, "gelezen": known });
    Ok(([(CONTENT_TYPE, "application/json")], body.to_string()).into_response())
}

const ICOON: &str = include_str!("icoon.svg");

/// `GET /icoon.svg`
pub(crate) async fn icoon() -> Response {
    ([(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "max-age=86400")], ICOON).into_response()
}
