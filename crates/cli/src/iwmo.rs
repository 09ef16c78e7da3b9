//! `wijkpeil iwmo`: messages checked and codes explained, without data.

mod check;
mod explain;

use std::process::ExitCode;

use crate::opdracht::{Iwmo, IwmoOpdracht};

/// Does what was asked.
pub(crate) fn run(vraag: &Iwmo) -> anyhow::Result<ExitCode> {
    match &vraag.opdracht {
        IwmoOpdracht::Check(it) => check::run(it),
        IwmoOpdracht::Explain(it) => Ok(explain::run(it)),
    }
}
