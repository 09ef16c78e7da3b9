//! An allocation in a message, in Dutch words.

use jiff::civil::Date;

use crate::iwmo::{bericht::wmo301::ToegewezenProduct, codelijst, opstellen::Verandering};

/// What it is: `Begeleiding (02V01)`.
pub fn product(it: &ToegewezenProduct) -> String {
    let Some(product) = &it.product else { return "naar keuze van de aanbieder".to_owned() };
    let naam = betekenis("WMO020", &product.categorie.tekst());
    match product.code.get() {
        Some(code) => format!("{naam} ({code})"),
        None => naam,
    }
}

/// How much: `3 uur, per week`.
pub fn hoeveel(it: &ToegewezenProduct) -> String {
    match (&it.omvang, it.budget.waarde().and_then(|it| i64::try_from(it).ok())) {
        (Some(omvang), _) => {
            let eenheid = betekenis("WJ756", &omvang.eenheid.tekst()).to_lowercase();
            let per = betekenis("WMO757", &omvang.frequentie.tekst()).to_lowercase();
            format!("{} {eenheid}, {per}", omvang.volume.tekst())
        }
        (None, Some(cents)) => format!("budget van {}", domain::Bedrag(cents)),
        (None, None) => "wat nodig is".to_owned(),
    }
}

/// What changed: `nieuw`, `verwijderd`, or the reason.
pub fn verandering(it: Option<Verandering>) -> String {
    match it {
        None => "ongewijzigd".to_owned(),
        Some(Verandering::Nieuw) => "nieuw".to_owned(),
        Some(Verandering::Verwijderd) => "verwijderd: had nooit verstuurd mogen worden".to_owned(),
        Some(Verandering::Gewijzigd(reden)) => {
            format!("gewijzigd: {}", betekenis("WMO002", reden.code()).to_lowercase())
        }
    }
}

/// The whole on one line, with the days as `05-02-2024`.
pub fn regel(it: &ToegewezenProduct, veranderd: Option<Verandering>) -> String {
    let day = |it: Date| format!("{:02}-{:02}-{:04}", it.day(), it.month(), it.year());
    let van = it.ingangsdatum.waarde().map(day).unwrap_or_default();
    let tot = it
        .einddatum
        .waarde()
        .map_or("zonder einde".to_owned(), |it| format!("tot en met {}", day(it)));
    let referentie = match it.referentie_aanbieder.get() {
        Some(referentie) => format!("; antwoord op verzoek {referentie}"),
        None => String::new(),
    };
    format!(
        "toewijzing {}, {}: {}, {}, vanaf {van} {tot}{referentie}",
        it.toewijzing_nummer.tekst(),
        verandering(veranderd),
        product(it),
        hoeveel(it),
    )
}

/// What a code of a list means; nothing for a code that is not there.
fn betekenis(lijst: &str, code: &str) -> String {
    let known = codelijst::lijst(lijst).and_then(|it| it.waarde(code));
    known.map_or_else(String::new, |it| it.betekenis.to_owned())
}
