//! `wijkpeil serve`, and `wijkpeil` without a subcommand: the website.

use std::{io::ErrorKind, net::Ipv4Addr, process::ExitCode, sync::Arc, time::Duration};

use anyhow::{Context, anyhow};
use store::{Live, Store};
use tokio::net::TcpListener;

use crate::{
    clock,
    demo::{self, random_letters},
    opdracht::Luisteren,
    plek::{DEMO, Plek},
    scherm::println,
    voortgang,
};

/// What other processes wrote is seen within this time.
const VERVERS: Duration = Duration::from_millis(400);

/// What to do where there are no data yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ZonderGegevens {
    /// Make the demo municipality.
    MaakDemo,
    /// Ask for the first functioneel beheerder.
    VraagBeheerder,
}

/// Serves until it is told to stop.
pub(crate) async fn run(
    plek: &Plek,
    luisteren: &Luisteren,
    zonder: ZonderGegevens,
) -> anyhow::Result<ExitCode> {
    // The port first: making a municipality for nothing is a waste of somebody's time.
    let listener = listen(luisteren.port).await?;
    let store = plek.open().await?;
    println(&format!("Wijkpeil, {}", plek.in_woorden()));
    let empty = store.head().await?.sequence == 0 && store.accounts().await?.is_empty();
    if empty && zonder == ZonderGegevens::MaakDemo {
        println("Er zijn nog geen gegevens: de demogemeente wordt gemaakt.");
        demo::maak(plek, &store, &demo::tot_vandaag()).await?;
    }
    let bar = voortgang::balk("Logboek lezen", 1);
    let live = Live::start(store.clone(), Some(plek.cache()), &voortgang::volg(&bar)).await?;
    bar.finish_and_clear();
    live.write_cache().await?;
    let refresh = live.spawn_refresh(VERVERS);

    greet(&store, listener.local_addr()?.port()).await?;
    let config = web::Config {
        data: plek.map.clone(),
        demo: store.meta(DEMO).await?.is_some(),
        https: luisteren.https,
        ..web::Config::default()
    };
    let app = web::App { live: live.clone(), clock: Arc::new(clock::now), config };
    let outcome = web::serve(app, listener, told_to_stop()).await;
    refresh.abort();
    live.write_cache().await?;
    outcome.context("de website is gestopt door een fout")?;
    Ok(ExitCode::SUCCESS)
}

async fn listen(port: u16) -> anyhow::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => anyhow!(
            "poort {port} is al in gebruik; stop het andere programma of kies een andere poort, \
             bijvoorbeeld `--port {}`",
            port.checked_add(1).unwrap_or(8080)
        ),
        ErrorKind::PermissionDenied => {
            anyhow!("poort {port} mag niet; kies een poort vanaf 1024 met --port")
        }
        _ => anyhow!("poort {port} gaat niet open: {error}"),
    })
}

/// Says where the website is and how to get in.
async fn greet(store: &Store, port: u16) -> anyhow::Result<()> {
    println(&format!("Open http://127.0.0.1:{port}"));
    if let Some((namen, wachtwoord)) = demo::accounts(store).await? {
        println(&format!("Demo-accounts, allemaal met wachtwoord {wachtwoord}:"));
        for naam in namen {
            println(&format!("  {naam}"));
        }
    } else if store.accounts().await?.is_empty() {
        let code = random_letters(12);
        store.put_setup_code(&code).await?;
        println(&format!("Maak de eerste functioneel beheerder met deze code: {code}"));
        println("De code werkt één keer; bij een volgende start komt er een nieuwe.");
    }
    println("Stoppen: Ctrl-C");
    Ok(())
}

async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminated) => {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
        }
        Err(_) => {
            let _ = interrupted.await;
        }
    }
}
