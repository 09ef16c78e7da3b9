//! The tiles: a figure, what changed in words, and where it leads.

use indicators::{Cijfer, Waarde};
use reports::nl;

use super::{
    berekening::{Berekening, TEGELS, change},
    keuze::Keuze,
};
use crate::tekst::opsomming;

/// One tile.
pub(crate) struct Tegel {
    pub(crate) naam: String,
    pub(crate) cijfer: String,
    pub(crate) eenheid: String,
    pub(crate) verschil: String,
    pub(crate) pad: String,
}

/// The tiles, in order; the commitment twice: of the month and of the year so far.
pub(crate) fn tegels(keuze: &Keuze, berekening: &Berekening) -> Vec<Tegel> {
    let mut tiles: Vec<Tegel> = TEGELS
        .iter()
        .zip(&berekening.tegels)
        .filter_map(|(naam, figures)| tile(naam, keuze, figures))
        .collect();
    tiles.extend(year(keuze, &berekening.dit_jaar));
    tiles
}

fn tile(naam: &str, keuze: &Keuze, figures: &[Cijfer]) -> Option<Tegel> {
    let now = figures.last().filter(|it| !matches!(it.waarde, Waarde::Onbekend(_)))?;
    let before = &figures[..figures.len() - 1];
    let month = keuze.maand.naam();
    let name = match naam {
        "clienten" => "Cliënten, laatste dag van de maand".to_owned(),
        "nieuwe_clienten" => "Nieuwe cliënten".to_owned(),
        "verplichting" => format!("Verplicht in {month}"),
        _ => now.indicator.titel.to_owned(),
    };
    let (cijfer, eenheid) = figure(&now.waarde);
    let verschil = match (naam, &now.waarde) {
        ("clienten", _) => since(before, now),
        ("verplichting", _) => usual_amount(before),
        ("afgerond_bij_intake", Waarde::Aandeel(it)) => {
            format!("{} van {} meldingen", count(it.estimate, now.n), now.n)
        }
        ("onderzoek_op_tijd", Waarde::Aandeel(it)) => {
            let late = now.n - count(it.estimate, now.n).min(now.n);
            format!("{late} van {} te laat", now.n)
        }
        _ => usual(before),
    };
    Some(Tegel { naam: name, cijfer, eenheid, verschil, pad: format!("/indicatoren/{naam}") })
}

/// What has no tile because it cannot be chosen this way, in a sentence.
pub(crate) fn left_out(berekening: &Berekening) -> Option<String> {
    let last = berekening.tegels.iter().filter_map(|it| it.last());
    let names: Vec<String> = last
        .filter(|it| matches!(it.waarde, Waarde::Onbekend(_)))
        .map(|it| it.indicator.titel.to_lowercase())
        .collect();
    let what = opsomming(&names);
    (!names.is_empty()).then(|| format!("Bij deze keuze niet te tellen: {what}."))
}

/// The value without its unit, and the unit.
fn figure(waarde: &Waarde) -> (String, String) {
    match waarde {
        Waarde::Aantal(n) => (nl::getal(*n as f64, 0), String::new()),
        Waarde::Aandeel(it) => (nl::getal(it.estimate * 100.0, 0), "%".to_owned()),
        Waarde::Dagen(it) => (nl::getal(it.mediaan, 0), "dagen".to_owned()),
        Waarde::Bedrag(it) => {
            let text = nl::bedrag_kort(*it);
            match text.strip_suffix(" mln") {
                Some(euros) => (euros.to_owned(), "mln".to_owned()),
                None => (text, String::new()),
            }
        }
        Waarde::Onbekend(_) => ("onbekend".to_owned(), String::new()),
    }
}

fn count(share: f64, n: u64) -> u64 {
    let product = (share * n as f64).round();
    (0..=n).find(|it| (*it as f64 - product).abs() < 0.5).unwrap_or(n)
}

fn since(before: &[Cijfer], now: &Cijfer) -> String {
    let Some((then, value)) = before.first().and_then(|it| Some((it.maand, it.waarde.getal()?)))
    else {
        return "eerste maand met gegevens".to_owned();
    };
    let now = now.waarde.getal().unwrap_or(value);
    format!("{} in {}", change(value, now), then.naam())
}

/// The range of the months before, so that a reader sees whether this month is unusual.
fn usual(before: &[Cijfer]) -> String {
    let mut values: Vec<f64> = before.iter().filter_map(|it| it.waarde.getal()).collect();
    values.sort_by(f64::total_cmp);
    match (values.first(), values.last()) {
        (Some(low), Some(high)) if values.len() >= 3 => format!(
            "de {} maanden ervoor: {} tot {}",
            values.len(),
            nl::getal(*low, 0),
            nl::getal(*high, 0)
        ),
        _ => "nog te kort om te vergelijken".to_owned(),
    }
}

fn usual_amount(before: &[Cijfer]) -> String {
    let mut values: Vec<_> = before
        .iter()
        .filter_map(|it| match it.waarde {
            Waarde::Bedrag(bedrag) => Some(bedrag),
            _ => None,
        })
        .collect();
    values.sort();
    match (values.first(), values.last()) {
        (Some(low), Some(high)) if values.len() >= 3 => format!(
            "de {} maanden ervoor: {} tot {}",
            values.len(),
            nl::bedrag_kort(*low),
            nl::bedrag_kort(*high)
        ),
        _ => "nog te kort om te vergelijken".to_owned(),
    }
}

fn year(keuze: &Keuze, months: &[Cijfer]) -> Option<Tegel> {
    let amounts = months.iter().filter_map(|it| match it.waarde {
        Waarde::Bedrag(bedrag) => Some(bedrag),
        _ => None,
    });
    let known = amounts.clone().count();
    if known == 0 {
        return None;
    }
    let (cijfer, eenheid) = figure(&Waarde::Bedrag(amounts.sum()));
    let until = keuze.maand.naam();
    Some(Tegel {
        naam: format!("Verplicht in {} tot nu toe", keuze.maand.jaar()),
        cijfer,
        eenheid,
        verschil: format!("januari t/m {until}"),
        pad: "/indicatoren/verplichting".to_owned(),
    })
}
