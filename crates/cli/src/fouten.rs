//! What goes wrong, in Dutch, with what was expected.

use std::{io::Write, process::ExitCode};

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Shows an error with its causes.
pub(crate) fn meld(error: &anyhow::Error) -> ExitCode {
    let mut lines = format!("Fout: {error}\n");
    for cause in error.chain().skip(1) {
        lines += &format!("  {cause}\n");
    }
    show(&lines);
    ExitCode::FAILURE
}

/// Shows what does not stop an answer but limits it.
pub(crate) fn warn(text: &str) {
    show(&format!("Let op: {text}\n"));
}

/// Shows help where it was asked for, and otherwise what is wrong with the words.
pub(crate) fn meld_woorden(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A closed pipe is no reason to complain.
            let _ = error.print();
            ExitCode::SUCCESS
        }
        kind => {
            show(&format!("Fout: {}\nMeer uitleg: wijkpeil --help\n", in_dutch(kind, error)));
            ExitCode::from(2)
        }
    }
}

fn in_dutch(kind: ErrorKind, error: &clap::Error) -> String {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    match kind {
        ErrorKind::UnknownArgument => {
            let hint = context(error, ContextKind::SuggestedArg);
            let hint = if hint.is_empty() { hint } else { format!("; bedoelt u {hint}?") };
            format!("`{argument}` is geen bekende optie{hint}")
        }
        ErrorKind::InvalidSubcommand => {
            let name = context(error, ContextKind::InvalidSubcommand);
            let hint = context(error, ContextKind::SuggestedSubcommand);
            let hint = if hint.is_empty() { hint } else { format!("; bedoelt u {hint}?") };
            format!("`{name}` is geen bekende opdracht{hint}")
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("bij {argument} hoort een waarde"),
        ErrorKind::InvalidValue => {
            let valid = context(error, ContextKind::ValidValue);
            format!("`{value}` past niet bij {argument}; kies uit {valid}")
        }
        ErrorKind::ValueValidation => {
            let expected = std::error::Error::source(error).map(ToString::to_string);
            let expected = expected.map(|it| format!(": {}", number_in_dutch(&it)));
            format!("`{value}` past niet bij {argument}{}", expected.unwrap_or_default())
        }
        ErrorKind::MissingRequiredArgument => format!("er ontbreekt iets: {argument}"),
        ErrorKind::ArgumentConflict if context(error, ContextKind::PriorArg) == argument => {
            format!("{argument} mag maar één keer")
        }
        ErrorKind::ArgumentConflict => format!("{argument} kan niet met de andere opties samen"),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => {
            format!("{argument} kreeg meer of minder waarden dan er horen")
        }
        _ => "deze woorden kan wijkpeil niet lezen".to_owned(),
    }
}

/// The library's own words about a number that does not fit.
fn number_in_dutch(text: &str) -> String {
    if let Some((_, range)) = text.split_once(" is not in ") {
        let (from, until) = range.split_once("..").unwrap_or((range, ""));
        return format!("kies een getal van {from} tot en met {}", until.trim_start_matches('='));
    }
    if text.contains("invalid digit") || text.contains("number too") {
        return "kies een heel getal".to_owned();
    }
    text.to_owned()
}

fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(it)) => it.clone(),
        Some(ContextValue::Strings(all)) => all.join(", "),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

fn show(text: &str) {
    // When standard error is closed there is nobody to tell.
    let _ = std::io::stderr().write_all(text.as_bytes());
}
