//! Figures of the catalogue as a table and as a chart.

use std::collections::BTreeSet;

use indicators::{Cijfer, Dimensie, Eenheid, Reikwijdte, Waarde};
use jiff::civil::Date;

use crate::{Cel, Grafiek, Kolom, Lijn, Streep, Tabel, nl};

/// The figures as a table, one row each, with what must travel with them in columns and notes.
///
/// Columns that would stay empty are left out. Figures with different scopes get a warning.
pub fn cijfers_tabel(cijfers: &[Cijfer]) -> Tabel {
    let columns: Vec<Column> =
        columns(cijfers).into_iter().filter(|column| column.is_used(cijfers)).collect();
    let heading = |column: &Column| Kolom { naam: column.naam.clone(), rechts: column.rechts };
    let row = |figure: &Cijfer| columns.iter().map(|column| (column.cell)(figure)).collect();
    Tabel {
        titel: title(cijfers),
        kolommen: columns.iter().map(heading).collect(),
        rijen: cijfers.iter().map(row).collect(),
        noten: notes(cijfers),
    }
}

/// The figures as a chart with a line per cell; the months run from left to right.
///
/// A total is the line that is meant; of parts, only a single one is.
pub fn cijfers_grafiek(cijfers: &[Cijfer], breuken: &[(Date, String)]) -> Grafiek {
    let Some(first) = cijfers.first() else { return Grafiek::default() };
    let factor = if first.indicator.eenheid == Eenheid::Aandeel { 100.0 } else { 1.0 };
    let mut lines: Vec<(&str, Lijn)> = Vec::new();
    for figure in cijfers {
        let value = figure.waarde.getal().map_or(f64::NAN, |value| value * factor);
        let point = (figure.maand, value);
        match lines.iter_mut().find(|(key, _)| *key == figure.cel.sleutel) {
            Some((_, line)) => line.punten.push(point),
            None => {
                let total = figure.cel.dimensie == Dimensie::Geen;
                let naam = figure.cel.naam.clone();
                let line =
                    Lijn { naam, punten: vec![point], hoofd: total, streep: Streep::Doorgetrokken };
                lines.push((&figure.cel.sleutel, line));
            }
        }
    }
    let mut lijnen: Vec<Lijn> = lines.into_iter().map(|(_, line)| line).collect();
    if let [line] = lijnen.as_mut_slice() {
        line.hoofd = true;
    }
    Grafiek {
        titel: title(cijfers),
        ondertitel: scope(&first.reikwijdte),
        beschrijving: description(&lijnen, unit(first)),
        lijnen,
        breuken: breuken.to_vec(),
        eenheid: unit(first).to_owned(),
    }
}

/// A value as a cell with its type.
pub(crate) fn waarde_cel(waarde: &Waarde) -> Cel {
    match waarde {
        Waarde::Aantal(count) => Cel::aantal(*count),
        Waarde::Aandeel(share) => Cel::Percentage(share.estimate),
        Waarde::Dagen(median) => Cel::Getal { waarde: median.mediaan, decimalen: 1 },
        Waarde::Bedrag(amount) => Cel::Bedrag(*amount),
        Waarde::Onbekend(why) => Cel::Tekst(format!("onbekend: {why}")),
    }
}

struct Column {
    naam: String,
    rechts: bool,
    cell: fn(&Cijfer) -> Cel,
}

impl Column {
    fn new(naam: &str, rechts: bool, cell: fn(&Cijfer) -> Cel) -> Column {
        Column { naam: naam.to_owned(), rechts, cell }
    }

    fn is_used(&self, figures: &[Cijfer]) -> bool {
        figures.is_empty() || figures.iter().any(|figure| (self.cell)(figure) != Cel::Leeg)
    }
}

fn columns(figures: &[Cijfer]) -> Vec<Column> {
    let first = figures.first();
    let one = figures.windows(2).all(|pair| pair[0].indicator == pair[1].indicator);
    let value = match first.filter(|_| one).map(|figure| figure.indicator.eenheid) {
        Some(Eenheid::Dagen) => "Waarde in dagen",
        Some(Eenheid::Aandeel) => "Aandeel",
        Some(Eenheid::Euro) => "Bedrag",
        Some(Eenheid::Aantal) | None => "Waarde",
    };
    let split = first.map_or("Uitsplitsing", |figure| figure.cel.dimensie.titel());
    vec![
        Column::new("Maand", false, |figure| Cel::Maand(figure.maand)),
        Column::new(split, false, |figure| match figure.cel.dimensie {
            Dimensie::Geen => Cel::Leeg,
            _ => Cel::tekst(&figure.cel.naam),
        }),
        Column::new(value, true, |figure| waarde_cel(&figure.waarde)),
        Column::new("Ondergrens 95 %", true, |figure| bound(figure, |interval| interval.0)),
        Column::new("Bovengrens 95 %", true, |figure| bound(figure, |interval| interval.1)),
        Column::new("n", true, |figure| Cel::aantal(figure.n)),
        Column::new("Per 1.000 inwoners", true, |figure| {
            figure
                .per_duizend
                .map_or(Cel::Leeg, |rate| Cel::Getal { waarde: rate.waarde, decimalen: 1 })
        }),
        Column::new("Status", false, |figure| Cel::tekst(figure.reikwijdte.status.naam())),
        Column::new("Peildatum", true, |figure| Cel::Datum(figure.peildatum)),
        Column::new("Definitie", false, |figure| {
            Cel::Tekst(format!("{}, versie {}", figure.indicator.naam, figure.indicator.versie))
        }),
    ]
}

fn bound(figure: &Cijfer, which: fn((f64, f64)) -> f64) -> Cel {
    match (figure.waarde.interval(), figure.waarde) {
        (Some(interval), Waarde::Aandeel(_)) => Cel::Percentage(which(interval)),
        (Some(interval), _) => Cel::Getal { waarde: which(interval), decimalen: 1 },
        (None, _) => Cel::Leeg,
    }
}

fn title(figures: &[Cijfer]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for figure in figures {
        if !names.contains(&figure.indicator.titel) {
            names.push(figure.indicator.titel);
        }
    }
    let months = figures.iter().map(|figure| figure.maand);
    match (names.is_empty(), months.clone().min(), months.max()) {
        (false, Some(first), Some(last)) => {
            format!("{}, {}", names.join(" en "), nl::periode(first, last))
        }
        _ => "Geen cijfers".to_owned(),
    }
}

fn scope(scope: &Reikwijdte) -> String {
    let mut words = vec![scope.soort.naam().to_owned(), scope.telt.to_owned()];
    words.extend(scope.producten.iter().map(|products| products.to_string()));
    words.extend(scope.keuze.iter().cloned());
    words.join(", ")
}

fn notes(figures: &[Cijfer]) -> Vec<String> {
    let scopes: BTreeSet<String> = figures.iter().map(|figure| scope(&figure.reikwijdte)).collect();
    let mut notes: Vec<String> =
        scopes.iter().map(|scope| format!("Reikwijdte: {scope}.")).collect();
    if scopes.len() > 1 {
        notes.push(
            "Let op: deze cijfers tellen niet hetzelfde. Leg ze niet zonder uitleg naast elkaar."
                .to_owned(),
        );
    }
    let populations: BTreeSet<Date> =
        figures.iter().filter_map(|figure| figure.per_duizend.map(|rate| rate.op)).collect();
    if let (Some(first), Some(last)) = (populations.first(), populations.last()) {
        let days = if first == last {
            nl::datum(*first)
        } else {
            format!("{} tot en met {}", nl::datum(*first), nl::datum(*last))
        };
        notes.push(format!("Inwoners geteld op {days}."));
    }
    for note in figures.iter().flat_map(|figure| &figure.noten) {
        if !notes.contains(note) {
            notes.push(note.clone());
        }
    }
    notes
}

fn unit(figure: &Cijfer) -> &'static str {
    match figure.indicator.eenheid {
        Eenheid::Aantal => figure.indicator.telt,
        Eenheid::Aandeel => "%",
        Eenheid::Dagen => "dagen",
        Eenheid::Euro => "euro",
    }
}

/// The chart in words: where each line starts and ends.
fn description(lines: &[Lijn], unit: &str) -> String {
    let sentence = |line: &Lijn| {
        let known: Vec<_> = line.punten.iter().filter(|point| point.1.is_finite()).collect();
        let (Some(first), Some(last)) = (known.first(), known.last()) else {
            return format!("{}: geen cijfers.", line.naam);
        };
        let figure = |value: f64| nl::getal(value, u8::from(value.fract() != 0.0));
        format!(
            "{}: van {} in {} naar {} {unit} in {}.",
            line.naam,
            figure(first.1),
            nl::maand(first.0),
            figure(last.1),
            nl::maand(last.0)
        )
    };
    lines.iter().map(sentence).collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::{text, voorbeeld};

    #[test]
    fn a_figure_travels_with_its_scope() {
        expect![[r#"
            Cliënten met een maatwerkvoorziening, november t/m december 2017
            Maand     Team            Waarde    n  Per 1.000 inwoners  Status      Peildatum  Definitie
            --------  -----  ---------------  ---  ------------------  ---------  ----------  ------------------
            nov 2017  Noord              140  140                14,2  voorlopig  15-01-2018  clienten, versie 1
            nov 2017  Zuid               137  137                14,2  voorlopig  15-01-2018  clienten, versie 1
            dec 2017  Noord              141  141                14,2  voorlopig  15-01-2018  clienten, versie 1
            dec 2017  Zuid      onbekend: te    0                14,2  voorlopig  15-01-2018  clienten, versie 1
                             weinig gegevens
              Reikwijdte: stand, cliënten, ondersteuning thuis.
              Inwoners geteld op 01-01-2017.
              December is nog niet compleet.
        "#]].assert_eq(&text::tabel(&cijfers_tabel(&voorbeeld::cijfers())));
    }

    #[test]
    fn figures_that_count_differently_get_a_warning() {
        let mut figures = voorbeeld::cijfers();
        let warned = |figures: &[Cijfer]| {
            cijfers_tabel(figures).noten.iter().any(|note| note.contains("tellen niet hetzelfde"))
        };
        assert!(!warned(&figures));
        figures[0].reikwijdte.telt = "voorzieningen";
        assert!(warned(&figures));
        assert_eq!(cijfers_tabel(&[]).rijen.len(), 0);
    }

    #[test]
    fn a_chart_has_a_line_per_part() {
        let chart = cijfers_grafiek(&voorbeeld::cijfers(), &[]);
        let names: Vec<(&str, usize, bool)> =
            chart.lijnen.iter().map(|l| (l.naam.as_str(), l.punten.len(), l.hoofd)).collect();
        assert_eq!(names, [("Noord", 2, false), ("Zuid", 2, false)]);
        assert_eq!(
            chart.beschrijving,
            "Noord: van 140 in november 2017 naar 141 cliënten in december 2017. \
             Zuid: van 137 in november 2017 naar 137 cliënten in november 2017."
        );
    }
}
