//! `wijkpeil maand`: the figures of a month.

use std::{
    fs,
    io::{IsTerminal, Write},
    path::Path,
    process::ExitCode,
};

use anyhow::{Context, bail};
use domain::State;
use indicators::{CATALOGUS, Dimensie, Feiten, Filter, Vraag};
use jiff::civil::Date;
use store::Live;

use crate::{
    clock,
    opdracht::{MaandVraag, Vorm},
    plek::Plek,
    voortgang,
};

/// Computes and shows the monthly table or one indicator.
pub(crate) async fn run(plek: &Plek, vraag: &MaandVraag) -> anyhow::Result<ExitCode> {
    let peildatum = vraag.peildatum.unwrap_or_else(clock::today);
    let state = known_on(plek, vraag.peildatum).await?;
    let feiten = Feiten::van(&state);
    match &vraag.indicator {
        None => {
            let table = indicators::maandtabel(&feiten, &state.register, vraag.maand, peildatum);
            let report = reports::maandrapport(&table);
            let bytes = match vraag.format {
                Vorm::Text => reports::text::report(&report).into_bytes(),
                Vorm::Csv => reports::csv::report(&report),
                Vorm::Xlsx => reports::xlsx::report(&report, peildatum)?,
                Vorm::Json => reports::json::maandtabel(&table).into_bytes(),
            };
            write(&bytes, vraag.output.as_deref(), vraag.format == Vorm::Xlsx)
        }
        Some(naam) => {
            let cijfers = figures(naam, vraag, &feiten, &state, peildatum)?;
            let table = reports::cijfers_tabel(&cijfers);
            let bytes = match vraag.format {
                Vorm::Text => reports::text::tabel(&table).into_bytes(),
                Vorm::Csv => reports::csv::tabel(&table),
                Vorm::Xlsx => reports::xlsx::werkmap(&[table], peildatum)?,
                Vorm::Json => reports::json::cijfers(&cijfers).into_bytes(),
            };
            write(&bytes, vraag.output.as_deref(), vraag.format == Vorm::Xlsx)
        }
    }
}

fn figures(
    naam: &str,
    vraag: &MaandVraag,
    feiten: &Feiten,
    state: &State,
    peildatum: Date,
) -> anyhow::Result<Vec<indicators::Cijfer>> {
    let Some(indicator) = indicators::indicator(naam) else {
        let names: Vec<&str> = CATALOGUS.iter().map(|it| it.naam).collect();
        bail!("`{naam}` is geen indicator; kies uit {}", names.join(", "));
    };
    let per = match &vraag.per {
        None => Dimensie::Geen,
        Some(soort) => match Dimensie::ALLE.into_iter().find(|it| it.naam() == soort) {
            Some(it) if indicator.dimensies.contains(&it) => it,
            _ => {
                let names: Vec<&str> = indicator.dimensies.iter().map(|it| it.naam()).collect();
                bail!(
                    "{naam} is niet uit te splitsen naar `{soort}`; kies uit {}",
                    names.join(", ")
                )
            }
        },
    };
    let vraag = Vraag {
        maand: vraag.maand,
        per,
        filter: Filter::default(),
        peildatum,
        episode_gat_dagen: Vraag::GAT_DAGEN,
    };
    Ok(indicators::bereken(indicator, feiten, &state.register, &vraag))
}

/// The state as it was known at the end of a day, or as it is known now.
pub(crate) async fn known_on(plek: &Plek, peildatum: Option<Date>) -> anyhow::Result<State> {
    let store = plek.open_bestaand().await?;
    let bar = voortgang::balk("Logboek lezen", 1);
    let live = Live::start(store, Some(plek.cache()), &voortgang::volg(&bar)).await?;
    bar.finish_and_clear();
    Ok(live.with(|world| match peildatum {
        Some(day) => world.state_as_known(web::datum::einde_van(day)),
        None => world.state.clone(),
    }))
}

/// Writes to the file, or to the screen when the bytes can be read there.
pub(crate) fn write(bytes: &[u8], naar: Option<&Path>, binary: bool) -> anyhow::Result<ExitCode> {
    match naar {
        Some(path) => {
            fs::write(path, bytes)
                .with_context(|| format!("{} is niet te schrijven", path.display()))?;
        }
        None if binary && std::io::stdout().is_terminal() => {
            bail!("een Excelbestand past niet op het scherm; noem een bestand met --output")
        }
        None => match std::io::stdout().write_all(bytes) {
            Err(it) if it.kind() != std::io::ErrorKind::BrokenPipe => return Err(it.into()),
            _ => {}
        },
    }
    Ok(ExitCode::SUCCESS)
}
