//! What can go wrong on the way to a page, and the page that says so.

use askama::Template;
use axum::{
    extract::{Request, State},
    http::{StatusCode, header::CONTENT_TYPE},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use domain::Functie;

use crate::{
    gebruiker::Gebruiker,
    kader::Kader,
    rechten::{self, Actie},
    staat::Web,
};

/// Why there is no page.
#[derive(Debug, Clone)]
pub(crate) enum Fout {
    /// Nothing lives here.
    NietGevonden,
    /// The request could not be read.
    Onleesbaar,
    /// The function may not do this.
    MagNiet(Actie),
    /// The dossier belongs to another team.
    AnderTeam,
    /// The client is shielded: nothing about him leaves or is shown in a message or letter.
    Afgeschermd,
    /// Somebody may not see this case, with what is said of it.
    Gesloten(&'static str, String),
    /// The account has no appointment today.
    GeenAanstelling,
    /// Too many attempts.
    TeVaak,
    /// The world failed; the reason is for the log.
    Storing(String),
}

impl From<store::StoreError> for Fout {
    fn from(error: store::StoreError) -> Fout {
        Fout::Storing(error.to_string())
    }
}

impl From<askama::Error> for Fout {
    fn from(error: askama::Error) -> Fout {
        Fout::Storing(error.to_string())
    }
}

impl From<tokio::task::JoinError> for Fout {
    fn from(error: tokio::task::JoinError) -> Fout {
        Fout::Storing(error.to_string())
    }
}

impl IntoResponse for Fout {
    fn into_response(self) -> Response {
        if let Fout::Storing(reason) = &self {
            tracing::error!(reason, "a page failed");
        }
        let status = match self {
            Fout::NietGevonden => StatusCode::NOT_FOUND,
            Fout::Onleesbaar => StatusCode::BAD_REQUEST,
            Fout::MagNiet(_)
            | Fout::AnderTeam
            | Fout::Afgeschermd
            | Fout::Gesloten(..)
            | Fout::GeenAanstelling => StatusCode::FORBIDDEN,
            Fout::TeVaak => StatusCode::TOO_MANY_REQUESTS,
            Fout::Storing(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The words of an error page.
struct Uitleg {
    kop: String,
    tekst: String,
    wie: Vec<&'static str>,
    /// On what ground, with its article.
    grond: &'static str,
    uitloggen: bool,
}

impl Uitleg {
    fn new(kop: &str, tekst: &str) -> Uitleg {
        let (kop, tekst) = (kop.to_owned(), tekst.to_owned());
        Uitleg { kop, tekst, wie: Vec::new(), grond: "", uitloggen: false }
    }

    fn of(fout: &Fout, gebruiker: Option<&Gebruiker>) -> Uitleg {
        match fout {
            Fout::NietGevonden => Uitleg::new(
                "Deze pagina bestaat niet",
                "Misschien is het adres niet goed overgenomen, of bestaat de pagina niet meer.",
            ),
            Fout::Onleesbaar => Uitleg::new(
                "Wij konden uw verzoek niet lezen",
                "Er is niets opgeslagen. Ga terug en probeer het opnieuw.",
            ),
            Fout::MagNiet(actie) => may_not(*actie, gebruiker),
            Fout::AnderTeam => Uitleg {
                grond: rechten::PERSOONSGEGEVENS,
                ..Uitleg::new(
                    "Dit dossier hoort bij een ander team",
                    "U ziet de dossiers van uw eigen team. Hoort dit dossier bij u? Vraag uw \
                     teammanager of functioneel beheerder om uw aanstelling na te kijken.",
                )
            },
            Fout::Afgeschermd => Uitleg::new(
                "Deze cliënt is afgeschermd",
                "Een bericht of brief zegt waar iemand woont en wie er komt. Daarom is het bij een \
                 afgeschermde cliënt niet in te zien, niet te downloaden en niet te versturen \
                 (iWmo, regel OP003; AVG, art. 32). Wie de cliënt begeleidt, kan de afscherming \
                 opheffen als het gevaar voorbij is.",
            ),
            Fout::Gesloten(kop, tekst) => Uitleg::new(kop, tekst),
            Fout::GeenAanstelling => Uitleg {
                uitloggen: true,
                ..Uitleg::new(
                    "U heeft vandaag geen aanstelling",
                    "Uw account werkt, maar in het register staat geen functie voor vandaag. De \
                     functioneel beheerder kan uw aanstelling vastleggen.",
                )
            },
            Fout::TeVaak => Uitleg::new(
                "Te veel pogingen achter elkaar",
                "Wacht een paar minuten en probeer het dan opnieuw. Wachtwoord vergeten? De \
                 functioneel beheerder kan een nieuw account maken.",
            ),
            Fout::Storing(_) => Uitleg::new(
                "Er ging iets mis bij ons",
                "Het ligt niet aan u. Er is niets half opgeslagen. Probeer het straks opnieuw; \
                 blijft het misgaan, meld het dan bij de functioneel beheerder.",
            ),
        }
    }

    fn of_status(status: StatusCode) -> Uitleg {
        match status {
            StatusCode::FORBIDDEN => Uitleg::new(
                "Dit verzoek kwam niet van onze eigen pagina",
                "Uit voorzorg is er niets mee gedaan. Open Wijkpeil opnieuw en vul het formulier \
                 daar in.",
            ),
            StatusCode::METHOD_NOT_ALLOWED => Uitleg::new(
                "Zo kan deze pagina niet worden gevraagd",
                "Open de pagina via het menu.",
            ),
            StatusCode::PAYLOAD_TOO_LARGE => {
                Uitleg::new("Dit is te veel in één keer", "Er is niets opgeslagen. Kort het in.")
            }
            _ if status.is_server_error() => Uitleg::of(&Fout::Storing(String::new()), None),
            StatusCode::NOT_FOUND => Uitleg::of(&Fout::NietGevonden, None),
            _ => Uitleg::of(&Fout::Onleesbaar, None),
        }
    }
}

fn may_not(actie: Actie, gebruiker: Option<&Gebruiker>) -> Uitleg {
    let functie = gebruiker.map_or("uw functie", |it| it.functie().naam());
    let mut uitleg = Uitleg::new(
        "Dit hoort niet bij uw functie",
        &format!(
            "Als {functie} kunt u dit niet: {}. Deze functies kunnen dat wel:",
            actie.omschrijving()
        ),
    );
    uitleg.wie = rechten::wie_mag(actie).into_iter().map(Functie::naam).collect();
    uitleg.grond = actie.grond();
    uitleg
}

#[derive(Template)]
#[template(path = "fout.html")]
struct Foutpagina {
    kader: Kader,
    uitleg: Uitleg,
}

/// Gives every response that failed without words a page with words.
pub(crate) async fn pages(State(web): State<Web>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    // An envelope has its own words too.
    let is_page = response.headers().get(CONTENT_TYPE).is_some_and(|it| {
        [&b"text/html"[..], b"text/xml"].iter().any(|kind| it.as_bytes().starts_with(kind))
    });
    if is_page || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let gebruiker = response.extensions().get::<Gebruiker>();
    let uitleg = match response.extensions().get::<Fout>() {
        Some(fout) => Uitleg::of(fout, gebruiker),
        None => Uitleg::of_status(status),
    };
    let kader = web.kader(&uitleg.kop, gebruiker, "");
    let body = Foutpagina { kader, uitleg }.render();
    let page = Html(body.unwrap_or_else(|_| "Er ging iets mis.".to_owned()));
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(CONTENT_TYPE);
    parts.headers.remove(axum::http::header::CONTENT_LENGTH);
    let mut answer = (status, page).into_response();
    for (name, value) in &parts.headers {
        answer.headers_mut().insert(name, value.clone());
    }
    answer
}

/// Draws a page.
pub(crate) fn toon(pagina: &impl Template) -> Result<Response, Fout> {
    Ok(Html(pagina.render()?).into_response())
}

/// Draws a page that says that something must be mended.
pub(crate) fn toon_fouten(pagina: &impl Template) -> Result<Response, Fout> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(pagina.render()?)).into_response())
}
