//! The router with everything around it, and the server.

use std::{future::Future, net::SocketAddr, time::Duration};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
};
use tokio::net::TcpListener;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::CsrfLayer,
    timeout::TimeoutLayer, trace::TraceLayer,
};

use crate::{
    App, beveiliging,
    bewaking::bewaak,
    fout::{self, Fout},
    routes,
    staat::Web,
};

/// How large a form may be.
pub(crate) const FORMULIER_BYTES: usize = 256 * 1024;

/// Every page, each behind its guard.
pub fn router(app: App) -> Router {
    let web = Web::new(app);
    let mut router = Router::new();
    for route in routes::tabel() {
        let guard = from_fn_with_state((web.clone(), route.toegang), bewaak);
        router = router.route(route.pad, route.handler.route_layer(guard));
    }
    router
        .fallback(async || Fout::NietGevonden)
        .with_state(web.clone())
        .layer(DefaultBodyLimit::max(FORMULIER_BYTES))
        .layer(CsrfLayer::new())
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| panicked()))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LANGST))
        .layer(from_fn_with_state(web.clone(), fout::pages))
        .layer(from_fn_with_state(web, beveiliging::headers))
        .layer(CompressionLayer::new())
        .layer(TraceLayer::new_for_http())
}

/// How long a page may take.
const LANGST: Duration = Duration::from_secs(60);

fn panicked() -> Response {
    Fout::Storing("a handler panicked".to_owned()).into_response()
}

/// Serves until told to stop; requests under way are finished.
pub async fn serve(
    app: App,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(shutdown).await
}
