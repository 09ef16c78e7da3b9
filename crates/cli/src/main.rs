//! The binary `wijkpeil`: wiring, clock, configuration.
//!
//! One file per subcommand; this one reads the words and turns what happened into an exit code.

mod clock;
mod fouten;
mod opdracht;
mod plek;
mod scherm;
mod voortgang;

mod backup;
mod demo;
mod erase;
mod estimate;
mod export;
mod import;
mod iwmo;
mod maand;
mod restore;
mod serve;
mod toets;
mod verify;

use std::process::ExitCode;

use opdracht::Opdracht;

fn main() -> ExitCode {
    let woorden = match opdracht::lees(std::env::args_os()) {
        Ok(it) => it,
        Err(code) => return code,
    };
    start_logging();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(it) => it,
        Err(error) => return fouten::meld(&anyhow::anyhow!("het programma start niet: {error}")),
    };
    match runtime.block_on(run(woorden)) {
        Ok(code) => code,
        Err(error) => fouten::meld(&error),
    }
}

async fn run(woorden: opdracht::Woorden) -> anyhow::Result<ExitCode> {
    // Messages are checked and files are estimated on without any data, and without a place for it.
    match &woorden.opdracht {
        Some(Opdracht::Iwmo(it)) => return iwmo::run(&woorden, it).await,
        Some(Opdracht::Estimate(it)) => return estimate::run(it),
        _ => {}
    }
    let plek = plek::Plek::kies(&woorden)?;
    match &woorden.opdracht {
        None => serve::run(&plek, &woorden.luisteren, serve::ZonderGegevens::MaakDemo).await,
        Some(Opdracht::Serve(it)) => {
            serve::run(&plek, it, serve::ZonderGegevens::VraagBeheerder).await
        }
        Some(Opdracht::Demo(it)) => demo::run(&plek, it).await,
        Some(Opdracht::Import(it)) => import::run(&plek, it).await,
        Some(Opdracht::Iwmo(it)) => iwmo::run(&woorden, it).await,
        Some(Opdracht::Estimate(it)) => estimate::run(it),
        Some(Opdracht::Maand(it)) => maand::run(&plek, it).await,
        Some(Opdracht::Toets(it)) => toets::run(&plek, it).await,
        Some(Opdracht::Export(it)) => export::run(&plek, it).await,
        Some(Opdracht::Verify(it)) => verify::run(&plek, it).await,
        Some(Opdracht::Backup(it)) => backup::run(&plek, it).await,
        Some(Opdracht::Restore(it)) => restore::run(&plek, it).await,
        Some(Opdracht::Erase(it)) => erase::run(&plek, it).await,
    }
}

/// Errors of the edges go to standard error; `RUST_LOG` asks for more.
fn start_logging() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
