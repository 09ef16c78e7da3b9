//! `wijkpeil iwmo explain`: a rule, a return code, a value of a code list, or a whole list.

use std::process::ExitCode;

use messages::iwmo::{
    codelijst::{self, Codelijst, Codewaarde},
    controle,
    regel::{self, Bewaking, Controleregel},
};

use crate::{opdracht::IwmoExplain, scherm::println};

/// Shows everything that has this code; failure when nothing has.
pub(super) fn run(vraag: &IwmoExplain) -> ExitCode {
    let code = vraag.code.trim();
    let mut lines = Vec::new();
    // Codes are upper case, but for rules such as OP033x1.
    let rule = regel::regels().iter().find(|it| it.code.eq_ignore_ascii_case(code));
    lines.extend(rule.map(rule_text));
    if let Some(text) = controle::uitleg(code) {
        lines.push(format!("{} (vorm van het bestand): {text}.", code.to_ascii_uppercase()));
    }
    let upper = code.to_ascii_uppercase();
    for (list, value) in codelijst::zoek(&upper) {
        lines.push(value_text(list, value));
    }
    lines.extend(codelijst::lijst(code).map(list_text));
    if lines.is_empty() {
        println(&format!(
            "{code} is geen bekende regel, retourcode of code. Voorbeelden: TR302, 9321, 04, WJ756."
        ));
        return ExitCode::FAILURE;
    }
    println(&lines.join("\n"));
    ExitCode::SUCCESS
}

fn rule_text(rule: &Controleregel) -> String {
    let mut text = format!("Regel {rule}.");
    let how = match rule.bewaking {
        Bewaking::Proces => "Wijkpeil controleert dit niet".to_owned(),
        how => format!("Bewaakt door {}", how.naam()),
    };
    text.push_str(&match rule.toelichting {
        "" => format!("\n  {how}."),
        why => format!("\n  {how}: {why}."),
    });
    if let Some(value) = rule.retourcode.and_then(codelijst::retourcode) {
        text.push_str(&format!("\n  Retourcode {}: {}.", value.code, value.betekenis));
        if !value.advies.is_empty() {
            text.push_str(&format!("\n  Wat te doen: {}.", value.advies));
        }
    }
    text
}

fn value_text(list: &Codelijst, value: &Codewaarde) -> String {
    let mut text = format!(
        "{} {} ({}, {}): {}.",
        list.naam, value.code, list.titel, list.element, value.betekenis
    );
    if let Some(day) = value.geldig_van {
        text.push_str(&format!(" Geldig vanaf {day}."));
    }
    if let Some(day) = value.geldig_tot {
        text.push_str(&format!(" Geldig tot en met {day}."));
    }
    if !value.advies.is_empty() {
        text.push_str(&format!("\n  Wat te doen of te weten: {}.", value.advies));
    }
    for rule in regel::regels().iter().filter(|it| it.retourcode == Some(value.code)) {
        // The code of the whole level 2 belongs to half of all rules.
        if list.naam == "WJ001" && value.code != "0001" {
            text.push_str(&format!("\n  Regel {}: {}.", rule.code, rule.tekst));
        }
    }
    text
}

fn list_text(list: &Codelijst) -> String {
    let mut text = format!("Codelijst {}: {} (element {}).", list.naam, list.titel, list.element);
    for it in &list.waarden {
        text.push_str(&format!("\n  {}  {}", it.code, it.betekenis));
    }
    text
}
