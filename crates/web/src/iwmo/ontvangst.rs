//! `POST /iwmo/ontvangst`: an envelope of the exchange, by a program that shows its token.
//!
//! What is in it is kept byte for byte, judged, taken in and answered as `wijkpeil iwmo receive` does.
//! The answer is an envelope too: `Bv03` when it was taken in, also when it came before, and `Fo01`
//! with the reason when it was not.

use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use messages::{
    Problem,
    iwmo::{
        Bericht,
        verkeer::{Envelop, Foutbericht, Ontvangst, Partij, Soort, bsns, ontvangst},
    },
};
use store::ExecuteError;
use traffic::{Moment, bekijk, neem_in, ontvang_retour, uuid};

use crate::{datum, staat::Web};

/// How large an envelope may be: a message in base64, and what lies around it.
pub(crate) const MAX_BYTES: usize = messages::iwmo::MAX_BYTES / 3 * 4 + 100_000;

/// The name under which the token is kept.
pub(crate) const KOPPELING: &str = "iwmo-ontvangst";

/// Why an envelope is not taken in.
struct Weigering {
    status: StatusCode,
    /// A code of the list `Fo01`.
    code: &'static str,
    tekst: String,
}

impl Weigering {
    fn new(status: StatusCode, code: &'static str, tekst: impl Into<String>) -> Weigering {
        Weigering { status, code, tekst: tekst.into() }
    }

    /// What is in the envelope is not as it should be.
    fn inhoud(code: &'static str, tekst: impl Into<String>) -> Weigering {
        Weigering::new(StatusCode::UNPROCESSABLE_ENTITY, code, tekst)
    }
}

impl From<ExecuteError> for Weigering {
    fn from(error: ExecuteError) -> Weigering {
        // Somebody changed the dossier meanwhile, or the world failed: sending it again helps.
        tracing::error!(reason = %error, "a message was not taken in");
        let tekst = "Het bericht is nog niet verwerkt. Stuur dezelfde envelop later opnieuw.";
        Weigering::new(StatusCode::SERVICE_UNAVAILABLE, VERWERKING, tekst)
    }
}

impl From<store::StoreError> for Weigering {
    fn from(error: store::StoreError) -> Weigering {
        ExecuteError::Store(error).into()
    }
}

/// The refusal of who may not send here, in the form that a program expects.
pub(crate) fn geweigerd(web: &Web, status: StatusCode, tekst: &str) -> Response {
    fault(web, None, &Weigering::new(status, ONBEVOEGD, tekst))
}

/// `POST /iwmo/ontvangst`
pub(crate) async fn ontvang(
    State(web): State<Web>,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let bytes = match body {
        Ok(bytes) => bytes,
        Err(error) => {
            let large = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
            let (code, tekst) = if large {
                (GROOTTE, "De envelop is te groot; een bericht heeft ten hoogste 25 MB.")
            } else {
                (VORM, "De envelop is niet heel aangekomen.")
            };
            return fault(&web, None, &Weigering::new(error.status(), code, tekst));
        }
    };
    // A large message takes a while to read.
    let read = tokio::task::spawn_blocking(move || open(&bytes)).await;
    let (envelop, inhoud) = match read {
        Ok(Ok(it)) => it,
        Ok(Err((envelop, weigering))) => return fault(&web, envelop.as_deref(), &weigering),
        Err(_) => {
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            let weigering = Weigering::new(status, VERWERKING, "Het lezen is mislukt.");
            return fault(&web, None, &weigering);
        }
    };
    match take(&web, &envelop, inhoud).await {
        Ok(()) => answer(&web, StatusCode::OK, Soort::Bv03, Some(&envelop), None),
        Err(weigering) => fault(&web, Some(&envelop), &weigering),
    }
}

/// The codes of the list `Fo01`: the envelope, its size, the message in it, who sends or gets it.
const VORM: &str = "IB001";
const GROOTTE: &str = "IB003";
const INHOUD: &str = "IB014";
const ONBEVOEGD: &str = "IB002";
const ONTVANGER: &str = "IB010";
/// The code of StUF for what could not be carried out.
const VERWERKING: &str = "StUF058";

type Geopend = (Box<Envelop>, Ontvangst);

/// The envelope, and what is in it.
fn open(bytes: &[u8]) -> Result<Geopend, (Option<Box<Envelop>>, Weigering)> {
    let envelop = match Envelop::lees("envelop", bytes) {
        Ok(envelop) => Box::new(envelop),
        Err(problem) => {
            let tekst = told(&problem);
            return Err((None, Weigering::new(StatusCode::BAD_REQUEST, VORM, tekst)));
        }
    };
    if matches!(envelop.soort, Soort::Bv03 | Soort::Fo01) {
        let tekst = "Op dit adres komen berichten binnen; geef Bv03 en Fo01 als antwoord op de \
                     verzending.";
        return Err((Some(envelop), Weigering::inhoud(VORM, tekst)));
    }
    let inhoud = ontvangst(&envelop.referentienummer, bytes);
    Ok((envelop, inhoud))
}

/// Takes in what is in an envelope, or says why not.
async fn take(web: &Web, envelop: &Envelop, inhoud: Ontvangst) -> Result<(), Weigering> {
    let own = web.live().with(|it| it.state.register.gemeente.as_ref().map(|it| it.code));
    let to = envelop.ontvanger.organisatie.as_str();
    if own.is_some_and(|it| !to.is_empty() && it.as_str() != to) {
        return Err(Weigering::inhoud(ONTVANGER, "Deze envelop is niet voor deze gemeente."));
    }
    let (bericht, bytes) = match inhoud {
        Ontvangst::Bericht { bericht, inhoud, .. } => (bericht, inhoud),
        Ontvangst::Ongeldig { problems, .. } => {
            let first = problems.first().map_or_else(String::new, |it| format!(" {}", told(it)));
            let tekst = format!("Het bericht voldoet niet aan het schema.{first}");
            return Err(Weigering::inhoud(INHOUD, tekst));
        }
        Ontvangst::Bevestiging(_) | Ontvangst::Weigering(..) => {
            return Err(Weigering::inhoud(VORM, "Er zit geen bericht in deze envelop."));
        }
    };
    if bericht.soort().van_gemeente() {
        let tekst = format!("Een {} verstuurt de gemeente zelf.", bericht.soort());
        return Err(Weigering::inhoud(INHOUD, tekst));
    }
    process(web, &bericht, &bytes).await
}

async fn process(web: &Web, bericht: &Bericht, bytes: &[u8]) -> Result<(), Weigering> {
    // One at a time: of two that are the same, the second finds the first.
    let _turn = web.verkeer.lock().await;
    let nu = web.nu();
    let moment = Moment { nu, vandaag: datum::dag(nu) };
    let mut boek = web.boek.lock().await;
    let bekeken = bekijk(web.live(), &mut boek, bericht, bytes, &moment).await?;
    drop(boek);
    if bekeken.eerder {
        return Ok(());
    }
    if bekeken.onbekend {
        let tekst = match bsns(bericht).is_empty() {
            true => "Hier is geen bericht bekend waar dit bij hoort; het is niet bewaard.",
            false => "De cliënt in dit bericht is hier niet bekend; het bericht is niet bewaard.",
        };
        return Err(Weigering::inhoud(VERWERKING, tekst));
    }
    if bericht.soort().is_retour() {
        ontvang_retour(web.store(), bericht).await?;
    }
    let naam = format!("{}.xml", bericht.soort());
    neem_in(web.live(), &naam, bericht, bytes, &bekeken, &moment).await?;
    Ok(())
}

/// A problem without what stood in the message: only where, and what is expected.
fn told(problem: &Problem) -> String {
    let line = problem.line.map_or_else(String::new, |it| format!(" (regel {it})"));
    format!("{}: {}{line}.", problem.code, problem.text.trim_end_matches('.'))
}

fn fault(web: &Web, first: Option<&Envelop>, weigering: &Weigering) -> Response {
    let (code, omschrijving) = (weigering.code.to_owned(), weigering.tekst.clone());
    let fout = Foutbericht { code, omschrijving };
    answer(web, weigering.status, Soort::Fo01, first, Some(fout))
}

/// An envelope back to who sent the first one.
fn answer(
    web: &Web,
    status: StatusCode,
    soort: Soort,
    first: Option<&Envelop>,
    fout: Option<Foutbericht>,
) -> Response {
    let gemeente = web.live().with(|it| it.state.register.gemeente.as_ref().map(|it| it.code));
    let own = Partij {
        organisatie: gemeente.map_or_else(String::new, |it| it.as_str().to_owned()),
        applicatie: "Wijkpeil".to_owned(),
    };
    let envelop = Envelop {
        soort,
        zender: first.map_or(own, |it| it.ontvanger.clone()),
        ontvanger: first.map_or_else(Partij::default, |it| it.zender.clone()),
        referentienummer: uuid(),
        kruisreferentie: first.map(|it| it.referentienummer.clone()),
        tijdstip: Some(datum::lokaal(web.nu())),
        functie: first.map_or_else(String::new, |it| it.functie.clone()),
        inhoud: None,
        fout,
    };
    (status, [(CONTENT_TYPE, "text/xml; charset=utf-8")], envelop.schrijf()).into_response()
}
