//! How long the Maandbeeld takes at the data of a large municipality, beside an empty page.
//!
//! `cargo run --release -p web --example bench_page -- [INWONERS] [RONDEN]`. Both pages go through
//! the same router in the same run: guard, session, headers and compression are in both.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::{
    error::Error,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use jiff::{Timestamp, civil::date};
use simulation::Parameters;
use store::{Live, MasterKey, Place, Store};
use tower::ServiceExt;
use web::{App, Config};

/// The moment of the measurement: the morning after the last simulated day.
const NU: &str = "2018-01-01T09:00:00Z";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let inwoners: u32 = arguments.next().as_deref().unwrap_or("1000000").parse()?;
    let rounds: usize = arguments.next().as_deref().unwrap_or("200").parse()?;
    let folder = tempfile::tempdir()?;
    let now: Timestamp = NU.parse()?;
    let key = MasterKey::from_text(&"00".repeat(32))?;
    let store = Store::open(&Place::Sqlite(folder.path().into()), key).await?;
    let parameters = Parameters { inwoners, tot: date(2017, 12, 31), ..Parameters::default() };
    let town = simulation::simulate(&parameters, &mut |_, _| {});
    let account = town.accounts.iter().find(|it| it.functie == domain::Functie::Controller);
    let account = account.ok_or("the simulation has a controller")?;
    store.append_at(&town.entries).await?;
    store.create_account(&account.name, "alleen voor de meting", account.medewerker).await?;
    let token = store.create_session(&account.name, now, 8).await?.token;
    println!("{inwoners} inwoners, {} gebeurtenissen", town.entries.len());
    drop(town);
    let live = Live::start(store, None, &|_, _| {}).await?;
    let config = Config { data: folder.path().into(), ..Config::default() };
    let router = web::router(App { live, clock: Arc::new(move || now), config });
    let started = Instant::now();
    ask(&router, "/maandbeeld", &token).await?;
    println!("eerste keer, met het afleiden van de feiten: {:.0?}", started.elapsed());
    let empty = measure(&router, "/account", &token, rounds).await?;
    let page = measure(&router, "/maandbeeld?maand=2017-12", &token, rounds).await?;
    let of_team = measure(&router, "/maandbeeld?maand=2017-12&team=1", &token, rounds).await?;
    for (name, times) in [
        ("lege pagina (/account)", &empty),
        ("Maandbeeld", &page),
        ("Maandbeeld, één team", &of_team),
    ] {
        let (p50, p95) = (at(times, 50), at(times, 95));
        let ratio = p50.as_secs_f64() / at(&empty, 50).as_secs_f64();
        println!("{name}: p50 {p50:.1?}, p95 {p95:.1?}, {ratio:.1} x de lege pagina");
    }
    Ok(())
}

async fn measure(
    router: &Router,
    path: &str,
    token: &str,
    rounds: usize,
) -> Result<Vec<Duration>, Box<dyn Error>> {
    let mut times = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        let started = Instant::now();
        ask(router, path, token).await?;
        times.push(started.elapsed());
    }
    times.sort();
    Ok(times)
}

async fn ask(router: &Router, path: &str, token: &str) -> Result<(), Box<dyn Error>> {
    let request = Request::get(path).header(header::COOKIE, format!("wijkpeil={token}"));
    let response = router.clone().oneshot(request.body(Body::empty())?).await?;
    if response.status() != StatusCode::OK {
        return Err(format!("{path}: {}", response.status()).into());
    }
    axum::body::to_bytes(response.into_body(), usize::MAX).await?;
    Ok(())
}

fn at(times: &[Duration], percentile: usize) -> Duration {
    times[(times.len() * percentile / 100).min(times.len() - 1)]
}
