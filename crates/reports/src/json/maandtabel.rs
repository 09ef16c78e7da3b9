//! The monthly table as JSON.

use indicators::{Maandtabel, Niveau, Rij};

use super::{Json, texts, value};
use crate::Cel;

/// The monthly table: its months, and for each row what it counts with a value per month.
pub fn maandtabel(maandtabel: &Maandtabel) -> String {
    let rows = |rows: &[Rij]| Json::List(rows.iter().map(row).collect());
    let months: Vec<String> = maandtabel.maanden.iter().map(ToString::to_string).collect();
    Json::Object(vec![
        ("maanden", texts(&months)),
        ("peildatum", Json::text(maandtabel.peildatum.to_string())),
        ("status", Json::text(maandtabel.status.naam())),
        ("standen", rows(&maandtabel.standen)),
        ("toekenningen", rows(&maandtabel.toekenningen)),
        ("noten", texts(&maandtabel.noten)),
    ])
    .pretty()
}

fn row(row: &Rij) -> Json {
    let level = match row.niveau {
        Niveau::Totaal => "totaal",
        Niveau::Groep => "groep",
        Niveau::Product => "product",
    };
    let count = |n: u64| value(&Cel::aantal(n));
    let forecast = row.prognose.map_or(Json::Null, |it| {
        Json::Object(vec![
            ("waarde", count(it.waarde)),
            ("ondergrens", count(it.laag)),
            ("bovengrens", count(it.hoog)),
        ])
    });
    Json::Object(vec![
        ("niveau", Json::text(level)),
        ("sleutel", Json::text(&row.sleutel)),
        ("naam", Json::text(&row.naam)),
        ("leveringsvorm", row.vorm.map_or(Json::Null, |form| Json::text(form.naam()))),
        ("telt", Json::text(row.telt)),
        ("waarden", Json::List(row.waarden.iter().map(|n| count(*n)).collect())),
        ("prognose_jaar", forecast),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voorbeeld;

    #[test]
    fn the_table_is_read_by_another_parser() {
        let text = maandtabel(&voorbeeld::maandtabel());
        let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(value["maanden"][2], "2019-03");
        assert_eq!(value["standen"][0]["waarden"][2], 1349);
        assert_eq!(value["standen"][0]["prognose_jaar"]["bovengrens"], 1450);
        assert_eq!(value["standen"][1]["prognose_jaar"], serde_json::Value::Null);
        assert_eq!(value["standen"][2]["leveringsvorm"], "ZIN");
    }
}
