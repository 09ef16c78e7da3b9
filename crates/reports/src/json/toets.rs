//! The comparison with the CPB study as JSON.

use evaluation::{Groei, Growth, Meting, Toets, Uitslag, Vergelijking};

use super::{Json, texts, value};
use crate::Cel;

/// The comparison: what was found or why not, with every warning and limit.
pub fn toets(toets: &Toets) -> String {
    let (found, refused) = match &toets.uitslag {
        Ok(found) => (outcome(found), Json::Null),
        Err(refusal) => (
            Json::Null,
            Json::Object(vec![
                ("reden", Json::text(&refusal.reden)),
                ("nodig", Json::text(&refusal.nodig)),
            ]),
        ),
    };
    let warning = |it: &evaluation::Waarschuwing| {
        Json::Object(vec![("titel", Json::text(it.titel)), ("tekst", Json::text(&it.tekst))])
    };
    let break_ = |(day, what): &(jiff::civil::Date, &'static str)| {
        Json::Object(vec![("datum", Json::text(day.to_string())), ("wat", Json::text(*what))])
    };
    Json::Object(vec![
        ("van", Json::text(toets.van.to_string())),
        ("tot", Json::text(toets.tot.to_string())),
        ("peildatum", Json::text(toets.peildatum.to_string())),
        ("status", Json::text(toets.status.naam())),
        ("reikwijdte", texts(&toets.reikwijdte)),
        ("uitslag", found),
        ("weigering", refused),
        ("waarschuwingen", Json::List(toets.waarschuwingen.iter().map(warning).collect())),
        ("niet_te_zeggen", texts(&toets.niet_te_zeggen)),
        ("breuken", Json::List(toets.breuken.iter().map(break_).collect())),
    ])
    .pretty()
}

fn outcome(found: &Uitslag) -> Json {
    let year = |it: &evaluation::Jaarstroom| {
        Json::Object(vec![
            ("jaar", Json::Whole(i64::from(it.jaar))),
            ("aantal", value(&Cel::aantal(it.aantal))),
        ])
    };
    let whole = |n: usize| i64::try_from(n).map_or(Json::Null, Json::Whole);
    Json::Object(vec![
        ("samenvatting", Json::text(&found.samenvatting)),
        ("clienten", growth(&found.clienten)),
        ("zonder_dagbesteding", found.zonder_dagbesteding.as_ref().map_or(Json::Null, growth)),
        ("indicaties", growth(&found.indicaties)),
        ("toekenningen_per_jaar", Json::List(found.toekenningen.iter().map(year).collect())),
        ("teamleden", whole(found.samenstelling.leden)),
        ("teamleden_verbonden_aan_aanbieder", whole(found.samenstelling.verbonden_aan_aanbieder)),
        ("vergelijkingen", Json::List(found.vergelijkingen.iter().map(comparison).collect())),
    ])
}

fn growth(it: &Groei) -> Json {
    let share = |it: Option<Growth>| {
        it.map_or(Json::Null, |it| {
            Json::Object(vec![
                ("aandeel", Json::Number(it.estimate)),
                ("ondergrens", Json::Number(it.low)),
                ("bovengrens", Json::Number(it.high)),
            ])
        })
    };
    Json::Object(vec![
        ("naam", Json::text(it.naam)),
        ("eerste", measurement(&it.eerste)),
        ("laatste", measurement(&it.laatste)),
        ("groei", share(it.groei)),
        ("groei_per_duizend", share(it.groei_per_duizend)),
        ("reikwijdte", texts(&it.reikwijdte)),
    ])
}

fn measurement(it: &Meting) -> Json {
    let rate = it.per_duizend;
    Json::Object(vec![
        ("maand", Json::text(it.maand.to_string())),
        ("aantal", value(&Cel::aantal(it.aantal))),
        ("per_duizend", rate.map_or(Json::Null, |rate| Json::Number(rate.waarde))),
        ("inwoners", rate.map_or(Json::Null, |rate| Json::Whole(i64::from(rate.inwoners)))),
        ("inwoners_op", rate.map_or(Json::Null, |rate| Json::text(rate.op.to_string()))),
    ])
}

fn comparison(it: &Vergelijking) -> Json {
    let measure = |it: &evaluation::Maatstaf| {
        Json::Object(vec![
            ("naam", Json::text(it.naam)),
            ("waarde", Json::Number(it.waarde)),
            ("eenheid", Json::text(it.eenheid)),
        ])
    };
    Json::Object(vec![
        ("groep", Json::text(it.groep.naam)),
        ("groei", Json::Number(it.groep.groei)),
        ("definitie", Json::text(it.groep.definitie)),
        ("bron", Json::text(it.groep.bron)),
        ("meest_gelijkend", Json::Bool(it.meest_gelijkend)),
        ("oordeel", Json::text(it.oordeel.naam())),
        ("toelichting", Json::text(&it.toelichting)),
        ("maatstaven", Json::List(it.maatstaven.iter().map(measure).collect())),
    ])
}
