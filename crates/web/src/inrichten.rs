//! `/inrichten`: the first functioneel beheerder of an installation without accounts.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Actor, Command, Functie, Gemeentecode, MedewerkerId, Omstandigheid, RegisterEvent, Systeemdeel,
    Werkgever,
    medewerker::{Aanstelling, Achtergrond},
    organisatie::Gemeente,
};
use store::{ExecuteError, StoreError};

use crate::{
    account::{new_password, password_fields},
    formulier::{Formulier, Soort, Veld},
    fout::{Fout, toon, toon_fouten},
    invoer::{Formulierdeel, Lezer, Veldfout, Waarden, zin},
    overzicht::Invullen,
    staat::Web,
};

/// What is asked at the first start.
struct Inrichting {
    code: String,
    gemeente: Gemeente,
    naam: String,
    gebruikersnaam: String,
    wachtwoord: String,
}

/// `GET /inrichten`
pub(crate) async fn formulier(State(web): State<Web>) -> Result<Response, Fout> {
    toon(&page(&web, &Waarden::default(), Vec::new()))
}

/// `POST /inrichten`
pub(crate) async fn richt_in(
    State(web): State<Web>,
    Formulierdeel(waarden): Formulierdeel,
) -> Result<Response, Fout> {
    if !web.limieten.mag_proberen("inrichten", None) {
        return Err(Fout::TeVaak);
    }
    let inrichting = match read(&waarden) {
        Ok(it) => it,
        Err(fouten) => return toon_fouten(&page(&web, &waarden, fouten)),
    };
    if !web.store().take_setup_code(&inrichting.code).await? {
        let tekst = "Deze code klopt niet. De code staat op het scherm waar Wijkpeil is gestart; \
                     start Wijkpeil opnieuw voor een nieuwe code.";
        let fouten = vec![Veldfout { veld: "code".to_owned(), tekst: tekst.to_owned() }];
        return toon_fouten(&page(&web, &waarden, fouten));
    }
    if let Err(fouten) = set_up(&web, &inrichting).await? {
        // The code was used up; it holds again so that the slip can be mended.
        web.store().put_setup_code(&inrichting.code).await?;
        return toon_fouten(&page(&web, &waarden, fouten));
    }
    Ok(Redirect::to("/inloggen").into_response())
}

async fn set_up(web: &Web, it: &Inrichting) -> Result<Result<(), Vec<Veldfout>>, Fout> {
    let fault = |veld: &str, tekst: String| {
        Ok(Err(vec![Veldfout { veld: veld.to_owned(), tekst: zin(&tekst) }]))
    };
    let medewerker = next_medewerker(web);
    let vandaag = web.vandaag();
    let actor = Actor::Systeem(Systeemdeel::Inrichting);
    let bij = Omstandigheid { on: vandaag, today: vandaag, actor };
    let aanstelling = Aanstelling {
        functie: Functie::FunctioneelBeheerder,
        achtergrond: Achtergrond::Ambtelijk,
        werkgever: Werkgever::Gemeente,
        verbonden_aan: None,
        team: None,
    };
    let commands = [
        RegisterEvent::GemeenteVastgesteld(it.gemeente.clone()),
        RegisterEvent::MedewerkerAangesteld { medewerker, aanstelling },
    ]
    .map(|event| (Command::Register(event), bij));
    match web.live().execute(&commands, web.nu()).await {
        Ok(_) => {}
        Err(ExecuteError::Refused { refusal, .. }) => return fault("", refusal.to_string()),
        Err(ExecuteError::Store(error)) => return Err(error.into()),
    }
    web.store().put_staff_name(medewerker, &it.naam).await?;
    match web.store().create_account(&it.gebruikersnaam, &it.wachtwoord, medewerker).await {
        Ok(()) => Ok(Ok(())),
        Err(error @ StoreError::AccountExists(_)) => fault("gebruikersnaam", error.to_string()),
        Err(error @ StoreError::Password { .. }) => fault("nieuw", error.to_string()),
        Err(error) => Err(error.into()),
    }
}

/// A number that nobody of the staff has.
pub(crate) fn next_medewerker(web: &Web) -> MedewerkerId {
    let last = web.live().with(|it| it.state.register.medewerkers.keys().next_back().copied());
    MedewerkerId(last.map_or(1, |it| it.0 + 1))
}

fn read(waarden: &Waarden) -> Result<Inrichting, Vec<Veldfout>> {
    let mut lezer = Lezer::new(waarden);
    let code = lezer.tekst("code", "de code", 100);
    let gemeente = lezer.tekst("gemeente", "de naam van de gemeente", 100);
    let gemeentecode = lezer.vorm::<Gemeentecode>("gemeentecode");
    let naam = lezer.tekst("volledige_naam", "uw naam", 100);
    let gebruikersnaam = lezer.tekst("gebruikersnaam", "een gebruikersnaam", 60);
    let wachtwoord = new_password(&mut lezer, waarden);
    let read = (|| {
        Some(Inrichting {
            code: code?,
            gemeente: Gemeente { code: gemeentecode?, naam: gemeente? },
            naam: naam?,
            gebruikersnaam: gebruikersnaam?,
            wachtwoord: wachtwoord?,
        })
    })();
    lezer.klaar(read)
}

fn page(web: &Web, waarden: &Waarden, fouten: Vec<Veldfout>) -> Invullen {
    let velden = [
        Veld::regel("code", "Code", 24)
            .uitleg("De code staat op het scherm waar Wijkpeil is gestart en werkt één keer"),
        Veld::regel("gemeente", "Naam van de gemeente", 30),
        Veld::new("gemeentecode", "Gemeentecode", Soort::Cijfers(4))
            .uitleg("Vier cijfers van het CBS, zoals 0296"),
        Veld::regel("volledige_naam", "Uw naam", 30).aanvullen("name"),
        Veld::regel("gebruikersnaam", "Uw gebruikersnaam", 30).aanvullen("username"),
    ];
    let velden = velden.into_iter().chain(password_fields()).collect();
    Invullen {
        kader: web.kader("Wijkpeil inrichten", None, ""),
        kop: "Wijkpeil inrichten".to_owned(),
        lead: "Deze installatie is nieuw. U wordt de eerste functioneel beheerder: daarna legt u \
               teams, medewerkers, aanbieders en producten vast."
            .to_owned(),
        kruimels: Vec::new(),
        formulier: Formulier::new("/inrichten", "Richt in", velden, waarden, fouten),
    }
}
