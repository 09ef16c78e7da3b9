//! `/functie`: in which function somebody works now, for who has more than one.
//!
//! The choice lies in a cookie and is held against the register at every request: it can only be a
//! function that the register gives this person on this day, and a substitution ends by itself.

use axum::{
    extract::State,
    http::{HeaderMap, header::SET_COOKIE},
    response::{IntoResponse, Redirect, Response},
};
use domain::{Functie, Hoedanigheid, Register};

use crate::{
    datum,
    formulier::{Formulier, Optie, Soort, Veld},
    fout::{Fout, toon, toon_fouten},
    gebruiker::Kiezer,
    invoer::{Formulierdeel, Lezer, Veldfout, Waarden, Zoekdeel},
    overzicht::Invullen,
    sessie::{self, Koekje},
    staat::Web,
    tekst::{in_query, sleutel},
};

/// The page, and the choice on it, as an address.
const PAD: &str = "/functie";

/// The key of a function in a cookie and a form.
fn key(functie: Functie) -> String {
    sleutel(functie.naam())
}

/// The key that was chosen, as the cookie says.
pub(crate) fn in_cookie(headers: &HeaderMap) -> Option<String> {
    sessie::koekje(headers, Koekje::Functie).filter(|it| !it.is_empty())
}

/// The one of the capacities with this key.
pub(crate) fn find(kan: &[Hoedanigheid], key_: &str) -> Option<Hoedanigheid> {
    kan.iter().find(|it| key(it.functie) == key_).copied()
}

/// Where somebody is sent who has to choose first.
pub(crate) fn eerst_kiezen(terug: Option<&str>, vervallen: bool) -> String {
    let ended = if vervallen { "vervallen=ja&" } else { "" };
    format!("{PAD}?{ended}terug={}", in_query(terug.unwrap_or("/")))
}

/// `GET /functie`
pub(crate) async fn vraag(
    State(web): State<Web>,
    kiezer: Kiezer,
    Zoekdeel(mut waarden): Zoekdeel,
) -> Result<Response, Fout> {
    let now = kiezer.gekozen.or_else(|| kiezer.kan.first().copied());
    if let Some(it) = now {
        waarden.vervang("functie", key(it.functie));
    }
    toon(&page(&web, &kiezer, &waarden, Vec::new()))
}

/// `POST /functie`
pub(crate) async fn kies(
    State(web): State<Web>,
    kiezer: Kiezer,
    Formulierdeel(waarden): Formulierdeel,
) -> Result<Response, Fout> {
    let mut lezer = Lezer::new(&waarden);
    let found = lezer.keuze("functie", "een functie", |it| find(&kiezer.kan, it));
    match lezer.klaar(found) {
        Ok(it) => {
            let cookie = sessie::cookie(&web, Koekje::Functie, &key(it.functie), None);
            let naar = Redirect::to(sessie::local(waarden.get("terug")));
            Ok(([(SET_COOKIE, cookie)], naar).into_response())
        }
        Err(fouten) => toon_fouten(&page(&web, &kiezer, &waarden, fouten)),
    }
}

fn page(web: &Web, kiezer: &Kiezer, waarden: &Waarden, fouten: Vec<Veldfout>) -> Invullen {
    let register = web.register();
    let opties = kiezer.kan.iter().enumerate().map(|(at, it)| {
        let from = if at == 0 { "uw aanstelling".to_owned() } else { until(&register, kiezer, it) };
        Optie::new(key(it.functie), format!("{} ({from})", it.functie.naam()))
    });
    let velden = vec![
        // Radio buttons, however many: all of them are seen at once.
        Veld::new("functie", "In welke functie werkt u nu?", Soort::Rondjes(opties.collect()))
            .uitleg("De functie bepaalt wat u mag en staat bij alles wat u vastlegt"),
        Veld::verborgen("terug"),
    ];
    let lead = if waarden.get("vervallen") == "ja" {
        "De functie waarin u werkte, heeft u niet meer: de waarneming is voorbij. Wat u daarna nog \
         verstuurde, is niet opgeslagen. Kies hoe u verdergaat."
    } else {
        "U heeft vandaag meer dan één functie. Bij elke stap en elk besluit blijft bewaard in \
         welke functie u het deed."
    };
    let kop = "Kies uw functie";
    let mut kader = web.kader(kop, kiezer.gebruiker().as_ref(), PAD);
    if kader.wie.is_none() {
        kader.wie = Some(crate::kader::Wie {
            account: kiezer.account.clone(),
            functie: "functie nog niet gekozen",
            wisselt: false,
        });
    }
    Invullen {
        kader,
        kop: kop.to_owned(),
        lead: lead.to_owned(),
        kruimels: Vec::new(),
        formulier: Formulier::new(PAD, "Ga verder", velden, waarden, fouten),
    }
}

/// Until when somebody stands in, in words.
fn until(register: &Register, kiezer: &Kiezer, it: &Hoedanigheid) -> String {
    let held = register.waarnemingen.iter().filter(|known| {
        known.functie == it.functie && known.geldt_voor(kiezer.medewerker, kiezer.vandaag)
    });
    let last = held.filter_map(|it| it.geldig.tot_en_met()).max();
    last.map_or_else(
        || "waarneming".to_owned(),
        |day| format!("waarneming tot en met {}", datum::lang(day)),
    )
}
