//! Writes a framework as TOML.

use std::fmt::Write as _;

use domain::kader::{Antwoord, Kader, Norm, Voorbeeld, Vraag};
use toml::Value;

use super::woorden::Woord;

/// Writes a framework, in the order in which it is walked; the answers of an example are written
/// by number.
pub fn schrijf(kader: &Kader) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "versie = {}\nnaam = {}", kader.id.0, text(&kader.naam));
    for stap in &kader.stappen {
        let _ = writeln!(out, "\n[[stap]]\nsoort = {}", text(&stap.soort.woord()));
        for vraag in &stap.vragen {
            question(&mut out, vraag);
        }
    }
    for it in &kader.normen {
        norm(&mut out, it);
    }
    for it in &kader.voorbeelden {
        example(&mut out, it);
    }
    out
}

fn question(out: &mut String, it: &Vraag) {
    let _ = writeln!(out, "\n[[stap.vraag]]\nnummer = {}\ntekst = {}", it.id.0, text(&it.tekst));
    if !it.toelichting.is_empty() {
        let _ = writeln!(out, "toelichting = {}", text(&it.toelichting));
    }
    let _ = writeln!(out, "artikel = {}", text(&it.artikel));
    if it.afweging {
        let _ = writeln!(out, "afweging = true");
    }
    let (yes, no) = (text(&it.bij_ja.woord()), text(&it.bij_nee.woord()));
    let _ = writeln!(out, "bij_ja = {yes}\nbij_nee = {no}");
}

fn norm(out: &mut String, it: &Norm) {
    let product = text(it.product.as_str());
    let _ = writeln!(out, "\n[[norm]]\nproduct = {product}\nvan = {}\ntot = {}", it.van, it.tot);
    let (per, bron) = (text(&it.frequentie.woord()), text(&it.bron));
    let _ = writeln!(out, "per = {per}\nbron = {bron}");
}

fn example(out: &mut String, it: &Voorbeeld) {
    let _ = writeln!(out, "\n[[voorbeeld]]\nnaam = {}", text(&it.naam));
    let kinds = [
        ("ja", Antwoord::Ja),
        ("nee", Antwoord::Nee),
        ("niet_van_toepassing", Antwoord::NietVanToepassing),
    ];
    for (key, antwoord) in kinds {
        let given = it.antwoorden.iter().filter(|(_, it)| *it == antwoord);
        let numbers: Vec<String> = given.map(|(vraag, _)| vraag.0.to_string()).collect();
        if !numbers.is_empty() {
            let _ = writeln!(out, "{key} = [{}]", numbers.join(", "));
        }
    }
    let _ = writeln!(out, "verwacht = {}", text(&it.verwacht.woord()));
}

/// A text between quotes, with what has to be escaped.
fn text(it: &str) -> String {
    Value::String(it.to_owned()).to_string()
}
