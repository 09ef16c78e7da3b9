//! `wijkpeil toets`: the council's question, thin but right.

use std::process::ExitCode;

use indicators::Feiten;

use crate::{
    clock,
    maand::{known_on, write},
    opdracht::{Notavorm, Toets},
    plek::Plek,
};

/// Lays own growth beside the published groups.
pub(crate) async fn run(plek: &Plek, vraag: &Toets) -> anyhow::Result<ExitCode> {
    let peildatum = vraag.peildatum.unwrap_or_else(clock::today);
    let state = known_on(plek, vraag.peildatum).await?;
    let feiten = Feiten::van(&state);
    let toets = evaluation::toets(&feiten, &state.register, vraag.van, vraag.tot, peildatum);
    let bytes = match vraag.format {
        Notavorm::Text => reports::text::report(&reports::toetsrapport(&toets)),
        Notavorm::Json => reports::json::toets(&toets),
        Notavorm::Html => reports::html::document(&reports::toetsnota(&toets)),
    };
    let written = write(bytes.as_bytes(), vraag.output.as_deref(), false)?;
    // A refusal is told in full, but it is no answer.
    Ok(if toets.uitslag.is_ok() { written } else { ExitCode::FAILURE })
}
