//! Documents and tables as JSON, for other programs: pretty, in an order that never changes.

mod maandtabel;
mod toets;

pub use maandtabel::maandtabel;
pub use toets::toets;

use indicators::{Cijfer, Dimensie, Waarde};

use crate::{Blok, Cel, Grafiek, Report, Tabel};

/// A JSON value whose objects keep the order in which they were written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json {
    /// Nothing known.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Whole(i64),
    /// A number; null when it is not finite.
    Number(f64),
    /// Words.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// Names with values.
    Object(Vec<(&'static str, Json)>),
}

impl Json {
    /// Words.
    pub(crate) fn text(text: impl Into<String>) -> Json {
        Json::Text(text.into())
    }

    /// The value over several lines, ending in a newline.
    pub(crate) fn pretty(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, 0);
        out.push('\n');
        out
    }

    fn write(&self, out: &mut String, depth: usize) {
        match self {
            Json::Null => out.push_str("null"),
            Json::Bool(yes) => out.push_str(if *yes { "true" } else { "false" }),
            Json::Whole(number) => out.push_str(&number.to_string()),
            Json::Number(number) => out.push_str(&serde_json::Value::from(*number).to_string()),
            Json::Text(text) => out.push_str(&serde_json::Value::from(text.as_str()).to_string()),
            Json::List(values) => surround(out, ['[', ']'], depth, values, |out, value| {
                value.write(out, depth + 1);
            }),
            Json::Object(fields) => {
                surround(out, ['{', '}'], depth, fields, |out, (key, value)| {
                    out.push_str(&format!("\"{key}\": "));
                    value.write(out, depth + 1);
                })
            }
        }
    }
}

/// The document as JSON.
pub fn report(report: &Report) -> String {
    Json::Object(vec![
        ("titel", Json::text(&report.titel)),
        ("onderschrift", Json::text(&report.onderschrift)),
        ("reikwijdte", texts(&report.reikwijdte)),
        ("taal", Json::text("nl")),
        ("blokken", Json::List(report.blokken.iter().map(blok).collect())),
    ])
    .pretty()
}

/// The table as JSON.
pub fn tabel(tabel: &Tabel) -> String {
    table(tabel).pretty()
}

/// The figures as a list of objects, each with its definition, count, day and scope.
///
/// A share lies between 0 and 1 and money is in euros. A value that is not known is null, with the
/// reason in `noten`; a total has no `uitsplitsing`.
pub fn cijfers(cijfers: &[Cijfer]) -> String {
    Json::List(cijfers.iter().map(cijfer).collect()).pretty()
}

fn cijfer(figure: &Cijfer) -> Json {
    let split = match figure.cel.dimensie {
        Dimensie::Geen => Json::Null,
        dimension => Json::Object(vec![
            ("dimensie", Json::text(dimension.naam())),
            ("sleutel", Json::text(&figure.cel.sleutel)),
            ("naam", Json::text(&figure.cel.naam)),
        ]),
    };
    let interval = figure.waarde.interval();
    let rate = figure.per_duizend;
    let unknown = match figure.waarde {
        Waarde::Onbekend(why) => Some(format!("Onbekend: {why}.")),
        _ => None,
    };
    let notes: Vec<String> = unknown.into_iter().chain(figure.noten.iter().cloned()).collect();
    let or_null = |value: Option<f64>| value.map_or(Json::Null, Json::Number);
    Json::Object(vec![
        ("indicator", Json::text(figure.indicator.naam)),
        ("versie", Json::Whole(i64::from(figure.indicator.versie))),
        ("maand", Json::text(figure.maand.to_string())),
        ("uitsplitsing", split),
        ("waarde", value(&plain(&figure.waarde))),
        ("n", value(&Cel::aantal(figure.n))),
        ("peildatum", Json::text(figure.peildatum.to_string())),
        ("eenheid", Json::text(figure.indicator.eenheid.naam())),
        ("ondergrens", or_null(interval.map(|it| it.0))),
        ("bovengrens", or_null(interval.map(|it| it.1))),
        ("per_duizend", or_null(rate.map(|it| it.waarde))),
        ("inwoners", rate.map_or(Json::Null, |it| Json::Whole(i64::from(it.inwoners)))),
        ("inwoners_op", rate.map_or(Json::Null, |it| Json::text(it.op.to_string()))),
        ("reikwijdte", texts(&figure.reikwijdte.chips())),
        ("status", Json::text(figure.reikwijdte.status.naam())),
        ("noten", texts(&notes)),
    ])
}

/// The value as a cell; empty when it is not known.
fn plain(waarde: &Waarde) -> Cel {
    match waarde {
        Waarde::Onbekend(_) => Cel::Leeg,
        known => crate::cijfers::waarde_cel(known),
    }
}

fn blok(block: &Blok) -> Json {
    let (kind, value) = match block {
        Blok::Kop(text) => ("kop", Json::text(text)),
        Blok::Tussenkop(text) => ("tussenkop", Json::text(text)),
        Blok::Alinea(text) => ("alinea", Json::text(text)),
        Blok::Lijst(points) => ("lijst", texts(points)),
        Blok::Waarschuwing { titel, tekst } => {
            let fields = vec![("titel", Json::text(titel)), ("tekst", Json::text(tekst))];
            ("waarschuwing", Json::Object(fields))
        }
        Blok::InTeVullen(text) => ("in_te_vullen_door_de_gemeente", Json::text(text)),
        Blok::Tabel(value) => ("tabel", table(value)),
        Blok::Grafiek(value) => ("grafiek", chart(value)),
        Blok::Kenmerken(pairs) => {
            let pair = |(name, value): &(String, String)| {
                Json::Object(vec![("naam", Json::text(name)), ("waarde", Json::text(value))])
            };
            ("kenmerken", Json::List(pairs.iter().map(pair).collect()))
        }
    };
    Json::Object(vec![("soort", Json::text(kind)), ("inhoud", value)])
}

fn table(table: &Tabel) -> Json {
    let row = |row: &Vec<Cel>| Json::List(table.cells(row).map(|(_, cell)| value(cell)).collect());
    Json::Object(vec![
        ("titel", Json::text(&table.titel)),
        ("kolommen", Json::List(table.kolommen.iter().map(|c| Json::text(&c.naam)).collect())),
        ("rijen", Json::List(table.rijen.iter().map(row).collect())),
        ("noten", texts(&table.noten)),
    ])
}

fn chart(chart: &Grafiek) -> Json {
    let point = |(month, value): &(indicators::Maand, f64)| {
        Json::Object(vec![
            ("maand", Json::text(month.to_string())),
            ("waarde", Json::Number(*value)),
        ])
    };
    let line = |line: &crate::Lijn| {
        Json::Object(vec![
            ("naam", Json::text(&line.naam)),
            ("hoofd", Json::Bool(line.hoofd)),
            ("punten", Json::List(line.punten.iter().map(point).collect())),
        ])
    };
    let break_ = |(day, what): &(jiff::civil::Date, String)| {
        Json::Object(vec![("datum", Json::text(day.to_string())), ("wat", Json::text(what))])
    };
    Json::Object(vec![
        ("titel", Json::text(&chart.titel)),
        ("ondertitel", Json::text(&chart.ondertitel)),
        ("beschrijving", Json::text(&chart.beschrijving)),
        ("eenheid", Json::text(&chart.eenheid)),
        ("lijnen", Json::List(chart.lijnen.iter().map(line).collect())),
        ("breuken", Json::List(chart.breuken.iter().map(break_).collect())),
    ])
}

/// A cell as a value: numbers as numbers, shares between 0 and 1, money in euros, days as ISO 8601.
fn value(cell: &Cel) -> Json {
    match cell {
        Cel::Tekst(text) => Json::text(text),
        Cel::Aantal(count) => Json::Whole(*count),
        Cel::Getal { waarde, .. } => Json::Number(*waarde),
        Cel::Percentage(share) => Json::Number(*share),
        Cel::Bedrag(amount) => Json::Number(amount.0 as f64 / 100.0),
        Cel::Maand(month) => Json::text(month.to_string()),
        Cel::Datum(day) => Json::text(day.to_string()),
        Cel::Leeg => Json::Null,
    }
}

fn texts(texts: &[String]) -> Json {
    Json::List(texts.iter().map(Json::text).collect())
}

fn surround<T>(
    out: &mut String,
    [open, close]: [char; 2],
    depth: usize,
    items: &[T],
    write: impl Fn(&mut String, &T),
) {
    out.push(open);
    for (at, item) in items.iter().enumerate() {
        out.push_str(if at == 0 { "\n" } else { ",\n" });
        out.push_str(&"  ".repeat(depth + 1));
        write(out, item);
    }
    if !items.is_empty() {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    }
    out.push(close);
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::voorbeeld;

    #[test]
    fn a_table_keeps_its_types_and_its_order() {
        let text = tabel(&voorbeeld::tabel());
        let (_, rows) = text.split_once("\"rijen\": ").expect("rows");
        expect![[r#"
            [
                [
                  "Begeleiding <zwaar>",
                  1234,
                  1234.5,
                  0.4384,
                  1234.56,
                  "2017-12",
                  "2018-01-05"
                ],
                [
                  "Dagbesteding; \"licht\"",
                  -5,
                  null,
                  null,
                  null,
                  null,
                  null
                ]
              ],
              "noten": [
                "Een inwoner kan meer dan één soort hebben."
              ]
            }
        "#]]
        .assert_eq(rows);
    }

    #[test]
    fn every_document_is_read_by_another_parser() {
        let text = report(&voorbeeld::report());
        let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let kinds: Vec<&str> = value["blokken"]
            .as_array()
            .unwrap()
            .iter()
            .map(|b| b["soort"].as_str().unwrap())
            .collect();
        assert_eq!(
            kinds,
            [
                "kop",
                "tussenkop",
                "alinea",
                "lijst",
                "waarschuwing",
                "in_te_vullen_door_de_gemeente",
                "tabel",
                "grafiek",
                "kenmerken"
            ]
        );
    }

    #[test]
    fn a_figure_keeps_the_order_of_its_keys() {
        let text = cijfers(&voorbeeld::cijfers()[3..]);
        expect![[r#"
            [
              {
                "indicator": "clienten",
                "versie": 1,
                "maand": "2017-12",
                "uitsplitsing": {
                  "dimensie": "team",
                  "sleutel": "2",
                  "naam": "Zuid"
                },
                "waarde": null,
                "n": 0,
                "peildatum": "2018-01-15",
                "eenheid": "aantal",
                "ondergrens": null,
                "bovengrens": null,
                "per_duizend": 14.25,
                "inwoners": 9893,
                "inwoners_op": "2017-01-01",
                "reikwijdte": [
                  "stand op 31-12-2017",
                  "cliënten",
                  "ondersteuning thuis",
                  "voorlopig"
                ],
                "status": "voorlopig",
                "noten": [
                  "Onbekend: te weinig gegevens.",
                  "December is nog niet compleet."
                ]
              }
            ]
        "#]]
        .assert_eq(&text);
    }

    #[test]
    fn a_number_that_is_none_becomes_null() {
        assert_eq!(Json::Number(f64::NAN).pretty(), "null\n");
        assert_eq!(Json::List(Vec::new()).pretty(), "[]\n");
    }
}
