//! The answer as text, JSON or CSV.

use serde::{Serialize, Serializer, ser::SerializeMap as _};
use statistics::figures::{Estimate, Warning};

use super::{methode::Methode, vraag::Vraag};
use crate::fouten;

/// What a method found.
pub(super) struct Uitkomst {
    /// Number of rows of the file that were used.
    pub(super) n: usize,
    /// Seed of the draws, where there were any.
    pub(super) seed: Option<u64>,
    /// Numbers under their published keys.
    pub(super) figures: Vec<(String, f64)>,
    /// What limits the result.
    pub(super) warnings: Vec<Warning>,
    /// Dutch sentences.
    pub(super) summary: String,
}

impl Uitkomst {
    /// The result of an estimator on `n` rows.
    pub(super) fn new(n: usize, found: &impl Estimate) -> Self {
        Self {
            n,
            seed: None,
            // Zero has no sign.
            figures: found.figures().iter().map(|(key, it)| (key.to_owned(), it + 0.0)).collect(),
            warnings: found.warnings().to_vec(),
            summary: found.summary(),
        }
    }

    /// The same with the seed of its draws.
    pub(super) fn with_seed(self, seed: u64) -> Self {
        Self { seed: Some(seed), ..self }
    }
}

/// The answer in the form that was asked; beside CSV the warnings go to standard error.
pub(super) fn show(methode: &Methode, vraag: &Vraag, it: &Uitkomst) -> anyhow::Result<String> {
    let file = vraag.file(methode)?.display().to_string();
    match vraag.format() {
        "json" => Ok(serde_json::to_string_pretty(&Json::new(methode, &file, it))?),
        "csv" => {
            it.warnings.iter().for_each(|it| fouten::warn(&it.text));
            csv(it)
        }
        _ => Ok(text(methode, &file, it)),
    }
}

#[derive(Serialize)]
struct Json<'a> {
    method: &'a str,
    file: &'a str,
    n: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<u64>,
    #[serde(serialize_with = "in_order")]
    results: &'a [(String, f64)],
    warnings: Vec<JsonWarning<'a>>,
    summary: &'a str,
}

#[derive(Serialize)]
struct JsonWarning<'a> {
    code: &'a str,
    text: &'a str,
}

impl<'a> Json<'a> {
    fn new(methode: &'a Methode, file: &'a str, it: &'a Uitkomst) -> Self {
        let warning = |it: &'a Warning| JsonWarning { code: it.code, text: &it.text };
        Self {
            method: methode.naam,
            file,
            n: it.n,
            seed: it.seed,
            results: &it.figures,
            warnings: it.warnings.iter().map(warning).collect(),
            summary: &it.summary,
        }
    }
}

fn in_order<S: Serializer>(all: &[(String, f64)], to: S) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(Some(all.len()))?;
    for (key, value) in all {
        map.serialize_entry(key, value)?;
    }
    map.end()
}

fn csv(it: &Uitkomst) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["key", "value"])?;
    for (key, value) in &it.figures {
        writer.write_record([key.as_str(), &value.to_string()])?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?.trim_end().to_owned())
}

fn text(methode: &Methode, file: &str, it: &Uitkomst) -> String {
    let rows = crate::scherm::aantal(it.n);
    let seed = it.seed.map(|it| format!(", seed {it}")).unwrap_or_default();
    let mut answer =
        format!("{} op {file}: {rows} rijen{seed}\n\n{}\n", methode.naam, it.summary.trim_end());
    for warning in &it.warnings {
        answer += &format!("\nLet op: {}", warning.text);
    }
    if !it.warnings.is_empty() {
        answer += "\n";
    }
    answer += &figures(&it.figures);
    answer
}

/// A line per key, with its standard error behind it.
fn figures(all: &[(String, f64)]) -> String {
    let error = |key: &str| {
        let wanted = format!("se_{key}");
        all.iter().find(|(it, _)| *it == wanted).map(|(_, value)| *value)
    };
    let beside =
        |key: &str| key.strip_prefix("se_").is_some_and(|of| all.iter().any(|(it, _)| it == of));
    let shown: Vec<&(String, f64)> = all.iter().filter(|(key, _)| !beside(key)).collect();
    let width = shown.iter().map(|(key, _)| key.chars().count()).max().unwrap_or(0).max(5);
    let mut lines = format!("\n{:width$}  {:>14}  {:>14}", "cijfer", "waarde", "standaardfout");
    for (key, value) in shown {
        let error = error(key).map(|it| format!("  {:>14}", number(it))).unwrap_or_default();
        lines += &format!("\n{key:width$}  {:>14}{error}", number(*value));
    }
    lines
}

/// Whole numbers whole, others with six decimals.
fn number(value: f64) -> String {
    let size = value.abs();
    if value.fract() == 0.0 && size < 1e15 {
        format!("{value}")
    } else if (1e-4..1e9).contains(&size) {
        format!("{value:.6}")
    } else {
        format!("{value:.6e}")
    }
}
